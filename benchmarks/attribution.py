"""How well the desk finds who is said to say what: `make bench-attribution TEXTS=FOLDER`.

The folder holds texts and brat standoff beside them (`standoff.py`); none is part of this repository. Suggestions are
made as `manage.py suggest_claims` makes them and measured against the marks (`attribution_measures.py`). The times are
processor time, parsing included.

A last table tells for each band of confidence how many of the suggestions are right, speaker included.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from articles.text.attribution.confidence import LEAST
from articles.text.attribution.extracting import Attributed, extract
from articles.text.attribution.suggesting import as_given
from articles.text.parsing import parse
from benchmarks.attribution_measures import (
    GROUPS,
    MEASURES,
    Claim,
    Text,
    count,
    f1,
    has_right_source,
    overlap,
    pairs,
    rate,
)
from benchmarks.standoff import marked_texts

BANDS = ((0.9, 1.01), (0.8, 0.9), (0.7, 0.8), (0.6, 0.7), (LEAST, 0.6), (0.0, LEAST))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--least", type=float, default=LEAST, help="the least confidence that counts")
    chosen = arguments.parse_args()
    counts: Counter[tuple[str, str, str]] = Counter()
    said: list[tuple[float, bool]] = []
    seconds, words, texts = 0.0, 0, 0
    for _, text, raw in marked_texts(chosen.folder):
        texts += 1
        began = time.process_time()
        found, given = suggested(text)
        seconds += time.process_time() - began
        read = Text(text)
        words += read.length
        marked, claims = read.claims(raw), read.claims(given)
        right = right_ones(marked, claims)
        said += [(one.confidence, j in right) for j, one in enumerate(found)]
        counts += count(
            marked, [claim for one, claim in zip(found, claims, strict=True) if one.confidence >= chosen.least]
        )
    if not texts:
        raise SystemExit(f"{chosen.folder}: no texts with standoff beside them")
    print(f"{texts} texts, {words} words, {1000 * seconds / words:.4f} s per 1,000 words")
    show(counts)
    show_confidence(said)


def suggested(text: str) -> tuple[list[Attributed], list[dict[str, Any]]]:
    parsed = parse(text)
    found = extract([block.text for block in parsed.blocks], least=0.0)
    return found, [dict(as_given(parsed.offsets, one)) for one in found]


def right_ones(marked: Sequence[Claim], claims: Sequence[Claim]) -> set[int]:
    return {j for i, j in pairs(marked, claims, overlap) if has_right_source(marked[i], claims[j])}


def show(counts: Counter[tuple[str, str, str]]) -> None:
    print(f"\n{'':10}{'marked':>8}{'found':>8}" + "".join(f"{name:>22}" for name in MEASURES) + f"{'source':>9}")
    print(f"{'':26}" + f"{'P':>8}{'R':>7}{'F1':>7}" * len(MEASURES))
    for group in GROUPS:
        numbers = [counts[group, "partial", f"{side} all"] for side in ("marked", "suggested")]
        row = "".join(
            f"{rate(counts, group, name):8.1f}{rate(counts, group, name, 'marked'):7.1f}{f1(counts, group, name):7.1f}"
            for name in MEASURES
        )
        print(f"{group:10}{numbers[0]:8}{numbers[1]:8}{row}{rate(counts, group, 'source'):9.1f}")


def show_confidence(said: Iterable[tuple[float, bool]]) -> None:
    pool = list(said)
    print(f"\n{'confidence':24}{'suggested':>10}{'right':>8}")
    for low, high in BANDS:
        band = [is_right for confidence, is_right in pool if low <= confidence < high]
        if band:
            print(f"{low:.2f} to {min(high, 1):.2f}{'':12}{len(band):10}{100 * sum(band) / len(band):7.1f}%")


if __name__ == "__main__":
    main()
