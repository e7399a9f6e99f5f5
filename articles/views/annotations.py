"""Annotations that other tools have made, brought in by an editor."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from articles.decorators import editor_required, either
from articles.editors.annotations_form import AnnotationsForm
from articles.importing.annotation_files import is_lines
from articles.importing.files import ArticleFileError
from articles.importing.uploaded import take_uploaded
from articles.requests import HtmxHttpRequest


@either
@editor_required
def annotations_import(request: HtmxHttpRequest) -> HttpResponse:
    """One page, two steps: it shows what would become of each, and then saves that. A file that was not looked at is
    not saved."""
    if request.method != "POST":
        return _page(request, AnnotationsForm())
    form = AnnotationsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    asked = form.cleaned_data
    save = request.POST.get("step") == "save" and not asked["is_new"]
    try:
        uploaded = take_uploaded(asked["content"], asked["name"], request.user, save=save)
    except ArticleFileError as error:
        form.add_error("file", f"Line {error.line}: {error.message}" if error.line else error.message)
        return _page(request, form, status=422)
    form.keep()
    return _page(request, form, uploaded=uploaded, saved=save, name=asked["name"], lines=is_lines(asked["name"]))


def _page(request: HtmxHttpRequest, form: AnnotationsForm, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "articles/annotations_import.html", {"form": form, **more}, status=status)
