"""Stories that a new one is nearly called like. A story is public as soon as it is made, so none is made of a slip."""

from django.utils.text import slugify

from articles.importing.metadata import near_story
from articles.models import Story


def story_nearly_called(title: str) -> Story | None:
    """One that is called so, or nearly so, as files are told by the same rule. Two queries, one if there is none."""
    near = near_story(slugify(title, allow_unicode=True))
    return Story.objects.get(slug=near) if near else None


def there_is(near: Story, what_to_do: str) -> str:
    """What an editor is told once, who may say that theirs is another story."""
    return f"There is a story “{near}”. {what_to_do}, or say that yours is another one."
