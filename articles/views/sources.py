from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from articles.decorators import editor_required, either
from articles.editors.new_sources import SourceNameForm
from articles.editors.source_form import SourceEditForm
from articles.exporting.negotiating import PARAMETERS, exported_by
from articles.kept_pages import kept_for_readers
from articles.models import Source
from articles.pages.browsing import SOURCES_PER_PAGE, page_of, source_page, sources_with_counts
from articles.pages.forms import ClaimFilterForm
from articles.pages.not_known import knows
from articles.pages.source_history import parts_changed, source_history
from articles.pages.visitors import once_public_of_source, sources_for, visitor_of
from articles.requests import HtmxHttpRequest, bad_request, gone_with
from articles.views.exports import source_export
from articles.writing.editing import EditError
from articles.writing.source_edits import SourceConflict, edit_source, source_parts


@require_safe
@kept_for_readers("page")
@knows("page")
def source_list(request: HtmxHttpRequest) -> HttpResponse:
    sources = sources_with_counts(visitor_of(request))
    page = page_of(sources, request.GET.get("page"), SOURCES_PER_PAGE)
    return render(request, "articles/source_list.html", {"page": page})


@require_safe
@exported_by(source_export, *ClaimFilterForm.parameters())
@kept_for_readers("page")
@knows("page", *PARAMETERS)
def source_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    visitor = visitor_of(request)
    named = get_object_or_404(Source.objects.select_related("merged_into"), slug=slug)
    source = named.living()
    if not sources_for(visitor).contains(source):
        return _missing(request, source)
    if source != named:
        return redirect(source)
    context = source_page(source, visitor, request.GET.get("page"))
    return render(request, "articles/source_detail.html", context)


@require_safe
@editor_required
def source_code(request: HtmxHttpRequest) -> HttpResponse:
    """For the form of a claim: the code that a new source of this name gets, and who is called so, or nearly so."""
    form = SourceNameForm(request.GET)
    if not form.is_valid():
        return bad_request(request, "The name of a source has 120 letters at most.")
    return render(request, "articles/_source_named.html", {"naming": form.naming()})


@either
@editor_required
def source_edit(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    source = Source.objects.living(slug)
    if source is None:
        raise Http404("There is no such source.")
    if source.slug != slug:
        return redirect("source_edit", source.slug)
    if request.method != "POST":
        return _edit_page(request, source, SourceEditForm(source))
    form = SourceEditForm(source, request.POST)
    if not form.is_valid():
        return _edit_page(request, source, form, status=422)
    try:
        edit_source(source, form.cleaned_data["filled"], form.parts(), request.user)
    except SourceConflict as conflict:
        form.base_on(conflict.source)
        conflicts = parts_changed(form.cleaned_data["filled"], source_parts(conflict.source))
        return _edit_page(request, conflict.source, form, status=409, is_conflict=True, conflicts=conflicts)
    except EditError as error:
        return _edit_page(request, source, form, status=409, trouble=str(error))
    return redirect(f"{request.path}?saved=data")


def _edit_page(
    request: HtmxHttpRequest, source: Source, form: SourceEditForm, status: int = 200, **more: Any
) -> HttpResponse:
    is_saved = request.GET.get("saved") == "data"
    context = {"source": source, "form": form, "changes": source_history(source), "is_saved": is_saved, **more}
    return render(request, "articles/source_edit.html", context, status=status)


def _missing(request: HtmxHttpRequest, source: Source) -> HttpResponse:
    answer = gone_with(request, "source", once_public_of_source(source))
    if answer is None:
        raise Http404("There is no such source.")
    return answer
