"""Differences: which words of a text are gone from it, and which are new."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word with its marks and inner apostrophes and hyphens; a run of white space; any other sign by itself.
_TOKEN = re.compile(r"\w[\w\u0300-\u036f]*(?:[’'-]\w+)*|\s+|.", re.DOTALL)


class Change(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    change: Change
    words: str


def differences(old: str, new: str) -> list[Piece]:
    """The pieces that are the same and gone, joined, are `old`; those that are the same and new, `new`.

    Where words were replaced, the old ones come first. Takes time in the product of the lengths at worst.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pieces: list[Piece] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(before[start:end])))
        else:
            pieces.extend(_changed("".join(before[start:end]), "".join(after[new_start:new_end])))
    return pieces


def _changed(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece(Change.GONE, gone)
    if new:
        yield Piece(Change.NEW, new)
