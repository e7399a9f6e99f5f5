"""Rows for SQL, without most of what Django puts around a cursor: on SQLite it takes several times as long as to read a
few rows by an index."""

from collections.abc import Sequence
from contextlib import closing
from functools import lru_cache, partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX


def fetched(sql: str, values: Sequence[Any] = ()) -> list[Any]:
    """All rows. As from a cursor, a broken transaction and no database at all are errors of Django's, and whoever
    watches what is asked (`execute_wrapper`) sees it. Where Django writes queries down (`assertNumQueries`), it is
    Django's cursor."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.queries_logged:
        with database.cursor() as cursor:
            cursor.execute(sql, values)
            rows: list[Any] = cursor.fetchall()
            return rows
    ask: Any = _asked
    for wrapper in reversed(database.execute_wrappers):
        ask = partial(wrapper, ask)
    found: list[Any] = ask(sql, values, False, {"connection": database, "cursor": None})
    return found


def _asked(sql: str, values: Sequence[Any], many: bool, context: dict[str, Any]) -> list[Any]:
    database = context["connection"]
    database.close_if_health_check_failed()
    database.ensure_connection()
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        if database.vendor == "sqlite":
            cursor = database.connection.execute(_as_sqlite_has_it(sql), values)
        else:
            cursor = database.create_cursor().execute(sql, values)
        with closing(cursor):
            rows: list[Any] = cursor.fetchall()
            return rows


@lru_cache(maxsize=2_000)
def _as_sqlite_has_it(sql: str) -> str:
    return str(FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%"))
