from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.browsing import story_page
from articles.requests import HtmxHttpRequest
from articles.visitors import stories_for, visitor_of


@require_safe
def story_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    visitor = visitor_of(request)
    story = get_object_or_404(stories_for(visitor), slug=slug)
    return render(request, "articles/story_detail.html", story_page(story, visitor))
