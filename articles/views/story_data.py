"""The data of a story, for editors: what it is called, and what it asks."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from articles.decorators import editor_required, either
from articles.editors.story_form import StoryEditForm
from articles.models import Story
from articles.pages.story_history import story_history
from articles.requests import HtmxHttpRequest
from articles.writing.editing import EditError
from articles.writing.story_edits import StoryConflict, edit_story


@either
@editor_required
def story_edit(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """`?question=` names the one that is shown where there are too many for one page."""
    story = Story.objects.named(slug).first()
    if story is None:
        raise Http404("There is no such story.")
    if request.method != "POST":
        return _page(request, story, StoryEditForm(story, only=request.GET.get("question", "")))
    form = StoryEditForm(story, request.POST)
    if not form.is_valid():
        return _page(request, story, form, status=422)
    try:
        edit_story(story, form.cleaned_data["filled"], form.parts(), form.gone(), request.user)
    except StoryConflict:
        return _conflict(request, story)
    except EditError as error:
        return _page(request, story, StoryEditForm(story, request.POST), status=409, trouble=str(error))
    return redirect(f"{request.path}?saved=data")


def _conflict(request: HtmxHttpRequest, story: Story) -> HttpResponse:
    """With the form as it is now."""
    story.refresh_from_db()
    form = StoryEditForm(story, request.POST)
    if not form.is_valid():
        return _page(request, story, form, status=422)
    conflicts = form.changed_since()
    form.base_on_now()
    return _page(request, story, form, status=409, is_conflict=True, conflicts=conflicts)


def _page(request: HtmxHttpRequest, story: Story, form: StoryEditForm, status: int = 200, **more: Any) -> HttpResponse:
    is_saved = request.GET.get("saved") == "data"
    context = {"story": story, "form": form, "changes": story_history(story), "is_saved": is_saved, **more}
    return render(request, "articles/story_edit.html", context, status=status)
