"""Queries that are compiled once.

Django makes the SQL of a query anew each time, which takes several times what SQLite needs to run it. Saving a claim
asks the same of the desk again and again: here the SQL that Django made the first time is kept, and is given other
values. What a query says stays with the querysets of the models.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

Value = int | str | list[int] | list[str]
# Where a value goes into the SQL: which one it is, or None for what stands there always.
_Place = tuple[int | None, Any]
# Stand for values while a query is compiled: no key of a row is as large, and of words it shows whether a query changes
# them, as one does that looks for a pattern.
_NUMBER, _WORDS = 2**62, "\ue000%_\\"
# Of how many lengths of lists the SQL is kept.
MOST = 50


class Compiled:
    """`make` gives the queryset for some values: numbers, words, lists of numbers. It must use each, and as it is."""

    def __init__(self, make: Callable[..., QuerySet[Any, Any]]) -> None:
        self._make = make
        self._model: type[Model] | None = None
        self._kept: dict[tuple[int, ...], tuple[str, list[_Place]]] = {}

    def rows(self, *values: Value) -> list[Any]:
        """Of a queryset of values: tuples, as the database gives them. A list that is empty finds nothing."""
        if any(value == [] for value in values):
            return []
        with connection.cursor() as cursor:
            cursor.execute(*self._filled_in(values))
            found: list[Any] = cursor.fetchall()
            return found

    def models(self, *values: Value) -> list[Any]:
        """Of any other: rows of the model, with what is annotated, but with nothing that is related."""
        if any(value == [] for value in values):
            return []
        filled_in = self._filled_in(values)
        assert self._model
        return list(self._model._default_manager.raw(*filled_in))

    def _filled_in(self, values: Sequence[Value]) -> tuple[str, list[Any]]:
        shape = tuple(len(value) if isinstance(value, list) else -1 for value in values)
        if shape not in self._kept:
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[shape] = self._compiled(values)
        sql, places = self._kept[shape]
        flat = list(_flat(values))
        return sql, [constant if at is None else flat[at] for at, constant in places]

    def _compiled(self, values: Sequence[Value]) -> tuple[str, list[_Place]]:
        marks: list[Any] = []

        def mark(value: Any) -> Any:
            if isinstance(value, list):
                return [mark(one) for one in value]
            marks.append(f"{_WORDS}{len(marks)}" if isinstance(value, str) else _NUMBER + len(marks))
            return marks[-1]

        queryset = self._make(*(mark(value) for value in values))
        self._model = queryset.model
        sql, params = queryset.query.sql_with_params()
        index = {one: at for at, one in enumerate(marks)}
        places: list[_Place] = [(index[one], None) if one in index else (None, one) for one in params]
        if {at for at, _ in places if at is not None} != set(range(len(marks))):
            raise ValueError("A query that is compiled once takes up each of its values as it is.")
        return sql, places


def _flat(values: Iterable[Value]) -> Iterable[Any]:
    for value in values:
        if isinstance(value, list):
            yield from value
        else:
            yield value
