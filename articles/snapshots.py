"""A claim as a whole, as plain data: the form in which revisions keep it. No primary key stands in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from articles.models import Answer, Claim, Highlight
from articles.models.claim import ClaimQuerySet


@dataclass(slots=True)
class Draft:
    """A claim with its highlights and answers, not saved: what `editing` makes rows of."""

    claim: Claim
    highlights: list[Highlight] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    @classmethod
    def of(cls, claim: Claim) -> "Draft":
        """The claim as it is; it must come from `whole`."""
        return cls(claim, list(claim.highlights.all()), list(claim.answers.all()))


Snapshot = dict[str, Any]


def whole(claims: ClaimQuerySet) -> ClaimQuerySet:
    """With all that a snapshot holds. Four queries."""
    return claims.select_related("article", "source", "continues").prefetch_related(
        "highlights__paragraph",
        "answers__question",
        "answers__choice",
        "answers__place",
        "continued_by",
    )


def snapshot(claim: Claim) -> Snapshot:
    """The claim must come from `whole`, else this runs a query for each relation."""
    return {**_parts(Draft.of(claim)), "continued_by": sorted(later.uid for later in claim.continued_by.all())}


def content(draft: Draft) -> Snapshot:
    """What the draft says, without what follows from it or names it: equal for equal claims."""
    parts = _parts(draft)
    for highlight in parts["highlights"]:
        for name in ("uid", "prefix", "suffix"):
            del highlight[name]
    parts["answers"].sort(key=lambda answer: answer["question"])
    return parts


def _parts(draft: Draft) -> Snapshot:
    claim = draft.claim
    return {
        "article": claim.article.slug,
        "source": claim.source.slug if claim.source else None,
        "proposed_source": claim.proposed_source,
        "speaker": claim.speaker,
        "cue": claim.cue,
        "note": claim.note,
        "status": claim.status,
        "continues": claim.continues.uid if claim.continues else None,
        "highlights": [_highlight(highlight) for highlight in draft.highlights],
        "answers": [_answer(answer) for answer in draft.answers],
    }


def _highlight(highlight: Highlight) -> Snapshot:
    return {
        "uid": highlight.uid,
        "paragraph": highlight.paragraph.position if highlight.paragraph else None,
        "start": highlight.start,
        "end": highlight.end,
        "quote": highlight.quote,
        "prefix": highlight.prefix,
        "suffix": highlight.suffix,
        "state": highlight.state,
    }


def _answer(answer: Answer) -> Snapshot:
    return {
        "question": answer.question.slug,
        "low": answer.low,
        "high": answer.high,
        "about": answer.about,
        "choice": answer.choice.slug if answer.choice else None,
        "place": answer.place.slug if answer.place else None,
        "words": answer.words,
        "as_worded": answer.as_worded,
    }


def snapshots(claims: Iterable[Claim]) -> dict[str, Snapshot]:
    return {claim.uid: snapshot(claim) for claim in claims}
