"""What the page of an article's data is made of: what readers see of it, and what its data was before."""

from typing import Any

from articles.loading import paragraphs_of, versions_of
from articles.models import Article, Changeset, Claim
from articles.pages.article_history import metadata_history
from articles.writing.publishing import latest_of


def metadata_page(article: Article) -> dict[str, Any]:
    """Seven queries, whatever the article holds. `other` is the version that readers' lists show without this one."""
    versions = versions_of(article)
    others = [one for one in versions if one != article and one.status == Article.Status.PUBLISHED]
    return {
        "article": article,
        "paragraphs": paragraphs_of(article),
        "claims": Claim.objects.in_article(article).accepted_and_placed().count(),
        "other": latest_of(others),
        "carried": Changeset.objects.carrying(article).first(),
        "is_last_version": versions[-1] == article,
        "changes": metadata_history(article),
    }
