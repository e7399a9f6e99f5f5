"""The form of a whole desk in one file: JSON Lines, compressed by gzip.

The first line says what it is, then comes each table: a line with its name and columns, and one for each row. The last
line counts the rows and holds the SHA-256 of all lines before it. Rows stand in the order in which they came to the
desk, and name one another by what stands in addresses, never by a key of the database: so a file is the same whatever
database it is made from, and who reads it makes keys of his own.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import BinaryField, DateField, DateTimeField, Field, ForeignKey, Model

from articles.models import (
    Article,
    Changeset,
    Choice,
    Claim,
    Paragraph,
    Place,
    Question,
    Source,
    Story,
)

FORMAT = "newsdesk desk"
VERSION = 1
# What follows from the rest, and is made again.
DERIVED = {"articlewords", "claimwords", "deskstamp", "listed", "namestamp", "tally"}
# When pages were kept: it says nothing of the desk, and another one counts for itself.
NOT_EXPORTED = {"stamp"}
# What a row is called by those that refer to it.
_NAMED_BY: dict[type[Model], tuple[str, ...]] = {
    Article: ("slug",),
    Changeset: ("uid",),
    Choice: ("question__slug", "slug"),
    Claim: ("uid",),
    Paragraph: ("article__slug", "position"),
    Place: ("slug",),
    Question: ("slug",),
    Source: ("slug",),
    Story: ("slug",),
    User: ("username",),
}
_OF_USERS = ("username", "first_name", "last_name", "is_active")

Names = tuple[Any, ...]


class DeskFileError(Exception):
    """A file that is none, or cannot be taken here. Nothing was written."""


@dataclass(frozen=True)
class Column:
    """`asked` are the fields that the database is asked for: several where a row is named by several."""

    field: "Field[Any, Any]"

    @property
    def name(self) -> str:
        return self.field.name

    @cached_property
    def refers_to(self) -> type[Model] | None:
        return self.field.related_model if isinstance(self.field, ForeignKey) else None

    @cached_property
    def asked(self) -> tuple[str, ...]:
        if self.refers_to is None:
            return (self.name,)
        return tuple(f"{self.name}__{one}" for one in named_by(self.refers_to))

    @cached_property
    def encode(self) -> Callable[[Any], Any]:
        """For JSON."""
        match self.field:
            case DateTimeField():
                return lambda value: None if value is None else value.astimezone(UTC).isoformat()
            case DateField():
                return lambda value: None if value is None else value.isoformat()
            case BinaryField():
                return lambda value: b64encode(bytes(value)).decode()
        return lambda value: value

    @cached_property
    def decode(self) -> Callable[[Any], Any]:
        """From JSON. Raises ValueError or TypeError for what is not as `encode` gives it."""
        match self.field:
            case DateTimeField():
                return lambda value: None if value is None else datetime.fromisoformat(value)
            case DateField():
                return lambda value: None if value is None else date.fromisoformat(value)
            case BinaryField():
                return lambda value: b64decode(value, validate=True)
        return lambda value: value


@dataclass(frozen=True)
class Table:
    model: type[Model]

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)

    def columns(self, *, mail: bool = True) -> list[Column]:
        """Without the key. Of people no password, nothing of how they sign in, and their addresses if asked."""
        fields = [field for field in self.model._meta.concrete_fields if not field.primary_key]
        if self.model is User:
            wanted = {*_OF_USERS, *(["email"] if mail else [])}
            return [Column(field) for field in fields if field.name in wanted]
        return [Column(field) for field in fields if field.name not in NOT_EXPORTED]


def tables() -> list[Table]:
    """Each after those that its rows refer to; people first."""
    models: list[type[Model]] = [User, *apps.get_app_config("articles").get_models()]
    sorter = TopologicalSorter[type[Model]]()
    for model in models:
        if model._meta.model_name not in DERIVED:
            used = {Column(field).refers_to for field in model._meta.concrete_fields}
            sorter.add(model, *(one for one in models if one in used and one is not model))
    return [Table(model) for model in sorter.static_order()]


def named_by(model: type[Model]) -> tuple[str, ...]:
    return _NAMED_BY[model]


def line(value: Any) -> bytes:
    """The same for equal values: databases keep the keys of an object in different orders."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def portions(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    some: list[Any] = []
    for row in rows:
        some.append(row)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


def reference(values: Sequence[Any]) -> Any:
    """How a row names another: by one value, or by a list of them; none at all by null."""
    if values[0] is None:
        return None
    return values[0] if len(values) == 1 else list(values)


def names_of(given: Any) -> Names:
    return tuple(given) if isinstance(given, list) else (given,)
