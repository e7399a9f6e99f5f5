"""Browsing: what the pages that list things are made of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from articles.loading import with_parts
from articles.models import Article, Claim, Question, Source, Tally
from articles.models.article import ArticleQuerySet
from articles.models.claim import ClaimQuerySet
from articles.models.listed import scope_of
from articles.models.roles import Visitor, is_editor
from articles.pages.narrowed import shelves_of
from articles.pages.visitors import sources_for

CLAIMS_PER_PAGE = 50
ARTICLES_PER_PAGE = 50
SOURCES_PER_PAGE = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim in a list, with the tone of its source."""

    claim: Claim

    @property
    def tone(self) -> int:
        return self.claim.source.tone if self.claim.source else 0


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading, or under none."""

    heading: Any
    entries: tuple[Entry, ...]


def page_of(rows: QuerySet[Any] | Sequence[Any], number: str | None, per_page: int = ARTICLES_PER_PAGE) -> Page[Any]:
    """A number that is too small or too large gives the nearest page there is, anything else the first."""
    pages = Paginator(rows, per_page)
    try:
        wanted = int(number or 1)
    except ValueError:
        wanted = 1
    return pages.page(min(max(wanted, 1), pages.num_pages))


def latest_articles(visitor: Visitor) -> ArticleQuerySet:
    return Article.objects.for_list(visitor).latest_versions()


def articles_page(visitor: Visitor, number: str | None, outlet: Source | None = None) -> dict[str, Any]:
    """Of one outlet, or of all."""
    articles = latest_articles(visitor)
    if is_editor(visitor):
        articles = articles.unfinished_first()
    page = page_of(articles.by_outlet(outlet) if outlet else articles, number)
    return {"page": page, "counts": claim_counts(page, visitor), "outlet": outlet}


def claim_counts(articles: Iterable[Article], visitor: Visitor) -> dict[int, int]:
    shown = Claim.objects.counted_for(visitor).in_articles([article.slug for article in articles])
    return shown.counts_by("article")


def _grouped(claims: Iterable[Claim], heading: Any) -> list[Group]:
    """Neighbours under the same heading together, in the order in which they come."""
    groups: dict[Any, list[Entry]] = {}
    for claim in claims:
        groups.setdefault(heading(claim), []).append(Entry(claim))
    return [Group(heading, tuple(entries)) for heading, entries in groups.items()]


def sources_with_counts(visitor: Visitor) -> list[dict[str, Any]]:
    """Every source that the visitor may know of, most claims first, by how many of them lists hold. Two queries."""
    shelves = shelves_of([Claim.Status.ACCEPTED], for_editors=is_editor(visitor), has_all_versions=False)
    counts = Tally.objects.numbers(map(scope_of, shelves), "source")
    listed = [{"source": source, "count": counts.get(str(source.pk), 0)} for source in sources_for(visitor)]
    return sorted(listed, key=lambda one: (-one["count"], one["source"].name_key))


def source_page(source: Source, visitor: Visitor, number: str | None) -> dict[str, Any]:
    """A source's claims by story and question, its speakers, its other names; what it published, the latest of
    each article."""
    claims = Claim.objects.listed_for(visitor).in_latest_versions().by_source(source)
    page = page_of(claims.select_related("article__outlet", "article__story").by_story(), number, CLAIMS_PER_PAGE)
    page.object_list = with_parts(cast(ClaimQuerySet, page.object_list))
    accepted = claims.accepted()
    published = source.published_articles.for_list(visitor).latest_versions()
    articles = list(published[:ARTICLES_PER_PAGE])
    return {
        "source": source,
        "articles": articles,
        "published": published.count() if len(articles) == ARTICLES_PER_PAGE else len(articles),
        "article_counts": claim_counts(articles, visitor) if articles else {},
        "page": page,
        "count": accepted.count() if is_editor(visitor) else page.paginator.count,
        "stories": [
            (group.heading, _by_question(group.entries)) for group in _grouped(page, lambda claim: claim.article.story)
        ],
        "speakers": _counted(accepted.speakers()),
        "aliases": sorted(source.aliases.all(), key=lambda alias: alias.name.casefold()),
    }


def _counted(names: Sequence[str]) -> list[tuple[str, int]]:
    """Each name once, whatever the case of its first letter, most frequent first."""
    counts = Counter(name.casefold() for name in names)
    shown = {name.casefold(): name for name in sorted(names, reverse=True)}
    return [(shown[name], count) for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _by_question(entries: Sequence[Entry]) -> list[Group]:
    """Under each question the claims that answer it, in the story's order; then those that answer none."""
    groups: dict[Question | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        for answer in entry.claim.answers.all():
            groups[answer.question].append(entry)
        if not entry.claim.answers.all():
            groups[None].append(entry)
    asked = sorted((one for one in groups if one), key=lambda question: (question.position, question.pk))
    return [Group(question, tuple(groups[question])) for question in [*asked, *({None} & groups.keys())]]
