"""Marking claims as plain HTML: adding, changing, undoing, conflicts, forms sent twice."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.editors.answer_forms import KIND_WANTED, NOT_COUNTED, OF_TWO, UNREADABLE
from articles.models import Answer, Article, Changeset, Claim, Question, Revision, Source, SourceNumber
from articles.writing.source_numbers import numbered_sources
from articles.writing.tagging import first_words
from tests.factories import (
    answer,
    make_article,
    make_choice,
    make_claim,
    make_place,
    make_question,
    make_source,
    make_story,
)
from tests.pages import PageClient, by_id, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

TEXT = (
    "The coalition said the strikes were self-defence. "
    "SANA said it was aggression, and “a crime 🤔”. It was aggression."
)
ADD = "/articles/strikes/claims/new/"


@pytest.fixture
def article(db: None) -> Article:
    make_source()
    return make_article(paragraphs=["Nothing here.", TEXT], story=make_story())


def form_of(response: Any) -> dict[str, list[str]]:
    """What a browser would send of the form, by name: the checked, the chosen, the typed."""
    form = by_id(tree_of(response), "claim-form")
    sent: dict[str, list[str]] = {}
    for field in form.iter():
        name = field.get("name") if isinstance(field.tag, str) else None
        if not name or field.tag == "button":
            continue
        if field.tag == "select":
            chosen = [one.get("value") for one in field.iter("option") if one.get("selected") is not None]
            value = chosen[0] if chosen else field.find(".//option").get("value")
        elif field.tag == "textarea":
            value = (field.text or "").removeprefix("\n")
        elif field.get("type") in ("radio", "checkbox") and field.get("checked") is None:
            continue
        else:
            value = field.get("value", "")
        sent.setdefault(name, []).append(value)
    return sent


def add(client: Client, quote: str, source: str = "coalition", **more: Any) -> Any:
    sent = {**form_of(client.get(ADD)), "quote": quote, "source": source, **more}
    return client.post(ADD, sent)


class TestAdding:
    def test_words_that_stand_once_are_marked(self, article: Article, editors_browser: PageClient) -> None:
        response = add(editors_browser, "the strikes were self-defence", speaker="a spokesman", cue="said", note="n")
        claim = Claim.objects.get()
        assert response["Location"].startswith("/articles/strikes/?done=")
        assert response["Location"].endswith(f"#sign-{claim.uid}")
        assert (claim.quote, claim.speaker, claim.cue, claim.note) == (
            "the strikes were self-defence",
            "a spokesman",
            "said",
            "n",
        )
        assert (claim.source, claim.status) == (Source.objects.get(slug="coalition"), "accepted")

    def test_the_reading_page_says_so_and_offers_to_undo_it(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        where = add(editors_browser, "self-defence")["Location"].partition("#")[0]
        tree = tree_of(editors_browser.get(where))
        notices = by_id(tree, "notices")
        assert "Marked: “self-defence”." in words(notices)
        editors_browser.post(notices.find(".//form").get("action"))
        assert not Claim.objects.exists()

    def test_what_was_done_is_said_with_its_first_words(self, article: Article, editors_browser: PageClient) -> None:
        claim = make_claim(article=article, quote="self-defence")
        other = make_source(name="Elsewhere", code="EL")
        sent = {"act": "retag", "based_on": claim.version, "source": other.slug}
        where = editors_browser.post(f"/claims/{claim.uid}/act/", sent)["Location"].partition("#")[0]
        notices = by_id(tree_of(editors_browser.get(where)), "notices")
        assert "Now said by Elsewhere: “self-defence”." in words(notices)

    def test_which_claim_was_marked_is_said_where_several_notices_stand_together(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        sent = {**form_of(editors_browser.get(ADD)), "quote": "a crime", "source": "coalition"}
        answer = tree_of(editors_browser.post(ADD, sent, headers=TestSentTwice.HTMX))
        assert "Marked: “a crime”." in words(answer)

    def test_a_passage_of_the_address_is_snapped_to_words(self, article: Article, editors_browser: PageClient) -> None:
        start = TEXT.index("crime") + 2
        form = form_of(editors_browser.get(f"{ADD}?at=~1:{start}-{start + 5}"))
        place = TEXT.index("crime")
        assert form["at"] == [f"1:{place}-{TEXT.index('🤔') + 1}"]
        exact = form_of(editors_browser.get(f"{ADD}?at=1:{start}-{start + 2}"))
        assert exact["at"] == [f"1:{start}-{start + 2}"]

    def test_the_cue_is_found_in_the_sentence(self, article: Article, editors_browser: PageClient) -> None:
        start = TEXT.index("it was")
        assert form_of(editors_browser.get(f"{ADD}?at=1:{start}-{start + 8}"))["cue"] == ["said"]

    @pytest.mark.parametrize("at", ["9:0-4", "1:5-5", "nonsense", "abcd@", "abcd@1:0-3"])
    def test_a_passage_that_is_none_is_refused_in_words(
        self, article: Article, editors_browser: PageClient, at: str
    ) -> None:
        response = editors_browser.get(ADD, {"at": at})
        assert response.status_code == 400
        assert "ga" in words(main_of(response)) or "least one" in words(main_of(response))

    def test_words_in_several_places_are_offered_to_choose_from(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        response = add(editors_browser, "aggression")
        assert response.status_code == 422
        places = [field.get("value") for field in tree_of(response).iter("input") if field.get("name") == "place"]
        assert len(places) == 2 and "2 places" in words(main_of(response))
        editors_browser.post(ADD, {**form_of(response), "place": places[1]})
        assert Claim.objects.get().highlights.get().start == TEXT.rindex("aggression")

    def test_words_that_stand_nowhere_get_the_closest(self, article: Article, editors_browser: PageClient) -> None:
        response = add(editors_browser, "the strike was self-defence")
        assert response.status_code == 422
        places = [field.get("value") for field in tree_of(response).iter("input") if field.get("name") == "place"]
        assert places and "closest" in words(main_of(response))
        assert "the strike was self-defence" in words(by_id(tree_of(response), "id_quote"))
        assert not Claim.objects.exists()

    def test_the_source_has_to_be_chosen(self, article: Article, editors_browser: PageClient) -> None:
        response = add(editors_browser, "self-defence", "", note="kept")
        assert response.status_code == 422
        assert "Choose who says it" in words(main_of(response))
        assert form_of(response)["note"] == ["kept"]

    def test_a_new_source_is_made_with_it(self, article: Article, editors_browser: PageClient) -> None:
        add(editors_browser, "aggression,", "+", source_name="SANA", source_kind="agency", source_code="sana")
        source = Source.objects.get(name="SANA")
        assert (source.code, source.kind, source.tone) == ("SANA", "agency", 2)
        assert Claim.objects.get().source == source

    @pytest.mark.parametrize(
        ("name", "chosen", "kind"),
        [("Interior Ministry", "", "government"), ("Zulu", "", "other"), ("Interior Ministry", "person", "person")],
    )
    def test_a_new_source_is_of_the_kind_that_its_name_says(
        self, article: Article, editors_browser: PageClient, name: str, chosen: str, kind: str
    ) -> None:
        add(editors_browser, "aggression,", "+", source_name=name, source_kind=chosen)
        assert Source.objects.get(name=name).kind == kind

    def test_a_proposed_source_is_offered_without_its_article(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        claim = make_claim(
            article=article,
            status="suggested",
            source=None,
            proposed_source="The Interior Ministry",
            quote="self-defence",
        )
        form = form_of(editors_browser.get(f"/claims/{claim.uid}/edit/?accept=1"))
        assert (form["source_name"], form["source_kind"]) == (["Interior Ministry"], [""])

    def test_a_proposed_source_that_the_desk_knows_with_its_article_is_that_one(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        make_source(name="The Interior Ministry")
        proposed = {"status": "suggested", "source": None, "proposed_source": "The Interior Ministry"}
        claim = make_claim(article=article, quote="self-defence", **proposed)
        form = form_of(editors_browser.get(f"/claims/{claim.uid}/edit/?accept=1"))
        assert form["source"] == ["the-interior-ministry"]

    def test_a_new_source_is_of_no_kind_that_nobody_chose(self, article: Article, editors_browser: PageClient) -> None:
        assert form_of(editors_browser.get(ADD))["source_kind"] == [""]
        claim = make_claim(
            article=article, status="suggested", source=None, proposed_source="The mayor", quote="self-defence"
        )
        form = form_of(editors_browser.get(f"/claims/{claim.uid}/edit/?accept=1"))
        assert (form["source"], form["source_name"]) == (["+"], ["Mayor"])
        assert form["source_kind"] == [""]

    def test_where_nobody_is_named_accepting_asks_for_the_source(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        claim = make_claim(article=article, status="suggested", source=None, quote="self-defence")
        address = f"/claims/{claim.uid}/edit/"
        form = form_of(editors_browser.get(f"{address}?accept=1"))
        assert (form.get("source"), form["status"]) == (None, ["accepted"])
        answer = editors_browser.post(address, form)
        assert answer.status_code == 422
        assert "Choose who says it." in words(main_of(answer))

    def test_a_name_that_the_desk_knows_makes_no_second_source(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        add(editors_browser, "self-defence", "+", source_name="COALITION", source_kind="other")
        assert Claim.objects.get().source == Source.objects.get()

    def test_a_code_of_another_source_is_refused(self, article: Article, editors_browser: PageClient) -> None:
        code = Source.objects.get().code
        response = add(editors_browser, "self-defence", "+", source_name="New", source_code=code.lower())
        assert response.status_code == 422 and "another source’s code" in words(main_of(response))
        assert Source.objects.count() == 1

    def test_a_claim_without_a_known_source_is_a_suggestion(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        add(editors_browser, "self-defence", "?", proposed_source="somebody")
        claim = Claim.objects.get()
        assert (claim.source, claim.proposed_source, claim.status) == (None, "somebody", "suggested")

    def test_sent_twice_it_is_made_once(self, article: Article, editors_browser: PageClient) -> None:
        sent = {**form_of(editors_browser.get(ADD)), "quote": "self-defence", "source": "coalition"}
        places = [editors_browser.post(ADD, sent)["Location"] for _ in range(2)]
        assert places[0] == places[1] and Claim.objects.count() == 1

    def test_a_used_form_with_other_words_is_not_dropped(self, article: Article, editors_browser: PageClient) -> None:
        sent = {**form_of(editors_browser.get(ADD)), "quote": "self-defence", "source": "coalition"}
        editors_browser.post(ADD, sent)
        response = editors_browser.post(ADD, {**sent, "quote": "a crime"})
        assert response.status_code == 409 and "saved before" in words(main_of(response))
        editors_browser.post(ADD, form_of(response))
        assert sorted(claim.quote for claim in Claim.objects.all()) == ["a crime", "self-defence"]

    def test_numbers_of_sources_stay(self, article: Article, editors_browser: PageClient) -> None:
        add(editors_browser, "aggression,", "+", source_name="SANA", source_kind="agency")
        add(editors_browser, "self-defence")
        numbers = dict(SourceNumber.objects.values_list("source__slug", "number"))
        Source.objects.get(slug="sana").claims.all().delete()
        add(editors_browser, "a crime", "+", source_name="Zulu")
        assert numbers == {"sana": 2, "coalition": 1}, "as the page showed them"
        assert dict(SourceNumber.objects.values_list("source__slug", "number")).items() >= numbers.items()


class TestAnswers:
    def test_of_every_kind(self, article: Article, editors_browser: PageClient) -> None:
        assert article.story
        killed = make_question(slug="killed")
        who = make_question(slug="who", text="Who?", kind="choice")
        where = make_question(slug="where", text="Where?", kind="place")
        why = make_question(slug="why", text="Why?", kind="words")
        make_choice(who, "rebels")
        make_place(slug="town")
        more = {
            "q-killed-value": "more than 100",
            "q-killed-as_worded": "over a hundred",
            "q-who-value": "rebels",
            "q-where-value": "town",
            "q-why-value": "self-defence",
        }
        add(editors_browser, "self-defence", **more)
        answers = {row.question: row for row in Answer.objects.all()}
        assert (answers[killed].low, answers[killed].high, answers[killed].as_worded) == (101, None, "over a hundred")
        assert (answers[who].value, answers[where].value) == ("Rebels", answers[where].place.name)  # type: ignore[union-attr]
        assert (answers[why].words, answers[why].as_worded) == ("self-defence", "self-defence")

    @pytest.mark.parametrize(
        ("quote", "typed", "worded"),
        [
            ("It killed at least 42 people in 42 days", "at least 42", "at least 42"),
            ("At least 42 were killed", "at least 42", "At least 42"),
            ("It killed an estimated 100 people", "100", "an estimated 100"),
            ("It killed “more than 100” of them", "100", "more than 100"),
            ("It cost 42 million dollars", "42", "42 million"),
            ("It killed 100, they said", "100", "100"),
            ("It killed 1,420 people in 1942, or 42.5 a day", "42", "It killed 1,420 people in 1942, or 42.5 a day"),
            ("It killed forty-two people", "42", "It killed forty-two people"),
        ],
    )
    def test_a_number_without_words_of_its_own_has_those_it_stands_in(
        self, editors_browser: PageClient, quote: str, typed: str, worded: str
    ) -> None:
        make_source()
        article = make_article(paragraphs=[f"{quote}."], story=make_story())
        make_question(story=article.story, slug="killed")
        add(editors_browser, quote, **{"q-killed-value": typed})
        assert Answer.objects.get().as_worded == worded

    def test_so_have_words_and_what_is_asked_for_the_first_time(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        make_question(slug="why", kind="words")
        new = {"new-text": "What?", "new-kind": "words", "new-value": "Strikes", "new-counted": ""}
        add(editors_browser, "the strikes were self-defence", **{"q-why-value": "self-defence"}, **new)
        assert [row.as_worded for row in Answer.objects.order_by("pk")] == ["self-defence", "strikes"]

    def test_a_number_that_cannot_be_read_is_asked_for_again(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        make_question(slug="killed")
        response = add(editors_browser, "self-defence", **{"q-killed-value": "rather many"})
        assert response.status_code == 422
        assert "not a number that the desk can read" in words(main_of(response))
        assert form_of(response)["q-killed-value"] == ["rather many"]

    def test_a_new_choice_and_a_new_place(self, article: Article, editors_browser: PageClient) -> None:
        make_question(slug="who", text="Who?", kind="choice")
        make_question(slug="where", text="Where?", kind="place")
        more = {"q-who-value": "+", "q-who-other": "Rebels", "q-where-value": "+", "q-where-other": "Khusham"}
        for quote in ("self-defence", "a crime"):
            add(editors_browser, quote, **more)
        assert sorted(row.value for row in Answer.objects.all()) == ["Khusham", "Khusham", "Rebels", "Rebels"]
        assert Question.objects.get(slug="who").choices.count() == 1

    @pytest.mark.parametrize(
        ("kind", "value"), [("number", "25"), ("choice", "Yes"), ("place", "Khusham"), ("words", "w")]
    )
    def test_a_new_question(self, article: Article, editors_browser: PageClient, kind: str, value: str) -> None:
        more = {"new-text": "How many?", "new-kind": kind, "new-counted": "people hurt" if kind == "number" else ""}
        more |= {"new-value": value, "new-as_worded": value}
        add(editors_browser, "self-defence", **more)
        row = Answer.objects.get()
        assert (row.question.text, row.question.kind, row.value) == ("How many?", kind, value)

    def test_a_new_question_that_counts_something_is_one_of_a_number(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        more = {"new-text": "How many?", "new-counted": "people hurt", "new-value": "25", "new-as_worded": "25"}
        assert add(editors_browser, "self-defence", **more).status_code == 302
        row = Answer.objects.get()
        assert (row.question.kind, row.question.counted, row.low) == ("number", "people hurt", 25)

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({}, KIND_WANTED),
            ({"new-kind": "words", "new-counted": "people hurt"}, NOT_COUNTED),
            ({"new-kind": "words", "new-text": "\u200f\u200f"}, "Nothing of this line can be seen."),
            ({"new-kind": "choice", "new-value": "\u200f"}, "Nothing of this line can be seen."),
            ({"new-kind": "number", "new-counted": "\u200b"}, "Nothing of this line can be seen."),
            ({"new-kind": "number"}, "Say what is counted"),
            ({"new-counted": "people hurt"}, UNREADABLE),
        ],
        ids=str,
    )
    def test_how_a_new_question_is_answered_is_not_guessed(
        self, article: Article, editors_browser: PageClient, given: dict[str, str], told: str
    ) -> None:
        more = {"new-text": "How many?", "new-value": "rather many", **given}
        response = add(editors_browser, "self-defence", **more)
        assert response.status_code == 422 and told in words(main_of(response))
        kept = {name: values[0] for name, values in form_of(response).items()}
        assert kept.items() >= more.items() and not Question.objects.exists()

    def test_no_kind_is_chosen_beforehand(self, article: Article, editors_browser: PageClient) -> None:
        assert form_of(editors_browser.get(ADD))["new-kind"] == [""]

    def test_something_else_that_is_named_need_not_be_chosen_too(
        self, article: Article, editors_browser: PageClient
    ) -> None:
        make_choice(question=make_question(slug="who", text="Who?", kind="choice"), slug="army")
        more = {"q-who-other": "Rebels"}
        both = add(editors_browser, "self-defence", **more, **{"q-who-value": "army"})
        assert both.status_code == 422 and OF_TWO in words(main_of(both))
        unseen = add(editors_browser, "self-defence", **{"q-who-other": "\u200f", "q-who-value": "+"})
        assert unseen.status_code == 422 and "Nothing of this line can be seen." in words(main_of(unseen))
        assert add(editors_browser, "self-defence", **more).status_code == 302
        assert Answer.objects.get().value == "Rebels"

    def test_a_refused_claim_leaves_no_question_behind(self, article: Article, editors_browser: PageClient) -> None:
        more = {"new-text": "How many?", "new-kind": "words", "new-value": "w"}
        assert add(editors_browser, "self-defence", "", **more).status_code == 422
        assert not Question.objects.exists()


class TestChanging:
    @pytest.fixture
    def claim(self, article: Article, editor: User) -> Claim:
        make_source(name="SANA", tone=2)
        return make_claim(article=article, quote=["self-defence", "aggression, and"], editor=editor)

    def address(self, claim: Claim) -> str:
        return f"/claims/{claim.uid}/edit/"

    def test_everything(self, claim: Claim, editors_browser: PageClient) -> None:
        before = list(claim.highlights.values_list("uid", flat=True))
        form = form_of(editors_browser.get(self.address(claim)))
        editors_browser.post(self.address(claim), {**form, "source": "sana", "speaker": "X", "status": "rejected"})
        claim.refresh_from_db()
        assert (str(claim.source), claim.speaker, claim.status, claim.version) == ("SANA", "X", "rejected", 2)
        assert list(claim.highlights.values_list("uid", flat=True)) == before

    def test_an_edge_moves_by_a_word_and_writes_nothing(self, claim: Claim, editors_browser: PageClient) -> None:
        form = form_of(editors_browser.get(self.address(claim)))
        moved = editors_browser.post(self.address(claim), {**form, "step": "start:0:-2", "note": "typed"})
        assert Revision.objects.count() == 1
        assert form_of(moved)["note"] == ["typed"]
        editors_browser.post(self.address(claim), form_of(moved))
        assert claim.highlights.order_by("position")[0].quote == "strikes were self-defence"

    def test_a_passage_is_taken_out_and_another_added(self, claim: Claim, editors_browser: PageClient) -> None:
        form = form_of(editors_browser.get(self.address(claim)))
        form = form_of(editors_browser.post(self.address(claim), {**form, "step": "drop:0"}))
        form = form_of(editors_browser.post(self.address(claim), {**form, "quote": "a crime", "step": "find"}))
        editors_browser.post(self.address(claim), form)
        assert Claim.objects.get().quote == "aggression, and … a crime"

    def test_the_last_passage_stays(self, claim: Claim, editors_browser: PageClient) -> None:
        form = form_of(editors_browser.get(self.address(claim)))
        form = form_of(editors_browser.post(self.address(claim), {**form, "step": "drop:0"}))
        response = editors_browser.post(self.address(claim), {**form, "step": "drop:0"})
        assert "keeps at least one passage" in words(main_of(response))

    def test_a_split_and_a_join_each_undone(self, claim: Claim, editors_browser: PageClient) -> None:
        act = f"/claims/{claim.uid}/act/"
        second = claim.highlights.order_by("position")[1]
        form = form_of(editors_browser.get(self.address(claim)))
        editors_browser.post(act, {**form, "act": f"split:{second.uid}"})
        assert sorted(one.quote for one in Claim.objects.all()) == ["aggression, and", "self-defence"]
        other = Claim.objects.exclude(pk=claim.pk).get()
        assert other.highlights.get().uid == second.uid
        form = form_of(editors_browser.get(self.address(claim)))
        editors_browser.post(act, {**form, "act": "join", "other": other.uid})
        assert Claim.objects.get().quote == "self-defence … aggression, and"
        joined, split = Changeset.objects.order_by("-id")[:2]
        for changeset, count in ((joined, 2), (split, 1)):
            editors_browser.post(f"/changes/{changeset.uid}/undo/")
            assert Claim.objects.count() == count

    @pytest.fixture
    def many(self, editor: User) -> list[Claim]:
        text = " ".join(f"w{number:02}" for number in range(30))
        report = make_article(slug="many", paragraphs=[text], story=make_story())
        return [make_claim(article=report, quote=word, editor=editor) for word in text.split()]

    def offered(self, response: Any) -> tuple[list[str], str]:
        """The words of the claims to join with, and what is said below them."""
        tree = tree_of(response)
        select = by_id(tree, "id_other")
        (fold,) = [one for one in tree.iter("details") if select in one.iter()]
        told = " ".join(words(one) for one in fold.iter("p"))
        return [words(one)[-3:] for one in select.iter("option")][1:], told

    def test_the_nearest_claims_are_offered_to_be_joined_and_all_on_demand(
        self, editors_browser: PageClient, many: list[Claim]
    ) -> None:
        address = f"/claims/{many[10].uid}/edit/"
        page = editors_browser.get(address)
        nearest = [f"w{number:02}" for number in [*range(2, 10), *range(11, 19)]]
        assert self.offered(page) == (nearest, "The claims nearest in the text. Offer all of the report")
        page = editors_browser.post(address, {**form_of(page), "speaker": "Typed", "step": "others"})
        assert self.offered(page) == ([f"w{number:02}" for number in range(30) if number != 10], "")
        assert form_of(page)["speaker"] == ["Typed"] and by_id(tree_of(page), "id_other").get("autofocus") is not None

    @pytest.mark.parametrize("at", [0, 8, 21, 29])
    def test_at_either_end_there_may_be_others_on_the_other_side_alone(
        self, editors_browser: PageClient, many: list[Claim], at: int
    ) -> None:
        claims, told = self.offered(editors_browser.get(f"/claims/{many[at].uid}/edit/"))
        assert claims == [f"w{one:02}" for one in range(max(0, at - 8), min(30, at + 9)) if one != at]
        assert told.startswith("The claims nearest in the text.")

    def test_of_few_all_are_offered(
        self, editors_browser: PageClient, many: list[Claim], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("articles.editors.claim_form._NEAREST", 20)
        assert self.offered(editors_browser.get(f"/claims/{many[10].uid}/edit/"))[1] == ""
        monkeypatch.setattr("articles.editors.claim_form._ALL", 9)
        address = f"/claims/{many[10].uid}/edit/"
        page = editors_browser.post(address, {**form_of(editors_browser.get(address)), "step": "others"})
        assert self.offered(page)[1] == "The 18 claims nearest in the text."

    def test_joining_with_no_claim_says_what_is_missing(self, editors_browser: PageClient, article: Article) -> None:
        add(editors_browser, "the strikes were self-defence")
        claim = Claim.objects.get()
        response = editors_browser.post(f"/claims/{claim.uid}/act/", {"act": "join", "based_on": 1, "other": ""})
        assert response.status_code == 409
        assert "Choose the claim to join this one with." in words(main_of(response))

    def test_what_was_changed_since_is_not_undone_and_leads_to_its_history(
        self, editors_browser: PageClient, article: Article
    ) -> None:
        add(editors_browser, "the strikes were self-defence")
        claim = Claim.objects.get()
        act = f"/claims/{claim.uid}/act/"
        editors_browser.post(act, {"act": "delete", "based_on": 1})
        response = editors_browser.post(f"/changes/{claim.made_in.uid}/undo/")
        assert response.status_code == 409
        assert "This claim has been changed since" in words(main_of(response))
        assert f"/claims/{claim.uid}/history/" in links(main_of(response))

    def test_two_editors_choose_part_by_part(self, claim: Claim, editors_browser: PageClient) -> None:
        mine = form_of(editors_browser.get(self.address(claim)))
        theirs = {**mine, "token": "t", "note": "theirs", "speaker": "Theirs", "source": "sana"}
        editors_browser.post(self.address(claim), theirs)
        response = editors_browser.post(self.address(claim), {**mine, "speaker": "Mine", "cue": "mine"})
        assert response.status_code == 409
        again = form_of(response)
        shown = words(main_of(response))
        assert "Theirs" in shown and "Mine" in shown
        # What I left as it was is theirs unless I say otherwise.
        assert again["theirs"] == ["Source", "Note"]
        assert again["speaker"] == ["Mine"] and again["cue"] == ["mine"]
        editors_browser.post(self.address(claim), again)
        claim.refresh_from_db()
        assert (claim.speaker, claim.cue, claim.note, str(claim.source)) == ("Mine", "mine", "theirs", "SANA")

    def test_a_claim_deleted_meanwhile_is_said_to_be(self, claim: Claim, editors_browser: PageClient) -> None:
        form = form_of(editors_browser.get(self.address(claim)))
        editors_browser.post(f"/claims/{claim.uid}/act/", {**form, "act": "delete"})
        response = editors_browser.post(self.address(claim), {**form, "token": "other"})
        assert response.status_code == 409 and "deleted" in words(main_of(response))

    def test_which_one_was_deleted_is_said(self, claim: Claim, editors_browser: PageClient) -> None:
        said, act = f"{claim.source}, {first_words(claim.quote)}", {"act": "delete", "based_on": 1}
        response = editors_browser.post(f"/claims/{claim.uid}/act/", act, follow=True)
        assert f"Deleted: {said}." in words(main_of(response))

    def test_a_stale_act_does_nothing(self, claim: Claim, editors_browser: PageClient) -> None:
        response = editors_browser.post(f"/claims/{claim.uid}/act/", {"act": "delete", "based_on": 7})
        assert response.status_code == 409 and Claim.objects.exists()

    def test_an_act_moves_no_number(self, claim: Claim, editors_browser: PageClient) -> None:
        make_source(name="Between")
        last = make_source(name="Last")
        act = f"/claims/{claim.uid}/act/"
        for number, sent in enumerate(({"act": "retag", "source": last.slug}, {"act": "delete"}), 1):
            editors_browser.post(act, {**sent, "based_on": number})
            shown = {one.source.slug: one.number for one in numbered_sources(claim.article)}
            assert shown == {"coalition": 1, "sana": 2, "between": 3, last.slug: 4}
        assert set(SourceNumber.objects.values_list("source__slug", flat=True)) == {"coalition", last.slug}

    def test_retagging(self, claim: Claim, editors_browser: PageClient) -> None:
        editors_browser.post(f"/claims/{claim.uid}/act/", {"act": "retag", "source": "sana", "based_on": 1})
        claim.refresh_from_db()
        assert str(claim.source) == "SANA"

    def test_a_number_keeps_its_bounds_when_nothing_is_typed(
        self, article: Article, editor: User, editors_browser: PageClient
    ) -> None:
        question = make_question(slug="killed")
        row = answer(question, 5)
        row.low, row.high, row.about = 7, None, True
        claim = make_claim(article=article, quote="a crime", answers=[row], editor=editor)
        form = form_of(editors_browser.get(self.address(claim)))
        editors_browser.post(self.address(claim), {**form, "note": "x"})
        kept = Claim.objects.get(pk=claim.pk).answers.get()
        assert (kept.low, kept.high, kept.about, kept.as_worded) == (7, None, True, "as worded")


class TestWhoMay:
    def addresses(self, claim: Claim) -> list[str]:
        uid = claim.uid
        return [ADD, f"/claims/{uid}/edit/", f"/claims/{uid}/act/", f"/changes/{claim.made_in.uid}/undo/"]

    def test_readers_may_not(self, article: Article, reader: PageClient) -> None:
        claim = make_claim(article=article, quote="self-defence")
        User.objects.create_user("reader", password="x")
        for address in self.addresses(claim):
            assert reader.post(address).status_code == 401
            assert reader.post(address, headers={"HX-Request": "true"}).status_code == 401
        reader.force_login(User.objects.get(username="reader"))
        for address in self.addresses(claim):
            assert reader.post(address).status_code == 403
        assert Claim.objects.get().version == 1

    def test_who_was_signed_out_signs_in_and_it_is_saved(
        self, article: Article, editor: User, editors_browser: PageClient
    ) -> None:
        sent = {**form_of(editors_browser.get(ADD)), "quote": "self-defence", "source": "coalition", "note": "kept"}
        editors_browser.logout()
        response = editors_browser.post(ADD, sent)
        assert response.status_code == 401
        fields = {one.get("name"): one.get("value") for one in main_of(response).iter("input")}
        wrong = editors_browser.post(ADD, {**fields, "sign-in-username": "editor", "sign-in-password": "no"})
        assert wrong.status_code == 401
        fields = {one.get("name"): one.get("value") for one in main_of(wrong).iter("input")}
        right = {"sign-in-username": "editor", "sign-in-password": "a long pass phrase"}
        assert editors_browser.post(ADD, {**fields, **right}).status_code == 302
        assert Claim.objects.get().note == "kept"


def test_a_paragraph_offers_to_mark_in_it(article: Article, editors_browser: PageClient, reader: PageClient) -> None:
    address = article.get_absolute_url()
    assert f"{ADD}?paragraph=1" in links(tree_of(editors_browser.get(address)))
    assert ADD not in reader.get(address).content.decode()


class TestSentTwice:
    """By htmx, which does not know whether the first answer came back."""

    HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/articles/strikes/"}

    def test_a_deletion_is_answered_as_the_first_time(
        self, article: Article, editor: User, editors_browser: PageClient
    ) -> None:
        claim = make_claim(article=article, quote="self-defence", editor=editor)
        sent = {"act": "delete", "based_on": 1, "token": "t"}
        answers = [
            editors_browser.post(f"/claims/{claim.uid}/act/", sent, headers=self.HTMX).status_code for _ in range(2)
        ]
        assert answers == [200, 200] and Changeset.objects.filter(kind="delete").count() == 1

    def test_a_claim_is_drawn_once(self, article: Article, editor: User, editors_browser: PageClient) -> None:
        make_claim(article=article, quote="a crime", editor=editor)
        sent = {**form_of(editors_browser.get(ADD)), "quote": "self-defence", "source": "coalition"}
        first, second = (editors_browser.post(ADD, sent, headers=self.HTMX) for _ in range(2))
        assert "HX-Retarget" not in first and second["HX-Retarget"] == "#reading"

    def test_a_page_that_is_older_is_made_anew(
        self, article: Article, editor: User, editors_browser: PageClient
    ) -> None:
        make_claim(article=article, quote="a crime", editor=editor)
        seen = by_id(tree_of(editors_browser.get("/articles/strikes/")), "source-numbers").get("data-stamp")
        sent = {"quote": "self-defence", "source": "coalition", "seen": seen}
        one = editors_browser.post(ADD, {**sent, "token": "a"}, headers=self.HTMX)
        assert "HX-Retarget" not in one
        other = editors_browser.post(ADD, {**sent, "token": "b", "quote": "the strikes"}, headers=self.HTMX)
        assert other["HX-Retarget"] == "#reading"
