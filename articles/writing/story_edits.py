"""What a story is called and what it asks: corrected by editors, with a record of what it was before."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from articles.loading import places_of, questions_of
from articles.models import Changeset, Choice, Place, Question, Story
from articles.models.roles import Visitor
from articles.writing.editing import EditError, open_changeset
from articles.writing.stamps import move_for_stories

# What the name of a part begins with that says where in the list a question stands, counted from 1.
ORDER = "order-"


@dataclass(frozen=True, slots=True)
class Part:
    """What can be corrected. `name` is that of its field in a form, `label` says in words what it is, and `value` is a
    text: of a date as ISO 8601 has it, of a position in the list a number."""

    name: str
    label: str
    row: Story | Question | Choice | Place
    field: str
    value: str

    def written(self, value: str) -> Any:
        """As the row has it."""
        return (date.fromisoformat(value) if value else None) if self.field == "happened_on" else value


class StoryConflict(EditError):
    """It was changed by somebody else in the meantime. Nothing was written."""

    def __init__(self, story: Story) -> None:
        super().__init__(f"Somebody else changed “{story}” in the meantime.")


def story_parts(story: Story) -> dict[str, Part]:
    """By their names, as a page has them: the story, its questions in their order, its places. Three queries."""
    happened = story.happened_on.isoformat() if story.happened_on else ""
    parts = [
        Part("title", "Title", story, "title", story.title),
        Part("summary", "Summary", story, "summary", story.summary),
        Part("happened_on", "Date of the event", story, "happened_on", happened),
    ]
    for position, question in enumerate(questions_of(story), start=1):
        parts += _of_question(question, position)
    parts += (Part(f"place-{one.slug}", f"Place “{one}”", one, "name", one.name) for one in places_of(story))
    return {part.name: part for part in parts}


def _of_question(question: Question, position: int) -> Iterable[Part]:
    slug = question.slug
    yield Part(f"text-{slug}", "Question", question, "text", question.text)
    if question.kind == Question.Kind.NUMBER:
        yield Part(f"counted-{slug}", f"What “{question}” counts", question, "counted", question.counted)
    yield Part(f"{ORDER}{slug}", f"Position of “{question}”", question, "position", str(position))
    for choice in question.choices.all():
        yield Part(f"label-{slug}-{choice.slug}", f"Answer to “{question}”", choice, "label", choice.label)


def unanswered(story: Story) -> set[str]:
    """The slugs of its questions that nothing answers, and on which nobody has ruled: these can be taken away. One
    query."""
    found = Question.objects.of_story(story).filter(answers=None, has_rulings=False)
    return set(found.values_list("slug", flat=True))


def edit_story(
    story: Story, filled: Mapping[str, str], parts: Mapping[str, str], gone: Collection[str], editor: Visitor
) -> None:
    """Saves those of the parts, by their names, all of which must be valid, that are not as they were when the editor
    saw them: `filled`. Takes the questions away whose slugs are in `gone`. A changeset says what was changed.

    Raises StoryConflict where one of them has changed since, and EditError where a question that is to go has been
    answered.
    """
    changed = [name for name, value in parts.items() if value != filled.get(name)]
    if not changed and not gone:
        return
    try:
        with transaction.atomic():
            # Whoever else writes to this story waits here.
            move_for_stories([story.pk])
            story.refresh_from_db()
            before = story_parts(story)
            if any(name not in before or before[name].value != filled[name] for name in changed):
                raise StoryConflict(story)
            _write([before[name] for name in changed if not name.startswith(ORDER)], parts)
            if any(name.startswith(ORDER) for name in changed):
                _arrange(before, parts, changed)
            removed = _take_away(story, gone)
            # Of positions only those that were asked for: others give way.
            told = {name: part for name, part in before.items() if name in changed or not name.startswith(ORDER)}
            _record(story, told, removed, editor)
    except (IntegrityError, ProtectedError) as error:
        raise EditError("A question that was to go has just been answered.") from error


def _write(changed: Iterable[Part], values: Mapping[str, str]) -> None:
    """Saved one by one, so that the stamps move."""
    for part in changed:
        setattr(part.row, part.field, part.written(values[part.name]))
        part.row.save(update_fields=[part.field])


def _arrange(before: Mapping[str, Part], values: Mapping[str, str], changed: Collection[str]) -> None:
    """Those that are moved are set in among the others, each where it is to stand."""
    standing = [part for name, part in before.items() if name.startswith(ORDER)]
    ordered = [part for part in standing if part.name not in changed]
    for part in sorted((part for part in standing if part.name in changed), key=lambda one: int(values[one.name])):
        ordered.insert(int(values[part.name]) - 1, part)
    for position, part in enumerate(ordered):
        if isinstance(part.row, Question) and part.row.position != position:
            part.row.position = position
            part.row.save(update_fields=["position"])


def _take_away(story: Story, slugs: Collection[str]) -> list[str]:
    """What they asked."""
    if set(slugs) - unanswered(story):
        raise EditError("A question that was to go has been answered, or is gone already.")
    found = list(Question.objects.of_story(story).named(list(slugs))) if slugs else []
    for question in found:
        question.delete()
    return [question.text for question in found]


def _record(story: Story, before: Mapping[str, Part], removed: Iterable[str], editor: Visitor) -> None:
    after = story_parts(story)
    changes = [
        {"part": part.label, "before": part.value, "after": after[name].value}
        for name, part in before.items()
        if name in after and after[name].value != part.value
    ]
    changes += [{"part": "Question", "before": text, "after": ""} for text in removed]
    if changes:
        details = {"story": story.slug, "changes": changes}
        open_changeset(Changeset.Kind.EDIT, editor, summary=f"the data of {story}"[:300], details=details)
