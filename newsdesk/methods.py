"""What a method is answered with: headers alone; a page for who opens an address that only takes what a form sends."""

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


def headers_alone(get_response: View) -> View:
    """For HEAD. The server would throw the body away, and log a warning each time."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD":
            if response.streaming:
                response.streaming_content = []  # type: ignore[attr-defined]
            else:
                response.content = b""
        return response

    return middleware
