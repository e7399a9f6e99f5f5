"""Near names: whether somebody who writes one name may well mean another that is there. Any language.

    nearest("Health Directorat", ["SANA", "Health directorate"]) == "Health directorate"

Where only a short word differs, others are meant: “US officials” and “UN officials”, “Russian MoD” and “Russian MFA”.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from articles.text.naming import key

_WORD = re.compile(r"\w+")
# Of a word with so many letters, so many may be wrong.
_ONE_WRONG, _TWO_WRONG = 5, 9
# So many names are remembered by their words.
_REMEMBERED = 20_000
# How far apart two names are that are no slip of each other.
_FAR = 100


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of them that is called like it, or nearly so; of several the nearest, of these the first."""
    words = _words(name)
    found = min(((_distance(words, _words(other)), at, other) for at, other in enumerate(names)), default=None)
    return found[2] if words and found and found[0] < _FAR else None


@lru_cache(_REMEMBERED)
def _words(name: str) -> Sequence[str]:
    """As `naming` folds them, so that all that it takes for one name is one here."""
    return tuple(_WORD.findall(key(name)))


def _distance(words: Sequence[str], others: Sequence[str]) -> int:
    """Wrong letters; words in another order, or written as one, are no more than one."""
    if words == others:
        return 0
    if sorted(words) == sorted(others) or "".join(words) == "".join(others):
        return 1
    if len(words) != len(others):
        return _FAR
    return sum(_wrong(one, other) for one, other in zip(words, others, strict=True))


def _wrong(word: str, other: str) -> int:
    if word == other:
        return 0
    length = min(len(word), len(other))
    most = (length >= _ONE_WRONG) + (length >= _TWO_WRONG)
    wrong: int = OSA.distance(word, other, score_cutoff=most)
    return wrong if wrong <= most else _FAR
