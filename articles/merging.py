"""Merging two sources into one, and taking that back."""

from dataclasses import dataclass

from django.db import transaction

from articles.editing import EditError, changing, open_changeset
from articles.models import Alias, Article, Changeset, Claim, Revision, Source
from articles.models.roles import Visitor
from articles.stamps import move_for_source


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a merge back did: claims given back, and claims kept because they were changed since."""

    returned: int
    kept: int


def merge(source: Source, into: Source, editor: Visitor) -> Changeset:
    """Gives all claims, aliases and articles of one source to another; the old address leads to the new one.

    Raises EditError for a merge into itself or of a source that is merged already.
    """
    if source == into or source.merged_into or into.merged_into:
        raise EditError("Choose two different sources, neither of which has been merged before.")
    with transaction.atomic():
        changeset = open_changeset(Changeset.Kind.MERGE, editor, summary=f"{source} into {into}")
        claims = list(Claim.objects.by_source(source))
        with changing(claims, changeset):
            Claim.objects.by_source(source).update(source=into)
        changeset.details = {
            "source": source.slug,
            "into": into.slug,
            "aliases": _move_aliases(source, into),
            "articles": _move_articles(source, into),
        }
        changeset.save(update_fields=["details"])
        source.merged_into = into
        source.save(update_fields=["merged_into"])
        move_for_source(into)
    return changeset


def last_merge(source: Source) -> Changeset:
    """The merge that took the source over. Raises EditError when there is none."""
    merges = Changeset.objects.filter(kind=Changeset.Kind.MERGE, details__source=source.slug)
    changeset = merges.order_by("-id").first()
    if changeset is None:
        raise EditError(f"{source} has not been merged.")
    return changeset


def unmerge(changeset: Changeset, editor: Visitor) -> Undone:
    """Takes a merge back. Claims that were changed since the merge stay where they are and are counted."""
    source = Source.objects.get(slug=changeset.details["source"])
    if source.merged_into is None:
        raise EditError(f"{source} is not merged any more.")
    with transaction.atomic():
        source.merged_into = None
        source.save(update_fields=["merged_into"])
        Alias.objects.filter(name__in=changeset.details["aliases"]).update(source=source)
        Article.objects.filter(slug__in=changeset.details["articles"]).update(outlet=source)
        versions = dict(Revision.objects.filter(changeset=changeset).values_list("claim_uid", "version"))
        merged = list(Claim.objects.filter(uid__in=versions))
        unchanged = [claim for claim in merged if claim.version == versions[claim.uid]]
        with changing(unchanged, open_changeset(Changeset.Kind.MERGE, editor, summary=f"{source} taken out again")):
            Claim.objects.filter(pk__in=[claim.pk for claim in unchanged]).update(source=source)
        move_for_source(source)
    return Undone(returned=len(unchanged), kept=len(merged) - len(unchanged))


def _move_aliases(source: Source, into: Source) -> list[str]:
    names = list(source.aliases.values_list("name", flat=True))
    source.aliases.update(source=into)
    return names


def _move_articles(source: Source, into: Source) -> list[str]:
    slugs = list(source.published_articles.values_list("slug", flat=True))
    source.published_articles.update(outlet=into)
    return slugs
