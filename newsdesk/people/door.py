"""What is looked at for each request of somebody who has a session."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from newsdesk.people import browsers
from newsdesk.people.second_factor import may_pass
from newsdesk.people.signing_in import WITH_CODE

# What is open to somebody who has yet to set up the second factor asked of them; and what looks at no session.
_OPEN = {"second_factor", "sign_in", "sign_out", "question_embed", "healthz", "readyz"}


class Door:
    """Notes now and then from where a session is used. Where a second factor is required, leads to setting it up
    whoever has signed in without one, be it before it was required."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # After an error the database may be away.
        if response.status_code < 500:
            browsers.note_use(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_REQUIRED or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        where = request.resolver_match
        if (where and where.url_name in _OPEN) or not request.user.is_authenticated:
            return None
        if may_pass(request.user, request.session.get(WITH_CODE, False)):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("second_factor")})
        return redirect("second_factor")
