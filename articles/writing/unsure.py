"""Claims that were carried over and want an eye: their words are not found any more, another speaker may say them now,
or they have other words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import F

from articles.models import Article, Claim, Highlight, Paragraph, Source
from articles.models.claim import ClaimQuerySet
from articles.models.loaded import loaded
from articles.text.attribution_changes import Passage, in_its_sentences

MOST = 20
# How many words stand on each side of what differs, and how many in all.
_AROUND, _LONGEST = 6, 40
_WORD = re.compile(r"\S+")
_CUT, _BETWEEN = "…", " … "

# In code points, half open.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a text, and which of them are the claim's own. The places are in order, and none lies in another."""

    text: str = ""
    own: tuple[Place, ...] = ()


class Fate(StrEnum):
    """What becomes of such a claim, as the lists of the work part them. Of several that hold the first counts."""

    LOST = "lost"
    DOUBTFUL = "doubtful"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Unsure:
    """One of them, with its words in both versions: those that differ, and some around them. `stood` and `stands` are
    the paragraphs of its first passage then and now, None where that is not found. `is_doubtful`: perhaps it is
    attributed otherwise; a claim of which one passage is lost can be that as well."""

    source: Source | None
    proposed_source: str
    speaker: str
    fate: Fate
    is_doubtful: bool
    before: Words
    now: Words
    stood: Paragraph | None
    stands: Paragraph | None


@dataclass(frozen=True, slots=True)
class UnsureClaims:
    """The first of them, and how many there are in all."""

    listed: tuple[Unsure, ...] = ()
    count: int = 0

    @property
    def others(self) -> int:
        return self.count - len(self.listed)


def unsure_in(article: Article) -> UnsureClaims:
    """Those that the lists of the work have: those none of whose words are found, then the others in reading order.
    Six queries, one if there are none."""
    claims = to_look_at(article)
    count = claims.count()
    return UnsureClaims(tuple(map(_unsure, _first(claims))), count) if count else UnsureClaims()


def to_look_at(article: Article) -> ClaimQuerySet:
    claims = Claim.objects.in_article(article)
    return claims.unsure() | claims.with_orphans()


def _first(claims: ClaimQuerySet) -> ClaimQuerySet:
    return claims.order_by(F("reading_order").asc(nulls_first=True), "id").with_versions()[:MOST]


def _unsure(claim: Claim) -> Unsure:
    earlier = claim.continues
    old, new = (list(loaded(one, "highlights")) if one else [] for one in (earlier, claim))
    found = [row for row in new if row.paragraph]
    fate = Fate.LOST if len(found) < len(new) else Fate.DOUBTFUL if claim.is_doubtful else Fate.REWORDED
    return Unsure(
        claim.source,
        claim.proposed_source,
        claim.other_speaker,
        fate,
        claim.is_doubtful,
        *_both(fate, old or new, found),
        *(next((row.paragraph for row in rows if row.paragraph), None) for rows in (old, new)),
    )


def _both(fate: Fate, old: Sequence[Highlight], found: Sequence[Highlight]) -> tuple[Words, Words]:
    """With the sentences around it, where it is these that tell: who says it now, or where it stood."""
    if not found:
        return _cut(_in_sentences(old), 0, 0), Words()
    if fate is Fate.DOUBTFUL:
        return apart(_in_sentences(old), _in_sentences(found))
    return apart(_alone(old), _alone(found))


def _alone(rows: Iterable[Highlight]) -> Words:
    text = _BETWEEN.join(row.quote for row in rows)
    return Words(text, ((0, len(text)),))


def _in_sentences(rows: Sequence[Highlight]) -> Words:
    """In those around the first passage that stands in a text; other passages that stand there too are marked. The
    words alone, if none does."""
    passages = [
        (row.paragraph_id, Passage(row.paragraph.text, row.start, row.end))
        for row in rows
        if row.paragraph and row.start is not None and row.end is not None
    ]
    if not passages:
        return _alone(rows)
    key, first = passages[0]
    sentences, start, _ = in_its_sentences(first)
    begin = first.start - start
    own = [(one.start - begin, one.end - begin) for paragraph, one in passages if paragraph == key]
    return Words(sentences, _joined(_within(own, 0, len(sentences))))


def _within(places: Iterable[Place], start: int, end: int) -> list[Place]:
    """What of them lies there."""
    cut = ((max(one, start), min(other, end)) for one, other in places)
    return [(one, other) for one, other in cut if one < other]


def _joined(places: Iterable[Place]) -> tuple[Place, ...]:
    """In order, with those that overlap as one."""
    joined: list[Place] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            start, end = joined[-1][0], max(joined.pop()[1], end)
        joined.append((start, end))
    return tuple(joined)


def apart(before: Words, now: Words) -> tuple[Words, Words]:
    """The words of both that differ, between a few that do not, and some of the claim's own; “…” where something is
    left out. All words, if none differ."""
    old, new = before.text.split(), now.text.split()
    if old == new:
        return _cut(before, 0, 0), _cut(now, 0, 0)
    least = min(len(old), len(new))
    start = next((at for at in range(least) if old[at] != new[at]), least)
    end = next((at for at in range(least - start) if old[-1 - at] != new[-1 - at]), least - start)
    first, last = _own_words(now)
    start = max(0, min(start - _AROUND, last - _AROUND))
    end = max(0, min(end - _AROUND, len(new) - first - _AROUND))
    return _cut(before, start, end), _cut(now, start, end)


def _own_words(words: Words) -> tuple[int, int]:
    """Which are the claim's own, by number, half open; all of them, if none is."""
    found = list(_WORD.finditer(words.text))
    own = [at for at, word in enumerate(found) if _within(words.own, word.start(), word.end())]
    return (own[0], own[-1] + 1) if own else (0, len(found))


def _cut(words: Words, start: int, end: int) -> Words:
    """Without the first `start` and the last `end` words, and not too long. Where two passages are parted just there,
    one “…” stands for both."""
    found = list(_WORD.finditer(words.text))
    kept = found[start : len(found) - end]
    short = kept[:_LONGEST]
    is_cut = end > 0 or len(short) < len(kept)
    while short and start and short[0][0] == _CUT:
        short.pop(0)
    while short and is_cut and short[-1][0] == _CUT:
        short.pop()
    if not short:
        return replace(words, text=_CUT if start or is_cut else "", own=())
    first, last = short[0].start(), short[-1].end()
    lead = f"{_CUT} " if start else ""
    own = tuple((one - first + len(lead), other - first + len(lead)) for one, other in _within(words.own, first, last))
    return Words(f"{lead}{words.text[first:last]}{f' {_CUT}' if is_cut else ''}", own)
