from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from articles.decorators import editor_required
from articles.editors.work_place import work_place
from articles.models import Revision
from articles.pages.forms import RestoreForm
from articles.pages.history import history_of
from articles.requests import HtmxHttpRequest, bad_request
from articles.writing.editing import EditConflict, EditError
from articles.writing.restoring import restore


@require_safe
@editor_required
def claim_history(request: HtmxHttpRequest, uid: str) -> HttpResponse:
    return _page(request, uid)


@require_POST
@editor_required
def claim_restore(request: HtmxHttpRequest, uid: str) -> HttpResponse:
    form = RestoreForm(request.POST)
    if not form.is_valid():
        return bad_request(request, "This does not say which version to restore.")
    asked = form.cleaned_data
    revision = get_object_or_404(Revision.objects.of_claims([uid]), version=asked["version"])
    try:
        restore(revision, request.user, based_on=asked["based_on"])
    except EditConflict:
        why = "Somebody else changed this claim in the meantime, and nothing was restored. See below what they did."
        return _page(request, uid, why, status=409)
    except EditError as error:
        return _page(request, uid, f"Nothing was restored. {error}", status=409)
    if place := work_place(request.POST):
        return redirect(place.after(Revision.objects.of_claims([uid]).newest_first()[0].changeset))
    return redirect("claim_history", uid)


def _page(request: HtmxHttpRequest, uid: str, trouble: str = "", status: int = 200) -> HttpResponse:
    history = history_of(uid)
    if history is None:
        raise Http404("There is no such claim.")
    return render(request, "articles/claim_history.html", {"history": history, "trouble": trouble}, status=status)
