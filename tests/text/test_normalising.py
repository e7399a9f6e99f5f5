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


def test_what_does_not_compose_keeps_its_own_places() -> None:
    assert ranges("q\u0301e\u0301") == [("q", 0, 1), ("\u0301", 1, 2), ("é", 2, 4)]


def test_a_mark_that_nfc_takes_apart_belongs_to_one_range() -> None:
    assert ranges("a\u0344b", 1) == [("ä", 1, 3), ("\u0301", 1, 3), ("b", 3, 4)]


def test_hangul_letters_compose() -> None:
    assert ranges("\u1100\u1161\u11a8x") == [("각", 0, 3), ("x", 3, 4)]


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
