import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from articles.text.normalising import normalise
from tests.text.texts import texts


def ranges(given: str, offset: int = 0) -> list[tuple[str, int, int]]:
    result = normalise(given, offset)
    return list(zip(result.text, result.starts, result.ends, strict=True))


def test_white_space_is_folded_into_one_space() -> None:
    assert ranges("a \t\n b") == [("a", 0, 1), (" ", 1, 5), ("b", 5, 6)]


def test_offsets_begin_where_the_text_does() -> None:
    assert ranges("a b", 10) == [("a", 10, 11), (" ", 11, 12), ("b", 12, 13)]


def test_a_single_non_breaking_space_stays() -> None:
    assert normalise("5\u00a0km and 5\u202fkm", 0).text == "5\u00a0km and 5\u202fkm"


def test_a_non_breaking_space_among_others_is_folded() -> None:
    assert normalise("5\u00a0 km \u202fx", 0).text == "5 km x"


def test_a_composed_character_comes_from_all_its_parts() -> None:
    assert ranges("xe\u0301y", 5) == [("x", 5, 6), ("é", 6, 8), ("y", 8, 9)]


def test_a_grave_accent_composes() -> None:
    assert ranges("e\u0300") == [("è", 0, 2)]


def test_the_letters_around_a_composed_one_keep_their_own_places() -> None:
    assert ranges("قرا\u0653ن") == [("ق", 0, 1), ("ر", 1, 2), ("آ", 2, 4), ("ن", 4, 5)]


def test_what_does_not_compose_keeps_its_own_places() -> None:
    assert ranges("q\u0301e\u0301") == [("q", 0, 1), ("\u0301", 1, 2), ("é", 2, 4)]


def test_a_mark_that_nfc_takes_apart_belongs_to_one_range() -> None:
    assert ranges("a\u0344b", 1) == [("ä", 1, 3), ("\u0301", 1, 3), ("b", 3, 4)]


def test_hangul_letters_compose() -> None:
    assert ranges("\u1100\u1161\u11a8x") == [("각", 0, 3), ("x", 3, 4)]


def test_a_tab_becomes_a_space() -> None:
    assert ranges("a\tb") == [("a", 0, 1), (" ", 1, 2), ("b", 2, 3)]


def test_many_marks_on_one_letter_come_in_canonical_order() -> None:
    below, above = "\u0323" * 40, "\u0307" * 40
    assert ranges("q" + above + below, 7) == [(one, 7, 88) for one in "q" + below + above]


def test_a_letter_of_marks_finds_its_order_across_many_marks() -> None:
    """U+0F73 is no mark and yet made of two."""
    given = "x\u0301" + "\u0f71" * 40 + "\u0f73"
    assert normalise(given, 0).text == "x" + "\u0f71" * 41 + "\u0f72\u0301"


def test_marks_in_the_worst_order_are_sorted_in_linear_time() -> None:
    """Runs in about a second; quadratic work would take an hour."""
    assert len(normalise("q" + "\u0307\u0323" * 200_000, 0).text) == 400_001


@given(
    st.text(
        st.sampled_from("ae\u0301\u0323\u0338\u0344\u0f71\u0f72\u0f73\u1100\u1161\u11a8각"), min_size=1, max_size=60
    )
)
def test_marks_in_any_order_give_nfc(marks: str) -> None:
    assert normalise(marks, 0).text == unicodedata.normalize("NFC", marks)


@given(texts, st.integers(0, 100))
def test_the_text_is_the_nfc_of_what_was_given(text: str, offset: int) -> None:
    given = text.strip()
    result = normalise(given, offset)
    assert "".join(result.text.split()) == "".join(unicodedata.normalize("NFC", given).split())
    assert len(result.starts) == len(result.ends) == len(result.text)


@given(texts, st.integers(0, 100))
def test_the_ranges_cover_what_was_given_without_gaps(text: str, offset: int) -> None:
    given = text.strip()
    result = normalise(given, offset)
    edge = offset
    for start, end in sorted(set(zip(result.starts, result.ends, strict=True))):
        assert start == edge
        edge = end
    assert edge == offset + len(given)
