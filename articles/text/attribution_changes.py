"""Attribution: what stands beside a passage and says whose words it is, and whether a later version says otherwise."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Set
from functools import lru_cache
from typing import NamedTuple

from articles.text.comparing import Kind, stretches
from articles.text.cues import cues_in
from articles.text.differences import tokens
from articles.text.kinds import OPENING_MARKS
from articles.text.names_beside import TITLES, is_named, names_another, own_name
from articles.text.sentences import sentence_ends

# What is left out when speakers are compared: “the official” is “this official”.
LITTLE_WORDS = frozenset({"a", "an", "the", "this", "that", "these", "those", "another"})
_OPENING = re.compile(f"[{OPENING_MARKS}]")
_NOT_OTHERWISE = frozenset({Kind.SAME, Kind.TYPOGRAPHIC})


class Passage(NamedTuple):
    """A span of a text, in code points."""

    text: str
    start: int
    end: int


class Beside(NamedTuple):
    """The sentences of a passage, but for the passage itself."""

    before: str
    after: str


def names_in(speaker: str) -> set[str]:
    """The words of a speaker's name or description that tell something. A title alone is all that there is."""
    words = {word for word in tokens(speaker.casefold()) if word[0].isalnum()} - LITTLE_WORDS
    return words - TITLES or words


def wording(passage: Passage) -> str:
    """The sentences in which it stands, and the one before where only that has a reporting word."""
    return in_its_sentences(passage).text


def in_its_sentences(passage: Passage) -> Passage:
    """The same span in the text that `wording` gives."""
    first, last = _sentences(passage)
    return Passage(passage.text[first:last], passage.start - first, passage.end - first)


def beside(passage: Passage) -> Beside:
    first, last = _sentences(passage)
    return Beside(passage.text[first : passage.start], passage.text[passage.end : last])


def is_attributed_otherwise(old: Passage, new: Passage, speaker: str = "") -> bool:
    """Whether another speaker or another reporting word stands beside the passage in the new text. Where the `speaker`
    it was ascribed to is named in both, whoever else is named in what is told about him is none."""
    sides, new_sides = beside(old), beside(new)
    if _cue(old) != _cue(new) or any(_differ(*pair) for pair in zip(sides, new_sides, strict=True)):
        return True
    return sides != new_sides and names_another(sides, new_sides, own_name(speaker))


def is_gone_from_beside(speaker: str, old: Passage, new: Passage) -> bool:
    """Whether this speaker's own name stood beside the passage in the old text, and does not in the new one."""
    name = own_name(speaker)
    return bool(name) and is_named(name, beside(old)) and not is_named(name, beside(new))


def is_named_no_more(speaker: str, old: Set[str], new: Set[str]) -> bool:
    """Whether the old text, given by its words, names this speaker, and nothing in the new one does."""
    names = own_name(speaker) or names_in(speaker)
    return _has_one_of(names, old) and not _has_one_of(names, new)


def _has_one_of(names: Set[str], words: Set[str]) -> bool:
    """As it is, or “Assad’s”."""
    return any(name + ending in words for name in names for ending in ("", "’s", "'s"))


def _differ(old: str, new: str) -> bool:
    """Whether what changed on one side of a passage is a speaker or a cue."""
    if not cues_in(old) and not cues_in(new):
        return False
    kinds = {stretch.kind for stretch in stretches(old.strip(), new.strip())}
    is_gone_or_new = bool(kinds - _NOT_OTHERWISE) and not (old.strip() and new.strip())
    return Kind.ATTRIBUTION in kinds or is_gone_or_new


def _cue(passage: Passage) -> str:
    """The nearest one in its sentences, of two the one after it."""
    text, start, end = passage
    cues = _cues_beside(passage, *_sentences(passage))
    near = [
        (start - last, True, text[first:last]) if last <= start else (first - end, False, text[first:last])
        for first, last in cues
    ]
    return min(near)[2].casefold() if near else ""


def _sentences(passage: Passage) -> tuple[int, int]:
    """A quotation that makes a sentence of its own may go on after its cue: then with the sentence before."""
    text, start, end = passage
    ends = _ends(text)
    begun, unfinished = bisect_right(ends, start), bisect_left(ends, end)
    first = ends[begun - 1] if begun else 0
    last = ends[unfinished] if unfinished < len(ends) else len(text)
    if begun and not _cues_beside(passage, first, last) and _OPENING.match(text, start):
        before = ends[begun - 2] if begun > 1 else 0
        first = before if _cues_beside(passage, before, last) else first
    return first + len(text[first:start]) - len(text[first:start].lstrip()), last


def _cues_beside(passage: Passage, first: int, last: int) -> list[tuple[int, int]]:
    _, start, end = passage
    within = (cue for cue in _cues(passage.text) if first <= cue[0] and cue[1] <= last)
    return [cue for cue in within if cue[1] <= start or cue[0] >= end]


@lru_cache(1024)
def _ends(text: str) -> tuple[int, ...]:
    return tuple(sentence_ends(text))


@lru_cache(1024)
def _cues(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(cues_in(text))
