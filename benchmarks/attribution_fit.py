"""Fits the confidence of suggestions: a logistic model, by gradient descent, with every weight drawn towards nought."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt

FOLDS = 5
_ROUNDS, _STEP, _DRAW = 300, 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A suggestion: the number of its text, its features, and whether it was right, source included."""

    text: int
    features: tuple[str, ...]
    is_right: bool


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Those that are alike count together, which is all that makes this fast."""
    alike: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
    for one in examples:
        alike[one.features][0] += one.is_right
        alike[one.features][1] += 1
    weights = dict.fromkeys((feature for features in alike for feature in features), 0.0)
    steepness = dict.fromkeys(weights, 1e-6)
    for _ in range(_ROUNDS):
        slope = {feature: _DRAW * weight * (feature != "any") for feature, weight in weights.items()}
        for features, (right, total) in alike.items():
            error = total * likely(weights, features) - right
            for feature in features:
                slope[feature] += error
        for feature, value in slope.items():
            steepness[feature] += value * value
            weights[feature] -= _STEP * value / sqrt(steepness[feature])
    return weights


def likely(weights: Mapping[str, float], features: Iterable[str]) -> float:
    return 1 / (1 + exp(-sum(weights.get(feature, 0.0) for feature in features)))


def cross_validated(examples: Sequence[Example]) -> list[tuple[float, bool]]:
    """Of each suggestion its confidence by weights fitted to other texts, and whether it was right."""
    found = []
    for fold in range(FOLDS):
        weights = fit([one for one in examples if one.text % FOLDS != fold])
        held_out = [one for one in examples if one.text % FOLDS == fold]
        found += [(likely(weights, one.features), one.is_right) for one in held_out]
    return found
