"""Reviewing: the suggestions of an article, one after the other in the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from articles.models import Article, Changeset, Claim, Revision, Source, Suggestion
from articles.snapshots import Draft, Step
from articles.suggestions.matching import Known
from articles.text.source_kinds import without_article
from articles.writing.source_numbers import Numbered, numbered_sources
from articles.writing.tagging import Act, accept_suggestions

# How sure all of those may be that are accepted together, in hundredths.
LEVELS = (95, 90, 80, 70, 50)

# What the reasons of `text/attribution/confidence.py` are called on the page.
_REASONS = {
    "quoted": "in quotation marks",
    "set off": "set off by commas",
    "clause": "a clause follows the cue",
    "that": "“that” begins it",
    "object": "only an object follows the cue",
    "preposition": "a preposition follows the cue",
    "noun": "the cue is a noun",
    "noun with a verb": "the cue is a verb with a noun",
    "infinitive": "“to” follows the cue",
    "state of mind": "a state of mind",
    "expected": "expected by nobody named",
    "no known cue": "no known cue",
    "named": "a name",
    "pronoun": "a pronoun",
    "no speaker": "nobody is named",
    "relative": "“who”",
    "long speaker": "a long description",
    "far subject": "the speaker stands apart",
    "guessed subject": "the speaker is guessed",
    "amid": "the speaker stands in mid-sentence",
    "no phrase": "hardly a speaker",
    "people": "people who say things",
    "it": "“it” or “this”",
    "a number": "a number of people",
    "not past": "not told in the past",
    "goes on": "the sentence goes on behind it",
    "to be said": "perhaps not said yet",
    "seldom said": "a verb that seldom tells words",
    "mostly said": "a verb that mostly tells words",
    "says": "a verb of saying",
    "does by words": "a verb of judging, asking or promising",
    "shows": "it shows, and says nothing",
    "seems": "so it seems",
    "very short": "very short",
    "short": "short",
    "long": "long",
}


@dataclass(frozen=True, slots=True)
class Sure:
    """How many suggestions with a source are at least so sure."""

    least: int
    count: int


@dataclass(frozen=True, slots=True)
class Review:
    """The suggestion that is up, and what there is beside it. `number` counts from 1, in the order of the text.
    `goes_on`: the page should go to it, because another one has just been reviewed. `likely` is who says it, where it
    has no source: what editors have chosen for the speaker since, or who has the name that was proposed. `near`: else
    who has nearly that name."""

    article: Article
    claim: Claim
    suggestion: Suggestion | None
    number: int
    count: int
    before: str
    after: str
    sources: Sequence[Numbered]
    likely: Source | None
    near: Source | None
    sure: Sequence[Sure]
    token: str
    goes_on: bool = False

    @property
    def reasons(self) -> str:
        kept = self.suggestion.reasons if self.suggestion else []
        return ", ".join(_REASONS[one] for one in kept if one in _REASONS)


@dataclass(frozen=True, slots=True)
class ReviewOver:
    """No suggestion is left in the text: what became of those of the article, as far as they were of the desk's rules.
    `lost` are left whose words are not found there."""

    accepted: int
    rejected: int
    lost: int


# In place of the id of a suggestion: the last one has been reviewed.
OVER = "over"

Order = tuple[int, int]


def review_of(
    article: Article,
    at: str = "",
    *,
    after: Order | None = None,
    sources: Sequence[Numbered] | None = None,
    goes_on: bool = False,
) -> Review | None:
    """At the suggestion with this id, else at the first one `after` a place in the text, else at the first. None where
    no suggestion is left. One query then, else five, and those of the sources if these are not given; three
    more for one without a source."""
    left = list(Claim.objects.in_article(article).waiting().values_list("uid", "reading_order", "pk", "source"))
    if not left:
        return None
    uids = [uid for uid, *_ in left]
    found = next((place for place, (_, order, key, _) in enumerate(left) if after and (order or 0, key) > after), 0)
    place = uids.index(at) if at in uids else found
    rows = {row.claim_uid: row for row in Suggestion.objects.of_claims(uids).select_related("question")}
    claim = Claim.objects.with_uid(uids[place]).for_review().get()
    likely, near = _likely(claim, article)
    return Review(
        article=article,
        claim=claim,
        suggestion=rows.get(uids[place]),
        number=place + 1,
        count=len(uids),
        before=uids[place - 1],
        after=uids[(place + 1) % len(uids)],
        sources=numbered_sources(article) if sources is None else sources,
        sure=_levels([rows[uid].confidence for uid, _, _, source in left if source and uid in rows]),
        likely=likely,
        near=near,
        token=uuid4().hex,
        goes_on=goes_on,
    )


def review_over(article: Article) -> ReviewOver:
    """Three queries."""
    uids = Suggestion.objects.in_article(article).values("claim_uid")
    now = Claim.objects.in_article(article).with_uids(uids).counts_by("status")
    gone = Revision.objects.of_claims(uids).taken_away().count()
    lost = Claim.objects.in_article(article).waiting_unplaced().count()
    return ReviewOver(now.get(Claim.Status.ACCEPTED, 0), now.get(Claim.Status.REJECTED, 0) + gone, lost)


def likely_source(claim: Claim, article: Article) -> Source | None:
    """Who says it: what editors have chosen for its speaker since it was suggested, or who has its proposed name, which
    annotations from elsewhere bring. No query for one that has a source, or names nobody, else three."""
    return _likely(claim, article)[0]


def _likely(claim: Claim, article: Article) -> tuple[Source | None, Source | None]:
    """And else who has nearly its proposed name."""
    if claim.source_id or not (claim.speaker or claim.proposed_source):
        return None, None
    known = Known(article)
    likely = known.source_of(claim.speaker or claim.proposed_source, claim.proposed_source)
    return likely, None if likely else known.nearly_called(without_article(claim.proposed_source))


def _levels(sourced: Sequence[int]) -> list[Sure]:
    """Without those that would accept just what the one before does."""
    found: list[Sure] = []
    for least in LEVELS:
        count = sum(confidence >= least for confidence in sourced)
        if count > (found[-1].count if found else 0):
            found.append(Sure(least, count))
    return found


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Where an act on suggestions leaves the review: at one that came back, or after one that was dealt with."""

    at: str = ""
    after: Order | None = None


def reviewed_by(article: Article, changeset: Changeset) -> Reviewed | None:
    """None for an act that touched no suggestion. No query."""
    steps = [step for step in changeset.steps.values() if step.article == article.pk]
    if changeset.is_repeated or not all(step.is_known for step in steps):
        return Reviewed()
    touched = sorted((one for one in steps if _waiting(one.before) or _waiting(one.after)), key=_order)
    if not touched:
        return None
    left = next((one.after.claim for one in touched if one.after and _waiting(one.after)), None)
    return Reviewed(at=left.uid) if left else Reviewed(after=_order(touched[0]))


def _waiting(draft: Draft | None) -> bool:
    return draft is not None and draft.claim.status == Claim.Status.SUGGESTED


def _order(step: Step) -> Order:
    claim = (step.before or step.after).claim  # type: ignore[union-attr]
    return claim.reading_order or 0, claim.pk or 0


def accept_sure(article: Article, least: int, act: Act) -> Changeset:
    """All suggestions of the article that have a source and are at least so sure. One changeset. Raises EditError where
    there are none, also EditConflict."""
    sure = Suggestion.objects.in_article(article).sure(least).values("claim_uid")
    claims = list(Claim.objects.in_article(article).waiting().with_a_source().with_uids(sure))
    one = len(claims) == 1
    summary = f"{len(claims)} suggestion{'' if one else 's'} accepted, at least {least} % sure"
    return accept_suggestions(article, claims, summary, act)
