"""Facets of the list of claims: what it can be narrowed by, each choice with its number of claims."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from articles.loading import WHO
from articles.models import Article, Claim, Question, Source, Story, Tally
from articles.models.roles import Visitor, is_editor
from articles.pages.forms import ClaimFilterForm
from articles.pages.narrowed import MONTHS, Narrowed, Numbering, Numbers, Value, shelves_of
from articles.pages.visitors import sources_for, stories_for
from newsdesk.compiled import Compiled

# Of each facet as many choices are offered, and of those that somebody looks for.
OFFERED = 8
_FOUND = 20
# Of those that equally many claims have, as many as this are put in order by their names.
_EQUAL = 50
_LOOKED_THROUGH = 200
TITLES = {
    "shown": "Source",
    "story": "Story",
    "question": "Question",
    "article": "Article",
    "outlet": "Outlet",
    "speaker": "Speaker",
    "date": "Published",
    "status": "Status",
}
_OPEN = {"shown", "story", "question", "status"}
# What a parameter is called in `narrowed`.
FIELDS = {"shown": "source", **{name: name for name in ("story", "question", "article", "outlet", "speaker")}}


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """`value` stands in the address. `indent`: a month under its year. `tone` is a source's, 0 for all else."""

    value: str
    label: str
    count: int
    is_chosen: bool
    tone: int = 0
    language: str = ""
    is_disputed: bool = False
    indent: bool = False

    @property
    def id(self) -> str:
        """Of its element: letters of any script and digits may stand in it."""
        return "".join(one if one.isalnum() or one in "-_" else f"-{ord(one):x}-" for one in self.value)

    @property
    def number(self) -> str:
        return f"{self.count:,}"


@dataclass(frozen=True, slots=True)
class Facet:
    """`looked_for` is None where all choices are offered at once, so that nobody needs to look for others. `counted`
    says in how many claims alone the choices were counted that are not chosen. Those that are asked for most stand
    open."""

    name: str
    choices: Sequence[FacetChoice]
    looked_for: str | None = None
    counted: str = ""

    @property
    def title(self) -> str:
        return TITLES[self.name]

    @property
    def is_open(self) -> bool:
        return self.name in _OPEN or bool(self.looked_for) or any(choice.is_chosen for choice in self.choices)


Rows = Mapping[str, Sequence[Any]]


def asked_rows(form: ClaimFilterForm, visitor: Visitor) -> Rows:
    """What the slugs of the filter name, as far as the visitor may know of it. A query for each that names any."""
    named = _NAMED[is_editor(visitor)]
    return {name: named[name].models(list(form.cleaned_data[name])) for name in _VISIBLE}


def _questions(visitor: Visitor) -> Any:
    # Of the few that are named each story is looked at, and no list of all stories made.
    return Question.objects.filter(Exists(stories_for(visitor).filter(pk=OuterRef("story"))))


_VISIBLE: Mapping[str, Callable[[Visitor], Any]] = {
    "shown": sources_for,
    "story": stories_for,
    "question": _questions,
    "article": Article.objects.visible_to,
    "outlet": sources_for,
}
_MODELS: Mapping[str, Any] = {
    "shown": Source,
    "story": Story,
    "question": Question,
    "article": Article,
    "outlet": Source,
}
# Compiled once: these are asked for on each page of a list.
_NAMED = {
    is_for_editors: {
        name: Compiled(lambda slugs, visible=visible, who=who: visible(who).filter(slug__in=slugs))
        for name, visible in _VISIBLE.items()
    }
    for is_for_editors, who in WHO.items()
}
_BY_KEYS = {
    model: Compiled(lambda keys, model=model: model.objects.filter(pk__in=keys).order_by())
    for model in set(_MODELS.values())
}


class Facets:
    """All that the page offers. Three queries at most for each, and one for what all of a kind are called."""

    def __init__(self, form: ClaimFilterForm, visitor: Visitor, narrowed: Narrowed, asked: Rows) -> None:
        self.form, self.visitor, self.asked = form, visitor, asked
        self.numbering = Numbering(narrowed)

    def all(self) -> list[Facet]:
        counts = {name: self._counts(name) for name in FIELDS}
        rows = self._rows(counts)
        facets = [self._named(name, counts[name], rows) for name in _MODELS]
        facets += [self._speakers(counts["speaker"]), self._dates()]
        if is_editor(self.visitor):
            facets.append(self._statuses())
        return facets

    def disputed(self) -> int:
        """How many there are on questions in dispute, under the rest of the filter."""
        numbers = self.numbering.under_the_rest("disputed")
        return self.numbering.all.total if numbers.cut_at and self.numbering.narrowed.disputed else numbers.disputed()

    def _asked_values(self, name: str) -> list[Value]:
        if name == "speaker":
            return list(self.form.cleaned_data["speaker"])
        return [row.pk for row in self.asked[name]]

    def _counts(self, name: str) -> dict[Value, int]:
        """Of the choices offered: those with most claims, and those asked for even if they have none."""
        field, words = FIELDS[name], self.form.looked_for(name)
        numbers = self.numbering.under_the_rest(field)
        if words:
            found = self._found(name, words)
            counts = self.numbering.among(field, found).of(field, found)
        else:
            counts = _most(numbers, field)
        asked = self._asked_values(name)
        if asked and numbers.cut_at:
            # What is chosen has as many under the rest as in the list itself.
            return counts | dict.fromkeys(asked, 0) | self.numbering.all.of(field, asked)
        missing = [value for value in asked if value not in counts]
        return counts | dict.fromkeys(missing, 0) | (numbers.of(field, missing) if missing else {})

    def _found(self, name: str, words: str) -> list[Value]:
        if name == "speaker":
            shelves = self.numbering.narrowed.shelves
            return [one for shelf in shelves for one in Tally.objects.worded(shelf, name, words, _LOOKED_THROUGH)]
        return list(_MODELS[name].objects.worded(words).values_list("pk", flat=True)[:_LOOKED_THROUGH])

    def _rows(self, counts: Mapping[str, Mapping[Value, int]]) -> dict[Any, dict[Any, Any]]:
        """What the values stand for. A query for each model, and none where all of them are asked for."""
        rows: dict[Any, dict[Any, Any]] = {model: {} for model in _MODELS.values()}
        for name, model in _MODELS.items():
            rows[model] |= {row.pk: row for row in self.asked[name]}
        for model, known in rows.items():
            values = {value for name, one in _MODELS.items() if one is model for value in counts[name]}
            if missing := values - known.keys():
                known |= {row.pk: row for row in _BY_KEYS[model].models([int(key) for key in missing])}
        return rows

    def _named(self, name: str, counts: Mapping[Value, int], rows: Mapping[Any, Mapping[Any, Any]]) -> Facet:
        asked = {row.pk for row in self.asked[name]}
        found = [(rows[_MODELS[name]][value], count) for value, count in counts.items()]
        choices = [_choice(row, count, is_chosen=row.pk in asked) for row, count in found]
        return self._facet(name, choices)

    def _speakers(self, counts: Mapping[Value, int]) -> Facet:
        asked = set(self.form.cleaned_data["speaker"])
        choices = [FacetChoice(str(one), str(one), count, one in asked) for one, count in counts.items()]
        return self._facet("speaker", choices)

    def _facet(self, name: str, choices: Iterable[FacetChoice]) -> Facet:
        """The first of them by number, with whatever is chosen, and a way to others if there are more."""
        words = self.form.looked_for(name)
        ordered = sorted(choices, key=lambda choice: (-choice.count, choice.label.casefold(), choice.label))
        most = _FOUND if words else OFFERED
        shown = [one for at, one in enumerate(ordered) if at < most or one.is_chosen]
        counted = self._counted(FIELDS[name])
        return Facet(name, shown, words if words or counted or len(shown) < len(ordered) else None, counted)

    def _counted(self, facet: str) -> str:
        """In how many claims alone what is not chosen is counted, if it is."""
        numbers = self.numbering.under_the_rest(facet)
        return f"{numbers.cut_at:,}" if numbers.cut_at and numbers is not self.numbering.all else ""

    def _dates(self) -> Facet:
        """The years, and under those chosen, or where there is one alone, their months."""
        asked = self.form.cleaned_data["date"]
        months = {str(month): n for month, n in self.numbering.under_the_rest("date").most("month", MONTHS).items()}
        counted = self._counted("date")
        if counted and asked:
            # What is chosen has as many under the rest as in the list itself.
            months |= {str(month): n for month, n in self.numbering.all.most("month", MONTHS).items()}
        months |= {period: 0 for period in asked if len(period) > 4 and period not in months}
        years = sorted({*(month[:4] for month in months), *(period for period in asked if len(period) == 4)})
        opened = years if len(years) == 1 else {period[:4] for period in asked}
        choices = []
        for year in reversed(years):
            own = sorted((month for month in months if month[:4] == year), reverse=True)
            choices.append(FacetChoice(year, year, sum(months[month] for month in own), year in asked))
            if year in opened:
                choices += (FacetChoice(one, month_name(one), months[one], one in asked, indent=True) for one in own)
        return Facet("date", choices, counted=counted)

    def _statuses(self) -> Facet:
        asked = self.form.cleaned_data["status"] or [Claim.Status.ACCEPTED]
        choices = [
            FacetChoice(status.value, str(status.label), self._number_of(status), status.value in asked)
            for status in (Claim.Status.ACCEPTED, Claim.Status.SUGGESTED, Claim.Status.REJECTED)
        ]
        return Facet("status", choices)

    def _number_of(self, status: Claim.Status) -> int:
        narrowed = self.numbering.narrowed
        shelves = shelves_of([status], for_editors=True, has_all_versions=self.form.has_all_versions)
        return self.numbering.of(narrowed.on(shelves)).total


def _most(numbers: Numbers, field: str) -> dict[Value, int]:
    """Those that most claims have, one more than are offered, and others that as many have as the last of them: which
    of these are offered goes by their names, and not by where a database has them."""
    ordered = sorted(numbers.most(field, sys.maxsize).items(), key=lambda one: (-one[1], _in_order(one[0])))
    least = ordered[OFFERED][1] if len(ordered) > OFFERED else 0
    return {value: number for value, number in ordered[:_EQUAL] if number >= least}


def _in_order(value: Value) -> tuple[int, str, str]:
    """Of keys and of speakers, who are named by what they are called."""
    return (value, "", "") if isinstance(value, int) else (0, value.casefold(), value)


def _choice(row: Any, count: int, *, is_chosen: bool) -> FacetChoice:
    return FacetChoice(
        value=row.slug,
        label=str(row),
        count=count,
        is_chosen=is_chosen,
        tone=getattr(row, "tone", 0),
        language=getattr(row, "language", ""),
        is_disputed=getattr(row, "is_disputed", False),
    )


def month_name(period: str) -> str:
    """“February 2018”."""
    return f"{date(int(period[:4]), int(period[5:]), 1):%B %Y}" if "-" in period else period
