"""Sidecars: what the TOML files beside texts say. No database."""

import datetime
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from articles.importing.files import ArticleFileError, read_text, shown
from articles.importing.toml_lines import Step, line_of
from articles.models import Article, Question, Source

_TOML_LINE = re.compile(r" *\(at line (\d+), column \d+\)")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(slots=True)
class ArticleData:
    id: str = ""
    title: str = ""
    outlet: str = ""
    url: str = ""
    archive_url: str = ""
    byline: str = ""
    language: str = "en"
    story: str = ""
    revises: str = ""
    status: str = "published"
    published: datetime.date | datetime.datetime | None = None
    inferred: list[str] = field(default_factory=list)
    read_through: bool = False


@dataclass(slots=True)
class SourceData:
    name: str = ""
    slug: str = ""
    code: str = ""
    kind: str = "other"
    description: str = ""
    tone: int = 0
    aliases: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ChoiceData:
    slug: str = ""
    label: str = ""
    leaves_open: bool = False


@dataclass(slots=True)
class QuestionData:
    slug: str = ""
    text: str = ""
    kind: str = "words"
    counted: str = ""
    choices: list[ChoiceData] = field(default_factory=list)


@dataclass(slots=True)
class PlaceData:
    slug: str = ""
    name: str = ""
    within: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(slots=True)
class StoryData:
    title: str = ""
    summary: str = ""
    date: datetime.date | None = None
    source: list[SourceData] = field(default_factory=list)
    question: list[QuestionData] = field(default_factory=list)
    place: list[PlaceData] = field(default_factory=list)


# What a table's key takes: a type that TOML gives, or a table of its own in a list.
_TYPES: dict[str, Any] = {
    "published": (datetime.date, datetime.datetime),
    "date": (datetime.date,),
    "inferred": [str],
    "aliases": [str],
    "tone": (int,),
    "leaves_open": (bool,),
    "read_through": (bool,),
    "latitude": (float, int),
    "longitude": (float, int),
    "choices": ChoiceData,
    "source": SourceData,
    "question": QuestionData,
    "place": PlaceData,
}
_NAMES: dict[type, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    datetime.date: "a date",
    datetime.datetime: "a time with its distance from UTC",
}
_REQUIRED: dict[type, tuple[str, ...]] = {
    StoryData: ("title",),
    SourceData: ("name", "slug", "code"),
    QuestionData: ("slug", "text", "kind"),
    ChoiceData: ("slug", "label"),
    PlaceData: ("slug", "name"),
}
_WORDS: dict[tuple[type, str], list[str]] = {
    (ArticleData, "status"): Article.Status.values,
    (QuestionData, "kind"): Question.Kind.values,
    (SourceData, "kind"): Source.Kind.values,
}


def read_article(path: Path) -> ArticleData:
    """Raises ArticleFileError for broken TOML, unknown keys and values of the wrong type."""
    data: ArticleData = _Reader(path).read(ArticleData)
    if isinstance(data.published, datetime.datetime):
        if data.published.utcoffset() is None:
            raise _Reader(path).error("published", "A time needs its distance from UTC: 2018-02-08T07:30:00-05:00.")
        _check_within_calendar(data.published, path)
    return data


def _check_within_calendar(moment: datetime.datetime, path: Path) -> None:
    try:
        moment.astimezone(datetime.UTC)
    except (OverflowError, ValueError):
        raise _Reader(path).error("published", "In UTC, this time leaves the calendar. Correct its year.") from None


def read_story(path: Path) -> StoryData:
    """Raises ArticleFileError as `read_article` does."""
    data: StoryData = _Reader(path).read(StoryData)
    return data


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = read_text(path)
        self.steps: list[Step] = []

    def read(self, kind: type) -> Any:
        try:
            table = tomllib.loads(self.text)
        except (ValueError, RecursionError) as error:  # ValueError: also for a number of over 4300 digits.
            said = _TOML_LINE.sub("", str(error)).removesuffix(" (at end of document)")
            raise ArticleFileError(self.path, f"This is not TOML: {said}.", self._toml_line(str(error))) from error
        return self._table(kind, table)

    def _toml_line(self, message: str) -> int | None:
        """For a mistake at the end, where some versions of Python name no line: the last one that holds anything."""
        if "(at end of document)" in message:
            return self.text.rstrip().count("\n") + 1
        match = _TOML_LINE.search(message)
        return int(match.group(1)) if match else None

    def _table(self, kind: type, table: Mapping[str, Any]) -> Any:
        names = [one.name for one in fields(kind)]
        for key in table:
            if key not in names:
                near = get_close_matches(key, names, 1)
                hint = f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(names)}."
                raise self.error(key, f"“{key}” is not known here. {hint}")
        row = kind(**{key: self._value(key, value) for key, value in table.items()})
        for key in _REQUIRED.get(kind, ()):
            if not getattr(row, key):
                raise self.error(key, f"“{key}” is missing here.")
        for (owner, key), allowed in _WORDS.items():
            if owner is kind and getattr(row, key) not in allowed:
                raise self.error(key, f"“{key}” is one of: {', '.join(allowed)}; not {shown(getattr(row, key))}.")
        return row

    def _tables(self, key: str, kind: type, rows: list[Mapping[str, Any]]) -> list[Any]:
        read = []
        for number, row in enumerate(rows):
            self.steps.append((key, number))
            read.append(self._table(kind, row))
            self.steps.pop()
        return read

    def _value(self, key: str, value: Any) -> Any:
        wanted = _TYPES.get(key, (str,))
        if isinstance(wanted, type):
            if isinstance(value, list) and all(isinstance(one, dict) for one in value):
                return self._tables(key, wanted, value)
            raise self.error(key, f"“{key}” is a list of tables.")
        if isinstance(wanted, list):
            if isinstance(value, list) and all(isinstance(one, str) for one in value):
                return [self._text(key, one) for one in value]
            raise self.error(key, f"“{key}” is a list of texts.")
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            names = " or ".join(_NAMES[one] for one in wanted)
            raise self.error(key, f"“{key}” is {names}, not {shown(value)}.")
        if isinstance(value, str):
            return self._text(key, value)
        if isinstance(value, float) and not math.isfinite(value):
            raise self.error(key, f"“{key}” is a number that can be written out, not {value}.")
        return value

    def _text(self, key: str, value: str) -> str:
        """TOML can write down every character, those too that no text has."""
        if found := _NO_TEXT.search(value):
            raise self.error(key, f"“{key}” holds U+{ord(found[0]):04X}, which is no character of a text.")
        return value

    def error(self, key: str, message: str) -> ArticleFileError:
        """In the line that sets the key in the table being read; where it is not set, in that where this begins."""
        return ArticleFileError(self.path, message, line_of(self.text, self.steps, key))
