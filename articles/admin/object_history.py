"""What the desk has on record of a row, for the page that Django calls its history: that knows of the admin alone."""

from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from articles.models import Article, ArticleRevision, Changeset, Claim, Highlight, Revision, Source, Story

MOST = 100


def recorded(row: Model, request: HttpRequest) -> dict[str, Any]:
    """For the template. Of rows of other kinds the desk keeps no record."""
    keys = _changesets(row)
    return {
        "is_recorded": keys is not None,
        "acts": _acts(keys or set()),
        "most": MOST,
        "on_the_desk": _page_on_the_desk(row),
        "may_open": request.user.has_perm("articles.view_changeset"),
    }


def _acts(keys: set[int]) -> QuerySet[Changeset]:
    return Changeset.objects.filter(pk__in=keys).select_related("editor").order_by("-pk")[:MOST]


def _changesets(row: Model) -> set[int] | None:
    """Their keys. Asked for one by one: a database that has to look for either of two reads all of them."""
    match row:
        case Highlight():
            return _changesets(row.claim)
        case Claim():
            return {row.made_in_id, *Revision.objects.of_claims([row.uid]).values_list("changeset", flat=True)}
        case Revision():
            return {row.changeset_id}
        case Article():
            changes = ArticleRevision.objects.of_article(row).exclude(changeset=None)
            return {*changes.values_list("changeset_id", flat=True), *_keys(row.changesets.imports())}
        case Source():
            merges = Q(details__source=row.slug) | Q(details__into=row.slug)
            merged = Changeset.objects.filter(merges, article=None, kind=Changeset.Kind.MERGE)
            return {*_keys(Changeset.objects.of_source(row)), *_keys(merged)}
        case Story():
            return _keys(row.changesets.all())
    return None


def _keys(rows: QuerySet[Changeset]) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def _page_on_the_desk(row: Model) -> str:
    match row:
        case Highlight():
            return _page_on_the_desk(row.claim)
        case Claim():
            return reverse("claim_history", args=[row.uid])
        case Article():
            return f"{reverse('article_edit', args=[row.slug])}#history"
        case Source():
            return "" if row.merged_into_id else f"{reverse('source_edit', args=[row.slug])}#history"
    return ""
