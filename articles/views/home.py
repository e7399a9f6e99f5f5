from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.requests import HtmxHttpRequest
from articles.story_list import home_page
from articles.visitors import visitor_of


@require_safe
def home(request: HtmxHttpRequest) -> HttpResponse:
    return render(request, "articles/home.html", home_page(visitor_of(request)))
