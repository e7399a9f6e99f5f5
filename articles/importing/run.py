"""The run over many files: stories first, then articles, each after the one that it revises."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path

from django.db import DatabaseError, IntegrityError
from django.utils.text import slugify

from articles.importing.articles import import_article
from articles.importing.files import ArticleFile, ArticleFileError, article_files, story_files
from articles.importing.metadata import Metadata
from articles.importing.outcomes import Imported, Outcome
from articles.importing.sidecars import ArticleData, read_article
from articles.importing.stories import import_story

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Job:
    """One file to import."""

    path: Path
    work: Callable[[], Imported]

    def run(self) -> Imported:
        """A file that cannot be imported leaves nothing behind, and is no reason to stop."""
        try:
            return self._work()
        except ArticleFileError as error:
            return Imported(self.path, Outcome.FAILED, notes=[str(error)])
        except DatabaseError as error:
            return Imported(self.path, Outcome.FAILED, notes=[f"{self.path}: the database refused it: {error}"])

    def _work(self) -> Imported:
        try:
            return self.work()
        except IntegrityError:
            # Where two can write at once, another may have imported the same a moment ago. Now it is seen.
            return self.work()


@dataclass(frozen=True, slots=True)
class _Read:
    file: ArticleFile
    data: ArticleData

    @property
    def key(self) -> str:
        return self.data.id or self.file.key


def plan(paths: Sequence[Path]) -> list[Job]:
    """What there is to import in these files and folders, in order; each that cannot be is a job that fails."""
    failed: list[Job] = []
    files: list[ArticleFile] = []
    named: list[Path] = []
    for path in paths:
        try:
            files += article_files([path])
            named += _stories(path)
        except ArticleFileError as error:
            failed.append(_failing(path, error))
    unread, read = _read_all(files)
    stories = {path.resolve(): path for path in chain(named, _stories_of(read))}
    described = frozenset(slugify(path.stem, allow_unicode=True) for path in stories.values())
    return [*failed, *map(_story_job, stories.values()), *unread, *_in_order(read, described)]


def _stories(path: Path) -> list[Path]:
    """Those in a folder; of a file that is no text, itself."""
    if path.is_dir():
        return story_files([path])
    if path.suffix == ".txt":
        return []
    if (text := path.with_suffix(".txt")).exists():
        raise ArticleFileError(path, f"It goes with a text. Name that one: {text}")
    if path.suffix != ".toml":
        raise ArticleFileError(path, "This is neither a text (.txt) nor a story (.toml).")
    return [path]


def _stories_of(read: Mapping[str, _Read]) -> Iterator[Path]:
    """Beside each text, also one that is named by itself: the file of its story, and no other."""
    for one in read.values():
        name = one.data.story
        # No path, and no longer than the name of a file can be.
        if not name or Path(name).name != name or len(name.encode()) > _LONGEST_NAME:
            continue
        beside = one.file.text.parent / f"{name}.toml"
        if beside.is_file() and not beside.with_suffix(".txt").exists():
            yield beside


def _story_job(path: Path) -> Job:
    return Job(path, lambda: import_story(path))


def _failing(path: Path, error: ArticleFileError) -> Job:
    def fail() -> Imported:
        raise error

    return Job(path, fail)


def _read_all(files: Sequence[ArticleFile]) -> tuple[list[Job], dict[str, _Read]]:
    """The files by their keys, and a failing job for each whose metadata or key is no good."""
    failed: list[Job] = []
    read: dict[str, _Read] = {}
    for file in files:
        try:
            one = _Read(file, read_article(file.metadata) if file.metadata else ArticleData())
        except ArticleFileError as error:
            failed.append(_failing(file.text, error))
            continue
        other = read.setdefault(one.key, one)
        if other is not one and other.file.text.resolve() != file.text.resolve():
            message = f"It has the key “{one.key}”, and so has {other.file.text}. Give one of them another “id”."
            failed.append(_failing(file.text, Metadata(file, one.data).error(message, "id")))
    return failed, read


def _in_order(read: Mapping[str, _Read], described: frozenset[str]) -> Iterator[Job]:
    """Each after the one that it revises; those that revise each other in a circle fail."""
    sorter = TopologicalSorter({key: {one.data.revises} & read.keys() for key, one in read.items()})
    try:
        yield from [_article_job(read[key], described) for key in sorter.static_order()]
    except CycleError as error:
        circle = sorted(set(error.args[1]))
        for one in (read[key] for key in circle):
            message = f"These revise each other in a circle: {', '.join(circle)}. Take one “revises” out."
            yield _failing(one.file.text, Metadata(one.file, one.data).error(message, "revises"))
        yield from _in_order({key: one for key, one in read.items() if key not in circle}, described)


def _article_job(one: _Read, described: frozenset[str]) -> Job:
    return Job(one.file.text, lambda: import_article(Metadata(one.file, one.data, described)))
