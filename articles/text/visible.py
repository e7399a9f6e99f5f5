"""Whether there is anything to be seen in a text: marks of direction, joiners and the like have no shape."""

import unicodedata

# By Unicode's categories: controls, formats, separators, surrogates and what is assigned to nothing.
_WITHOUT_SHAPE = frozenset({"Cc", "Cf", "Cs", "Cn", "Zs", "Zl", "Zp"})
# Letters and a symbol that are blank: fillers of Hangul, the empty pattern of Braille.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def is_visible(text: str) -> bool:
    """A mark alone, which belongs upon another character, shows nothing. Ends at the first character with a shape."""
    return any(one not in _BLANK and not _is_without_shape(one) for one in text)


def _is_without_shape(one: str) -> bool:
    category = unicodedata.category(one)
    return category in _WITHOUT_SHAPE or category[0] == "M"
