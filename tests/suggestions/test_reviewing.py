"""Reviewing at the desk: by forms alone and by htmx; what comes next, and what may not be done."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Changeset, Claim, Suggestion
from articles.suggestions.making import suggest
from articles.suggestions.reviewing import _REASONS, LEVELS, accept_sure, review_of
from articles.text.attribution.confidence import ODDS
from articles.writing.passages import passages_of
from articles.writing.tagging import Act, Entry, accept_suggestion, edit_claim, stored
from articles.writing.undoing import undo
from tests.factories import make_article, make_claim, make_source, orphan
from tests.htmx import assert_same, page, put, send
from tests.pages import PageClient, by_id, main_of, tree_of, words
from tests.suggestions.reports import board, harbour

pytestmark = pytest.mark.django_db
HARBOUR = "/articles/harbour/"


@pytest.fixture
def article() -> Article:
    board()
    article = harbour()
    suggest(article)
    return Article.objects.for_reading().get(pk=article.pk)


def waiting(article: Article) -> list[Claim]:
    return list(Claim.objects.in_article(article).waiting())


def act(browser: Client, claim: Claim, name: str, **data: Any) -> Any:
    return browser.post(f"/claims/{claim.uid}/act/", {"act": name, "based_on": claim.version, **data})


def bar(response: Any) -> Any:
    return by_id(tree_of(response), "review")


class TestWithoutScripts:
    def test_asking_for_suggestions_leads_to_the_first(self, editors_browser: PageClient) -> None:
        board()
        article = harbour()
        response = editors_browser.post(f"{HARBOUR}suggest/")
        first = waiting(article)[0]
        changeset = Changeset.objects.get(kind="suggest")
        assert response["Location"] == f"{HARBOUR}?done={changeset.uid}&review={first.uid}#sign-{first.uid}"
        shown = editors_browser.get(response["Location"])
        assert "5 claims suggested, 2 of them without a source." in words(main_of(shown))
        assert "Suggestion 1 of 5" in words(bar(shown))
        editors_browser.post(f"/changes/{changeset.uid}/undo/")
        assert not Claim.objects.exists()

    def test_asking_again_says_that_there_is_nothing(self, editors_browser: PageClient, article: Article) -> None:
        response = editors_browser.post(f"{HARBOUR}suggest/")
        assert response["Location"] == HARBOUR
        shown = editors_browser.get(HARBOUR)
        notices = by_id(tree_of(shown), "notices")
        assert "Nothing new to suggest: 5 wait already. Review those that wait" in words(notices)
        first = waiting(article)[0]
        assert notices.find(".//a").get("href") == f"{HARBOUR}?review={first.uid}#sign-{first.uid}"
        assert "Nothing new" not in words(main_of(editors_browser.get(HARBOUR)))

    def test_a_text_that_is_not_english_says_so(self, editors_browser: PageClient) -> None:
        make_article(slug="harbour", paragraphs=["„Niemand wurde verletzt“, sagte die Sprecherin der Behörde."])
        editors_browser.post(f"{HARBOUR}suggest/")
        assert "Nothing to suggest: the text is not English" in words(main_of(editors_browser.get(HARBOUR)))

    def test_accepting_leads_to_the_next(self, editors_browser: PageClient, article: Article) -> None:
        first, second, *_ = waiting(article)
        response = act(editors_browser, first, "accept")
        assert f"review={second.uid}#sign-{second.uid}" in response["Location"]
        shown = bar(editors_browser.get(response["Location"]))
        assert "Suggestion 1 of 4" in words(shown)
        assert "“Nobody was hurt by the fall,”" in words(shown)
        first.refresh_from_db()
        assert (first.status, first.version) == ("accepted", 2)

    def test_the_page_counts_them_apart(
        self, editors_browser: PageClient, reader: PageClient, article: Article
    ) -> None:
        def counts(browser: PageClient) -> tuple[str, str]:
            tree = tree_of(browser.get(HARBOUR))
            return words(by_id(tree, "claims-title")), words(by_id(tree, "speaking").find("./ul"))

        one = next(claim for claim in waiting(article) if claim.source)
        name, waits = str(one.source), sum(claim.source == one.source for claim in waiting(article))
        title, speaking = counts(editors_browser)
        assert title == "0 claims + 5 suggested" and f"{name} 0 claims + {waits} suggested" in speaking
        assert counts(reader)[0] == "0 claims"
        act(editors_browser, one, "accept")
        title, speaking = counts(editors_browser)
        assert title == "1 claim + 4 suggested"
        assert f"{name} 1 claim" + (f" + {waits - 1} suggested" if waits > 1 else "") in speaking
        assert counts(reader) == ("1 claim", f"{name} 1 claim")

    def test_rejecting_leads_to_the_next_and_the_last_to_the_first(
        self, editors_browser: PageClient, article: Article
    ) -> None:
        first, *_, last = waiting(article)
        response = act(editors_browser, last, "reject")
        assert f"review={first.uid}" in response["Location"]
        assert not Claim.objects.filter(uid=last.uid).exists(), "it had no source"
        act(editors_browser, first, "reject")
        first.refresh_from_db()
        assert first.status == "rejected"

    def test_undoing_brings_it_back_to_be_reviewed(self, editors_browser: PageClient, article: Article) -> None:
        *_, last = waiting(article)
        act(editors_browser, last, "reject")
        changeset = Changeset.objects.get(kind="reject")
        response = editors_browser.post(f"/changes/{changeset.uid}/undo/")
        assert f"review={last.uid}" in response["Location"]
        assert [one.uid for one in waiting(article)][-1] == last.uid
        assert "Suggestion 5 of 5" in words(bar(editors_browser.get(response["Location"])))

    def test_accepting_as_said_by_another_source(self, editors_browser: PageClient, article: Article) -> None:
        union = make_source(name="Union", code="UN")
        last = waiting(article)[-1]
        act(editors_browser, last, f"accept:{union.slug}")
        last.refresh_from_db()
        assert (last.status, last.source, last.proposed_source) == ("accepted", union, "")

    def test_one_without_a_source_is_not_accepted_without_one(
        self, editors_browser: PageClient, article: Article
    ) -> None:
        last = waiting(article)[-1]
        response = act(editors_browser, last, "accept")
        assert response.status_code == 409
        assert "choose who says it" in words(main_of(response))

    def test_what_was_chosen_for_a_speaker_is_offered_for_the_speaker_s_next_claim(
        self, editors_browser: PageClient
    ) -> None:
        union = make_source(name="Union", code="UN")
        article = harbour("Hale said the crane was old. Hale said the crane was red.", "Hale said the crane was tall.")
        suggest(article)
        first, second, third = (one for one in waiting(article) if one.speaker == "Hale")
        response = act(editors_browser, first, f"accept:{union.slug}")
        shown = bar(editors_browser.get(response["Location"]))
        assert shown.get("data-uid") == second.uid
        assert "Accept as Union" in words(shown)
        assert shown.get("data-likely") == union.slug
        assert bar(editors_browser.get(f"{HARBOUR}?review={third.uid}")).get("data-likely") == union.slug
        assert bar(editors_browser.get(HARBOUR)).get("data-likely") is None

    def test_it_counts_for_the_person_that_the_phrase_stood_for(self, editors_browser: PageClient) -> None:
        union = make_source(name="Union", code="UN")
        make_source(name="Port")
        article = harbour(
            "The union was angry. Its spokesman, Idris Kamm, said the crane was red.",
            "Kamm said the crane was tall.",
            "Idris Kamm said the crane was old.",
        )
        suggest(article)
        asked = {one.speaker: one for one in waiting(article) if one.proposed_source == "Idris Kamm"}
        assert list(asked) == ["Its spokesman", "Kamm", "Idris Kamm"]
        act(editors_browser, asked["Its spokesman"], f"accept:{union.slug}")
        for name in ("Idris Kamm", "Kamm"):
            shown = bar(editors_browser.get(f"{HARBOUR}?review={asked[name].uid}"))
            assert shown.get("data-likely") == union.slug
            tree = tree_of(editors_browser.get(f"/claims/{asked[name].uid}/edit/?accept=1"))
            chosen = [one for one in tree.iter("input") if one.get("name") == "source" and "checked" in one.attrib]
            assert [one.get("value") for one in chosen] == [union.slug]
        later = harbour("Idris Kamm said the crane was blue.", slug="later", story=article.story)
        suggest(later)
        assert [one.source for one in waiting(later) if one.speaker == "Idris Kamm"] == [union]

    def test_it_does_not_where_an_editor_named_another_speaker(self, editors_browser: PageClient, editor: User) -> None:
        union = make_source(name="Union", code="UN")
        article = harbour("Its spokesman, Idris Kamm, said the crane was red.", "Kamm said the crane was tall.")
        suggest(article)
        phrase, other = (one for one in waiting(article) if one.proposed_source == "Idris Kamm")
        whole = stored(phrase.uid)
        assert whole and whole.speaker == "Its spokesman"
        edit_claim(whole, Entry(tuple(passages_of(whole)), union, speaker="Ann Poe"), Act(editor))
        assert bar(editors_browser.get(f"{HARBOUR}?review={other.uid}")).get("data-likely") is None

    def test_the_form_offers_its_proposed_name_as_a_source(self, editors_browser: PageClient, article: Article) -> None:
        last = waiting(article)[-1]
        tree = tree_of(editors_browser.get(f"/claims/{last.uid}/edit/?accept=1"))
        assert by_id(tree, "id_source_name").get("value") == "Critic of the Harbour Board"
        chosen = [one.get("value") for one in by_id(tree, "id_status").iter() if one.get("selected") is not None]
        assert chosen == ["accepted"]
        # Not while it is only edited.
        tree = tree_of(editors_browser.get(f"/claims/{last.uid}/edit/"))
        assert not by_id(tree, "id_source_name").get("value")

    @pytest.mark.parametrize(("named", "speaker"), [("Harbour Board", ""), ("the harbour board", "Ann Moor")])
    def test_a_proposed_name_that_the_desk_has_is_its_source(
        self, editors_browser: PageClient, named: str, speaker: str
    ) -> None:
        """As annotations from elsewhere bring it, which make no sources."""
        source, article = board(), harbour()
        words_of = {"quote": "The harbour opened", "speaker": speaker}
        made = make_claim(article=article, source=None, proposed_source=named, status="suggested", **words_of)
        page = editors_browser.get(HARBOUR)
        shown = bar(page)
        assert "not a source yet" not in words(shown)
        assert "By what the desk has now, Harbour Board says it." in words(shown)
        card = words(by_id(tree_of(page), f"claim-{made.uid}"))
        assert f"Source not yet chosen: {named}" in card and "not yet known" not in words(main_of(page))
        assert shown.get("data-likely") == source.slug
        assert "Accept as Harbour Board" in words(shown)
        act(editors_browser, made, f"accept:{source.slug}")
        made.refresh_from_db()
        assert (made.status, made.source) == ("accepted", source)

    def test_a_name_that_the_desk_does_not_have_is_said_to_be_none(self, editors_browser: PageClient) -> None:
        make_claim(article=harbour(), source=None, proposed_source="SANA", status="suggested", quote="The harbour")
        shown = words(bar(editors_browser.get(HARBOUR)))
        assert "“SANA”, not a source yet" in shown and "Name its source" in shown

    def test_what_somebody_else_reviewed(self, editors_browser: PageClient, article: Article, editor: User) -> None:
        first, *_ = waiting(article)
        whole = stored(first.uid)
        assert whole
        accept_suggestion(whole, Act(editor))
        assert act(editors_browser, first, "reject").status_code == 409
        first.refresh_from_db()
        response = act(editors_browser, first, "reject")
        assert response.status_code == 409
        assert "It is no suggestion any more: somebody has accepted it." in words(main_of(response))

    def test_the_steps_lead_around(self, editors_browser: PageClient, article: Article) -> None:
        _, second, *_, last = (one.uid for one in waiting(article))
        shown = bar(editors_browser.get(HARBOUR))
        steps = {one.get("aria-label"): one.get("href") for one in shown.iter() if one.get("data-review")}
        assert steps == {
            "The suggestion before": f"{HARBOUR}?review={last}#sign-{last}",
            "The next suggestion": f"{HARBOUR}?review={second}#sign-{second}",
        }
        response = editors_browser.get(f"{HARBOUR}review/?at={second}")
        assert response["Location"] == f"{HARBOUR}?review={second}#sign-{second}"

    def test_without_suggestions_there_is_no_bar(self, editors_browser: PageClient) -> None:
        harbour()
        shown = bar(editors_browser.get(HARBOUR))
        assert shown.get("hidden") is not None
        assert not len(shown)

    def test_the_bar_tells_who_what_and_how_sure(self, editors_browser: PageClient, article: Article) -> None:
        _, second, *_ = waiting(article)
        shown = words(bar(editors_browser.get(f"{HARBOUR}?review={second.uid}")))
        assert "Suggestion 2 of 5" in shown
        assert "98 % sure: in quotation marks, set off by commas, a verb of saying, a name" in shown
        assert "Harbour Board · Ann Moor · told reporters: “Nobody was hurt by the fall,”" in shown


class TestTheEnd:
    """The last one decided: what became of all, and what comes next."""

    def review_all(self, browser: Client, article: Article) -> Any:
        """Accepts those with a source, the last of them rejected; rejects the others, which then are gone."""
        first, *others = waiting(article)
        sourced = [one for one in others if one.source_id]
        for claim in others:
            response = act(browser, claim, "accept" if claim.source_id and claim != sourced[-1] else "reject")
            assert "review=over" not in response["Location"]
        return act(browser, first, "accept")

    def test_is_said_with_what_comes_next(self, editors_browser: PageClient, article: Article) -> None:
        response = self.review_all(editors_browser, article)
        assert "&review=over" in response["Location"]
        shown = bar(editors_browser.get(response["Location"]))
        assert shown.get("hidden") is None
        assert "Every suggestion is reviewed: 2 accepted, 3 rejected. The rules miss some" in words(shown)
        acts = {one.get("action"): words(one) for one in shown.iter("form")}
        assert acts == {f"{HARBOUR}read-through/": "Mark as read through"}
        assert "The work list" in words(shown)
        assert bar(editors_browser.get(HARBOUR)).get("hidden") is not None, "and told once"

    def test_a_draft_is_published_there(self, editors_browser: PageClient, article: Article) -> None:
        Article.objects.filter(pk=article.pk).update(status="draft")
        address = self.review_all(editors_browser, article)["Location"]
        editors_browser.post(f"{HARBOUR}read-through/", {"read": "yes"})
        shown = bar(editors_browser.get(address))
        assert "It is read through, and still a draft." in words(shown)
        assert {one.get("action"): words(one) for one in shown.iter("form")} == {f"{HARBOUR}status/": "Publish"}

    def test_the_piece_is_what_the_page_shows(self, client: Client, editor: User, article: Article) -> None:
        """And with undo the suggestion is back in the bar."""
        client.force_login(editor)
        *others, last = waiting(article)
        for claim in others:
            act(client, claim, "reject")
        tree = page(client, HARBOUR)
        put(tree, send(client, f"/claims/{last.uid}/act/", {"act": "reject", "based_on": 1}, HARBOUR))
        said = words(by_id(tree, "review"))
        assert "Every suggestion is reviewed: 0 accepted, 5 rejected." in said
        assert said == words(bar(client.get(f"{HARBOUR}?review=over")))
        (undo_form,) = (one for one in by_id(tree, "notices").iter("form"))
        put(tree, send(client, undo_form.get("action"), {}, HARBOUR))
        assert "Suggestion 1 of 1" in words(by_id(tree, "review"))

    def test_it_is_said_where_the_last_ones_were_accepted_together(
        self, editors_browser: PageClient, article: Article
    ) -> None:
        for claim in waiting(article):
            if not claim.source_id:
                act(editors_browser, claim, "reject")
        answer = send(editors_browser, f"{HARBOUR}review/", {"least": 30}, HARBOUR)
        assert "Every suggestion is reviewed: 3 accepted, 2 rejected." in words(tree_of(answer))

    def test_those_whose_words_are_not_found_are_left_and_named(
        self, editors_browser: PageClient, article: Article
    ) -> None:
        for number in (1, 2):
            make_claim(article=article, highlights=[orphan(f"lost {number}")], status="suggested")
        shown = bar(editors_browser.get(self.review_all(editors_browser, article)["Location"]))
        assert "Every suggestion in the text is reviewed: 2 accepted, 3 rejected." in words(shown)
        assert "2 more, whose words are not found in it, are under Work." in words(shown)
        (link,) = (one for one in shown.iter("a") if words(one) == "Work")
        listed = main_of(editors_browser.get(link.get("href")))
        assert "lost 1" in words(listed) and "lost 2" in words(listed)

    def test_undoing_that_they_were_suggested_is_no_end(self, editors_browser: PageClient, article: Article) -> None:
        changeset = Changeset.objects.get(kind="suggest")
        response = editors_browser.post(f"/changes/{changeset.uid}/undo/")
        assert "review=" not in response["Location"]
        answer = send(editors_browser, f"/changes/{changeset.uid}/undo/", {}, HARBOUR)
        assert "Every suggestion" not in answer.content.decode()

    def test_of_claims_that_no_rule_made_no_numbers_are_told(self, editors_browser: PageClient) -> None:
        article = harbour()
        made = make_claim(article=article, quote="The harbour opened", source=board(), status="suggested")
        response = act(editors_browser, made, "accept")
        assert "Every suggestion is reviewed." in words(bar(editors_browser.get(response["Location"])))

    def test_nor_of_those_that_are_rejected(self, editors_browser: PageClient) -> None:
        article = harbour()
        made = make_claim(article=article, quote="The harbour opened", source=board(), status="suggested")
        response = act(editors_browser, made, "reject")
        assert "Every suggestion is reviewed." in words(bar(editors_browser.get(response["Location"])))


class TestAllThatAreSure:
    def test_they_are_one_change_and_can_be_undone(
        self, editors_browser: PageClient, article: Article, editor: User
    ) -> None:
        review = review_of(article)
        assert review
        least = review.sure[0].least
        sure = {row.claim_uid for row in Suggestion.objects.filter(confidence__gte=least)}
        sourced = {one.uid for one in waiting(article) if one.source_id}
        response = editors_browser.post(f"{HARBOUR}review/", {"least": least})
        accepted = set(Claim.objects.filter(status="accepted").values_list("uid", flat=True))
        assert accepted == sure & sourced
        assert len(accepted) == review.sure[0].count
        changeset = Changeset.objects.get(kind="bulk")
        assert changeset.summary == f"1 suggestion accepted, at least {least} % sure"
        assert f"done={changeset.uid}" in response["Location"]
        undo(changeset, editor)
        assert len(waiting(article)) == 5

    def test_none_is_said(self, editors_browser: PageClient) -> None:
        suggest(harbour())
        response = editors_browser.post(f"{HARBOUR}review/", {"least": 50})
        assert response.status_code == 409
        assert "No suggestion here is as sure as that and has a source." in words(main_of(response))

    @pytest.mark.parametrize("least", ["", "0", "101", "all"])
    def test_how_sure_has_to_be_said(self, editors_browser: PageClient, article: Article, least: str) -> None:
        assert editors_browser.post(f"{HARBOUR}review/", {"least": least}).status_code == 400

    def test_the_levels_offered_each_accept_more(self, article: Article) -> None:
        review = review_of(article)
        assert review
        assert [one.least for one in review.sure] == [one for one in LEVELS if one in {s.least for s in review.sure}]
        counts = [one.count for one in review.sure]
        assert counts == sorted(set(counts))
        assert counts[-1] == sum(one.source_id is not None for one in waiting(article))

    def test_what_editors_marked_as_suggested_is_not_among_them(self, article: Article, editor: User) -> None:
        made = make_claim(article=article, quote="The harbour opened", source=board(), status="suggested")
        accept_sure(article, 30, Act(editor))
        made.refresh_from_db()
        assert made.status == "suggested"


class TestPieces:
    @pytest.mark.parametrize("name", ["accept", "reject", "accept:harbour-board"])
    def test_the_page_with_the_pieces_is_the_page_loaded_fresh(
        self, client: Client, editor: User, article: Article, name: str
    ) -> None:
        claim = waiting(article)[-1 if name == "reject" else 1]
        client.force_login(editor)
        tree = page(client, HARBOUR)
        put(tree, send(client, f"/claims/{claim.uid}/act/", {"act": name, "based_on": 1}, HARBOUR))
        assert "of 4" in words(by_id(tree, "review"))
        assert by_id(tree, "review").get("data-goes-on") is not None
        fresh = page(client, HARBOUR)
        for link in [*tree.iter("a"), *fresh.iter("a")]:
            link.text = "Work" if link.get("href") == "/work/" else link.text
        assert_same(tree, fresh, aside=["review", "notices"])

    def test_an_act_on_another_claim_leaves_the_bar_alone(self, editors_browser: PageClient, article: Article) -> None:
        made = make_claim(article=article, quote="The harbour opened in 1901", source=board())
        answer = send(editors_browser, f"/claims/{made.uid}/act/", {"act": "delete", "based_on": 1}, HARBOUR)
        assert 'id="review"' not in answer.content.decode()

    def test_an_act_that_moves_keys_brings_those_of_the_bar(
        self, client: Client, editor: User, article: Article
    ) -> None:
        """Its chips are what the keys do, at the suggestion that it was at."""
        for name in ("Union", "Port", "Crew"):
            make_source(name=name)
        client.force_login(editor)
        tree, third = page(client, HARBOUR), waiting(article)[2]
        put(tree, client.get(f"{HARBOUR}review/?at={third.uid}", headers={"HX-Request": "true"}), "review", "outerHTML")
        sent = {"quote": "The harbour opened in 1901", "source": "+", "source_name": "Museum"}
        put(tree, send(client, f"{HARBOUR}claims/new/", sent, HARBOUR))
        assert by_id(tree, "review").get("data-uid") == third.uid
        chips = list(by_id(tree, "review-sources").iter("button"))
        keys = {one.get("data-key"): one.get("value").removeprefix("accept:") for one in chips}
        assert keys == json.loads(by_id(tree, "source-numbers").get("data-numbers"))
        assert list(keys.values()) == ["harbour-board", "union", "port", "crew", "museum"]
        put(tree, send(client, f"{HARBOUR}claims/new/", {**sent, "quote": "The harbour opened"}, HARBOUR))
        assert len(by_id(tree, "review-sources").findall("button")) == 5

    def test_accepting_all_brings_the_bar(self, editors_browser: PageClient, article: Article) -> None:
        tree = page(editors_browser, HARBOUR)
        put(tree, send(editors_browser, f"{HARBOUR}review/", {"least": 30}, HARBOUR), target="reading", how="outerHTML")
        assert "Suggestion 1 of 2" in words(by_id(tree, "review"))

    def test_the_bar_at_another_suggestion(self, editors_browser: PageClient, article: Article) -> None:
        third = waiting(article)[2]
        headers = {"HX-Request": "true"}
        shown = tree_of(editors_browser.get(f"{HARBOUR}review/?at={third.uid}", headers=headers))
        assert "Suggestion 3 of 5" in words(shown)


def test_what_the_review_costs(editors_browser: PageClient, article: Article) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            editors_browser.get(HARBOUR)
        return len(captured)

    with_review = queries()
    for claim in waiting(article):
        act(editors_browser, claim, "accept:harbour-board")
    queries()
    assert with_review - queries() == 4 + 1, "the suggestions, the current one with its parts; answers have no question"


def test_every_reason_has_words() -> None:
    assert _REASONS.keys() == ODDS.keys()
