"""Quotes: the words of a highlight with what stands around them, and finding them again."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import eq

# The length that the W3C's Web Annotation examples and Hypothesis use, in code points.
CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote stands: index of the block, code points in it, half open."""

    block: int
    start: int
    end: int


def context(text: str, start: int, end: int, length: int = CONTEXT) -> tuple[str, str]:
    """What stands right before and right after a span: at most `length` code points of each."""
    return text[max(0, start - length) : start], text[end : end + length]


def find(
    blocks: Sequence[str], quote: str, prefix: str = "", suffix: str = "", near: tuple[int, int] | None = None
) -> Found | None:
    """The place of the exact quote, or None where there is none or where it would have to be guessed.

    `near` (block, start) settles it if the quote stands right there. Otherwise a quote that occurs
    once is found there, and one that occurs several times where more code points of its context
    agree, counted outwards from the quote, than anywhere else.
    """
    quote = unicodedata.normalize("NFC", quote)
    if not quote:
        return None
    places = list(_occurrences(blocks, quote))
    for place in places:
        if (place.block, place.start) == near:
            return place
    if len(places) < 2:
        return places[0] if places else None
    return _leader(blocks, places, unicodedata.normalize("NFC", prefix), unicodedata.normalize("NFC", suffix))


def _occurrences(blocks: Sequence[str], quote: str) -> Iterator[Found]:
    for index, text in enumerate(blocks):
        start = text.find(quote)
        while start >= 0:
            yield Found(index, start, start + len(quote))
            start = text.find(quote, start + 1)


def _leader(blocks: Sequence[str], places: Sequence[Found], prefix: str, suffix: str) -> Found | None:
    def score(place: Found) -> int:
        text = blocks[place.block]
        before, _ = context(text, place.start, place.end, len(prefix))
        _, after = context(text, place.start, place.end, len(suffix))
        return _agreeing(before[::-1], prefix[::-1]) + _agreeing(after, suffix)

    first, second = sorted(places, key=score, reverse=True)[:2]
    return first if score(first) > score(second) else None


def _agreeing(one: str, other: str) -> int:
    return sum(takewhile(bool, map(eq, one, other)))
