"""Differences: which words of a text are gone from it, and which are new."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word with its marks and inner apostrophes and hyphens; a run of white space; any other sign by itself.
_LETTERS = r"\w[\w\u0300-\u036f]*(?:[’'-]\w+)*"
_TOKEN = re.compile(rf"{_LETTERS}|\s+|.", re.DOTALL)
# The same with the blanks before it, which halves what is to be compared.
_GLUED = re.compile(rf"\s*(?:{_LETTERS}|\S)|\s+")
_BLANKS = re.compile(r"\s*")
_WORD = re.compile(r"\s*\w")
# Stretches without a word in common that only they have are compared token by token if they are no longer than this.
_CELLS = 250_000
# What stays the same between two changes is shown as such only if it is longer than they are, or as many words.
_WORDS_THAT_STAND = 3

# Where a run of tokens begins in the one and in the other, and its length.
_Run = tuple[int, int, int]


class Change(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    change: Change
    words: str


def tokens(text: str) -> list[str]:
    """The text in words, blanks and single signs; joined they are the text."""
    return _TOKEN.findall(text)


def differences(old: str, new: str) -> list[Piece]:
    """The pieces that are the same and gone, joined, are `old`; those that are the same and new, `new`.

    Where words were replaced, the old ones come first. What is gone from the one to the other is just what is new the
    other way round. Words that both have once are looked for first, so texts of thousands of words take milliseconds.
    """
    if old == new:
        return [Piece(Change.SAME, old)] if old else []
    before, after = _GLUED.findall(old), _GLUED.findall(new)
    pieces: list[Piece] = []
    at = new_at = 0
    for start, new_start, size in [*_standing(before, after), (len(before), len(after), 0)]:
        _add(pieces, *_parted("".join(before[at:start]), "".join(after[new_at:new_start])))
        at, new_at = start + size, new_start + size
        _add(pieces, "".join(before[start:at]), "", "")
    return pieces


def in_one_order(places: Sequence[int]) -> list[int]:
    """The indexes of a longest rising run of these numbers, all different."""
    ends: list[int] = []
    lasts: list[int] = []
    earlier: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        ends[length : length + 1], lasts[length : length + 1] = [place], [index]
        earlier.append(lasts[length - 1] if length else -1)
    run: list[int] = []
    index = lasts[-1] if lasts else -1
    while index >= 0:
        run.append(index)
        index = earlier[index]
    return run[::-1]


def _parted(gone: str, new: str) -> tuple[str, str, str]:
    """The blanks with which both begin, and the rest of both."""
    blanks, others = (match[0] if (match := _BLANKS.match(words)) else "" for words in (gone, new))
    length = len(blanks) if blanks == others else 0
    return gone[:length], gone[length:], new[length:]


def _add(pieces: list[Piece], same: str, gone: str, new: str) -> None:
    if same and pieces and pieces[-1].change is Change.SAME:
        same = pieces.pop().words + same
    for change, words in ((Change.SAME, same), (Change.GONE, gone), (Change.NEW, new)):
        if words:
            pieces.append(Piece(change, words))


def _standing(before: list[str], after: list[str]) -> list[_Run]:
    """The runs that are the same, but for crumbs. Computed in one direction only, so that both give the same."""
    if before > after:
        return [(start, other, size) for other, start, size in _standing(after, before)]
    runs: list[_Run] = []
    for run in sorted(_same(before, after)):
        start, new_start, size = runs[-1] if runs else (0, 0, 0)
        if runs and (start + size, new_start + size) == run[:2]:
            runs[-1] = (start, new_start, size + run[2])
        else:
            runs.append(run)
    return _without_crumbs(runs, before, after)


def _same(before: Sequence[str], after: Sequence[str]) -> Iterator[_Run]:
    length = min(len(before), len(after))
    head = next((at for at in range(length) if before[at] != after[at]), length)
    tail = next((at for at in range(length - head) if before[-1 - at] != after[-1 - at]), length - head)
    if head:
        yield 0, 0, head
    if tail:
        yield len(before) - tail, len(after) - tail, tail
    last, new_last = len(before) - tail, len(after) - tail
    at, new_at = head, head
    for start, new_start in [*_landmarks(before[head:last], after[head:new_last], head), (last, new_last)]:
        yield from _between(before, after, (at, start), (new_at, new_start))
        if start < last:
            yield start, new_start, 1
        at, new_at = start + 1, new_start + 1


def _landmarks(before: Sequence[str], after: Sequence[str], offset: int) -> list[tuple[int, int]]:
    """The places of words that both have just once, as many as stand in the same order in both."""
    once, other = _once(before), _once(after)
    shared = [(start, other[word]) for word, start in once.items() if word in other]
    chosen = in_one_order([new for _, new in shared])
    return [(shared[index][0] + offset, shared[index][1] + offset) for index in chosen]


def _once(words: Sequence[str]) -> dict[str, int]:
    counts = Counter(words)
    return {word: at for at, word in enumerate(words) if counts[word] == 1 and _WORD.match(word)}


def _between(
    before: Sequence[str], after: Sequence[str], part: tuple[int, int], new_part: tuple[int, int]
) -> Iterator[_Run]:
    one, other = before[slice(*part)], after[slice(*new_part)]
    if not one or not other:
        return
    if one == other:
        yield part[0], new_part[0], len(one)
    elif len(one) * len(other) <= _CELLS:
        for run in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()[:-1]:
            yield run.a + part[0], run.b + new_part[0], run.size


def _without_crumbs(runs: Sequence[_Run], before: Sequence[str], after: Sequence[str]) -> list[_Run]:
    """Without the runs between two changes that are blanks and signs alone, or a word or two beside longer changes:
    a sentence that was written anew reads better as a whole."""
    kept: list[_Run] = []
    for index, run in enumerate(runs):
        start, new_start, size = run
        end, new_end = start + size, new_start + size
        last = kept[-1] if kept else (0, 0, 0)
        following = runs[index + 1] if index + 1 < len(runs) else (len(before), len(after), 0)
        left = max(start - last[0] - last[2], new_start - last[1] - last[2])
        right = max(following[0] - end, following[1] - new_end)
        words = sum(1 for token in before[start:end] if _WORD.match(token))
        is_crumb = words == 0 or (words < _WORDS_THAT_STAND and size <= min(left, right))
        if not (left and right and is_crumb):
            kept.append(run)
    return kept
