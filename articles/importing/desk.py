"""One file of a whole desk → an empty desk, in one transaction."""

import gzip
import json
import time
import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from articles.desk_format import (
    FORMAT,
    VERSION,
    Column,
    DeskFileError,
    Names,
    Table,
    named_by,
    names_of,
    portions,
    tables,
)
from articles.models import Answer, Article, Claim, Highlight, Paragraph, Question
from articles.search import fill_articles, fill_claims
from articles.writing.at_once import insert
from articles.writing.disputes import recount
from articles.writing.listing import fill

_AT_ONCE = 1_000
# More than a row has: a text of 10 MB is the longest thing that the desk takes.
_LONGEST_LINE = 200_000_000
_DAMAGED = (EOFError, OSError, zlib.error)


def import_desk(path: Path) -> int:
    """How many rows were made. Raises DeskFileError, and then has written nothing."""
    _check_whole(path)
    try:
        with transaction.atomic():
            _refuse_unless_empty()
            rows = _DeskImport(_read(path)).run()
            _make_what_follows()
    except (DatabaseError, LookupError, OverflowError, TypeError, ValueError) as error:
        raise DeskFileError(f"{path} is no desk that can be taken here: {error}") from error
    cache.clear()
    return rows


def _check_whole(path: Path) -> None:
    """Reads all of it, so that a damaged file is known before anything is locked."""
    digest, rows, last = sha256(), -1, b""
    for given in _raw(path):
        digest.update(last)
        rows += bool(last) and not last.startswith(b"{")
        last = given
    end = _json(last, path)
    if not isinstance(end, dict) or end.get("sha256") != digest.hexdigest():
        raise DeskFileError(f"{path} is damaged, or not all of it is here. Copy it again, or export the desk again.")


def _raw(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path, "rb") as file:
            first = file.readline(_LONGEST_LINE)
            _check_head(first, path)
            yield first
            yield from iter(lambda: file.readline(_LONGEST_LINE), b"")
    except gzip.BadGzipFile as error:
        raise DeskFileError(f"{path} is no file that export_desk has made.") from error
    except FileNotFoundError as error:
        raise DeskFileError(f"There is no file {path}. Check the path.") from error
    except _DAMAGED as error:
        raise DeskFileError(f"{path} is damaged, or not all of it is here: {error}.") from error


def _check_head(first: bytes, path: Path) -> None:
    head = _json(first, path)
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise DeskFileError(f"{path} is no file that export_desk has made.")
    version = head.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise DeskFileError(f"{path} is of a newer release (format {version}; this one reads {VERSION}). Update first.")


def _json(given: bytes, path: Path) -> Any:
    try:
        return json.loads(given)
    except (RecursionError, ValueError) as error:
        raise DeskFileError(f"{path} is no file that export_desk has made.") from error


def _read(path: Path) -> Iterator[Any]:
    """Without the first line and the last, which have been looked at."""
    given = _raw(path)
    next(given)
    last = next(given, b"")
    for following in given:
        yield _json(last, path)
        last = following


def _refuse_unless_empty() -> None:
    for table in tables():
        if table.model is not User and table.model._default_manager.exists():
            what = table.model._meta.verbose_name_plural
            raise DeskFileError(
                f"This desk is not empty: it has {what}. Import into a new database (docs/exporting.md)."
            )


def _make_what_follows() -> None:
    fill_articles(Article.objects.all(), Paragraph.objects.all())
    fill_claims(Claim.objects.all(), Highlight.objects.all())
    fill(Claim.objects.all(), Article.objects.all(), Answer.objects.all())
    recount(Question.objects.order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables()]):
            cursor.execute(sql)


class _DeskImport:
    def __init__(self, lines: Iterator[Any]) -> None:
        self.lines = lines
        # No page that is kept anywhere under a stamp of the desk that was exported may be taken for one of this desk.
        self.fixed = {"stamp": int(time.time() * 1000)}

    def run(self) -> int:
        known, rows = {table.name: table for table in tables()}, 0
        head = next(self.lines, None)
        while head is not None:
            table = known.pop(head["table"], None)
            if table is None:
                raise DeskFileError(f"The table “{head['table']}” is not known here: the file is of a newer release.")
            head, count = self._table(table, list(head["columns"]))
            rows += count
        return rows

    def _table(self, table: Table, names: list[str]) -> tuple[Any, int]:
        """What comes behind the rows of this table, and how many there were."""
        following: list[Any] = []

        def rows() -> Iterator[list[Any]]:
            for one in self.lines:
                if isinstance(one, dict):
                    following.append(one)
                    return
                if len(one) != len(names):
                    raise ValueError(f"a row of {table.name} has {len(one)} values for {len(names)} columns")
                yield one

        writer = _People(names) if table.model is User else _Rows(table, names, self.fixed)
        count = 0
        for some in portions(rows(), _AT_ONCE):
            writer.write(some)
            count += len(some)
        writer.finish()
        return (following[0] if following else None), count


class _People:
    """Who is here already under a name is taken for the one in the file; all others cannot sign in until they have
    been given a password."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = [name for name in names if name != "groups"]
        if unknown := set(self.names) - {column.name for column in Table(User).columns()}:
            raise DeskFileError(f"“{min(unknown)}” of people is not known here: the file is of a newer release.")

    def write(self, rows: Sequence[list[Any]]) -> None:
        for *values, groups in rows:
            fields = dict(zip(self.names, values, strict=True))
            user = User.objects.filter(username=fields["username"]).first()
            if user is None:
                user = User(**fields)
                user.set_unusable_password()
                user.save()
            user.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in groups))

    def finish(self) -> None:
        pass


class _Rows:
    """Keys count from 1 in the order of the file."""

    def __init__(self, table: Table, names: Sequence[str], fixed: dict[str, Any]) -> None:
        self.model = table.model
        known = {column.name: column for column in table.columns()}
        if unknown := set(names) - known.keys():
            raise DeskFileError(f"“{min(unknown)}” of {table.name} is not known here: the file is of a newer release.")
        self.columns = [known[name] for name in names]
        added = [
            field for field in self.model._meta.concrete_fields if field.name not in names and not field.primary_key
        ]
        self.added = [fixed.get(field.name, field.get_default()) for field in added]
        self.attnames = ["id", *(one.field.attname for one in self.columns), *(field.attname for field in added)]
        self.last = 0
        self.later: list[tuple[int, Column, Names]] = []

    def write(self, rows: Sequence[list[Any]]) -> None:
        keys = range(self.last + 1, self.last + 1 + len(rows))
        self.last = keys[-1]
        columns = [self._column(place, column, rows, keys) for place, column in enumerate(self.columns)]
        insert(self.model, self.attnames, [(*values, *self.added) for values in zip(keys, *columns, strict=True)])

    def _column(self, place: int, column: Column, rows: Sequence[list[Any]], keys: Sequence[int]) -> list[Any]:
        if column.refers_to is None:
            return [column.decode(row[place]) for row in rows]
        wanted = {names_of(row[place]) for row in rows if row[place] is not None}
        known = _keys(column.refers_to, wanted)
        if column.refers_to is self.model:
            name = next(at for at, one in enumerate(self.columns) if one.name == named_by(self.model)[0])
            known |= {(row[name],): key for row, key in zip(rows, keys, strict=True)}
        found: list[Any] = []
        for row, key in zip(rows, keys, strict=True):
            names = names_of(row[place]) if row[place] is not None else None
            if names is not None and names not in known and column.refers_to is not self.model:
                raise ValueError(f"{column.refers_to._meta.verbose_name} {names} is named, and is not in the file")
            if names is not None and names not in known:
                self.later.append((key, column, names))
            found.append(known.get(names) if names is not None else None)
        return found

    def finish(self) -> None:
        """Rows that refer to one that comes after them."""
        for key, column, names in self.later:
            target = _keys(self.model, {names})[names]
            self.model._default_manager.filter(pk=key).update(**{column.field.attname: target})


def _keys(model: type[Model], wanted: set[Names]) -> dict[Names, int]:
    """One query. Of paragraphs and choices more are read than wanted: all of an article or a question."""
    asked = named_by(model)
    if not wanted:
        return {}
    found = model._default_manager.filter(**{f"{asked[0]}__in": {names[0] for names in wanted}}).order_by()
    return {tuple(names): key for *names, key in found.values_list(*asked, "pk")}
