from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.counting import COUNTED
from articles.decorators import editor_required
from articles.editors.completing import CompletingForm
from articles.editors.editors_desk import done_in
from articles.models import Revision
from articles.pages.browsing import page_of
from articles.pages.forms import PlaceForm
from articles.pages.not_known import knows
from articles.pages.work import LISTS, work_counts, work_list_named
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
    if not name:
        return render(request, "articles/work_list.html", _beginnings(request.GET.get("done", "")))
    if name == TAKEN_AWAY:
        taken_away = page_of(Revision.objects.taken_away(), request.GET.get("page"), PER_PAGE)
        return render(request, "articles/taken_away.html", {"page": taken_away})
    chosen = work_list_named(name)
    if chosen is None:
        return bad_request(request, "There is no work list of this name.")
    form = PlaceForm(request.GET)
    if not form.is_valid():
        return bad_request(request, "The page that this address asks for cannot be found.")
    page, rows, count = work_page(chosen, form.cleaned_data, PER_PAGE)
    section = {"list": chosen, "count": count, "rows": rows}
    return render(request, "articles/work_list.html", {"sections": [section], "chosen": chosen, "page": page})


@require_safe
@editor_required
def completions(request: HtmxHttpRequest) -> HttpResponse:
    """What a field can be completed to, as options for its list."""
    form = CompletingForm(request.GET)
    if not form.is_valid():
        return bad_request(request, "This does not say what is to be completed.")
    return render(request, "articles/_completions.html", {"completions": form.completions()})


def _beginnings(done: str) -> dict[str, Any]:
    """Of the lists that have rows; the others are named."""
    counts = work_counts()
    filled = [(one, counts[one.name]) for one in LISTS if counts.get(one.name)]
    taken_away = list(Revision.objects.taken_away()[: SHOWN + 1])
    return {
        "sections": [
            {"list": one, "count": count, "is_exact": count <= COUNTED, "rows": first_rows(one, SHOWN)}
            for one, count in filled
        ],
        "empty": [one for one in LISTS if not counts.get(one.name)],
        "shown": SHOWN,
        "changeset": done_in(done),
        "taken_away": taken_away[:SHOWN],
        "more_taken_away": len(taken_away) > SHOWN,
    }
