"""Rows without Django's cursor: what it is there for holds all the same."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from pytest_django import DjangoDbBlocker

from newsdesk.fetching import fetched
from newsdesk.timing import counting
from tests.factories import make_source

ALL = 'SELECT "name" FROM "articles_source" WHERE "code" = %s OR "name" LIKE \'100 %%\' ORDER BY "id"'


@pytest.mark.django_db
def test_gives_the_rows_whether_or_not_it_is_written_down(django_assert_num_queries: Any) -> None:
    make_source(name="A", code="a")
    make_source(name="100 % B", code="b")
    make_source(name="C", code="c")
    assert fetched(ALL, ["a"]) == [("A",), ("100 % B",)]
    with django_assert_num_queries(1):
        assert fetched(ALL, ["a"]) == [("A",), ("100 % B",)]


@pytest.mark.django_db
def test_is_counted(settings: Any) -> None:
    with counting() as clock:
        fetched(ALL, ["a"])
    assert clock.count == 1 and clock.seconds > 0


@pytest.mark.django_db
def test_errors_are_djangos_and_break_the_transaction() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        fetched('SELECT "none" FROM "nowhere"')
    make_source(name="A", code="a")
    with transaction.atomic():
        with pytest.raises(IntegrityError), transaction.atomic():
            fetched('INSERT INTO "articles_deskstamp" ("id", "stamp") VALUES (%s, NULL) RETURNING "id"', [99])
        assert fetched(ALL, ["a"]) == [("A",)]
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            fetched(ALL, ["a"])


def test_opens_the_database_only_where_that_is_allowed(django_db_blocker: DjangoDbBlocker) -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        fetched(ALL, ["a"])


@pytest.mark.django_db(transaction=True)
def test_opens_a_connection_that_was_closed() -> None:
    make_source(name="A", code="a")
    if connection.vendor == "postgresql" or not connection.is_in_memory_db():  # type: ignore[attr-defined]
        connection.close()
    assert fetched(ALL, ["a"]) == [("A",)]
