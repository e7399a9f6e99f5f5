"""Pages that begin below a row or end above one."""

from typing import Any

import pytest

from articles.pages.paging import Place, RowsPage, fetch_from, window

ROWS = list(range(10, 110, 10))


def shown(place: Place, size: int = 4, rows: Any = ROWS) -> tuple[list[int], bool, bool]:
    found = window(fetch_from(rows, lambda row: (row,)), place, size)
    return list(found.rows), found.has_before, found.has_after


def spans(place: Place, total: int | None = 10) -> tuple[str, int | None, int | None]:
    """Of a page of four of the ten rows: which these are, and what the next pages are told to be."""
    found = window(fetch_from(ROWS, lambda row: (row,)), place, 4)
    page = RowsPage(found.rows, found.has_before, found.has_after, at=found.at).counted(total, 4)
    return page.span, page.at_before, page.at_after


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(), ([10, 20, 30, 40], False, True)),
        (Place(below=(40,)), ([50, 60, 70, 80], True, True)),
        (Place(below=(45,)), ([50, 60, 70, 80], True, True)),
        (Place(below=(80,)), ([90, 100], True, False)),
        (Place(below=(100,)), ([70, 80, 90, 100], True, False)),
        (Place(above=(90,)), ([50, 60, 70, 80], True, True)),
        (Place(above=(50,)), ([10, 20, 30, 40], False, True)),
        (Place(above=(30,)), ([10, 20, 30, 40], False, True)),
        (Place(is_last=True), ([70, 80, 90, 100], True, False)),
        (Place(number=2), ([50, 60, 70, 80], True, True)),
        (Place(number=3), ([90, 100], True, False)),
        (Place(number=99), ([70, 80, 90, 100], True, False)),
    ],
)
def test_where_a_page_stands(place: Place, expected: tuple[list[int], bool, bool]) -> None:
    assert shown(place) == expected


@pytest.mark.parametrize(
    ("place", "span", "before", "after"),
    [
        (Place(), "1–4", 1, 5),
        (Place(number=2), "5–8", 1, 9),
        (Place(number=3), "9–10", 5, 11),
        (Place(below=(40,), row=5), "5–8", 1, 9),
        (Place(below=(80,), row=9), "9–10", 5, 11),
        (Place(below=(80,)), "9–10", 5, 11),
        (Place(above=(50,), row=5), "1–4", 1, 5),
        (Place(above=(70,), row=3), "3–6", 1, 7),
        (Place(is_last=True), "7–10", 3, 11),
        (Place(below=(40,)), "", None, None),
        (Place(below=(40,), row=1), "", None, None),
        (Place(below=(40,), row=7), "", None, None),
        (Place(below=(40,), row=999_999), "", None, None),
    ],
)
def test_a_page_says_which_rows_it_has(place: Place, span: str, before: int | None, after: int | None) -> None:
    assert spans(place) == (span, before, after)


@pytest.mark.parametrize(
    ("place", "span"),
    [
        (Place(), "1–4"),
        (Place(below=(40,), row=50_001), "50,001–50,004"),
        (Place(below=(80,), row=9), "9–10"),
        (Place(is_last=True), ""),
    ],
)
def test_of_more_than_are_counted_it_says_so_as_far_as_the_address_knows(place: Place, span: str) -> None:
    assert spans(place, total=None)[0] == span


def test_the_only_page_and_a_single_row() -> None:
    only = RowsPage([10, 20], has_before=False, has_after=False, at=1).counted(2, 4)
    assert only.span == ""
    single = RowsPage([50], has_before=True, has_after=False).counted(5, 4)
    assert (single.span, single.at_before) == ("5", 1)


@pytest.mark.parametrize("place", [Place(), Place(below=(5,)), Place(above=(5,)), Place(is_last=True), Place(number=7)])
def test_of_nothing_there_is_one_empty_page(place: Place) -> None:
    assert shown(place, rows=[]) == ([], False, False)


def test_forwards_and_backwards_meet_every_row_once() -> None:
    seen: list[int] = []
    rows, _, has_after = shown(Place())
    while True:
        seen += rows
        if not has_after:
            break
        rows, _, has_after = shown(Place(below=(rows[-1],)))
    assert seen == ROWS
