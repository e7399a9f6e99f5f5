"""Rows: claims as exports hold them, read in portions. Only their keys are held longer: eight bytes a claim."""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q

from articles.models import (
    Answer,
    Article,
    Changeset,
    Choice,
    Claim,
    Highlight,
    Paragraph,
    Place,
    Question,
    Revision,
    Source,
)
from articles.models.claim import ClaimQuerySet
from articles.models.listed import ListedQuerySet
from articles.pages.formats import machine_clock
from newsdesk.compiled import Compiled

PORTION = 2_000
# Of how many articles the claims’ keys are read at once where all claims are wanted: what is long is under way soon and
# never waits for the keys of many.
_STRETCH = 400
_CLAIM = ("pk", "uid", "article_id", "source_id", "proposed_source", "speaker", "cue", "note", "status", "version")
_CARRIED = ("made_in_id", "is_doubtful")
# Whether readers see the claim that it continues.
_BEFORE = ("continues__uid", "continues__status", "continues__reading_order", "continues__article__status")
_PARAGRAPH = ("pk", "position", "number", "text")
_HIGHLIGHT = ("claim_id", "uid", "state", "quote", "prefix", "suffix", "paragraph_id", "start", "end")
_ANSWER = ("claim_id", "question_id", "low", "high", "about", "choice_id", "place_id", "words", "as_worded")


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """`text` is its paragraphs joined by one newline each; `paragraphs` gives for each key of one its position, its
    printed number, and where it begins in that text."""

    slug: str
    path: str
    title: str
    language: str
    outlet: str
    published: str
    version: int
    story: str
    text: str
    paragraphs: Mapping[int, tuple[int, int | None, int]]


# Not frozen, as the others here are not: a million of these are made, and a frozen one takes ten times as long.
@dataclass(slots=True)
class HighlightRow:
    """`start` and `end` count in the paragraph, `at` is where the passage begins in the article's text. None of
    these if it is orphaned."""

    uid: str
    state: str
    quote: str
    prefix: str
    suffix: str
    position: int | None
    number: int | None
    start: int | None
    end: int | None
    at: int | None

    @property
    def length(self) -> int:
        return (self.end or 0) - (self.start or 0)


@dataclass(slots=True)
class AnswerRow:
    """`value` is how the desk reads it, in a few words; empty where it is in words."""

    question: str
    low: int | None
    high: int | None
    about: bool
    choice: str
    place: str
    words: str
    as_worded: str
    value: str


@dataclass(slots=True)
class ClaimRow:
    """`source` is a slug; without a source `source_name` is the one proposed. `is_doubtful`: as the claim's. Times are
    UTC, with a Z."""

    uid: str
    article: ArticleRow
    source: str
    source_name: str
    speaker: str
    cue: str
    note: str
    status: str
    is_doubtful: bool
    continues: str
    created: str
    modified: str
    highlights: Sequence[HighlightRow] = field(default_factory=tuple)
    answers: Sequence[AnswerRow] = field(default_factory=tuple)


def in_order(claims: ClaimQuerySet) -> ClaimQuerySet:
    """By article, in the order in which they came to the desk; within each in reading order."""
    return claims.order_by("article_id", "reading_order", "pk")


def after(claims: ClaimQuerySet, last: Claim) -> ClaimQuerySet:
    """Those that stand behind this one in that order."""
    here = Q(article_id=last.article_id, reading_order=last.reading_order, pk__gt=last.pk)
    below = Q(article_id=last.article_id, reading_order__gt=last.reading_order)
    return claims.filter(Q(article_id__gt=last.article_id) | below | here, article_id__gte=last.article_id)


def keys_of(claims: ClaimQuerySet, most: int | None = None) -> "array[int]":
    """One query."""
    return array("q", in_order(claims).values_list("pk", flat=True)[:most].iterator(chunk_size=10_000))


def keys_in_stretches(listed: ListedQuerySet) -> "Iterator[array[int]]":
    """Of the claims of all these rows, in the same order: one query for every few articles, up to the last one that
    there is at first."""
    last = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    keys = listed.in_reading_order().values_list("claim", flat=True)
    for begin in range(0, last + 1, _STRETCH):
        yield array("q", keys.filter(article__gte=begin, article__lt=begin + _STRETCH).iterator(chunk_size=10_000))


def read(stretches: "Iterable[array[int]]", visible: ClaimQuerySet, *, for_editors: bool) -> Iterator[ClaimRow]:
    """The claims with these keys, as far as they are still among the visible ones: eight queries for each portion.
    Orphaned passages, and what a claim continues that is not public, are for editors alone."""
    reader = _Reader(visible, for_editors)
    for keys in stretches:
        for start in range(0, len(keys), PORTION):
            yield from reader.portion(list(keys[start : start + PORTION]))


class _OfPortion:
    """A query by keys. Of a whole portion, which comes again and again, it is compiled once."""

    def __init__(self, make: Callable[[list[int]], Any]) -> None:
        self._make, self._compiled = make, Compiled(make)

    def rows(self, keys: list[int]) -> list[Any]:
        return self._compiled.rows(keys) if len(keys) == PORTION else list(self._make(keys))


_HIGHLIGHTS = _OfPortion(
    lambda claims: (
        Highlight.objects.filter(claim__in=claims).order_by("claim_id", "position", "pk").values_list(*_HIGHLIGHT)
    )
)
_ANSWERS = _OfPortion(
    lambda claims: Answer.objects.filter(claim__in=claims).order_by("question__position", "pk").values_list(*_ANSWER)
)


class _Reader:
    """What many claims have in common is read once: sources, questions, choices, places; and the articles of the
    portion at hand."""

    def __init__(self, visible: ClaimQuerySet, for_editors: bool) -> None:
        self.for_editors = for_editors
        self.claims = _OfPortion(
            lambda keys: in_order(visible.filter(pk__in=keys)).values_list(*_CLAIM, *_CARRIED, *_BEFORE)
        )
        self.articles: dict[int, ArticleRow] = {}
        self.sources = _Names(Source, "name")
        self.questions, self.choices, self.places = _Names(Question), _Names(Choice, "label"), _Names(Place, "name")

    def portion(self, asked: list[int]) -> Iterator[ClaimRow]:
        rows = self.claims.rows(asked)
        keys = [row[0] for row in rows]
        self._read_articles({row[2] for row in rows})
        self.sources.read({row[3] for row in rows})
        paragraphs = {key: (one, place) for one in self.articles.values() for key, place in one.paragraphs.items()}
        highlights, answers = self._highlights(keys, paragraphs), self._answers(keys)
        dates = _dates(rows)
        for key, uid, article, source, proposed, speaker, cue, note, status, _, _, is_doubtful, *before in rows:
            slug, name = self.sources[source] if source else ("", proposed)
            created, modified = dates[uid]
            yield ClaimRow(
                uid=uid,
                article=self.articles[article],
                source=slug,
                source_name=name,
                speaker=speaker,
                cue=cue,
                note=note,
                status=status,
                is_doubtful=bool(is_doubtful),
                continues=before[0] or "" if self.for_editors or _is_public(*before[1:]) else "",
                created=created,
                modified=modified,
                highlights=highlights.get(key, ()),
                answers=answers.get(key, ()),
            )

    def _read_articles(self, keys: Collection[int]) -> None:
        kept = {key: self.articles[key] for key in keys if key in self.articles}
        missing = [key for key in keys if key not in kept]
        paragraphs: dict[int, list[tuple[int, int, int | None, str]]] = {key: [] for key in missing}
        found = Paragraph.objects.filter(article__in=missing).order_by("position")
        for article, key, position, number, text in found.values_list("article_id", *_PARAGRAPH):
            paragraphs[article].append((key, position, number, text))
        for one in Article.objects.select_related("outlet", "story").filter(pk__in=missing):
            kept[one.pk] = _article(one, paragraphs[one.pk])
        self.articles = kept

    def _highlights(self, claims: list[int], paragraphs: Mapping[int, Any]) -> dict[int, list[HighlightRow]]:
        found: dict[int, list[HighlightRow]] = {}
        for claim, uid, state, quote, prefix, suffix, paragraph, start, end in _HIGHLIGHTS.rows(claims):
            if paragraph is None:
                if self.for_editors:
                    row = HighlightRow(uid, state, quote, prefix, suffix, None, None, None, None, None)
                    found.setdefault(claim, []).append(row)
                continue
            position, number, begins = paragraphs[paragraph][1]
            row = HighlightRow(uid, state, quote, prefix, suffix, position, number, start, end, begins + start)
            found.setdefault(claim, []).append(row)
        return found

    def _answers(self, claims: list[int]) -> dict[int, list[AnswerRow]]:
        found: dict[int, list[AnswerRow]] = {}
        rows = _ANSWERS.rows(claims)
        self.questions.read({row[1] for row in rows})
        self.choices.read({row[5] for row in rows})
        self.places.read({row[6] for row in rows})
        for claim, question, low, high, about, choice, place, words, as_worded in rows:
            chosen, label = self.choices[choice] if choice else ("", "")
            where, name = self.places[place] if place else ("", "")
            value = label or name or ("" if words else number_in_words(low, high, bool(about)))
            slug = self.questions[question][0]
            row = AnswerRow(slug, low, high, bool(about), chosen, where, words, as_worded, value)
            found.setdefault(claim, []).append(row)
        return found


class _Names:
    """From the keys of a model's rows to their slugs and names, each read once."""

    def __init__(self, model: Any, name: str = "slug") -> None:
        self.model, self.name = model, name
        self.known: dict[int, tuple[str, str]] = {}

    def read(self, keys: Iterable[int | None]) -> None:
        missing = [key for key in keys if key and key not in self.known]
        if missing:
            rows = self.model.objects.filter(pk__in=missing).values_list("pk", "slug", self.name)
            self.known |= {key: (slug, name) for key, slug, name in rows}

    def __getitem__(self, key: int) -> tuple[str, str]:
        return self.known[key]


def _article(article: Article, paragraphs: Iterable[tuple[int, int, int | None, str]]) -> ArticleRow:
    places: dict[int, tuple[int, int | None, int]] = {}
    texts: list[str] = []
    begins = 0
    for key, position, number, text in paragraphs:
        places[key] = (position, number, begins)
        texts.append(text)
        begins += len(text) + 1
    moment = article.published_local
    return ArticleRow(
        slug=article.slug,
        path=article.get_absolute_url(),
        title=article.title,
        language=article.language,
        outlet=article.outlet.name if article.outlet else "",
        published=machine_clock(moment, article.published_time_known) if moment else "",
        version=article.version_number,
        story=article.story.slug if article.story else "",
        text="\n".join(texts),
        paragraphs=places,
    )


def _is_public(status: str | None, reading_order: int | None, article_status: str | None) -> bool:
    public = (Claim.Status.ACCEPTED, Article.Status.PUBLISHED)
    return reading_order is not None and (status, article_status) == public


def _dates(rows: Sequence[Any]) -> dict[str, tuple[str, str]]:
    """For each claim when it was made and last changed; the latter is empty if nobody has changed it. What an
    import of our own export brought along counts for what was before it. Two queries, three if any has changed."""
    made = Changeset.objects.filter(pk__in={row[10] for row in rows}).order_by()
    changed: dict[str, str] = {}
    if versions := {row[1]: row[9] for row in rows if row[9] > 1}:
        last = Revision.objects.of_claims(list(versions)).order_by()
        for uid, version, moment in last.values_list("claim_uid", "version", "changeset__made_at"):
            if version == versions[uid]:
                changed[uid] = utc(moment)
    known = {
        key: (utc(moment), dates or {}) for key, moment, dates in made.values_list("pk", "made_at", "details__dates")
    }
    found = {}
    for row in rows:
        created, dates = known[row[10]]
        brought = dates.get(row[1], {})
        found[row[1]] = brought.get("created") or created, changed.get(row[1]) or brought.get("modified", "")
    return found


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@lru_cache(maxsize=4096)
def number_in_words(low: int | None, high: int | None, about: bool) -> str:
    return Answer(low=low, high=high, about=about).value
