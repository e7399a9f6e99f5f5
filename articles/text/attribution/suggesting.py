"""Suggestions for a text as given: the claims found in its blocks, with the places of the text itself."""

from typing import TypedDict

from articles.text.attribution.extracting import Attributed, extract
from articles.text.offsets import BlockSpan, OffsetMap
from articles.text.parsing import parse

Place = list[int]


class Suggestion(TypedDict):
    """Places are [start, end] in code points of the text as given, half open."""

    content: list[Place]
    source: list[Place] | None
    cue: list[Place] | None
    confidence: float


def suggestions_as_given(text: str) -> list[Suggestion]:
    """Raises TextError as `parse` does."""
    parsed = parse(text)
    return [as_given(parsed.offsets, one) for one in extract([block.text for block in parsed.blocks])]


def as_given(offsets: OffsetMap, one: Attributed) -> Suggestion:
    return Suggestion(
        content=[_given(offsets, span) for span in one.content],
        source=[_given(offsets, one.source)] if one.source else None,
        cue=[_given(offsets, one.cue)] if one.cue else None,
        confidence=one.confidence,
    )


def _given(offsets: OffsetMap, span: BlockSpan) -> Place:
    return list(offsets.given(span.block, span.start, span.end))
