"""What may keep an answer: parts of pages nobody, and pages for a session nobody, so that they come from the desk."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

View = Callable[[HttpRequest], HttpResponse]


def cache_control(get_response: View) -> View:
    """Many caches ignore `Vary: HX-Request`, so an answer to htmx is not kept at all, errors included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.META.get("HTTP_HX_REQUEST"):
            patch_cache_control(response, no_store=True)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware
