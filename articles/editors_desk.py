"""What the reading page holds for editors beside what readers see."""

from typing import Any

from articles.models import Article, Changeset, Claim, Question, Source
from articles.source_numbers import as_keys, numbered_sources


def editors_desk(article: Article, done: str = "") -> dict[str, Any]:
    """The keys of the sources, and what was just done, which can be undone. Two queries, and one for `done`."""
    return {"numbers": as_keys(numbered_sources(article)), "stamp": page_stamp(article), "changeset": _done(done)}


def page_stamp(article: Article) -> str:
    """What stands in the page so that an act can tell whether the page is still what the desk would show."""
    return f"{article.stamp}.{article.story.stamp if article.story else 0}"


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
