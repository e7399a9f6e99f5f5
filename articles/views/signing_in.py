import json

from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from articles.decorators import either
from articles.requests import HtmxHttpRequest
from newsdesk.people import signing_in


@sensitive_post_parameters()
@never_cache
@either
def sign_in(request: HtmxHttpRequest) -> HttpResponse:
    """A page of its own; for htmx a piece in place, after which what was being sent is sent again."""
    step = signing_in.take(request, request.POST if request.method == "POST" else None)
    if step.is_done:
        return _told(request) if request.htmx else redirect(_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL))
    context = {"step": step, "form": step.form, "next": _next(request)}
    if request.htmx:
        return render(request, "_sign_in.html", context, status=422)
    return render(request, "sign_in.html", context, status=429 if step.is_refused else 200)


def _told(request: HtmxHttpRequest) -> HttpResponse:
    """Signing in changes the token that every form carries, so the page is told the new one."""
    told = HttpResponse(status=204)
    told.headers["HX-Trigger"] = json.dumps({"newsdesk:signed-in": {"token": get_token(request)}})
    return told


def _next(request: HtmxHttpRequest) -> str:
    """Where somebody came from; nothing if that is another site."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    own = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if own else ""
