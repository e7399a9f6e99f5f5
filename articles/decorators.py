"""Who may pass."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from csp.decorators import csp_update
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from articles.models.roles import is_editor
from articles.pages.visitors import visitor_of
from articles.requests import HtmxHttpRequest
from newsdesk.people import signing_in
from newsdesk.static_files import reading_sheet_hash

View = Callable[..., HttpResponse]

# For a form that is shown and sent under one address.
either = require_http_methods(["GET", "HEAD", "POST"])
# Prefix of the sign-in fields in a form that is sent again together with them.
SIGN_IN = "sign-in"
# Of a view: what is sent to it may stand in a page that sends it again. No password is.
_CAN_BE_SENT_AGAIN = "can_be_sent_again"


def holds_its_style(view: View) -> View:
    """Around the view of a page that holds its style sheet itself (`{% reading_style %}`): the policy allows that one.
    Outside of what keeps pages, since the policy is not kept with them."""

    @wraps(view)
    def allowed(request: HtmxHttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _allowing(view, reading_sheet_hash())(request, *args, **kwargs)

    return allowed


@lru_cache(maxsize=8)
def _allowing(view: View, sheet: str) -> View:
    return csp_update({"style-src": [sheet]})(view)  # type: ignore[return-value]  # It is the view's.


def editor_required(view: View) -> View:
    """Lets editors and administrators pass; signed-in readers get 403.

    Readers without a session are asked to sign in: who asked for a page is brought to it afterwards. Who sent a
    form keeps what it holds: htmx gets 401 with a piece in which to sign in, and others a page that sends the
    same form again together with name and password.
    """

    @wraps(view)
    def passed(request: HtmxHttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visitor = visitor_of(request)
        if not visitor.is_authenticated and request.method == "POST" and not request.htmx:
            if (asked := _sign_in_and_go_on(request)) is not None:
                return asked
            visitor = request.user
        if is_editor(visitor):
            return view(request, *args, **kwargs)
        if visitor.is_authenticated:
            raise PermissionDenied("Only editors can do that.")
        if request.htmx:
            return _piece_to_sign_in(request)
        return redirect_to_login(request.get_full_path())

    passed.__dict__[_CAN_BE_SENT_AGAIN] = True
    return passed


def _piece_to_sign_in(request: HtmxHttpRequest) -> HttpResponse:
    step = signing_in.take(request)
    response = render(request, "_sign_in.html", {"step": step, "form": step.form}, status=401)
    response.headers["HX-Retarget"] = "#signing-in"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _sign_in_and_go_on(request: HtmxHttpRequest) -> HttpResponse | None:
    """None once somebody has signed in. Files cannot be sent again by a page: they have to be chosen anew."""
    asked = signing_in.fields(SIGN_IN)
    step = signing_in.take(request, request.POST if asked & request.POST.keys() else None, prefix=SIGN_IN)
    if step.is_done:
        return None
    context = {"step": step, "form": step.form, "sent": _sent(request), "files": list(request.FILES)}
    return render(request, "sign_in_again.html", context, status=401)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What a page holds that sends a form again: neither its token nor a password."""
    kept = {"csrfmiddlewaretoken", *signing_in.fields(SIGN_IN)}
    return [(name, value) for name, values in request.POST.lists() if name not in kept for value in values]


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: the form's token does not hold, most often as somebody has signed out and in again since.

    It can be sent again from there if the browser says that a page of this desk has sent it, which no page elsewhere
    can make it say. Else it may be a stranger's, of whose content nobody here knows.
    """
    match = request.resolver_match
    is_own = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    can_be_sent = is_own and request.method == "POST" and hasattr(match and match.func, _CAN_BE_SENT_AGAIN)
    context = {"can_be_sent": can_be_sent, "sent": _sent(request) if can_be_sent else [], "files": list(request.FILES)}
    return render(request, "form_expired.html", context, status=403)
