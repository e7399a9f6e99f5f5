"""Claims as a W3C Web Annotation collection (https://www.w3.org/TR/annotation-model/).

Read from the file beside a text, whose positions count code points in the text as given. No database.
"""

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from articles.importing.files import ArticleFileError, is_text, read_text, shown
from articles.models import Claim

CLAIM = "urn:newsdesk:claim:"
HIGHLIGHT = "urn:newsdesk:highlight:"
SOURCE = "urn:newsdesk:source:"
QUESTION = "urn:newsdesk:question:"
# The desk's own words, which the standard has none for.
_TERMS = ["speaker", "cue", "answers", "question", "low", "high", "about", "choice", "place", "words", "asWorded"]
CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "newsdesk": "urn:newsdesk:terms#",
        **{name: f"newsdesk:{name}" for name in (*_TERMS, "status", "found")},
        "continues": {"@id": "newsdesk:continues", "@type": "@id"},
    },
]
LIMIT = 2**53
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True, slots=True)
class Target:
    """One passage. `start` and `end` count in the text as given, half open; None without a position. `source` is the
    address of the text, `found` says that it is reworded or orphaned there."""

    id: str
    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    source: str = ""
    found: str = ""


class AnswerData(NamedTuple):
    """One answer; which of its values is set says of what kind it is."""

    question: str
    low: int | None
    high: int | None
    about: bool
    choice: str
    place: str
    words: str
    as_worded: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """One claim as a file gives it. `line` is where it begins, `source_name` what the source is to be called."""

    id: str
    line: int | None
    source: str
    speaker: str
    cue: str
    note: str
    status: str
    continues: str
    answers: tuple[AnswerData, ...]
    targets: tuple[Target, ...]
    source_name: str = ""
    created: str = ""
    modified: str = ""


def read(path: Path) -> list[Annotation]:
    """Raises ArticleFileError, and nothing else, for whatever is not such a collection."""
    return _Reader(path, read_text(path)).read()


def read_one(item: Any, path: Path, line: int | None = None) -> Annotation:
    """One annotation of a file that is read by others. Raises ArticleFileError as `read` does."""
    return _Reader(path, "").annotation(item, line)


def read_answer(item: Any, path: Path, line: int | None = None) -> AnswerData:
    """One answer, likewise; `as_worded` is taken for “asWorded”."""
    if not isinstance(item, dict):
        raise ArticleFileError(path, f"An answer is an object, not {shown(item)}.", line)
    return _Reader(path, "", line).answer({"asWorded": item.get("as_worded"), **item})


class _Reader:
    def __init__(self, path: Path, text: str, line: int | None = None) -> None:
        self.path, self.text = path, text
        self.newlines = [match.start() for match in re.finditer("\n", text)] if text else []
        self.read_to = 0
        self.line = line

    def read(self) -> list[Annotation]:
        try:
            data = json.loads(self.text)
        except json.JSONDecodeError as error:
            raise ArticleFileError(self.path, f"This is not JSON: {error.msg}.", error.lineno) from error
        except (RecursionError, ValueError) as error:
            raise ArticleFileError(self.path, f"This JSON cannot be read: {error}.") from error
        annotations = [self.annotation(item) for item in self._items(data)]
        ids = Counter(one.id for one in annotations if one.id)
        for one in annotations:
            if ids[one.id] > 1:
                raise ArticleFileError(self.path, f"Two annotations have the id {one.id}. Give each its own.", one.line)
        return annotations

    def _items(self, data: Any) -> list[Any]:
        """The annotations of a collection with its first page, of a page, or of a bare list."""
        if isinstance(data, dict) and isinstance(data.get("first"), dict):
            data = data["first"]
        if isinstance(data, dict):
            data = data.get("items")
        if not isinstance(data, list):
            raise self.error("This is no collection of annotations: it has no “items”.")
        return data

    def annotation(self, item: Any, line: int | None = None) -> Annotation:
        self.line = line
        if not isinstance(item, dict):
            raise self.error(f"An annotation is an object, not {shown(item)}.")
        name = self._text(item, "id")
        self.line = line or self._line_of(name)
        bodies = self._list(item, "body")
        identifying = next((body for body in bodies if body.get("purpose") == "identifying"), {})
        comments, tags = (self._values(bodies, purpose) for purpose in ("commenting", "tagging"))
        status = self._text(item, "status") or "accepted"
        if status not in Claim.Status.values:
            raise self.error(f"“status” is one of: {', '.join(Claim.Status.values)}; not {shown(status)}.")
        targets = tuple(self._target(target) for target in self._list(item, "target"))
        if not targets:
            raise self.error("This annotation marks nothing: it has no “target”.")
        return Annotation(
            id=name.removeprefix(CLAIM),
            line=self.line,
            source=self._text(identifying, "source").removeprefix(SOURCE),
            speaker=self._text(identifying, "speaker"),
            cue=self._text(identifying, "cue"),
            note="\n".join(comments),
            status=status,
            continues=self._text(item, "continues").removeprefix(CLAIM),
            answers=tuple(self.answer(answer) for answer in self._list(identifying, "answers")),
            targets=targets,
            source_name=next(iter(tags), ""),
            created=self._time(item, "created"),
            modified=self._time(item, "modified"),
        )

    def _values(self, bodies: Iterable[dict[str, Any]], purpose: str) -> list[str]:
        return [self._text(body, "value") for body in bodies if body.get("purpose") == purpose]

    def _address(self, target: dict[str, Any]) -> str:
        """Of the text: given as such, or as the id of an object."""
        source = target.get("source")
        return self._text(source, "id") if isinstance(source, dict) else self._text(target, "source")

    def _time(self, item: dict[str, Any], key: str) -> str:
        """Only one that is written as we do: another says nothing here."""
        value = item.get(key)
        return value if isinstance(value, str) and _TIME.fullmatch(value) else ""

    def _target(self, target: dict[str, Any]) -> Target:
        selectors = self._list(target, "selector")
        quote, position = (_of_type(selectors, name) for name in ("TextQuoteSelector", "TextPositionSelector"))
        exact = self._text(quote, "exact")
        if not exact.strip():
            raise self.error("A target has no TextQuoteSelector with the “exact” words it marks.")
        return Target(
            id=self._text(target, "id").removeprefix(HIGHLIGHT),
            exact=exact,
            prefix=self._text(quote, "prefix"),
            suffix=self._text(quote, "suffix"),
            start=self._number(position, "start"),
            end=self._number(position, "end"),
            source=self._address(target),
            found=self._text(target, "found"),
        )

    def answer(self, answer: dict[str, Any]) -> AnswerData:
        about = answer.get("about", False)
        if not isinstance(about, bool):
            raise self.error("“about” is true or false.")
        return AnswerData(
            question=self._text(answer, "question"),
            low=self._number(answer, "low"),
            high=self._number(answer, "high"),
            about=about,
            choice=self._text(answer, "choice"),
            place=self._text(answer, "place"),
            words=self._text(answer, "words"),
            as_worded=self._text(answer, "asWorded"),
        )

    def _text(self, table: dict[str, Any], key: str) -> str:
        value = table.get(key)
        if value is None:
            return ""
        if not is_text(value):
            raise self.error(f"“{key}” is a text, not {shown(value)}.")
        return value

    def _number(self, table: dict[str, Any], key: str) -> int | None:
        value = table.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LIMIT:
            raise self.error(f"“{key}” is a whole number, not {shown(value)}.")
        return value

    def _list(self, table: dict[str, Any], key: str) -> list[dict[str, Any]]:
        """One object, or a list of objects."""
        value = table.get(key)
        rows = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(row, dict) for row in rows):
            raise self.error(f"“{key}” is an object or a list of objects.")
        return rows

    def _line_of(self, name: str) -> int | None:
        """Looked for after the annotation before, so that the file is read through once, however many it holds.
        Once an id is not found as it would be written here, no more are looked for."""
        if not name:
            return None
        at = self.text.find(json.dumps(name, ensure_ascii=False), self.read_to)
        self.read_to = at + 1 if at >= 0 else len(self.text)
        return bisect_left(self.newlines, at) + 1 if at >= 0 else None

    def error(self, message: str) -> ArticleFileError:
        return ArticleFileError(self.path, message, self.line)


def _of_type(tables: Sequence[dict[str, Any]], name: str) -> dict[str, Any]:
    """The last of them; empty if there is none. In JSON-LD a type may be one of several."""
    found: dict[str, Any] = {}
    for table in tables:
        kinds = table.get("type")
        if kinds == name or (isinstance(kinds, list) and name in kinds):
            found = table
    return found
