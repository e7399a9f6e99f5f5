"""Pages of lists of any length. A page begins below a row or ends above one, which its address names: so the last one
takes no longer than the first, and what is added meanwhile moves nothing."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Self, TypeVar

Row = TypeVar("Row")
Values = tuple[Any, ...]
# Rows from there on, or backwards from there, nearest first: where to begin (None: at the end of the list), which way,
# how many, and how many to leave out before.
Fetch = Callable[[Values | None, bool, int, int], Sequence[Row]]
# An old address counts pages. It is followed as far as this.
_MOST_LEFT_OUT = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: below a row, above one, at the end; else by its number. `row` is what an address says that
    its first row is, of all."""

    below: Values | None = None
    above: Values | None = None
    is_last: bool = False
    number: int = 1
    row: int = 0


@dataclass(frozen=True, slots=True)
class Window(Generic[Row]):
    """Some rows of a list. `at`: which of all the first one is; 0 if that is not known."""

    rows: Sequence[Row]
    has_before: bool
    has_after: bool
    at: int = 0


@dataclass(frozen=True, slots=True)
class RowsPage(Generic[Row]):
    """A window as a page shows it. `first` and `last` name its first row and its last one, in addresses. `size` is how
    many rows a full page has; `number` is always 1: such pages are not counted."""

    rows: Sequence[Row]
    has_before: bool
    has_after: bool
    first: str = ""
    last: str = ""
    number: int = 1
    at: int = 0
    size: int = 0

    @property
    def span(self) -> str:
        """“51–71”, where there are other pages, and it is known which rows these are."""
        if not (self.at and self.rows and (self.has_before or self.has_after)):
            return ""
        last = self.at + len(self.rows) - 1
        return f"{self.at:,}–{last:,}" if last > self.at else f"{last:,}"

    @property
    def at_before(self) -> int | None:
        """Where the page before begins."""
        return max(1, self.at - self.size) if self.at else None

    @property
    def at_after(self) -> int | None:
        return self.at + len(self.rows) if self.at else None

    def counted(self, total: int | None, size: int) -> Self:
        """The same, once it is known how many rows there are; None: more than were counted. What an address says and
        cannot be is not believed."""
        at, count = self.at, len(self.rows)
        if total is not None and self.has_before and not self.has_after:
            at = total - count + 1
        is_within = total is None or at + count - 1 <= total - self.has_after
        return replace(self, at=at if (at > 1) == self.has_before and is_within else 0, size=size)


def window(fetch: Fetch[Row], place: Place, size: int) -> Window[Row]:
    """What is asked for; the first page in place of less than one above a row, the last one in place of none."""
    if place.is_last:
        return _last(fetch, size)
    if place.above is not None:
        rows = fetch(place.above, True, size + 1, 0)
        if len(rows) < size:
            return _from(fetch, None, size)
        is_first = len(rows) == size
        return Window(rows[:size][::-1], has_before=not is_first, has_after=True, at=1 if is_first else place.row)
    if place.below is None:
        found = _from(fetch, None, size, (place.number - 1) * size)
    else:
        found = replace(_from(fetch, place.below, size), at=place.row)
    return found if found.rows or not found.has_before else _last(fetch, size)


def _from(fetch: Fetch[Row], values: Values | None, size: int, left_out: int = 0) -> Window[Row]:
    left_out = min(left_out, _MOST_LEFT_OUT)
    rows = fetch(values, False, size + 1, left_out)
    has_before = values is not None or left_out > 0
    return Window(rows[:size], has_before=has_before, has_after=len(rows) > size, at=left_out + 1)


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
