"""Merging two sources into one, and taking that back."""

from dataclasses import dataclass
from itertools import groupby, pairwise

from django.db import transaction

from articles.models import Article, Changeset, Claim, Revision, Source
from articles.models.roles import Visitor
from articles.writing.at_once import batches
from articles.writing.editing import EditError, changing, open_changeset
from articles.writing.holding import hold_claims
from articles.writing.metadata import changing_metadata


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a merge back did: claims given back, and claims kept because an editor chose their source since."""

    returned: int
    kept: int


def merge(source: Source, into: Source, editor: Visitor) -> Changeset:
    """Gives all claims, aliases and articles of one source to another; the old address leads to the new one.

    Raises EditError for a merge into itself, of a source that is merged already, and of one with
    articles into one that is no outlet.
    """
    with transaction.atomic():
        hold_claims(Claim.objects.by_source(source), source, into)
        _refuse(source, into)
        changeset = open_changeset(Changeset.Kind.MERGE, editor, summary=f"{source} into {into}"[:300])
        claims = list(Claim.objects.by_source(source))
        with changing(claims, changeset):
            Claim.objects.by_source(source).update(source=into)
        changeset.details = {
            "source": source.slug,
            "name": source.name,
            "into": into.slug,
            "aliases": _move_aliases(source, into),
            "articles": _move_articles(list(source.published_articles.all()), into, changeset),
        }
        changeset.save(update_fields=["details"])
        source.merged_into = into
        source.save(update_fields=["merged_into"])
    return changeset


def _refuse(source: Source, into: Source) -> None:
    _lock(source, into)
    if source == into or source.merged_into_id or into.merged_into_id:
        raise EditError("Choose two different sources, neither of which has been merged before.")
    if into.kind != Source.Kind.OUTLET and source.published_articles.exists():
        raise EditError(f"{source} has published articles, and {into} is no outlet: make it one first.")


def _lock(*sources: Source) -> None:
    """Holds their rows until the end of the transaction, in one order whoever asks, and reads them anew."""
    rows = Source.objects.select_for_update().filter(pk__in=[source.pk for source in sources]).order_by("pk")
    found = {row.pk: row for row in rows}
    for source in sources:
        if source.pk not in found:
            raise EditError(f"{source} has been deleted in the meantime.")
        source.merged_into_id = found[source.pk].merged_into_id


def last_merge(source: Source) -> Changeset:
    """The merge that took the source over, be it taken back by now. Raises EditError when there is none."""
    merges = Changeset.objects.filter(kind=Changeset.Kind.MERGE, details__source=source.slug)
    changeset = merges.exclude(details__has_key="taken_back").order_by("-id").first()
    if changeset is None:
        raise EditError(f"{source} has not been merged.")
    return changeset


def unmerge(changeset: Changeset, editor: Visitor) -> Undone:
    """Takes a merge back, also when the other source has been merged on since. The record says what came back.

    Claims whose source an editor has chosen since the merge stay where they are and are counted;
    other changes of claims go back with them.
    """
    source = Source.objects.get(slug=changeset.details["source"])
    with transaction.atomic():
        owner = source.living()
        hold_claims(Claim.objects.changed_in(changeset), source, owner)
        _lock(source, owner)
        if source.merged_into is None or owner.merged_into or last_merge(source) != changeset:
            raise EditError(f"{source} is not merged any more, or has been merged on in the meantime.")
        source.merged_into = None
        source.name = _name_again(source, owner, changeset.details.get("name", source.name))
        source.save(update_fields=["merged_into", "name"])
        merged = list(Claim.objects.changed_in(changeset))
        chosen = _chosen_since(changeset)
        going = [claim for claim in merged if claim.source_id == owner.pk and claim.uid not in chosen]
        undone = Undone(returned=len(going), kept=len(merged) - len(going))
        summary = f"{source} taken out of {owner} again"[:300]
        undoing = open_changeset(Changeset.Kind.MERGE, editor, summary=summary)
        undoing.details = {
            "source": source.slug,
            "name": source.name,
            "into": owner.slug,
            "taken_back": changeset.uid,
            **_returned(changeset, owner, source, undoing),
            "claims": undone.returned,
            "kept": undone.kept,
        }
        undoing.save(update_fields=["details"])
        _give(going, source, undoing)
    return undone


def _name_again(source: Source, owner: Source, name: str) -> str:
    """The name that it had when it was merged, if it gave that up to the owner, which is not called so any more."""
    others = Source.objects.called(name).exclude(pk=source.pk)
    if source.name == name or owner.name.casefold() == name.casefold() or set(others) - {owner}:
        return source.name
    owner.aliases.filter(name__iexact=name).delete()
    return name


def _returned(merged: Changeset, owner: Source, source: Source, undoing: Changeset) -> dict[str, list[str]]:
    """The names and the articles that this merge took, those of them that are still the owner's: given back."""
    articles = owner.published_articles.filter(slug__in=merged.details["articles"])
    return {
        "aliases": _return_aliases(owner, source, merged.details["aliases"]),
        "articles": _move_articles(list(articles), source, undoing),
    }


def _give(claims: list[Claim], source: Source, changeset: Changeset) -> None:
    with changing(claims, changeset):
        for some in batches(claims):
            Claim.objects.filter(pk__in=[claim.pk for claim in some]).update(source=source)


def _chosen_since(changeset: Changeset) -> set[str]:
    """The claims whose source has been changed since by anything but a merge."""
    chosen: set[str] = set()
    rows = Revision.objects.since(changeset).values_list("claim_uid", "changeset__kind", "snapshot__source")
    for uid, row in groupby(rows, key=lambda row: row[0]):
        for (_, _, before), (_, kind, source) in pairwise(row):
            if source != before and kind != Changeset.Kind.MERGE:
                chosen.add(uid)
    return chosen


def _move_aliases(source: Source, into: Source) -> list[str]:
    names = list(source.aliases.values_list("name", flat=True))
    source.aliases.update(source=into)
    return names


def _return_aliases(owner: Source, source: Source, names: list[str]) -> list[str]:
    """Those of these names that are still the owner's."""
    rows = owner.aliases.filter(name__in=names)
    returned = list(rows.values_list("name", flat=True))
    rows.update(source=source)
    return returned


def _move_articles(articles: list[Article], outlet: Source, changeset: Changeset) -> list[str]:
    with changing_metadata(articles, changeset):
        for some in batches(articles):
            Article.objects.filter(pk__in=[article.pk for article in some]).update(outlet=outlet)
    return [article.slug for article in articles]
