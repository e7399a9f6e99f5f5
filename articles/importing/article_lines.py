"""Lines: JSON Lines of articles with their claims, read one by one. No database.

What says where a claim stands counts in the paragraph as given. The paragraphs, joined by a blank line, are the text
as given, which goes through the parser as that of any file does.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from difflib import get_close_matches
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from articles.importing.articles import GivenText
from articles.importing.files import SIDECAR_LIMIT, TEXT_LIMIT, ArticleFileError, is_text, shown, too_long
from articles.importing.sidecars import ArticleData
from articles.importing.web_annotation import AnswerData, read_answer
from articles.models import Article, Claim
from articles.text.offsets import BlockSpan
from articles.text.parsing import TextError, decode, parse

LINE_LIMIT = SIDECAR_LIMIT
MOST_CLAIMS = 10_000
_BETWEEN = "\n\n"
_TEXTS = {one.name for one in fields(ArticleData)} - {"published", "inferred", "read_through"}
# In their order, as sets that are asked at once.
_KEYS = dict.fromkeys((*(one.name for one in fields(ArticleData)), "paragraphs", "claims"))
_CLAIM_KEYS = dict.fromkeys(
    ("paragraph", "start", "end", "source", "speaker", "cue", "note", "status", "answers", "id")
)
_STATUSES = frozenset(Claim.Status.values)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, as far as it is JSON: else `error` says why not. `digest` is that of its bytes, `key` its “id”."""

    number: int
    size: int
    digest: str = ""
    key: str = ""
    record: dict[str, Any] = field(default_factory=dict)
    error: ArticleFileError | None = None

    def place(self, path: Path) -> Path:
        """As it is called in what is printed."""
        return path.with_name(f"{path.name}, line {self.number}")


class LineClaim(NamedTuple):
    """`spans` are the pieces of the article's blocks that it marks: one, or one in each of several."""

    id: str
    source: str
    speaker: str
    cue: str
    note: str
    status: str
    answers: tuple[AnswerData, ...]
    spans: tuple[BlockSpan, ...]

    def quotes(self, text: GivenText) -> list[str]:
        """The words of each."""
        return [text.parsed.blocks[block].text[start:end] for block, start, end in self.spans]


@dataclass(frozen=True, slots=True)
class LineArticle:
    line: Line
    data: ArticleData
    text: GivenText
    claims: tuple[LineClaim, ...]


def read_lines(file: BinaryIO, path: Path) -> Iterator[Line]:
    """Without the empty ones, and holding one at a time. Raises ArticleFileError for a file that cannot be read."""
    try:
        for number, content in enumerate(_raw(file), 1):
            given = content.removeprefix(b"\xef\xbb\xbf") if number == 1 else content
            if given.strip():
                yield _line(given, path, number)
    except OSError as error:
        raise ArticleFileError(path, f"The file cannot be read: {error.strerror}.") from error


def _raw(file: BinaryIO) -> Iterator[bytes]:
    """Of a line over the limit one byte more than that; the rest of it is passed over."""
    while line := file.readline(LINE_LIMIT + 1):
        rest = line
        while len(rest) > LINE_LIMIT and not rest.endswith(b"\n"):
            rest = file.readline(LINE_LIMIT + 1)
        yield line


def _line(given: bytes, path: Path, number: int) -> Line:
    try:
        if len(given) > LINE_LIMIT:
            raise ArticleFileError(path, too_long(len(given), LINE_LIMIT).replace("file", "line"), number)
        record = _json(given, path, number)
        if not isinstance(record, dict):
            raise ArticleFileError(path, f"An article is an object, not {shown(record)}.", number)
        key = _Reader(Line(number, len(given)), path).text(record, "id")
        if not key.strip():
            raise ArticleFileError(path, "It has no “id”. Give it one, by which the desk will know it again.", number)
    except ArticleFileError as error:
        return Line(number, len(given), error=error)
    return Line(number, len(given), sha256(given.strip()).hexdigest(), key, record)


def _json(given: bytes, path: Path, number: int) -> Any:
    try:
        return json.loads(given.decode())
    except UnicodeDecodeError as error:
        raise ArticleFileError(path, f"Not UTF-8 at byte {error.start}. Save the file as UTF-8.", number) from error
    except json.JSONDecodeError as error:
        raise ArticleFileError(path, f"This is not JSON: {error.msg} at character {error.pos}.", number) from error
    except (RecursionError, ValueError) as error:
        raise ArticleFileError(path, f"This JSON cannot be read: {error}.", number) from error


def read_article(line: Line, path: Path) -> LineArticle:
    """Raises ArticleFileError, and nothing else, for what is no article."""
    if line.error:
        raise line.error
    return _Reader(line, path).read()


class _Reader:
    def __init__(self, line: Line, path: Path) -> None:
        self.line, self.path = line, path

    def read(self) -> LineArticle:
        record = self.line.record
        self._refuse_unknown(record, _KEYS)
        paragraphs = self._paragraphs(record.get("paragraphs"))
        text = self._text_of(paragraphs)
        begins = list(accumulate((len(one) + len(_BETWEEN) for one in paragraphs), initial=0))
        claims = record.get("claims") or []
        if not isinstance(claims, list) or len(claims) > MOST_CLAIMS:
            raise self.error(f"“claims” is a list of at most {MOST_CLAIMS:,} claims, not {shown(claims)}.")
        read = [self._claim(claim, paragraphs, begins, text) for claim in claims]
        return LineArticle(self.line, self._data(record), text, tuple(read))

    def _data(self, record: dict[str, Any]) -> ArticleData:
        data = ArticleData()
        for name in _TEXTS & record.keys():
            if value := self.text(record, name):
                setattr(data, name, value)
        if data.status not in Article.Status.values:
            raise self.error(f"“status” is one of: {', '.join(Article.Status.values)}; not {shown(data.status)}.")
        inferred = record.get("inferred") or []
        if not isinstance(inferred, list):
            raise self.error(f"“inferred” is a list of texts, not {shown(inferred)}.")
        data.inferred = [self.text({"inferred": one}, "inferred") for one in inferred]
        read_through = record.get("read_through") or False
        if not isinstance(read_through, bool):
            raise self.error(f"“read_through” is true or false, not {shown(read_through)}.")
        data.read_through = read_through
        data.published = self._published(self.text(record, "published"))
        return data

    def _published(self, given: str) -> date | datetime | None:
        try:
            if len(given) <= 10:
                return date.fromisoformat(given) if given else None
            moment = datetime.fromisoformat(given)
            if moment.utcoffset() is not None:
                moment.astimezone(UTC)
                return moment
        except (OverflowError, ValueError):
            pass
        raise self.error(
            f"“published” is a date (2018-02-08), or a time with its distance from UTC (2018-02-08T07:30:00-05:00), "
            f"not {shown(given)}."
        )

    def _paragraphs(self, given: Any) -> list[str]:
        if not isinstance(given, list) or not given:
            raise self.error("“paragraphs” is a list of texts with one or more in it.")
        return [self.text({"paragraphs": one}, "paragraphs") for one in given]

    def _text_of(self, paragraphs: list[str]) -> GivenText:
        text = _BETWEEN.join(paragraphs)
        content = text.encode()
        if len(content) > TEXT_LIMIT:
            raise self.error(too_long(len(content), TEXT_LIMIT).replace("file", "text"))
        if not text.strip():
            raise self.error("Its paragraphs are empty. Give it a text.")
        try:
            return GivenText(content, parse(decode(content)), sha256(content).hexdigest())
        except TextError as error:
            raise self.error(str(error)) from error

    def _claim(self, claim: Any, paragraphs: list[str], begins: list[int], text: GivenText) -> LineClaim:
        if not isinstance(claim, dict):
            raise self.error(f"A claim is an object, not {shown(claim)}.")
        self._refuse_unknown(claim, _CLAIM_KEYS)
        status = self.text(claim, "status") or Claim.Status.ACCEPTED.value
        if status not in _STATUSES:
            raise self.error(f"A claim’s “status” is one of: {', '.join(Claim.Status.values)}; not {shown(status)}.")
        answers = claim.get("answers") or []
        if not isinstance(answers, list):
            raise self.error(f"A claim’s “answers” are a list, not {shown(answers)}.")
        return LineClaim(
            id=self.text(claim, "id"),
            source=self.text(claim, "source"),
            speaker=self.text(claim, "speaker"),
            cue=self.text(claim, "cue"),
            note=self.text(claim, "note"),
            status=status,
            answers=tuple(read_answer(answer, self.path, self.line.number) for answer in answers) if answers else (),
            spans=self._spans(claim, paragraphs, begins, text),
        )

    def _spans(
        self, claim: dict[str, Any], paragraphs: list[str], begins: list[int], text: GivenText
    ) -> tuple[BlockSpan, ...]:
        place, start, end = (self._number(claim, key) for key in ("paragraph", "start", "end"))
        if place >= len(paragraphs):
            raise self.error(f"There is no paragraph {place}: the first one is 0, the last {len(paragraphs) - 1}.")
        if not start < end <= len(paragraphs[place]):
            length = len(paragraphs[place])
            raise self.error(f"{start}–{end} is no passage of paragraph {place}, which has {length} code points.")
        spans = text.parsed.offsets.locate(begins[place] + start, begins[place] + end)
        if not spans:
            raise self.error(f"{start}–{end} of paragraph {place} holds no words.")
        return spans

    def _number(self, claim: dict[str, Any], key: str) -> int:
        value = claim.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.error(f"A claim’s “{key}” is a whole number from 0, not {shown(value)}.")
        return value

    def text(self, table: dict[str, Any], key: str) -> str:
        value = table.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.error(f"“{key}” is a text, not {shown(value)}.")
        if not is_text(value):
            raise self.error(f"“{key}” holds what is no text: {shown(value)}.")
        return value

    def _refuse_unknown(self, table: dict[str, Any], known: dict[str, None]) -> None:
        if table.keys() <= known.keys():
            return
        unknown = next(key for key in table if key not in known)
        near = get_close_matches(unknown, known, 1)
        hint = f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(known)}."
        raise self.error(f"“{shown(unknown)[1:-1]}” is not known here. {hint}")

    def error(self, message: str) -> ArticleFileError:
        return ArticleFileError(self.path, message, self.line.number)
