"""The digest of a desk: one number for each table, equal on two databases of one kind if they hold the same rows.

The rows may come in any order and are read one by one, so that a desk of any size is digested in little memory. Stamps
do not count: they say when pages were kept, and nothing that anybody wrote.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

PORTION = 1000
_SUM = 2**256


@dataclass(frozen=True, slots=True)
class Digest:
    """By table: how many rows, and their digest. `text` is that of all."""

    tables: dict[str, tuple[int, str]]

    @property
    def rows(self) -> int:
        return sum(count for count, _ in self.tables.values())

    @property
    def text(self) -> str:
        return sha256(repr(sorted(self.tables.items())).encode()).hexdigest()

    def differing(self, other: "Digest") -> list[str]:
        """The tables that are not the same in both."""
        names = sorted(self.tables.keys() | other.tables.keys())
        return [name for name in names if self.tables.get(name) != other.tables.get(name)]


def digest_of_desk(database: BaseDatabaseWrapper) -> Digest:
    """Of all tables but those in which SQLite keeps the index of words, which is digested as what it is of. To be of
    one moment, it must be called in a transaction that sees one, or on a copy."""
    return Digest({table: _digest_of(database, table) for table in tables_of(database)})


def tables_of(database: BaseDatabaseWrapper) -> list[str]:
    if database.vendor != "sqlite":
        return sorted(database.introspection.table_names())
    with database.cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow'")
        return sorted(name for (name,) in cursor.fetchall() if not name.startswith("sqlite_"))


def _digest_of(database: BaseDatabaseWrapper, table: str) -> tuple[int, str]:
    count, total = 0, 0
    for row in _rows(database, table):
        count += 1
        total += int.from_bytes(sha256(repr(tuple(map(_plain, row))).encode()).digest())
    return count, f"{total % _SUM:064x}"


def _rows(database: BaseDatabaseWrapper, table: str) -> Iterator[tuple[Any, ...]]:
    with database.cursor() as cursor:
        described = database.introspection.get_table_description(cursor, table)
    quoted = database.ops.quote_name
    # An index of words in SQLite names its rows by nothing but the number that SQLite gives to every row.
    names = ["rowid"] if database.vendor == "sqlite" and table.endswith("words") else []
    names += [column.name for column in described if column.name != "stamp"]
    with database.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(map(quoted, names))} FROM {quoted(table)}")
        while rows := cursor.fetchmany(PORTION):
            yield from rows


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
