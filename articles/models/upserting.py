"""Rows written whether or not they are there, many at once."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def upsert(
    model: type[models.Model],
    names: Sequence[str],
    key: Sequence[str],
    rows: Sequence[Sequence[Any]],
    change: str = "{0} = excluded.{0}",
) -> None:
    """`names` and `key` are columns; `change` is what becomes of any other one where a row with that key is there, by
    its name and the table's. No key may stand twice in the rows. PostgreSQL takes all rows in one statement, SQLite
    one after the other by a statement that is compiled once."""
    if not rows:
        return
    table = model._meta.db_table
    changes = ", ".join(change.format(name, table) for name in names if name not in key)
    conflict = f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
    into = f"INSERT INTO {table} ({', '.join(names)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            types = {str(field.column): field.db_type(connection) for field in model._meta.concrete_fields}
            columns = ", ".join(f"%s::{types[name]}[]" for name in names)
            cursor.execute(
                f"{into} SELECT * FROM unnest({columns}) {conflict}", [list(one) for one in zip(*rows, strict=True)]
            )
        else:
            places = ", ".join(["%s"] * len(names))
            cursor.executemany(f"{into} VALUES ({places}) {conflict}", rows)
