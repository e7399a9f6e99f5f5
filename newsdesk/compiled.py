"""Queries that are compiled once.

Django makes the SQL of a query anew each time, which takes several times what SQLite needs to run it. Saving a claim
asks the same of the desk again and again: here the SQL that Django made the first time is kept, and is given other
values. What a query says stays with the querysets of the models.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.sql import DeleteQuery, UpdateQuery

from newsdesk.fetching import fetched

Value = int | str | list[int] | list[str]
# Where a value goes into the SQL: which one it is, or None for what stands there always.
_Place = tuple[int | None, Any]
_Converting = list[tuple[int, list[Callable[..., Any]], Any]]
# Where values go into the SQL of Django.
_PLACES = re.compile(r"%%|IN \(%s, %s\)|%s")
# Stand for values while a query is compiled: no key of a row is as large, and of words it shows whether a query changes
# them, as one does that looks for a pattern.
_NUMBER, _WORDS = 2**62, "\ue000%_\\"
# Of how many lengths of lists the SQL is kept.
MOST = 50
MOST_FILLED_UP = 4096


@dataclass(frozen=True, slots=True)
class _Part:
    """Of the columns of a row those of one model, and the parts of what it names, as `select_related` asks for."""

    model: type[Model]
    first: int
    end: int
    key: int
    names: tuple[str, ...]
    keep: Callable[[Any, Any], None] | None
    parts: tuple["_Part", ...]

    @classmethod
    def of(cls, info: Mapping[str, Any], select: Sequence[Any]) -> "_Part":
        """From what Django's compiler knows of a query."""
        first, end = info["select_fields"][0], info["select_fields"][-1] + 1
        names = tuple(column.target.attname for column, *_ in select[first:end])
        key = first + names.index(info["model"]._meta.pk.attname)
        parts = tuple(cls.of(one, select) for one in info.get("related_klass_infos", ()))
        return cls(info["model"], first, end, key, names, info.get("local_setter"), parts)

    def made(self, row: Sequence[Any], known: dict[tuple[int, Any], Any]) -> Any:
        """The object; one for all rows that name it. None if this one names none."""
        key = self.first, row[self.key]
        if key in known or key[1] is None:
            return known.get(key)
        made = known[key] = _instance(self.model, zip(self.names, row[self.first : self.end], strict=True))
        for part in self.parts:
            assert part.keep
            part.keep(made, part.made(row, known))
        return made


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class _Query:
    sql: str
    places: tuple[_Place, ...]
    # Of the columns whose values the database does not give as their fields have them: which one, and what it is.
    columns: tuple[tuple[int, Any], ...]
    # None where the query gives values.
    part: _Part | None
    annotated: Mapping[str, int]
    # Whether a list goes in as one value.
    takes_lists: bool = False

    def filled_in(self, values: Iterable[Value]) -> tuple[str, list[Any]]:
        flat = list(values if self.takes_lists else _flat(values))
        return self.sql, [constant if at is None else flat[at] for at, constant in self.places]

    def found(self, values: Iterable[Value]) -> list[Any]:
        return fetched(*self.filled_in(values))

    def converted(self, rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
        """As the fields of its columns have their values: a moment in UTC, a truth."""
        if not self.columns:
            return rows
        # What makes these values belongs to the connection, and is to go with it.
        own = vars(connections[DEFAULT_DB_ALIAS])
        known = own.get("_converting")
        if known is None:
            known = own["_converting"] = WeakKeyDictionary[_Query, _Converting]()
        converting = known.get(self)
        if converting is None:
            converting = known[self] = [(at, _converters(column), column) for at, column in self.columns]
        return (_converted_row(row, converting) for row in rows)


class Compiled:
    """`make` gives the queryset for some values: numbers, words, lists of either. It must use each, and as it is; of a
    list only what is in it, since the last one may be given several times: so that few lengths need SQL of their own.
    `carry_out` writes `change` into the fields of its rows, as `update` has it; if it `removes`, it deletes them, and
    nothing that belongs to them."""

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], *, removes: bool = False, **change: Any) -> None:
        self._make, self._removes, self._change = make, removes, change
        self._kept: dict[tuple[int, ...], _Query] = {}

    def rows(self, *values: Value) -> list[Any]:
        """Of a queryset of values: tuples, as the database gives them. A list that is empty finds nothing."""
        query, values = self._query(values)
        return query.found(values) if query else []

    def values(self, *values: Value) -> list[Any]:
        """The same, each value as its field has it."""
        query, values = self._query(values)
        return list(query.converted(query.found(values))) if query else []

    def models(self, *values: Value) -> list[Any]:
        """Of any other: rows of the model, with what is annotated, and what is selected as related, each once."""
        query, values = self._query(values)
        known = dict[tuple[int, Any], Any]()
        if query is None:
            return []
        assert query.part
        found = []
        for row in query.converted(query.found(values)):
            found.append(query.part.made(row, known))
            for name, at in query.annotated.items():
                setattr(found[-1], name, row[at])
        return found

    def carry_out(self, *values: Value) -> None:
        """Writes the change, or removes. A list that is empty changes nothing."""
        query, values = self._query(values)
        if query:
            with connection.cursor() as cursor:
                cursor.execute(*query.filled_in(values))

    def _query(self, values: tuple[Value, ...]) -> tuple[_Query | None, tuple[Value, ...]]:
        """With the values as it takes them. None where one of the lists is empty."""
        if not any(isinstance(value, list) for value in values):
            query = self._kept.get(())
            if query is None:
                query = self._kept[()] = self._compiled(values)
            return query, values
        if any(value == [] for value in values):
            return None, values
        if connection.vendor == "postgresql":
            return self._with_lists(values), values
        values = tuple(_filled_up(value) if isinstance(value, list) else value for value in values)
        shape = tuple(len(value) if isinstance(value, list) else -1 for value in values)
        query = self._kept.get(shape)
        if query is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            query = self._kept[shape] = self._compiled(values)
        return query, values

    def _with_lists(self, values: Sequence[Value]) -> _Query:
        """PostgreSQL takes a list as one value: so any length has the same SQL, and psycopg does not look through
        thousands of places each time."""
        query = self._kept.get(())
        if query is None:
            alike = [value[:1] * 2 if isinstance(value, list) else value for value in values]
            query = self._kept[()] = _taking_lists(self._compiled(alike), alike)
        return query

    def _compiled(self, values: Sequence[Value]) -> _Query:
        marks: list[Any] = []

        def mark(value: Any) -> Any:
            if isinstance(value, list):
                return [mark(one) for one in value]
            marks.append(f"{_WORDS}{len(marks)}" if isinstance(value, str) else _NUMBER + len(marks))
            return marks[-1]

        made = self._writing(self._make(*(mark(value) for value in values)).query)
        compiler = made.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        index = {one: at for at, one in enumerate(marks)}
        places: list[_Place] = [(index[one], None) if one in index else (None, one) for one in params]
        if {at for at, _ in places if at is not None} != set(range(len(marks))):
            raise ValueError("A query that is compiled once takes up each of its values as it is.")
        if self._change or self._removes:
            return _Query(sql, tuple(places), (), None, {})
        part = _Part.of(compiler.klass_info, compiler.select) if made.default_cols else None
        columns = tuple((at, column) for at, (column, *_) in enumerate(compiler.select) if _converters(column))
        return _Query(sql, tuple(places), columns, part, dict(compiler.annotation_col_map or {}))

    def _writing(self, made: Any) -> Any:
        """The query, or what writes the rows that it finds."""
        if self._removes:
            return made.chain(DeleteQuery)
        if self._change:
            made = made.chain(UpdateQuery)
            made.add_update_values(self._change)
        return made


def rows_of(queryset: QuerySet[Any, Any]) -> list[Any]:
    """Of a queryset of values the tuples as the database gives them, as `Compiled.rows`: of thousands, what Django does
    to each takes as long as to read them."""
    try:
        sql, params = queryset.query.sql_with_params()
    except EmptyResultSet:
        return []
    return fetched(sql, params)


def _instance(model: type[Model], values: Iterable[tuple[str, Any]]) -> Any:
    """As `Model.from_db` makes it in several times as long: it sets fields one by one, and tells of each object twice,
    to which nothing listens (`tests/test_compiled.py`)."""
    made = model.__new__(model)
    made._state = state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    made.__dict__.update(values)
    return made


def _taking_lists(query: _Query, values: Sequence[Value]) -> _Query:
    """The same with each list of two as one value. Raises ValueError for a list that stands anywhere but behind IN."""
    whose = [at for at, value in enumerate(values) for _ in (value if isinstance(value, list) else (value,))]
    left = iter(query.places)
    places: list[_Place] = []

    def one(found: re.Match[str]) -> str:
        taken = [next(left) for _ in range(found[0].count("%s"))]
        owners = [None if at is None else whose[at] for at, _ in taken]
        lists = [owner is not None and isinstance(values[owner], list) for owner in owners]
        if len(taken) == 2 and all(lists) and owners[0] == owners[1]:
            places.append((owners[0], None))
            return "= ANY(%s)"
        if any(lists):
            raise ValueError("A query that is compiled once takes a list behind IN.")
        places.extend((owner, constant) for owner, (_, constant) in zip(owners, taken, strict=True))
        return found[0]

    sql = _PLACES.sub(one, query.sql)
    return replace(query, sql=sql, places=tuple(places), takes_lists=True)


def _filled_up(values: list[Any]) -> list[Any]:
    """To the next power of two. One that is very long stays as it is: how many values a query may hold is limited."""
    if len(values) > MOST_FILLED_UP:
        return values
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))


def _converters(column: Any) -> list[Callable[..., Any]]:
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


def _converted_row(row: Iterable[Any], converting: _Converting) -> list[Any]:
    values = list(row)
    for at, converters, column in converting:
        for convert in converters:
            values[at] = convert(values[at], column, connection)
    return values


def _flat(values: Iterable[Value]) -> Iterable[Any]:
    for value in values:
        if isinstance(value, list):
            yield from value
        else:
            yield value
