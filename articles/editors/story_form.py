"""The form by which editors correct what a story is called and what it asks."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms

from articles.models import Choice, Place, Question, Story
from articles.writing.story_edits import ORDER, Part, story_parts, unanswered

# One behind the last one is the last one.
_LAST = 1_000
_TEXT = {"dir": "auto", "autocomplete": "off"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields of one question. `gone` is None where it cannot be taken away."""

    question: Question
    text: forms.BoundField
    counted: forms.BoundField | None
    order: forms.BoundField
    labels: tuple[forms.BoundField, ...]
    gone: forms.BoundField | None

    @property
    def is_open(self) -> bool:
        """Where something was written that is not saved yet."""
        fields = (self.text, self.counted, self.order, *self.labels, self.gone)
        form = self.text.form
        return form.is_bound and any(one.errors or one.name in form.changed_data for one in fields if one)


class StoryEditForm(forms.Form):
    """`filled` is what the fields held when the page was made, as JSON. Four queries."""

    use_required_attribute = False
    filled = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, story: Story, data: Any = None) -> None:
        self.story, self.known = story, story_parts(story)
        values = {name: part.value for name, part in self.known.items()}
        super().__init__(data, initial={**values, "filled": values})
        for name, part in self.known.items():
            self.fields[name] = _field(part)
        for _, parts in groupby(self._of(Choice), key=lambda part: part.row.question_id):
            for number, part in enumerate(parts, start=1):
                self.fields[part.name].label = f"Answer {number}"
        self.may_go = unanswered(story)
        for slug in self.may_go:
            self.fields[f"gone-{slug}"] = forms.BooleanField(label="Take this question away", required=False)

    @property
    def has_questions(self) -> bool:
        return any(name.startswith(ORDER) for name in self.known)

    def questions(self) -> Iterator[Asked]:
        """In their order."""
        for part in self.known.values():
            if isinstance(part.row, Question) and part.field == "text":
                slug = part.row.slug
                yield Asked(
                    question=part.row,
                    text=self[part.name],
                    counted=self[f"counted-{slug}"] if f"counted-{slug}" in self.fields else None,
                    order=self[f"{ORDER}{slug}"],
                    labels=tuple(self[one.name] for one in self._of(Choice) if one.row.question_id == part.row.pk),
                    gone=self[f"gone-{slug}"] if slug in self.may_go else None,
                )

    def places(self) -> list[forms.BoundField]:
        return [self[part.name] for part in self._of(Place)]

    def _of(self, model: type[Choice] | type[Place]) -> list[Any]:
        return [part for part in self.known.values() if isinstance(part.row, model)]

    def clean_filled(self) -> dict[str, str]:
        """Of what there still is. Raises ValidationError if something else was changed."""
        given = self.cleaned_data["filled"]
        filled = {str(name): str(value) for name, value in given.items()} if isinstance(given, dict) else {}
        lost = [
            self.data[name]
            for name, value in filled.items()
            if name not in self.known and self.data.get(name, value) != value
        ]
        if lost:
            self._set("filled", json.dumps({name: filled.get(name, "") for name in self.known}, ensure_ascii=False))
            raise forms.ValidationError(
                "A question has been taken away in the meantime, with what you wrote there: %(lost)s. Save again to "
                "keep the rest.",
                params={"lost": ", ".join(f"“{words}”" for words in lost)},
            )
        return {name: filled.get(name, "") for name in self.known}

    def _set(self, name: str, value: str) -> None:
        """In what was sent, for the next try."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[name] = value
        self.data = data

    def clean_summary(self) -> str:
        """Line ends as they are kept: browsers send others."""
        return "\n".join(self.cleaned_data["summary"].splitlines())

    def clean(self) -> None:
        """Two stories have two titles, two answers to a question two names, and so have two places."""
        title = self.cleaned_data.get("title", "")
        other = Story.objects.called(title).exclude(pk=self.story.pk).first() if title else None
        if other:
            self.add_error("title", f"“{other}” is another story.")
        self._refuse_same(self._of(Choice), "answer to this question")
        self._refuse_same(self._of(Place), "place of this story")

    def _refuse_same(self, parts: Iterable[Any], what: str) -> None:
        """Of one question, or of the story."""
        taken: set[tuple[int, str]] = set()
        for part in parts:
            words = self.cleaned_data.get(part.name, "")
            key = getattr(part.row, "question_id", 0), words.casefold()
            if words and key in taken:
                self.add_error(part.name, f"“{words}” is another {what}.")
            taken.add(key)

    def parts(self) -> dict[str, str]:
        """Of a valid form, as `edit_story` takes them."""
        given = {name: self.cleaned_data[name] for name in self.known}
        return {name: "" if value is None else str(value) for name, value in given.items()}

    def gone(self) -> list[str]:
        return [slug for slug in sorted(self.may_go) if self.cleaned_data[f"gone-{slug}"]]

    def changed_since(self) -> list[tuple[str, str]]:
        """What somebody else has changed that is changed here as well: what it is, and how it is now."""
        filled, parts = self.cleaned_data["filled"], self.parts()
        return [
            (part.label, part.value)
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


def _field(part: Part) -> forms.Field:
    if part.name.startswith(ORDER):
        return forms.IntegerField(min_value=1, max_value=_LAST, label="Position in the list")
    if part.field == "happened_on":
        widget = forms.DateInput({"type": "date", "min": "1900-01-01"}, format="%Y-%m-%d")
        return forms.DateField(label=part.label, required=False, widget=widget)
    if part.field == "summary":
        return forms.CharField(label=part.label, required=False, widget=forms.Textarea({**_TEXT, "rows": 3}))
    label = "What is counted, and of whom" if part.field == "counted" else part.label
    length: int = part.row._meta.get_field(part.field).max_length  # type: ignore[union-attr,assignment]
    return forms.CharField(label=label, max_length=length, widget=forms.TextInput(_TEXT))
