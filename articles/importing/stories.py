"""Stories: a story file → the story with its sources, questions, choices and places.

What an administrator changed since the last import stays, unless the file changed it too. Nothing is removed.
"""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from articles.editing import open_changeset
from articles.files import ArticleFileError
from articles.importing.outcomes import Imported, Outcome
from articles.importing.sources import add_aliases, known_source, make_source
from articles.models import Changeset, Choice, Place, Question, Source, Story
from articles.sidecars import QuestionData, SourceData, StoryData, read_story

Row = TypeVar("Row", bound=Model)
Values = Mapping[str, Any]


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
        self.writes = 0

    def run(self) -> Imported:
        existing = Story.objects.filter(slug=self.slug).first()
        self.before = Changeset.objects.last_table(existing) if existing else {}
        values = {"title": self.data.title, "summary": self.data.summary, "happened_on": self.data.date}
        story = self._write(existing or Story(slug=self.slug), values, self._changed(self.table, self.before, "story"))
        for source in self.data.source:
            self._source(source)
        for position, question in enumerate(self.data.question):
            self._question(story, question, position)
        self._places(story)
        if self.writes or self.table != self.before:
            changeset = open_changeset(Changeset.Kind.IMPORT, summary=f"story {self.slug}")
            changeset.story, changeset.details = story, {"story": self.slug, "table": self.table}
            changeset.save(update_fields=["story", "details"])
        written = Outcome.UPDATED if existing else Outcome.CREATED
        return Imported(self.path, written if self.writes else Outcome.UNCHANGED)

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
        self.writes += add_aliases(source, data.aliases, self.path)

    def _new_source(self, values: Values) -> Source:
        try:
            source = make_source(**values)
        except ValidationError as error:
            raise ArticleFileError(self.path, f"{values['name']}: {'; '.join(error.messages)}") from error
        self.writes += 1
        return source

    def _question(self, story: Story, data: QuestionData, position: int) -> None:
        question = Question.objects.filter(slug=data.slug).first() or Question(slug=data.slug, story=story)
        if question.story_id != story.pk:
            raise ArticleFileError(self.path, f"The question “{data.slug}” belongs to another story: rename it here.")
        if question.pk and question.kind != data.kind and question.answers.exists():
            raise ArticleFileError(
                self.path, f"The question “{data.slug}” has answers of kind {question.kind}: its kind cannot change."
            )
        values = {"text": data.text, "kind": data.kind, "counted": data.counted, "position": position}
        moved = self._moved(self.table, self.before, "question")
        self._write(question, values, self._changed_in("question", data.slug) | moved)
        self._choices(question, data)

    def _choices(self, question: Question, data: QuestionData) -> None:
        now, before = self._now_and_before("question", data.slug)
        rows, rows_before = self._rows(now, "choices"), self._rows(before, "choices")
        moved = self._moved(now, before, "choices")
        for place, choice in enumerate(data.choices):
            row = question.choices.filter(slug=choice.slug).first() or Choice(question=question, slug=choice.slug)
            values = {"label": choice.label, "leaves_open": choice.leaves_open, "position": place}
            changed = self._changed(rows[choice.slug], rows_before.get(choice.slug, {}), "choices")
            self._write(row, values, changed | moved)

    def _places(self, story: Story) -> None:
        """Those that lie within another come after it, whatever their order in the file."""
        for data in self.data.place:
            row = Place.objects.filter(slug=data.slug).first() or Place(slug=data.slug, story=story)
            if row.story_id != story.pk:
                raise ArticleFileError(self.path, f"The place “{data.slug}” belongs to another story: rename it here.")
            values = {"name": data.name, "latitude": data.latitude, "longitude": data.longitude}
            self._write(row, values, self._changed_in("place", data.slug))
        for data in self.data.place:
            row = Place.objects.get(slug=data.slug)
            around = Place.objects.in_stories([self.slug]).filter(slug=data.within).first() if data.within else None
            if data.within and around is None:
                raise ArticleFileError(self.path, f"“{data.slug}” lies within “{data.within}”, which is no place here.")
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
            raise ArticleFileError(self.path, f"{row}: {'; '.join(error.messages)}") from error

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
