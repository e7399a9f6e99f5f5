"""Descent: which words of a text come from which words of the version before."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from math import log
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

from articles.text.aligning import align
from articles.text.quotes import Found
from articles.text.sentences import sentence_ends

# One for one, so that places stay what they are: the shapes of quotation marks, dashes and blanks tell nothing apart.
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00a0\u202f", " "),
    }
)
_TOKEN = re.compile(r"\w[\w\u0300-\u036f]*(?:['.,-]\w+)*|[^\s\w]")
# A mark says little about where words come from.
_WEIGHT_OF_MARKS = 0.05
# So many words in a row that are the same are no accident.
_SOLID = 3
# Between the blocks of a text: no block has one in it.
_BREAK = "\n"


class Token(NamedTuple):
    """A word or a mark, folded, and where it stands: block, code points, half open."""

    word: str
    block: int
    start: int
    end: int


class Words:
    """The words of a text, all blocks in one row."""

    def __init__(self, blocks: Sequence[str]) -> None:
        self.blocks = [fold(block) for block in blocks]
        self.tokens = [token for index, block in enumerate(self.blocks) for token in tokens_of(block, index)]
        self.words = [token.word for token in self.tokens]
        counts = Counter(token.block for token in self.tokens)
        self.text = _BREAK.join(self.blocks)
        self.starts = [0, *accumulate(len(block) + len(_BREAK) for block in self.blocks)]
        self.firsts = [0]
        for index in range(len(blocks)):
            self.firsts.append(self.firsts[-1] + counts[index])

    def ranges(self) -> list[range]:
        """Of each block."""
        return [range(first, last) for first, last in pairwise(self.firsts)]

    def texts(self, ranges: Iterable[range]) -> list[str]:
        return [" ".join(self.words[one.start : one.stop]) for one in ranges]

    def span(self, block: int, start: int, end: int) -> tuple[int, int]:
        """The tokens that these code points touch, as a half open range."""
        first, last = self.firsts[block], self.firsts[block + 1]
        return (
            bisect_right(self.tokens, start, first, last, key=lambda token: token.end),
            bisect_left(self.tokens, end, first, last, key=lambda token: token.start),
        )

    def occurrences(self, folded: str) -> Iterator[Found]:
        """Wherever these code points stand, in order; they may overlap."""
        at = self.text.find(folded)
        while at >= 0:
            block = bisect_right(self.starts, at) - 1
            start = at - self.starts[block]
            yield Found(block, start, start + len(folded))
            at = self.text.find(folded, at + 1)


class _Weights(dict[str, float]):
    def __missing__(self, word: str) -> float:
        return 1.0


class Descent:
    """`image` leads from words of the old text to the same words of the new one, `source` leads back, and `origin` too,
    but only where so many words stand together that they hardly came from elsewhere."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old, self.new = Words(old), Words(new)
        counts = Counter(self.old.words)
        for word, count in Counter(self.new.words).items():
            counts[word] = max(counts[word], count)
        self.weights = _Weights((word, _weight(word, count)) for word, count in counts.items())
        self.image: dict[int, int] = {}
        self.source: dict[int, int] = {}
        self.origin: dict[int, int] = {}
        self._pair_alike(self.old.ranges(), self.new.ranges())
        # Sentences that stand in other paragraphs now.
        self._pair_alike(self._left(self.old, self.image), self._left(self.new, self.source))
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.new.words):
            self.places[word].append(place)

    def weight(self, words: Iterable[str]) -> float:
        return sum(map(self.weights.__getitem__, words))

    def likeness(self, words: Sequence[str], others: Sequence[str]) -> float:
        """Of the weight of both the part that is the same in the same order, from 0 to 1."""
        if list(words) == list(others):
            return 1.0
        if not words or not others:
            return 0.0
        codes = Indel.opcodes(words, others)
        same = sum(self.weight(words[code.src_start : code.src_end]) for code in codes if code.tag == "equal")
        return 2 * same / (self.weight(words) + self.weight(others))

    def _left(self, words: Words, known: Mapping[int, int]) -> list[range]:
        """The sentences most words of which are not known from the other text."""
        found = []
        for block, text in enumerate(words.blocks):
            first = words.firsts[block]
            for end in [*sentence_ends(text), len(text)]:
                last = words.span(block, 0, end)[1]
                if 2 * sum(at in known for at in range(first, last)) < last - first:
                    found.append(range(first, last))
                first = last
        return found

    def _pair_alike(self, before: Sequence[range], after: Sequence[range]) -> None:
        for row in align(self.old.texts(before), self.new.texts(after)):
            if row.old and row.new:
                self._pair(_all(before, row.old), _all(after, row.new))

    def _pair(self, before: Sequence[int], after: Sequence[int]) -> None:
        words, others = [self.old.words[at] for at in before], [self.new.words[at] for at in after]
        for code in Levenshtein.opcodes(words, others):
            size = code.src_end - code.src_start
            if code.tag == "equal":
                run = [(before[code.src_start + at], after[code.dest_start + at]) for at in range(size)]
                is_solid = sum(self.old.words[at][0].isalnum() for at, _ in run) >= _SOLID or size == len(words)
                for one, other in run:
                    if self.image.setdefault(one, other) == other:
                        self.source.setdefault(other, one)
                        if is_solid:
                            self.origin.setdefault(other, one)


def fold(text: str) -> str:
    return text.translate(_FOLDED)


def tokens_of(folded: str, block: int = 0) -> list[Token]:
    return [Token(match[0].casefold(), block, match.start(), match.end()) for match in _TOKEN.finditer(folded)]


def _weight(word: str, count: int) -> float:
    """What is rare says more."""
    return 1 / (1 + log(count)) if word[0].isalnum() else _WEIGHT_OF_MARKS


def _all(ranges: Sequence[range], chosen: Iterable[int]) -> list[int]:
    return [at for index in chosen for at in ranges[index]]
