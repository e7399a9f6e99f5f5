"""Normalising: white space folded, NFC, with the origin of every code point."""

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

_SPACE = re.compile(r"\s+")
# A single one of these is typography that a writer chose; it stays.
_KEPT_SPACES = {"\u00a0", "\u202f"}


@dataclass(slots=True)
class Normalised:
    """A text, and for each of its code points the range of the given text that it came from."""

    text: str
    starts: "array[int]" = field(default_factory=lambda: array("L"))
    ends: "array[int]" = field(default_factory=lambda: array("L"))


def normalise(given: str, offset: int) -> Normalised:
    """`given` begins at `offset` of the text as given and has no outer white space."""
    parts: list[str] = []
    result = Normalised("")
    position = 0
    for space in _SPACE.finditer(given):
        parts.append(_add_words(result, given[position : space.start()], offset + position))
        parts.append(space.group() if space.group() in _KEPT_SPACES else " ")
        _add(result, 1, offset + space.start(), offset + space.end())
        position = space.end()
    parts.append(_add_words(result, given[position:], offset + position))
    result.text = "".join(parts)
    return result


def _add_words(result: Normalised, words: str, offset: int) -> str:
    """Without white space, at which NFC never composes: `words` can be normalised by themselves."""
    if unicodedata.is_normalized("NFC", words):
        result.starts.extend(range(offset, offset + len(words)))
        result.ends.extend(range(offset + 1, offset + len(words) + 1))
        return words
    return "".join(_add_run(result, run, offset + start) for start, run in _runs(words))


def _add_run(result: Normalised, run: str, offset: int) -> str:
    composed = unicodedata.normalize("NFC", run)
    if composed == run:
        for index in range(len(run)):
            _add(result, 1, offset + index, offset + index + 1)
    else:
        _add(result, len(composed), offset, offset + len(run))
    return composed


def _add(result: Normalised, count: int, start: int, end: int) -> None:
    result.starts.extend([start] * count)
    result.ends.extend([end] * count)


def _runs(words: str) -> Iterator[tuple[int, str]]:
    """Cut wherever NFC changes nothing across the cut (Unicode Standard Annex 15, section 9)."""
    start = 0
    for index in range(1, len(words)):
        if unicodedata.combining(words[index]) == 0 and not _composes(words[start:index], words[index]):
            yield start, words[start:index]
            start = index
    yield start, words[start:]


def _composes(run: str, following: str) -> bool:
    """Only the last starter of a run can take part, so its last 32 code points tell (UAX 15, stream-safe)."""
    tail = run[-32:]
    apart = unicodedata.normalize("NFC", tail) + unicodedata.normalize("NFC", following)
    return unicodedata.normalize("NFC", tail + following) != apart
