"""Attribution: what stands beside a passage and says whose words it is, and whether a later version says otherwise."""

from collections.abc import Set
from typing import NamedTuple

from articles.text.comparing import Kind, stretches
from articles.text.cues import cue_near, cues_in
from articles.text.differences import tokens
from articles.text.selecting import sentence_around, snapped

# What is left out when speakers are compared: “the official” is “this official”.
LITTLE_WORDS = frozenset({"a", "an", "the", "this", "that", "these", "those", "another"})
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
    """The words of a speaker's name or description that tell something."""
    return {word for word in tokens(speaker.casefold()) if word[0].isalnum()} - LITTLE_WORDS


def wording(passage: Passage) -> str:
    """The sentences in which it stands, and the one before where only that has a reporting word."""
    first, last = _sentences(passage)
    return passage.text[first:last]


def beside(passage: Passage) -> Beside:
    first, last = _sentences(passage)
    return Beside(passage.text[first : passage.start], passage.text[passage.end : last])


def is_attributed_otherwise(old: Passage, new: Passage) -> bool:
    """Whether another speaker or another reporting word stands beside the passage in the new text."""
    return _cue(old) != _cue(new) or any(_differ(*sides) for sides in zip(beside(old), beside(new), strict=True))


def is_named_no_more(speaker: str, old: Set[str], new: Set[str]) -> bool:
    """Whether the old text, given by its words, names this speaker, and nothing in the new one does."""
    names = names_in(speaker)
    return bool(names & old) and not names & new


def _differ(old: str, new: str) -> bool:
    """Whether what changed on one side of a passage is a speaker or a cue."""
    if not cues_in(old) and not cues_in(new):
        return False
    kinds = {stretch.kind for stretch in stretches(old.strip(), new.strip())}
    is_gone_or_new = bool(kinds - _NOT_OTHERWISE) and not (old.strip() and new.strip())
    return Kind.ATTRIBUTION in kinds or is_gone_or_new


def _cue(passage: Passage) -> str:
    return cue_near(*passage).casefold()


def _sentences(passage: Passage) -> tuple[int, int]:
    text, start, end = passage
    first, last = sentence_around(text, start, end)
    has_cue = cues_in(text[first:start]) or cues_in(text[end:last])
    if not has_cue and first > 0 and cue_near(*passage):
        first = sentence_around(text, first - 2, first - 1)[0]
    return snapped(text, first, last, exact=True) or (first, last)
