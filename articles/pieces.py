"""Pieces: what one act of an editor changed on the reading page, for htmx to put in place.

The page with the pieces in place is the page loaded fresh. So that an answer costs the same in a report of 5 claims
and of 500, only what may have changed is made anew: the paragraphs marked, the cards of their claims and of those
that answer a question on which the answers have changed, the counts. Where every mark may change, because a source
takes another tone, or where the list of cards comes or goes, there are no pieces, and the region is made as a whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from articles.accounts import contradicting
from articles.cards import Card, make_cards, with_parts
from articles.marking import MarkedParagraph, mark
from articles.models import Answer, Article, Claim, Question, Source
from articles.models.claim import ClaimQuerySet
from articles.models.roles import Visitor
from articles.reading import Speaking, speaking
from articles.stating import stated, surroundings
from articles.tones import tones_in_article


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page showed before an act: of the claims that it is about, in which paragraphs and under which
    source; how often each source speaks; and who says what on the questions."""

    paragraphs: frozenset[int]
    sources: Mapping[str, str]
    counts: Mapping[int | None, int]
    said: frozenset[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A card that is new on the page, or has moved: `after` is the id of the claim whose card stands before it."""

    card: Card
    after: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """In the page's terms: `gone` are ids of claims whose cards go, also of those placed again; `is_hidden` says
    that the filter does not show what was changed."""

    paragraphs: list[MarkedParagraph]
    changed: list[Card]
    placed: list[Placed]
    gone: list[str]
    speaking: list[Speaking]
    disputed: list[Question]
    total: int
    claims_shown: int
    shown: tuple[str, ...]
    is_hidden: bool
    unknown: tuple[str, ...] = ()


def look(article: Article, visitor: Visitor, uids: Iterable[str]) -> Seen:
    """Three queries."""
    listed = Claim.objects.listed_for(visitor).in_article(article)
    rows = listed.with_uids(uids).values_list("uid", "source__slug", "highlights__paragraph")
    return Seen(
        paragraphs=frozenset(paragraph for _, _, paragraph in rows if paragraph),
        sources={uid: slug or "" for uid, slug, _ in rows},
        counts=listed.counts_by("source"),
        said=frozenset(Answer.objects.of_claims(listed).sayings()),
    )


def pieces(article: Article, visitor: Visitor, asked: tuple[str, ...], before: Seen, uids: list[str]) -> Pieces | None:
    """What changed since `before`; the article must come from `for_reading`. None if the whole region did.

    `asked` are the slugs that the page filters by. Runs a fixed number of queries, but for one or two for each
    claim whose card comes or moves.
    """
    now = look(article, visitor, uids)
    sources = {
        row.pk: row for row in Source.objects.filter(pk__in=[key for key in {*now.counts, *before.counts} if key])
    }
    tones = _tones(sources, now.counts)
    if not all(_is_known(slug, seen, sources) for slug in asked for seen in (before, now)):
        return None
    counted = _shown_count(now, sources, asked)
    if not counted or not _shown_count(before, sources, asked):
        return None
    if any(tones.get(key, tone) != tone for key, tone in _tones(sources, before.counts).items()):
        return None
    listed = Claim.objects.listed_for(visitor).in_article(article)
    compared = _compared(article, listed)
    cards = _cards(article, listed, before, now, tones, compared)
    visible = [card for card in cards if _is_shown(card.claim.source.slug if card.claim.source else "", asked)]
    fresh = {uid for uid in uids if _is_shown(now.sources.get(uid, "-"), asked)}
    return Pieces(
        paragraphs=_marked(article, before.paragraphs | now.paragraphs, visible),
        changed=[card for card in visible if card.paragraph and card.claim.uid not in fresh],
        placed=[_placed(card, listed, asked) for card in visible if card.claim.uid in fresh],
        gone=[uid for uid in uids if _is_shown(before.sources.get(uid, "-"), asked)],
        speaking=speaking(now.counts, (sources[key] for key in now.counts if key), tones, asked),
        disputed=_disputed(article, compared, now),
        total=sum(now.counts.values()),
        claims_shown=counted,
        shown=asked,
        is_hidden=bool(now.sources) and not fresh,
    )


def _tones(sources: Mapping[int, Source], counts: Mapping[int | None, int]) -> dict[int, int]:
    return tones_in_article({key: row.tone for key, row in sources.items() if key in counts})


def _is_known(slug: str, seen: Seen, sources: Mapping[int, Source]) -> bool:
    """Of what the address asks for: whether it is a source that spoke in the article then."""
    return any(row.slug == slug and key in seen.counts for key, row in sources.items())


def _shown_count(seen: Seen, sources: Mapping[int, Source], shown: tuple[str, ...]) -> int:
    slugs = {key: row.slug for key, row in sources.items()}
    return sum(count for key, count in seen.counts.items() if _is_shown(slugs.get(key or 0, ""), shown))


def _is_shown(slug: str, shown: tuple[str, ...]) -> bool:
    """Of a claim by its source's slug: empty without a source, "-" for a claim that is not listed at all."""
    return slug != "-" and (not shown or slug in shown)


def _compared(article: Article, listed: ClaimQuerySet) -> list[Answer]:
    """Who says what in the article and in the latest versions of the others of its story, each once."""
    if article.story_id is None:
        return []
    public = Claim.objects.visible_to(AnonymousUser())
    return list(Answer.objects.of_any(listed, public.beside(article)).different())


def _cards(
    article: Article, listed: ClaimQuerySet, before: Seen, now: Seen, tones: Mapping[int, int], compared: list[Answer]
) -> list[Card]:
    """Of the claims whose cards may differ, in reading order, with those that share their paragraphs: a card's
    number counts the claims of its paragraph."""
    moved = {question for question, *_ in before.said ^ now.said}
    touched = before.paragraphs | now.paragraphs
    if moved:
        answering = listed.answering_any(moved).order_by()
        touched |= frozenset(answering.values_list("highlights__paragraph", flat=True)) - {None}
    claims = list(with_parts(listed.marked_in(touched).in_reading_order()))
    paragraphs = {row.pk: row for row in article.paragraphs.filter(pk__in=touched)}
    return make_cards(claims, article, paragraphs, tones, compared)


def _marked(article: Article, touched: Iterable[int], cards: list[Card]) -> list[MarkedParagraph]:
    return mark(list(article.paragraphs.filter(pk__in=touched).order_by("position")), cards)


def _placed(card: Card, listed: ClaimQuerySet, shown: tuple[str, ...]) -> Placed:
    around = listed.by_sources(shown) if shown else listed
    return Placed(card, around.last_before(card.claim) or "")


def _disputed(article: Article, compared: list[Answer], now: Seen) -> list[Question]:
    """The questions on which something that the article says is contradicted."""
    around = surroundings(article.story) if any(row.place_id for row in compared) else {}
    against = contradicting(stated(compared, around))
    found = {row.question.pk: row.question for row in compared if against.get(row.pk) and row.saying in now.said}
    return sorted(found.values(), key=lambda question: (question.position, question.pk))
