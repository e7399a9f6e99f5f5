"""How well highlights are found again in later versions of a text: `make bench-anchoring`.

Real texts (those of `seeds/`, and every .txt of the folders given) are made into later versions of which it is known
what became of every word (`later_versions.py`), and in each of them the same highlights are looked for by three
methods: the exact quote, told apart by its context (`exact only`); the quote with its context scored as the Hypothesis
client does it (`quote_with_context.py`); and the desk's own (`articles/text/anchoring.py`).

What counts as what:
- A highlight is *there* if at least half of its words, the same words, stand in one paragraph of the new version
  where they came to stand by the change; otherwise it is *gone*. What stands as well in another place was not marked.
- *Right*: found in that paragraph, and of the words that either the highlight or the find covers, both cover two
  thirds or more. Words that replaced others of the highlight belong to it; what was added within is not counted.
- *Wrong*: found anywhere else. For a highlight that is gone, but of which some words are left in place, finding
  just these is neither right nor wrong and counted apart (*left*).
- *Lost*: there, and not found. *Gone, rightly*: gone, and not found.

Rates: right and lost of those that are there, wrong of all. Times are computing time for each highlight.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from articles.text.anchoring import Anchoring, Sought
from articles.text.parsing import decode, parse
from articles.text.quotes import Found, context, find
from benchmarks import quote_with_context as scored
from benchmarks.later_versions import (
    KINDS,
    REPEATED,
    Document,
    Paragraph,
    numbered,
    pieces_of,
    sentences,
    text_of,
    with_repeated,
)

SEEDS = Path(__file__).parent.parent / "seeds"
PER_VERSION = 60
THERE, RIGHT = 1 / 2, 2 / 3
BREAK = "\n"

Method = Callable[[Sequence[Sought], Sequence[str], Sequence[str]], Iterator[Found | None]]


@dataclass(frozen=True, slots=True)
class Highlight:
    """`words` are the places of its words in the old text."""

    sought: Sought
    words: frozenset[int]


def texts(folders: Sequence[Path]) -> dict[str, Document]:
    paths = [path for folder in folders for path in sorted(folder.rglob("*.txt"))]
    return {path.stem: [pieces_of(block.text) for block in parse(decode(path.read_bytes())).blocks] for path in paths}


# ---- Highlights ----


def highlights(document: Document, chance: Random) -> list[Highlight]:
    """Four in ten whole sentences, as many runs of 5 to 30 words of one, the rest runs of 3 or 4 words."""
    blocks = [text_of(paragraph) for paragraph in document]
    choices = [(index, sentence) for index, one in enumerate(document) for sentence in sentences(one)]
    choices = [choice for choice in choices if sum(piece.is_word for piece in choice[1]) >= 3]
    found = []
    for _ in range(PER_VERSION):
        block, sentence = chance.choice(choices)
        run = _run(sentence, chance)
        start = len(text_of(document[block][: document[block].index(run[0])]))
        start += len(run[0].blank) if start else 0
        end = start + len(text_of(run))
        quote = blocks[block][start:end]
        assert quote == text_of(run)
        sought = Sought(quote, *context(blocks[block], start, end), Found(block, start, end))
        found.append(Highlight(sought, frozenset(piece.of for piece in run if piece.is_word and piece.of is not None)))
    return found


def _run(sentence: Paragraph, chance: Random) -> Paragraph:
    kind = chance.random()
    if kind < 0.4:
        return sentence
    places = [at for at, piece in enumerate(sentence) if piece.is_word]
    size = min(len(places), chance.randint(5, 30) if kind < 0.8 else chance.randint(3, 4))
    first = chance.randint(0, len(places) - size)
    return sentence[places[first] : places[first + size - 1] + 1]


# ---- The three methods ----


def exact_only(passages: Sequence[Sought], old: Sequence[str], new: Sequence[str]) -> Iterator[Found | None]:
    for one in passages:
        yield find(new, one.quote, one.prefix, one.suffix)


def quote_with_context(passages: Sequence[Sought], old: Sequence[str], new: Sequence[str]) -> Iterator[Found | None]:
    """In one string, as on a page; a find that reaches into several paragraphs is taken where most of it lies."""
    before, after = (_starts(blocks) for blocks in (old, new))
    text = BREAK.join(new)
    for one in passages:
        at = one.place or Found(0, 0, 0)
        span = scored.place(text, one.quote, one.prefix, one.suffix, before[at.block] + at.start)
        yield _in_one(span, after, new) if span else None


def _starts(blocks: Sequence[str]) -> list[int]:
    starts = [0]
    for block in blocks:
        starts.append(starts[-1] + len(block) + len(BREAK))
    return starts


def _in_one(span: tuple[int, int], starts: Sequence[int], blocks: Sequence[str]) -> Found | None:
    parts = [
        Found(index, max(0, span[0] - starts[index]), min(len(block), span[1] - starts[index]))
        for index, block in enumerate(blocks)
    ]
    best = max(parts, key=lambda part: part.end - part.start)
    return best if best.start < best.end else None


def ours(passages: Sequence[Sought], old: Sequence[str], new: Sequence[str]) -> Iterator[Found | None]:
    anchoring = Anchoring(old, new)
    for one in passages:
        yield anchoring.find(one).place


METHODS: dict[str, Method] = {"exact only": exact_only, "quote with context": quote_with_context, "ours": ours}


# ---- Judging ----


class Version:
    """A new version, with the place of every word of it."""

    def __init__(self, document: Document) -> None:
        self.blocks = [text_of(paragraph) for paragraph in document]
        self.document = document
        self.places = [list(_word_places(paragraph)) for paragraph in document]
        self.by_origin: dict[int, list[tuple[int, bool]]] = defaultdict(list)
        for block, paragraph in enumerate(document):
            for piece in paragraph:
                if piece.is_word and piece.of is not None:
                    self.by_origin[piece.of].append((block, piece.is_same))

    def truth(self, highlight: Highlight) -> tuple[int, float]:
        """The paragraph with the most of its words, and the part that is still there; −1 for none."""
        counts, same = Counter[int](), Counter[int]()
        for word in highlight.words:
            for block, is_same in self.by_origin.get(word, ()):
                counts[block] += 1
                same[block] += is_same
        if not counts:
            return -1, 0.0
        block = max(counts, key=lambda one: (same[one], counts[one], -one))
        return block, same[block] / len(highlight.words)

    def judge(self, highlight: Highlight, found: Found | None) -> str:
        block, part = self.truth(highlight)
        is_there = part >= THERE
        if found is None:
            return "lost" if is_there else "gone, rightly"
        if found.block == block and self._overlap(highlight, found) >= RIGHT:
            return "right" if is_there else "left"
        return "wrong"

    def _overlap(self, highlight: Highlight, found: Found) -> float:
        pieces = [piece for piece in self.document[found.block] if piece.is_word]
        own = {at for at, piece in enumerate(pieces) if piece.of in highlight.words}
        within = range(min(own), max(own))
        added = {at for at in within if pieces[at].of is None}
        places = self.places[found.block]
        covered = {at for at, (start, end) in enumerate(places) if start < found.end and found.start < end} - added
        return len(own & covered) / len(own | covered)


def _word_places(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    at = 0
    for index, piece in enumerate(paragraph):
        at += len(piece.blank) if index else 0
        if piece.is_word:
            yield at, at + len(piece.words)
        at += len(piece.words)


# ---- Running and printing ----


@dataclass(slots=True)
class Tally:
    counts: Counter[str]
    seconds: float = 0.0

    @property
    def all(self) -> int:
        return self.counts.total()

    def row(self) -> str:
        there = self.counts["right"] + self.counts["lost"] + self.counts["wrong, there"]
        gone = self.all - there
        wrong = self.counts["wrong, there"] + self.counts["wrong, gone"]
        return (
            f"{there:>7} {self.counts['right'] / max(1, there):>8.2%} {self.counts['lost'] / max(1, there):>8.2%}"
            f" {wrong:>6} {wrong / max(1, self.all):>8.3%} {gone:>6} {self.counts['gone, rightly']:>8}"
            f" {self.counts['left']:>5} {self.seconds / max(1, self.all) * 1000:>7.3f}"
        )


HEAD = f"{'there':>7} {'right':>8} {'lost':>8} {'wrong':>6} {'':>8} {'gone':>6} {'rightly':>8} {'left':>5} {'ms':>7}"


def run(
    documents: dict[str, Document], seed: str, versions: int, chosen: Sequence[str], failures: bool
) -> dict[tuple[str, str], Tally]:
    tallies: dict[tuple[str, str], Tally] = defaultdict(lambda: Tally(Counter()))
    for kind, mutation in KINDS.items():
        for name, document in documents.items():
            for number in range(versions):
                chance = Random(f"{seed} {kind} {name} {number}")
                old = numbered(with_repeated(document, chance) if kind == REPEATED else document)
                marked = highlights(old, chance)
                version = Version(mutation(old, chance))
                for method in chosen:
                    _tally(tallies[kind, method], method, marked, [text_of(one) for one in old], version, failures)
    return tallies


def _tally(
    tally: Tally, method: str, marked: Sequence[Highlight], old: Sequence[str], version: Version, failures: bool
) -> None:
    started = time.process_time()
    found = list(METHODS[method]([one.sought for one in marked], old, version.blocks))
    tally.seconds += time.process_time() - started
    for highlight, place in zip(marked, found, strict=True):
        verdict = version.judge(highlight, place)
        block, part = version.truth(highlight)
        if verdict == "wrong":
            verdict = "wrong, there" if part >= THERE else "wrong, gone"
        tally.counts[verdict] += 1
        if failures and verdict in {"wrong, there", "wrong, gone", "lost"}:
            print(f"{verdict} ({part:.0%} left)\n  OLD   {highlight.sought.quote}")
            print(f"  TRUTH {version.blocks[block] if block >= 0 else '-'}")
            print(f"  FOUND {version.blocks[place.block][place.start : place.end] if place else '-'}")


def total(tallies: Sequence[Tally]) -> Tally:
    return Tally(sum((one.counts for one in tallies), Counter()), sum(one.seconds for one in tallies))


def print_tables(tallies: dict[tuple[str, str], Tally], chosen: Sequence[str]) -> None:
    for method in chosen:
        print(f"\n{method:<34}{HEAD}")
        for kind in KINDS:
            print(f"{kind:<34}{tallies[kind, method].row()}")
        print(f"{'all':<34}{total([tallies[kind, method] for kind in KINDS]).row()}")
        most = [kind for kind in KINDS if "40" not in kind]
        print(f"{'all but 40 % of words':<34}{total([tallies[kind, method] for kind in most]).row()}")


def main() -> None:
    parser = argparse.ArgumentParser(description="How well highlights are found again in later versions.")
    parser.add_argument("folders", nargs="*", type=Path, help="with .txt files, beside those of the seeds")
    parser.add_argument("--seed", default="B", help="thresholds were chosen on A; B is what is reported")
    parser.add_argument("--versions", type=int, default=10, help="of each text and kind of change")
    parser.add_argument("--method", action="append", choices=METHODS, help="only this one")
    parser.add_argument("--failures", action="store_true", help="show what is lost or wrong")
    given = parser.parse_args()
    documents = texts([SEEDS, *given.folders])
    chosen = given.method or list(METHODS)
    words = sum(piece.is_word for one in documents.values() for paragraph in one for piece in paragraph)
    print(f"{len(documents)} texts, {words} words; seed {given.seed}; {given.versions} versions of each kind", end="; ")
    print(f"{PER_VERSION} highlights in each")
    print_tables(run(documents, given.seed, given.versions, chosen, given.failures), chosen)


if __name__ == "__main__":
    sys.exit(main())
