"""Anchoring by quote with context, as the Hypothesis client is known to do it; written anew from its description.

The whole text is one string. If the quote stands there word for word, these places are the candidates, else those
with the fewest edits, at most half the quote's length. Each is scored: quote 50, text before it 20, text after it 20,
distance from the old position 2; the best one is taken, however good.
"""

Span = tuple[int, int]

QUOTE, PREFIX, SUFFIX, POSITION = 50, 20, 20, 2
MOST_EDITS = 256


def place(text: str, quote: str, prefix: str, suffix: str, hint: int) -> Span | None:
    found = candidates(text, quote, min(MOST_EDITS, len(quote) // 2))

    def score(candidate: tuple[Span, int]) -> float:
        (start, end), edits = candidate
        before, after = text[max(0, start - len(prefix)) : start], text[end : end + len(suffix)]
        return (
            QUOTE * (1 - edits / len(quote))
            + PREFIX * likeness(before, prefix)
            + SUFFIX * likeness(after, suffix)
            + POSITION * (1 - abs(start - hint) / len(text))
        )

    return max(found, key=score)[0] if found else None


def likeness(text: str, wanted: str) -> float:
    """1 where there is nothing to look for."""
    if not wanted:
        return 1.0
    ends = closest_ends(text, wanted, len(wanted)) if text else []
    return 1 - ends[0][1] / len(wanted) if ends else 0.0


def candidates(text: str, quote: str, most: int) -> list[tuple[Span, int]]:
    exact = []
    start = text.find(quote)
    while start >= 0:
        exact.append(((start, start + len(quote)), 0))
        start = text.find(quote, start + 1)
    close = [] if exact else closest_ends(text, quote, most)
    return exact or [((start_of(text, end, quote, edits), end), edits) for end, edits in close]


def start_of(text: str, end: int, quote: str, edits: int) -> int:
    """Of the passages that end here with so many edits, the start of the longest."""
    first = max(0, end - len(quote) - edits)
    lengths = closest_ends(text[first:end][::-1], quote[::-1], edits)
    return end - max((length for length, _ in lengths), default=len(quote))


def closest_ends(text: str, wanted: str, most: int) -> list[tuple[int, int]]:
    """Where the passages with the fewest edits end, and how many these are. Myers' bit vectors, of any length."""
    size = len(wanted)
    every, last = (1 << size) - 1, 1 << (size - 1)
    masks: dict[str, int] = {}
    for at, sign in enumerate(wanted):
        masks[sign] = masks.get(sign, 0) | 1 << at
    up, down, edits, found = every, 0, size, []
    for at, sign in enumerate(text):
        equal = masks.get(sign, 0)
        vertical = equal | down
        horizontal = (((equal & up) + up) ^ up) | equal
        more, less = down | ~(horizontal | up) & every, up & horizontal
        edits += bool(more & last) - bool(less & last)
        more, less = more << 1 & every, less << 1 & every
        up, down = less | ~(vertical | more) & every, more & vertical
        if edits <= most:
            if edits < most or not found:
                found = found if edits == most else []
                most = edits
            found.append((at + 1, edits))
    return found
