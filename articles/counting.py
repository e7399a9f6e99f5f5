"""How many there are, where that many are not read."""

from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from newsdesk.fetching import fetched

# Counted exactly as far as this.
COUNTED = 10_000
# Stands for any number beyond that.
MORE = COUNTED + 1
# To know it exactly is not worth more.
MILLISECONDS = 20
# After so many the time is looked at again.
_AT_ONCE = 20
# What PostgreSQL calls a statement whose time is over.
_CANCELED = "57014"


def count_each(lists: Mapping[str, QuerySet[Any, Any]]) -> dict[str, int]:
    """How many rows each of these lists has, `MORE` for all that are more than `COUNTED`. One query."""
    found, counts, params = dict.fromkeys(lists, 0), list[str](), list[Any]()
    for name, rows in lists.items():
        if asked := _as_far(rows):
            sql, values = asked
            counts.append(f"SELECT %s, count(*) FROM ({sql}) AS counted")
            params += [name, *values]
    return found | dict(fetched(" UNION ALL ".join(counts), params))


def _as_far(rows: QuerySet[Any, Any]) -> tuple[str, Sequence[Any]] | None:
    """What asks for no more of these rows than are counted. None where there can be none."""
    try:
        return rows.order_by().values("pk")[:MORE].query.sql_with_params()
    except EmptyResultSet:
        return None


def written(number: int, *, is_exact: bool = True) -> str:
    """“1,234”, or “more than 10,000”."""
    return f"{number:,}" if is_exact else f"more than {number:,}"


def written_as_counted(number: int) -> str:
    """The same of a number from `count_each`."""
    return written(min(number, COUNTED), is_exact=number <= COUNTED)


def count_if_quick(rows: QuerySet[Any, Any], least: int) -> tuple[int, bool]:
    """How many, and whether that is exact: else there are more. `least` are known to be there.

    One query. SQLite gives one row after the other, and is asked for as many as it finds in time. PostgreSQL reads each
    text to weigh the words that it finds, 10 ms for a thousand articles, and tells nothing before the end: there its
    time is set before and after.
    """
    counted = _count_on_postgresql(rows) if connection.vendor == "postgresql" else _count_in_time(rows)
    if counted is None:
        return least, False
    number, is_all = counted
    if number > COUNTED:
        return COUNTED, False
    return (number, True) if is_all else (max(number, least), False)


def _count_in_time(rows: QuerySet[Any, Any]) -> tuple[int, bool]:
    asked = _as_far(rows)
    if asked is None:
        return 0, True
    until, number = monotonic() + MILLISECONDS / 1000, 0
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        for number, _ in enumerate(cursor, start=1):
            if number % _AT_ONCE == 1 and number > 1 and monotonic() > until:
                return number - 1, False
    return number, True


def _count_on_postgresql(rows: QuerySet[Any, Any]) -> tuple[int, bool] | None:
    """None if it takes too long."""
    setting = "set_config('statement_timeout', %s, true)"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT current_setting('statement_timeout'), {setting}", [str(MILLISECONDS)])
            before, _ = cursor.fetchone()
            number = rows.order_by()[:MORE].count()
            cursor.execute(f"SELECT {setting}", [before])
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != _CANCELED:
            raise
        return None
    return number, True
