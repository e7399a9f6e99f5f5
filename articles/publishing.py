"""Which version of an article lists show, and what becomes of it when articles are published or withdrawn."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from articles.models import Article


def set_status(article: Article, status: Article.Status, notice: str = "") -> None:
    """Makes the article a draft, published or withdrawn, and keeps `is_latest` right for all its versions."""
    with transaction.atomic():
        article.status = status
        note_public(article)
        article.withdrawal_notice = notice if status == Article.Status.WITHDRAWN else article.withdrawal_notice
        article.save(update_fields=["status", "withdrawal_notice", "public_since"])
        mark_latest(article.lineage)
        article.refresh_from_db(fields=["is_latest"])


def note_public(article: Article) -> None:
    """Remembers when a published article was first seen by readers. Saves nothing."""
    if article.status == Article.Status.PUBLISHED and article.public_since is None:
        article.public_since = timezone.now()


def mark_latest(lineage: str) -> int:
    """Sets `is_latest` for the versions of one article. Returns how many rows were wrong."""
    versions = list(Article.objects.filter(lineage=lineage).order_by("version_number"))
    latest = latest_of(versions)
    wrong = [version for version in versions if version.is_latest != (version == latest)]
    for version in sorted(wrong, key=lambda one: not one.is_latest):
        version.is_latest = not version.is_latest
        version.save(update_fields=["is_latest"])
    return len(wrong)


def latest_of(versions: Iterable[Article]) -> Article | None:
    """The last published version; where none is published, the last draft; a withdrawn one never."""
    ordered = sorted(versions, key=lambda version: version.version_number)
    for status in (Article.Status.PUBLISHED, Article.Status.DRAFT):
        if of_status := [version for version in ordered if version.status == status]:
            return of_status[-1]
    return None
