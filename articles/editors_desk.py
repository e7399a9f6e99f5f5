"""What the reading page holds for editors beside what readers see."""

import json
from typing import Any

from articles.models import Article, Changeset
from articles.source_numbers import numbered_sources


def editors_desk(article: Article, done: str = "") -> dict[str, Any]:
    """The keys of the sources, and what was just done, which can be undone. Two queries, and one for `done`."""
    numbers = {one.key: one.source.slug for one in numbered_sources(article) if one.key}
    desk: dict[str, Any] = {"numbers": json.dumps(numbers)}
    if done and (changeset := Changeset.objects.with_uid(done).first()):
        desk["changeset"] = changeset
    return desk
