"""Stories: a story file → the story with its sources, questions, choices and places.

What an administrator changed since the last import stays, unless the file changed it too. Nothing is removed.
"""

from collections.abc import Mapping
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from articles.importing.files import ArticleFileError, read_text
from articles.importing.outcomes import Imported, Outcome
from articles.importing.sidecars import PlaceData, QuestionData, SourceData, StoryData, read_story
from articles.importing.sources import add_aliases, known_source, make_source
from articles.importing.toml_lines import Step, line_of
from articles.models import Changeset, Choice, Place, Question, Source, Story
from articles.writing.editing import open_changeset

Row = TypeVar("Row", bound=Model)
Values = Mapping[str, Any]
_KEYS = {"happened_on": "date"}


def import_story(path: Path) -> Imported:
    """Raises ArticleFileError, and then has written nothing."""
    data = read_story(path)
    with transaction.atomic():
        return _StoryImport(path, data).run()


class _StoryImport:
    def __init__(self, path: Path, data: StoryData) -> None:
        self.path = path
        self.data = data
        self.slug = slugify(path.stem, allow_unicode=True)
        self.table = plain(asdict(data))
        self.before: Values = {}
        self.steps: list[Step] = []
        self.writes = 0
        self.notes: list[str] = []

    def run(self) -> Imported:
        existing = Story.objects.filter(slug=self.slug).first()
        self.before = Changeset.objects.last_table(existing) if existing else {}
        values = {"title": self.data.title, "summary": self.data.summary, "happened_on": self.data.date}
        story = self._write(existing or Story(slug=self.slug), values, self._changed(self.table, self.before, "story"))
        for number, source in enumerate(self.data.source):
            self.steps = [("source", number)]
            self._source(source)
        for position, question in enumerate(self.data.question):
            self.steps = [("question", position)]
            self._question(story, question, position)
        for number, place in enumerate(self.data.place):
            self.steps = [("place", number)]
            self._place(story, place)
        # Those that lie within another come after it, whatever their order in the file.
        for number, place in enumerate(self.data.place):
            self.steps = [("place", number)]
            self._within(place)
        if self.writes or self.table != self.before:
            changeset = open_changeset(Changeset.Kind.IMPORT, summary=f"story: {self.data.title}"[:300])
            changeset.story, changeset.details = story, {"story": self.slug, "table": self.table}
            changeset.save(update_fields=["story", "details"])
        written = Outcome.UPDATED if existing else Outcome.CREATED
        return Imported(self.path, written if self.writes else Outcome.UNCHANGED, notes=self.notes)

    def _source(self, data: SourceData) -> None:
        source = known_source(data.slug) or known_source(data.name)
        merged = Source.objects.merged().filter(slug=data.slug).exists()
        values: Values = {"name": data.name, "code": data.code, "kind": data.kind, "description": data.description}
        if data.tone:
            values = {**values, "tone": data.tone}
        if source is None:
            source = self._new_source({**values, "slug": data.slug})
        elif not merged:
            self._write(source, values, self._changed_in("source", data.slug))
        try:
            self.writes += add_aliases(source, data.aliases, self.path)
        except ArticleFileError as error:
            raise self.error(error.message, "aliases") from error

    def _new_source(self, values: Values) -> Source:
        try:
            source = make_source(**values)
        except ValidationError as error:
            raise self._refused(str(values["name"]), error) from error
        self.writes += 1
        return source

    def _question(self, story: Story, data: QuestionData, position: int) -> None:
        """What editors have taken away since stays away, unless the file asks it in other words."""
        question = Question.objects.filter(slug=data.slug).first()
        now, before = self._now_and_before("question", data.slug)
        if question is None and now == before:
            self.notes.append(f"“{data.text}” was taken away on the desk, and is not asked again.")
            return
        question = question or Question(slug=data.slug, story=story)
        if question.story_id != story.pk:
            raise self.error(f"The question “{data.slug}” belongs to another story: rename it here.", "slug")
        if question.pk and question.kind != data.kind and question.answers.exists():
            message = f"The question “{data.slug}” has answers of kind {question.kind}: its kind cannot change."
            raise self.error(message, "kind")
        values = {"text": data.text, "kind": data.kind, "counted": data.counted, "position": position}
        moved = self._moved(self.table, self.before, "question")
        self._write(question, values, self._changed_in("question", data.slug) | moved)
        self._choices(question, data)

    def _choices(self, question: Question, data: QuestionData) -> None:
        now, before = self._now_and_before("question", data.slug)
        rows, rows_before = self._rows(now, "choices"), self._rows(before, "choices")
        moved = self._moved(now, before, "choices")
        asked = self.steps
        for place, choice in enumerate(data.choices):
            self.steps = [*asked, ("choices", place)]
            row = question.choices.filter(slug=choice.slug).first() or Choice(question=question, slug=choice.slug)
            values = {"label": choice.label, "leaves_open": choice.leaves_open, "position": place}
            changed = self._changed(rows[choice.slug], rows_before.get(choice.slug, {}), "choices")
            self._write(row, values, changed | moved)

    def _place(self, story: Story, data: PlaceData) -> None:
        row = Place.objects.filter(slug=data.slug).first() or Place(slug=data.slug, story=story)
        if row.story_id != story.pk:
            raise self.error(f"The place “{data.slug}” belongs to another story: rename it here.", "slug")
        values = {"name": data.name, "latitude": data.latitude, "longitude": data.longitude}
        self._write(row, values, self._changed_in("place", data.slug))

    def _within(self, data: PlaceData) -> None:
        row = Place.objects.get(slug=data.slug)
        places = Place.objects.in_stories([self.slug])
        around = places.filter(slug=data.within).first() if data.within else None
        if data.within and around is None:
            near = get_close_matches(data.within, places.values_list("slug", flat=True), 1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            raise self.error(f"“{data.slug}” lies within “{data.within}”, which is no place here.{hint}", "within")
        self._write(row, {"within": around}, self._changed_in("place", data.slug))

    def _write(self, row: Row, values: Values, changed: set[str]) -> Row:
        """Saves a new row, or of an old one those values that the file changed."""
        wanted = values if row.pk is None else {name: value for name, value in values.items() if name in changed}
        different = [name for name, value in wanted.items() if row.pk is None or getattr(row, name) != value]
        for name in different:
            setattr(row, name, wanted[name])
        if different:
            self._check(row)
            row.save()
            self.writes += 1
        return row

    def _check(self, row: Model) -> None:
        try:
            row.full_clean()
        except ValidationError as error:
            raise self._refused(str(row), error) from error

    def _refused(self, row: str, error: ValidationError) -> ArticleFileError:
        """With each field's key before what is wrong with it, in the line of the first."""
        said = {_KEYS.get(name, name): " ".join(messages) for name, messages in error.message_dict.items()}
        words = "; ".join(message if name == "__all__" else f"{name}: {message}" for name, message in said.items())
        return self.error(f"{row}: {words}", next(iter(said)))

    def error(self, message: str, key: str = "") -> ArticleFileError:
        """In the line of the key, or of the table that is being read."""
        return ArticleFileError(self.path, message, line_of(read_text(self.path), self.steps, key))

    def _moved(self, now: Values, before: Values, kind: str) -> set[str]:
        """The position, where the rows of this kind stand in another order than before."""
        slugs, slugs_before = ([row["slug"] for row in table.get(kind, [])] for table in (now, before))
        return {"position"} if slugs != slugs_before else set()

    def _changed_in(self, kind: str, slug: str) -> set[str]:
        return self._changed(*self._now_and_before(kind, slug), kind)

    def _now_and_before(self, kind: str, slug: str) -> tuple[Values, Values]:
        return self._rows(self.table, kind).get(slug, {}), self._rows(self.before, kind).get(slug, {})

    def _rows(self, table: Values, kind: str) -> dict[str, Values]:
        return {row["slug"]: row for row in table.get(kind, [])}

    def _changed(self, now: Values, before: Values, kind: str) -> set[str]:
        renamed = {"date": "happened_on"} if kind == "story" else {}
        return {renamed.get(name, name) for name, value in now.items() if name not in before or before[name] != value}


def plain(value: Any) -> Any:
    """The same as JSON keeps it: dates as text."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value if isinstance(value, int | float | str | None) else value.isoformat()
