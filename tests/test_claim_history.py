"""A claim's history: its versions in words, each of which an editor can restore."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Changeset, Claim, Highlight, Revision, Source
from articles.writing.bulk import set_source
from articles.writing.checking import check_claims
from articles.writing.editing import EditError, changing, delete_claims, open_changeset
from articles.writing.merging import merge
from articles.writing.passages import passages_of
from articles.writing.restoring import restore
from articles.writing.tagging import Act, Entry, edit_claim, join_claims, stored
from articles.writing.undoing import undo
from tests.factories import (
    answer,
    make_article,
    make_choice,
    make_claim,
    make_place,
    make_question,
    make_source,
    make_story,
    make_user,
)
from tests.pages import PageClient, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

ADDRESS = "/claims/claim/history/"
RESTORE = "/claims/claim/restore/"


@pytest.fixture
def claim() -> Claim:
    """A claim with two highlights and an answer, as an import made it."""
    story = make_story()
    article = make_article(paragraphs=["“We struck,” he said. “We won.”"], story=story)
    said = [answer(make_question(story=story), 25, as_worded="25")]
    return make_claim(article=article, quote=["“We struck,”", "“We won.”"], answers=said, speaker="he", uid="claim")


def change(editor: User, **values: Any) -> Claim:
    claim = Claim.objects.get(uid="claim")
    with changing([claim], open_changeset(Changeset.Kind.EDIT, editor)):
        Claim.objects.filter(pk=claim.pk).update(**values)
    return claim


def delete(editor: User) -> None:
    delete_claims([Claim.objects.get(uid="claim")], open_changeset(Changeset.Kind.DELETE, editor))


def versions(client: Client) -> list[Any]:
    return main_of(client.get(ADDRESS)).findall(".//ol/li")


class TestList:
    def test_a_claim_that_only_an_import_wrote_has_one_version(self, editors_browser: PageClient, claim: Claim) -> None:
        (only,) = versions(editors_browser)
        said = words(only)
        assert "Version 1, the current one" in said and "imported" in said
        assert "“We struck,” … “We won.”" in said
        assert "How many? 25" in said
        assert only.find(".//form") is None
        assert only.find(".//ins") is None

    def test_each_version_says_who_changed_what(self, editors_browser: PageClient, claim: Claim) -> None:
        change(User.objects.get(username="editor"), speaker="Col. Veale", note="Named later.")
        newest, oldest = versions(editors_browser)
        assert "edited by editor" in words(newest)
        assert [words(node) for node in newest.findall(".//dt")] == ["Speaker", "Note"]
        assert [words(node) for node in newest.findall(".//del")] == ["he"]
        assert [words(node) for node in newest.findall(".//ins")] == ["Col. Veale", "Named later."]
        assert "imported" in words(oldest)

    def test_sources_answers_and_states_are_in_words(
        self, editors_browser: PageClient, editor: User, claim: Claim
    ) -> None:
        story = claim.article.story
        where, who = (make_question(story=story, slug=kind, text=f"{kind}?", kind=kind) for kind in ("place", "choice"))
        set_source([claim], make_source(name="SANA", tone=2), editor)
        claim = Claim.objects.get(uid="claim")
        with changing([claim], open_changeset(Changeset.Kind.EDIT, editor)):
            for one in (answer(where, make_place(story=story)), answer(who, make_choice(who, "them"))):
                one.claim = claim
                one.save()
            Highlight.objects.filter(claim=claim, position=1).update(
                state="orphaned", paragraph=None, start=None, end=None
            )
        newest, middle, _ = versions(editors_browser)
        assert "Source CoalitionSANA" in words(middle)
        assert "place? Khusham-Town (as worded: as worded)" in words(newest)
        assert "choice? Them (as worded: as worded)" in words(newest)
        assert "(orphaned)" in words(newest)

    def test_what_is_gone_is_called_by_its_slug(self, editors_browser: PageClient, editor: User, claim: Claim) -> None:
        delete(editor)
        Source.objects.all().delete()
        assert "Source coalition" in words(versions(editors_browser)[-1])

    def test_a_deleted_claim_has_one_too(self, editors_browser: PageClient, editor: User, claim: Claim) -> None:
        delete(editor)
        main = main_of(editors_browser.get(ADDRESS))
        assert "This claim is deleted" in words(main)
        assert len(main.findall(".//form")) == 2
        assert "/claims/claim/" not in links(main)
        assert ADDRESS in links(main_of(editors_browser.get("/claims/claim/")))

    @pytest.mark.parametrize(
        ("kind", "what"),
        [
            ("delete", "Deleted."),
            ("drop", "Taken out: the outlet has dropped it."),
            ("reject", "Rejected and deleted."),
            ("restore", "Deleted."),
        ],
    )
    def test_what_ended_it_is_said_and_what_brought_it_back(
        self, editors_browser: PageClient, editor: User, claim: Claim, kind: str, what: str
    ) -> None:
        delete_claims([claim], open_changeset(Changeset.Kind(kind), editor))
        assert what in words(versions(editors_browser)[0])
        editors_browser.post(RESTORE, {"version": 1, "based_on": 0})
        assert "Nothing that is shown" not in words(main_of(editors_browser.get(ADDRESS)))
        back = words(versions(editors_browser)[0])
        assert "as of version 1: “‘We struck,’ … ‘We won" in back
        assert "Brought back." in back

    def test_the_record_of_a_join_leads_to_the_other_claim(
        self, editors_browser: PageClient, editor: User, claim: Claim
    ) -> None:
        other = make_claim(article=claim.article, quote="he said", uid="other", answers=[])
        join_claims(*(one for uid in ("other", "claim") if (one := stored(uid))), Act(editor))
        gone = versions(editors_browser)[0]
        assert "Joined with another claim, which has its words now." in words(gone)
        assert "“he said” with “‘We struck,’ … ‘We won" in words(gone)
        assert f"/claims/{other.uid}/history/" in links(gone)

    def test_what_it_continues_is_said_in_words(self, editors_browser: PageClient, editor: User) -> None:
        first = make_article(slug="first", paragraphs=["They were there."])
        before = make_claim(article=first, quote="They were")
        later = make_article(slug="later", paragraphs=["They were here."], revises=first)
        make_claim(article=later, quote="They were here", uid="claim")
        change(editor, continues=before)
        assert "Continues “They were”" in words(versions(editors_browser)[0])
        delete_claims([before], open_changeset(Changeset.Kind.DELETE, editor))
        newest, middle, _ = versions(editors_browser)
        assert [words(node) for node in newest.findall(".//del")] == ["“They were”"]
        assert "Continues “They were”" in words(middle)
        Revision.objects.of_claims([before.uid]).delete()
        assert "Continues a claim that is gone" in words(versions(editors_browser)[1])

    def test_the_claims_page_leads_there_for_editors(
        self, reader: PageClient, editors_browser: PageClient, claim: Claim
    ) -> None:
        assert ADDRESS in links(main_of(editors_browser.get("/claims/claim/")))
        assert ADDRESS not in links(tree_of(reader.get("/claims/claim/")))

    def test_there_is_no_such_claim(self, editors_browser: PageClient) -> None:
        assert editors_browser.get("/claims/nothing/history/").status_code == 404

    def test_queries_do_not_grow_with_the_versions(
        self, editors_browser: PageClient, editor: User, claim: Claim, django_assert_num_queries: Any
    ) -> None:
        # The first page after a write counts how much there is to do.
        for count in (3, 20):
            for number in range(count):
                change(editor, note=f"Note {count}-{number}")
            editors_browser.get(ADDRESS)
            with django_assert_num_queries(12):
                editors_browser.get(ADDRESS)


class TestRestore:
    def test_brings_a_version_back_as_a_whole(self, editors_browser: PageClient, editor: User, claim: Claim) -> None:
        change(editor, speaker="nobody")
        response = editors_browser.post(RESTORE, {"version": 1, "based_on": 2})
        assert (response.status_code, response["Location"]) == (302, ADDRESS)
        restored = Claim.objects.get(uid="claim")
        assert (restored.speaker, restored.version, restored.quote) == ("he", 3, "“We struck,” … “We won.”")
        assert [one.value for one in restored.answers.all()] == ["25"]
        assert "restored by editor" in words(versions(editors_browser)[0])
        assert list(check_claims(repair=False)) == []

    def test_is_not_offered_where_nothing_would_change(
        self, editors_browser: PageClient, editor: User, claim: Claim
    ) -> None:
        change(editor, speaker="nobody")
        delete(editor)
        editors_browser.post(RESTORE, {"version": 3, "based_on": 0})
        assert ["Restore version" in words(one) for one in versions(editors_browser)] == [False, False, False, True]
        response = editors_browser.post(RESTORE, {"version": 3, "based_on": 4})
        assert response.status_code == 409
        assert "says what it said in version 3 already" in words(main_of(response))
        assert Claim.objects.get(uid="claim").version == 4

    def test_is_offered_where_the_words_are_the_same_at_another_place(
        self, editors_browser: PageClient, editor: User
    ) -> None:
        article = make_article(paragraphs=["It was quiet. It was quiet."], slug="quiet")
        moved = make_claim(article=article, quote="It was quiet", source=make_source(name="SANA"), uid="moved")
        made = stored("moved")
        assert made
        passage = replace(passages_of(made)[0], start=14, end=26)
        undone = edit_claim(made, Entry((passage,), moved.source), Act(editor))
        page = words(main_of(editors_browser.get("/claims/moved/history/")))
        assert "Restore version 1" in page
        undo(undone, editor)
        made = stored("moved")
        assert made
        edit_claim(made, Entry(tuple(passages_of(made)), moved.source, speaker="he"), Act(editor))
        assert "Deleted" not in words(main_of(editors_browser.get("/claims/moved/history/")))

    def test_changes_nothing_where_a_source_was_merged_since(self, editor: User, claim: Claim) -> None:
        assert claim.source
        change(editor, note="n")
        change(editor, note="")
        other = make_source(name="Other")
        merge(claim.source, other, editor)
        first = Revision.objects.of_claims(["claim"]).get(version=1)
        with pytest.raises(EditError, match="already"):
            restore(first, editor)
        assert Claim.objects.get(uid="claim").source == other

    def test_brings_a_deleted_claim_back(self, editors_browser: PageClient, editor: User, claim: Claim) -> None:
        delete(editor)
        editors_browser.post(RESTORE, {"version": 1, "based_on": 0})
        assert Claim.objects.get(uid="claim").highlights.count() == 2

    @pytest.mark.parametrize("based_on", [0, 1, 3])
    def test_is_refused_when_somebody_was_faster(
        self, editors_browser: PageClient, editor: User, claim: Claim, based_on: int
    ) -> None:
        change(editor, speaker="nobody")
        response = editors_browser.post(RESTORE, {"version": 1, "based_on": based_on})
        assert response.status_code == 409
        assert "Somebody else changed this claim in the meantime" in words(main_of(response))
        assert "nobody" in words(main_of(response))
        assert Claim.objects.get(uid="claim").speaker == "nobody"

    def test_is_refused_when_something_is_gone(self, editors_browser: PageClient, editor: User, claim: Claim) -> None:
        delete(editor)
        Source.objects.all().delete()
        response = editors_browser.post(RESTORE, {"version": 1, "based_on": 0})
        assert response.status_code == 409
        assert "Nothing was restored. The source “coalition”" in words(main_of(response))

    @pytest.mark.parametrize(
        "data", [{}, {"version": "x", "based_on": 1}, {"version": 1}, {"version": 0, "based_on": 1}]
    )
    def test_needs_to_be_told_which(self, editors_browser: PageClient, claim: Claim, data: dict[str, Any]) -> None:
        assert editors_browser.post(RESTORE, data).status_code == 400

    def test_of_a_version_that_never_was(self, editors_browser: PageClient, editor: User, claim: Claim) -> None:
        change(editor, speaker="nobody")
        assert editors_browser.post(RESTORE, {"version": 9, "based_on": 2}).status_code == 404


class TestGone:
    def test_what_was_accepted_once_is_gone_for_readers(self, reader: PageClient, editor: User, claim: Claim) -> None:
        change(editor, status="rejected")
        assert reader.get("/claims/claim/").status_code == 410

    def test_what_never_was_is_not_told_of(self, reader: PageClient, editor: User, claim: Claim) -> None:
        change(editor, status="suggested")
        Revision.objects.filter(version=1).delete()
        delete(editor)
        assert reader.get("/claims/claim/").status_code == 404


class TestWhoMay:
    def test_readers_are_asked_to_sign_in(self, reader: PageClient, claim: Claim) -> None:
        assert reader.get(ADDRESS)["Location"] == f"/sign-in/?next={ADDRESS}"
        response = reader.post(RESTORE, {"version": 1, "based_on": 1})
        assert response.status_code == 401
        assert {"version": "1", "based_on": "1"}.items() <= {
            field.get("name"): field.get("value") for field in tree_of(response).iter("input")
        }.items()

    def test_signed_in_readers_are_refused(self, claim: Claim, editor: User) -> None:
        change(editor, speaker="nobody")
        client = PageClient()
        client.force_login(make_user("reader"))
        assert client.get(ADDRESS).status_code == 403
        assert client.post(RESTORE, {"version": 1, "based_on": 2}).status_code == 403
        assert Claim.objects.get(uid="claim").speaker == "nobody"

    def test_a_get_restores_nothing(self, editors_browser: PageClient, editor: User, claim: Claim) -> None:
        change(editor, speaker="nobody")
        assert editors_browser.get(RESTORE, {"version": 1, "based_on": 2}).status_code == 405
        assert editors_browser.post(ADDRESS).status_code == 405
        assert Revision.objects.count() == 2

    def test_another_site_can_restore_nothing(self, editor: User, claim: Claim) -> None:
        change(editor, speaker="nobody")
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)
        assert client.post(RESTORE, {"version": 1, "based_on": 2}).status_code == 403
