"""History of what a source was called, as a list that can be read."""

from articles.models import Changeset, Source
from articles.pages.article_history import DataChange, PartChanged

_LABELS = {"name": "Name", "code": "Code", "kind": "Kind", "description": "Description"}


def source_history(source: Source) -> list[DataChange]:
    """Newest first; empty as long as nobody has changed it. One query."""
    changesets = Changeset.objects.of_source(source).select_related("editor")
    return [DataChange(one, parts_changed(one.details["before"], one.details["after"])) for one in changesets]


def parts_changed(before: dict[str, str], after: dict[str, str]) -> tuple[PartChanged, ...]:
    return tuple(
        PartChanged(label, _in_words(name, before[name]), _in_words(name, after[name]))
        for name, label in _LABELS.items()
        if before[name] != after[name]
    )


def _in_words(name: str, value: str) -> str:
    return str(Source.Kind(value).label) if name == "kind" and value in Source.Kind else value
