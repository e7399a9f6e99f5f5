"""What the reading page holds for editors beside what readers see."""

import json
from typing import Any

from articles.models import Article, Changeset, Claim, Question, Source
from articles.source_numbers import numbered_sources


def editors_desk(article: Article, done: str = "") -> dict[str, Any]:
    """The keys of the sources, and what was just done, which can be undone. Two queries, and one for `done`."""
    numbers = {one.key: one.source.slug for one in numbered_sources(article) if one.key}
    return {"numbers": json.dumps(numbers), "changeset": _done(done)}


def list_desk(done: str = "") -> dict[str, Any]:
    """What the claims of a list can be set to together. Two queries, and one for `done`."""
    return {
        "sources_to_set": list(Source.objects.in_use().order_by("name")),
        "questions_to_set": list(Question.objects.answered_in_words().select_related("story")),
        "statuses_to_set": Claim.Status.choices,
        "changeset": _done(done),
    }


def _done(uid: str) -> Changeset | None:
    return Changeset.objects.with_uid(uid).first() if uid else None
