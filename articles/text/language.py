"""Whether a text is English, told by its little words: hardly a sentence does without them, and other languages have
few of them."""

import re
from collections.abc import Iterable
from itertools import islice

# Words that mean nothing by themselves. Left out is what other languages write too: “in”, “a”, “on”, “at”, “for”, “is”.
_LITTLE_WORDS = """
    the of and to that with are were been being have has not it its they them their this these those he his she
    which who whom what when where how from would could should about into than there because will but as or
"""
LITTLE_WORDS = frozenset(_LITTLE_WORDS.split())
# English news has a quarter of them, a text of few sentences an eighth; other languages hardly a twentieth.
LEAST = 0.1
# So many words tell enough.
_ENOUGH = 2_000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def share_of_little_words(texts: Iterable[str]) -> float:
    """Between 0 and 1, of the first words of all; 0 where there are none."""
    words = list(islice((match[0].casefold() for text in texts for match in _WORD.finditer(text)), _ENOUGH))
    return sum(word in LITTLE_WORDS for word in words) / len(words) if words else 0.0


def is_english(texts: Iterable[str]) -> bool:
    return share_of_little_words(texts) >= LEAST
