from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.browsing import story_page
from articles.models import Story
from articles.requests import HtmxHttpRequest
from articles.visitors import visitor_of


@require_safe
def story_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    story = get_object_or_404(Story, slug=slug)
    return render(request, "articles/story_detail.html", story_page(story, visitor_of(request)))
