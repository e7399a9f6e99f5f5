"""Metadata of articles (title, status, outlet, dates …): the one record of what it was before each change.

Whoever changes it opens `changing_metadata` around the change, as `editing.changing` is opened around that of
claims. The text of an article never changes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from articles.models import Article, ArticleRevision, Changeset
from articles.search import follow_metadata
from articles.snapshots import Snapshot
from articles.writing.at_once import BATCH, batches
from articles.writing.editing import EditError
from articles.writing.listing import list_articles

_PLAIN = ("title", "status", "withdrawal_notice", "byline", "url", "archive_url", "language", "inferred")
_PUBLISHED = ("published_offset", "published_time_known")
# What lists of claims know of an article.
_LISTED = ("status", "story_id", "outlet_id", "published_at", "published_offset")


class MetadataConflict(EditError):
    """The metadata was changed by somebody else in the meantime. Nothing was written."""

    def __init__(self, article: Article) -> None:
        super().__init__(f"Somebody else changed “{article}” in the meantime.")
        self.article = article


@contextmanager
def changing_metadata(
    articles: Sequence[Article], changeset: Changeset, based_on: int | None = None
) -> Iterator[list[Article]]:
    """Around any change to the rows of these articles. What is yielded holds afterwards those that did change.

    `based_on` is the number of the last revision that whoever changes a single article has seen, 0 for none;
    None does not ask. Raises MetadataConflict when there is a later one. Four queries for each 500 articles.
    """
    changed: list[Article] = []
    with transaction.atomic():
        before = {row.pk: row for some in batches(articles) for row in _rows(some).select_for_update(of=("self",))}
        if based_on is not None:
            _refuse_stale(articles[0], based_on)
        yield changed
        for some in batches(articles):
            pairs = [(before[row.pk], row) for row in _rows(some) if metadata(row) != metadata(before[row.pk])]
            _record(pairs, changeset)
            follow_metadata(pairs)
            list_articles([now.pk for was, now in pairs if _listed(was) != _listed(now)])
            changed += [row for _, row in pairs]


def metadata(article: Article) -> Snapshot:
    """As plain data, without primary keys; the time of publication in UTC. Reads its story and its outlet."""
    return {
        **{name: getattr(article, name) for name in _PLAIN},
        "story": article.story.slug if article.story else None,
        "outlet": article.outlet.slug if article.outlet else None,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        **{name: getattr(article, name) for name in _PUBLISHED},
    }


def _listed(article: Article) -> list[Any]:
    return [getattr(article, name) for name in _LISTED]


def _rows(articles: Iterable[Article]) -> Any:
    rows = Article.objects.filter(pk__in=[article.pk for article in articles])
    return rows.select_related("story", "outlet").order_by("pk")


def _refuse_stale(article: Article, based_on: int) -> None:
    if ArticleRevision.objects.last_number(article) != based_on:
        raise MetadataConflict(article)


def _record(pairs: Sequence[tuple[Article, Article]], changeset: Changeset) -> None:
    """A revision for each change; before the first one of an article, one of what its import made."""
    numbers = ArticleRevision.objects.last_numbers(row.pk for row, _ in pairs)
    imports = _first_imports([row for row, _ in pairs if row.pk not in numbers])
    revisions = [_revision(row, 1, imports.get(row.pk)) for row, _ in pairs if row.pk not in numbers]
    revisions += [_revision(row, numbers.get(row.pk, 1) + 1, changeset) for _, row in pairs]
    ArticleRevision.objects.bulk_create(revisions, batch_size=BATCH)


def _first_imports(articles: Sequence[Article]) -> Mapping[int, Changeset]:
    found = Changeset.objects.imports().filter(article__in=[article.pk for article in articles])
    found = found.defer("details").order_by("-id")
    return {changeset.article_id: changeset for changeset in found if changeset.article_id}


def _revision(article: Article, number: int, changeset: Changeset | None) -> ArticleRevision:
    return ArticleRevision(article=article, number=number, changeset=changeset, snapshot=metadata(article))
