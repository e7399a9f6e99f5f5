"""What a reader seeks, and where a text has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.seeking import (
    MOST_WORDS,
    Piece,
    Sought,
    as_begun,
    count_terms,
    excerpt,
    is_found,
    pieces,
    read_query,
)
from articles.text.words import words


def sought(asked: str, *languages: str, typing: bool = False) -> Sought:
    return read_query(asked, languages or ["en"], is_typing=typing)


def hits(asked: str, text: str, *, typing: bool = False) -> list[str]:
    return [part.text for part in pieces(sought(asked, typing=typing), text, "en") if part.is_hit]


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("strike", "Strikes and a strike", ["Strikes", "strike"]),
        ("strikes", "a strike", ["strike"]),
        ("“strikes”", "a strike, strikes", ["strikes"]),
        ("“the strikes”", "The strikes hit the strike.", ["The strikes"]),
        ('"the strikes', "The strikes hit.", ["The strikes"]),
        ("US-led", "the US-led coalition, led by the US", ["US-led"]),
        ("U.S.", "The U.S. said", ["U.S"]),
        ("art*", "artillery and art", ["artillery", "art"]),
        ("“us co*”", "US coalition", []),
        ("a*", "artillery", []),
        ("resume", "his résumé", ["résumé"]),
        ("the “act of” act", "the act of an act", ["the", "act of", "act"]),
    ],
)
def test_what_is_marked(asked: str, text: str, found: list[str]) -> None:
    assert hits(asked, text) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [("artil", ["artillery"]), ("artil ", []), ("“the artil”", []), ('"the artil', ["the artillery"]), ("a", [])],
)
def test_the_last_word_is_a_beginning_while_it_is_typed(asked: str, found: list[str]) -> None:
    assert hits(asked, "the artillery", typing=True) == found


@pytest.mark.parametrize(
    "asked", ["", "   ", '""', "“”", "*", "… — ¶", "NEAR(", "\x00", "AND OR NOT", "'); --", "(((*"]
)
def test_any_text_can_be_asked_for(asked: str) -> None:
    assert sought(asked).is_cut is False


def test_more_words_than_are_sought_are_cut() -> None:
    asked = sought(" ".join(f"word{number}" for number in range(100)))
    assert sum(len(term.written) for term in asked.terms) == MOST_WORDS
    assert asked.is_cut
    assert sought("a " * 10_000).is_cut
    assert sought("“" + "many words " * 20 + "”").is_cut


def test_a_word_that_is_asked_for_twice_is_sought_once() -> None:
    assert len(sought("strike strike").terms) == 1


def test_all_terms_have_to_be_found_in_the_texts_together() -> None:
    texts = ["The strikes hit.", "SANA said so."]
    assert is_found(sought("strike sana"), texts, "en")
    assert not is_found(sought("strike ministry"), texts, "en")
    assert not is_found(sought("“hit sana”"), texts, "en"), "no phrase runs from one text into the next"
    assert count_terms(sought("strike sana"), texts[0], "en") == 1


@given(st.text(), st.text())
def test_pieces_are_the_text(asked: str, text: str) -> None:
    found = pieces(sought(asked), text, "en")
    assert "".join(part.text for part in found) == text
    assert any(part.is_hit for part in found) == bool(count_terms(sought(asked), text, "en"))


@given(st.text(alphabet="ab c", min_size=1, max_size=900), st.integers(20, 100))
def test_an_excerpt_holds_the_first_hit(text: str, length: int) -> None:
    asked = sought("ab")
    first = next((part for part in pieces(asked, text, "en") if part.is_hit), None)
    shown = excerpt(asked, text, "en", length)
    assert "".join(part.text for part in shown).removeprefix("… ").removesuffix(" …") in text
    if first:
        assert first.text == next(part.text for part in shown if part.is_hit)


def test_an_excerpt_is_cut_between_words() -> None:
    text = "before " * 60 + "the strikes came " + "after " * 60
    shown = excerpt(sought("strike"), text.strip(), "en")
    assert shown[0] == Piece("… ", is_hit=False)
    assert shown[-1] == Piece(" …", is_hit=False)
    assert {word.written for part in shown for word in words(part.text)} == {
        "before",
        "the",
        "strikes",
        "came",
        "after",
    }
    assert excerpt(sought("strike"), "A strike.", "en") == pieces(sought("strike"), "A strike.", "en")


@pytest.mark.parametrize(
    ("asked", "for_good"),
    [
        *(("art", "art*"), ("the art", "the art*"), ("U.S", "U.S"), ("US-led", "US-led*"), ("رئيس", "رئيس*")),
        *(("ar", "ar"), ("art*", "art*"), ("art ", "art "), ("", ""), ("“the art”", "“the art”"), ("?!", "?!")),
        ("x" * 1_001, "x" * 1_001),
    ],
)
def test_what_is_typed_is_found_again_for_good(asked: str, for_good: str) -> None:
    assert as_begun(asked) == for_good
    assert sought(asked, typing=True) == sought(for_good)


@given(st.text(alphabet='artU.S- *“”"é', max_size=12))
def test_whatever_is_typed_outside_of_quotation_marks(asked: str) -> None:
    if as_begun(asked) != asked:
        assert sought(as_begun(asked)) == sought(asked, typing=True)
