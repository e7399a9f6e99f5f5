"""Tones: which colour and line style the marks of a source wear. What they look like is in tokens.css."""

from collections.abc import Iterable, Mapping

TONES = 12


def next_tone(used: Iterable[int]) -> int:
    """The least used tone, the lowest of these."""
    counts = dict.fromkeys(range(1, TONES + 1), 0)
    for tone in used:
        counts[tone] += 1
    return min(counts, key=lambda tone: (counts[tone], tone))


def tones_in_article(own: Mapping[int, int]) -> dict[int, int]:
    """From source to tone, for sources that stand in one article, given each one's own tone.

    A source keeps its own tone unless one with a lower key has it; then it takes
    the lowest one that no source of the article owns or wears, while one is free.
    """
    worn: dict[int, int] = {}
    for source in sorted(own):
        tone = own[source]
        if tone in worn.values():
            taken = {*worn.values(), *own.values()}
            tone = next((free for free in range(1, TONES + 1) if free not in taken), tone)
        worn[source] = tone
    return worn
