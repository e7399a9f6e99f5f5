import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.answers import number, says_name, says_number, says_the_same

# What nobody strips from words, or folds in them.
PLAIN = "ab_-é٣"


@pytest.mark.parametrize(
    ("low", "high", "about", "words"),
    [
        (25, 25, False, "25"),
        (1000, 1000, True, "about 1,000"),
        (30, 40, False, "30 to 40"),
        (101, None, False, "more than 100"),
        (100, None, False, "at least 100"),
        (None, 99, False, "fewer than 100"),
        (None, 100, False, "at most 100"),
        (101, None, True, "more than 100 (estimate)"),
        (0, 0, False, "0"),
    ],
)
def test_a_number_in_words(low: int | None, high: int | None, about: bool, words: str) -> None:
    assert number(low, high, about) == words
    assert says_number(f"“{words}.”", low, high, about)
    assert not says_number(f"nearly {words}", low, high, about)


def test_marks_of_direction_say_nothing_and_other_digits_are_read_for_whoever_cannot() -> None:
    assert says_number("\u200f14", 14, 14, False) and says_number("\u20671,234\u2069", 1234, 1234, False)
    assert says_number("1٬234", 1234, 1234, False)
    assert not says_number("١٤", 14, 14, False)


@given(st.text(PLAIN + " ", max_size=12).map(str.strip), st.text(PLAIN, min_size=1, max_size=4))
def test_a_name_is_found_whole_as_a_pattern_finds_it(text: str, name: str) -> None:
    assert says_name(text, name) == bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


@given(st.integers(0, 3000), st.text(PLAIN + " ", max_size=3))
def test_a_number_ends_where_its_word_ends(one: int, after: str) -> None:
    assert says_number(f"{one}{after}", one, one, False) == bool(re.match(rf"{one}(?!\w)", f"{one}{after}"))


def test_words_say_the_same_whatever_their_case_and_quotation_marks() -> None:
    assert says_the_same("“Huge damage.”", "huge damage")
    assert not says_the_same("damage", "huge damage")
