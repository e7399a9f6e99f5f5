"""A list of claims, narrowed: which rows of `Listed` it holds, and how many of them have each value of each facet.

`Tally` knows the numbers of all claims, of those of one source, story or outlet, and of those in dispute. Any others
are read and counted one by one, if they are few enough; else `MOST` are, and the page says so.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from articles.counting import count_if_quick
from articles.models import Claim, Listed, Tally
from articles.models.listed import ACCEPTED, ListedQuerySet, Shelf, scope_of
from articles.models.words import mark_of
from articles.pages.periods import Ages
from articles.search import find_among
from articles.text.seeking import Sought
from articles.writing.tallying import Row, month_of
from newsdesk.compiled import rows_of

MOST = 5_000
# While words are sought, what a facet offers besides what is chosen is counted in so many claims.
MOST_ELSEWHERE = 1_000
# Of the values of a facet, and of months, no more are asked for.
FIRST, MONTHS = 20, 2_400
# More shelves and values than these are counted one by one.
_MOST_SCOPES = 6
AT = {name: at for at, name in enumerate(Row._fields)}
COLUMNS = {
    **{"source": "source_id", "story": "story_id", "question": "questions", "article": "article_id"},
    **{"outlet": "outlet_id", "speaker": "speaker", "month": "age", "date": "age", "disputed": "is_disputed"},
}
_LATEST: Mapping[str, tuple[str, ...]] = {
    Claim.Status.ACCEPTED: ACCEPTED,
    Claim.Status.SUGGESTED: (Shelf.SUGGESTED,),
    Claim.Status.REJECTED: (Shelf.REJECTED,),
}
_EARLIER: Mapping[str, tuple[str, ...]] = {
    Claim.Status.ACCEPTED: (Shelf.EARLIER, Shelf.HIDDEN),
    Claim.Status.SUGGESTED: (Shelf.SUGGESTED_EARLIER,),
    Claim.Status.REJECTED: (Shelf.REJECTED_EARLIER,),
}
_FACETS = ("source", "story", "question", "article", "outlet", "speaker")
Keys = tuple[int, ...]
Value = int | str


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is asked for of each facet; None: anything. Nothing at all in its place finds nothing."""

    shelves: tuple[str, ...]
    source: Keys | None = None
    story: Keys | None = None
    question: Keys | None = None
    article: Keys | None = None
    outlet: Keys | None = None
    speaker: tuple[str, ...] | None = None
    ages: Ages | None = None
    disputed: bool = False
    sought: Sought | None = None

    def on(self, shelves: tuple[str, ...]) -> "Narrowed":
        """The same elsewhere."""
        return replace(self, shelves=shelves)

    def without(self, facet: str) -> "Narrowed":
        """By all of the rest."""
        nothing: dict[str, Any] = {"ages" if facet == "date" else facet: False if facet == "disputed" else None}
        return replace(self, **nothing)

    def rows(self) -> ListedQuerySet:
        """With words, the index of words says at once which of them stand under a source, an outlet or a story."""
        if self.sought is None:
            return self._but_words()
        sought = replace(self.sought, marks=self._marks()) if self.sought else self.sought
        if self.is_by_index_alone:
            return Listed.objects.on_shelves(self.shelves).found_by(sought)
        return find_among(self._but_words(), sought)

    def _but_words(self) -> ListedQuerySet:
        rows = Listed.objects.on_shelves(self.shelves)
        named = {"source": self.source, "story": self.story, "article": self.article, "outlet": self.outlet}
        for field, keys in (*named.items(), ("speaker", self.speaker)):
            if keys is not None:
                rows = rows.having(field, keys)
        if self.question is not None:
            rows = rows.answering(self.question)
        if self.ages is not None:
            rows = rows.aged(self.ages)
        return rows.disputed() if self.disputed else rows

    def _marks(self) -> tuple[tuple[str, ...], ...]:
        named = {"source": self.source, "outlet": self.outlet, "story": self.story}
        return tuple(tuple(mark_of(kind, key) for key in keys) for kind, keys in named.items() if keys)

    @property
    def is_by_index_alone(self) -> bool:
        """Then the index of words ends where enough is found; with anything else, what it finds is looked up in the
        rest."""
        rest = replace(self, sought=None, source=None, outlet=None, story=None)
        finds_nothing = () in (self.source, self.outlet, self.story)
        return self.sought is not None and rest == Narrowed(self.shelves) and not finds_nothing

    def scopes(self) -> list[str] | None:
        """Those of the tallies that together hold just these claims, if some do."""
        others = (self.question, self.article, self.speaker, self.ages, self.sought)
        in_dispute = (1,) if self.disputed else None
        named = {"source": self.source, "story": self.story, "outlet": self.outlet, "disputed": in_dispute}
        asked = {facet: keys for facet, keys in named.items() if keys is not None}
        if len(asked) > 1 or any(one is not None for one in others):
            return None
        values = [(facet, key) for facet, keys in asked.items() for key in keys] if asked else [("", None)]
        scopes = [scope_of(shelf, facet, key) for shelf in self.shelves for facet, key in values]
        return scopes if len(scopes) <= _MOST_SCOPES else None


def shelves_of(statuses: Collection[str], *, for_editors: bool, has_all_versions: bool) -> tuple[str, ...]:
    """Where claims of these statuses stand, as far as the visitor may see them."""
    if not for_editors:
        return (Shelf.PUBLIC, Shelf.EARLIER) if has_all_versions else (Shelf.PUBLIC,)
    latest, earlier = ([shelf for status in statuses for shelf in one[status]] for one in (_LATEST, _EARLIER))
    return (*latest, *earlier) if has_all_versions else tuple(latest)


class Numbers(Protocol):
    """How many claims have each value of a facet. `total` is of all, if it `is_exact`; else there are more. `cut_at`:
    so many were counted for the facets, where that is not all, else 0."""

    cut_at: int

    @property
    def total(self) -> int: ...

    @property
    def is_exact(self) -> bool: ...

    def most(self, facet: str, count: int) -> dict[Value, int]:
        """Of the values that most claims have."""

    def of(self, facet: str, values: Iterable[Value]) -> dict[Value, int]:
        """Of these values, as far as claims have them."""

    def disputed(self) -> int:
        """Of claims that answer a question on which accounts conflict."""


class Counted:
    """Read and counted one by one: thousands, so that each column is counted as a whole. Where there are more, they are
    counted once that is asked for. One query, and then one more."""

    def __init__(self, found: ListedQuerySet, columns: Sequence[str], most: int) -> None:
        rows = rows_of(found.values_list(*columns)[: most + 1])
        self.rows, self.cut_at = rows[:most], most if len(rows) > most else 0
        self._found = found
        self._columns = dict(zip(columns, zip(*self.rows, strict=True), strict=True)) if rows else {}
        self._counts: dict[str, Counter[Value]] = {}

    @property
    def total(self) -> int:
        return self._number[0]

    @property
    def is_exact(self) -> bool:
        return self._number[1]

    @cached_property
    def _number(self) -> tuple[int, bool]:
        return count_if_quick(self._found, self.cut_at) if self.cut_at else (len(self.rows), True)

    def _count(self, facet: str) -> Counter[Value]:
        if facet not in self._counts:
            self._counts[facet] = self._counted(facet, Counter(self._columns.get(COLUMNS[facet], ())))
        return self._counts[facet]

    def _counted(self, facet: str, counts: Counter[Any]) -> Counter[Value]:
        if facet == "month":
            return _by_month(counts)
        if facet == "question":
            return _by_key(counts)
        return Counter({value: number for value, number in counts.items() if value})

    def most(self, facet: str, count: int) -> dict[Value, int]:
        return dict(self._count(facet).most_common(count))

    def of(self, facet: str, values: Iterable[Value]) -> dict[Value, int]:
        counts = self._count(facet)
        return {value: counts[value] for value in values if value in counts}

    def disputed(self) -> int:
        return sum(self._columns.get("is_disputed", ()))


def _by_key(lists: Mapping[str, int]) -> Counter[Value]:
    """From how often there is each list of keys, with blanks between them."""
    found: Counter[Value] = Counter()
    for keys, number in lists.items():
        for key in keys.split():
            found[int(key)] += number
    return found


def _by_month(ages: Mapping[int, int]) -> Counter[Value]:
    months: Counter[Value] = Counter()
    for age, number in ages.items():
        if month := month_of(age):
            months[month] += number
    return months


class Tallied:
    """Counted already, when they were written."""

    cut_at, is_exact = 0, True

    def __init__(self, scopes: Sequence[str]) -> None:
        self.scopes = scopes

    @property
    def total(self) -> int:
        return self._first["all"].get("", 0)

    @cached_property
    def _first(self) -> dict[str, dict[str, int]]:
        """Of every facet at once."""
        wanted = {**dict.fromkeys(_FACETS, FIRST), "month": MONTHS, "all": 1, "disputed": 1}
        return Tally.objects.most(self.scopes, wanted)

    def most(self, facet: str, count: int) -> dict[Value, int]:
        return _read(facet, dict(list(self._first[facet].items())[:count]))

    def of(self, facet: str, values: Iterable[Value]) -> dict[Value, int]:
        return _read(facet, Tally.objects.counts(self.scopes, facet, map(str, values)))

    def disputed(self) -> int:
        return self._first["disputed"].get("", 0)


def _read(facet: str, counts: Mapping[str, int]) -> dict[Value, int]:
    if facet in ("speaker", "month"):
        return {value: number for value, number in counts.items()}  # noqa: C416
    return {int(value): number for value, number in counts.items()}


class Numbering:
    """The numbers of a list and of its facets. Each facet is counted under all of the rest."""

    def __init__(self, narrowed: Narrowed) -> None:
        self.narrowed = narrowed
        self._known: dict[Narrowed, Numbers] = {}

    @property
    def all(self) -> Numbers:
        return self.of(self.narrowed)

    def under_the_rest(self, facet: str) -> Numbers:
        """Knows no other facet."""
        rest = self.narrowed.without(facet)
        if rest == self.narrowed:
            return self.all
        return self.of(rest, (COLUMNS[facet],), is_elsewhere=True)

    def among(self, facet: str, values: Sequence[Value]) -> Numbers:
        """Under the rest, of the claims that have one of these values: counted for themselves, where the rest is not
        counted whole."""
        numbers = self.under_the_rest(facet)
        if not numbers.cut_at or not values:
            return numbers
        asked: dict[str, Any] = {facet: tuple(values)}
        return self.of(replace(self.narrowed.without(facet), **asked), (COLUMNS[facet],))

    def of(self, narrowed: Narrowed, columns: Sequence[str] = Row._fields, *, is_elsewhere: bool = False) -> Numbers:
        if narrowed not in self._known:
            self._known[narrowed] = numbers_of(narrowed, columns, is_elsewhere=is_elsewhere)
        return self._known[narrowed]


def numbers_of(narrowed: Narrowed, columns: Sequence[str] = Row._fields, *, is_elsewhere: bool = False) -> Numbers:
    """Of some columns alone. One query at once, unless tallies know all of it."""
    if scopes := narrowed.scopes():
        return Tallied(scopes)
    return Counted(narrowed.rows(), columns, MOST_ELSEWHERE if is_elsewhere and narrowed.sought else MOST)
