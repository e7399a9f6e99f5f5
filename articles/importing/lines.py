"""The run over JSON Lines: each line an article, in commits so short that editors need not wait.

A line that was imported before is known by its digest and passed over. What is new is made at once with its
neighbours (`new_articles`); whatever else there is goes the way of files (`articles`), each in its own transaction.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from django.db import DatabaseError, transaction

from articles.importing.article_lines import Line, LineArticle, LineClaim, read_article, read_lines
from articles.importing.articles import import_given
from articles.importing.files import ArticleFileError
from articles.importing.known_names import KnownNames, metadata_of
from articles.importing.new_articles import NamesLeft, make_articles
from articles.importing.outcomes import Imported, Outcome
from articles.importing.prepared import prepare
from articles.importing.web_annotation import Annotation, Target
from articles.models import Article, Changeset
from articles.text.offsets import BlockSpan

STANDARD_INPUT = "-"
# Lines that are looked up together, and bytes of them.
_TOGETHER, _BYTES = 200, 4_000_000
# A commit is to take no longer than 0.2 s: half of that is aimed at.
_AIM = 0.1


def import_lines(file: BinaryIO, path: Path) -> Iterator[Imported]:
    """The outcome of each line, in order. Holds some lines at a time. Raises ArticleFileError for a file that
    cannot be read any further; what came before it is done."""
    run = _Run(path)
    for lines in _together(read_lines(file, path)):
        yield from run.take(lines)


def is_lines(path: Path) -> bool:
    return path.suffix in {".jsonl", ".ndjson"} or str(path) == STANDARD_INPUT


def import_lines_of(path: Path) -> Iterator[Imported]:
    """The same of a file by its path; one that cannot be read fails as a whole."""
    try:
        with nullcontext(sys.stdin.buffer) if str(path) == STANDARD_INPUT else path.open("rb") as file:
            yield from import_lines(file, path)
    except OSError as error:
        yield Imported(path, Outcome.FAILED, notes=[f"{path}: The file cannot be read: {error.strerror}."])
    except ArticleFileError as error:
        yield Imported(path, Outcome.FAILED, notes=[str(error)])


def _together(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """No key stands twice in one of them: the second comes after the first."""
    some: list[Line] = []
    size, keys = 0, set[str]()
    for line in lines:
        if some and (len(some) == _TOGETHER or size + line.size > _BYTES or line.key in keys):
            yield some
            some, size, keys = [], 0, set()
        some.append(line)
        size += line.size
        if line.key:
            keys.add(line.key)
    if some:
        yield some


class _Run:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.names = KnownNames(path)
        self.pace = _Pace()

    def take(self, lines: Sequence[Line]) -> list[Imported]:
        known = _digests(line.key for line in lines if line.key)
        done = dict[int, Imported]()
        new, others = list[LineArticle](), list[LineArticle]()
        for line in lines:
            if line.digest and line.digest in known.get(line.key, ()):
                done[line.number] = Imported(line.place(self.path), Outcome.UNCHANGED)
                continue
            try:
                given = read_article(line, self.path)
                (others if line.key in known else new).append(given)
            except ArticleFileError as error:
                done[line.number] = self._failed(line, str(error))
        for some in self.pace.parts(new):
            made, left = self._make(some)
            done |= made
            others += left
        done |= {one.line.number: self._take_one(one) for one in others}
        return [done[line.number] for line in lines]

    def _make(self, some: Sequence[LineArticle]) -> tuple[dict[int, Imported], list[LineArticle]]:
        """What cannot be written all at once is left, to be taken one by one."""
        ready = [prepare(one, self.names) for one in some]
        try:
            with transaction.atomic():
                began = monotonic()
                made = make_articles(list(filter(None, ready)), self.names)
        except (DatabaseError, NamesLeft):
            self.names.forget()
            return {}, list(some)
        self.pace.note(some, monotonic() - began)
        return made, [one for one in some if one.line.number not in made]

    def _take_one(self, given: LineArticle) -> Imported:
        try:
            found = import_given(metadata_of(given, self.path), given.text, _annotations(given))
        except ArticleFileError as error:
            return self._failed(given.line, str(error))
        except DatabaseError as error:
            return self._failed(given.line, f"{given.line.place(self.path)}: the database refused it: {error}")
        found.path = given.line.place(self.path)
        return found

    def _failed(self, line: Line, why: str) -> Imported:
        return Imported(line.place(self.path), Outcome.FAILED, notes=[why])


def _digests(keys: Iterable[str]) -> dict[str, set[str]]:
    """For each of the keys that the desk knows, the digests of the lines that its versions were last imported from.
    Two queries."""
    articles = dict(Article.objects.filter(import_key__in=list(keys)).values_list("pk", "import_key"))
    said = Changeset.objects.last_tables(articles) if articles else {}
    found: dict[str, set[str]] = {key: set() for key in articles.values()}
    for article, table in said.items():
        found[articles[article]].add(table.get("line", ""))
    return found


def _annotations(given: LineArticle) -> list[Annotation]:
    return [
        Annotation(
            id=claim.id,
            line=given.line.number,
            source=claim.source,
            speaker=claim.speaker,
            cue=claim.cue,
            note=claim.note,
            status=claim.status,
            continues="",
            answers=claim.answers,
            targets=(_target(claim, given),),
        )
        for claim in given.claims
    ]


def _target(claim: LineClaim, given: LineArticle) -> Target:
    """Its words as they stand in the blocks, and where these came from in the text as given."""
    offsets = given.text.parsed.offsets
    start, _ = offsets.given(*_of(claim.spans[0]))
    _, end = offsets.given(*_of(claim.spans[-1]))
    return Target(id="", exact=" ".join(claim.quotes(given.text)), prefix="", suffix="", start=start, end=end)


def _of(span: BlockSpan) -> tuple[int, int, int]:
    return span.block, span.start, span.end


class _Pace:
    """How many rows one commit writes, by how long the one before took."""

    def __init__(self) -> None:
        self.most = 500.0

    def parts(self, articles: Sequence[LineArticle]) -> Iterator[list[LineArticle]]:
        part, rows = list[LineArticle](), 0
        for one in articles:
            if part and rows + _rows(one) > self.most:
                yield part
                part, rows = [], 0
            part.append(one)
            rows += _rows(one)
        if part:
            yield part

    def note(self, articles: Sequence[LineArticle], seconds: float) -> None:
        """A few rows at the end of a portion say nothing of many, unless they took too long."""
        if sum(map(_rows, articles)) > self.most / 2 or seconds > _AIM:
            self.most *= min(2, max(0.5, _AIM / seconds))


def _rows(article: LineArticle) -> int:
    return 4 + len(article.text.parsed.blocks) + 2 * len(article.claims)
