"""Pictures: the numbers that sources give on one question, as ranges on one scale.

Lengths are per cent of the picture's width, so that it fits any column while its letters keep their size. What it
shows stands beside it in words; a reader who does not see it misses nothing.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.accounts import Number
from articles.models import Source

# What is left free: at the start for the codes of sources, at both ends for ranges without an end.
_FROM, _TO = 20.0, 97.0
_STEPS = (1, 2, 2.5, 5, 10)
_MOST_TICKS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One number. Without an end on one side it runs to the edge of the picture there."""

    start: float
    end: float
    y: int
    tone: int
    is_open: bool

    @property
    def is_point(self) -> bool:
        return self.end - self.start < 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A line for each source, with its code at the beginning, and the numbers that it gives on it."""

    bars: tuple[Bar, ...]
    labels: tuple[tuple[str, int], ...]
    ticks: tuple[tuple[float, str], ...]
    height: int


def picture(numbers: Iterable[tuple[Source, int, Number]], row: int = 18) -> Picture | None:
    """Of source, tone and number; `row` is the height of one, in pixels. None where there is nothing to compare:
    fewer than two numbers."""
    given = list(dict.fromkeys(numbers))
    if len(given) < 2:
        return None
    low, high, step = _scale([bound for _, _, number in given for bound in number.bounds() if math.isfinite(bound)])

    def place(value: float) -> float:
        inside = min(max(value, low), high)
        return round(_FROM + (inside - low) / (high - low) * (_TO - _FROM), 1)

    sources = list(dict.fromkeys(source for source, _, _ in given))
    lines = {source.pk: row * at + row // 2 for at, source in enumerate(sources)}
    bars = tuple(
        Bar(
            start=place(number.bounds()[0]),
            end=place(number.bounds()[1]),
            y=lines[source.pk],
            tone=tone,
            is_open=not all(math.isfinite(bound) for bound in number.bounds()),
        )
        for source, tone, number in given
    )
    labels = tuple((source.code, lines[source.pk]) for source in sources)
    ticks = tuple((place(low + step * at), f"{low + step * at:,.0f}") for at in range(round((high - low) / step) + 1))
    return Picture(bars, labels, ticks, row * len(lines) + row)


def _scale(bounds: Sequence[float]) -> tuple[float, float, float]:
    """From where to where, and between two ticks: round numbers around all bounds and zero, with room above the
    highest for what has no end."""
    low, high = min(0.0, *bounds), max(1.0, *bounds)
    step = _step((high - low) * 1.1)
    return math.floor(low / step) * step, math.ceil((high + (high - low) * 0.1) / step) * step, step


def _step(width: float) -> float:
    power = 10.0 ** math.floor(math.log10(width / _MOST_TICKS))
    return max(1.0, next(power * step for step in _STEPS if power * step * _MOST_TICKS >= width))
