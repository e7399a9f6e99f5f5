"""Taken: the words of an article for which nothing is to be suggested, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from articles.models import Article, Claim, Highlight, Paragraph, Revision, Suggestion


class Why(StrEnum):
    """Why something is not suggested."""

    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    MARKED = "marked"
    WAITING = "waiting"


class Taken:
    """Four queries to make, and two where suggestions have been deleted."""

    def __init__(self, article: Article, paragraphs: Sequence[Paragraph]) -> None:
        self._spans: dict[int, list[tuple[int, int, Why]]] = defaultdict(list)
        for key, start, end, status in Highlight.objects.placed_in(article):
            self._take(key, start, end, _WHY[status])
        for row in _rejected(article):
            at = row["paragraph"]
            key = paragraphs[at].pk if at is not None and at < len(paragraphs) else None
            self._take(key, row["start"], row["end"], Why.REJECTED)
        self._known = _texts_carried_over(article)

    def why_not(self, highlights: Sequence[Highlight]) -> Why | None:
        """None for words that may be suggested. A claim that stands there wins over everything, by a single word;
        what was rejected has to share half of the words."""
        first = highlights[0].paragraph
        if first and first.text in self._known:
            return Why.UNCHANGED
        found = {why for one in highlights for why in self._on(one)}
        return next((why for why in (Why.MARKED, Why.WAITING, Why.REJECTED) if why in found), None)

    def take(self, highlights: Iterable[Highlight]) -> None:
        for one in highlights:
            self._take(one.paragraph_id, one.start, one.end, Why.WAITING)

    def _take(self, paragraph: int | None, start: int | None, end: int | None, why: Why) -> None:
        if paragraph is not None and start is not None and end is not None:
            self._spans[paragraph].append((start, end, why))

    def _on(self, one: Highlight) -> Iterator[Why]:
        if one.paragraph_id is None or one.start is None or one.end is None:
            return
        for start, end, why in self._spans[one.paragraph_id]:
            both = min(end, one.end) - max(start, one.start)
            least = min(end - start, one.end - one.start) // 2 if why is Why.REJECTED else 0
            if both > least:
                yield why


_WHY: dict[str, Why] = {
    Claim.Status.ACCEPTED: Why.MARKED,
    Claim.Status.SUGGESTED: Why.WAITING,
    Claim.Status.REJECTED: Why.REJECTED,
}


def _rejected(article: Article) -> Iterator[dict[str, int | None]]:
    """The passages of suggestions that editors have deleted: by rejecting one without a source, or otherwise. What went
    by undoing may come again."""
    uids = list(Suggestion.objects.in_article(article).without_claim().values_list("claim_uid", flat=True))
    last = {row.claim_uid: row for row in Revision.objects.of_claims(uids).by_version()} if uids else {}
    for row in last.values():
        if row.changeset.is_deleting:
            yield from row.snapshot["highlights"]


def _texts_carried_over(article: Article) -> frozenset[str]:
    """The paragraphs of the version before, if it had claims: those came over with what was marked in them."""
    before = article.revises
    if before is None or not before.claims.exists():
        return frozenset()
    return frozenset(before.paragraphs.values_list("text", flat=True))
