"""Accounts: where the answers of different sources conflict, where they agree, and where neither can be said.

Pure: no database. What is compared is what was entered as typed answers, never text.
"""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
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


# Two sources, by slug, in no order.
Pair = frozenset[str]
# How an editor ruled that two sources relate on a question, whatever they answer.
Rulings = Mapping[tuple[str, Pair], Relation]


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


def contradicting(
    stated: Iterable[Stated], rulings: Rulings | None = None, wanted: Collection[int] | None = None
) -> dict[int, tuple[Stated, ...]]:
    """For the key of each answer, or of those wanted, the answers of other sources that conflict with it: each source
    once for each value that it gives, in the order given. Compares different answers only, not each with each."""
    found: dict[int, tuple[Stated, ...]] = {}
    for answers in _by_question(stated).values():
        different = _different(answers)
        asked = [one for one in answers if wanted is None or one.key in wanted]
        against = {
            key: tuple(other for other in different.values() if _relate(first, other, rulings) is Relation.CONFLICT)
            for key, first in _different(asked).items()
        }
        found |= {one.key: against[one.source, one.value] for one in asked}
    return found


def relations(stated: Iterable[Stated], rulings: Rulings | None = None) -> dict[str, dict[Pair, Relation]]:
    """For each question how each two of the sources that answer it relate.

    Two sources conflict as soon as one answer of the one conflicts with one of the other: a source that gives two
    answers is held to both. They agree if none conflict and any two can be the same. An editor's ruling goes first.
    """
    return {question: _by_pair(answers, rulings) for question, answers in _by_question(stated).items()}


def sign(pairs: Iterable[Relation]) -> Relation:
    """Of a question with any number of sources: conflict if any two sources conflict, else agree if any two agree,
    else not comparable."""
    found = set(pairs)
    return next((one for one in (Relation.CONFLICT, Relation.AGREE) if one in found), Relation.NOT_COMPARABLE)


def conflicting(stated: Iterable[Stated], rulings: Rulings | None = None) -> set[str]:
    """The questions whose sign is conflict. Compares different values only, and of words nothing, so that it takes
    any number of answers; where an editor has ruled, each with each."""
    ruled = {question for question, _ in rulings or ()}
    return {
        question
        for question, answers in _by_question(stated).items()
        if (_is_conflicting(answers, rulings) if question in ruled else _has_conflicting_values(answers))
    }


def _is_conflicting(answers: Iterable[Stated], rulings: Rulings | None) -> bool:
    pairs = itertools.combinations(_different(answers).values(), 2)
    return any(_relate(one, other, rulings) is Relation.CONFLICT for one, other in pairs)


def _has_conflicting_values(answers: Iterable[Stated]) -> bool:
    """A source neither agrees nor conflicts with itself: two values want two sources."""
    sources: dict[Value, set[str]] = defaultdict(set)
    for one in answers:
        if not isinstance(one.value, Worded):
            sources[one.value].add(one.source)
    return any(
        compare(one, other) is Relation.CONFLICT and len(sources[one] | sources[other]) > 1
        for one, other in itertools.combinations(sources, 2)
    )


def _by_pair(answers: Iterable[Stated], rulings: Rulings | None) -> dict[Pair, Relation]:
    found: dict[Pair, list[Relation]] = defaultdict(list)
    for one, other in itertools.combinations(_different(answers).values(), 2):
        if one.source != other.source:
            found[frozenset((one.source, other.source))].append(_relate(one, other, rulings))
    return {pair: sign(each) for pair, each in found.items()}


def _different(answers: Iterable[Stated]) -> dict[tuple[str, Value], Stated]:
    """The first answer of each source with each value."""
    first: dict[tuple[str, Value], Stated] = {}
    for one in answers:
        first.setdefault((one.source, one.value), one)
    return first


def _relate(one: Stated, other: Stated, rulings: Rulings | None) -> Relation:
    """A source neither agrees nor conflicts with itself."""
    if one.source == other.source:
        return Relation.NOT_COMPARABLE
    if rulings and (ruled := rulings.get((one.question, frozenset((one.source, other.source))))):
        return ruled
    return compare(one.value, other.value)


def _by_question(stated: Iterable[Stated]) -> dict[str, list[Stated]]:
    by_question: dict[str, list[Stated]] = defaultdict(list)
    for one in stated:
        by_question[one.question].append(one)
    return by_question
