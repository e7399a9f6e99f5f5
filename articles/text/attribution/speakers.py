"""Speakers: the fullest name that a text gives for the source of a claim, “she” → “Moor” → “Ann Moor”."""

import re
from collections.abc import Iterator, Sequence

from articles.text.attribution.extracting import Attributed
from articles.text.attribution.tokens import RELATIVES, word_set
from articles.text.offsets import BlockSpan

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*"
# Titles and names in capitals, joined by what may stand within a name.
_NAME = re.compile(rf"{_CAPITAL}(?: (?:(?:al|bin|de|la|van|von|der) )?{_CAPITAL})*")
_TITLES = word_set("mr mrs ms dr sen rep gov gen col lt capt sgt prof president senator judge mayor")
_PRONOUNS = frozenset({"he", "she", "him", "her", "his"})


def speakers_of(paragraphs: Sequence[str], found: Sequence[Attributed]) -> list[BlockSpan | None]:
    """For each claim, in the order of the text, the span that names its speaker best; None without a source.

    A pronoun stands for the person who spoke last or, before anybody did, was named last; a short name for the first
    longer one before it that ends alike; “who” for what stands right before it. Anything else names itself.
    """
    names = list(_names(paragraphs))
    speakers: list[BlockSpan | None] = []
    last: BlockSpan | None = None
    for one in found:
        speaker = _speaker(paragraphs, one.source, names, last) if one.source else None
        speakers.append(speaker)
        if speaker and _NAME.fullmatch(_text(paragraphs, speaker)):
            last = speaker
    return speakers


def _speaker(
    paragraphs: Sequence[str], source: BlockSpan, names: Sequence[BlockSpan], last: BlockSpan | None
) -> BlockSpan:
    text = _text(paragraphs, source)
    low = text.lower()
    before = [one for one in names if (one.block, one.end) <= (source.block, source.start)]
    if low in _PRONOUNS:
        people = [one for one in before if len(_words(paragraphs, one)) > 1]
        return last or (people[-1] if people else source)
    if low in RELATIVES:
        beside = before[-1] if before and before[-1].block == source.block else None
        is_beside = beside and not paragraphs[source.block][beside.end : source.start].strip(" ,")
        return _in_full(paragraphs, beside, names) if beside and is_beside else source
    return _in_full(paragraphs, source, names)


def _in_full(paragraphs: Sequence[str], source: BlockSpan, names: Sequence[BlockSpan]) -> BlockSpan:
    """The first name before it, of more words, that ends with its only word, titles left out."""
    words = _words(paragraphs, source)
    if len(words) != 1 or not _NAME.fullmatch(_text(paragraphs, source)):
        return source
    for one in names:
        if (one.block, one.start) >= (source.block, source.start):
            break
        fuller = _words(paragraphs, one)
        if len(fuller) > 1 and fuller[-1] == words[0]:
            return one
    return source


def _names(paragraphs: Sequence[str]) -> Iterator[BlockSpan]:
    for index, text in enumerate(paragraphs):
        for match in _NAME.finditer(text):
            end = match.end() - (2 if match[0].endswith(("’s", "'s")) else 0)
            yield BlockSpan(index, match.start(), end)


def _words(paragraphs: Sequence[str], span: BlockSpan) -> list[str]:
    words = [word.strip(".,").lower() for word in _text(paragraphs, span).split()]
    return [word for word in words if word and word not in _TITLES]


def _text(paragraphs: Sequence[str], span: BlockSpan) -> str:
    return paragraphs[span.block][span.start : span.end]
