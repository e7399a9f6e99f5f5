"""Sources that a new one is nearly called like. A source is public with its first claim, so none is made of a slip."""

from articles.models import Source
from articles.text.near_names import nearest


def source_nearly_called(name: str) -> Source | None:
    """One that is called nearly so, or has this for its code: what takes the place of a merged one, for a name of that.
    Of a name that the desk does not know. Two queries, and more for one that was merged."""
    rows = list(Source.objects.select_related("merged_into").prefetch_related("aliases"))
    named = {other: row for row in rows for other in (*(alias.name for alias in row.aliases.all()), row.name)}
    coded = next((row for row in rows if row.code == name.upper()), None)
    near = nearest(name, named)
    found = coded or (named[near] if near else None)
    return found.living() if found else None


def there_is(near: Source, name: str) -> str:
    """What an editor is told once, who may say that theirs is another source."""
    return f"There is a source “{near}”, and “{name}” would be a new one."
