import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.directions import closed

LRE, RLO, LRI, RLI, PDF, PDI = "\u202a", "\u202e", "\u2066", "\u2067", "\u202c", "\u2069"


@pytest.mark.parametrize(
    "text", ["", "plain", "عربي", f"{LRE}a{PDF}", f"{RLI}a{PDI}", f"{RLI}{RLO}a{PDI}", f"a{PDF}{PDI}"]
)
def test_a_text_that_leaves_nothing_open_stays_as_it_is(text: str) -> None:
    assert closed(text) == text


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        (f"report{RLO}txt.exe", PDF),
        (f"{RLI}a", PDI),
        (f"{RLI}{RLO}a", PDF + PDI),
        (f"{RLO}{LRI}a", PDI + PDF),
        # Within an isolate what stands before it is not closed.
        (f"{RLO}{LRI}a{PDF}", PDI + PDF),
    ],
)
def test_what_is_open_is_closed_from_within(text: str, closes: str) -> None:
    assert closed(text) == text + closes


@given(st.text(alphabet=[LRE, RLO, LRI, RLI, PDF, PDI, "a"]))
def test_what_is_closed_has_nothing_left_to_close(text: str) -> None:
    assert closed(closed(text)) == closed(text)
