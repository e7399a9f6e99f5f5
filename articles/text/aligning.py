"""Aligning: which paragraphs of one text are which of another, also when moved, merged or split."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.text.differences import in_one_order, tokens

# Of the words and pairs of words of two paragraphs together, rare ones counting most, the part that both have.
_LEAST_LIKENESS = 0.3
# Of those of one paragraph, the part that stands in what it was split from or went into.
_LEAST_PART = 0.6
# A word that stands in so many pairs of paragraphs tells none of them from the others.
_COMMON = 36

# For each pair of paragraphs the weight of the words that both have.
_Shared = Mapping[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Paragraphs of the one text that are those of the other; one side is empty where they are gone or new."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def align(old: Sequence[str], new: Sequence[str]) -> list[Aligned]:
    """Every paragraph of both once, in the order of the new text; what is gone stands after what it followed.

    The same the other way round. Takes time in the number of words, and in that of paragraphs that share some.
    """
    mirrored = list(old) > list(new)
    pairs = _mirrored(_pairs(new, old)) if mirrored else _pairs(old, new)
    return _in_order(pairs, len(old), len(new))


def moved(rows: Sequence[Aligned]) -> set[int]:
    """The indexes of the rows that stand elsewhere in the order of the new text than in that of the old."""
    both = [index for index, row in enumerate(rows) if row.old and row.new]
    staying = {both[place] for place in in_one_order([rows[index].old[0] for index in both])}
    return {index for index in both if index not in staying}


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[Aligned]:
    partner = dict(_equal(old, new))
    rest = [index for index in range(len(old)) if index not in partner]
    new_rest = sorted(set(range(len(new))) - set(partner.values()))
    features = [_Features(old, rest), _Features(new, new_rest)]
    shared = _shared(*features)
    taken = set(partner.values())
    for one, other in _by_likeness(shared, *features):
        if one not in partner and other not in taken:
            partner[one] = other
            taken.add(other)
    pairs = [Aligned((one,), (other,)) for one, other in partner.items()]
    pairs = _with_parts(pairs, [at for at in new_rest if at not in taken], features[1], features[0])
    pairs = _mirrored(pairs)
    pairs = _with_parts(pairs, [at for at in rest if at not in partner], features[0], features[1])
    return _mirrored(pairs)


def _mirrored(pairs: Sequence[Aligned]) -> list[Aligned]:
    return [Aligned(one.new, one.old) for one in pairs]


def _equal(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The same words: the first of them with the first, the second with the second."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(new):
        places[text].append(index)
    seen: Counter[str] = Counter()
    for index, text in enumerate(old):
        if seen[text] < len(places.get(text, ())):
            yield index, places[text][seen[text]]
            seen[text] += 1


class _Features:
    """The words and pairs of words of paragraphs, each with the number of times."""

    def __init__(self, texts: Sequence[str], chosen: Sequence[int]) -> None:
        self.of = {index: _counted(texts[index]) for index in chosen}
        self.holders: dict[str, list[int]] = defaultdict(list)
        for index, counted in self.of.items():
            for feature in counted:
                self.holders[feature].append(index)
        self.weights: dict[int, float] = {}


def _counted(text: str) -> Counter[str]:
    words = [token for token in tokens(text.casefold()) if not token.isspace()]
    return Counter([*words, *(f"{one} {other}" for one, other in pairwise(words))])


def _shared(old: _Features, new: _Features) -> _Shared:
    weight: dict[str, float] = {}
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for feature in old.holders.keys() | new.holders.keys():
        ones, others = old.holders.get(feature, []), new.holders.get(feature, [])
        if len(ones) * len(others) > _COMMON:
            continue
        weight[feature] = 1 / (len(ones) + len(others))
        for one in ones:
            for other in others:
                shared[one, other] += weight[feature] * min(old.of[one][feature], new.of[other][feature])
    for side in (old, new):
        for index, counted in side.of.items():
            side.weights[index] = sum(weight.get(feature, 0) * count for feature, count in counted.items())
    return shared


def _by_likeness(shared: _Shared, old: _Features, new: _Features) -> list[tuple[int, int]]:
    likeness = {
        pair: 2 * weight / (old.weights[pair[0]] + new.weights[pair[1]]) for pair, weight in sorted(shared.items())
    }
    likely = [pair for pair, part in likeness.items() if part >= _LEAST_LIKENESS]
    return sorted(likely, key=lambda pair: (-round(likeness[pair], 9), abs(pair[0] - pair[1]), pair))


def _with_parts(pairs: list[Aligned], left: list[int], own: _Features, other: _Features) -> list[Aligned]:
    """The pairs, with paragraphs of their new side that are left over put beside the one that they were split from."""
    for index in left:
        for beside in (index - 1, index + 1):
            at = next((at for at, pair in enumerate(pairs) if beside in pair.new), None)
            if at is not None and len(pairs[at].old) == 1 and _is_part(index, pairs[at], own, other):
                pairs[at] = Aligned(pairs[at].old, tuple(sorted((*pairs[at].new, index))))
                break
    return pairs


def _is_part(index: int, pair: Aligned, own: _Features, other: _Features) -> bool:
    """Whether most of the words of a paragraph stand in the other text's, beside those that its neighbours have."""
    if pair.old[0] not in other.of:
        return False
    there = other.of[pair.old[0]].copy()
    for neighbour in pair.new:
        there.subtract(own.of.get(neighbour, {}))
    counted = own.of[index]
    found = sum(min(count, max(0, there[feature])) for feature, count in counted.items())
    return found >= _LEAST_PART * counted.total()


def _in_order(pairs: Sequence[Aligned], old: int, new: int) -> list[Aligned]:
    by_new = {pair.new[0]: pair for pair in pairs}
    by_old = {index: pair for pair in pairs for index in pair.old}
    within = {index for pair in pairs for index in pair.new[1:]}
    rows = [by_new.get(index, Aligned((), (index,))) for index in range(new) if index not in within]
    for index in range(old):
        if index not in by_old:
            before = by_old.get(index - 1)
            rows.insert(rows.index(before) + 1 if before else 0, by_old.setdefault(index, Aligned((index,), ())))
    return rows
