"""The history of a row in the admin: what the desk has on record of it, and what was done on these pages."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from articles.models import Article, Changeset, Claim, Paragraph, Question, Revision, Source
from articles.writing.bulk import set_status
from articles.writing.merging import merge
from articles.writing.publishing import set_status as set_article_status
from articles.writing.source_edits import edit_source, source_parts
from tests.admin.test_desk import NOUNS, fill, queries
from tests.factories import make_claim, make_source, make_story
from tests.pages import check_page, links, main_of, words

pytestmark = pytest.mark.django_db


def history_of(row: Model) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_history", args=[row.pk])


def shown(browser: Client, row: Model) -> str:
    page = browser.get(history_of(row))
    check_page(page)
    return words(main_of(page))


def opened(browser: Client, row: Model) -> list[str]:
    return links(main_of(browser.get(history_of(row))))


def test_a_claim_shows_its_revisions(admin_browser: Client, editor: User) -> None:
    claim = make_claim(editor=editor)
    set_status([claim], Claim.Status.REJECTED, editor)
    page = shown(admin_browser, claim)
    name = editor.get_username()
    assert page.index(f"{name} edited together: status: rejected") < page.index(f"{name} made")
    for row in (claim, claim.highlights.get()):
        addresses = opened(admin_browser, row)
        assert f"/claims/{claim.uid}/history/" in addresses
        assert {reverse("admin:articles_changeset_change", args=[one.pk]) for one in Changeset.objects.all()} <= {
            *addresses
        }


def test_a_claim_that_only_an_import_has_written_shows_the_import(admin_browser: Client) -> None:
    claim = make_claim()
    assert not Revision.objects.exists()
    assert "an import imported" in shown(admin_browser, claim)


def test_an_article_shows_changes_of_its_metadata_and_not_those_of_its_claims(
    admin_browser: Client, editor: User
) -> None:
    claim = make_claim(editor=editor)
    set_article_status(claim.article, Article.Status.WITHDRAWN, "Not so.", editor)
    page = shown(admin_browser, claim.article)
    assert "status: withdrawn" in page and " made" not in page
    assert f"/articles/{claim.article.slug}/edit/#history" in opened(admin_browser, claim.article)


def test_a_source_shows_what_editors_changed_and_merges(admin_browser: Client, editor: User) -> None:
    source, other = make_source(), make_source(name="SANA")
    assert "No change of it." in shown(admin_browser, source)
    edit_source(source, source_parts(source), {**source_parts(source), "name": "The coalition"}, editor)
    assert "edited: the data of Coalition" in shown(admin_browser, source)
    assert "/sources/coalition/edit/#history" in opened(admin_browser, source)
    merge(Source.objects.get(pk=source.pk), other, editor)
    for one in (Source.objects.get(pk=source.pk), other):
        assert "sources merged: The coalition into SANA" in shown(admin_browser, one)


def test_a_story_shows_what_its_file_did(admin_browser: Client) -> None:
    story = make_story()
    Changeset.objects.create(kind=Changeset.Kind.IMPORT, story=story, summary="story: Khusham")
    assert "an import imported: story: Khusham" in shown(admin_browser, story)


def test_what_was_done_in_the_admin_stands_below(admin_browser: Client) -> None:
    address = reverse("admin:articles_source_add")
    sent = {"name": "SANA", "slug": "sana", "code": "SANA", "kind": "agency", "tone": 2}
    admin_browser.post(address, {**sent, "aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0})
    page = shown(admin_browser, Source.objects.get())
    assert page.index("No change of it.") < page.index("What was done on these pages") < page.index("Added.")


@pytest.mark.parametrize(
    ("noun", "reason"),
    [
        (Question, "What imports and editors do to questions is not on record."),
        (Paragraph, "The text of an article never changes"),
        (Changeset, "Written by the desk, never edited."),
    ],
)
def test_where_nothing_is_on_record_the_page_says_why(admin_browser: Client, noun: type[Model], reason: str) -> None:
    page = shown(admin_browser, fill()[noun])
    assert "Nothing was done to it on these pages." in page and reason in page


def test_no_history_says_that_there_is_none_because_it_came_another_way(admin_browser: Client) -> None:
    rows = fill()
    for noun in NOUNS:
        page = admin_browser.get(history_of(rows[noun])).content.decode()
        assert "via this admin site" not in page, noun
    assert admin_browser.get(reverse("admin:articles_story_history", args=[0])).status_code == 302


def test_who_may_not_see_changesets_is_not_led_to_them(editor: User, client: Client) -> None:
    User.objects.update(is_staff=True)
    claim = make_claim(editor=editor)
    client.force_login(editor)
    changeset = reverse("admin:articles_changeset_change", args=[claim.made_in_id])
    assert changeset in opened(client, claim)
    Group.objects.get(name="Editors").permissions.remove(Permission.objects.get(codename="view_changeset"))
    assert changeset not in opened(client, claim)
    editor.groups.clear()
    assert client.get(history_of(claim)).status_code == 403


def test_a_history_costs_as_many_queries_with_2_changes_as_with_30(admin_browser: Client, editor: User) -> None:
    claim = make_claim(editor=editor)
    few = queries(admin_browser, history_of(claim))
    for status in [Claim.Status.REJECTED, Claim.Status.ACCEPTED] * 14:
        set_status([Claim.objects.get()], status, editor)
    assert queries(admin_browser, history_of(claim)) == few
