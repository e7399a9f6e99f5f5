"""Rows written many at once, without a model for each: what an import or a restored desk makes a million of.

Nothing is checked here but what the database itself holds, and no signal is sent: callers keep the rules by what they
write, and move stamps and fill the index themselves.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import BinaryField, DateField, Field, JSONField, Model

BATCH = 500
T = TypeVar("T")


def batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """A database takes a limited number of values in one query."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def reserve(model: type[Model], count: int) -> Sequence[int]:
    """Keys for so many new rows, which nobody else gets. To be called in a transaction that writes."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sql, [table, count])
            return [key for (key,) in cursor.fetchall()]
        # SQLite has one writer at a time, and follows the largest key that is written.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
    return range(last + 1, last + count + 1)


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """`names` are those of the columns, as `attname` gives them. Every column without a default of the database must
    be among them. PostgreSQL takes rows as a stream, SQLite by one statement that is compiled once."""
    fields = [next(one for one in model._meta.concrete_fields if one.attname == name) for name in names]
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), ", ".join(quote(str(field.column)) for field in fields)
    prepared = _prepared(fields, rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            # FAIL leaves it to the transaction, which every caller has, to take back what came before a row that is
            # refused. Else SQLite copies each page that a row with a trigger changes, so that it could do so itself.
            cursor.executemany(f"INSERT OR FAIL INTO {table} ({columns}) VALUES ({places})", list(prepared))


def insert_made(objects: Sequence[Model]) -> None:
    """Objects of one model, which get their keys."""
    if not objects:
        return
    model = type(objects[0])
    fields = list(model._meta.concrete_fields)
    if model._meta.pk is model._meta.auto_field:
        for one, key in zip(objects, reserve(model, len(objects)), strict=True):
            one.pk = key
    rows = [[field.pre_save(one, add=True) for field in fields] for one in objects]
    insert(model, [field.attname for field in fields], rows)
    _are_saved(objects)


def insert_few(objects: Sequence[Model]) -> None:
    """The same of as many as one statement takes, which gives them their keys: the SQL that `bulk_create` makes each
    time is made once."""
    if not objects:
        return
    fields, into, places = _inserting(type(objects[0]))
    for one in objects:
        # What they name may have got its key since.
        one._prepare_related_fields_for_save("insert_few")  # type: ignore[attr-defined]
    values = [field.get_db_prep_save(field.pre_save(one, add=True), connection) for one in objects for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(f"{into} VALUES {', '.join([places] * len(objects))} RETURNING id", values)
        keys = cursor.fetchall()
    for one, (key,) in zip(objects, keys, strict=True):
        one.pk = key
    _are_saved(objects)


def rewrite_one(one: Model, names: tuple[str, ...], *, version: int) -> bool:
    """Writes these fields, named as by `attname`, into its row, if that is of this version still; whether it was. The
    SQL that `update` makes each time is made once."""
    fields, sql = _rewriting(type(one), names)
    one._prepare_related_fields_for_save("rewrite_one")  # type: ignore[attr-defined]
    values = [field.get_db_prep_save(getattr(one, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, one.pk, version])
        return bool(cursor.rowcount)


def _are_saved(objects: Iterable[Model]) -> None:
    for one in objects:
        one._state.adding, one._state.db = False, connection.alias


@cache
def _inserting(model: type[Model]) -> tuple[Sequence[Any], str, str]:
    """The fields that are written, and the statement up to the values, and those of one row."""
    fields = [field for field in model._meta.concrete_fields if field is not model._meta.auto_field]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    return fields, f"INSERT INTO {quote(model._meta.db_table)} ({columns})", f"({', '.join(['%s'] * len(fields))})"


@cache
def _rewriting(model: type[Model], names: tuple[str, ...]) -> tuple[Sequence[Any], str]:
    fields = [field for field in model._meta.concrete_fields if field.attname in names]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    return fields, f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE id = %s AND version = %s"


def _prepared(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    """With those values in the database's own form that it does not take as they are."""
    changed = [(place, _prepare(field)) for place, field in enumerate(fields) if isinstance(field, _CHANGED)]
    if not changed:
        return rows
    return (_one_prepared(row, changed) for row in rows)


def _one_prepared(row: Sequence[Any], changed: Sequence[tuple[int, Callable[[Any], Any]]]) -> Sequence[Any]:
    values = list(row)
    for place, prepare in changed:
        values[place] = prepare(values[place])
    return values


_CHANGED = (BinaryField, DateField, JSONField)


def _prepare(field: "Field[Any, Any]") -> Callable[[Any], Any]:
    return lambda value: field.get_db_prep_save(value, connection)
