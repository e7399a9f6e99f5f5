from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.counting import COUNTED
from articles.decorators import editor_required
from articles.editors.completing import CompletingForm
from articles.editors.editors_desk import done_in
from articles.editors.work_place import WorkPlace, followers, work_query
from articles.models import Revision
from articles.pages.browsing import page_of
from articles.pages.forms import PlaceForm
from articles.pages.not_known import knows
from articles.pages.work import LISTS, WorkList, work_counts, work_list_named
from articles.pages.work_rows import first_rows, work_page
from articles.requests import HtmxHttpRequest, bad_request

SHOWN = 20
PER_PAGE = 50
# Of claims that are no more, so none of the lists of claims.
TAKEN_AWAY = "taken-away"


@require_safe
@editor_required
@knows("list", *PlaceForm.base_fields, "done")
def work_list(request: HtmxHttpRequest) -> HttpResponse:
    """The beginning of each list, or with `?list=NAME` one of them, page by page."""
    name = request.GET.get("list", "")
    here = WorkPlace(work_query(request.GET), name)
    told = {"here": here, "changeset": done_in(request.GET.get("done", ""))}
    if not name:
        return render(request, "articles/work_list.html", {**told, **_beginnings(here)})
    if name == TAKEN_AWAY:
        page = page_of(Revision.objects.taken_away(), request.GET.get("page"), PER_PAGE)
        places = _places(here, name, [one.claim_uid for one in page])
        return render(request, "articles/taken_away.html", {**told, "page": page, "places": places})
    chosen = work_list_named(name)
    if chosen is None:
        return bad_request(request, "There is no work list of this name.")
    form = PlaceForm(request.GET)
    if not form.is_valid():
        return bad_request(request, "The page that this address asks for cannot be found.")
    page, rows, count = work_page(chosen, form.cleaned_data, PER_PAGE)
    sections = [{**_section(here, chosen, rows), "count": count}]
    return render(request, "articles/work_list.html", {**told, "sections": sections, "chosen": chosen, "page": page})


@require_safe
@editor_required
def completions(request: HtmxHttpRequest) -> HttpResponse:
    """What a field can be completed to, as options for its list."""
    form = CompletingForm(request.GET)
    if not form.is_valid():
        return bad_request(request, "This does not say what is to be completed.")
    return render(request, "articles/_completions.html", {"completions": form.completions()})


def _section(here: WorkPlace, one: WorkList, rows: Iterable[Any]) -> dict[str, Any]:
    """A list with its rows, and the place of each that is a claim: where what is done to it leads back to."""
    rows = list(rows)
    uids = [row.uid for row in rows] if one.of_claims else []
    return {"list": one, "rows": rows, "places": _places(here, one.name, uids)}


def _places(here: WorkPlace, name: str, uids: Sequence[str]) -> dict[str, WorkPlace]:
    following = followers(uids)
    return {uid: replace(here, of=name, next=following.get(uid, "")) for uid in uids}


def _beginnings(here: WorkPlace) -> dict[str, Any]:
    """Of the lists that have rows; the others are named."""
    counts = work_counts()
    filled = [(one, counts[one.name]) for one in LISTS if counts.get(one.name)]
    taken_away = list(Revision.objects.taken_away()[: SHOWN + 1])
    return {
        "sections": [
            {**_section(here, one, first_rows(one, SHOWN)), "count": count, "is_exact": count <= COUNTED}
            for one, count in filled
        ],
        "empty": [one for one in LISTS if not counts.get(one.name)],
        "shown": SHOWN,
        "taken_away": taken_away[:SHOWN],
        "places": _places(here, TAKEN_AWAY, [one.claim_uid for one in taken_away[:SHOWN]]),
        "more_taken_away": len(taken_away) > SHOWN,
    }
