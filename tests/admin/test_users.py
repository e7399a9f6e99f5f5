"""Users in the admin: whose changes are on record stays."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from articles.models import Article
from articles.models.roles import EDITORS
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


def test_nobody_deletes_the_account_they_work_with(admin_browser: Client) -> None:
    me = User.objects.get(is_superuser=True)
    assert admin_browser.post(f"/admin/auth/user/{me.pk}/delete/", {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [me.pk], "post": "yes"}
    admin_browser.post("/admin/auth/user/", chosen)
    assert User.objects.filter(pk=me.pk).exists()


def test_the_group_of_editors_stays_under_its_name(admin_browser: Client) -> None:
    editors, others = Group.objects.get(name=EDITORS), Group.objects.create(name="Others")
    assert admin_browser.post(f"/admin/auth/group/{editors.pk}/delete/", {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [editors.pk, others.pk], "post": "yes"}
    admin_browser.post("/admin/auth/group/", chosen)
    kept = [one.pk for one in editors.permissions.all()]
    admin_browser.post(f"/admin/auth/group/{editors.pk}/change/", {"name": "Others", "permissions": kept})
    assert Group.objects.filter(name=EDITORS).exists()
    admin_browser.post(f"/admin/auth/group/{others.pk}/delete/", {"post": "yes"})
    assert not Group.objects.filter(name="Others").exists()
