from itertools import pairwise

import pytest
from hypothesis import given

from articles.text.sentences import sentence_ends
from tests.text.texts import lines


def sentences(text: str) -> list[str]:
    ends = [0, *sentence_ends(text), len(text)]
    return [text[start:end].strip() for start, end in pairwise(ends)]


@pytest.mark.parametrize(
    "parts",
    [
        ["One fell.", "Two rose!", "Did three?", "Four…", "Five."],
        ["“We struck.”", "He left."],
        ["(They had.)", "[It was.]", "“So it was.”", "‘Yes.’"],
        ["He said: “We struck.”", "“They fled,” he added."],
        ["من هاجم أولا؟", "لا أحد يعرف."],
        ["वे गए।", "कोई नहीं।"],
        ["מי ירה?", "איש אינו יודע."],
    ],
)
def test_sentences_end_after_their_marks_and_closing_quotes(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Army said so.",
        "Lt. Col. Damien Pickart told CNN.",
        "Gen. J. F. Smith and Mr. Brown met Dr. No in Feb. or Sept. or not.",
        "Resolution No. 2254 was read.",
        "It took 2. 5 hours were planned.",
        "“Who fired?” he asked.",
        "“No!” she said.",
        "It began at 5 p.m. and ended.",
        "3,000.5 is no end",
        "",
    ],
)
def test_nothing_else_ends_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


@given(lines)
def test_the_ends_are_in_order_and_within(text: str) -> None:
    ends = list(sentence_ends(text))
    assert ends == sorted(set(ends))
    assert all(0 < end < len(text) and text[end].isspace() for end in ends)


@pytest.mark.parametrize("piece", [". ", ".”", ". “", "“ ", "A. ", "Mr. "])
def test_a_hostile_text_is_read_in_linear_time(piece: str) -> None:
    """Each runs in well under a second; quadratic work would take minutes."""
    assert len(list(sentence_ends(piece * 100_000 + "x"))) <= 100_000
