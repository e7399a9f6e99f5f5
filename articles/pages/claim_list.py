"""The list of claims: its filter, its facets, and one page of what it finds."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from articles.counting import written
from articles.loading import claims_to_list
from articles.models import Article, Claim, Question
from articles.models.claim import ClaimQuerySet
from articles.models.listed import ListedQuerySet
from articles.models.roles import Visitor, is_editor
from articles.pages.browsing import CLAIMS_PER_PAGE, Entry, Group
from articles.pages.facets import FIELDS, Facets, Rows, asked_rows, month_name
from articles.pages.forms import ClaimFilterForm, Unknown
from articles.pages.in_order import BY_QUESTION, IN_INDEX, MARKED, ORDERS, Order, by_shelves, page_with, place_in
from articles.pages.narrowed import AT, Counted, Narrowed, Numbers, shelves_of
from articles.pages.paging import Fetch, RowsPage, fetch_from, window

# How what a list is narrowed by joins its title.
_JOINED = {
    **{"shown": "of", "story": "in", "question": "on", "article": "in", "outlet": "in", "speaker": "by", "date": "in"},
    **{"q": "with", "versions": "with"},
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that narrows the list; `query` is the address's without it."""

    title: str
    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Total:
    """`counted` of them are, for the facets, where these are not all."""

    number: int
    is_exact: bool
    counted: str

    def __str__(self) -> str:
        return written(self.number, is_exact=self.is_exact)


def claims_page(form: ClaimFilterForm, visitor: Visitor) -> dict[str, Any]:
    asked = asked_rows(form, visitor)
    narrowed = narrowed_by(form, visitor, asked)
    facets = Facets(form, visitor, narrowed, asked)
    numbers = facets.numbering.all
    page = _page(form, narrowed, numbers)
    return {
        "form": form,
        "page": page,
        "total": Total(numbers.total, numbers.is_exact, f"{numbers.cut_at:,}" if numbers.cut_at else ""),
        "groups": _grouped(page, _first_question if form.cleaned_data["group"] == "question" else _article),
        "facets": facets.all(),
        "disputed": facets.disputed(),
        "chips": _chips(form, asked),
        "title": claims_title(form, asked),
        "unknown": unknown_in(form, asked),
    }


def claims_title(form: ClaimFilterForm, asked: Rows) -> str:
    """“Claims of SANA or Coalition, in Khusham”: by what narrows the list for readers."""
    labels: dict[str, list[str]] = defaultdict(list)
    for chip in _chips(form, asked):
        if chip.title != "status":
            labels[chip.title].append(chip.label)
    parts = [f"{_JOINED.get(title, '')} {' or '.join(some)}".strip() for title, some in labels.items()]
    return " ".join(["Claims", ", ".join(parts)]).strip()


def claims_of(form: ClaimFilterForm, visitor: Visitor) -> ClaimQuerySet:
    """All that the filter lets through, as from `listed_of`."""
    return Claim.objects.listed_for(visitor).among(listed_of(form, visitor, asked_rows(form, visitor)))


def listed_of(form: ClaimFilterForm, visitor: Visitor, asked: Rows) -> ListedQuerySet:
    """The rows of all that the filter lets through, suggestions too where the visitor may see them and asks for no
    status."""
    return narrowed_by(form, visitor, asked, (Claim.Status.ACCEPTED, Claim.Status.SUGGESTED)).rows()


def unknown_in(form: ClaimFilterForm, asked: Rows) -> list[Unknown]:
    """What it names that the visitor may know nothing of."""
    return form.unknown({name: [row.slug for row in rows] for name, rows in asked.items()})


def narrowed_by(
    form: ClaimFilterForm, visitor: Visitor, asked: Rows, unasked: Sequence[str] = (Claim.Status.ACCEPTED,)
) -> Narrowed:
    """`unasked` are the statuses if the filter names none."""
    statuses = form.cleaned_data["status"] or unasked
    keys: dict[str, Any] = {
        field: tuple(row.pk for row in asked[name]) if form.cleaned_data[name] else None
        for name, field in FIELDS.items()
        if name in asked
    }
    return Narrowed(
        shelves_of(statuses, for_editors=is_editor(visitor), has_all_versions=form.has_all_versions),
        speaker=tuple(form.cleaned_data["speaker"]) or None,
        ages=form.ages,
        disputed=bool(form.cleaned_data["disputed"]),
        sought=form.sought if form.cleaned_data["q"].strip() else None,
        **keys,
    )


def _order(form: ClaimFilterForm) -> Order:
    """What is looked for by words comes as the index has it: it can be read from there without reading all."""
    asked = form.cleaned_data
    if asked["group"] == "question":
        return BY_QUESTION
    return ORDERS[asked["sort"] or ("marked" if asked["q"].strip() else "")]


def _page(form: ClaimFilterForm, narrowed: Narrowed, numbers: Numbers) -> RowsPage[Claim]:
    """One query for each table that the claims need, and two at most for where they stand."""
    order = _order(form)
    found = window(_fetch(narrowed, numbers, order), place_in(form.cleaned_data, order), CLAIMS_PER_PAGE)
    page = page_with(claims_to_list([row[AT["claim_id"]] for row in found.rows]), found, order)
    return page.counted(numbers.total if numbers.is_exact else None, CLAIMS_PER_PAGE)


def _fetch(narrowed: Narrowed, numbers: Numbers, order: Order) -> Fetch[tuple[Any, ...]]:
    """From the rows that were counted, if these are all; else from an index."""
    if isinstance(numbers, Counted) and not numbers.cut_at:
        return fetch_from(order.sorted(numbers.rows), order.values_of)
    read = IN_INDEX if narrowed.is_by_index_alone and order is MARKED else order
    return by_shelves(narrowed.shelves, lambda shelf: narrowed.on((shelf,)).rows(), order, read)


def _grouped(page: RowsPage[Claim], heading: Callable[[Claim], Any]) -> list[Group]:
    """Neighbours under the same heading together."""
    return [Group(above, tuple(map(Entry, claims))) for above, claims in groupby(page.rows, key=heading)]


def _article(claim: Claim) -> Article:
    return claim.article


def _first_question(claim: Claim) -> Question | None:
    """Of those that it answers: by that one they are ordered."""
    answers = sorted(claim.answers.all(), key=lambda answer: answer.question_id)
    return answers[0].question if answers else None


def _chips(form: ClaimFilterForm, asked: Rows) -> list[Chip]:
    """Of all that narrows the list, in the order of the facets."""
    chips = [Chip(name, str(row), form.without(name, row.slug)) for name, rows in asked.items() for row in rows]
    labels: dict[str, Callable[[str], str]] = {"speaker": str, "date": month_name, "status": str}
    for name, label in labels.items():
        chips += (Chip(name, label(one), form.without(name, one)) for one in form.cleaned_data[name])
    chips += _single_chips(form)
    return chips


def _single_chips(form: ClaimFilterForm) -> Iterable[Chip]:
    asked = form.cleaned_data
    said = {
        "since": f"since {asked['since']:%-d %B %Y}" if asked["since"] else "",
        "until": f"until {asked['until']:%-d %B %Y}" if asked["until"] else "",
        "disputed": "on questions in dispute" if asked["disputed"] else "",
        "q": f"“{asked['q'].strip()}”" if asked["q"].strip() else "",
        "versions": "earlier versions too" if asked["versions"] else "",
    }
    for name, label in said.items():
        if label:
            yield Chip(name, label, form.without(name, form.query.get(name, "")))
