"""Lines of a TOML text: where a key of a table stands, so that a mistake is named with its place.

Found in the text itself, because the parser says nothing of lines once it has read one.
"""

import re
from collections.abc import Sequence

# A table's header stands alone in its line; a list of texts over several lines has quotation marks in its own.
_HEADER = re.compile(r"^[ \t]*\[\[?[ \t]*([\w.-]+)[ \t]*\]\]?[ \t]*(?:#.*)?$", re.MULTILINE)
Place = tuple[str, int]


def line_of(text: str, places: Sequence[Place] = (), key: str = "") -> int | None:
    """The line of the key in the table that these lead to, each a list's name and a number from 0, outermost
    first. Where the key is not written: the line where that table begins. None for a table without a header."""
    start, end = 0, _next_header(text, 0)
    name = ""
    for part, number in places:
        name = f"{name}.{part}" if name else part
        start, end = _header(text, name, number, start) or _inline(text, part, number, start, end) or (start, end)
    found = re.compile(rf"""(?:^|[{{,\[])[ \t]*(["']?){re.escape(key)}\1[ \t]*[=.]""", re.MULTILINE) if key else None
    match = found.search(text, start, end) if found else None
    if match:
        return _line(text, match.end() - 1)
    return _line(text, start) if places else None


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _next_header(text: str, after: int) -> int:
    match = _HEADER.search(text, after)
    return match.start() if match else len(text)


def _header(text: str, name: str, number: int, after: int) -> tuple[int, int] | None:
    """From the n-th header of this name to the next header of any."""
    headers = [match for match in _HEADER.finditer(text, after) if match[1] == name]
    if number >= len(headers):
        return None
    start = headers[number].start(1)
    return start, _next_header(text, headers[number].end())


def _inline(text: str, name: str, number: int, start: int, end: int) -> tuple[int, int] | None:
    """From the n-th brace after the key to the next brace that closes."""
    key = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*=", re.MULTILINE).search(text, start, end)
    braces = [match.start() for match in re.compile(r"\{").finditer(text, key.end(), end)] if key else []
    if number >= len(braces):
        return None
    closing = text.find("}", braces[number], end)
    return braces[number], closing if closing >= 0 else end
