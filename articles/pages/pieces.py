"""Pieces: what one act of an editor changed on the reading page, for htmx to put in place.

The page with the pieces in place is the page loaded fresh. So that an answer costs the same in a report of 5 claims
and of 500, only what may have changed is made anew: the paragraphs marked, the cards of the act's own claims and of
those that answer a question on which the answers have changed, the counts. The number of another card is taken over in
the page itself, from the sign of its claim. Where every mark may change, because a source takes another tone, or where
the list of cards comes or goes, there are no pieces, and the region is made as a whole.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from articles.accounts import contradicting
from articles.loading import compared_on, counts_of_sources, give_answers, listed_in
from articles.models import Answer, Article, Claim, Paragraph, Question, Source
from articles.models.claim import ClaimQuerySet
from articles.models.loaded import loaded
from articles.pages.cards import Card, make_cards
from articles.pages.marking import MarkedParagraph, mark
from articles.pages.reading import Numbers, Speaking, speaking
from articles.snapshots import Draft, Step
from articles.tones import tones_in_article
from articles.writing.rulings import relations_on
from articles.writing.stating import stated, surroundings


@dataclass(frozen=True, slots=True)
class Own:
    """One of the claims that an act is about: its source, the paragraphs that it is marked in, what it says on the
    questions (as `Answer.saying`), and in which words."""

    source: int | None
    slug: str
    paragraphs: frozenset[int]
    said: frozenset[tuple[Any, ...]]
    answers: tuple[Answer, ...]

    @classmethod
    def of(cls, draft: Draft) -> "Own":
        claim = draft.claim
        return cls(
            source=claim.source_id,
            slug=claim.source.slug if claim.source else "",
            paragraphs=frozenset(row.paragraph_id for row in draft.highlights if row.paragraph_id),
            said=frozenset(_saying(row, claim.source_id) for row in draft.answers),
            answers=tuple(draft.answers),
        )


# By id; a claim that the page does not list is not in it.
Seen = Mapping[str, Own]


@dataclass(frozen=True, slots=True)
class Placed:
    """A card that is new on the page, or has moved: `after` is the id of the claim whose card stands before it."""

    card: Card
    after: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """In the page's terms: `gone` are ids of claims whose cards go, also of those placed again; `is_hidden` says
    that the filter does not show what was changed; `disputed` is None where nothing can have changed in it."""

    paragraphs: list[MarkedParagraph]
    changed: list[Card]
    placed: list[Placed]
    gone: list[str]
    speaking: list[Speaking]
    disputed: list[Question] | None
    numbers: Numbers
    shown: tuple[str, ...]
    is_hidden: bool
    absent: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def pieces(article: Article, asked: tuple[str, ...], steps: Iterable[Step], known: Iterable[Source]) -> Pieces | None:
    """What these steps changed on an editor's page; the article must come from `for_reading`. None if the whole region
    did. `asked` are the slugs that the page filters by, `known` sources that need not be read. A fixed number of
    queries; one for each claim whose card comes first in its paragraph, four where claims are marked in several."""
    own = [step for step in steps if step.article == article.pk]
    if not all(step.is_known for step in own):
        return None
    before, now = _seen(step.before for step in own), _seen(step.after for step in own)
    accepted, suggested = counts_of_sources(article)
    counts = {key: count + suggested[key] for key, count in accepted.items()}
    earlier = _earlier(counts, before, now)
    sources = _sources({*counts, *earlier}, [*_sources_of(own), *known])
    if _is_all_new(earlier, counts, sources, asked):
        return None
    tones = _tones(sources, counts)
    compared, moved = _compared_with(article, before, now, sources)
    places = frozenset(key for one in (*before.values(), *now.values()) for key in one.paragraphs)
    touched, claims = _marked_in(article, places | _answering(article, moved), sources)
    give_answers(claims if moved else [claim for claim in claims if claim.uid in now])
    paragraphs = _paragraphs(article, touched, own)
    cards = make_cards(claims, article, paragraphs, tones, compared)
    visible = [card for card in cards if _is_shown(_slug(card.claim), asked)]
    fresh = {uid for uid, one in now.items() if _is_shown(one.slug, asked)}
    return Pieces(
        paragraphs=_marked_anew(places, paragraphs, visible),
        changed=[card for card in visible if card.claim.uid not in fresh and _answers_any(card, moved)],
        placed=[_placed(at, visible, article, asked) for at, card in enumerate(visible) if card.claim.uid in fresh],
        gone=[uid for uid, one in before.items() if _is_shown(one.slug, asked)],
        speaking=speaking(accepted, suggested, (sources[key] for key in counts if key), tones, asked),
        disputed=_disputed(article, compared) if moved else None,
        numbers=_numbers(accepted, suggested, sources, asked),
        shown=asked,
        is_hidden=bool(now) and not fresh,
    )


def _listed(article: Article) -> ClaimQuerySet:
    return Claim.objects.on_the_page().in_article(article)


def _seen(drafts: Iterable[Draft | None]) -> Seen:
    """Those that the page lists."""
    return {
        draft.claim.uid: Own.of(draft)
        for draft in drafts
        if draft and draft.claim.status != Claim.Status.REJECTED and draft.claim.reading_order is not None
    }


def _paragraphs(article: Article, keys: Set[int], steps: Iterable[Step]) -> dict[int, Paragraph]:
    """In the order of the article. One query, if they are not all those of the steps."""
    rows = (row for step in steps for draft in (step.before, step.after) if draft for row in draft.highlights)
    found = {row.paragraph.pk: row.paragraph for row in rows if row.paragraph and row.paragraph.pk in keys}
    missing = keys - found.keys()
    found |= {row.pk: row for row in article.paragraphs.filter(pk__in=missing)} if missing else {}
    return dict(sorted(found.items(), key=lambda item: item[1].position))


def _earlier(counts: Mapping[int | None, int], before: Seen, now: Seen) -> dict[int | None, int]:
    """How often each source spoke before, from how often it speaks now."""
    found = Counter(counts)
    found.subtract(Counter(one.source for one in now.values()))
    found.update(Counter(one.source for one in before.values()))
    return {key: count for key, count in found.items() if count}


def _sources(keys: Iterable[int | None], known: Iterable[Source]) -> dict[int, Source]:
    """One query, if they are not all known."""
    wanted = {key for key in keys if key}
    found = {row.pk: row for row in known if row.pk in wanted}
    missing = wanted - found.keys()
    return found | (Source.objects.in_bulk(missing) if missing else {})


def _sources_of(steps: Iterable[Step]) -> Iterator[Source]:
    """One may have gone with its claim: only the claim as it was still has it."""
    for draft in (draft for step in steps for draft in (step.before, step.after) if draft):
        if draft.claim.source:
            yield draft.claim.source


def _is_all_new(
    earlier: Mapping[int | None, int],
    counts: Mapping[int | None, int],
    sources: Mapping[int, Source],
    asked: tuple[str, ...],
) -> bool:
    """Whether the list of cards comes or goes, another tone is given, or a source that the filter names does."""
    tones, slugs = _tones(sources, counts), {key: row.slug for key, row in sources.items()}
    known = [{slugs[key] for key in some if key} for some in (earlier, counts)]
    return (
        any(slug not in some for slug in asked for some in known)
        or not all(_shown_count(some, sources, asked) for some in (earlier, counts))
        or any(tones.get(key, tone) != tone for key, tone in _tones(sources, earlier).items())
    )


def _compared_with(
    article: Article, before: Seen, now: Seen, sources: Mapping[int, Source]
) -> tuple[list[Answer], Set[int]]:
    """What the cards that have changed are compared with, and the questions on which something else is said than
    before: without any, only what these claims answer is compared."""
    asked = {row.question_id for one in (*before.values(), *now.values()) for row in one.answers}
    compared, others = compared_on(article, asked, {*before, *now}, sources)
    moved = _moved(before, now, others) | _reworded(before, compared)
    return (_compared(article) if moved else compared), moved


def _marked_in(article: Article, paragraphs: Set[int], sources: Mapping[int, Source]) -> tuple[Set[int], list[Claim]]:
    """The claims that are marked in these paragraphs, and those of all paragraphs that these are marked in: they are
    numbered within the first one of theirs, and show their number in each. Twice, for the numbers of the latter."""
    claims = listed_in(article, paragraphs, sources)
    for _ in range(2):
        wider = paragraphs | {key for claim in claims for key in _places(claim)}
        if wider == paragraphs:
            break
        paragraphs, claims = wider, listed_in(article, wider, sources)
    return paragraphs, claims


def _marked_anew(
    places: frozenset[int], paragraphs: Mapping[int, Paragraph], visible: list[Card]
) -> list[MarkedParagraph]:
    """Those at these places, and the others in which claims that are marked there show their number."""
    wanted = places.union(*(found for card in visible if places & (found := _places(card.claim))))
    return mark([row for key, row in paragraphs.items() if key in wanted], visible)


def _places(claim: Claim) -> frozenset[int]:
    """The paragraphs that it is marked in."""
    return frozenset(row.paragraph_id for row in loaded(claim, "highlights") if row.paragraph_id)


def _answers_any(card: Card, questions: Set[int]) -> bool:
    return any(one.question.pk in questions for one in card.said)


def _moved(before: Seen, now: Seen, others: Set[tuple[Any, ...]]) -> Set[int]:
    """The questions on which what is said in the article is not what was said before; `others` is what the claims say
    that the steps are not about."""
    then, since = (frozenset[Any]().union(*(one.said for one in some.values())) for some in (before, now))
    return {question for question, *_ in (then ^ since) - others}


def _reworded(before: Seen, compared: Iterable[Answer]) -> Set[int]:
    """The questions on which something is still said, but first by another claim and in other words: cards say in the
    words of the first what contradicts them. Answers that were written anew come last."""
    first = {_saying(row, row.claim.source_id): row for row in compared}
    return {
        row.question_id
        for one in before.values()
        for row in one.answers
        if (now := first.get(_saying(row, one.source))) and row.pk < now.pk and row.as_worded != now.as_worded
    }


def _saying(answer: Answer, source: int | None) -> tuple[Any, ...]:
    """As `Answer.saying`, by a source."""
    return answer.question_id, source, *answer.saying[2:]


def _answering(article: Article, questions: Set[int]) -> frozenset[int]:
    """The paragraphs of the claims whose cards say who contradicts them on these questions."""
    if not questions:
        return frozenset()
    found = _listed(article).answering_any(questions).order_by().values_list("highlights__paragraph", flat=True)
    return frozenset(key for key in found if key)


def _tones(sources: Mapping[int, Source], counts: Mapping[int | None, int]) -> dict[int, int]:
    return tones_in_article({key: row.tone for key, row in sources.items() if key in counts})


def _shown_count(counts: Mapping[int | None, int], sources: Mapping[int, Source], shown: tuple[str, ...]) -> int:
    slugs = {key: row.slug for key, row in sources.items()}
    return sum(count for key, count in counts.items() if _is_shown(slugs.get(key or 0, ""), shown))


def _numbers(
    accepted: Mapping[int | None, int],
    suggested: Mapping[int | None, int],
    sources: Mapping[int, Source],
    shown: tuple[str, ...],
) -> Numbers:
    return Numbers(
        sum(accepted.values()),
        _shown_count(accepted, sources, shown),
        sum(suggested.values()),
        _shown_count(suggested, sources, shown),
    )


def _slug(claim: Claim) -> str:
    return claim.source.slug if claim.source else ""


def _is_shown(slug: str, shown: tuple[str, ...]) -> bool:
    """Of a claim by its source's slug, empty without a source."""
    return not shown or slug in shown


def _compared(article: Article) -> list[Answer]:
    """Who says what in the article and in the latest versions of the others of its story, each once."""
    if article.story_id is None:
        return []
    public = Claim.objects.visible_to(AnonymousUser())
    return list(Answer.objects.of_any(_listed(article), public.beside(article)).different())


def _placed(at: int, visible: list[Card], article: Article, shown: tuple[str, ...]) -> Placed:
    """All cards of a paragraph are at hand, so that the one before is known if it is one of these."""
    card = visible[at]
    if at and card.paragraph and visible[at - 1].paragraph == card.paragraph:
        return Placed(card, visible[at - 1].claim.uid)
    around = _listed(article).by_sources(shown) if shown else _listed(article)
    return Placed(card, around.last_before(card.claim) or "")


def _disputed(article: Article, compared: list[Answer]) -> list[Question]:
    """The questions on which something that the article says is contradicted."""
    said = set(Answer.objects.of_claims(_listed(article)).sayings())
    around = surroundings(article.story) if any(row.place_id for row in compared) else {}
    ruled = relations_on({row.question.pk: row.question for row in compared}.values())
    asked = {row.pk for row in compared if row.saying in said}
    against = contradicting(stated(compared, around), ruled, asked)
    found = {row.question.pk: row.question for row in compared if against.get(row.pk)}
    return sorted(found.values(), key=lambda question: (question.position, question.pk))
