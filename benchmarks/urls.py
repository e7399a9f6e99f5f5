"""The site, and an empty view that passes the same middleware and compression, to measure beside."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("empty")


urlpatterns = [path("empty/", empty), path("", include("newsdesk.urls"))]
handler500 = "newsdesk.unavailable.server_error"
