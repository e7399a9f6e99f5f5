"""Publishing: an article's metadata is saved here, and with it which version of the article lists show."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from articles.models import Article, Changeset
from articles.models.roles import Visitor
from articles.writing.editing import open_changeset
from articles.writing.listing import list_articles
from articles.writing.metadata import changing_metadata


def set_status(article: Article, status: Article.Status, notice: str = "", editor: Visitor | None = None) -> None:
    """Makes the article a draft, published or withdrawn. A withdrawn one without a notice keeps the one it has."""
    set_status_of([article], status, notice, editor)


def set_status_of(
    articles: Sequence[Article], status: Article.Status, notice: str = "", editor: Visitor | None = None
) -> None:
    """The same for several, as one change."""
    one = articles[0] if len(articles) == 1 else None
    with transaction.atomic():
        kind = Changeset.Kind.EDIT if one else Changeset.Kind.BULK
        changeset = open_changeset(kind, editor, one, summary=f"status: {status.label}")
        for article in articles:
            article.status = status
            if status == Article.Status.WITHDRAWN and notice:
                article.withdrawal_notice = notice
            save_metadata(article, ["status", "withdrawal_notice"], changeset)
        if not changeset.article_revisions.exists():
            changeset.delete()


def save_metadata(article: Article, names: Iterable[str], changeset: Changeset, based_on: int | None = None) -> None:
    """Saves these fields, with the record of what they were, and keeps `is_latest` right for all versions.

    Raises MetadataConflict when the metadata was changed after revision `based_on`.
    """
    with changing_metadata([article], changeset, based_on):
        note_public(article)
        article.save(update_fields=[*names, "public_since"])
        mark_latest(article.lineage)
    article.refresh_from_db(fields=["is_latest"])


def note_public(article: Article) -> None:
    """Remembers when a published article was first seen by readers. Saves nothing."""
    if article.status == Article.Status.PUBLISHED and article.public_since is None:
        article.public_since = timezone.now()


def mark_latest(lineage: str) -> int:
    """Sets `is_latest` for the versions of one article, and moves their claims in lists. Returns how many rows were
    wrong."""
    versions = list(Article.objects.filter(lineage=lineage).order_by("version_number"))
    latest = latest_of(versions)
    wrong = [version for version in versions if version.is_latest != (version == latest)]
    for version in sorted(wrong, key=lambda one: not one.is_latest):
        version.is_latest = not version.is_latest
        version.save(update_fields=["is_latest"])
    list_articles([version.pk for version in wrong])
    return len(wrong)


def latest_of(versions: Iterable[Article]) -> Article | None:
    """The last published version; where none is published, the last draft; a withdrawn one never."""
    ordered = sorted(versions, key=lambda version: version.version_number)
    for status in (Article.Status.PUBLISHED, Article.Status.DRAFT):
        if of_status := [version for version in ordered if version.status == status]:
            return of_status[-1]
    return None
