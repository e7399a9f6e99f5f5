"""Claims in the admin: one way of writing them, whatever the page."""

import re
from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin import claims as admin_of_claims
from articles.models import Answer, Changeset, Claim, Highlight, Revision
from articles.writing.checking import check_claims, check_revisions, check_versions
from articles.writing.editing import EditConflict
from articles.writing.restoring import restore
from tests.admin.test_desk import filled_in, list_of, page_of, said
from tests.factories import (
    QUOTE,
    TEXT,
    make_article,
    make_choice,
    make_claim,
    make_question,
    make_source,
    make_story,
    orphan,
)

pytestmark = pytest.mark.django_db


def problems() -> list[str]:
    """What check_desk finds in claims and their revisions."""
    found = [*check_claims(repair=False), *check_revisions(), *check_versions(repair=False)]
    return [f"{problem.where}: {problem.what}" for problem in found]


def act(client: Client, action: str, *claims: Claim, **more: Any) -> str:
    chosen = {"action": action, ACTION_CHECKBOX_NAME: [claim.pk for claim in claims]}
    return said(client.post(list_of(Claim), {**chosen, **more}, follow=True))


def save(client: Client, claim: Claim, **values: Any) -> Any:
    return client.post(page_of(claim), {**filled_in(client, page_of(claim)), **values}, follow=True)


def versions(*claims: Claim) -> list[int]:
    return [Claim.objects.get(pk=claim.pk).version for claim in claims]


def two_claims() -> tuple[Claim, Claim]:
    article = make_article(paragraphs=[TEXT, "SANA said it won."], story=make_story())
    return make_claim(article=article, status="suggested"), make_claim(article=article, quote="it won")


def test_an_edit_makes_one_revision_of_the_claim_with_its_answers(admin_browser: Client) -> None:
    story = make_story()
    claim = make_claim(article=make_article(story=story))
    question = make_question(slug="who", text="Who?", kind="choice")
    choice = make_choice(question, "sana")
    answer = {"answers-TOTAL_FORMS": 1, "answers-0-question": question.pk, "answers-0-choice": choice.pk}
    response = save(admin_browser, claim, speaker="Veale", **answer, **{"answers-0-as_worded": "self-defence"})
    assert "was changed successfully" in said(response)
    (first, second) = Revision.objects.order_by("version")
    assert (first.snapshot["speaker"], first.snapshot["answers"]) == ("", [])
    assert (second.snapshot["speaker"], second.snapshot["answers"][0]["choice"]) == ("Veale", "sana")
    assert second.changeset.kind == "edit" and second.changeset.article == claim.article
    assert versions(claim) == [2] and problems() == []


def test_a_change_of_an_answer_alone_is_a_change_of_the_claim(admin_browser: Client) -> None:
    claim = make_claim(
        article=make_article(story=make_story()),
        answers=[Answer(question=make_question(), low=3, high=3, as_worded="three")],
    )
    save(admin_browser, claim, **{"answers-0-high": 5})
    assert Answer.objects.get().value == "3 to 5"
    assert versions(claim) == [2]
    save(admin_browser, claim, **{"answers-0-DELETE": "on"})
    assert not Answer.objects.exists()
    assert versions(claim) == [3] and problems() == []


def test_a_form_sent_as_it_was_opened_changes_nothing(admin_browser: Client) -> None:
    claim = make_claim()
    assert "was changed successfully" in said(save(admin_browser, claim))
    assert versions(claim) == [1]
    assert not Revision.objects.exists() and not Changeset.objects.filter(kind="edit").exists()


def test_a_claim_changed_in_the_meantime_is_refused_and_nothing_is_lost(admin_browser: Client) -> None:
    claim = make_claim(speaker="the coalition")
    sent = {**filled_in(admin_browser, page_of(claim)), "speaker": "Col. Veale", "note": "Mine."}
    save(admin_browser, claim, speaker="Ryan Dillon")
    response = admin_browser.post(page_of(claim), sent)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Somebody else changed this claim in the meantime. Nothing was saved" in page
    assert "Speaker: Ryan Dillon; Note: empty" in page
    assert 'value="Col. Veale"' in page and "Mine.</textarea>" in page
    assert Claim.objects.get().speaker == "Ryan Dillon" and versions(claim) == [2]
    assert "Somebody else" in admin_browser.post(page_of(claim), sent).content.decode(), "the second try too"


def test_a_change_of_an_answer_in_the_meantime_is_seen_too(admin_browser: Client) -> None:
    question = make_question(kind="words")
    answer = Answer(question=question, words="why", as_worded="why")
    claim = make_claim(article=make_article(story=make_story()), answers=[answer])
    sent = {**filled_in(admin_browser, page_of(claim)), "note": "Mine."}
    save(admin_browser, claim, **{"answers-0-words": "because"})
    page = admin_browser.post(page_of(claim), sent).content.decode()
    assert "Somebody else changed this claim" in page
    assert Answer.objects.get().words == "because"


def test_a_change_between_reading_and_writing_shows_the_form_again(
    admin_browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the database lets two write at once: the other editor wins within the same request."""
    claim = make_claim()
    sent = {**filled_in(admin_browser, page_of(claim)), "speaker": "Veale"}

    def overtaken(claims: list[Claim], changeset: Changeset) -> Any:
        monkeypatch.undo()
        raise EditConflict(claims)

    monkeypatch.setattr(admin_of_claims, "changing", overtaken)
    response = admin_browser.post(page_of(claim), sent)
    assert response.status_code == 302, "the second look finds the claim as it was"
    assert Claim.objects.get().speaker == "Veale"


@pytest.mark.parametrize("sent", ["", "x"])
def test_a_form_that_does_not_say_what_it_is_based_on_is_refused(sent: str, admin_browser: Client) -> None:
    claim = make_claim()
    assert "Nothing was saved" in save(admin_browser, claim, speaker="Veale", based_on=sent).content.decode()
    assert versions(claim) == [1]


def test_a_claim_without_a_source_is_not_accepted(admin_browser: Client) -> None:
    claim = make_claim(status="suggested")
    page = save(admin_browser, claim, status="accepted").content.decode()
    assert "Only a suggested claim may have no source." in page
    assert versions(claim) == [1]


def test_a_claim_of_another_article_is_not_continued(admin_browser: Client) -> None:
    claim, other = make_claim(), make_claim(article=make_article(slug="other"))
    page = save(admin_browser, claim, continues=other.pk).content.decode()
    assert "A claim continues one of the version before" in page


def test_a_merged_source_cannot_be_chosen(admin_browser: Client) -> None:
    claim, merged = make_claim(), make_source(name="Old")
    merged.merged_into = make_source()
    merged.save()
    assert "Select a valid choice" in save(admin_browser, claim, source=merged.pk).content.decode()


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({}, "This field is required."),
        ({"question": "0", "as_worded": "x"}, "Select a valid choice."),
        ({"question": "how-many", "as_worded": "x"}, "An answer is a number, a choice, a place or words"),
        ({"question": "how-many", "as_worded": "x", "words": "y"}, "The question asks for a number"),
        ({"question": "how-many", "as_worded": "x", "low": 5, "high": 1}, "The lower bound is above the upper one."),
        ({"question": "elsewhere", "as_worded": "x", "low": 5}, "another story"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused_beside_its_field(
    answer: dict[str, Any], message: str, admin_browser: Client
) -> None:
    claim = make_claim(article=make_article(story=make_story()))
    questions = {"how-many": make_question().pk, "elsewhere": _elsewhere()}
    sent = {f"answers-0-{name}": questions.get(str(value), value) for name, value in answer.items()}
    page = save(admin_browser, claim, **{"answers-TOTAL_FORMS": 1, "answers-0-about": "on", **sent})
    assert message in page.content.decode()
    assert not Answer.objects.exists() and versions(claim) == [1]


def _elsewhere() -> int:
    return make_question(story=make_story(title="Afrin", slug="afrin"), slug="elsewhere").pk


def test_a_question_is_answered_once(admin_browser: Client) -> None:
    question = make_question(kind="words")
    claim = make_claim(
        article=make_article(story=make_story()), answers=[Answer(question=question, words="x", as_worded="x")]
    )
    again = {"answers-1-question": question.pk, "answers-1-as_worded": "y", "answers-1-words": "y"}
    page = save(admin_browser, claim, **{"answers-TOTAL_FORMS": 2, **again})
    assert page.status_code == 200 and page.redirect_chain == []
    assert Answer.objects.count() == 1


# Deleting


def test_deleted_claims_come_back_from_their_revisions(admin_browser: Client) -> None:
    one, two = two_claims()
    response = admin_browser.post(reverse("admin:articles_claim_delete", args=[one.pk]), {"post": "yes"}, follow=True)
    assert "was deleted successfully" in said(response)
    assert "Successfully deleted 1 claim" in act(admin_browser, "delete_selected", two, post="yes")
    assert not Claim.objects.exists() and not Highlight.objects.exists()
    assert Changeset.objects.filter(kind="delete").count() == 2
    last = [Revision.objects.of_claims([claim.uid]).latest("version") for claim in (one, two)]
    chosen = {"action": "restore", ACTION_CHECKBOX_NAME: [revision.pk for revision in last]}
    response = admin_browser.post(list_of(Revision), chosen, follow=True)
    assert said(response).count("Restored as of version") == 2
    assert {claim.quote for claim in Claim.objects.all()} == {QUOTE, "it won"}
    assert {claim.uid for claim in Claim.objects.all()} == {one.uid, two.uid}
    assert problems() == []


def test_an_editor_who_is_staff_deletes_claims(editor: Any, client: Client) -> None:
    claim = make_claim()
    editor.is_staff = True
    editor.save()
    client.force_login(editor)
    client.post(reverse("admin:articles_claim_delete", args=[claim.pk]), {"post": "yes"})
    assert not Claim.objects.exists() and Revision.objects.of_claims([claim.uid]).count() == 2


def test_what_somebody_else_has_just_changed_is_not_deleted(
    admin_browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = make_claim()

    def conflict(claims: Any, changeset: Any) -> None:
        raise EditConflict(claims)

    monkeypatch.setattr(admin_of_claims, "delete_claims", conflict)
    address = reverse("admin:articles_claim_delete", args=[claim.pk])
    response = admin_browser.post(address, {"post": "yes"}, follow=True)
    assert "Nothing was deleted. Changed by somebody else in the meantime" in said(response)
    assert response.redirect_chain == [(page_of(claim), 302)]
    assert said(response) == act(admin_browser, "delete_selected", claim, post="yes")
    assert Claim.objects.exists() and not LogEntry.objects.exists()
    assert not Changeset.objects.filter(kind="delete").exists()


def test_the_list_says_of_which_version_of_its_article_a_claim_is(admin_browser: Client) -> None:
    first = make_article()
    make_claim(article=make_article(slug="second", revises=first))
    assert 'field-article_version">2<' in admin_browser.get(list_of(Claim)).content.decode()


def test_deleting_asks_first(admin_browser: Client) -> None:
    claim = make_claim()
    page = admin_browser.get(reverse("admin:articles_claim_delete", args=[claim.pk])).content.decode()
    assert "Are you sure" in page and Claim.objects.exists()


@pytest.mark.parametrize("together", [False, True])
def test_deleting_lists_what_people_know_of(admin_browser: Client, together: bool) -> None:
    claim = make_claim()
    if together:
        chosen = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [claim.pk]}
        answer = admin_browser.post(list_of(Claim), chosen)
    else:
        answer = admin_browser.get(reverse("admin:articles_claim_delete", args=[claim.pk]))
    page = answer.content.decode()
    assert "Highlight:" in page and "Highlights: 1" in page
    assert "ntry of the" not in page and "ntries of the" not in page


def test_a_restored_claim_is_edited_like_any_other(admin_browser: Client, editor: Any) -> None:
    claim = make_claim()
    act(admin_browser, "delete_selected", claim, post="yes")
    back = restore(Revision.objects.of_claims([claim.uid]).latest("version"), editor)
    save(admin_browser, back, speaker="Veale")
    assert Claim.objects.get().speaker == "Veale" and problems() == []


# Looking


@pytest.mark.parametrize("tone", range(1, 13))
def test_the_passage_is_marked_as_on_the_reading_page(tone: int, admin_browser: Client, editor: Any) -> None:
    claim = make_claim(source=make_source(tone=tone))
    client = Client()
    client.force_login(editor)
    marked = re.compile(r"<mark [^>]*>.*?</mark>")
    here = marked.findall(admin_browser.get(page_of(claim)).content.decode())
    there = marked.findall(client.get(claim.article.get_absolute_url()).content.decode())
    assert here == there and f'data-tone="{tone}"' in here[0]


def test_the_tone_is_the_one_that_the_source_wears_in_this_article(admin_browser: Client) -> None:
    article = make_article(paragraphs=[TEXT, "SANA said it won."])
    make_claim(article=article, source=make_source(tone=2))
    claim = make_claim(article=article, source=make_source(name="SANA", tone=2), quote="it won")
    assert f'<mark data-claim="{claim.uid}" data-tone="1">' in admin_browser.get(page_of(claim)).content.decode()


def test_the_context_leads_to_the_paragraph_and_shows_only_those_with_marks(admin_browser: Client) -> None:
    article = make_article(paragraphs=["First.", TEXT, "Last."])
    page = admin_browser.get(page_of(make_claim(article=article))).content.decode()
    context = page.split('class="context"')[1].split("</div>")[0]
    assert f'href="{article.get_absolute_url()}#p2"' in context and "First." not in context


def test_a_claim_without_a_source_and_words_not_found_are_shown(admin_browser: Client) -> None:
    claim = make_claim(status="suggested", highlights=[orphan("words that are gone")])
    page = admin_browser.get(page_of(claim)).content.decode()
    assert "words that are gone" in page and "not found in the text" in page
    assert (
        'data-tone="0"'
        in admin_browser.get(page_of(make_claim(status="suggested", article=claim.article))).content.decode()
    )


def test_claims_are_searched_by_their_words_once_each(admin_browser: Client) -> None:
    article = make_article(paragraphs=["It struck, SANA said, and struck again."])
    claim = make_claim(article=article, quote=["It struck", "struck again"])
    make_claim(article=article, quote="SANA")
    assert list(admin_browser.get(f"{list_of(Claim)}?q=struck").context["cl"].result_list) == [claim]
    assert "It struck … struck again" in admin_browser.get(list_of(Claim)).content.decode()


class TestSearch:
    def found(self, browser: Client, asked: str) -> list[str]:
        return [claim.uid for claim in browser.get(list_of(Claim), {"q": asked}).context["cl"].result_list]

    @pytest.fixture
    def planted(self) -> None:
        article = make_article(paragraphs=["It struck, SANA said, and struck again. More was struck."])
        make_claim(article=article, quote="It struck", uid="words", speaker="Col. Veale", note="Look into casualties.")
        make_claim(article=article, quote="SANA said", uid="waits", source=None, status="suggested",
                   proposed_source="A struck-off doctor")  # fmt: skip
        make_claim(article=article, quote="More was", uid="stray")

    @pytest.mark.parametrize(
        ("asked", "uids"),
        [
            *(("it struck", ["words"]), ("veal", ["words"]), ("Casualty", ["words"]), ("struck veale", ["words"])),
            *(("“was more”", []), ("“more was”", ["stray"]), ("WORDS", ["words"]), (" stray ", ["stray"])),
            *(("struck-off doc", ["waits"]), ("doctor", ["waits"]), ("struck", ["words", "waits"])),
            *(("?!", []), ("nobody", []), ("'); --", []), ("%", []), ("   ", ["words", "waits", "stray"])),
        ],
    )
    def test_by_words_an_id_or_the_name_proposed(
        self, planted: None, admin_browser: Client, asked: str, uids: list[str]
    ) -> None:
        assert self.found(admin_browser, asked) == uids

    def test_beside_a_filter(self, planted: None, admin_browser: Client) -> None:
        page = admin_browser.get(list_of(Claim), {"q": "struck", "status__exact": "suggested"})
        assert [claim.uid for claim in page.context["cl"].result_list] == ["waits"]

    def test_by_the_index_and_not_in_the_words_of_all_claims(self, planted: None, admin_browser: Client) -> None:
        with CaptureQueriesContext(connection) as queries:
            self.found(admin_browser, "struck")
        counting = [one["sql"] for one in queries if "struck" in one["sql"]]
        assert counting and all("articles_claimwords" in sql and "articles_highlight" not in sql for sql in counting)

    def test_where_a_claim_is_chosen(self, planted: None, admin_browser: Client) -> None:
        asked = {"app_label": "articles", "model_name": "claim", "field_name": "continues", "term": "casualt"}
        found = admin_browser.get("/admin/autocomplete/", asked).json()["results"]
        assert len(found) == 1


def test_the_number_of_revisions_leads_to_them(admin_browser: Client) -> None:
    claim = make_claim(source=make_source())
    act(admin_browser, "reject", claim)
    link = f"{list_of(Revision)}?claim_uid={claim.uid}"
    assert f'<a href="{link}">2</a>' in admin_browser.get(page_of(claim)).content.decode()
    assert admin_browser.get(link).context["cl"].result_count == 2
