"""Addresses that only take what a form sends: who opens one finds out so, instead of an empty page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[[HttpRequest], HttpResponse]
_READ = ("GET", "HEAD")


def only_sent_to(get_response: View) -> View:
    """Views answer with an empty 405, whose `Allow` is kept. Nothing else is lost: htmx never shows it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.streaming or response.content or request.method not in _READ:
            return response
        page = render(request, "only_sent_to.html", status=405)
        page["Allow"] = response.headers["Allow"]
        return page

    return middleware
