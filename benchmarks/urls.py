"""The site, and an empty view that passes the same middleware and compression, to measure beside."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from newsdesk.urls import urlpatterns as of_the_site


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("empty")


urlpatterns = [path("empty/", empty), *of_the_site]
handler500 = "newsdesk.unavailable.server_error"
