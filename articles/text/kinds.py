"""Kinds: which blocks of a text are headings, datelines and credits."""

import re
from collections.abc import Sequence
from enum import StrEnum

HEADING_LENGTH = 80
HEADING_WORDS = 12
DATELINE_WORDS = 10
CREDITS_AT_MOST = 3

# For character classes of regular expressions. Quotation marks close in one language what they open in another.
SENTENCE_MARKS = ".!?…؟۔।。！？"
OPENING_MARKS = "\"'“‘„‚«»‹›「『(\\["
CLOSING_MARKS = "\"'”’“‘«»‹›」』)\\]"
_SENTENCE_END = re.compile(rf"[{SENTENCE_MARKS}:;][{CLOSING_MARKS}]*$")
_DASH = r"(?:—|–|--|-)"
_DATELINE_ALONE = re.compile(rf"^\S.*\s{_DASH}$|^\S.*—$")
# A place in capitals, perhaps with what it lies in, a date, and an agency in brackets;
# or any place before such an agency.
_CAPITALS = r"[^\W\d_a-zß-öø-ÿ]{2,}[.’'-]?"
_AFTER_PLACE = r"(?:[A-Z][\w.]*(?: [\w.]+){0,2}|\d{1,2} [A-Z][\w.]*(?: \d{4})?|\d{4})"
_PLACE = rf"{_CAPITALS}(?:[ /-]{_CAPITALS}){{0,4}}(?:, {_AFTER_PLACE}){{0,3}}"
_AGENCY = r"\([A-Z][^()]{1,40}\)"
_DATELINE_INLINE = re.compile(
    rf"(?:{_PLACE}(?: {_AGENCY})?|[A-Z][\w.]+(?:[ ,]+[\w.]+){{0,3}} {_AGENCY})\s{{1,3}}{_DASH}\s{{1,3}}(?=\S)"
)
_CREDIT = re.compile(
    r"contributed (?:to this (?:report|story|article)|reporting)\b"
    r"|^\W*(?:additional )?(?:reporting|writing|editing|compiled|edited|translated) by\b",
    re.IGNORECASE,
)
_WRITER = r"[A-Z][\w.'’-]*(?: (?:(?:al|bin|de|la|van|von) )?[A-Z][\w.'’-]*){0,3}"
# “By Ann Moor and Jo Reed, Harbour Times”: right below the title, or above the text.
_BYLINE = re.compile(rf"By {_WRITER}(?:(?:,| and|, and|,? in) {_WRITER})*")
BYLINE_BEFORE = 4


class Kind(StrEnum):
    TEXT = "text"
    HEADING = "heading"
    DATELINE = "dateline"
    CREDIT = "credit"


def kinds_of(texts: Sequence[str]) -> list[Kind]:
    """One kind for each block. At least one block is of kind text: where none would be, all are."""
    dateline = _dateline(texts)
    kinds = [_kind(texts, index, dateline) for index in range(len(texts))]
    return kinds if Kind.TEXT in kinds else [Kind.TEXT] * len(texts)


def _dateline(texts: Sequence[str]) -> int:
    """The index of the dateline that is alone on its line, with at most headings and a byline before it, or −1."""
    for index, text in enumerate(texts):
        if _is_dateline(text):
            return index
        if not (_is_heading(text) or _is_byline(text)):
            break
    return -1


def _kind(texts: Sequence[str], index: int, dateline: int) -> Kind:
    text = texts[index]
    if index < BYLINE_BEFORE and _is_byline(text):
        return Kind.CREDIT
    if index <= dateline:
        return Kind.DATELINE if index == dateline else Kind.HEADING
    if index > 0 and index >= len(texts) - CREDITS_AT_MOST and _CREDIT.search(text):
        return Kind.CREDIT
    if index < len(texts) - 1 and _is_heading(text) and not _is_heading(texts[index + 1]):
        return Kind.HEADING
    return Kind.TEXT


def _is_dateline(text: str) -> bool:
    return len(text.split()) <= DATELINE_WORDS and bool(_DATELINE_ALONE.search(text))


def _is_byline(text: str) -> bool:
    return len(text) <= HEADING_LENGTH and bool(_BYLINE.fullmatch(text))


def _is_heading(text: str) -> bool:
    """A short line that is no sentence, no quotation and no byline."""
    if _is_byline(text):
        return False
    short = len(text) <= HEADING_LENGTH and len(text.split()) <= HEADING_WORDS
    return short and not ends_like_a_sentence(text) and text[0].isalnum()


def ends_like_a_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text))


def dateline_length(text: str) -> int:
    """Code points of the dateline that a first paragraph begins with, dash and space included; 0 without one."""
    match = _DATELINE_INLINE.match(text)
    return match.end() if match else 0
