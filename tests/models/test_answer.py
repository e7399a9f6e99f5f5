from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from articles.accounts import Chosen, Located, Number, Stated, Worded
from articles.models import Answer, Choice, Claim, Place, Question
from articles.writing.stating import stated
from tests.factories import make_article, make_choice, make_claim, make_place, make_question, make_story
from tests.models.refusing import refused

pytestmark = pytest.mark.django_db
ONE_KIND = "An answer is a number, a choice, a place or words"


@pytest.fixture
def claim() -> Claim:
    return make_claim(article=make_article(story=make_story()))


def make_answer(claim: Claim, question: Question | None = None, **values: Any) -> Answer:
    return Answer.objects.create(claim=claim, question=question or make_question(), **{"as_worded": "x", **values})


class TestConstraints:
    @pytest.mark.parametrize(
        "values",
        [
            {},
            {"about": True},
            {"low": 1, "words": "one"},
            {"low": 1, "choice": True},
            {"high": 1, "place": True},
            {"about": True, "words": "one"},
            {"about": True, "choice": True},
            {"choice": True, "place": True},
            {"choice": True, "words": "one"},
            {"place": True, "words": "one"},
        ],
    )
    def test_of_one_kind(self, claim: Claim, values: dict[str, Any]) -> None:
        question = make_question()
        rows = {"choice": make_choice(question, "sana"), "place": make_place()}
        with refused(ONE_KIND):
            make_answer(claim, question, **{name: rows.get(name, value) for name, value in values.items()})

    @pytest.mark.parametrize("values", [{"low": 0}, {"high": 0}, {"low": 1, "high": 1, "about": True}, {"words": "x"}])
    def test_these_are(self, claim: Claim, values: dict[str, Any]) -> None:
        make_answer(claim, **values)

    def test_low_not_above_high(self, claim: Claim) -> None:
        make_answer(claim, make_question(slug="other"), low=2, high=2)
        with refused("The lower bound is above the upper one."):
            make_answer(claim, low=3, high=2)

    def test_as_worded_is_needed(self, claim: Claim) -> None:
        with refused("An answer quotes the words that give it."):
            make_answer(claim, low=1, as_worded="")

    def test_one_for_each_question(self, claim: Claim) -> None:
        answer = make_answer(claim, low=1)
        with refused("A claim answers a question once."):
            make_answer(claim, answer.question, low=2)

    def test_what_is_answered_with_cannot_be_deleted(self, claim: Claim) -> None:
        question = make_question(kind="choice")
        make_answer(claim, question, choice=make_choice(question, "sana"))
        make_answer(claim, make_question(slug="where", kind="place"), place=make_place())
        for rows in (Choice.objects.all(), Place.objects.all(), Question.objects.all()):
            with pytest.raises(ProtectedError):
                rows.delete()

    def test_goes_with_its_claim(self, claim: Claim) -> None:
        make_answer(claim, low=1)
        claim.delete()
        assert not Answer.objects.exists()


class TestClean:
    def test_right(self, claim: Claim) -> None:
        make_answer(claim, low=1).full_clean()

    def test_another_story(self, claim: Claim) -> None:
        answer = Answer(claim=claim, question=make_question(story=make_story(slug="other")), low=1)
        with pytest.raises(ValidationError, match="belongs to another story than the claim’s article"):
            answer.clean()

    @pytest.mark.parametrize("kind", ["number", "choice", "place", "words"])
    def test_another_kind(self, claim: Claim, kind: str) -> None:
        question = make_question(kind=kind)
        choice, place = make_choice(question, "sana"), make_place()
        given = {"number": {"low": 1}, "choice": {"choice": choice}, "place": {"place": place}, "words": {"words": "x"}}
        for name, values in given.items():
            answer = Answer(claim=claim, question=question, **values)
            assert answer.kind == name
            if name == kind:
                answer.clean()
            else:
                with pytest.raises(ValidationError, match=f"asks for (a )?{kind}, the answer is (a )?{name}"):
                    answer.clean()

    def test_a_choice_of_another_question(self, claim: Claim) -> None:
        other = make_choice(make_question(slug="other", kind="choice"), "sana")
        with pytest.raises(ValidationError, match="a choice of another question"):
            Answer(claim=claim, question=make_question(kind="choice"), choice=other).clean()

    def test_a_place_of_another_story(self, claim: Claim) -> None:
        elsewhere = make_place(story=make_story(slug="other"))
        with pytest.raises(ValidationError, match="This place belongs to another story"):
            Answer(claim=claim, question=make_question(kind="place"), place=elsewhere).clean()


@pytest.mark.parametrize(
    ("low", "high", "about", "value"),
    [
        (0, 0, False, "0"),
        (25, 25, False, "25"),
        (100, 100, True, "about 100"),
        (1200, 1500, False, "1,200 to 1,500"),
        (20, 30, True, "about 20 to 30"),
        (101, None, False, "more than 100"),
        (1, None, False, "at least 1"),
        (0, None, False, "at least 0"),
        (40, None, False, "at least 40"),
        (40, None, True, "at least 40 (estimate)"),
        (None, 99, False, "fewer than 100"),
        (None, 50, False, "at most 50"),
        (None, 0, False, "at most 0"),
    ],
)
def test_a_number_in_a_few_words(low: int | None, high: int | None, about: bool, value: str) -> None:
    answer = Answer(low=low, high=high, about=about)
    assert answer.value == str(answer) == value


def test_other_values_in_a_few_words() -> None:
    question = make_question(kind="choice")
    assert Answer(choice=make_choice(question, "sana")).value == "Sana"
    assert Answer(place=make_place()).value == "Khusham-Town"
    assert Answer(words="because").value == "because"


class TestQuerysets:
    def test_cards_have_them_in_the_order_of_the_questions(self, claim: Claim, django_assert_num_queries: Any) -> None:
        later, first = make_question(slug="later"), make_question(slug="first")
        Question.objects.filter(pk=later.pk).update(position=2)
        make_answer(claim, later, low=1, high=1)
        make_answer(claim, first, low=2, high=2)
        with django_assert_num_queries(1):
            assert [(one.question.slug, one.value) for one in Answer.objects.for_cards()] == [
                ("first", "2"),
                ("later", "1"),
            ]

    def test_of_claims_with_what_comparing_needs(self, claim: Claim, django_assert_num_queries: Any) -> None:
        make_answer(claim, low=1, high=1)
        other = make_claim(article=claim.article)
        make_answer(other, Question.objects.get(), low=2, high=2)
        with django_assert_num_queries(1):
            found = Answer.objects.of_claims(Claim.objects.with_uid(other.uid))
            assert [(one.value, str(one.claim.source), one.claim.article.slug) for one in found] == [
                ("2", "Coalition", "strikes")
            ]


class TestStated:
    def test_is_what_accounts_compare(self, claim: Claim) -> None:
        kinds = ("number", "choice", "place", "words")
        number, choice, place, words = (make_question(slug=kind, kind=kind) for kind in kinds)
        where = make_place()
        rows = [
            make_answer(claim, number, low=1, high=2, about=True),
            make_answer(claim, choice, choice=make_choice(choice, "unknown", leaves_open=True)),
            make_answer(claim, place, place=where),
            make_answer(claim, words, words="because"),
        ]
        found = stated(rows, {where.pk: ("valley",)})
        assert found == [
            Stated(rows[0].pk, "number", "coalition", Number(1, 2, about=True)),
            Stated(rows[1].pk, "choice", "coalition", Chosen("unknown", leaves_open=True)),
            Stated(rows[2].pk, "place", "coalition", Located("khusham-town", ("valley",))),
            Stated(rows[3].pk, "words", "coalition", Worded("because")),
        ]

    def test_leaves_out_what_nobody_says_yet(self, claim: Claim) -> None:
        suggested = make_claim(article=claim.article, source=None, status="suggested")
        assert stated([make_answer(suggested, low=1)], {}) == []


class TestReading:
    """What stands after the words of the text, in the desk's own."""

    @pytest.mark.parametrize(
        ("as_worded", "value", "reading"),
        [
            ("over 40", {"low": 40}, "at least 40"),
            ("scores of persons dead", {"low": 40}, "at least 40"),
            ("over 100", {"low": 101}, "more than 100"),
            ("More than 100", {"low": 101}, ""),
            ("more than 100", {"low": 101, "about": True}, "more than 100 (estimate)"),
            ("25 militias were injured", {"low": 25, "high": 25}, ""),
            ("250 were injured", {"low": 25, "high": 25}, "25"),
            ("between 25 and 40", {"low": 25, "high": 40}, "25 to 40"),
            ("over 25", {"low": 25, "high": 25}, "25"),
            ("“1,000”", {"low": 1000, "high": 1000}, ""),
            ("1 000 men", {"low": 1000, "high": 1000}, ""),
            ("no personnel", {"low": 0, "high": 0}, "0"),
            ("“huge damage”", {"words": "huge damage"}, ""),
            ("they burned it", {"words": "huge damage"}, "huge damage"),
            ("١٠٠ قتيل", {"low": 100, "high": 100}, "100"),
        ],
    )
    def test_is_empty_where_the_words_say_it_themselves(
        self, as_worded: str, value: dict[str, Any], reading: str
    ) -> None:
        assert Answer(as_worded=as_worded, **value).reading_of_it == reading

    @pytest.mark.parametrize(
        ("as_worded", "reading"),
        [("in Khusham-Town, Syria", ""), ("near Khusham-Towns", "Khusham-Town"), ("by the river", "Khusham-Town")],
    )
    def test_of_a_place(self, claim: Claim, as_worded: str, reading: str) -> None:
        assert Answer(place=make_place(), as_worded=as_worded).reading_of_it == reading

    @pytest.mark.parametrize(
        ("as_worded", "reading"), [("“Sana.”", ""), ("SANA", ""), ("not Sana", "Sana"), ("an aggression", "Sana")]
    )
    def test_of_a_choice(self, claim: Claim, as_worded: str, reading: str) -> None:
        choice = make_choice(make_question(kind="choice"), "sana")
        assert Answer(choice=choice, as_worded=as_worded).reading_of_it == reading
