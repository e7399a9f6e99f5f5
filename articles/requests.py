"""The requests that views get, and the answers that several of them give."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from articles.models import Article


class HtmxHttpRequest(HttpRequest):
    htmx: HtmxDetails


_NOTHING = QueryDict("")


def asked_of(request: HttpRequest) -> QueryDict:
    """What its address asks for: nothing, most of the time."""
    return request.GET if request.META.get("QUERY_STRING") else _NOTHING


def is_part(request: HtmxHttpRequest) -> bool:
    """Whether htmx asks for a part of the page. All others are spared the looking through their headers."""
    return "HTTP_HX_REQUEST" in request.META and bool(request.htmx)


def vary_on(response: HttpResponseBase, names: Sequence[str]) -> None:
    """As Django does it, but for an answer that says so already."""
    held = response.headers.get("Vary")
    if held is None:
        response.headers["Vary"] = ", ".join(names)
    elif not set(names) <= set(held.split(", ")):
        patch_vary_headers(response, names)


def gone(
    request: HttpRequest, why: str, notices: Iterable[str] = (), history: str = "", version: Article | None = None
) -> HttpResponse:
    """410 with a notice: what stood here was withdrawn or deleted. `history` is an address for editors, `version` one
    of the same report that everybody can read."""
    context = {"why": why, "notices": notices, "history": history, "version": version}
    return render(request, "gone.html", context, status=410)


def gone_with(request: HttpRequest, what: str, articles: Iterable[Article]) -> HttpResponse | None:
    """410 for what went with these articles, which readers could see once, and nothing if there are none. For an
    article itself with the last version that is left of it."""
    articles = list(articles)
    if not articles:
        return None
    notices = dict.fromkeys(article.withdrawal_notice for article in articles if article.withdrawal_notice)
    is_withdrawn = all(article.status == Article.Status.WITHDRAWN for article in articles)
    why = f"This {what} was withdrawn." if is_withdrawn else f"This {what} is not public at the moment."
    public = Article.objects.visible_to(AnonymousUser())
    version = public.versions_of(articles[0]).last() if what == "article" else None
    return gone(request, why, notices, version=version)


def bad_request(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "bad_address.html", {"why": why}, status=400)
