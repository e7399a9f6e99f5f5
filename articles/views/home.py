from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.kept_pages import kept_for_readers
from articles.pages.not_known import knows
from articles.pages.story_list import home_page
from articles.pages.visitors import visitor_of
from articles.requests import HtmxHttpRequest


@require_safe
@kept_for_readers()
@knows()
def home(request: HtmxHttpRequest) -> HttpResponse:
    return render(request, "articles/home.html", home_page(visitor_of(request)))
