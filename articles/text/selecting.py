"""Selecting: what is meant by a selection in a text, in whole words and sentences.

All offsets count code points of a text in NFC on one line; spans are half open.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from articles.text.sentences import sentence_ends

Span = tuple[int, int]

# Between two characters of a word they belong to it: U.S, 3,000, self-defence, n’t, 24/7.
_JOINERS = frozenset("'’-‑.,/")
_ZERO_WIDTH_JOINER = "\u200d"
_ZERO_WIDTH_SPACE = "\u200b"
# Latin, Cyrillic and punctuation, of which each code point is a character: most texts have no other.
_PLAIN = re.compile("[\0-\xac\xae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")


def tokens(text: str) -> list[Span]:
    """The words and symbols in order; together they hold all that is not blank.

    A word is a run of letters and digits, with what extends them and with single joiners between them. Every other
    character is a token of its own. Runs in linear time.
    """
    found: list[Span] = []
    grows = False
    for before, one, after in _with_neighbours(text):
        in_word = _in_word(text, one) or (_joins(text, one) and _in_word(text, before) and _in_word(text, after))
        if in_word and grows:
            found[-1] = (found[-1][0], one[1])
        elif not _is_blank(text[one[0]]):
            found.append(one)
        grows = in_word
    return found


def snapped(text: str, start: int, end: int, *, exact: bool = False) -> Span | None:
    """The words and symbols that a selection touches, without outer white space; None if it touches none.

    The selection may be out of range and either way round; an empty one touches nothing. `exact` takes characters
    in place of words, but never one without what extends it. Linear in the text, as are all functions here.
    """
    start, end = sorted((start, end))
    units = _visible(text) if exact else tokens(text)
    touched = [unit for unit in units if unit[0] < end and start < unit[1] and start < end]
    return (touched[0][0], touched[-1][1]) if touched else None


def moved(text: str, start: int, end: int, edge: Literal["start", "end"], by: int) -> Span:
    """The span with one edge so many tokens further on; negative moves it towards the beginning of the text.

    At least one token stays in the span, and both edges come to lie on the bounds of tokens. A text that is all
    blank gives the span as it is.
    """
    units = tokens(text)
    if not units:
        return start, end
    starts, ends = [unit[0] for unit in units], [unit[1] for unit in units]
    start, end = snapped(text, start, end, exact=True) or units[min(bisect_right(ends, start), len(units) - 1)]
    first, last = bisect_right(starts, start) - 1, bisect_left(ends, end)
    # An edge within a word reaches the near side of that word with its first step.
    if edge == "start":
        place = (bisect_left(starts, start) if by < 0 else first) + by
        first = min(max(place, 0), last)
    else:
        place = (bisect_right(ends, end) - 1 if by > 0 else last) + by
        last = max(min(place, len(units) - 1), first)
    return starts[first], ends[last]


def sentence_around(text: str, start: int, end: int) -> Span:
    """From the beginning of the sentence that holds the start to the end of the one that holds the end."""
    start, end = snapped(text, start, end, exact=True) or (min(start, end), max(start, end))
    ends = list(sentence_ends(text))
    begun = ends[: bisect_right(ends, start)]
    first = begun[-1] if begun else 0
    unfinished = ends[bisect_left(ends, max(end, start + 1)) :]
    last = unfinished[0] if unfinished else len(text)
    return snapped(text, first, last, exact=True) or (first, last)


def _with_neighbours(text: str) -> Iterator[tuple[Span, Span, Span]]:
    """Every character with the one before and the one after; outside of the text these are empty."""
    spans = [(0, 0), *_characters(text), (len(text), len(text))]
    return ((before, one, after) for (before, one), (_, after) in pairwise(pairwise(spans)))


def _visible(text: str) -> list[Span]:
    return [span for span in _characters(text) if not _is_blank(text[span[0]])]


def _characters(text: str) -> Iterator[Span]:
    """Characters as readers see them: code points with those that extend them (Unicode Standard Annex 29, nearly)."""
    if _PLAIN.fullmatch(text):
        yield from pairwise(range(len(text) + 1))
        return
    start = 0
    for index in range(1, len(text)):
        if not _is_part_of(text, start, index):
            yield start, index
            start = index
    if text:
        yield start, len(text)


def _is_part_of(text: str, start: int, index: int) -> bool:
    """Does the code point at `index` belong to the character that begins at `start` and reaches up to it?"""
    first, one = text[start], text[index]
    if _is_blank(first):
        return False
    if _extends(one):
        return True
    if text[index - 1] == _ZERO_WIDTH_JOINER:
        return _is_symbol(first) and _is_symbol(one)
    return index == start + 1 and _is_regional(first) and _is_regional(one)


def _in_word(text: str, span: Span) -> bool:
    return text[span[0] : span[0] + 1].isalnum()


def _joins(text: str, span: Span) -> bool:
    return text[span[0] : span[1]] in _JOINERS


def _is_blank(one: str) -> bool:
    return one.isspace() or one == _ZERO_WIDTH_SPACE


@lru_cache(4096)
def _extends(one: str) -> bool:
    """Marks, variation selectors and keycaps are in categories M, joiners and tags in Cf; then skin tones, and the
    vowels and finals of old Hangul."""
    category = unicodedata.category(one)
    return (
        category[0] == "M"
        or (category == "Cf" and one != _ZERO_WIDTH_SPACE)
        or "\U0001f3fb" <= one <= "\U0001f3ff"
        or "\u1160" <= one <= "\u11ff"
    )


@lru_cache(4096)
def _is_symbol(one: str) -> bool:
    """What sequences with a joiner are made of; newer emoji have no category yet."""
    return unicodedata.category(one) in {"So", "Sm", "Cn"}


def _is_regional(one: str) -> bool:
    """Two of these are a flag."""
    return "\U0001f1e6" <= one <= "\U0001f1ff"
