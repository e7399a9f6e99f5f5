"""A claim as a whole, as plain data: the form in which revisions keep it. No primary key stands in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

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


@dataclass(frozen=True, slots=True)
class Step:
    """What one act did to one claim: what it was, and what it is. None: it was not, or is no more. Where
    `is_known` is false, nobody looked: it was changed. `article` is the key of its article."""

    article: int
    before: Draft | None = None
    after: Draft | None = None
    is_known: bool = True


Snapshot = dict[str, Any]
_PARTS = {"highlights", "answers", "continued_by"}


def whole(claims: ClaimQuerySet) -> ClaimQuerySet:
    """With all that a snapshot holds. Four queries."""
    return claims.select_related("article", "source", "continues").prefetch_related(
        Prefetch("highlights", Highlight.objects.select_related("paragraph")),
        Prefetch("answers", Answer.objects.select_related("question", "choice", "place")),
        "continued_by",
    )


def is_whole(claim: Claim) -> bool:
    """Whether it came from `whole`, so that nothing of it has to be read again."""
    return getattr(claim, "_prefetched_objects_cache", {}).keys() >= _PARTS


def snapshot(draft: Draft, continued_by: Iterable[Claim] | None = None) -> Snapshot:
    """Its claim must come from `whole`, else this runs a query for each relation; or those that continue it are
    given, and the relations of its parts are loaded."""
    later = draft.claim.continued_by.all() if continued_by is None else continued_by
    return {**_parts(draft), "continued_by": sorted(one.uid for one in later)}


def content(draft: Draft) -> Snapshot:
    """What the draft says, without what follows from it or names it: equal for equal claims."""
    return content_of(_parts(draft))


def content_of(kept: Snapshot) -> Snapshot:
    """The same of a snapshot."""
    following = {"uid", "prefix", "suffix"}
    highlights = [
        {name: value for name, value in row.items() if name not in following}
        for row in sorted(kept["highlights"], key=_place)
    ]
    answers = sorted(kept["answers"], key=lambda answer: str(answer["question"]))
    parts = {name: value for name, value in kept.items() if name != "continued_by"}
    return {**parts, "highlights": highlights, "answers": answers}


def _place(highlight: Snapshot) -> tuple[bool, int, int]:
    """As they are read; orphaned ones last, as they were entered."""
    return (highlight["paragraph"] is None, highlight["paragraph"] or 0, highlight["start"] or 0)


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
