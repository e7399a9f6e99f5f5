"""Whether there is anything to be seen in a text: marks of direction, joiners and the like have no shape."""

import unicodedata

# By Unicode's categories: controls, formats and surrogates, and what parts words, lines and paragraphs.
_SIGNS = frozenset({"Cc", "Cf", "Cs"})
_SPACES = frozenset({"Zs", "Zl", "Zp"})
# Letters and a symbol that are blank: fillers of Hangul, the empty pattern of Braille.
BLANK = "\u115f\u1160\u3164\uffa0\u2800"
# What will have no shape, should anything be assigned there.
_KEPT_FREE = ((0x2065, 0x2065), (0xFDD0, 0xFDEF), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF))


def is_visible(text: str) -> bool:
    """A mark alone, which belongs upon another character, shows nothing. Ends at the first character with a shape."""
    return any(one not in BLANK and not _is_without_shape(one) for one in text)


def is_sign(one: str) -> bool:
    """Whether it only says how other characters are to be shown, or nothing. What this Python knows nothing of may be
    a letter of a later Unicode, and is none unless it never will be."""
    category = unicodedata.category(one)
    return category in _SIGNS or (category == "Cn" and _is_kept_free(ord(one)))


def _is_kept_free(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or any(first <= code <= last for first, last in _KEPT_FREE)


def _is_without_shape(one: str) -> bool:
    category = unicodedata.category(one)
    return is_sign(one) or category in _SPACES or category[0] == "M"
