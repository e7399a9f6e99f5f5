"""Who may pass."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from articles.models.roles import is_editor
from articles.requests import HtmxHttpRequest
from articles.visitors import visitor_of

View = Callable[..., HttpResponse]


def editor_required(view: View) -> View:
    """Lets editors and administrators pass. Readers without a session are asked to sign in and then brought
    back, to the page with the form if they sent one; signed-in readers get 403."""

    @wraps(view)
    def passed(request: HtmxHttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visitor = visitor_of(request)
        if is_editor(visitor):
            return view(request, *args, **kwargs)
        if visitor.is_authenticated:
            raise PermissionDenied("Only editors can do that.")
        back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
        return redirect_to_login(back)

    return passed
