from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.comparing import BREAK, Kind, Row, compare, is_typographic, stretches
from articles.text.parsing import parse

SEEDS = Path(__file__).parent.parent.parent / "seeds"
words = st.sampled_from(["the", "coalition", "said", "25", "“no”", "—", "عربي", "🤔", "e\u0301", "struck", "of", ","])
paragraphs = st.lists(words, min_size=1, max_size=12).map(" ".join)
texts = st.lists(paragraphs, max_size=6)

ONE = "The coalition struck near Khusham on Wednesday, killing over a hundred fighters of the regime there."
TWO = "Russia was told beforehand through a hotline that both armies have kept open for years, Veale said."
THREE = "The ministry spoke of reconnaissance southeast of Salhiyah, where a refinery lies beside the river."


def ends(rows: list[Row], side: str) -> list[int]:
    return [index for row in rows for index in getattr(row, side)]


@given(texts, texts)
def test_the_rows_are_both_texts(old: list[str], new: list[str]) -> None:
    rows = compare(old, new)
    assert sorted(ends(rows, "old")) == list(range(len(old)))
    assert ends(rows, "new") == list(range(len(new)))
    for row in rows:
        assert "".join(one.old for one in row.stretches) == BREAK.join(old[at] for at in row.old)
        assert "".join(one.new for one in row.stretches) == BREAK.join(new[at] for at in row.new)
        assert all((one.old == one.new) is (one.kind is Kind.SAME) for one in row.stretches)
        assert all(not (one.kind is other.kind is Kind.SAME) for one, other in pairwise(row.stretches))


@given(texts)
def test_a_text_compared_with_itself_shows_nothing(text: list[str]) -> None:
    assert not [row for row in compare(text, text) if row.kinds or row.is_moved]


@given(texts, texts)
def test_what_is_gone_one_way_is_new_the_other(old: list[str], new: list[str]) -> None:
    there, back = compare(old, new), compare(new, old)
    changes = sorted((one.old, one.new) for row in there for one in row.stretches)
    assert changes == sorted((one.new, one.old) for row in back for one in row.stretches)


@pytest.mark.parametrize(
    ("old", "new", "rows"),
    [
        ([ONE, TWO], [ONE, THREE, TWO], [((0,), (0,)), ((), (1,)), ((1,), (2,))]),
        ([ONE, TWO, THREE], [ONE, THREE], [((0,), (0,)), ((1,), ()), ((2,), (1,))]),
        ([ONE, TWO], [f"{ONE} {TWO}"], [((0, 1), (0,))]),
        ([f"{ONE} {TWO}"], [ONE, TWO], [((0,), (0, 1))]),
        ([ONE, ONE], [ONE], [((0,), (0,)), ((1,), ())]),
        ([ONE], [TWO], [((0,), ()), ((), (0,))]),
        ([ONE], [ONE.replace("over a hundred", "some")], [((0,), (0,))]),
    ],
    ids=["added", "gone", "merged", "split", "repeated", "replaced", "reworded"],
)
def test_paragraphs_find_each_other(old: list[str], new: list[str], rows: list[tuple[object, object]]) -> None:
    assert [(row.old, row.new) for row in compare(old, new)] == rows


def test_a_paragraph_that_moved() -> None:
    rows = compare([ONE, TWO, THREE], [THREE, ONE, TWO])
    assert [(row.old, row.is_moved, row.kinds) for row in rows] == [
        ((2,), True, ()),
        ((0,), False, ()),
        ((1,), False, ()),
    ]


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ('"No" - never', "“No” – never", [Kind.TYPOGRAPHIC]),
        ("“It struck,” again", "“It struck”, again", [Kind.TYPOGRAPHIC]),
        ("five miles", "five\u00a0miles", [Kind.TYPOGRAPHIC]),
        ("an “aggression” by it", "an aggression by it", [Kind.WORDING]),
        ("killing over 100 men", "killing an estimated 100 men", [Kind.NUMBER]),
        ("it hurt 25 of them", "it hurt 35 of them", [Kind.NUMBER]),
        ("it hurt two of them", "it hurt three of them", [Kind.NUMBER]),
        ("it hurt no civilian", "it hurt nobody", [Kind.WORDING]),
        ("it hurt no civilian there", "it hurt none there", [Kind.WORDING]),
        ("nobody was hurt", "no one was hurt", [Kind.WORDING]),
        ("0 civilians were hurt", "no civilians were hurt", [Kind.WORDING]),
        ("it hurt two of them", "it hurt 2 of them", [Kind.WORDING]),
        ("it hurt 1,000 of them", "it hurt a thousand of them", [Kind.WORDING]),
        ("at least 5 were hurt", "no fewer than 5 were hurt", [Kind.WORDING]),
        ("it is no longer at war", "it is still at war", [Kind.WORDING]),
        ("it hurt no civilian", "it hurt three civilians", [Kind.NUMBER]),
        ("it hurt nobody", "it hurt one of them", [Kind.NUMBER]),
        ("it hurt nobody", "it hurt soldiers", [Kind.NUMBER]),
        ("it hurt 2 million", "it hurt 2 thousand", [Kind.NUMBER]),
        ("it hurt dozens of them", "it hurt hundreds of them", [Kind.NUMBER]),
        ("it hurt several hundred", "it hurt several thousand", [Kind.NUMBER]),
        ("it hurt 2 thousand", "it hurt 2,000", [Kind.WORDING]),
        ("5 tanks came", "5 trucks came", [Kind.WORDING]),
        ("a T-54 came", "a T-72 came", [Kind.NUMBER]),
        ("on 7 February", "on 8 February", [Kind.NUMBER]),
        ("It struck, a US military official said.", "It struck, Col. Veale said.", [Kind.ATTRIBUTION]),
        ("It struck, the official said.", "It struck, the official claimed.", [Kind.ATTRIBUTION]),
        ("It struck, said Veale.", "It struck, said Pickart.", [Kind.ATTRIBUTION]),
        ("It struck, according to Veale.", "It struck, according to Pickart.", [Kind.ATTRIBUTION]),
        ("Veale said tanks came.", "Veale said trucks came.", [Kind.WORDING]),
        ("It hit tanks, he said.", "It hit trucks, he said.", [Kind.WORDING]),
        ("It hit the town.", "It hit the old town.", [Kind.WORDING]),
    ],
)
def test_kinds(old: str, new: str, kinds: list[Kind]) -> None:
    assert [one.kind for one in stretches(old, new) if one.kind is not Kind.SAME] == kinds
    assert [one.kind for one in stretches(new, old) if one.kind is not Kind.SAME] == kinds


_ONES = ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def ways_to_write(number: int) -> list[str]:
    """All of the same number."""
    ways = [str(number), f"{number:,}"]
    ways += [_ONES[number]] if 0 < number < len(_ONES) else []
    if number in range(1000, 12001, 1000):
        ways += [f"{_ONES[number // 1000]} thousand", f"{number // 1000} thousand"]
    ways += ["nobody", "none", "no one", "no man", "no civilian at all", "zero"] if not number else []
    return ways


NUMBERS = st.one_of(st.integers(0, 12), st.integers(1, 12).map(lambda one: 1000 * one), st.integers(0, 10**7))


@given(NUMBERS, NUMBERS, st.data())
def test_a_number_is_another_one_just_where_its_value_is(number: int, other: int, data: st.DataObject) -> None:
    old, new = (data.draw(st.sampled_from(ways_to_write(one))) for one in (number, other))
    kinds = {one.kind for one in stretches(f"Then came {old} from afar", f"Then came {new} from afar")}
    assert (Kind.NUMBER in kinds) == (number != other)


def test_words_that_only_stand_between_changes_are_not_picked_out() -> None:
    (first, second) = stretches("He came early from the north", "He left late by a boat")
    assert (first.old, second.old, second.new) == ("He ", "came early from the north", "left late by a boat")


@pytest.mark.parametrize(("old", "new"), [("said", "says"), ("“", ""), ("25", "26")])
def test_what_is_more_than_typographic(old: str, new: str) -> None:
    assert not is_typographic(old, new)


def test_two_reports_of_five_thousand_words_take_milliseconds() -> None:
    """In computing time, whatever else the machine does; ten times what it takes, so that no slow machine fails."""
    reports = [[block.text for block in parse((SEEDS / f"khusham-{n}.txt").read_text()).blocks] for n in (1, 2)]
    old, new = ([f"{text} {copy}" for copy in range(7) for text in report] for report in reports)
    started = process_time()
    compare(old, new)
    assert process_time() - started < 1
