"""Accounts: where the answers of different sources conflict, where they agree, and where neither can be said.

Pure: no database. What is compared is what was entered as typed answers, never text.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# "About 100" is taken as 90 to 110: a figure given as an estimate is not contradicted by one this near.
ABOUT = 0.1


class Relation(StrEnum):
    CONFLICT = "conflict"
    AGREE = "agree"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True, slots=True)
class Number:
    """Both bounds belong to the range; None is no bound. "More than 100" is 101 and None."""

    low: int | None
    high: int | None
    about: bool = False

    def bounds(self) -> tuple[float, float]:
        low = float("-inf") if self.low is None else self.low - self._slack(self.low)
        high = float("inf") if self.high is None else self.high + self._slack(self.high)
        return low, high

    def _slack(self, bound: int) -> float:
        return abs(bound) * ABOUT if self.about else 0


@dataclass(frozen=True, slots=True)
class Chosen:
    choice: str
    leaves_open: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """A place, with the places that it lies within, from the nearest outwards."""

    place: str
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Worded:
    words: str


Value = Number | Chosen | Located | Worded


@dataclass(frozen=True, slots=True)
class Stated:
    """One answer: who says what on which question."""

    key: int
    question: str
    source: str
    value: Value


def compare(one: Value, other: Value) -> Relation:
    """Numbers by whether their ranges meet, choices by equality, places by whether one lies within the
    other; a choice that leaves the question open, and words, are not comparable."""
    match one, other:
        case Number(), Number():
            (low, high), (other_low, other_high) = one.bounds(), other.bounds()
            return _relation(low <= other_high and other_low <= high)
        case Chosen(), Chosen() if not (one.leaves_open or other.leaves_open):
            return _relation(one.choice == other.choice)
        case Located(), Located():
            return _relation(one.place in (other.place, *other.within) or other.place in one.within)
    return Relation.NOT_COMPARABLE


def _relation(agree: bool) -> Relation:
    return Relation.AGREE if agree else Relation.CONFLICT


def contradicting(stated: Iterable[Stated]) -> dict[int, tuple[Stated, ...]]:
    """For the key of each answer, the answers of other sources that conflict with it: each source once for
    each value that it gives, in the order given. Compares different answers only, not each with each."""
    found: dict[int, tuple[Stated, ...]] = {}
    for answers in _by_question(stated).values():
        different = _different(answers)
        against = {
            one: tuple(other for other in different.values() if _conflict(first, other))
            for one, first in different.items()
        }
        found |= {one.key: against[one.source, one.value] for one in answers}
    return found


def _different(answers: Iterable[Stated]) -> dict[tuple[str, Value], Stated]:
    """The first answer of each source with each value."""
    first: dict[tuple[str, Value], Stated] = {}
    for one in answers:
        first.setdefault((one.source, one.value), one)
    return first


def _conflict(one: Stated, other: Stated) -> bool:
    return one.source != other.source and compare(one.value, other.value) is Relation.CONFLICT


def signs(stated: Iterable[Stated]) -> dict[str, Relation]:
    """For each question: conflict if any two sources conflict, else agree if any two agree, else not comparable.

    A source that gives two answers conflicts with another as soon as one of the two does.
    """
    return {question: _sign(answers) for question, answers in _by_question(stated).items()}


def _sign(answers: list[Stated]) -> Relation:
    relations = {
        compare(one.value, other.value)
        for one, other in itertools.combinations(_different(answers).values(), 2)
        if one.source != other.source
    }
    for relation in (Relation.CONFLICT, Relation.AGREE):
        if relation in relations:
            return relation
    return Relation.NOT_COMPARABLE


def _by_question(stated: Iterable[Stated]) -> dict[str, list[Stated]]:
    by_question: dict[str, list[Stated]] = defaultdict(list)
    for one in stated:
        by_question[one.question].append(one)
    return by_question
