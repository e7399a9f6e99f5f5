"""Annotations that an editor sends by the browser: what would become of each, or what has."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.db.models import Max

from articles.importing.annotations import Fate, Taken, import_annotations
from articles.models import Article, Source
from articles.models.roles import Visitor

# Of each fate, on the page.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Fated:
    """All items of one fate; of many, the first."""

    fate: Fate
    count: int
    items: list[Taken]

    @property
    def more(self) -> int:
        return self.count - len(self.items)


@dataclass(frozen=True, slots=True)
class Uploaded:
    """`new_sources` are those that the desk did not know by any name, in the order of the file."""

    items: list[Taken]
    new_sources: list[str]

    @property
    def fates(self) -> list[Fated]:
        """Those that there are, in one order."""
        counts = Counter(one.fate for one in self.items)
        return [
            Fated(fate, counts[fate], [one for one in self.items if one.fate == fate][:_MOST])
            for fate in Fate
            if counts[fate]
        ]

    @property
    def articles(self) -> list[Article]:
        """Each once, in the order of the file."""
        return list({one.article.pk: one.article for one in self.items if one.article}.values())

    @property
    def writes(self) -> int:
        """How many claims are made or changed."""
        return sum(one.fate in {Fate.PLACED, Fate.REWORDED, Fate.ORPHANED} for one in self.items)

    @property
    def changesets(self) -> list[str]:
        """The ids of the acts that do it."""
        return list(dict.fromkeys(one.changeset for one in self.items if one.changeset))

    @property
    def suggestions(self) -> int:
        """How many of these are suggestions."""
        return sum(one.is_suggestion for one in self.items)

    @property
    def orphans(self) -> int:
        """Of how many of these no passage is found without doubt."""
        return sum(one.fate == Fate.ORPHANED for one in self.items)


def take_uploaded(content: bytes, name: str, editor: Visitor, *, save: bool) -> Uploaded:
    """`name` says by its ending what kind of file it is. Sent twice, the second one changes nothing. Raises
    ArticleFileError for a file that is none, and then has written nothing."""
    with TemporaryDirectory(prefix="annotations-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        with transaction.atomic():
            last = Source.objects.aggregate(last=Max("pk"))["last"] or 0
            items = list(import_annotations(path, editor))
            made = Source.objects.filter(pk__gt=last).order_by("pk")
            result = Uploaded(items, list(made.values_list("name", flat=True)))
            transaction.set_rollback(not save)
    return result
