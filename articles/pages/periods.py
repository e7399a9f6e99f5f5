"""Periods: years, months and days, as lists of claims know when an article was published."""

import re
from collections.abc import Sequence
from datetime import date

from articles.models.listed import LAST

PERIOD = re.compile(r"(?!0000)\d{4}(-(0[1-9]|1[0-2]))?")
# Ranges of `Listed.age`, both ends included.
Ages = tuple[tuple[int, int], ...]
_DAY = 86_400
_EPOCH = date(1970, 1, 1)


def ages_of(periods: Sequence[str], since: date | None, until: date | None) -> Ages | None:
    """Of what was published in one of the periods, and on these days or between them; None if nothing is said."""
    if not periods and not since and not until:
        return None
    # What has no date was published at no time.
    first = _begins(since) if since else 1 - LAST
    last = _begins(until) + _DAY if until else LAST
    spans = [_span(period) for period in periods] or [(first, last)]
    kept = [(max(begins, first), min(ends, last)) for begins, ends in spans]
    return tuple((1 - ends, -begins) for begins, ends in kept if begins < ends)


def _span(period: str) -> tuple[int, int]:
    """Its first second, and the first one after it."""
    year, _, month = period.partition("-")
    first, last = (int(month), int(month)) if month else (1, 12)
    ends = _begins(date(int(year), 12, 31)) + _DAY if last == 12 else _begins(date(int(year), last + 1, 1))
    return _begins(date(int(year), first, 1)), ends


def _begins(day: date) -> int:
    return (day - _EPOCH).days * _DAY
