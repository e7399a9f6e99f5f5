"""The words of an account: a claim's passage, with the part marked that gives the answer."""

import re
from dataclasses import dataclass

# In a table, how much stands around the words that give the answer, and how much of those at most. In code points.
AROUND, MOST = 28, 120
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Words:
    """`elsewhere`: the words that give the answer, where they do not stand in the passage."""

    before: str
    marked: str
    after: str
    elsewhere: str = ""


def words_of(quote: str, as_worded: str, *, is_cut: bool) -> Words:
    """Where the words that give the answer do not stand in the quote, all of it is marked. What is cut off is
    shown as “…”."""
    at = quote.find(as_worded)
    if at < 0 and len(quote.lower()) == len(quote):
        at = quote.lower().find(as_worded.lower())
    elsewhere = as_worded if at < 0 else ""
    if at < 0:
        at, as_worded = 0, quote
    before, marked, after = quote[:at], quote[at : at + len(as_worded)], quote[at + len(as_worded) :]
    if not is_cut:
        return Words(before, marked, after, elsewhere)
    return Words(_end_of(before, AROUND), _start_of(marked, MOST), _start_of(after, AROUND), elsewhere)


def _start_of(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text[:most]
    blanks = [found.start() for found in _BLANKS.finditer(cut)]
    return f"{cut[: blanks[-1]] if blanks and blanks[-1] > 0 else cut} …"


def _end_of(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text[-most:]
    found = _BLANKS.search(cut)
    return f"… {cut[found.end() :] if found else cut}"
