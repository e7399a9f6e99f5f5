"""Segments: runs of paragraph text lying under the same set of highlights."""

import heapq
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A highlight's place in a text: code points, half open. `key` is the highlight's public id."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layer:
    """One span on one segment. Overlapping spans lie in different lanes, numbered from 0; a span keeps its
    lane on all its segments. `starts` and `ends` say that the segment is the span's first or last."""

    key: str
    lane: int
    starts: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    start: int
    end: int
    layers: tuple[Layer, ...]


def cut(text: str, spans: Iterable[Span]) -> list[Segment]:
    """Cuts a text at every start and end of the spans.

    The segments joined are the text, and the segments of a span joined are its words. Layers come
    outermost first: the earlier start, then the longer span. Takes O((n + k) log n) for n spans and
    k layers. Raises ValueError for a span that is empty or leaves the text.
    """
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    for span in ordered:
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(f"{span.start}–{span.end} is not a span of a text of {len(text)} code points")
    lanes = _lanes(ordered)
    edges = sorted({0, len(text), *(span.start for span in ordered), *(span.end for span in ordered)})
    return list(_segments(text, edges, ordered, lanes))


def _lanes(ordered: Sequence[Span]) -> list[int]:
    """For each span, in order of their starts, the lowest lane that is free where it begins."""
    lanes: list[int] = []
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    for span in ordered:
        while busy and busy[0][0] <= span.start:
            heapq.heappush(free, heapq.heappop(busy)[1])
        lane = heapq.heappop(free) if free else len(busy)
        heapq.heappush(busy, (span.end, lane))
        lanes.append(lane)
    return lanes


def _segments(text: str, edges: Sequence[int], ordered: Sequence[Span], lanes: Sequence[int]) -> Iterable[Segment]:
    # Each with its layer on the segments between its first and its last, which many of them share.
    open_spans: list[tuple[Span, Layer]] = []
    coming = 0
    for start, end in itertools.pairwise(edges):
        open_spans = [one for one in open_spans if one[0].end > start]
        while coming < len(ordered) and ordered[coming].start == start:
            open_spans.append((ordered[coming], Layer(ordered[coming].key, lanes[coming], starts=False, ends=False)))
            coming += 1
        layers = tuple(_layer(span, within, start, end) for span, within in open_spans)
        yield Segment(text[start:end], start, end, layers)


def _layer(span: Span, within: Layer, start: int, end: int) -> Layer:
    starts, ends = span.start == start, span.end == end
    return Layer(within.key, within.lane, starts, ends) if starts or ends else within
