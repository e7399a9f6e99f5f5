"""Forms: what a request may ask for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

from django import forms
from django.core.validators import MinValueValidator
from django.http import QueryDict

from articles.models import Claim, Ruling, Source
from articles.models.roles import Visitor, is_editor
from articles.pages.periods import PERIOD, Ages, ages_of
from articles.search import languages
from articles.text.seeking import Sought, read_query

TOO_EARLY = "A day since 1900."
# So much is named of a value that cannot be read.
_NAMED = 40


def unreadable(form: forms.Form, **called: str) -> str:
    """What of an address its form refuses, in a sentence. `called`: the parameters whose fields have other names."""
    asked = ", ".join(f"“{called.get(name, name)}={_shortened(form.data.get(name))}”" for name in form.errors)
    return f"This address asks for {asked}, which cannot be read here."


def _shortened(asked: Any) -> str:
    """Without what no page may hold, as a null."""
    words = ", ".join(map(str, asked)) if isinstance(asked, list) else str(asked)
    words = "".join(one if one.isprintable() else "�" for one in words[: 2 * _NAMED])
    return words if len(words) <= _NAMED else f"{words[:_NAMED]}…"


class SlugsField(forms.Field):
    """A parameter that may be given several times. Blanks and doubles are left out."""

    widget = forms.MultipleHiddenInput
    LIMIT = 100
    LENGTH = 140

    def clean(self, value: Any) -> list[str]:
        slugs = [slug for slug in dict.fromkeys(value or []) if slug]
        if len(slugs) > self.LIMIT or any(len(slug) > self.LENGTH or "\x00" in slug for slug in slugs):
            raise forms.ValidationError("That is more than a filter can hold.")
        return slugs


class NamesField(SlugsField):
    """The same with speakers, as worded."""

    LENGTH = 200


class PeriodsField(SlugsField):
    """Years and months: `?date=2018&date=2019-02`."""

    def clean(self, value: Any) -> list[str]:
        periods = super().clean(value)
        if not all(PERIOD.fullmatch(period) for period in periods):
            raise forms.ValidationError("A year or a month.")
        return periods


class StatusesField(SlugsField):
    def clean(self, value: Any) -> list[str]:
        statuses = super().clean(value)
        if not set(statuses) <= set(Claim.Status.values):
            raise forms.ValidationError("A claim has no such status.")
        return statuses


class AskedField(forms.Field):
    """What somebody looks for: any text at all, as it was typed."""

    def clean(self, value: Any) -> str:
        return str(value or "").replace("\x00", " ")


class PageField(forms.Field):
    """The number of a page; the first one if it is none."""

    def clean(self, value: Any) -> int:
        text = str(value or "")
        return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


class RowField(PageField):
    """The number of a row; 0 if it is none."""

    def clean(self, value: Any) -> int:
        return super().clean(value) if value else 0


class PlaceForm(forms.Form):
    """Where a page of a list stands: `?below=` a row of it, `?above=`, `?end=last`; else by its number.
    `?row=51`: which of all rows its first one is, where the address knows."""

    below = forms.CharField(max_length=80, required=False)
    above = forms.CharField(max_length=80, required=False)
    end = forms.ChoiceField(choices=[("", "first"), ("last", "last")], required=False)
    page = PageField(required=False)
    row = RowField(required=False)


class SearchForm(PlaceForm):
    """`?q=` what is looked for; `?kind=claims`; `?versions=all`. `?typing=1`: the last word may not be complete."""

    q = AskedField(required=False)
    kind = forms.ChoiceField(choices=[("", "both"), ("articles", "articles"), ("claims", "claims")], required=False)
    versions = forms.ChoiceField(choices=[("", "latest"), ("all", "all")], required=False)
    typing = forms.BooleanField(required=False)
    # An article is named by its slug.
    below = forms.CharField(max_length=160, required=False)
    above = forms.CharField(max_length=160, required=False)


class ShownForm(forms.Form):
    """Which sources a page shows: `?shown=sana&shown=russian-mod`. None given: all."""

    shown = SlugsField(required=False)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A slug in a filter that names nothing the visitor may know of; `query` is the filter without it."""

    field: str
    slug: str
    query: str


class DayField(forms.DateField):
    """A day of an article. A year of which the last digits are missing is none."""

    def __init__(self) -> None:
        super().__init__(
            required=False, input_formats=["%Y-%m-%d"], validators=[MinValueValidator(date(1900, 1, 1), TOO_EARLY)]
        )


class ClaimFilterForm(ShownForm, PlaceForm):
    """Narrows a list of claims. Parameters that are given several times are alternatives."""

    SORTS = {
        "": "Newest report first",
        "marked": "Last marked first",
        "text": "As the texts run",
        "source": "By source",
    }
    GROUPS = {"": "article", "question": "question"}
    NARROWING = (
        *("shown", "story", "question", "article", "outlet", "speaker"),
        *("date", "since", "until", "disputed", "status", "q", "versions"),
    )

    story = SlugsField(required=False)
    article = SlugsField(required=False)
    question = SlugsField(required=False)
    outlet = SlugsField(required=False)
    speaker = NamesField(required=False)
    date = PeriodsField(required=False)
    since = DayField()
    until = DayField()
    disputed = forms.ChoiceField(choices=[("", "all"), ("1", "disputed")], required=False)
    status = StatusesField(required=False)
    q = AskedField(required=False)
    versions = forms.ChoiceField(choices=[("", "latest"), ("all", "all")], required=False)
    sort = forms.ChoiceField(choices=list(SORTS.items()), required=False)
    group = forms.ChoiceField(choices=list(GROUPS.items()), required=False)

    def __init__(self, query: QueryDict, visitor: Visitor) -> None:
        many = {name for name, field in self.base_fields.items() if isinstance(field, SlugsField)}
        super().__init__({name: query.getlist(name) if name in many else query.get(name) for name in self.base_fields})
        self.query = query
        self.visitor = visitor

    @classmethod
    def parameters(cls) -> list[str]:
        """All that the address of a list of claims may ask for."""
        return [*cls.base_fields, *(f"find_{name}" for name in cls.NARROWING)]

    def looked_for(self, name: str) -> str:
        """`?find_speaker=veale`: other choices of a facet than the first."""
        return self.query.get(f"find_{name}", "").replace("\x00", "").strip()[:100]

    def clean_shown(self) -> list[str]:
        shown: list[str] = self.cleaned_data["shown"]
        return Source.objects.living_slugs(shown) if shown else []

    def clean_status(self) -> list[str]:
        """Readers know of one alone."""
        statuses: list[str] = self.cleaned_data["status"] if is_editor(self.visitor) else []
        return statuses

    @property
    def has_all_versions(self) -> bool:
        """An article that is asked for is meant as it is, whatever came after it."""
        return bool(self.cleaned_data["versions"] or self.cleaned_data["article"])

    @cached_property
    def sought(self) -> Sought:
        """In the words of claims, and for editors in their notes. One query, for the languages."""
        return read_query(self.cleaned_data["q"], languages(), in_notes=is_editor(self.visitor))

    @cached_property
    def ages(self) -> Ages | None:
        """When the articles were published, as lists of claims know it; None if any time will do."""
        since: date | None = self.cleaned_data["since"]
        return ages_of(self.cleaned_data["date"], since, self.cleaned_data["until"])

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data[name] for name in self.NARROWING)

    def unknown(self, offered: Mapping[str, Iterable[str]]) -> list[Unknown]:
        """What was asked for and is not among the slugs offered for its field, in the words of the address: a
        merged source's slug does not give away the one that it leads to."""
        asked = {
            name: [slug for slug in self.query.getlist(name) if slug in self.cleaned_data[name]] for name in offered
        }
        return [
            Unknown(name, slug, self.without(name, slug))
            for name, slugs in asked.items()
            for slug in dict.fromkeys(slugs)
            if slug not in set(offered[name])
        ]

    def without(self, name: str, value: str) -> str:
        """The address's query, less this value, from the beginning of the list. A source that is not in the address
        is one that others were merged into: then it is these that go."""
        query, given = self.query.copy(), self.query.getlist(name)
        stays = [one for one in given if one != value]
        query.setlist(name, stays if value in given else [one for one in given if one in self.cleaned_data[name]])
        for place in ("page", "below", "above", "end", "row", "done"):
            query.pop(place, None)
        return query.urlencode()


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
        offered = Source.objects.in_use().named([source.slug for source in sources]).by_name()
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
