"""A row of `Listed`, and everything that it counts in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import chain, islice
from typing import Any, NamedTuple

from articles.models.listed import LAST, Key, scopes_of

# Rows that are counted together.
_TOGETHER = 2_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Row(NamedTuple):
    """The columns of `Listed`, as databases give them."""

    claim_id: int
    shelf: str
    article_id: int
    source_id: int
    story_id: int | None
    outlet_id: int | None
    age: int
    place: int
    speaker: str
    first_question: int
    questions: str
    is_disputed: bool


@lru_cache(1_000)
def month_of(age: int) -> str:
    """“2018-02”; nothing without a date."""
    return "" if age == LAST else f"{EPOCH - timedelta(seconds=age):%Y-%m}"


def tallied(rows: Iterable[Row]) -> Counter[Key]:
    """Everything that the rows count in, and how many of them do. Holds some rows at a time."""
    counts = Counter[Key]()
    left = iter(rows)
    while some := list(islice(left, _TOGETHER)):
        _count(some, counts)
    return counts


def _count(rows: Iterable[Row], counts: Counter[Key]) -> None:
    """Rows that differ in question and speaker alone have all else named once, and the values in each scope are counted
    in one go."""
    alike: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        alike.setdefault((row[1:7], row.is_disputed), []).append(row)
    in_scope: dict[tuple[str, str], list[list[tuple[str, str]]]] = {}
    for some in alike.values():
        first, values = some[0], _values(some)
        for where in scopes_of(first.shelf, first.source_id, first.story_id, first.outlet_id, first.is_disputed):
            in_scope.setdefault(where, []).append(values)
    for (scope, same), lists in in_scope.items():
        for (facet, value), number in Counter(chain.from_iterable(lists)).items():
            if facet != same:
                key = scope, facet, value
                counts[key] = counts.get(key, 0) + number


def _values(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """What these rows, which are alike, have of each facet."""
    row = rows[0]
    values = [("all", ""), ("article", str(row.article_id))]
    for facet, key in (("source", row.source_id), ("story", row.story_id), ("outlet", row.outlet_id)):
        if key:
            values.append((facet, str(key)))
    if month := month_of(row.age):
        values.append(("month", month))
    if row.is_disputed:
        values.append(("disputed", ""))
    values *= len(rows)
    for row in rows:
        values += [("question", question) for question in row.questions.split()]
        if row.speaker:
            values.append(("speaker", row.speaker))
    return values
