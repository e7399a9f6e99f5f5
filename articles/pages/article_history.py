"""History of an article's metadata as a list that can be read: who, when, each part before and after.

Its text has no history: a corrected text is another version, an article of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import get_language_info

from articles.models import Article, ArticleRevision, Changeset, Source, Story
from articles.snapshots import Snapshot

# What the fields that an import may infer are called.
_INFERRED = {
    "published": "date of publication",
    "published_at": "date of publication",
    "url": "address at the outlet",
    "archive_url": "archived copy",
}


@dataclass(frozen=True, slots=True)
class PartChanged:
    """One part of the metadata in words; empty where there was or is none."""

    part: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DataChange:
    """What one act changed of the data of an article, a source or a story."""

    changeset: Changeset
    parts: tuple[PartChanged, ...]


@dataclass(frozen=True, slots=True)
class MetadataChange(DataChange):
    """One change. `number` is that of the revision it made, which a form can be based on."""

    number: int


def metadata_history(article: Article) -> list[MetadataChange]:
    """Newest first; empty as long as nobody has changed what was imported. Three queries."""
    revisions = list(ArticleRevision.objects.of_article(article).select_related("changeset__editor"))
    words = _Words([revision.snapshot for revision in revisions])
    changes = [
        MetadataChange(after.changeset, words.changes(before.snapshot, after.snapshot), after.number)
        for before, after in pairwise(revisions)
        if after.changeset
    ]
    return changes[::-1]


class _Words:
    """What the slugs in snapshots stand for. A row that is gone is called by its slug."""

    def __init__(self, kept: Sequence[Snapshot]) -> None:
        stories, outlets = ({one[name] for one in kept if one[name]} for name in ("story", "outlet"))
        self.stories = dict(Story.objects.filter(slug__in=stories).values_list("slug", "title"))
        self.outlets = dict(Source.objects.filter(slug__in=outlets).values_list("slug", "name"))

    def changes(self, before: Snapshot, after: Snapshot) -> tuple[PartChanged, ...]:
        old, new = self.parts(before), self.parts(after)
        return tuple(PartChanged(part, old[part], new[part]) for part in new if old[part] != new[part])

    def parts(self, kept: Snapshot) -> dict[str, str]:
        return {
            "Title": kept["title"],
            "Status": kept["status"],
            "Notice of withdrawal": kept["withdrawal_notice"],
            "Story": self.stories.get(kept["story"], kept["story"] or ""),
            "Outlet": self.outlets.get(kept["outlet"], kept["outlet"] or ""),
            "Byline": kept["byline"],
            "Published": _moment(kept),
            "Address at the outlet": kept["url"],
            "Archived copy": kept["archive_url"],
            "Language": _language(kept["language"]),
            "Inferred": ", ".join(_INFERRED.get(name, name) for name in kept["inferred"]),
        }


def _language(tag: str) -> str:
    """By name too, where there is one."""
    try:
        return f"{get_language_info(tag.lower())['name']} ({tag})"
    except KeyError:
        return tag


def _moment(kept: Snapshot) -> str:
    """On the outlet's clock, whose distance from UTC may be all that has changed."""
    if not kept["published_at"]:
        return ""
    offset = kept["published_offset"]
    moment = datetime.fromisoformat(kept["published_at"])
    local = Article(published_at=moment, published_offset=offset).published_local or moment
    zone = f"UTC{'−' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    known = f"{local:%H:%M}" if kept["published_time_known"] else "time not known"
    return f"{local.day} {local:%B %Y}, {known}, {zone}"
