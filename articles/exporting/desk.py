"""The whole desk → one file, read row by row as it stands at one moment."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import connection, transaction

from articles.desk_format import FORMAT, VERSION, DeskFileError, Table, line, reference, tables
from articles.new_files import new_file

_AT_ONCE = 2_000


def export_desk(path: Path, *, mail: bool = False) -> int:
    """How many rows it holds. It gets its name once it is whole. Raises DeskFileError."""
    part = path.with_name(f".{path.name}.part")
    try:
        # Without a name and a time in it, so that equal desks give equal files.
        with new_file(part) as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
            rows = _write(file, mail)
        part.replace(path)
    except FileExistsError as error:
        raise DeskFileError(f"{part} is there: another export is running, or broke off. Remove it first.") from error
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DeskFileError(f"{path} cannot be written: {error.strerror}.") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return rows


def _write(file: gzip.GzipFile, mail: bool) -> int:
    digest, rows = sha256(), 0
    with _one_moment():
        for written, is_row in _lines(mail):
            file.write(written)
            digest.update(written)
            rows += is_row
    file.write(line({"rows": rows, "sha256": digest.hexdigest()}))
    return rows


def _lines(mail: bool) -> Iterator[tuple[bytes, bool]]:
    yield line({"format": FORMAT, "version": VERSION}), False
    for table in tables():
        columns = [column.name for column in table.columns(mail=mail)]
        yield line({"table": table.name, "columns": [*columns, *(["groups"] if table.model is User else [])]}), False
        for row in _rows(table, mail):
            yield line(row), True


def _rows(table: Table, mail: bool) -> Iterator[list[Any]]:
    columns = table.columns(mail=mail)
    ends = [0]
    for column in columns:
        ends.append(ends[-1] + len(column.asked))
    places = [(column, start, end) for column, start, end in zip(columns, ends, ends[1:], strict=False)]
    groups = _groups() if table.model is User else {}
    found = table.model._default_manager.order_by("pk")
    asked = [name for column in columns for name in column.asked]
    for pk, *values in found.values_list("pk", *asked).iterator(_AT_ONCE):
        row = [
            reference(values[start:end]) if column.refers_to else column.encode(values[start])
            for column, start, end in places
        ]
        yield [*row, groups.get(pk, [])] if table.model is User else row


def _groups() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for name, user in Group.objects.exclude(user=None).order_by("name").values_list("name", "user"):
        found.setdefault(user, []).append(name)
    return found


@contextmanager
def _one_moment() -> Iterator[None]:
    """All is read as it stands now, and nobody who writes has to wait: on SQLite a transaction of our own kind, as
    Django's would lock."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
