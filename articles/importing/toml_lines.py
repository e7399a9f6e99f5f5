"""Lines of a TOML text: where a key of a table stands, so that a mistake is named with its place.

Found in the text itself, because the parser says nothing of lines once it has read one.
"""

import re
from collections.abc import Sequence

# A table's header stands alone in its line; a list of texts over several lines has quotation marks in its own.
_HEADER = re.compile(r"^[ \t]*\[\[?[ \t]*([\w.-]+)[ \t]*\]\]?[ \t]*(?:#.*)?$", re.MULTILINE)
Step = tuple[str, int]


def line_of(text: str, steps: Sequence[Step] = (), key: str = "") -> int | None:
    """The line of the key in the table that these lead to, each a list's name and a number from 0, outermost
    first. Where the key is not written: the line where that table begins. None where neither is found."""
    start, end = 0, _next_header(text, 0, len(text))
    name, limit = "", len(text)
    for part, number in steps:
        name = f"{name}.{part}" if name else part
        found = _inline(text, part, number, start, end) or _header(text, name, number, start, limit)
        if not found:
            return None
        start, end, limit = found
    pattern = rf"""(?:^|[{{,\[])[ \t]*(["']?){re.escape(key)}\1[ \t]*[=.]"""
    match = re.compile(pattern, re.MULTILINE).search(text, start, end) if key else None
    if match:
        return _line(text, match.end() - 1)
    return _line(text, start) if steps else None


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _next_header(text: str, start: int, end: int) -> int:
    match = _HEADER.search(text, start, end)
    return match.start() if match else end


def _header(text: str, name: str, number: int, start: int, end: int) -> tuple[int, int, int] | None:
    """From the n-th header of this name to the next header of any, and to the next of this name."""
    headers = [match for match in _HEADER.finditer(text, start, end) if match[1] == name]
    if number >= len(headers):
        return None
    limit = headers[number + 1].start() if number + 1 < len(headers) else end
    return headers[number].start(1), _next_header(text, headers[number].end(), limit), limit


def _inline(text: str, name: str, number: int, start: int, end: int) -> tuple[int, int, int] | None:
    """From the n-th brace after the key to the next brace that closes."""
    key = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*=", re.MULTILINE).search(text, start, end)
    braces = [match.start() for match in re.compile(r"\{").finditer(text, key.end(), end)] if key else []
    if number >= len(braces):
        return None
    closing = text.find("}", braces[number], end)
    last = closing if closing >= 0 else end
    return braces[number], last, last
