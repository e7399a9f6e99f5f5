from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.attribution.parting import parted
from articles.text.offsets import BlockSpan


def parts(text: str) -> list[str]:
    return [text[span.start : span.end] for span in parted(text, BlockSpan(3, 0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nobody was killed but that one man was hurt", ["nobody was killed", "that one man was hurt"]),
        ("that it is late, and that it rained", ["that it is late", "that it rained"]),
        ("it is late and that it rained and that all left", ["it is late", "that it rained", "that all left"]),
        ("the house and that car were burned", ["the house and that car were burned"]),
        ("it is late and nobody came", ["it is late and nobody came"]),
        ("it was “late and that it rained” there", ["it was “late and that it rained” there"]),
        ("it was “late” and that it “rained” there", ["it was “late”", "that it “rained” there"]),
        ("it was late and that", ["it was late and that"]),
        ("", [""]),
    ],
)
def test_statements_apart(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@given(st.lists(st.sampled_from(["and", "but", "that", ",", "was", "left", "“", "”", "boat"])), st.integers(0, 9))
def test_nothing_but_what_parts_them_is_left_out(words: list[str], start: int) -> None:
    text = " ".join(words)
    span = BlockSpan(0, min(start, len(text)), len(text))
    found = parted(text, span)
    assert (found[0].start, found[-1].end) == (span.start, span.end)
    between = [text[one.end : two.start] for one, two in pairwise(found)]
    assert all(one.strip(", ") in ("and", "but") for one in between)
