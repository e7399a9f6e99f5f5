"""The form by which editors correct what a story is called and what it asks."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms

from articles.editors.answer_forms import COUNT_WANTED, NOT_COUNTED
from articles.models import Choice, Place, Question, Story
from articles.models.refusals import refuse_invisible
from articles.pages.article_history import PartChanged
from articles.pages.forms import DayField
from articles.writing.story_edits import COUNTED, KIND, ORDER, Part, plain, story_parts, unanswered

# Of more questions one is corrected at a time: a form has no more than a thousand fields.
MOST_QUESTIONS, MOST_PLACES = 60, 200
_OF_STORY = ("title", "summary", "happened_on")
_GONE = "gone."
# What is to be seen, and what a refusal calls it.
_CALLED = {"title": "title", "text": "question", "counted": "name", "label": "answer", "name": "name"}
# A position behind the last one is the last one.
_LAST = 1_000_000
_TEXT = {"dir": "auto", "autocomplete": "off"}


@dataclass(frozen=True, slots=True)
class QuestionFields:
    """Those of one question. `gone` is None where it cannot be taken away, `kind` where what answers it stays."""

    question: Question
    text: forms.BoundField
    kind: forms.BoundField | None
    counted: forms.BoundField | None
    order: forms.BoundField
    labels: tuple[forms.BoundField, ...]
    gone: forms.BoundField | None

    @property
    def is_open(self) -> bool:
        """Where something was written that is not saved yet."""
        fields = (self.text, self.kind, self.counted, self.order, *self.labels, self.gone)
        form = self.text.form
        return form.is_bound and any(one.errors or one.name in form.changed_data for one in fields if one)


class StoryEditForm(forms.Form):
    """`filled` is what the fields held when the page was made, as JSON: what has come since is no part of the form.
    `only` is the slug of a question where not all are shown. Four queries."""

    use_required_attribute = False
    filled = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, story: Story, data: Any = None, *, only: str = "") -> None:
        self.story, self.everything = story, story_parts(story)
        self.given = _read(data["filled"]) if data is not None and "filled" in data else {}
        shown = {*self.given, *_OF_STORY} if data is not None else self._shown(only)
        self.unanswered = unanswered(story)
        self.known = {
            name: part for name, part in self.everything.items() if name in shown and self._can_be_changed(part)
        }
        values = {name: part.value for name, part in self.known.items()}
        super().__init__(data, initial={**values, "filled": values})
        for name, part in self.known.items():
            self.fields[name] = _field(part)
            if f"{KIND}{part.question}" in self.known and part.field == "counted":
                self.fields[name].required = False
                self.fields[name].help_text = "For a number only"
        self._name_answers()
        self.may_go = self.unanswered & {part.question for part in self.known.values()}
        for slug in self.may_go:
            self.fields[f"{_GONE}{slug}"] = forms.BooleanField(label="Take this question away", required=False)

    def _name_answers(self) -> None:
        for _, parts in groupby(self._of(Choice), key=lambda part: part.row.question_id):
            for number, part in enumerate(parts, start=1):
                self.fields[part.name].label = f"Answer {number}"

    def _can_be_changed(self, part: Part) -> bool:
        """How a question is answered, as long as nothing answers it. What somebody was given to change is refused where
        that is not so any more."""
        if part.field not in ("kind", "counted") or part.name in self.given or part.question in self.unanswered:
            return True
        return part.field == "counted" and part.row.kind == Question.Kind.NUMBER  # type: ignore[union-attr]

    def _shown(self, only: str) -> set[str]:
        slugs = [part.question for name, part in self.everything.items() if name.startswith(ORDER)]
        wanted = set(slugs) if len(slugs) <= MOST_QUESTIONS else {only}
        places = [name for name, part in self.everything.items() if isinstance(part.row, Place)]
        left_out = set(places[MOST_PLACES:])
        return {
            name
            for name, part in self.everything.items()
            if (not part.question or part.question in wanted) and name not in left_out
        }

    def left_out(self) -> list[Question]:
        """Those that a page of their own corrects."""
        texts = [part for part in self.everything.values() if part.field == "text" and part.name not in self.known]
        return [part.row for part in texts if isinstance(part.row, Question)]

    def questions(self) -> list[QuestionFields]:
        """In their order."""
        return [self._fields_of(part.row, part.question) for part in self.known.values() if part.field == "text"]

    def _fields_of(self, question: Any, slug: str) -> QuestionFields:
        return QuestionFields(
            question=question,
            text=self[f"text.{slug}"],
            kind=self[f"{KIND}{slug}"] if f"{KIND}{slug}" in self.fields else None,
            counted=self[f"{COUNTED}{slug}"] if f"{COUNTED}{slug}" in self.fields else None,
            order=self[f"{ORDER}{slug}"],
            labels=tuple(self[one.name] for one in self._of(Choice) if one.question == slug),
            gone=self[f"{_GONE}{slug}"] if slug in self.may_go else None,
        )

    def places(self) -> list[forms.BoundField]:
        return [self[part.name] for part in self._of(Place)]

    def _of(self, model: type[Choice] | type[Place]) -> list[Any]:
        return [part for part in self.known.values() if isinstance(part.row, model)]

    def clean_filled(self) -> dict[str, str]:
        """Of what there still is. Raises ValidationError if something else was changed."""
        lost = [
            plain(self.data[name])
            for name, value in self.given.items()
            if name not in self.known and plain(self.data.get(name, value)) != value
        ]
        filled = {name: self.given.get(name, "") for name in self.known}
        if lost:
            self._set("filled", json.dumps(filled, ensure_ascii=False))
            words = ", ".join(f"“{one}”" for one in lost)
            raise forms.ValidationError(
                f"A question has been taken away in the meantime, with what you wrote there: {words}. Save again to "
                "keep the rest."
            )
        return filled

    def clean(self) -> None:
        """Two stories have two titles, two answers to a question two names, and so have two places. What nobody has
        changed here is left as it is."""
        title = self.cleaned_data.get("title", "")
        if title and title != self.given.get("title"):
            other = Story.objects.called(title).exclude(pk=self.story.pk).first()
            if other:
                self.add_error("title", f"“{other}” is another story.")
        for part in self.known.values():
            self._refuse_invisible(part)
        for _, parts in groupby(self._of(Choice), key=lambda part: part.question):
            self._refuse_same(list(parts), "answer to this question")
        self._refuse_same(self._of(Place), "place of this story")
        for name in self.known:
            if name.startswith(KIND) and name in self.cleaned_data:
                self._check_kind(name.removeprefix(KIND))
        for name in self.data:
            slug = name.removeprefix(_GONE)
            if name.startswith(_GONE) and slug not in self.may_go and f"text.{slug}" in self.known:
                text = self.known[f"text.{slug}"].value
                self.add_error(f"text.{slug}", f"“{text}” has been answered, or ruled on, so that it stays.")

    def _refuse_invisible(self, part: Part) -> None:
        value = self.cleaned_data.get(part.name)
        if part.field in _CALLED and value != self.given.get(part.name):
            try:
                refuse_invisible(value or "", _CALLED[part.field])
            except forms.ValidationError as error:
                self.add_error(part.name, error)

    def _check_kind(self, slug: str) -> None:
        """What a number counted goes with it, if nobody has changed it."""
        kind, name = self.cleaned_data[f"{KIND}{slug}"], f"{COUNTED}{slug}"
        counted = self.cleaned_data.get(name, "")
        if kind != self.known[f"{KIND}{slug}"].value and slug not in self.may_go:
            text = self.everything[f"text.{slug}"].value
            asked = self.known[f"{KIND}{slug}"].value
            told = f"“{text}” has been answered, or ruled on, so that it stays a question of kind “{asked}”."
            self.add_error(f"{KIND}{slug}", told)
        elif kind == Question.Kind.NUMBER:
            if name in self.cleaned_data and not counted:
                self.add_error(name, COUNT_WANTED)
        elif counted == self.given.get(name):
            self.cleaned_data[name] = ""
        elif counted:
            self.add_error(name, NOT_COUNTED)

    def _refuse_same(self, parts: Iterable[Part], what: str) -> None:
        words = {part.name: self.cleaned_data.get(part.name, "") for part in parts}
        for name, value in words.items():
            same = [
                other for other, words_of in words.items() if other != name and words_of.casefold() == value.casefold()
            ]
            if value and value != self.given.get(name) and same:
                self.add_error(name, f"“{value}” is another {what}.")

    def parts(self) -> dict[str, str]:
        """Of a valid form, as `edit_story` takes them."""
        given = {name: self.cleaned_data[name] for name in self.known}
        return {name: "" if value is None else str(value) for name, value in given.items()}

    def gone(self) -> list[str]:
        return [slug for slug in sorted(self.may_go) if self.cleaned_data[f"{_GONE}{slug}"]]

    def changed_since(self) -> list[PartChanged]:
        """What somebody else has changed that is changed here as well."""
        filled, parts = self.cleaned_data["filled"], self.parts()
        return [
            PartChanged(part.label, filled[name], part.value)
            for name, part in self.known.items()
            if part.value != filled[name] != parts[name] != part.value
        ]

    def base_on_now(self) -> None:
        """The next try starts from what the story is now, and keeps it in the fields in which nothing was changed."""
        filled, parts = self.cleaned_data["filled"], self.parts()
        now = {name: part.value for name, part in self.known.items()}
        for name in now:
            if parts[name] == filled[name]:
                self._set(name, now[name])
        self._set("filled", json.dumps(now, ensure_ascii=False))

    def _set(self, name: str, value: str) -> None:
        """In what was sent, for the next try."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[name] = value
        self.data = data


def _read(filled: str) -> Mapping[str, str]:
    """Nothing, if somebody has made it up."""
    try:
        read = json.loads(filled)
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in read.items()} if isinstance(read, dict) else {}


class _PlainField(forms.CharField):
    """Browsers send other line ends than are kept."""

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "")


def _field(part: Part) -> forms.Field:
    made = _field_of(part)
    # What an error is told of, where it stands apart from its field.
    made.told = part.label  # type: ignore[attr-defined]
    return made


def _field_of(part: Part) -> forms.Field:
    if part.name.startswith(ORDER):
        return forms.IntegerField(min_value=1, max_value=_LAST, label="Position in the list")
    if part.field == "kind":
        return forms.ChoiceField(choices=Question.Kind.choices, label="Answered by")
    if part.field == "happened_on":
        made = DayField()
        made.label, made.widget = part.label, forms.DateInput({"type": "date", "min": "1900-01-01"}, format="%Y-%m-%d")
        return made
    if part.field == "summary":
        return _PlainField(label=part.label, required=False, widget=forms.Textarea({**_TEXT, "rows": 3}))
    labels = {"counted": "What is counted, and of whom", "text": "Question"}
    length: int = part.row._meta.get_field(part.field).max_length  # type: ignore[union-attr,assignment]
    label = labels.get(part.field, part.label)
    return _PlainField(label=label, max_length=length, widget=forms.TextInput(_TEXT))
