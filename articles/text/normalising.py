"""Normalising: white space folded, NFC, with the origin of every code point."""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# White space that becomes one space. A single no-break space is typography that a writer chose; it stays.
_FOLDED = re.compile(r"\s{2,}|[^\S \u00a0\u202f]")
# The first code point that can change what stands before it.
_FIRST_MARK = "\u0300"
# More code points than one character has in any language (UAX 15, stream-safe).
_LONG_RUN = 32


@dataclass(slots=True)
class Normalised:
    """A text, and for each of its code points the range of the given text that it came from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def normalise(given: str, offset: int) -> Normalised:
    """`given` begins at `offset` of the text as given and has no outer white space."""
    if unicodedata.is_normalized("NFC", given) and not _has_folds(given):
        return Normalised(given, range(offset, offset + len(given)), range(offset + 1, offset + len(given) + 1))
    places = _Places()
    parts: list[str] = []
    position = 0
    for space in _FOLDED.finditer(given):
        parts.append(_add_words(places, given[position : space.start()], offset + position))
        parts.append(" ")
        places.add(1, offset + space.start(), offset + space.end())
        position = space.end()
    parts.append(_add_words(places, given[position:], offset + position))
    return Normalised("".join(parts), places.starts, places.ends)


def _has_folds(given: str) -> bool:
    """Of white space only a single blank is printable, which is seen at once; else it is looked for."""
    return not (given.isprintable() and "  " not in given) and bool(_FOLDED.search(given))


class _Places:
    def __init__(self) -> None:
        self.starts = array("L")
        self.ends = array("L")

    def add(self, count: int, start: int, end: int) -> None:
        """`count` code points that all came from the same range."""
        self.starts.extend([start] * count)
        self.ends.extend([end] * count)

    def add_each(self, count: int, start: int) -> None:
        """Code points that stay as they are."""
        self.starts.extend(range(start, start + count))
        self.ends.extend(range(start + 1, start + count + 1))


def _add_words(places: _Places, words: str, offset: int) -> str:
    """NFC never composes at white space: `words` can be normalised by themselves."""
    if unicodedata.is_normalized("NFC", words):
        places.add_each(len(words), offset)
        return words
    return "".join(_add_run(places, run, offset + start) for start, run in _runs(words))


def _add_run(places: _Places, run: str, offset: int) -> str:
    composed = unicodedata.normalize("NFC", _sorted(run) if len(run) > _LONG_RUN else run)
    if composed == run:
        places.add_each(len(run), offset)
    else:
        places.add(len(composed), offset, offset + len(run))
    return composed


def _sorted(run: str) -> str:
    """Taken apart, with its marks, which follow its starters, in canonical order. `normalize` takes quadratic time."""
    apart = "".join(unicodedata.normalize("NFD", one) for one in run)
    return "".join(sorted(apart, key=unicodedata.combining))


def _runs(words: str) -> Iterator[tuple[int, str]]:
    """Cut wherever NFC changes nothing across the cut (Unicode Standard Annex 15, section 9): no mark, for one,
    composes with a blank before it."""
    start = 0
    for index in range(1, len(words)):
        cut = words[index] < _FIRST_MARK or words[index - 1].isspace()
        if cut or _stands_apart(words[max(start, index - _LONG_RUN) : index], words[index]):
            yield start, words[start:index]
            start = index
    yield start, words[start:]


def _stands_apart(before: str, following: str) -> bool:
    """Only what begins with no mark can, and composes with nothing but the last starter and its few marks."""
    apart = unicodedata.normalize("NFD", following)
    if unicodedata.combining(apart[0]) > 0:
        return False
    together = unicodedata.normalize("NFC", before + following)
    return together == unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", following)
