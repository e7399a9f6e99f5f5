"""Marks: paragraphs cut into segments, each with the marks that lie on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from articles.models import Highlight, Paragraph
from articles.pages.cards import Card
from articles.text.segments import Layer, Span, cut


@dataclass(frozen=True, slots=True)
class Mark:
    """One highlight on one segment. `lane` tells overlapping marks apart, from 0."""

    card: Card
    lane: int


@dataclass(frozen=True, slots=True)
class Sign:
    """The code at the end of a highlight. The first of a claim leads to its card."""

    card: Card
    leads: bool


@dataclass(frozen=True, slots=True)
class MarkedSegment:
    text: str
    marks: tuple[Mark, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    paragraph: Paragraph
    segments: tuple[MarkedSegment, ...]
    cards: tuple[Card, ...]

    @property
    def is_marked(self) -> bool:
        return any(segment.marks for segment in self.segments)


Marks = dict[int, list[tuple[Highlight, Card]]]


def mark(paragraphs: Iterable[Paragraph], cards: Sequence[Card], *, leading: bool = True) -> list[MarkedParagraph]:
    """The paragraphs with the highlights of these cards, and no others, marked. No query.

    `leading` says that the cards stand on the same page, so that signs can lead to them.
    """
    by_paragraph: Marks = defaultdict(list)
    for card in cards:
        for highlight in card.highlights:
            if highlight.paragraph_id is not None:
                by_paragraph[highlight.paragraph_id].append((highlight, card))
    return [_marked(paragraph, by_paragraph.get(paragraph.pk, []), leading) for paragraph in paragraphs]


def _marked(paragraph: Paragraph, marks: list[tuple[Highlight, Card]], leading: bool) -> MarkedParagraph:
    spans = [Span(highlight.uid, highlight.start or 0, highlight.end or 0) for highlight, _ in marks]
    by_key = {highlight.uid: (highlight, card) for highlight, card in marks}
    drawn: dict[str, Mark] = {}
    segments = tuple(
        MarkedSegment(
            segment.text,
            tuple(_drawn(layer, by_key, drawn) for layer in segment.layers),
            tuple(_signs(segment.layers, by_key, leading)),
        )
        for segment in cut(paragraph.text, spans)
    )
    cards = tuple(card for highlight, card in marks if _is_first(highlight))
    return MarkedParagraph(paragraph, segments, cards)


def _drawn(layer: Layer, by_key: Mapping[str, tuple[Highlight, Card]], drawn: dict[str, Mark]) -> Mark:
    """The same on all segments of a highlight, which has one lane."""
    found = drawn.get(layer.key)
    if found is None:
        found = drawn[layer.key] = Mark(by_key[layer.key][1], layer.lane)
    return found


def _signs(layers: Iterable[Layer], by_key: Mapping[str, tuple[Highlight, Card]], leading: bool) -> Iterable[Sign]:
    for layer in reversed(tuple(layers)):
        if layer.ends:
            highlight, card = by_key[layer.key]
            yield Sign(card, leads=leading and _is_first(highlight))


def _is_first(highlight: Highlight) -> bool:
    """Orphaned highlights come last, so the first of a claim that is drawn is its first."""
    return highlight.position == 0
