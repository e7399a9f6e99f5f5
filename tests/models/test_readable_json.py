"""JSON columns hold letters as they are, those written before too."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from articles.models import Changeset, Revision
from tests.admin.test_desk import list_of
from tests.factories import make_claim

pytestmark = pytest.mark.django_db

ARABIC = "الضربات كانت دفاعا 🤔"


def stored(column: str, table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY id DESC LIMIT 1")
        (text,) = cursor.fetchone()
    return str(text)


def test_a_search_for_other_letters_finds_revisions(admin_browser: Client) -> None:
    changeset = make_claim().made_in
    Revision.objects.create(changeset=changeset, claim_uid="aaaa", version=1, snapshot={"highlights": [], "x": ARABIC})
    assert ARABIC in stored("snapshot", "articles_revision")
    found = admin_browser.get(list_of(Revision), {"q": ARABIC.split()[0]}).context["cl"]
    assert found.result_count == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps letters in any case")
def test_what_was_written_before_is_rewritten_and_means_the_same() -> None:
    details = {"table": {"title": ARABIC, "byline": 'a "\\u0041" b\n'}}
    changeset = Changeset.objects.create(kind="import")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_changeset SET details = %s", [json.dumps(details)])
    assert ARABIC not in stored("details", "articles_changeset")
    migration = import_module("articles.migrations.0007_readable_json")
    migration.rewrite(apps, connection.schema_editor())
    assert ARABIC in stored("details", "articles_changeset")
    changeset.refresh_from_db()
    assert changeset.details == details
