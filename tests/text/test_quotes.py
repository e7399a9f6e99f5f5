import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.quotes import CONTEXT, Found, closest, context, find, occurrences
from articles.text.selecting import snapped
from tests.text.texts import lines, selections

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


class TestOccurrences:
    BLOCKS = ["He said “no” — it’s ‘not’ 500\u00a0km.", 'An étude; he said "no".']

    @pytest.mark.parametrize(
        ("quote", "found"),
        [
            ('said "no"', [(0, 3, 12), (1, 13, 22)]),
            ("said “no”", [(0, 3, 12), (1, 13, 22)]),
            ('said “no"', [(0, 3, 12), (1, 13, 22)]),
            ("it's 'not'", [(0, 15, 25)]),
            ("  it’s\n\t ‘not’ ", [(0, 15, 25)]),
            ("500 km", [(0, 26, 32)]),
            ("500\u202fkm", [(0, 26, 32)]),
            ("e\u0301tude", [(1, 3, 8)]),
            ("HE SAID", []),
            ("", []),
            (" \n", []),
        ],
    )
    def test_as_typed_or_pasted(self, quote: str, found: list[tuple[int, int, int]]) -> None:
        assert occurrences(self.BLOCKS, quote) == found

    def test_all_of_them_in_order(self) -> None:
        assert occurrences(["aaa", "b", "a"], "a") == [(0, 0, 1), (0, 1, 2), (0, 2, 3), (2, 0, 1)]
        assert occurrences(["aaa"], "aa") == [(0, 0, 2), (0, 1, 3)]

    @given(selections())
    def test_what_stands_there_is_found_there(self, selection: tuple[str, int, int]) -> None:
        text, *edges = selection
        span = snapped(text, *edges)
        if span and not unicodedata.combining(text[span[0]]):
            assert (0, *span) in occurrences([text], text[span[0] : span[1]])


class TestClosest:
    BLOCKS = [
        "Some 500 troops, allied with Assad, attacked the “headquarters of the SDF” on Wednesday, an official said.",
        "“This action was taken in self-defense,” Veale said. The attack took place near Khusham — the river.",
        "قالت الوزارة إن ٢٥ من أفراد الميليشيا أصيبوا.",
    ]

    def quotes(self, quote: str, limit: int = 3) -> list[str]:
        return [self.BLOCKS[block][start:end] for block, start, end in closest(self.BLOCKS, quote, limit)]

    @pytest.mark.parametrize(
        ("quote", "first"),
        [
            (
                "500 troops allied with Assad have attacked the headquarters",
                "500 troops, allied with Assad, attacked the “headquarters",
            ),
            ("“This action was taken in self-defence,”", "“This action was taken in self-defense,”"),
            ("This action was taken in self-defence", "This action was taken in self-defense"),
            ("this ACTION was taken", "This action was taken"),
            ("Kusham", "Khusham"),
            ("attack took place close to Khusham", "attack took place near Khusham"),
            ("near Khusham the river", "near Khusham — the river"),
            ("قالت الوزارة ان ٢٥ من أفراد", "قالت الوزارة إن ٢٥ من أفراد"),
        ],
    )
    def test_the_best_comes_first(self, quote: str, first: str) -> None:
        assert self.quotes(quote)[0] == first

    @pytest.mark.parametrize(
        "quote", ["", " ", "“”", "cricket was rained off", "the official of a river in Wonderland then"]
    )
    def test_nothing_is_better_than_what_is_not_alike(self, quote: str) -> None:
        assert self.quotes(quote) == []

    def test_a_stray_word_is_left_out(self) -> None:
        assert self.quotes("the attack was mounted near Khusham")[0] == "The attack took place near Khusham"

    def test_as_many_as_wanted_best_first_and_apart(self) -> None:
        blocks = ["a b c d", "a b c x a b y z"]
        assert closest(blocks, "a b c d e") == [(0, 0, 7), (1, 0, 5)]
        assert closest(blocks, "a b c d e", 1) == [(0, 0, 7)]

    def test_of_equals_the_first_comes_first(self) -> None:
        assert closest(["one two", "two one two"], "One, two") == [(0, 0, 7), (1, 4, 11)]

    @given(st.lists(lines, max_size=3), st.one_of(lines, st.text(max_size=30)), st.integers(0, 4))
    def test_passages_are_within_the_texts_and_apart(self, blocks: list[str], quote: str, limit: int) -> None:
        found = closest(blocks, quote, limit)
        assert len(found) <= limit
        for block, start, end in found:
            assert 0 <= start < end <= len(blocks[block])
            assert blocks[block][start:end].strip() == blocks[block][start:end]
        for (block, _, end), (other, start, _) in pairwise(sorted(found)):
            assert block != other or end <= start

    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            ("He said the troops attacked. " * 1000, "She said that troops had attacked"),
            ("the a " * 2500, "a b " * 300),
            ("word " * 5000, "w0rd " * 300),
            (" ".join(f"s{n}yria" for n in range(5000)), " ".join(f"s{n}yira" for n in range(300))),
        ],
    )
    def test_a_long_text_takes_no_time(self, text: str, quote: str) -> None:
        """Each runs in well under a second; quadratic work would take minutes."""
        assert len(closest([text], quote)) <= 3
