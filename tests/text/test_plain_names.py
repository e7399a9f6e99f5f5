import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.plain_names import has_letters, plain_name
from articles.text.visible import is_visible


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        (" Health  directorate\n", "Health directorate"),
        ("Health\u200b \u200edirec\u00adtorate\u200f", "Health directorate"),
        ("Health\u00a0\u2003directorate", "Health directorate"),
        ("Minist\u0065\u0301rio", "Minist\u00e9rio"),
        ("\u200f\u200f", ""),
        # A joiner within a word of Persian is part of it.
        ("خبرگزاری‌ها", "خبرگزاری‌ها"),
        ("SANA\u200d", "SANA"),
        ("\u3164 SANA\u2800", "SANA"),
        # Of a later Unicode than Python's.
        ("SANA 🫨\U0001e5d0\uffff", "SANA 🫨\U0001e5d0"),
    ],
)
def test_what_cannot_be_seen_is_no_part_of_a_name(given: str, plain: str) -> None:
    assert plain_name(given) == plain == plain_name(plain)


@pytest.mark.parametrize(("name", "has"), [("سانا", True), ("112", True), ("🙂", False), ("– / _", False), ("", False)])
def test_letters_or_digits(name: str, has: bool) -> None:
    assert has_letters(name) == has


@given(st.text(max_size=8))
def test_of_what_nothing_can_be_seen_no_name_is_left(text: str) -> None:
    """But for marks, which are never taken from a name."""
    name = plain_name(text)
    assert is_visible(name) == is_visible(text)
    assert is_visible(name) or all(
        unicodedata.category(one)[0] == "M" or one in "\u200c\u200d \u115f\u1160\u3164\uffa0\u2800" for one in name
    )
