"""Annotations that other tools have made, brought in by an editor."""

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from articles.decorators import editor_required, either
from articles.editors.annotations_form import AnnotationsForm
from articles.editors.written import refused
from articles.importing.annotation_files import is_lines
from articles.importing.files import ArticleFileError
from articles.importing.uploaded import take_uploaded
from articles.models import Changeset
from articles.models.uid import UID_PATTERN
from articles.requests import HtmxHttpRequest, bad_request
from articles.writing.editing import EditConflict, EditError
from articles.writing.undoing import undo_all


@either
@editor_required
def annotations_import(request: HtmxHttpRequest) -> HttpResponse:
    """One page, two steps: it shows what would become of each, and then saves that, which can be undone. A file that
    was not looked at is not saved."""
    if request.method != "POST":
        return _page(request, AnnotationsForm())
    if request.POST.get("step") == "undo":
        return _undo(request)
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


def _undo(request: HtmxHttpRequest) -> HttpResponse:
    """All that was saved together, in as many articles as it was."""
    uids = [one for one in request.POST.get("saved", "").split() if re.fullmatch(UID_PATTERN, one)]
    imported = [one for one in Changeset.objects.with_uids(uids) if one.is_of_annotations]
    if not imported:
        return bad_request(request, "This does not say which import to undo.")
    try:
        undo_all(imported, request.user)
    except EditConflict:
        why = "A claim that this import made or changed has been changed since, so nothing was undone."
        return refused(request, "", why)
    except EditError as error:
        return refused(request, "", f"Nothing was undone. {error}")
    return _page(request, AnnotationsForm(), undone=True)


def _page(request: HtmxHttpRequest, form: AnnotationsForm, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "articles/annotations_import.html", {"form": form, **more}, status=status)
