import pytest
from django.contrib.auth.models import AnonymousUser, Group
from pytest_django import DjangoAssertNumQueries

from articles.models.roles import EDITORS, is_editor
from tests.factories import make_administrator, make_editor, make_user

pytestmark = pytest.mark.django_db


def test_editors_and_administrators_are_editors() -> None:
    assert is_editor(make_editor())
    assert is_editor(make_administrator())


def test_readers_are_not() -> None:
    assert not is_editor(make_user("reader"))


def test_nor_is_an_editor_who_has_left() -> None:
    editor = make_editor()
    editor.is_active = False
    assert not is_editor(editor)


def test_a_visitor_without_an_account_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert not is_editor(AnonymousUser())


def test_a_migration_made_the_group() -> None:
    names = set(Group.objects.get(name=EDITORS).permissions.values_list("codename", flat=True))
    assert {"add_claim", "change_claim", "delete_claim"} <= names
