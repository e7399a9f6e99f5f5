"""Pages of lists of any length. A page begins below a row or ends above one, which its address names: so the last one
takes no longer than the first, and what is added meanwhile moves nothing."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")
Values = tuple[Any, ...]
# Rows from there on, or backwards from there, nearest first: where to begin (None: at the end of the list), which way,
# how many, and how many to leave out before.
Fetch = Callable[[Values | None, bool, int, int], Sequence[Row]]
# An old address counts pages. It is followed as far as this.
_MOST_LEFT_OUT = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: below a row, above one, at the end; else by its number."""

    below: Values | None = None
    above: Values | None = None
    is_last: bool = False
    number: int = 1


@dataclass(frozen=True, slots=True)
class Window(Generic[Row]):
    rows: Sequence[Row]
    has_before: bool
    has_after: bool


@dataclass(frozen=True, slots=True)
class RowsPage(Generic[Row]):
    """A window as a page shows it. `first` and `last` name its first row and its last one, in addresses. `number` is
    always 1: such pages are not counted."""

    rows: Sequence[Row]
    has_before: bool
    has_after: bool
    first: str = ""
    last: str = ""
    number: int = 1


def window(fetch: Fetch[Row], place: Place, size: int) -> Window[Row]:
    """What is asked for; the first page in place of less than one above a row, the last one in place of none."""
    if place.is_last:
        return _last(fetch, size)
    if place.above is not None:
        rows = fetch(place.above, True, size + 1, 0)
        if len(rows) < size:
            return _from(fetch, None, size)
        return Window(rows[:size][::-1], has_before=len(rows) > size, has_after=True)
    found = _from(fetch, place.below, size, (place.number - 1) * size if place.below is None else 0)
    return found if found.rows or not found.has_before else _last(fetch, size)


def _from(fetch: Fetch[Row], values: Values | None, size: int, left_out: int = 0) -> Window[Row]:
    left_out = min(left_out, _MOST_LEFT_OUT)
    rows = fetch(values, False, size + 1, left_out)
    return Window(rows[:size], has_before=values is not None or left_out > 0, has_after=len(rows) > size)


def _last(fetch: Fetch[Row], size: int) -> Window[Row]:
    rows = fetch(None, True, size + 1, 0)
    return Window(rows[:size][::-1], has_before=len(rows) > size, has_after=False)


def fetch_from(rows: Sequence[Row], values_of: Callable[[Row], Values]) -> Fetch[Row]:
    """Of rows that are read already, in order."""

    def fetch(values: Values | None, backwards: bool, count: int, left_out: int) -> Sequence[Row]:
        if backwards:
            end = len(rows) if values is None else bisect_left(rows, values, key=values_of)
            return rows[max(0, end - left_out - count) : max(0, end - left_out)][::-1]
        start = (0 if values is None else bisect_right(rows, values, key=values_of)) + left_out
        return rows[start : start + count]

    return fetch
