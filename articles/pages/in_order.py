"""Lists of claims in an order that an index has: read from any row on, shelf by shelf, so that the last page of a
million takes no longer than the first. Addresses name the row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from articles.models import Claim, Listed
from articles.models.listed import LAST
from articles.pages.narrowed import AT
from articles.pages.paging import Fetch, Place, RowsPage, Values, Window
from newsdesk.compiled import rows_of

_READING = ("age", "article_id", "place", "claim_id")


@dataclass(frozen=True, slots=True)
class Order:
    """Fields of `Listed`, or of what it leads to; `backwards`: the greatest first. `alike`: fields of which all rows
    have one value, and that value, where an index has them before the others."""

    names: tuple[str, ...]
    backwards: bool = False
    alike: tuple[tuple[str, Any], ...] = ()

    def values_of(self, row: Sequence[Any]) -> Values:
        """Of a row as `narrowed` reads it: such that the first in the list is the least."""
        return tuple(-row[AT[name]] if self.backwards else row[AT[name]] for name in self.names)

    def sorted(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        """By those: thousands of rows, and so without a call for each."""
        return sorted(rows, key=itemgetter(*(AT[name] for name in self.names)), reverse=self.backwards)


MARKED = Order(("claim_id",), backwards=True)
# The same in the index of words, which has it in order: by the list's own key, SQLite would sort all that is found.
IN_INDEX = Order(("claim__words__claim_id",), backwards=True)
ORDERS = {
    "": Order(_READING),
    "marked": MARKED,
    "text": Order(("article_id", "place", "claim_id")),
    "source": Order(("source_id", *_READING)),
}
BY_QUESTION = Order(("first_question", *_READING))
# Of claims that answer nothing.
SILENT = Order(_READING, alike=(("first_question", LAST),))


def by_shelves(
    shelves: Iterable[str], rows_on: Callable[[str], Any], order: Order, read: Order | None = None
) -> Fetch[tuple[Any, ...]]:
    """`read` is the order as the database is asked for it, if that is another."""

    def fetch(values: Values | None, backwards: bool, count: int, left_out: int) -> Sequence[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        for shelf in shelves:
            found += rows_of(_some(rows_on(shelf), read or order, values, backwards)[: left_out + count])
        found.sort(key=order.values_of, reverse=backwards)
        return found[left_out : left_out + count]

    return fetch


def _some(rows: Any, order: Order, values: Values | None, backwards: bool) -> Any:
    """With the least first, or the greatest."""
    is_reversed = backwards != order.backwards
    names = (*(name for name, _ in order.alike), *order.names)
    if values is not None:
        kept = tuple(-value for value in values) if order.backwards else values
        from_there = (*(value for _, value in order.alike), *kept)
        rows = rows.beyond(names[: len(from_there)], from_there, backwards=is_reversed)
    return rows.order_by(*(f"-{name}" if is_reversed else name for name in names)).values_list(*AT)


def place_in(asked: Mapping[str, Any], order: Order) -> Place:
    """As a `PlaceForm` says it."""
    return Place(
        below=_values(asked["below"], order),
        above=_values(asked["above"], order),
        is_last=asked["end"] == "last",
        number=asked["page"],
        row=asked.get("row", 0),
    )


def _values(cursor: str, order: Order) -> Values | None:
    """Of the claim that an address names. If it is in no list any more, where it stood by its age; the first page, if
    the address does not say that."""
    if not cursor:
        return None
    age, _, uid = cursor.rpartition(".")
    row = Listed.objects.with_uid(uid).values_list(*AT).first()
    if row:
        return order.values_of(row)
    is_number = order.names[0] == "age" and age.removeprefix("-").isdecimal() and len(age) <= len(str(-LAST))
    return (int(age),) if is_number and abs(int(age)) <= LAST else None


def page_with(claims: list[Claim], found: Window[tuple[Any, ...]], order: Order) -> RowsPage[Claim]:
    """These claims are those of the rows."""
    if not claims:
        return RowsPage(claims, found.has_before, found.has_after, at=found.at)
    first, last = _named(claims[0], found.rows[0], order), _named(claims[-1], found.rows[-1], order)
    return RowsPage(claims, found.has_before, found.has_after, first, last, at=found.at)


def _named(claim: Claim, row: Sequence[Any], order: Order) -> str:
    """As an address says where it stands."""
    return f"{row[AT['age']]}.{claim.uid}" if order.names[0] == "age" else claim.uid
