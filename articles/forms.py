"""Forms: what a request may ask for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django import forms
from django.http import QueryDict

from articles.models import Article, Question, Ruling, Source, Story
from articles.models.claim import ClaimQuerySet
from articles.models.roles import Visitor, is_editor
from articles.search import languages
from articles.text.seeking import Sought, read_query
from articles.visitors import sources_for, stories_for


class SlugsField(forms.Field):
    """A parameter that may be given several times. Blanks and doubles are left out."""

    widget = forms.MultipleHiddenInput
    LIMIT = 100

    def clean(self, value: Any) -> list[str]:
        slugs = [slug for slug in dict.fromkeys(value or []) if slug]
        if len(slugs) > self.LIMIT or any(len(slug) > 140 or "\x00" in slug for slug in slugs):
            raise forms.ValidationError("That is more than a filter can hold.")
        return slugs


class AskedField(forms.Field):
    """What somebody looks for: any text at all, as it was typed."""

    def clean(self, value: Any) -> str:
        return str(value or "").replace("\x00", " ")


class PageField(forms.Field):
    """The number of a page; the first one if it is none."""

    def clean(self, value: Any) -> int:
        text = str(value or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


class SearchForm(forms.Form):
    """`?q=` what is looked for; `?kind=claims`; `?versions=all`. `?typing=1`: the last word may not be complete."""

    q = AskedField(required=False)
    kind = forms.ChoiceField(choices=[("", "both"), ("articles", "articles"), ("claims", "claims")], required=False)
    versions = forms.ChoiceField(choices=[("", "latest"), ("all", "all")], required=False)
    typing = forms.BooleanField(required=False)
    page = PageField(required=False)


class ShownForm(forms.Form):
    """Which sources a page shows: `?shown=sana&shown=russian-mod`. None given: all."""

    shown = SlugsField(required=False)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A slug in a filter that names nothing the visitor may know of; `query` is the filter without it."""

    field: str
    slug: str
    query: str


class ClaimFilterForm(ShownForm):
    """Narrows a list of claims. Parameters that are given several times are alternatives."""

    story = SlugsField(required=False)
    article = SlugsField(required=False)
    question = SlugsField(required=False)
    q = AskedField(required=False)
    versions = forms.ChoiceField(choices=[("", "latest"), ("all", "all")], required=False)

    def __init__(self, query: QueryDict, visitor: Visitor) -> None:
        once = {"q", "versions"}
        super().__init__({name: query.get(name) if name in once else query.getlist(name) for name in self.base_fields})
        self.query = query
        self.visitor = visitor

    def clean_shown(self) -> list[str]:
        shown: list[str] = self.cleaned_data["shown"]
        return Source.objects.living_slugs(shown) if shown else []

    def narrow(self, claims: ClaimQuerySet, *, except_shown: bool = False) -> ClaimQuerySet:
        """The claims that the filter lets through; with `except_shown`, those of all sources."""
        asked = self.cleaned_data
        if not asked["versions"] and not asked["article"]:
            claims = claims.in_latest_versions()
        if asked["story"]:
            claims = claims.in_stories(asked["story"])
        if asked["article"]:
            claims = claims.in_articles(asked["article"])
        if asked["question"]:
            claims = claims.answering(asked["question"])
        if asked["q"].strip():
            claims = claims.found_by(self.sought)
        if asked["shown"] and not except_shown:
            claims = claims.by_sources(asked["shown"])
        return claims

    @cached_property
    def sought(self) -> Sought:
        """In the words of claims, and for editors in their notes. One query, for the languages."""
        return read_query(self.cleaned_data["q"], languages(), in_notes=is_editor(self.visitor))

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.values())

    def stories(self) -> list[Story]:
        return list(stories_for(self.visitor).order_by("title"))

    def articles(self) -> list[Article]:
        return list(Article.objects.visible_to(self.visitor).order_by("title", "version_number"))

    def questions(self) -> list[Question]:
        """Of the stories asked for, and those asked for themselves: a filter that is on is seen to be on."""
        questions = visible = Question.objects.filter(story__in=stories_for(self.visitor))
        if self.cleaned_data["story"]:
            questions = visible.in_stories(self.cleaned_data["story"]) | visible.named(self.cleaned_data["question"])
        return list(questions.order_by("story__title", "position", "id"))

    def unknown(self, offered: Mapping[str, Iterable[str]]) -> list[Unknown]:
        """What was asked for and is not among the slugs offered for its field, in the words of the address: a
        merged source's slug does not give away the one that it leads to."""
        asked = {
            name: [slug for slug in self.query.getlist(name) if slug in self.cleaned_data[name]] for name in offered
        }
        return [
            Unknown(name, slug, self._without(name, slug))
            for name, slugs in asked.items()
            for slug in dict.fromkeys(slugs)
            if slug not in set(offered[name])
        ]

    def _without(self, name: str, slug: str) -> str:
        query = self.query.copy()
        query.setlist(name, [one for one in query.getlist(name) if one != slug])
        query.pop("page", None)
        return query.urlencode()

    def sources(self, counts: dict[int, int]) -> list[Source]:
        """Those with claims under the rest of the filter, and those asked for; most claims first."""
        asked = set(self.cleaned_data["shown"])
        found = [one for one in sources_for(self.visitor) if counts.get(one.pk) or one.slug in asked]
        return sorted(found, key=lambda source: (-counts.get(source.pk, 0), source.name))


class RestoreForm(forms.Form):
    """Which version of a claim to restore, and which one the page showed as the current one (0: deleted)."""

    version = forms.IntegerField(min_value=1)
    based_on = forms.IntegerField(min_value=0)


class AccountsForm(ShownForm):
    """What the page of a story shows: `?shown=` sources, `?question=` questions, `?order=name`, `?versions=all`."""

    question = SlugsField(required=False)
    order = forms.ChoiceField(choices=[("", "by number of claims"), ("name", "by name")], required=False)
    versions = forms.ChoiceField(choices=[("", "latest"), ("all", "all")], required=False)

    def __init__(self, query: QueryDict) -> None:
        many = {"shown", "question"}
        super().__init__({name: query.getlist(name) if name in many else query.get(name) for name in self.base_fields})


class RulingForm(forms.Form):
    """How two sources relate on a question, and why, in an editor's word. The fields offer what they are given."""

    one = forms.ModelChoiceField(Source.objects.none(), to_field_name="slug", label="Source", empty_label="Choose …")
    other = forms.ModelChoiceField(
        Source.objects.none(), to_field_name="slug", label="and source", empty_label="Choose …"
    )
    says = forms.ChoiceField(choices=[("", "Choose …"), *Ruling.Says.choices], label="Their accounts")
    reason = forms.CharField(
        max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), label="Reason, which readers see"
    )

    def __init__(self, sources: Iterable[Source], data: QueryDict | None = None) -> None:
        super().__init__(data)
        offered = Source.objects.in_use().named([source.slug for source in sources])
        for name in ("one", "other"):
            field = cast("forms.ModelChoiceField[Source]", self.fields[name])
            field.queryset = offered

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("one") and data.get("one") == data.get("other"):
            self.add_error("other", "Choose two different sources.")
        return data


class AcceptSureForm(forms.Form):
    """How sure suggestions have to be that are accepted together, in hundredths."""

    least = forms.IntegerField(min_value=1, max_value=100)
    token = forms.CharField(max_length=36, required=False)
