"""What a source is called and what it is: changed by editors, with a record of what it was before."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from articles.models import Alias, Changeset, Source
from articles.models.roles import Visitor
from articles.writing.editing import EditError, open_changeset

PARTS = ("name", "code", "kind", "description")
Parts = Mapping[str, str]


class SourceConflict(EditError):
    """It was changed by somebody else in the meantime. Nothing was written; `source` is as it is now."""

    def __init__(self, source: Source) -> None:
        super().__init__(f"Somebody else changed “{source}” in the meantime.")
        self.source = source


def source_parts(source: Source) -> dict[str, str]:
    return {name: str(getattr(source, name)) for name in PARTS}


@contextmanager
def changing_source(source: Source, editor: Visitor) -> Iterator[Source]:
    """Around any change to the row of a source; yields it as it was before, locked. A changeset says what was changed,
    if anything was."""
    with transaction.atomic():
        before = Source.objects.select_for_update().get(pk=source.pk)
        yield before
        after = Source.objects.get(pk=source.pk)
        was, now = source_parts(before), source_parts(after)
        if was != now:
            details = {"source": after.slug, "before": was, "after": now}
            open_changeset(Changeset.Kind.EDIT, editor, summary=f"the data of {before}"[:300], details=details)


def edit_source(source: Source, filled: Parts, parts: Parts, editor: Visitor) -> None:
    """Saves these parts, all of which must be valid. `filled` is what it was when the editor saw it. The name that it
    had stays one of its names, since texts go on using it.

    Raises SourceConflict, and EditError where another source has taken the name or the code at the same moment.
    """
    try:
        with changing_source(source, editor) as before:
            if source_parts(before) != filled:
                raise SourceConflict(before)
            now = Source.objects.get(pk=source.pk)
            for name in PARTS:
                setattr(now, name, parts[name])
            now.save(update_fields=PARTS)
            _keep_name(now, before.name)
    except IntegrityError as error:
        raise EditError("Another source has just taken this name or this code.") from error


def _keep_name(source: Source, name: str) -> None:
    source.aliases.filter(name__iexact=source.name).delete()
    if not Source.objects.called(name).exists():
        Alias.objects.create(source=source, name=name)
