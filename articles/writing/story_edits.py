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
ORDER = "order."
# What the names of the parts begin with that say how it is answered, and what a number counts.
KIND, COUNTED = "kind.", "counted."


@dataclass(frozen=True, slots=True)
class Part:
    """What can be corrected. `name` is that of its field in a form: words and slugs, with dots between them, which no
    slug has. `label` says in words what it is. `value` is a text as a form gives it back: of a date as ISO 8601 has it,
    of a position in the list a number. `question` is the slug of the one that it belongs to, if it does."""

    name: str
    label: str
    row: Story | Question | Choice | Place
    field: str
    value: str
    question: str = ""

    def written(self, value: str) -> Any:
        """As the row has it."""
        return (date.fromisoformat(value) if value else None) if self.field == "happened_on" else value


class StoryConflict(EditError):
    """It was changed by somebody else in the meantime. Nothing was written."""

    def __init__(self, story: Story) -> None:
        super().__init__(f"Somebody else changed “{story}” in the meantime.")


def plain(text: str) -> str:
    """As it comes back from a form that nobody has changed."""
    return text.replace("\r\n", "\n").strip()


def story_parts(story: Story) -> dict[str, Part]:
    """By their names, as a page has them: the story, its questions in their order, its places. Three queries."""
    happened = story.happened_on.isoformat() if story.happened_on else ""
    parts = [
        Part("title", "Title", story, "title", plain(story.title)),
        Part("summary", "Summary", story, "summary", plain(story.summary)),
        Part("happened_on", "Date of the event", story, "happened_on", happened),
    ]
    for position, question in enumerate(questions_of(story), start=1):
        parts += _of_question(question, position)
    parts += (Part(f"place.{one.slug}", f"Place “{one}”", one, "name", plain(one.name)) for one in places_of(story))
    return {part.name: part for part in parts}


def _of_question(question: Question, position: int) -> Iterable[Part]:
    slug, text = question.slug, plain(question.text)
    yield Part(f"text.{slug}", f"Question “{text}”", question, "text", text, slug)
    yield Part(f"{KIND}{slug}", f"What answers “{text}”", question, "kind", question.kind, slug)
    yield Part(f"{COUNTED}{slug}", f"What “{text}” counts", question, "counted", plain(question.counted), slug)
    yield Part(f"{ORDER}{slug}", f"Position of “{text}”", question, "position", str(position), slug)
    # What was offered to choose from while it was a choice is there again once it is one again.
    for choice in question.choices.all() if question.kind == Question.Kind.CHOICE else ():
        label = plain(choice.label)
        yield Part(f"label.{slug}.{choice.slug}", f"Answer to “{text}”", choice, "label", label, slug)


def unanswered(story: Story) -> set[str]:
    """The slugs of its questions that nothing answers, and on which nobody has ruled: these can be taken away, or be
    answered by something else. One query."""
    found = Question.objects.of_story(story).filter(answers=None, has_rulings=False)
    return set(found.values_list("slug", flat=True))


def edit_story(
    story: Story, filled: Mapping[str, str], parts: Mapping[str, str], gone: Collection[str], editor: Visitor
) -> None:
    """Saves those of the parts, by their names, all of which must be valid, that are not as they were when the editor
    saw them: `filled`. Takes the questions away whose slugs are in `gone`. A changeset says what was changed.

    Raises StoryConflict where one of them has changed since, and EditError where a question that is to go, or to be
    answered by something else, has been answered, or the story has gone.
    """
    changed = [name for name, value in parts.items() if value != filled.get(name)]
    if not changed and not gone:
        return
    try:
        with transaction.atomic():
            # Whoever else writes to this story waits here.
            move_for_stories([story.pk])
            now = Story.objects.filter(pk=story.pk).first()
            if now is None:
                raise EditError("The story has been taken away in the meantime.")
            before = story_parts(now)
            if any(name not in before or before[name].value != filled.get(name) for name in changed):
                raise StoryConflict(now)
            _refuse_answered(now, changed)
            removed = _take_away(now, gone)
            kept = {name: part for name, part in before.items() if part.question not in gone}
            _write([kept[name] for name in changed if name in kept and not name.startswith(ORDER)], parts)
            if any(name.startswith(ORDER) for name in changed):
                _arrange(kept, parts, changed)
            # Of positions only those that were asked for: others give way.
            told = {name: part for name, part in kept.items() if name in changed or not name.startswith(ORDER)}
            _record(now, told, removed, editor)
    except (IntegrityError, ProtectedError) as error:
        raise EditError("A question that was to go has just been answered.") from error


def _refuse_answered(story: Story, changed: Iterable[str]) -> None:
    """Whoever answers one of them at this moment waits for the story, and is told then (`listing.py`)."""
    answered_anew = {name.removeprefix(KIND) for name in changed if name.startswith(KIND)}
    if answered_anew and answered_anew - unanswered(story):
        raise EditError("A question that was to be answered by something else has just been answered, or is gone.")


def _write(changed: Iterable[Part], values: Mapping[str, str]) -> None:
    """Row by row, so that the stamps move, and a number comes with what it counts."""
    rows: dict[int, list[Part]] = {}
    for part in changed:
        rows.setdefault(id(part.row), []).append(part)
    for parts in rows.values():
        for part in parts:
            setattr(part.row, part.field, part.written(values[part.name]))
        parts[0].row.save(update_fields=[part.field for part in parts])


def _arrange(before: Mapping[str, Part], values: Mapping[str, str], changed: Collection[str]) -> None:
    """Those that are moved are set in among the others, each where it is to stand. The story's stamp has moved."""
    standing = [part for name, part in before.items() if name.startswith(ORDER)]
    ordered = [part for part in standing if part.name not in changed]
    for part in sorted((part for part in standing if part.name in changed), key=lambda one: int(values[one.name])):
        ordered.insert(int(values[part.name]) - 1, part)
    questions = [part.row for part in ordered if isinstance(part.row, Question)]
    for position, question in enumerate(questions):
        question.position = position
    Question.objects.bulk_update(questions, ["position"])


def _take_away(story: Story, slugs: Collection[str]) -> list[dict[str, Any]]:
    """What they were, so that they can be asked again."""
    if set(slugs) - unanswered(story):
        raise EditError("A question that was to go has been answered, or is gone already.")
    found = list(Question.objects.of_story(story).named(list(slugs)).prefetch_related("choices")) if slugs else []
    removed = [
        {
            "slug": question.slug,
            "text": question.text,
            "kind": question.kind,
            "counted": question.counted,
            "choices": [choice.label for choice in question.choices.all()],
        }
        for question in found
    ]
    for question in found:
        question.delete()
    return removed


def _record(story: Story, before: Mapping[str, Part], removed: Iterable[dict[str, Any]], editor: Visitor) -> None:
    after = story_parts(story)
    changes = [
        {"part": part.label, "before": part.value, "after": after[name].value}
        for name, part in before.items()
        if name in after and after[name].value != part.value
    ]
    removed = list(removed)
    changes += [{"part": "Question", "before": _in_words(one), "after": ""} for one in removed]
    if changes:
        details = {"story": story.slug, "changes": changes, "removed": removed}
        changeset = open_changeset(Changeset.Kind.EDIT, editor, summary=f"the data of {story}"[:300], details=details)
        changeset.story = story
        changeset.save(update_fields=["story"])


def _in_words(removed: dict[str, Any]) -> str:
    """“Who fired? (choice: Rebels, Army)”."""
    more = removed["counted"] or ", ".join(removed["choices"])
    return f"{removed['text']} ({removed['kind']}{f': {more}' if more else ''})"
