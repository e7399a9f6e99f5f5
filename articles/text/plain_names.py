"""Plain names: a name as it is kept, however it was typed or pasted.

plain_name(" Health \u200b Directorate\u200f") == "Health Directorate"
"""

import unicodedata

from articles.text.visible import BLANK, is_sign

# Joiners, which some scripts write their words with.
_JOINERS = "\u200c\u200d"


def plain_name(given: str) -> str:
    """NFC, one blank between words, and nothing that cannot be seen: marks of direction, blanks of no width."""
    seen = "".join(one for one in given if one.isspace() or one in _JOINERS or not is_sign(one))
    return unicodedata.normalize("NFC", " ".join(seen.split()).strip(f"{_JOINERS}{BLANK} "))


def has_letters(name: str) -> bool:
    """Letters or digits, so that it can be spoken of and has an address."""
    return any(one.isalnum() for one in name)
