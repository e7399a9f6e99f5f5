"""Sketches: where the places that sources name lie to each other, from the coordinates that were given. No map: north
is up, and a line says how long a distance is. A reader who does not see it misses nothing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from articles.models import Place

# Kilometres of a degree of latitude.
_DEGREE = 111.2
# Of the picture, twice as wide as high, in per cent: what stays free at each side.
_MARGIN = 15.0
_LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Spot:
    """`x` and `y` are per cent of the picture's width and height, from its upper left corner."""

    name: str
    tones: tuple[int, ...]
    codes: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """`length` in kilometres is `width` per cent of the picture's width."""

    spots: tuple[Spot, ...]
    length: int
    width: float


def sketch(named: Sequence[tuple[Place, int, str]]) -> Sketch | None:
    """Of place, and the tone and code of a source that names it. None unless two different places have coordinates,
    not more than half the globe apart."""
    by_place: dict[Place, list[tuple[int, str]]] = {}
    for place, tone, code in named:
        if place.latitude is not None and place.longitude is not None:
            by_place.setdefault(place, []).append((tone, code))
    if len(by_place) < 2:
        return None
    points = [_flat(place, next(iter(by_place))) for place in by_place]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    wide, high = max(x for x, _ in points) - left, max(y for _, y in points) - top
    if not 0.001 < max(wide, high) < 10_000:
        return None
    room = 100 - 2 * _MARGIN
    # Per cent of the width for each kilometre; a per cent of the height is half as long.
    scale = min(room / wide if wide else math.inf, room / 2 / high if high else math.inf)
    spots = tuple(
        Spot(
            name=place.name,
            tones=tuple(tone for tone, _ in sources),
            codes=tuple(dict.fromkeys(code for _, code in sources)),
            x=round(_MARGIN + (room - wide * scale) / 2 + (x - left) * scale, 1),
            y=round(_MARGIN + (room - high * scale * 2) / 2 + (y - top) * scale * 2, 1),
        )
        for (place, sources), (x, y) in zip(by_place.items(), points, strict=True)
    )
    length = max((one for one in _LENGTHS if one * scale <= 40), default=_LENGTHS[0])
    return Sketch(spots, length, round(length * scale, 1))


def _flat(place: Place, middle: Place) -> tuple[float, float]:
    """Kilometres to the east and to the south, near enough as long as the places are."""
    assert place.latitude is not None and place.longitude is not None
    assert middle.latitude is not None and middle.longitude is not None
    east = (place.longitude - middle.longitude + 180) % 360 - 180
    return east * _DEGREE * math.cos(math.radians(middle.latitude)), (middle.latitude - place.latitude) * _DEGREE
