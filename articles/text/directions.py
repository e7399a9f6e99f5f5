"""Directions: what turns the direction of the letters after it is closed where its text ends, or left out."""

import re

_PDF, _PDI = "\u202c", "\u2069"
_CLOSED_BY = dict.fromkeys("\u202a\u202b\u202d\u202e", _PDF) | dict.fromkeys("\u2066\u2067\u2068", _PDI)
# These, marks of a direction, and what else stands around words without a shape when they are copied.
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def undirected(text: str) -> str:
    """Without all of these."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def closed(text: str) -> str:
    """The text, and after it what closes the embeddings, overrides and isolates that it leaves open: so that nothing
    that is written after it is turned. A text without these is returned as it is."""
    opened: list[str] = []
    for letter in text:
        if closes := _CLOSED_BY.get(letter):
            opened.append(closes)
        elif letter == _PDF and opened and opened[-1] == _PDF:
            opened.pop()
        elif letter == _PDI and _PDI in opened:
            # The end of an isolate ends what was opened within it.
            while opened.pop() != _PDI:
                pass
    return text + "".join(reversed(opened))
