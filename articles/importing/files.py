"""Files: which articles and stories a folder holds, and the one error that reading them raises. No database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any, TypeGuard

MEGABYTE = 1_000_000
TEXT_LIMIT = 10 * MEGABYTE
SIDECAR_LIMIT = 50 * MEGABYTE


class ArticleFileError(Exception):
    """A file that cannot be imported. Says which, in which line where there is one, and what to do."""

    def __init__(self, path: Path, message: str, line: int | None = None) -> None:
        super().__init__(f"{path}, line {line}: {message}" if line else f"{path}: {message}")
        self.path, self.line, self.message = path, line, message


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A text and what lies beside it. `key` is its path relative to the imported folder, without `.txt`."""

    key: str
    text: Path
    metadata: Path | None
    annotations: Path | None


def article_files(paths: Sequence[Path]) -> list[ArticleFile]:
    """The texts in these files and folders. Raises ArticleFileError for a path that is not there or holds none."""
    return [file for path in paths for file in _articles_in(path)]


def _articles_in(path: Path) -> Iterator[ArticleFile]:
    if path.is_dir():
        texts = sorted(path.rglob("*.txt"))
        if not texts:
            raise ArticleFileError(path, "There is no .txt file in this folder. Name a folder that holds reports.")
    elif path.is_file():
        texts = [path] if path.suffix == ".txt" else []
    else:
        raise ArticleFileError(path, "There is no such file or folder. Check the path.")
    root = path if path.is_dir() else path.parent
    for text in texts:
        key = text.relative_to(root).with_suffix("").as_posix()
        yield ArticleFile(key, text, _beside(text, ".toml"), _beside(text, ".jsonld"))


def _beside(text: Path, suffix: str) -> Path | None:
    path = text.with_suffix(suffix)
    return path if path.is_file() else None


def story_files(folders: Iterable[Path]) -> list[Path]:
    """The `.toml` files in these folders that no text of the same name stands beside: one story each."""
    found = {toml for folder in folders for toml in folder.rglob("*.toml")}
    return sorted(toml for toml in found if not toml.with_suffix(".txt").exists())


def read_bytes(path: Path, limit: int, advice: str = "Split it.") -> bytes:
    """Raises ArticleFileError for a file over the limit, before reading it, and for one that cannot be read."""
    try:
        size = path.stat().st_size
        if size > limit:
            raise ArticleFileError(path, too_long(size, limit, advice))
        return path.read_bytes()
    except OSError as error:
        raise ArticleFileError(path, f"The file cannot be read: {error.strerror}.") from error


def too_long(size: int, limit: int, advice: str = "Split it.") -> str:
    """The size is rounded up: what is over the limit is not said to be as long as that."""
    return f"The file has {ceil(size * 10 / MEGABYTE) / 10:g} MB; at most {limit // MEGABYTE} MB are read. {advice}"


def read_text(path: Path, limit: int = SIDECAR_LIMIT) -> str:
    """A sidecar's text. Raises ArticleFileError also for what is not UTF-8."""
    try:
        return read_bytes(path, limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleFileError(path, f"Not UTF-8 at byte {error.start}. Save the file as UTF-8.") from error


def is_text(value: Any) -> TypeGuard[str]:
    """What can be printed holds no zero bytes and no halves of characters, and is known to at once."""
    if not isinstance(value, str):
        return False
    return value.isprintable() or not ("\x00" in value or any("\ud800" <= one <= "\udfff" for one in value))


def shown(value: Any) -> str:
    """Its first 60 characters. What is nested too deep and a number of over 4300 digits cannot be written out."""
    try:
        return f"{value!r:.60}"
    except (RecursionError, ValueError):
        return "this one"
