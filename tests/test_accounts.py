from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.accounts import (
    Chosen,
    Located,
    Number,
    Relation,
    Rulings,
    Stated,
    Value,
    Worded,
    compare,
    conflicting,
    contradicting,
    relations,
    sign,
)

CONFLICT, AGREE, OPEN = Relation.CONFLICT, Relation.AGREE, Relation.NOT_COMPARABLE
KHUSHAM = Located("khusham", ("valley", "syria"))
VALLEY = Located("valley", ("syria",))

bounds = st.one_of(st.none(), st.integers(0, 200))
numbers = st.builds(Number, bounds, bounds, st.booleans()).filter(
    lambda one: one.low is None or one.high is None or one.low <= one.high
)
values = st.one_of(
    numbers,
    st.builds(Chosen, st.sampled_from("ab"), st.booleans()),
    st.sampled_from([KHUSHAM, VALLEY, Located("salhiyah")]),
    st.builds(Worded, st.text(max_size=3)),
)


def signs(stated: Iterable[Stated], rulings: Rulings | None = None) -> dict[str, Relation]:
    return {question: sign(pairs.values()) for question, pairs in relations(stated, rulings).items()}


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (Number(25, 25), Number(25, 25), AGREE),
        (Number(25, 25), Number(26, 26), CONFLICT),
        (Number(101, None), Number(100, 100), CONFLICT),
        (Number(101, None), Number(100, 100, about=True), AGREE),
        (Number(101, None), Number(40, None), AGREE),
        (Number(None, 10), Number(11, None), CONFLICT),
        (Number(None, 10), Number(10, None), AGREE),
        (Number(20, 30), Number(30, 40), AGREE),
        (Number(20, 30), Number(31, 40), CONFLICT),
        (Number(100, 100, about=True), Number(110, 110), AGREE),
        (Number(100, 100, about=True), Number(111, 111), CONFLICT),
        (Number(100, 100, about=True), Number(90, 90), AGREE),
        (Number(100, 100, about=True), Number(89, 89), CONFLICT),
        (Number(-10, -10, about=True), Number(-11, -11), AGREE),
        (Number(0, 0), Number(0, 0, about=True), AGREE),
        (Chosen("yes"), Chosen("yes"), AGREE),
        (Chosen("yes"), Chosen("no"), CONFLICT),
        (Chosen("yes"), Chosen("undetermined", leaves_open=True), OPEN),
        (Chosen("undetermined", leaves_open=True), Chosen("undetermined", leaves_open=True), OPEN),
        (KHUSHAM, KHUSHAM, AGREE),
        (KHUSHAM, VALLEY, AGREE),
        (VALLEY, KHUSHAM, AGREE),
        (KHUSHAM, Located("syria"), AGREE),
        (KHUSHAM, Located("salhiyah", ("syria",)), CONFLICT),
        (Worded("tanks"), Worded("tanks"), OPEN),
        (Worded("25"), Number(25, 25), OPEN),
    ],
)
def test_compare(one: Value, other: Value, relation: Relation) -> None:
    assert compare(one, other) is relation


@given(values, values)
def test_comparing_has_no_direction(one: Value, other: Value) -> None:
    assert compare(one, other) is compare(other, one)


@given(numbers)
def test_nothing_conflicts_with_itself(one: Number) -> None:
    assert compare(one, one) is AGREE


SANA_NO = Stated(1, "told", "sana", Chosen("no"))
COALITION_YES = Stated(2, "told", "coalition", Chosen("yes"))
OFFICIALS_YES = Stated(3, "told", "officials", Chosen("yes"))


def test_contradicting_names_the_others_in_order() -> None:
    assert contradicting([SANA_NO, COALITION_YES, OFFICIALS_YES]) == {
        1: (COALITION_YES, OFFICIALS_YES),
        2: (SANA_NO,),
        3: (SANA_NO,),
    }


def test_contradicting_names_a_source_once_for_each_value() -> None:
    again = Stated(6, "told", "coalition", Chosen("yes"))
    assert contradicting([SANA_NO, COALITION_YES, again]) == {1: (COALITION_YES,), 2: (SANA_NO,), 6: (SANA_NO,)}


@pytest.mark.parametrize("wanted", [set(), {2}, {1, 3}])
def test_contradicting_compares_only_what_is_wanted_with_all(wanted: set[int]) -> None:
    said = [SANA_NO, COALITION_YES, OFFICIALS_YES]
    everything = contradicting(said)
    assert contradicting(said, wanted=wanted) == {key: everything[key] for key in wanted}


def test_a_source_does_not_contradict_itself() -> None:
    assert contradicting([SANA_NO, Stated(4, "told", "sana", Chosen("yes"))]) == {1: (), 4: ()}


def test_answers_to_different_questions_are_not_compared() -> None:
    other = Stated(5, "aware", "coalition", Chosen("yes"))
    assert contradicting([SANA_NO, other]) == {1: (), 5: ()}
    assert signs([SANA_NO, other]) == {"told": OPEN, "aware": OPEN}


def test_signs_put_conflict_before_agreement() -> None:
    assert signs([COALITION_YES, OFFICIALS_YES]) == {"told": AGREE}
    assert signs([COALITION_YES, OFFICIALS_YES, SANA_NO]) == {"told": CONFLICT}


def test_one_account_has_no_sign() -> None:
    assert signs([SANA_NO]) == {"told": OPEN}


def test_two_answers_of_one_source_are_not_compared() -> None:
    assert signs([SANA_NO, Stated(4, "told", "sana", Chosen("yes"))]) == {"told": OPEN}


def test_no_answers_give_no_signs() -> None:
    assert signs([]) == {}


said = st.builds(Stated, st.integers(), st.sampled_from(["told", "aware"]), st.sampled_from("abc"), values)
ruled = st.dictionaries(
    st.tuples(st.sampled_from(["told", "aware"]), st.sampled_from(["ab", "bc", "ac"]).map(frozenset)),
    st.sampled_from(Relation),
    max_size=2,
)


@given(st.lists(said, max_size=8), ruled)
def test_conflicting_are_the_questions_whose_sign_is_conflict(stated: list[Stated], rulings: Rulings) -> None:
    assert conflicting(stated, rulings) == {
        question for question, one in signs(stated, rulings).items() if one is CONFLICT
    }
