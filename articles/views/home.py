from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.browsing import latest_articles, stories_with_disputes
from articles.requests import HtmxHttpRequest
from articles.visitors import visitor_of

LATEST = 10


@require_safe
def home(request: HtmxHttpRequest) -> HttpResponse:
    visitor = visitor_of(request)
    context = {"stories": stories_with_disputes(visitor), "articles": latest_articles(visitor)[:LATEST]}
    return render(request, "articles/home.html", context)
