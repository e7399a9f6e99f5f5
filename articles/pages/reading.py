"""Reading: what the page of one article is made of."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from articles.loading import listed_with_parts, paragraphs_of, versions_of
from articles.models import Article, Claim, Question, Source
from articles.models.roles import Visitor
from articles.pages.cards import Card, make_cards, tones_of
from articles.pages.marking import MarkedParagraph, mark
from articles.pages.visitors import sources_for
from articles.text.parsing import is_title


@dataclass(frozen=True, slots=True)
class Speaking:
    """A source that speaks in the article. `count` is of its claims, `suggested` of what is suggested besides, which
    editors alone see. `only` and `toggled` are the sources that its links ask for."""

    source: Source
    tone: int
    count: int
    suggested: int
    is_shown: bool
    only: tuple[str, ...]
    toggled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of claims, in all and as the filter shows them; what is suggested is counted apart, as readers see none of it."""

    total: int
    shown: int
    suggested: int
    suggested_shown: int

    @classmethod
    def of(cls, all_of_them: Iterable[bool], shown: Iterable[bool]) -> "Numbers":
        """By whether each is suggested."""
        total, visible = Counter(all_of_them), Counter(shown)
        return cls(total[False], visible[False], total[True], visible[True])


@dataclass(frozen=True, slots=True)
class Reading:
    article: Article
    paragraphs: list[MarkedParagraph]
    cards: list[Card]
    speaking: list[Speaking]
    disputed: list[Question]
    # Those that the visitor may read, and the last of the later ones that readers had and do not have any more.
    versions: list[Article]
    withdrawn: Article | None
    numbers: Numbers
    shown: tuple[str, ...]
    # Of what was asked for: names of sources that do not speak here, slugs of none.
    absent: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def newest(self) -> Article:
        """The last version that the visitor may read; one before it may be withdrawn."""
        return self.versions[-1]

    @property
    def begins_with_title(self) -> bool:
        """The title stands over the report already, so that readers need the heading only for what is marked in it."""
        first = self.paragraphs[0].paragraph if self.paragraphs else None
        return first is not None and is_title(first.kind, first.text, self.article.title)

    @property
    def names_shown(self) -> list[str]:
        return [one.source.name for one in self.speaking if one.is_shown]


def read(article: Article, visitor: Visitor, shown: Sequence[str]) -> Reading:
    """The article must come from `article_for_reading`. `shown` are slugs of sources; none of them means all.

    Runs five to seven queries, however many paragraphs and claims there are: claims, highlights, answers,
    paragraphs, versions; if a question is answered, what the story's other articles say, and if one is by
    a place, the story's places. Two more for a slug that no source of the article has: it may be that of a merged
    one, or of one that does not speak here.
    """
    claims = listed_with_parts(article, visitor)
    paragraphs = paragraphs_of(article)
    sources = {claim.source.pk: claim.source for claim in claims if claim.source}
    tones = tones_of(claims)
    counts, suggested = _counts(claims, suggested=False), _counts(claims, suggested=True)
    cards = make_cards(claims, article, {paragraph.pk: paragraph for paragraph in paragraphs}, tones)
    known = {source.slug for source in sources.values()}
    if set(shown) - known:
        shown = Source.objects.living_slugs(list(shown))
    asked = tuple(slug for slug in shown if slug in known)
    unknown = [slug for slug in shown if slug not in known]
    absent = {row.slug: row.name for row in sources_for(visitor).named(unknown)} if unknown else {}
    versions, withdrawn = _versions(article, visitor)
    visible = [card for card in cards if not asked or (card.claim.source and card.claim.source.slug in asked)]
    return Reading(
        article=article,
        paragraphs=mark(paragraphs, visible),
        cards=visible,
        speaking=speaking(counts, suggested, sources.values(), tones, asked),
        disputed=_disputed(cards),
        versions=versions,
        withdrawn=withdrawn,
        numbers=Numbers.of((claim.is_suggested for claim in claims), (card.claim.is_suggested for card in visible)),
        shown=asked,
        absent=tuple(absent.values()),
        unknown=tuple(slug for slug in unknown if slug not in absent),
    )


def _versions(article: Article, visitor: Visitor) -> tuple[list[Article], Article | None]:
    """As `Reading` has them. One query."""
    versions = versions_of(article)
    later = [one for one in versions if one.version_number > article.version_number]
    withdrawn = [one for one in later if one.status == Article.Status.WITHDRAWN and one.public_since]
    return [one for one in versions if one.is_visible_to(visitor)], withdrawn[-1] if withdrawn else None


def _counts(claims: Iterable[Claim], *, suggested: bool) -> Counter[int | None]:
    return Counter(claim.source_id for claim in claims if claim.is_suggested == suggested)


def speaking(
    counts: Mapping[int | None, int],
    suggested: Mapping[int | None, int],
    sources: Iterable[Source],
    tones: Mapping[int, int],
    shown: tuple[str, ...],
) -> list[Speaking]:
    """By number of claims, then by name: an order that no editor sets, and the one that readers see."""
    ordered = sorted(sources, key=lambda source: (-counts.get(source.pk, 0), source.name_key))
    everyone = tuple(source.slug for source in ordered)
    return [
        Speaking(
            source=source,
            tone=tones[source.pk],
            count=counts.get(source.pk, 0),
            suggested=suggested.get(source.pk, 0),
            is_shown=not shown or source.slug in shown,
            only=() if shown == (source.slug,) else (source.slug,),
            toggled=_toggled(source.slug, shown, everyone),
        )
        for source in ordered
    ]


def _toggled(slug: str, shown: tuple[str, ...], everyone: tuple[str, ...]) -> tuple[str, ...]:
    """The sources shown after this one was added or taken away. All of them is the same as no filter."""
    now = set(shown or everyone) ^ {slug}
    return () if now == set(everyone) else tuple(one for one in everyone if one in now)


def _disputed(cards: Iterable[Card]) -> list[Question]:
    """The questions on which a claim of this article is contradicted, in the order of the story."""
    found = {said.question.pk: said.question for card in cards for said in card.said if said.contradictions}
    return sorted(found.values(), key=lambda question: (question.position, question.pk))
