"""What a source is called and what it is: changed by editors, with a record of what it was before."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from itertools import count

from django.db import IntegrityError, transaction
from django.db.models import Q

from articles.models import Alias, Changeset, Source
from articles.models.roles import Visitor
from articles.writing.editing import EditError, open_changeset
from articles.writing.stamps import move_for_source

IS_OUTLET = "It is the outlet of articles, so it stays an outlet."
PARTS = ("name", "code", "kind", "description")
Parts = Mapping[str, str]
# Of a name that gets a number, so that both have room.
_LONGEST = 110


class SourceConflict(EditError):
    """It was changed by somebody else in the meantime. Nothing was written; `source` is as it is now."""

    def __init__(self, source: Source) -> None:
        super().__init__(f"Somebody else changed “{source}” in the meantime.")
        self.source = source


def source_parts(source: Source) -> dict[str, str]:
    return {name: str(getattr(source, name)) for name in PARTS}


@contextmanager
def changing_source(source: Source, name: str, editor: Visitor) -> Iterator[Source]:
    """Around any change to the row of a source, which is called `name` then; yields it as it was before, locked. A
    changeset says what was changed, if anything was. One that was merged into it gives that name up."""
    with transaction.atomic():
        # As who writes claims of it does: articles first, and of the source no more than that its key stays.
        move_for_source(source)
        called = Source.objects.select_for_update(no_key=True).filter(Q(pk=source.pk) | Q(name__iexact=name))
        found = {row.pk: row for row in called.order_by("pk")}
        before = found.pop(source.pk)
        for row in found.values():
            if row.living().pk == source.pk:
                _give_up_name(row, editor)
        yield before
        _record(before, Source.objects.get(pk=source.pk), editor)


def _give_up_name(source: Source, editor: Visitor) -> None:
    """What was merged has its address still, and the name of another is unique: it is called “SANA (2)” from now on."""
    before, beginning = copy(source), source.name[:_LONGEST]
    numbered = (f"{beginning} ({number})" for number in count(2))
    source.name = next(name for name in numbered if not Source.objects.called(name).exists())
    source.save(update_fields=["name"])
    _record(before, source, editor)


def _record(before: Source, after: Source, editor: Visitor) -> None:
    was, now = source_parts(before), source_parts(after)
    if was != now:
        details = {"source": after.slug, "before": was, "after": now}
        open_changeset(Changeset.Kind.EDIT, editor, summary=f"the data of {before}"[:300], details=details)


def edit_source(source: Source, filled: Parts, parts: Parts, editor: Visitor) -> None:
    """Saves those of the parts, all of which must be valid, that are not as they were when the editor saw them:
    `filled`. The name that it had stays one of its names, since texts go on using it.

    Raises SourceConflict where one of them has changed since, and EditError where another source has taken the name or
    the code at the same moment, or has got articles as their outlet.
    """
    changed = [name for name in PARTS if parts[name] != filled.get(name)]
    try:
        with changing_source(source, parts["name"] if "name" in changed else source.name, editor) as before:
            if any(source_parts(before)[name] != filled.get(name) for name in changed):
                raise SourceConflict(before)
            now = copy(before)
            for name in changed:
                setattr(now, name, parts[name])
            if now.kind != Source.Kind.OUTLET and now.published_articles.exists():
                raise EditError(IS_OUTLET)
            now.save(update_fields=PARTS)
            _keep_name(now, before.name)
    except IntegrityError as error:
        raise EditError("Another source has just taken this name or this code.") from error


def _keep_name(source: Source, name: str) -> None:
    source.aliases.filter(name__iexact=source.name).delete()
    is_kept = name.casefold() == source.name.casefold() or source.aliases.filter(name__iexact=name).exists()
    others = Source.objects.called(name).exclude(pk=source.pk)
    if not is_kept and all(other.living().pk == source.pk for other in others):
        Alias.objects.create(source=source, name=name)
