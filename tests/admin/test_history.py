"""Changesets and revisions: to be read, and to bring claims back."""

from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from articles.models import Article, Changeset, Claim, Revision
from articles.writing.bulk import set_source
from articles.writing.editing import delete_claims, open_changeset
from articles.writing.publishing import set_status
from tests.admin.test_desk import list_of, page_of, said
from tests.factories import QUOTE, make_article, make_claim, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(editor: User) -> Claim:
    """Of the coalition at first, of SANA now."""
    claim = make_claim(source=make_source())
    set_source([claim], make_source(name="SANA"), editor)
    return claim


def restore(client: Client, *revisions: Revision) -> Any:
    chosen = {"action": "restore", ACTION_CHECKBOX_NAME: [revision.pk for revision in revisions]}
    return client.post(list_of(Revision), chosen, follow=True)


def first_revision() -> Revision:
    return Revision.objects.earliest("version")


def test_a_revision_says_what_it_changed(claim: Claim, admin_browser: Client) -> None:
    page = admin_browser.get(page_of(Revision.objects.latest("version"))).content.decode()
    changes = page.split('class="changes"')[1].split("</table>")[0]
    assert "coalition" in changes and "sana" in changes and "Version 1" in changes
    assert 'scope="row">source<' in changes and 'scope="row">status<' not in changes
    assert f"&quot;quote&quot;: &quot;{QUOTE}&quot;" in page


def test_the_first_revision_and_one_without_a_change_say_so(claim: Claim, admin_browser: Client) -> None:
    assert "first version that was recorded" in admin_browser.get(page_of(first_revision())).content.decode()
    last = Revision.objects.latest("version")
    same = Revision.objects.create(changeset=last.changeset, claim_uid=claim.uid, version=3, snapshot=last.snapshot)
    assert "Nothing, compared with version 2" in admin_browser.get(page_of(same)).content.decode()


def test_a_longer_part_is_shown_line_by_line(claim: Claim, admin_browser: Client) -> None:
    last = Revision.objects.latest("version")
    kept = {**last.snapshot, "highlights": []}
    row = Revision.objects.create(changeset=last.changeset, claim_uid=claim.uid, version=3, snapshot=kept)
    changes = admin_browser.get(page_of(row)).content.decode().split('class="changes"')[1].split("</table>")[0]
    assert "&quot;state&quot;: &quot;placed&quot;" in changes


def test_the_list_names_words_and_editor(claim: Claim, admin_browser: Client) -> None:
    page = admin_browser.get(list_of(Revision)).content.decode()
    assert QUOTE in page and 'field-editor">imported<' in page and 'field-editor">editor<' in page


def test_restoring_makes_a_new_revision(claim: Claim, admin_browser: Client) -> None:
    words = said(restore(admin_browser, first_revision()))
    assert words == f"Restored as of version 1: Coalition: {claim.uid}."
    claim.refresh_from_db()
    assert (str(claim.source), claim.version) == ("Coalition", 3)
    assert Revision.objects.of_claims([claim.uid]).count() == 3
    assert Changeset.objects.filter(kind="restore").count() == 1


def test_a_deleted_claim_comes_back(claim: Claim, editor: User, admin_browser: Client) -> None:
    delete_claims([claim], open_changeset(Changeset.Kind.DELETE, editor))
    restore(admin_browser, Revision.objects.latest("version"))
    back = Claim.objects.get()
    assert (back.uid, back.quote, str(back.source)) == (claim.uid, QUOTE, "SANA")


def test_what_cannot_be_restored_is_refused_with_a_reason(claim: Claim, admin_browser: Client) -> None:
    revision = first_revision()
    Revision.objects.filter(pk=revision.pk).update(snapshot={**revision.snapshot, "source": "nobody"})
    assert "“nobody”" in said(restore(admin_browser, revision))
    assert Claim.objects.get().version == 2
    assert not Changeset.objects.filter(kind="restore").exists()


def test_restoring_is_for_those_who_may_change_claims(claim: Claim, client: Client) -> None:
    auditor = User.objects.create_user("auditor", password="a long pass phrase", is_staff=True)
    auditor.user_permissions.add(Permission.objects.get(codename="view_revision"))
    client.force_login(auditor)
    assert 'value="restore"' not in client.get(list_of(Revision)).content.decode()
    restore(client, first_revision())
    assert Claim.objects.get().version == 2


@pytest.mark.parametrize("noun", ["changeset", "revision"])
def test_history_is_neither_added_to_nor_changed_nor_deleted(noun: str, claim: Claim, admin_browser: Client) -> None:
    row = Changeset.objects.latest("id") if noun == "changeset" else first_revision()
    assert admin_browser.get(reverse(f"admin:articles_{noun}_add")).status_code == 403
    assert admin_browser.post(page_of(row), {"version": 9, "summary": "x"}).status_code == 403
    assert (
        admin_browser.post(reverse(f"admin:articles_{noun}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    )


def test_a_changeset_lists_its_revisions(claim: Claim, admin_browser: Client) -> None:
    changeset = Changeset.objects.get(kind="bulk")
    page = admin_browser.get(page_of(changeset)).content.decode()
    assert "Revisions (1)" in page and page_of(Revision.objects.latest("version")) in page
    link = f"{list_of(Revision)}?changeset__id__exact={changeset.pk}"
    assert f'<a href="{link}">1</a>' in admin_browser.get(list_of(Changeset)).content.decode()
    assert admin_browser.get(link).context["cl"].result_count == 1


def test_changesets_by_article_and_words(claim: Claim, admin_browser: Client) -> None:
    make_claim(article=make_article(slug="other"))
    address = f"{list_of(Changeset)}?article__id__exact={claim.article_id}"
    assert [row.kind for row in admin_browser.get(address).context["cl"].result_list] == ["import"]
    assert admin_browser.get(f"{list_of(Changeset)}?q=SANA").context["cl"].result_count == 1
    assert admin_browser.get(f"{list_of(Revision)}?q=self-defence").context["cl"].result_count == 2


def test_the_list_says_what_each_revision_changed(claim: Claim, admin_browser: Client) -> None:
    page = admin_browser.get(list_of(Revision)).content.decode()
    assert 'field-changed">source<' in page and 'field-changed">first on record<' in page


def button(page: str) -> str:
    return page.split('<form class="restore"')[1].split("</form>")[0]


def test_a_revision_is_restored_from_its_own_page(claim: Claim, admin_browser: Client) -> None:
    page = admin_browser.get(page_of(first_revision())).content.decode()
    assert 'name="based_on" value="2"' in button(page) and "Restore the claim as of this version" in button(page)
    address = reverse("admin:articles_revision_restore", args=[first_revision().pk])
    assert admin_browser.get(address).status_code == 405
    response = admin_browser.post(address, {"based_on": "2"}, follow=True)
    assert said(response) == f"Restored as of version 1: Coalition: {claim.uid}."
    assert response.redirect_chain[-1][0] == page_of(claim)
    assert str(Claim.objects.get().source) == "Coalition"


def test_the_page_of_what_a_claim_is_now_says_so(claim: Claim, admin_browser: Client) -> None:
    page = admin_browser.get(page_of(Revision.objects.latest("version"))).content.decode()
    assert "This is what the claim is now." in page and '<form class="restore"' not in page


def test_a_deleted_claim_is_brought_back_from_the_page_of_a_revision(
    claim: Claim, editor: User, admin_browser: Client
) -> None:
    delete_claims([claim], open_changeset(Changeset.Kind.DELETE, editor))
    page = admin_browser.get(page_of(first_revision())).content.decode()
    assert 'value="0"' in button(page) and "Bring the deleted claim back" in button(page)


def test_a_restore_that_would_overwrite_another_change_is_refused(claim: Claim, admin_browser: Client) -> None:
    address = reverse("admin:articles_revision_restore", args=[first_revision().pk])
    response = admin_browser.post(address, {"based_on": "1"}, follow=True)
    assert "Changed by somebody else" in said(response)
    assert response.redirect_chain[-1][0] == page_of(first_revision())
    assert str(Claim.objects.get().source) == "SANA"


def test_the_button_is_for_those_who_may_change_claims(claim: Claim, client: Client) -> None:
    auditor = User.objects.create_user("auditor", password="a long pass phrase", is_staff=True)
    auditor.user_permissions.add(Permission.objects.get(codename="view_revision"))
    client.force_login(auditor)
    assert '<form class="restore"' not in client.get(page_of(first_revision())).content.decode()
    address = reverse("admin:articles_revision_restore", args=[first_revision().pk])
    assert client.post(address).status_code == 403


def test_a_changeset_names_the_articles_whose_metadata_it_changed(editor: User, admin_browser: Client) -> None:
    article = make_article()
    set_status(article, Article.Status.WITHDRAWN, "A hoax.", editor)
    page = admin_browser.get(page_of(Changeset.objects.get())).content.decode()
    assert f'<a href="{page_of(article)}">Strikes in Syria</a>' in page
