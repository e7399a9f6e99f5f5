"""The requests that views get, and the answers that several of them give."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails


class HtmxHttpRequest(HttpRequest):
    htmx: HtmxDetails


def gone(request: HttpRequest, what: str, notice: str = "", history: str = "") -> HttpResponse:
    """410 with a notice: what stood here was withdrawn or deleted. `history` is an address for editors."""
    return render(request, "gone.html", {"what": what, "notice": notice, "history": history}, status=410)


def bad_request(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "bad_address.html", {"why": why}, status=400)
