"""Users in the admin: whose changes are on record stays."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article
from articles.writing.bulk import set_source
from tests.factories import make_claim, make_editor, make_source
from tests.pages import check_page

pytestmark = pytest.mark.django_db


def delete(client: Client, user: User) -> str:
    client.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"})
    page = client.get(f"/admin/auth/user/{user.pk}/delete/", follow=True)
    check_page(page)
    return page.content.decode()


def test_who_has_changed_something_is_not_deleted_and_the_page_says_what_to_do(admin_browser: Client) -> None:
    editor = make_editor()
    set_source([make_claim()], make_source(name="SANA"), editor)
    page = delete(admin_browser, editor)
    assert "1 changeset" in page and "Take the tick from “Active”" in page
    assert User.objects.filter(username="editor").exists()
    chosen = {"action": "delete_selected", "_selected_action": [editor.pk], "post": "yes"}
    assert "Take the tick from “Active”" in admin_browser.post("/admin/auth/user/", chosen).content.decode()
    assert User.objects.filter(username="editor").exists()


def test_who_has_read_a_report_through_stays_too(admin_browser: Client) -> None:
    editor = make_editor()
    make_claim()
    Article.objects.update(read_through_by=editor)
    assert "1 article" in delete(admin_browser, editor)
    assert User.objects.filter(username="editor").exists()


def test_who_has_done_nothing_is_deleted(admin_browser: Client) -> None:
    delete(admin_browser, make_editor())
    assert not User.objects.filter(username="editor").exists()
