"""A source that an editor names: the one that the desk knows by this name, or else a new one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from articles.editors.doubts import Doubt, near_doubt
from articles.editors.near_sources import source_nearly_called
from articles.importing.sources import make_named, proposed_code, source_called
from articles.models import Source
from articles.text.plain_names import has_letters, plain_name
from articles.text.source_kinds import kind_of

KINDS = [("", "as its name says"), *Source.Kind.choices]
# Before the slug of a source, in a step of the form.
INSTEAD = "instead:"
LETTERS_WANTED = "Write a name with letters."


def written_name(given: str) -> str:
    """As it is kept. Raises ValidationError for a name that says nothing."""
    name = plain_name(given)
    if given and not has_letters(name):
        raise ValidationError(LETTERS_WANTED)
    return name


def with_instead(data: QueryDict) -> QueryDict:
    """What was sent, with the source that takes the place of the one that was named, where somebody says so."""
    step = data.get("step", "")
    slug = step.removeprefix(INSTEAD) if step.startswith(INSTEAD) else data.get("instead")
    if not slug:
        return data
    data = data.copy()
    data["source"] = slug
    for name in NewSourceForm.base_fields:
        data[name] = ""
    return data


@dataclass(frozen=True, slots=True)
class Naming:
    """What becomes of the name of another source: the one that has it, else the code that a new one gets, and the one
    that is nearly called so."""

    known: Source | None = None
    code: str = ""
    near: Source | None = None


class SourceNameForm(forms.Form):
    source_name = forms.CharField(max_length=120, required=False)
    source_kind = forms.ChoiceField(choices=KINDS, required=False)

    def clean_source_name(self) -> str:
        """Without letters none: it may be on the way to some."""
        name = plain_name(self.cleaned_data["source_name"])
        return name if has_letters(name) else ""

    def naming(self) -> Naming:
        """Of a valid form. Five queries, none without a name."""
        name, kind = self.cleaned_data["source_name"], self.cleaned_data["source_kind"]
        if not name:
            return Naming()
        if known := source_called(name):
            return Naming(known)
        return Naming(None, proposed_code(name, kind or kind_of(name)), source_nearly_called(name))


class NewSourceForm(SourceNameForm):
    """Part of a form in which another source can be named."""

    source_code = forms.CharField(max_length=5, required=False)

    def clean_source_name(self) -> str:
        return written_name(self.cleaned_data["source_name"])

    def naming(self) -> Naming:
        """Of the name that is filled in. Five queries, none without one."""
        form = SourceNameForm({name: self[name].value() for name in SourceNameForm.base_fields})
        return SourceNameForm.naming(form) if form.is_valid() else Naming()

    def clean_named(self, data: dict[str, Any]) -> None:
        """A name or alias that the desk knows is that source: `chosen`; only another one makes a new source."""
        name = data.get("source_name", "")
        if name:
            data["chosen"] = source_called(name)
            if data["chosen"] is None:
                self._check_code(data.get("source_code", ""))
        elif "source_name" not in self.errors:
            self.add_error("source_name", "Name the source.")

    def _check_code(self, code: str) -> None:
        if not code:
            return
        try:
            Source(code=code).clean_fields(exclude={"name", "slug", "kind", "tone"})
        except ValidationError as error:
            self.add_error("source_code", error.messages[0])
        if Source.objects.with_code(code).exists():
            self.add_error("source_code", f"{code} is another source’s code. Leave it empty to get a free one.")

    def near_doubts(self) -> Iterator[Doubt]:
        """Of a valid form that would make a source: whether it may be one that is there. Two queries, else none."""
        data = self.cleaned_data
        if "chosen" in data and data["chosen"] is None and (near := source_nearly_called(data["source_name"])):
            yield near_doubt(near, data["source_name"])

    def named_source(self) -> tuple[Source, bool]:
        """Of a valid form, and whether it had to be made. Raises ValidationError."""
        data = self.cleaned_data
        name, kind, code = (data[f"source_{part}"] for part in ("name", "kind", "code"))
        if known := source_called(name):
            return known, False
        return make_named(name, kind or kind_of(name) or Source.Kind.OTHER, code.upper()), True
