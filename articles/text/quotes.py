"""Quotes: the words of a highlight with what stands around them, and finding them again."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher, get_close_matches
from itertools import takewhile
from operator import eq
from typing import NamedTuple

from articles.text.normalising import normalise

# The length that the W3C's Web Annotation examples and Hypothesis use, in code points.
CONTEXT = 32
# Of the words of a quote and a passage together, the part that stands in both in the same order: less is no likeness.
LEAST_LIKENESS = 0.5
# Of two spellings of a word, by their letters.
_LEAST_LIKENESS_OF_WORDS = 0.75
# What keeps the search short whatever the text: windows looked at, words respelt, spellings compared with each.
_LOOKED_AT, _RESPELT, _COMPARED = 12, 20, 500
# Of a longer quote the beginning is looked for, in code points.
LONGEST = 1500
_MARKS = "\"'’“”‘«»‹›„‚()[].,;:!?…؟،؛۔।"
_WORD = re.compile(r"[^\s—–]+")
# One for one, so that places stay what they are.
_FOLDED = str.maketrans("’‘‚‛“”„‟\u00a0\u202f", "''''\"\"\"\"  ")


class Found(NamedTuple):
    """Where a quote stands: index of the block, code points in it, half open."""

    block: int
    start: int
    end: int


class _Word(NamedTuple):
    """A word by its letters, where these stand, and where they stand with the marks around them."""

    letters: str
    start: int
    end: int
    outer_start: int
    outer_end: int


def context(text: str, start: int, end: int, length: int = CONTEXT) -> tuple[str, str]:
    """What stands right before and right after a span: at most `length` code points of each."""
    return text[max(0, start - length) : start], text[end : end + length]


def unique_context(text: str, start: int, end: int, length: int = CONTEXT) -> tuple[str, str]:
    """The same, but longer where that is needed to tell the span from all others in the text."""
    while True:
        prefix, suffix = context(text, start, end, length)
        wanted = prefix + text[start:end] + suffix
        if text.find(wanted) == start - len(prefix) and text.find(wanted, start - len(prefix) + 1) < 0:
            return prefix, suffix
        length *= 2


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


def occurrences(blocks: Sequence[str], quote: str) -> list[Found]:
    """All places of a quote that somebody typed or pasted, in order; they may overlap.

    The quote is normalised as the texts were. Curly and straight quotation marks count as the same, and so do spaces
    that break and that do not.
    """
    quote = normalise(quote.strip(), 0).text.translate(_FOLDED)
    return list(_occurrences([text.translate(_FOLDED) for text in blocks], quote)) if quote else []


def closest(blocks: Sequence[str], quote: str, limit: int = 3) -> list[Found]:
    """The passages most like a quote that is nowhere found word for word, best first; they do not overlap.

    Windows of as many words as the quote has are ranked by the words they share with it; of the best of these the
    likeness is `difflib`'s ratio by words, at least LEAST_LIKENESS. Takes some 20 to 50 ms for
    5,000 words.
    """
    quote = unicodedata.normalize("NFC", quote.strip()[:LONGEST])
    texts = [_words(text) for text in blocks]
    wanted = _respelt([word.letters for word in _words(quote)], {word.letters for words in texts for word in words})
    found: list[tuple[float, Found]] = []
    for block, start in _windows(texts, wanted):
        likeness, words = _passage(texts[block], start, wanted)
        if likeness >= LEAST_LIKENESS:
            found.append((-likeness, _placed(block, words, quote)))
    return _apart(place for _, place in sorted(found))[:limit]


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


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    for match in _WORD.finditer(text.translate(_FOLDED)):
        chunk = match[0]
        start = match.end() - len(chunk.lstrip(_MARKS))
        letters = chunk.strip(_MARKS)
        if letters:
            words.append(_Word(letters.casefold(), start, start + len(letters), match.start(), match.end()))
    return words


def _respelt(wanted: Sequence[str], known: Iterable[str]) -> list[str]:
    """The words, but for those that the texts do not have: the first few of these as the texts spell what begins
    with the same letter and looks much the same."""
    by_initial: dict[str, list[str]] = defaultdict(list)
    for word in sorted(known):
        by_initial[word[0]].append(word)
    spelt: dict[str, str] = {}
    for word in wanted:
        if word not in by_initial[word[0]] and len(spelt) < _RESPELT:
            like = [one for one in by_initial[word[0]] if abs(len(one) - len(word)) <= 2][:_COMPARED]
            spelt[word] = next(iter(get_close_matches(word, like, 1, _LEAST_LIKENESS_OF_WORDS)), word)
    return [spelt.get(word, word) for word in wanted]


def _windows(texts: Sequence[Sequence[_Word]], wanted: Sequence[str]) -> list[tuple[int, int]]:
    """The places, of block and word, from which on there are the most words of the quote; not close to each other."""
    scored = [(-shared, block, at) for block, words in enumerate(texts) for shared, at in _shared(words, wanted)]
    chosen: list[tuple[int, int]] = []
    for shared, block, at in sorted(scored):
        # A passage with less than a third of the words cannot be like enough.
        if len(chosen) == _LOOKED_AT or -shared * 3 < len(wanted):
            break
        if not any(block == other and abs(at - place) * 2 <= len(wanted) for other, place in chosen):
            chosen.append((block, at))
    return chosen


def _shared(words: Sequence[_Word], wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """For each window as long as the quote: how many of its words the quote has too, and where it begins."""
    needed, seen, shared = Counter(wanted), Counter[str](), 0
    for index, word in enumerate(words):
        seen[word.letters] += 1
        shared += seen[word.letters] <= needed[word.letters]
        if index >= len(wanted):
            left = words[index - len(wanted)].letters
            shared -= seen[left] <= needed[left]
            seen[left] -= 1
        if shared and (index >= len(wanted) - 1 or index == len(words) - 1):
            yield shared, max(0, index - len(wanted) + 1)


def _passage(words: Sequence[_Word], start: int, wanted: Sequence[str]) -> tuple[float, Sequence[_Word]]:
    """The likest run of words in and around a window. It begins and ends with words of the quote, but not
    necessarily with the first and last that are found: a stray “the” is better left out. In a long quote words that
    recur all the time count only beside others, which keeps `difflib` from quadratic work."""
    around = words[max(0, start - len(wanted) // 2 - 1) : start + len(wanted) * 3 // 2 + 1]
    same = SequenceMatcher(None, wanted, [word.letters for word in around]).get_matching_blocks()[:-1]

    def likeness(edges: tuple[int, int]) -> float:
        runs = same[edges[0] : edges[1]]
        length = runs[-1].b + runs[-1].size - runs[0].b
        return 2 * sum(run.size for run in runs) / (len(wanted) + length)

    count = len(same)
    pairs = [(i, j) for i in range(min(4, count)) for j in range(max(i, count - 4) + 1, count + 1)]
    if not pairs:
        return 0.0, ()
    first, last = max(pairs, key=likeness)
    return likeness((first, last)), around[same[first].b : same[last - 1].b + same[last - 1].size]


def _placed(block: int, words: Sequence[_Word], quote: str) -> Found:
    """With the marks around it if the quote has some there."""
    start = words[0].outer_start if quote[0] in _MARKS else words[0].start
    end = words[-1].outer_end if quote[-1] in _MARKS else words[-1].end
    return Found(block, start, end)


def _apart(places: Iterable[Found]) -> list[Found]:
    kept: list[Found] = []
    for place in places:
        if not any(place.block == one.block and place.start < one.end and one.start < place.end for one in kept):
            kept.append(place)
    return kept
