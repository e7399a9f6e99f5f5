from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.segments import Layer, Segment, Span, cut

TEXT = "Some 500 troops 🤔 attacked, قال."


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    edges = st.integers(0, len(TEXT))
    pairs = draw(st.lists(st.tuples(edges, edges).filter(lambda pair: pair[0] < pair[1]), max_size=8))
    return [Span(str(key), start, end) for key, (start, end) in enumerate(pairs)]


def test_a_text_without_spans_is_one_segment() -> None:
    assert cut(TEXT, []) == [Segment(TEXT, 0, len(TEXT), ())]


def test_an_empty_text_has_no_segment() -> None:
    assert cut("", []) == []


def test_one_span_cuts_at_its_edges() -> None:
    assert cut("abcde", [Span("x", 1, 3)]) == [
        Segment("a", 0, 1, ()),
        Segment("bc", 1, 3, (Layer("x", 0, True, True),)),
        Segment("de", 3, 5, ()),
    ]


def test_overlapping_spans_lie_in_lanes_of_their_own() -> None:
    assert cut("abcde", [Span("y", 2, 5), Span("x", 0, 3)]) == [
        Segment("ab", 0, 2, (Layer("x", 0, True, False),)),
        Segment("c", 2, 3, (Layer("x", 0, False, True), Layer("y", 1, True, False))),
        Segment("de", 3, 5, (Layer("y", 1, False, True),)),
    ]


def test_the_longer_of_two_that_start_together_is_the_outer_one() -> None:
    first, _ = cut("ab", [Span("short", 0, 1), Span("long", 0, 2)])
    assert [layer.key for layer in first.layers] == ["long", "short"]
    assert [layer.lane for layer in first.layers] == [0, 1]


def test_a_lane_is_free_again_where_its_span_ends() -> None:
    segments = cut("abcd", [Span("x", 0, 2), Span("y", 1, 3), Span("z", 2, 4)])
    lanes = {layer.key: layer.lane for segment in segments for layer in segment.layers}
    assert lanes == {"x": 0, "y": 1, "z": 0}


def test_the_lowest_free_lane_is_taken() -> None:
    segments = cut("abcdef", [Span("a", 0, 3), Span("b", 0, 2), Span("c", 1, 6), Span("d", 4, 6)])
    lanes = {layer.key: layer.lane for segment in segments for layer in segment.layers}
    assert lanes == {"a": 0, "b": 1, "c": 2, "d": 0}


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 6)])
def test_a_span_that_is_empty_or_leaves_the_text_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"^{start}–{end} is not a span of a text of 5 code points$"):
        cut("abcde", [Span("x", start, end)])


@given(spans())
def test_the_segments_joined_are_the_text(marked: list[Span]) -> None:
    segments = cut(TEXT, marked)
    assert "".join(segment.text for segment in segments) == TEXT
    assert all(segment.text == TEXT[segment.start : segment.end] != "" for segment in segments)


@given(spans())
def test_the_segments_of_a_span_joined_are_its_words(marked: list[Span]) -> None:
    segments = cut(TEXT, marked)
    for span in marked:
        own = [segment for segment in segments if any(layer.key == span.key for layer in segment.layers)]
        assert "".join(segment.text for segment in own) == TEXT[span.start : span.end]
        layers = [layer for segment in own for layer in segment.layers if layer.key == span.key]
        assert [layer.starts for layer in layers] == [True] + [False] * (len(layers) - 1)
        assert [layer.ends for layer in layers] == [False] * (len(layers) - 1) + [True]
        assert len({layer.lane for layer in layers}) == 1


@given(spans())
def test_no_two_spans_share_a_lane_where_they_overlap(marked: list[Span]) -> None:
    for segment in cut(TEXT, marked):
        lanes = [layer.lane for layer in segment.layers]
        assert len(set(lanes)) == len(lanes)
        assert max(lanes, default=0) < max(len(marked), 1)


@given(spans())
def test_neighbours_lie_under_different_spans(marked: list[Span]) -> None:
    segments = cut(TEXT, marked)
    for one, other in pairwise(segments):
        keys = [{layer.key for layer in segment.layers} for segment in (one, other)]
        ended = any(layer.ends for layer in one.layers)
        assert keys[0] != keys[1] or ended
