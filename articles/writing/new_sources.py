"""New sources: one that was made for a claim goes with it when that is undone, and comes back with it."""

from itertools import filterfalse
from typing import Any

from django.db.models import ProtectedError

from articles.models import Changeset, Source
from articles.text.source_codes import codes_for

# In the details of a changeset: the slug of the source that was made for it, and all of one that went with it.
MADE, GONE = "new_source", "source_gone"
_KEPT = ("name", "slug", "code", "kind", "tone", "description")


def take_new_source_away(changeset: Changeset, undone: Changeset) -> None:
    """The source that was made for the changeset, if nothing else says or needs it, and nobody has changed it since:
    `undone`, which takes the changeset back, keeps what it was. To be called once its claims are as they were before.

    Whoever writes a claim holds its sources as well (`holding.py`): who was first is seen here, and who comes later
    does not find it. No query for most changesets."""
    slug = changeset.details.get(MADE)
    source = Source.objects.select_for_update().in_use().filter(slug=slug).first() if slug else None
    if source is None or _is_needed(source):
        return
    undone.details = {**undone.details, GONE: {name: getattr(source, name) for name in _KEPT}}
    try:
        source.delete()
    except ProtectedError:
        return
    undone.save(update_fields=["details"])


def _is_needed(source: Source) -> bool:
    rows: tuple[Any, ...] = (source.claims, source.published_articles, source.merged_sources, source.aliases)
    return any(some.exists() for some in rows) or Changeset.objects.of_source(source).exists()


def brought_back(slug: str) -> Source | None:
    """The source with this slug that went with what was undone, saved again; or who has its name by now. None if there
    was none."""
    undone = Changeset.objects.filter(kind=Changeset.Kind.RESTORE, details__source_gone__slug=slug)
    kept = undone.order_by("-id").values_list("details__source_gone", flat=True).first()
    if kept is None:
        return None
    if owner := Source.objects.called(kept["name"]).select_related("merged_into").first():
        return owner.living()
    source = Source(**kept)
    if Source.objects.with_code(source.code).exists():
        taken = set(Source.objects.values_list("code", flat=True))
        source.code = next(filterfalse(taken.__contains__, codes_for(source.name, source.kind)))
    source.save()
    return source
