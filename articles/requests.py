"""The requests that views get, and the answers that several of them give."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from articles.models import Article


class HtmxHttpRequest(HttpRequest):
    htmx: HtmxDetails


def gone(request: HttpRequest, why: str, notices: Iterable[str] = (), history: str = "") -> HttpResponse:
    """410 with a notice: what stood here was withdrawn or deleted. `history` is an address for editors."""
    return render(request, "gone.html", {"why": why, "notices": notices, "history": history}, status=410)


def gone_with(request: HttpRequest, what: str, articles: Iterable[Article]) -> HttpResponse | None:
    """410 for what went with these articles, which readers could see once, and nothing if there are none."""
    articles = list(articles)
    if not articles:
        return None
    notices = dict.fromkeys(article.withdrawal_notice for article in articles if article.withdrawal_notice)
    if all(article.status == Article.Status.WITHDRAWN for article in articles):
        return gone(request, f"This {what} was withdrawn.", notices)
    return gone(request, f"This {what} is not public at the moment.", notices)


def bad_request(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "bad_address.html", {"why": why}, status=400)
