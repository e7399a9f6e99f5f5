"""Cards: claims with all that a page shows of each. Used wherever claims are listed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch

from articles.accounts import Stated, contradicting
from articles.models import Answer, Article, Claim, Highlight, Paragraph, Question, Source
from articles.models.claim import ClaimQuerySet
from articles.stating import stated, surroundings
from articles.tones import tones_in_article


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What another source says on the same question."""

    source: Source
    value: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a claim says on one question, and which other sources say something else."""

    question: Question
    answer: Answer
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """`number` counts the claims of the article from 1; `tone` is the source's in this article, 0 without one."""

    claim: Claim
    number: int
    tone: int
    paragraph: Paragraph | None
    said: tuple[Said, ...]

    @property
    def code(self) -> str:
        return self.claim.source.code if self.claim.source else "?"

    @property
    def name(self) -> str:
        return self.claim.source.name if self.claim.source else "a source not yet known"


def tones_of(claims: Iterable[Claim]) -> dict[int, int]:
    """From the key of each source that speaks in these claims of one article to its tone there."""
    return tones_in_article({claim.source.pk: claim.source.tone for claim in claims if claim.source})


def with_parts(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Claims with source, highlights in reading order, and answers. Three queries."""
    return claims.select_related("source").prefetch_related(
        Prefetch("highlights", queryset=Highlight.objects.order_by("position")),
        Prefetch("answers", queryset=Answer.objects.for_cards()),
    )


def make_cards(
    claims: Sequence[Claim],
    article: Article,
    paragraphs: Mapping[int, Paragraph],
    tones: Mapping[int, int],
) -> list[Card]:
    """Cards of claims of one article, which are all its claims: an article is compared with itself and
    with the latest versions of the other articles of its story. Two queries."""
    own = [answer for claim in claims for answer in _answers(claim)]
    public = Claim.objects.visible_to(AnonymousUser())
    beside = list(Answer.objects.of_claims(public.beside(article))) if article.story_id else []
    rows = {answer.pk: answer for answer in [*own, *beside]}
    against = contradicting(stated(rows.values(), surroundings(article.story)))
    return [
        Card(
            claim=claim,
            number=number,
            tone=tones.get(claim.source_id or 0, 0),
            paragraph=_first_paragraph(claim, paragraphs),
            said=_said(claim, against, rows),
        )
        for number, claim in enumerate(claims, start=1)
    ]


def _answers(claim: Claim) -> Iterable[Answer]:
    for answer in claim.answers.all():
        answer.claim = claim
        yield answer


def _first_paragraph(claim: Claim, paragraphs: Mapping[int, Paragraph]) -> Paragraph | None:
    return next((paragraphs[h.paragraph_id] for h in claim.highlights.all() if h.paragraph_id), None)


def _said(claim: Claim, against: Mapping[int, tuple[Stated, ...]], rows: Mapping[int, Answer]) -> tuple[Said, ...]:
    return tuple(
        Said(answer.question, answer, _contradictions(against.get(answer.pk, ()), rows))
        for answer in claim.answers.all()
    )


def _contradictions(others: Iterable[Stated], rows: Mapping[int, Answer]) -> tuple[Contradiction, ...]:
    """Each source once for each value it gives."""
    answers = [rows[other.key] for other in others]
    found = {(answer.claim.source, answer.value): None for answer in answers}
    return tuple(Contradiction(source, value) for source, value in found if source)
