"""Claims that were carried over and want an eye: another speaker may say them now, or they have other words."""

from dataclasses import dataclass

from articles.models import Article, Claim, Source
from articles.models.claim import ClaimQuerySet

MOST = 20
# How many words stand on each side of what differs, and how many in all.
_AROUND, _LONGEST = 6, 40


@dataclass(frozen=True, slots=True)
class Unsure:
    """One of them, with its words in both versions: those that differ, and some around them. `is_doubtful`: perhaps it
    is attributed otherwise. Otherwise it is reworded."""

    source: Source | None
    proposed_source: str
    speaker: str
    is_doubtful: bool
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class UnsureClaims:
    """The first of them, and how many there are in all."""

    listed: tuple[Unsure, ...] = ()
    count: int = 0

    @property
    def others(self) -> int:
        return self.count - len(self.listed)


def unsure_in(article: Article) -> UnsureClaims:
    """In reading order: those that two lists of the work have. Six queries, one if there are none."""
    claims = Claim.objects.in_article(article).unsure()
    count = claims.count()
    return UnsureClaims(tuple(map(_unsure, _first(claims))), count) if count else UnsureClaims()


def _first(claims: ClaimQuerySet) -> ClaimQuerySet:
    return claims.in_reading_order().with_versions()[:MOST]


def _unsure(claim: Claim) -> Unsure:
    """With the sentences around it, where it is these that tell."""
    before, now = claim.continues.quote if claim.continues else "", claim.quote
    if claim.is_doubtful:
        before, now = (one.wording or one.quote if one else "" for one in (claim.continues, claim))
    return Unsure(claim.source, claim.proposed_source, claim.other_speaker, claim.is_doubtful, *apart(before, now))


def apart(before: str, now: str) -> tuple[str, str]:
    """The words of both that differ, between a few that do not; “…” where something is left out. All words, if none
    differ."""
    old, new = before.split(), now.split()
    if old == new:
        return _cut(old, 0, 0), _cut(new, 0, 0)
    least = min(len(old), len(new))
    start = next((at for at in range(least) if old[at] != new[at]), least)
    end = next((at for at in range(least - start) if old[-1 - at] != new[-1 - at]), least - start)
    start, end = max(0, start - _AROUND), max(0, end - _AROUND)
    return _cut(old, start, end), _cut(new, start, end)


def _cut(words: list[str], start: int, end: int) -> str:
    """Without the first `start` and the last `end` words, and not too long."""
    kept = words[start : len(words) - end]
    short = kept[:_LONGEST]
    is_cut = end > 0 or len(short) < len(kept)
    return " ".join([*(["…"] if start else []), *short, *(["…"] if is_cut else [])])
