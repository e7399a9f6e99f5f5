import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.quotes import CONTEXT, Found, context, find

BLOCKS = ["He said yes. She said yes.", "Nobody said no. The étude 🤔 قال.", "He said yes"]


def test_context_is_what_stands_around() -> None:
    assert context("abcdef", 2, 4) == ("ab", "ef")


def test_context_is_at_most_32_code_points_long() -> None:
    text = "x" * 40 + "quote" + "🤔" * 40
    assert context(text, 40, 45) == ("x" * CONTEXT, "🤔" * CONTEXT)
    assert CONTEXT == 32


def test_context_of_another_length() -> None:
    assert context("abcdef", 2, 4, 1) == ("b", "e")


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Nobody", Found(1, 0, 6)),
        ("She said yes.", Found(0, 13, 26)),
        ("🤔 قال", Found(1, 26, 31)),
        ("e\u0301tude", Found(1, 20, 25)),
    ],
)
def test_a_quote_that_occurs_once_is_found(quote: str, found: Found) -> None:
    assert find(BLOCKS, quote) == found


@pytest.mark.parametrize("quote", ["", "said maybe", "HE SAID"])
def test_a_quote_that_is_not_there_is_not_found(quote: str) -> None:
    assert find(BLOCKS, quote) is None


def test_one_of_several_is_not_guessed() -> None:
    assert find(BLOCKS, "said yes") is None


def test_the_place_named_settles_it() -> None:
    assert find(BLOCKS, "said yes", near=(0, 17)) == Found(0, 17, 25)
    assert find(BLOCKS, "said yes", near=(2, 3)) == Found(2, 3, 11)


def test_another_place_settles_nothing() -> None:
    assert find(BLOCKS, "said yes", near=(0, 16)) is None


def test_a_quote_that_occurs_once_is_found_elsewhere_than_named() -> None:
    assert find(BLOCKS, "Nobody", near=(0, 3)) == Found(1, 0, 6)


@pytest.mark.parametrize(
    ("prefix", "suffix", "found"),
    [
        ("She ", "", Found(0, 17, 25)),
        ("yes. She ", "", Found(0, 17, 25)),
        ("", ". She", Found(0, 3, 11)),
        ("xx e ", ".", None),
        ("She ", ". She", Found(0, 3, 11)),
        ("no. She ", ".x", Found(0, 17, 25)),
    ],
)
def test_context_settles_it_if_one_place_agrees_best(prefix: str, suffix: str, found: Found | None) -> None:
    assert find(BLOCKS, "said yes", prefix, suffix) == found


@pytest.mark.parametrize(("blocks", "quote"), [(["X one", "Y one"], " one"), (["one X", "one Y"], "one ")])
def test_without_a_context_no_place_is_preferred(blocks: list[str], quote: str) -> None:
    assert find(blocks, quote) is None


def test_context_is_compared_in_its_whole_length() -> None:
    same = "so " * 20
    assert find([f"He {same}no", f"She {same}no"], "no", f"She {same}") == Found(1, 64, 66)
    assert find([f"no {same}he", f"no {same}she"], "no", "", f" {same}she") == Found(1, 0, 2)


def test_context_counts_up_to_the_first_difference() -> None:
    assert find(["abXd one", "aXcd one"], " one", "abcd") == Found(1, 4, 8)


def test_context_may_be_longer_than_the_text() -> None:
    assert find(["He said", "she said"], " said", "Then he and she", " so.") == Found(1, 3, 8)


def test_one_of_very_many_places_is_found_by_its_context() -> None:
    """Runs in about a second; copying the text for each place would take minutes."""
    text = "no " * 100_000 + "yes no"
    assert find([text], "no", "yes ") == Found(0, 300_004, 300_006)


def test_context_is_compared_in_nfc() -> None:
    blocks = ["é one", "e one"]
    assert find(blocks, " one", "e\u0301") == Found(0, 1, 5)
    blocks = ["one é", "one e"]
    assert find(blocks, "one", "", " e\u0301") == Found(0, 0, 3)


def test_overlapping_places_are_all_seen() -> None:
    assert find(["aaa"], "aa") is None
    assert find(["aaa"], "aa", near=(0, 1)) == Found(0, 1, 3)
    assert find(["aaaa"], "aa", near=(0, 1)) == Found(0, 1, 3)


@given(st.text(min_size=1, max_size=20), st.data())
def test_a_span_is_found_again_at_its_own_place(text: str, data: st.DataObject) -> None:
    text = unicodedata.normalize("NFC", text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    if unicodedata.is_normalized("NFC", quote):
        assert find([text], quote, near=(0, start)) == Found(0, start, end)
