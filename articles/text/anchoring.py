"""Anchoring: the words of a highlight found again in a later version of the text, or given up.

To put a highlight on words that are not those of its claim is far worse than to give it up: whatever is not clear is
orphaned, and an editor places it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from articles.text.comparing import Kind, stretches
from articles.text.descent import Descent, fold, tokens_of
from articles.text.quotes import Found
from articles.text.selecting import tokens

# A passage is accepted if at least this part of the quote's words is in it, and its likeness (of the words of both,
# rare ones counting most, the part that is the same) is at least: where the surroundings are those of the version
# before; where they are not, but the words are known to have stayed; and anywhere else.
LEAST_KEPT = 0.5
LEAST_IN_PLACE, LEAST_STAYED, LEAST_ELSEWHERE = 0.35, 0.5, 0.7
LEAST_AROUND, LEAST_OWN = 0.5, 0.4
# The weight of words that are known by themselves, wherever they are: about as many as occur just once.
LEAST_WEIGHT = 5.0
# Of a passage, the part that may come from other words of the version before.
MOST_FOREIGN = 0.34
# What the best passage must have ahead of the next one.
LEAD = 0.1
# Words around a quote that tell it from the same words elsewhere.
_AROUND = 12
# The same for words that stood several times in the version before, and what it must be more like by.
_FAR, LEAD_OVER_TWINS = 40, 0.1
# Windows that are looked at closely.
_LOOKED_AT = 4
# Words at each edge that a passage may begin or end with.
_EDGES = 8
# How much the words between one at an edge and the others count against it.
_STRAY = 0.3
_SAME = frozenset({Kind.SAME, Kind.TYPOGRAPHIC})
_ENDS_SENTENCE = frozenset(".!?…؟۔")

# The place of a word in the quote, and in the new text.
_Pair = tuple[int, int]


class State(StrEnum):
    PLACED = "placed"
    REWORDED = "reworded"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Sought:
    """A highlight in the version before. Without a place it is one that was orphaned there already."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    place: Found | None = None

    def lies_in(self, blocks: Sequence[str]) -> bool:
        """Whether it is what stands at its place."""
        place = self.place
        return (
            place is not None
            and 0 <= place.block < len(blocks)
            and 0 <= place.start < place.end
            and blocks[place.block][place.start : place.end] == self.quote
        )


@dataclass(frozen=True, slots=True)
class Anchored:
    """Placed: the same words, but for typography. Reworded: found by likeness, 0 to 1. Orphaned: without a place."""

    state: State
    place: Found | None = None
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Words of the new text, as tokens and as code points.

    `likeness` to the quote, the part of the quote's words that is in it (`kept`), the part of the quote that stayed
    there (`own`), the part of the passage that came from elsewhere (`foreign`), and the likeness of what stands around
    (`around`).
    """

    span: tuple[int, int]
    place: Found
    likeness: float
    kept: float
    own: float
    foreign: float
    around: float

    @property
    def rank(self) -> float:
        return 0.5 * self.likeness + 0.3 * self.own + 0.2 * self.around - self.foreign

    def overlaps(self, other: "_Candidate") -> bool:
        return self.span[0] < other.span[1] and other.span[0] < self.span[1]

    def rivals(self, first: "_Candidate") -> bool:
        """Whether it is nearly as good; or would be, had the other one not been paired first with the old words."""
        if self.rank > first.rank - LEAD:
            return True
        is_free = self.foreign <= MOST_FOREIGN
        return is_free and self.likeness > first.likeness - LEAD and self.around > first.around - LEAD


def is_same(quote: str, words: str) -> bool:
    """Whether they differ in typography alone."""
    if fold(quote) == fold(words):
        return True
    one, other = ([token.word for token in tokens_of(fold(text)) if token.word[0].isalnum()] for text in (quote, words))
    return one == other and all(stretch.kind in _SAME for stretch in stretches(quote, words))


def anchor(passages: Sequence[Sought], old: Sequence[str], new: Sequence[str]) -> list[Anchored]:
    """Each of the passages of the old text in the new one; both are given as their blocks."""
    anchoring = Anchoring(old, new)
    return [anchoring.find(passage) for passage in passages]


class Anchoring:
    """Two versions of a text, read once for all passages: 5,000 words take a tenth of a second."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old, self.new = list(old), list(new)
        self.units: dict[int, list[tuple[int, int]]] = {}

    @cached_property
    def descent(self) -> Descent:
        return Descent(self.old, self.new)

    def find(self, passage: Sought) -> Anchored:
        if self.old == self.new and passage.place and passage.lies_in(self.old):
            return Anchored(State.PLACED, passage.place, 1.0)
        search = _Search(self, passage)
        best = search.best()
        if best is None:
            return Anchored(State.ORPHANED)
        block, start, end = best.place
        words = self.new[block][start:end]
        if is_same(passage.quote, words):
            return Anchored(State.PLACED, best.place, 1.0)
        return Anchored(State.REWORDED, self.widened(best.place), min(best.likeness, 0.99))

    def widened(self, place: Found) -> Found:
        """To whole words."""
        units = self.units.get(place.block)
        if units is None:
            units = self.units[place.block] = tokens(self.new[place.block])
        touched = [unit for unit in units if unit[0] < place.end and place.start < unit[1]]
        return Found(place.block, touched[0][0], touched[-1][1]) if touched else place


class _Search:
    def __init__(self, anchoring: Anchoring, passage: Sought) -> None:
        self.passage = passage
        self.descent = descent = anchoring.descent
        self.folded = fold(passage.quote)
        self.span = (0, 0)
        if passage.place and passage.lies_in(anchoring.old):
            self.span = descent.old.span(*passage.place)
        # Of a word that is cut, all.
        words = descent.old.words[slice(*self.span)]
        self.quote: Sequence[str] = words or [token.word for token in tokens_of(self.folded)]
        self.weight = descent.weight(self.quote)
        before, after = tokens_of(fold(passage.prefix)), tokens_of(fold(passage.suffix))
        self.before: Sequence[str] = [token.word for token in before]
        self.after: Sequence[str] = [token.word for token in after]
        if self.span != (0, 0):
            self.before, self.after = _around(descent.old.words, self.span, _AROUND)

    def best(self) -> _Candidate | None:
        """The passage that is like the quote, and clearly ahead of every other."""
        if not self.quote:
            return None
        found = [*self._same_words(), *self._in_place()]
        if not any(self._is_likely(one) and one.own >= LEAST_OWN for one in found):
            found += self._alike()
        found.sort(key=lambda one: -one.rank)
        first = next(iter(found), None)
        if first is None or not self._is_likely(first):
            return None
        others = (one for one in found if not one.overlaps(first))
        return None if any(one.rivals(first) for one in others) or self._is_rather_a_twin(first) else first

    def _is_likely(self, one: _Candidate) -> bool:
        """The less of the surroundings is the same, the more of the words must be, and the more there must be."""
        if one.foreign > MOST_FOREIGN or one.kept < LEAST_KEPT:
            return False
        if one.around >= LEAST_AROUND:
            return one.likeness >= LEAST_IN_PLACE
        if one.own >= LEAST_OWN:
            return one.likeness >= LEAST_STAYED
        return one.likeness >= LEAST_ELSEWHERE and self.weight * one.likeness >= LEAST_WEIGHT

    def _same_words(self) -> Iterator[_Candidate]:
        """Wherever the quote stands as it was, cutting words as it did, if it did."""
        for place in self.descent.new.occurrences(self.folded):
            if _cuts(self.descent.new.blocks[place.block], place.start, place.end) == self._cuts:
                yield self._candidate(self.descent.new.span(*place), place)

    def _is_rather_a_twin(self, one: _Candidate) -> bool:
        """Whether the same words stood elsewhere in the old text too, and what stands around is as much like there. If
        those are known again as well, the two may not rather have changed places."""
        old = self.descent.old
        twins = [span for place in old.occurrences(self.folded) if (span := old.span(*place)) != self.span]
        own = self._likeness_around(self.span, one.span) if twins else 0.0
        for twin in twins:
            gain = own - self._likeness_around(twin, one.span)
            now = self._image(twin)
            if now and not (now[0] < one.span[1] and one.span[0] < now[1]):
                gain += self._likeness_around(twin, now) - self._likeness_around(self.span, now)
            if gain < LEAD_OVER_TWINS:
                return True
        return False

    def _image(self, span: tuple[int, int]) -> tuple[int, int] | None:
        """Where most of the words of the old text are now, if they are."""
        places = [self.descent.image[at] for at in range(*span) if at in self.descent.image]
        return (min(places), max(places) + 1) if 2 * len(places) >= span[1] - span[0] else None

    def _likeness_around(self, span: tuple[int, int], other: tuple[int, int]) -> float:
        before, after = _around(self.descent.old.words, span, _FAR)
        new_before, new_after = _around(self.descent.new.words, other, _FAR)
        return (self.descent.likeness(before, new_before) + self.descent.likeness(after, new_after)) / 2

    @cached_property
    def _cuts(self) -> tuple[bool, bool]:
        if self.span != (0, 0) and self.passage.place:
            block, start, end = self.passage.place
            return _cuts(self.descent.old.blocks[block], start, end)
        text = self.passage.prefix + self.passage.quote + self.passage.suffix
        return _cuts(text, len(self.passage.prefix), len(text) - len(self.passage.suffix))

    def _in_place(self) -> Iterator[_Candidate]:
        """Where its words are now, if they stayed in paragraphs that are known again."""
        image = self.descent.image
        pairs = [(at - self.span[0], image[at]) for at in range(*self.span) if at in image]
        yield from self._standing(pairs)

    def _alike(self) -> Iterator[_Candidate]:
        """The passages most like the quote anywhere: where the text has its words at the same distances."""
        words, size = self.descent.new.words, len(self.quote)
        step = max(2, size // 3)
        weights: dict[int, float] = defaultdict(float)
        for at, word in enumerate(self.quote):
            weight = self.descent.weights.get(word, 0.0)
            for place in self.descent.places.get(word, ()):
                weights[(place - at) // step] += weight
        likely = sorted(weights, key=lambda one: -(weights[one] + weights.get(one + 1, 0)))[:_LOOKED_AT]
        for one in likely:
            first, last = max(0, (one - 1) * step), max(0, one + 3) * step + size
            same = [code for code in Levenshtein.opcodes(self.quote, words[first:last]) if code.tag == "equal"]
            runs = (range(code.src_end - code.src_start) for code in same)
            pairs = zip(same, runs, strict=True)
            yield from self._standing(
                [(code.src_start + at, first + code.dest_start + at) for code, run in pairs for at in run]
            )

    def _standing(self, pairs: Sequence[_Pair]) -> Iterator[_Candidate]:
        """One passage in each paragraph that has words of the quote, given by their places in both, in order."""
        block_of = self.descent.new.tokens
        for _, group in groupby(pairs, key=lambda pair: block_of[pair[1]].block):
            inside = list(group)
            first = self._likeliest([(one, inside[-1]) for one in inside[:_EDGES]])[0]
            last = self._likeliest([(first, one) for one in inside[-_EDGES:] if one >= first])[1]
            yield self._candidate((self._extended(first, -1), self._extended(last, 1) + 1))

    def _likeliest(self, edges: Sequence[tuple[_Pair, _Pair]]) -> tuple[_Pair, _Pair]:
        """With as many words of the quote as stand close enough to each other."""
        words, weight = self.descent.new.words, self.descent.weight

        def worth(edge: tuple[_Pair, _Pair]) -> float:
            passage = words[edge[0][1] : edge[1][1] + 1]
            both = weight(passage) + self.weight
            same = self.descent.likeness(self.quote, passage) * both / 2
            return same - _STRAY * (weight(passage) - same)

        return max(edges, key=worth)

    def _extended(self, pair: _Pair, step: int) -> int:
        """The edge moved outwards over words that stand in for those of the quote which are left on this side."""
        new = self.descent.new
        at, place = pair[0] + step, pair[1] + step
        while 0 <= at < len(self.quote) and 0 <= place < len(new.words):
            word = new.words[place]
            is_other = (
                word in _ENDS_SENTENCE
                or not self.span[0] <= self.descent.source.get(place, self.span[0]) < self.span[1]
            )
            if (is_other and word != self.quote[at]) or new.tokens[place].block != new.tokens[pair[1]].block:
                break
            at, place = at + step, place + step
        return place - step

    def _candidate(self, span: tuple[int, int], place: Found | None = None) -> _Candidate:
        descent = self.descent
        tokens = descent.new.tokens[slice(*span)]
        words = [token.word for token in tokens]
        passage = descent.weight(words)
        own = [at for at in range(*self.span) if span[0] <= descent.image.get(at, -1) < span[1]]
        origins = ((at, descent.origin.get(at)) for at in range(*span))
        foreign = [at for at, old in origins if old is not None and not self.span[0] <= old < self.span[1]]
        return _Candidate(
            span,
            place or Found(tokens[0].block, tokens[0].start, tokens[-1].end),
            self.descent.likeness(self.quote, words),
            self._kept(words),
            descent.weight(descent.old.words[at] for at in own) / self.weight,
            descent.weight(descent.new.words[at] for at in foreign) / passage,
            self._around(span),
        )

    def _kept(self, words: Sequence[str]) -> float:
        same = (code for code in Levenshtein.opcodes(self.quote, words) if code.tag == "equal")
        kept = sum(_count(self.quote[code.src_start : code.src_end]) for code in same)
        return kept / (_count(self.quote) or 1)

    def _around(self, span: tuple[int, int]) -> float:
        words = self.descent.new.words
        before, after = words[max(0, span[0] - len(self.before)) : span[0]], words[span[1] : span[1] + len(self.after)]
        return (self.descent.likeness(self.before, before) + self.descent.likeness(self.after, after)) / 2


def _count(words: Sequence[str]) -> int:
    """Without marks."""
    return sum(word[0].isalnum() for word in words)


def _around(words: Sequence[str], span: tuple[int, int], count: int) -> tuple[Sequence[str], Sequence[str]]:
    return words[max(0, span[0] - count) : span[0]], words[span[1] : span[1] + count]


def _cuts(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a span begins and ends within a word."""
    return (
        start > 0 and text[start - 1].isalnum() and text[start].isalnum(),
        end < len(text) and text[end - 1].isalnum() and text[end].isalnum(),
    )
