import json
from typing import cast

from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse

from articles.decorators import either
from articles.requests import HtmxHttpRequest

_page = LoginView.as_view(template_name="sign_in.html")


@either
def sign_in(request: HtmxHttpRequest) -> HttpResponse:
    """A page of its own; for htmx a piece in place, after which what was being sent is sent again."""
    response = cast(HttpResponse, _page(request))
    if not request.htmx:
        return response
    if isinstance(response, TemplateResponse):
        response.template_name = "_sign_in.html"
        response.status_code = 422
        return response
    # Signing in changes the token that every form carries, so the page is told the new one.
    told = HttpResponse(status=204)
    told.headers["HX-Trigger"] = json.dumps({"newsdesk:signed-in": {"token": get_token(request)}})
    return told
