from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.browsing import stories_page, story_page
from articles.requests import HtmxHttpRequest, gone_with
from articles.visitors import once_public, stories_for, visitor_of


@require_safe
def story_list(request: HtmxHttpRequest) -> HttpResponse:
    context = stories_page(visitor_of(request), request.GET.get("page"))
    return render(request, "articles/story_list.html", context)


@require_safe
def story_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    visitor = visitor_of(request)
    story = stories_for(visitor).named(slug).first()
    if story is None:
        return _missing(request, slug)
    return render(request, "articles/story_detail.html", story_page(story, visitor))


def _missing(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    answer = gone_with(request, "story", once_public().in_stories([slug]))
    if answer is None:
        raise Http404("There is no such story.")
    return answer
