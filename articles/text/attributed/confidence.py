"""Confidence: how likely a suggestion is right as it stands, its speaker included.

A logistic model of a few features that know no words: in what way the claim was found, of what kind the cue is, how
long the content is, what the speaker looks like. `make bench-attribution FIT=1` finds the weights anew from texts that
people marked, and says how well they hold for texts that they were not fitted to. docs/measured.md has the figures.
"""

from collections.abc import Iterator
from math import exp

from articles.text.attributed.confidence_weights import WEIGHTS
from articles.text.attributed.tokens import PERSONAL, RELATIVES

# The least confidence at which more suggestions are right than are better left out: the best claim F1.
LEAST = 0.3
_LENGTHS = ((3, "1–2"), (6, "3–5"), (10, "6–9"), (30, "10–29"))


def features(pattern: str, kind: str, is_quoted: bool, words: int, source: str | None) -> Iterator[str]:
    """`words` counts those of the content."""
    way, _, how = pattern.partition(" ")
    yield "any"
    yield f"way {way}"
    yield f"how {way if how in ('before', '') else how}"
    yield f"kind {kind}"
    yield f"quoted {is_quoted}"
    yield f"length {next((name for limit, name in _LENGTHS if words < limit), '30–')}"
    yield f"speaker {_looks(source)}"


def confidence(found: Iterator[str]) -> float:
    """Between 0 and 1, to two places."""
    total = sum(WEIGHTS.get(one, 0.0) for one in found)
    return round(1 / (1 + exp(-total)), 2)


def _looks(source: str | None) -> str:
    if source is None:
        return "none"
    low, words = source.lower(), len(source.split())
    if low in PERSONAL:
        return "pronoun"
    if low in RELATIVES:
        return "relative"
    if words > 8:
        return "long"
    if source[0].isupper() and words <= 4:
        return "name"
    return "phrase"
