"""Periods, as ranges of what lists of claims sort by."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from articles.pages.periods import PERIOD, ages_of
from articles.writing.listing import LAST, age_of


def holds(ages: Any, *moment: int) -> bool:
    age = age_of(datetime(*moment, tzinfo=UTC), 0)  # type: ignore[misc,arg-type]
    return any(first <= age <= last for first, last in ages)


@pytest.mark.parametrize("text", ["2018", "2018-02", "9999-12", "0001"])
def test_what_is_a_period(text: str) -> None:
    assert PERIOD.fullmatch(text)
    assert ages_of([text], None, None)


@pytest.mark.parametrize("text", ["0000", "218", "2018-00", "2018-13", "2018-2", "2018-02-01", "٢٠١٨-13", ""])
def test_what_is_none(text: str) -> None:
    assert not PERIOD.fullmatch(text)


def test_nothing_said_is_any_time() -> None:
    assert ages_of([], None, None) is None


@pytest.mark.parametrize(
    ("periods", "since", "until", "inside", "outside"),
    [
        (["2018-02"], None, None, [(2018, 2, 1), (2018, 2, 28, 23, 59, 59)], [(2018, 1, 31, 23, 59, 59), (2018, 3, 1)]),
        (["2018-12"], None, None, [(2018, 12, 31, 23, 59, 59)], [(2019, 1, 1)]),
        (["2018"], None, None, [(2018, 1, 1), (2018, 12, 31, 23, 59, 59)], [(2017, 12, 31, 23, 59, 59), (2019, 1, 1)]),
        (["2017", "2019-01"], None, None, [(2017, 5, 1), (2019, 1, 2)], [(2018, 1, 1)]),
        (
            [],
            date(2018, 2, 7),
            date(2018, 2, 7),
            [(2018, 2, 7), (2018, 2, 7, 23, 59, 59)],
            [(2018, 2, 6, 23), (2018, 2, 8)],
        ),
        (["2018"], date(2018, 2, 7), None, [(2018, 2, 7)], [(2018, 2, 6), (2019, 1, 1)]),
        ([], None, date(1960, 1, 1), [(1960, 1, 1, 12)], [(1960, 1, 2)]),
    ],
)
def test_what_lies_within(periods: list[str], since: Any, until: Any, inside: Any, outside: Any) -> None:
    ages = ages_of(periods, since, until)
    assert all(holds(ages, *moment) for moment in inside)
    assert not any(holds(ages, *moment) for moment in outside)


def test_what_has_no_date_was_published_at_no_time() -> None:
    for ages in (
        ages_of([], None, date.max),
        ages_of([], date.min, None),
        ages_of(["2018"], None, None),
    ):
        assert ages is not None
        assert not any(first <= LAST <= last for first, last in ages)


def test_what_cannot_be_finds_nothing() -> None:
    assert ages_of(["2018"], date(2019, 1, 1), None) == ()
