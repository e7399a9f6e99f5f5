"""History of what a story was called and asked, as a list that can be read."""

from articles.models import Changeset, Story
from articles.pages.article_history import DataChange, PartChanged


def story_history(story: Story) -> list[DataChange]:
    """Newest first; empty as long as nobody has changed it. One query."""
    changesets = Changeset.objects.of_story_data(story).select_related("editor")
    return [
        DataChange(one, tuple(PartChanged(row["part"], row["before"], row["after"]) for row in one.details["changes"]))
        for one in changesets
    ]


def was_taken_away(story: str, question: str) -> bool:
    """Whether the story with this slug once asked what had that slug. Two queries."""
    found = Story.objects.named(story).first()
    changes = Changeset.objects.of_story_data(found) if found else ()
    return any(question == one["slug"] for change in changes for one in change.details.get("removed", ()))
