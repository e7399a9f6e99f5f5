"""Completing the names of what the desk has: what an editor has typed so far → some of those that hold it."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.db.models import prefetch_related_objects

from articles.models import Source, Story
from articles.models.source import SourceQuerySet

# So many are offered, however many there are: the next letter brings others.
OFFERED = 20


@dataclass(frozen=True, slots=True)
class Completion:
    """`name` is what the field is to hold, `about` what tells it from others, and why it was found."""

    name: str
    about: str


def sources_completing(words: str = "") -> list[Completion]:
    """Without words the first by name. One query, and one for words that are found."""
    return _sources(Source.objects.in_use(), words)


def outlets_completing(words: str = "") -> list[Completion]:
    return _sources(Source.objects.outlets(), words)


def stories_completing(words: str = "") -> list[Completion]:
    """One query."""
    rows = Story.objects.completing(words)[:OFFERED]
    return [Completion(row.title, f"{row.happened_on:%-d %B %Y}" if row.happened_on else "") for row in rows]


def _sources(rows: SourceQuerySet, words: str) -> list[Completion]:
    """A browser shows only what holds the words: an alias by which one was found stands with its code."""
    found = list(rows.completing(words)[:OFFERED])
    if words:
        prefetch_related_objects(found, "aliases")
    return [Completion(row.name, ", ".join([row.code, *(_aliases_with(row, words) if words else [])])) for row in found]


def _aliases_with(source: Source, words: str) -> list[str]:
    return [alias.name for alias in source.aliases.all() if words.casefold() in alias.name.casefold()]


_COMPLETING: dict[str, Callable[[str], list[Completion]]] = {
    "sources": sources_completing,
    "outlets": outlets_completing,
    "stories": stories_completing,
}


class CompletingForm(forms.Form):
    """`?of=outlets&q=gaz`."""

    of = forms.ChoiceField(choices=[(name, name) for name in _COMPLETING])
    q = forms.CharField(max_length=200, required=False)

    def completions(self) -> list[Completion]:
        return _COMPLETING[self.cleaned_data["of"]](self.cleaned_data["q"])
