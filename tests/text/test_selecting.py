from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.text.selecting import _PLAIN, _is_part_of, moved, sentence_around, snapped, tokens
from tests.text.texts import CHARACTERS, lines, selections

TEXT = "“Some 500 troops,” U.S. Col. Veale said. It wasn’t self-defence 👩🏽‍🚀! قالَتْ نعم."


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in tokens(text)]


def is_blank(text: str) -> bool:
    return not text.replace("\u200b", " ").strip()


def place(quote: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(quote)
    return start, start + len(quote)


class TestTokens:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", []),
            (" \u00a0\u200b", []),
            ("Some 500 troops.", ["Some", "500", "troops", "."]),
            ("The U.S. said", ["The", "U.S", ".", "said"]),
            ("3,000, or 24/7", ["3,000", ",", "or", "24/7"]),
            ("don’t don't self-defence F‑15", ["don’t", "don't", "self-defence", "F‑15"]),
            ("‘tis -5 and/", ["‘", "tis", "-", "5", "and", "/"]),
            ("wait...what", ["wait", ".", ".", ".", "what"]),
            ("a–b—c_d", ["a", "–", "b", "—", "c", "_", "d"]),
            ("“(yes),”", ["“", "(", "yes", ")", ",", "”"]),
            ("قالَتْ، نعم", ["قالَتْ", "،", "نعم"]),
            ("שָׁלוֹם עולם", ["שָׁלוֹם", "עולם"]),
            ("हिन्दी क्‍ष।", ["हिन्दी", "क्‍ष", "।"]),
            ("می\u200cخواهم", ["می\u200cخواهم"]),
            ("so\u00adcalled", ["so\u00adcalled"]),
            ("one\u200btwo", ["one", "two"]),
            ("👍👍🏿", ["👍", "👍🏿"]),
            ("🇸🇾🇷🇺🇺", ["🇸🇾", "🇷🇺", "🇺"]),
            ("👩\u200dx", ["👩\u200d", "x"]),
            ("x\u200d👩", ["x\u200d", "👩"]),
            (" \u0301a", ["\u0301", "a"]),
            ("🙂\u200d\U0001fae8", ["🙂\u200d\U0001fae8"]),
        ],
    )
    def test_words_and_symbols(self, text: str, expected: list[str]) -> None:
        assert words(text) == expected

    @pytest.mark.parametrize("one", CHARACTERS)
    def test_a_character_is_never_cut(self, one: str) -> None:
        assert words(f"({one} {one})") == ["(", one, one, ")"]

    @given(lines)
    def test_they_hold_all_that_is_not_blank_in_order(self, text: str) -> None:
        place = 0
        for start, end in tokens(text):
            assert start < end
            assert is_blank(text[place:start])
            assert not any(is_blank(one) for one in text[start:end])
            place = end
        assert is_blank(text[place:])

    def test_takes_linear_time(self) -> None:
        """Runs in under a second; quadratic work would take minutes."""
        assert len(tokens("word, 👨‍👩‍👧 " * 20_000)) == 60_000


class TestSnapped:
    @pytest.mark.parametrize(
        ("selected", "expected"),
        [
            ("ome 500 troo", "Some 500 troops"),
            (" 500 ", "500"),
            ("500", "500"),
            ("troops,”", "troops,”"),
            ("troops", "troops"),
            ("S. C", "U.S. Col"),
            ("asn", "wasn’t"),
            ("-", "self-defence"),
            ("\u200d", "👩🏽‍🚀"),
            ("َتْ ن", "قالَتْ نعم"),
            (TEXT, TEXT),
        ],
    )
    def test_edges_widen_to_whole_words(self, selected: str, expected: str) -> None:
        assert snapped(TEXT, *place(selected)) == place(expected)

    @pytest.mark.parametrize(
        ("selected", "expected"),
        [("ome 500 troo", "ome 500 troo"), (" 500 ", "500"), ("🏽", "👩🏽‍🚀"), ("الَت", "الَتْ")],
    )
    def test_exact_keeps_characters(self, selected: str, expected: str) -> None:
        assert snapped(TEXT, *place(selected), exact=True) == place(expected)

    def test_either_way_round_and_out_of_range(self) -> None:
        assert snapped("one two", 6, 5) == (4, 7)
        assert snapped("one two", -5, 50) == (0, 7)
        assert snapped("one two", 50, 60) is None
        assert snapped("one two", -9, 0) is None

    @pytest.mark.parametrize(("start", "end"), [(3, 4), (2, 2), (0, 0), (3, 3)])
    @pytest.mark.parametrize("exact", [False, True])
    def test_nothing_selected_is_none(self, start: int, end: int, exact: bool) -> None:
        assert snapped("one two", start, end, exact=exact) is None

    @given(selections(), st.booleans())
    @example(("a\u0301 ", 1, 3), True)
    def test_covers_what_was_selected_and_no_more_than_it_touches(
        self, selection: tuple[str, int, int], exact: bool
    ) -> None:
        text, *edges = selection
        start, end = (min(max(edge, 0), len(text)) for edge in sorted(edges))
        span = snapped(text, *edges, exact=exact)
        assert (span is None) == is_blank(text[start:end])
        if span is None:
            return
        first, last = span
        assert 0 <= first < last <= len(text)
        assert not is_blank(text[first]) and not is_blank(text[last - 1])
        assert is_blank(text[start:first]) and is_blank(text[last:end])
        assert snapped(text, first, last, exact=exact) == span
        whole = snapped(text, start, end)
        assert whole is not None and whole[0] <= first and last <= whole[1]
        if not exact:
            assert first in [one for one, _ in tokens(text)]
            assert last in [one for _, one in tokens(text)]


class TestMoved:
    @pytest.mark.parametrize(
        ("edge", "by", "expected"),
        [
            ("end", 1, "500 troops,"),
            ("end", 2, "500 troops,”"),
            ("end", 3, "500 troops,” U.S"),
            ("end", -1, "500"),
            ("end", -5, "500"),
            ("end", 500, TEXT[6:]),
            ("end", 0, "500 troops"),
            ("start", -1, "Some 500 troops"),
            ("start", -9, "“Some 500 troops"),
            ("start", 1, "troops"),
            ("start", 9, "troops"),
            ("start", 0, "500 troops"),
        ],
    )
    def test_one_edge_by_tokens(self, edge: Literal["start", "end"], by: int, expected: str) -> None:
        assert moved(TEXT, *place("500 troops"), edge, by) == place(expected)

    @pytest.mark.parametrize(
        ("edge", "by", "expected"),
        [
            ("start", -1, "Some 500 troops"),
            ("start", -2, "“Some 500 troops"),
            ("start", 1, "500 troops"),
            ("end", 1, "Some 500 troops"),
            ("end", 2, "Some 500 troops,"),
            ("end", -1, "Some 500"),
        ],
    )
    def test_an_edge_within_a_word_reaches_its_near_side_first(
        self, edge: Literal["start", "end"], by: int, expected: str
    ) -> None:
        assert moved(TEXT, *place("me 500 troo"), edge, by) == place(expected)

    def test_a_span_of_blanks_takes_a_word_beside_it(self) -> None:
        assert moved("one two ", 3, 4, "end", 0) == (4, 7)
        assert moved("one two ", 7, 8, "end", 1) == (4, 7)

    def test_a_blank_text_gives_the_span_as_it_is(self) -> None:
        assert moved(" ", 0, 1, "end", 1) == (0, 1)

    @given(selections(), st.sampled_from(["start", "end"]), st.integers(-30, 30))
    def test_lies_on_bounds_and_is_never_empty(
        self, selection: tuple[str, int, int], edge: Literal["start", "end"], by: int
    ) -> None:
        text, start, end = selection
        units = tokens(text)
        if not units:
            return
        first, last = moved(text, start, end, edge, by)
        assert first < last
        assert first in [one for one, _ in units]
        assert last in [one for _, one in units]

    @given(selections(), st.sampled_from(["start", "end"]), st.integers(0, 9), st.integers(0, 9), st.booleans())
    def test_steps_add_up(
        self, selection: tuple[str, int, int], edge: Literal["start", "end"], one: int, other: int, back: bool
    ) -> None:
        text, start, end = selection
        if not tokens(text):
            return
        sign = -1 if back else 1
        span = snapped(text, start, end) or (0, len(text))
        steps = moved(text, *moved(text, *span, edge, sign * one), edge, sign * other)
        assert steps == moved(text, *span, edge, sign * (one + other))

    @given(selections(), st.integers(1, 9))
    def test_growing_can_be_taken_back(self, selection: tuple[str, int, int], by: int) -> None:
        text, start, end = selection
        span = snapped(text, start, end)
        if span is None:
            return
        after = [one for one, _ in tokens(text) if one >= span[1]]
        by = min(by, len(after))
        assert moved(text, *moved(text, *span, "end", by), "end", -by) == span


class TestSentenceAround:
    @pytest.mark.parametrize(
        ("selected", "expected"),
        [
            ("500", "“Some 500 troops,” U.S. Col. Veale said."),
            ("Veale said.", "“Some 500 troops,” U.S. Col. Veale said."),
            ("wasn’t", "It wasn’t self-defence 👩🏽‍🚀!"),
            (" It", "It wasn’t self-defence 👩🏽‍🚀!"),
            ("said. ", "“Some 500 troops,” U.S. Col. Veale said."),
            ("said. It", "“Some 500 troops,” U.S. Col. Veale said. It wasn’t self-defence 👩🏽‍🚀!"),
            ("نعم", "قالَتْ نعم."),
        ],
    )
    def test_whole_sentences(self, selected: str, expected: str) -> None:
        assert sentence_around(TEXT, *place(selected)) == place(expected)

    def test_a_caret_stands_in_one_sentence(self) -> None:
        text = "One. Two."
        assert [sentence_around(text, at, at) for at in (0, 3, 5, 9)] == [(0, 4), (0, 4), (5, 9), (5, 9)]

    def test_a_blank_between_sentences_belongs_to_the_next(self) -> None:
        assert sentence_around("One. Two. Three.", 4, 5) == (5, 9)

    @given(selections())
    def test_holds_what_was_selected_and_is_stable(self, selection: tuple[str, int, int]) -> None:
        text, start, end = selection
        span = snapped(text, start, end, exact=True)
        if span is None:
            return
        first, last = sentence_around(text, start, end)
        assert 0 <= first <= span[0] and span[1] <= last <= len(text)
        assert not is_blank(text[first]) and not is_blank(text[last - 1])
        assert sentence_around(text, first, last) == (first, last)


def test_plain_characters_are_never_part_of_the_one_before() -> None:
    plain = [one for one in map(chr, range(0x110000)) if _PLAIN.fullmatch(one)]
    assert {"a", " ", "ß", "я", "“", "…", "€"} < set(plain)
    assert not {"\u0301", "\xad", "\u200b", "\u200d", "\u0488", "✈"} & set(plain)
    assert not [one for one in plain for first in ("a", " ", "✈") if _is_part_of(first + one, 0, 1)]
