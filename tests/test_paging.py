"""Pages that begin below a row or end above one."""

from typing import Any

import pytest

from articles.pages.paging import Place, fetch_from, window

ROWS = list(range(10, 110, 10))


def shown(place: Place, size: int = 4, rows: Any = ROWS) -> tuple[list[int], bool, bool]:
    found = window(fetch_from(rows, lambda row: (row,)), place, size)
    return list(found.rows), found.has_before, found.has_after


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
