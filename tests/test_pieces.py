"""Pieces: what one act changed on the reading page, and nothing else."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Answer, Article, Changeset, Claim, Highlight, Question, Ruling, Source
from articles.pages.pieces import Pieces, pieces
from articles.snapshots import Step
from articles.writing.passages import Passage, passages_of
from articles.writing.rulings import rule
from articles.writing.tagging import Act, Entry, add_claim, delete_claim, edit_claim, join_claims, retag_claim, stored
from articles.writing.undoing import undo
from tests.factories import answer, make_article, make_claim, make_highlight, make_question, make_source, make_story

pytestmark = pytest.mark.django_db

TEXTS = ["Alpha said seven were hurt. Beta said none were.", "Alpha spoke again. Nobody answered.", "Quiet."]


@pytest.fixture
def question() -> Question:
    return make_question(slug="hurt", text="How many were hurt?")


@pytest.fixture
def article(question: Question) -> Article:
    """Alpha speaks in both paragraphs, Beta in the first and contradicts it."""
    article = make_article(paragraphs=TEXTS, story=question.story)
    alpha, beta = make_source(name="Alpha", tone=1), make_source(name="Beta", tone=2)
    make_claim(uid="a1", article=article, source=alpha, quote="seven were hurt", answers=[said(question, 7, "seven")])
    make_claim(uid="b1", article=article, source=beta, quote="none were", answers=[said(question, 0, "none")])
    make_claim(uid="a2", article=article, source=alpha, quote="Alpha spoke again")
    return Article.objects.select_related("story").get(pk=article.pk)


def said(question: Question, number: int, words: str) -> Answer:
    return answer(question, number, as_worded=words)


def whole(uid: str) -> Claim:
    claim = stored(uid)
    assert claim
    return claim


def source(slug: str) -> Source:
    return Source.objects.get(slug=slug)


def passage(article: Article, quote: str, uid: str = "") -> Passage:
    row = make_highlight(article, quote)
    return Passage(row.paragraph, row.start or 0, row.end or 0, quote, uid)


def made(article: Article, editor: User, quote: str, slug: str, *answers: Answer, **more: Any) -> Changeset:
    entry = Entry((passage(article, quote),), source(slug), answers=answers, **more)
    return add_claim(article, entry, Act(editor))


def edited(uid: str, editor: User, **changes: Any) -> Changeset:
    claim = whole(uid)
    fields: dict[str, Any] = {"source": claim.source, "answers": tuple(claim.answers.all()), "status": claim.status}
    return edit_claim(claim, Entry(tuple(passages_of(claim)), **{**fields, **changes}), Act(editor))


def after(article: Article, changeset: Changeset, *asked: str) -> Pieces:
    found = pieces(article, asked, changeset.steps.values(), [])
    assert found
    return found


def described(found: Pieces) -> dict[str, Any]:
    return {
        "paragraphs": [one.paragraph.position for one in found.paragraphs],
        "changed": [card.claim.uid for card in found.changed],
        "placed": [(one.card.claim.uid[:3], one.after) for one in found.placed],
        "gone": sorted(found.gone),
    }


class TestWhatChanged:
    def test_a_new_claim_stands_after_the_one_that_is_read_before_it(self, article: Article, editor: User) -> None:
        changeset = made(article, editor, "Nobody answered", "beta")
        found = after(article, changeset)
        (uid,) = changeset.claim_uids()
        assert described(found) == {"paragraphs": [1], "changed": [], "placed": [(uid[:3], "a2")], "gone": []}
        assert (found.numbers.total, found.numbers.shown, found.is_hidden, found.disputed) == (4, 4, False, None)
        assert {one.source.slug: one.count for one in found.speaking} == {"alpha": 2, "beta": 2}

    def test_the_first_of_its_paragraph_stands_after_the_last_of_the_ones_before(
        self, article: Article, editor: User
    ) -> None:
        (one,) = after(article, made(article, editor, "Quiet", "beta")).placed
        assert one.after == "a2"
        (one,) = after(article, made(article, editor, "Alpha said", "beta")).placed
        assert one.after == ""

    def test_an_edit_places_its_card_anew(self, article: Article, editor: User) -> None:
        found = after(article, edited("a2", editor, speaker="A spokesman"))
        assert described(found) == {"paragraphs": [1], "changed": [], "placed": [("a2", "b1")], "gone": ["a2"]}
        assert found.placed[0].card.claim.speaker == "A spokesman"

    def test_a_claim_that_is_moved_changes_both_paragraphs(self, article: Article, editor: User) -> None:
        claim = whole("a2")
        there = passage(article, "Quiet", passages_of(claim)[0].uid)
        found = after(article, edit_claim(claim, Entry((there,), claim.source), Act(editor)))
        assert described(found) == {"paragraphs": [1, 2], "changed": [], "placed": [("a2", "b1")], "gone": ["a2"]}

    def test_one_that_is_deleted_goes(self, article: Article, editor: User) -> None:
        found = after(article, delete_claim(whole("a2"), Act(editor)))
        assert described(found) == {"paragraphs": [1], "changed": [], "placed": [], "gone": ["a2"]}
        assert found.numbers.total == 2 and not found.is_hidden

    def test_undoing_brings_it_back(self, article: Article, editor: User) -> None:
        found = after(article, undo(delete_claim(whole("a2"), Act(editor)), editor))
        assert described(found) == {"paragraphs": [1], "changed": [], "placed": [("a2", "b1")], "gone": []}

    def test_one_that_is_rejected_goes_and_comes_back(self, article: Article, editor: User) -> None:
        found = after(article, edited("a2", editor, status="rejected"))
        assert described(found) == {"paragraphs": [1], "changed": [], "placed": [], "gone": ["a2"]}
        found = after(article, edited("a2", editor, status="accepted"))
        assert described(found)["placed"] == [("a2", "b1")]

    def test_joining_shows_one_and_takes_the_other_away(self, article: Article, editor: User) -> None:
        found = after(article, join_claims(whole("a1"), whole("a2"), Act(editor)))
        assert described(found) == {
            "paragraphs": [0, 1],
            "changed": [],
            "placed": [("a1", "")],
            "gone": ["a1", "a2"],
        }


class TestContradictions:
    def test_what_is_said_anew_changes_the_cards_that_it_contradicts(
        self, article: Article, question: Question, editor: User
    ) -> None:
        found = after(article, made(article, editor, "Quiet", "beta", said(question, 3, "three")))
        assert described(found)["changed"] == ["a1", "b1"]
        (card,) = [card for card in found.changed if card.claim.uid == "a1"]
        assert [other.as_worded for other in card.said[0].contradictions] == ["none", "three"]
        assert found.disputed == [question]

    def test_what_was_said_before_changes_none(self, article: Article, question: Question, editor: User) -> None:
        found = after(article, made(article, editor, "Quiet", "beta", said(question, 0, "no one")))
        assert described(found)["changed"] == [] and found.disputed is None

    def test_cards_say_in_the_words_of_the_first_what_contradicts_them(
        self, article: Article, question: Question, editor: User
    ) -> None:
        """The same is still said, but first by another claim."""
        made(article, editor, "Quiet", "beta", said(question, 0, "no one"))
        found = after(article, delete_claim(whole("b1"), Act(editor)))
        (card,) = [card for card in found.changed if card.claim.uid == "a1"]
        assert [other.as_worded for other in card.said[0].contradictions] == ["no one"]

    def test_nothing_is_in_dispute_once_one_of_two_is_gone(
        self, article: Article, question: Question, editor: User
    ) -> None:
        found = after(article, delete_claim(whole("b1"), Act(editor)))
        assert found.disputed == []
        assert [card.said[0].contradictions for card in found.changed] == [()]

    def test_an_editors_ruling_is_kept_to(self, article: Article, question: Question, editor: User) -> None:
        rule(question, source("alpha"), source("beta"), Ruling.Says.AGREE, "They count alike.", editor)
        found = after(article, made(article, editor, "Quiet", "beta", said(question, 3, "three")))
        assert found.disputed == []

    def test_another_article_of_the_story_contradicts(self, article: Article, question: Question, editor: User) -> None:
        other = make_article(slug="other", paragraphs=["Nine."], story=question.story)
        make_claim(article=other, source=make_source(name="Gamma"), quote="Nine", answers=[said(question, 9, "nine")])
        found = after(article, edited("a1", editor, speaker="A spokesman"))
        assert [one.as_worded for one in found.placed[0].card.said[0].contradictions] == ["none", "nine"]


class TestFilters:
    def test_what_the_filter_hides_is_said_to_be(self, article: Article, editor: User) -> None:
        found = after(article, made(article, editor, "Nobody answered", "beta"), "alpha")
        assert found.is_hidden and found.placed == []
        assert (found.numbers.total, found.numbers.shown, found.shown) == (4, 2, ("alpha",))

    def test_a_claim_comes_into_the_filter_with_its_source(self, article: Article, editor: User) -> None:
        found = after(article, retag_claim(whole("a2"), source("beta"), Act(editor)), "beta")
        assert described(found) == {"paragraphs": [1], "changed": [], "placed": [("a2", "b1")], "gone": []}

    def test_and_leaves_it(self, article: Article, editor: User) -> None:
        found = after(article, retag_claim(whole("a2"), source("beta"), Act(editor)), "alpha")
        assert described(found) == {"paragraphs": [1], "changed": [], "placed": [], "gone": ["a2"]}
        assert found.is_hidden


class TestTheWholeRegion:
    """Where pieces would not do there are none."""

    def test_when_the_first_claim_comes_and_when_the_last_one_goes(self, editor: User) -> None:
        article = make_article(paragraphs=TEXTS, story=make_story())
        make_source(name="Alpha")
        changeset = made(article, editor, "Quiet", "alpha")
        assert pieces(article, (), changeset.steps.values(), []) is None
        assert pieces(article, (), undo(changeset, editor).steps.values(), []) is None

    def test_when_a_source_takes_another_tone(self, article: Article, editor: User) -> None:
        make_source(name="Aaa", tone=1)
        Source.objects.filter(slug="beta").update(tone=1)
        changeset = delete_claim(whole("a1"), Act(editor))
        assert pieces(article, (), changeset.steps.values(), [])
        changeset = delete_claim(whole("a2"), Act(editor))
        assert pieces(article, (), changeset.steps.values(), []) is None

    def test_when_a_source_that_the_filter_names_comes_or_goes(self, article: Article, editor: User) -> None:
        changeset = retag_claim(whole("b1"), source("alpha"), Act(editor))
        assert pieces(article, ("alpha", "beta"), changeset.steps.values(), []) is None

    def test_when_nobody_knows_what_was_changed(self, article: Article) -> None:
        assert pieces(article, (), [Step(article.pk, is_known=False)], []) is None
        elsewhere = make_article(slug="elsewhere").pk
        assert pieces(article, (), [Step(elsewhere, is_known=False)], []) is not None


def test_the_queries_do_not_grow(article: Article, editor: User, django_assert_num_queries: Any) -> None:
    changeset = edited("a2", editor, speaker="A spokesman")
    known = list(Source.objects.all())
    # The counts, the claims and their highlights and answers, and the card before.
    with django_assert_num_queries(5):
        assert pieces(article, (), changeset.steps.values(), known)
    for number in range(30):
        row = Highlight.objects.get(claim__uid="a1")
        make_claim(article=article, source=source("alpha"), quote=row.quote, note=str(number))
    with django_assert_num_queries(5):
        assert pieces(article, (), changeset.steps.values(), known)
