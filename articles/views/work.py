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
from articles.pages.not_known import knows
from articles.pages.work import LISTS, WorkList, first_rows, work_counts, work_list_named, work_rows
from articles.requests import HtmxHttpRequest, bad_request

SHOWN = 20
PER_PAGE = 50
# Of claims that are no more, so none of the lists of claims.
TAKEN_AWAY = "taken-away"


@require_safe
@editor_required
@knows("list", "page", "done")
def work_list(request: HtmxHttpRequest) -> HttpResponse:
    """The beginning of each list, or with `?list=NAME` one of them, page by page."""
    name = request.GET.get("list", "")
    if not name:
        counts = work_counts()
        sections = [_beginning(one, counts.get(one.name, 0)) for one in LISTS]
        taken_away = list(Revision.objects.taken_away()[: SHOWN + 1])
        done = done_in(request.GET.get("done", ""))
        context = {"sections": sections, "shown": SHOWN, "changeset": done, "taken_away": taken_away[:SHOWN]}
        context["more_taken_away"] = len(taken_away) > SHOWN
        return render(request, "articles/work_list.html", context)
    if name == TAKEN_AWAY:
        page = page_of(Revision.objects.taken_away(), request.GET.get("page"), PER_PAGE)
        return render(request, "articles/taken_away.html", {"page": page})
    chosen = work_list_named(name)
    if chosen is None:
        return bad_request(request, "There is no work list of this name.")
    page = page_of(work_rows(chosen), request.GET.get("page"), PER_PAGE)
    section = {"list": chosen, "count": page.paginator.count, "rows": page}
    return render(request, "articles/work_list.html", {"sections": [section], "chosen": chosen, "page": page})


@require_safe
@editor_required
def completions(request: HtmxHttpRequest) -> HttpResponse:
    """What a field can be completed to, as options for its list."""
    form = CompletingForm(request.GET)
    if not form.is_valid():
        return bad_request(request, "This does not say what is to be completed.")
    return render(request, "articles/_completions.html", {"completions": form.completions()})


def _beginning(one: WorkList, count: int) -> dict[str, Any]:
    """No query for a list without rows."""
    rows = first_rows(one, SHOWN) if count else []
    return {"list": one, "count": count, "is_exact": count <= COUNTED, "rows": rows}
