"""Negotiating: in which format a page is asked for, by its address (`?format=csv`) or by `Accept`."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase

from articles.exporting.annotations import MEDIA_TYPE
from articles.models.uid import UID_PATTERN
from articles.pages.not_known import refusal_of
from articles.requests import HtmxHttpRequest, asked_of, bad_request, is_part, vary_on

PAGE = "text/html"
# By the word that stands in an address.
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson; charset=utf-8",
    "jsonld": MEDIA_TYPE,
}
_ACCEPTED = {
    PAGE: "",
    "text/csv": "csv",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/ld+json": "jsonld",
    MEDIA_TYPE: "jsonld",
}

# To htmx the answer is a part of the page.
_VARY = ("HX-Request",)
_OTHER_THAN_PAGES = re.compile(r"csv|json|application/\*", re.IGNORECASE)

View = Callable[..., HttpResponse]
Export = Callable[..., HttpResponseBase | None]


class ExportForm(forms.Form):
    """How a format is to be: see docs/exporting.md."""

    _SWITCH = [("", "default"), ("0", "off"), ("1", "on")]

    format = forms.ChoiceField(choices=[(name, name) for name in MEDIA_TYPES])
    quotes = forms.ChoiceField(choices=_SWITCH, required=False)
    bom = forms.ChoiceField(choices=_SWITCH, required=False)
    whole = forms.ChoiceField(choices=_SWITCH, required=False)
    after = forms.RegexField(rf"^{UID_PATTERN}\Z", required=False)
    index = forms.IntegerField(min_value=0, max_value=2**53, required=False)
    audience = forms.ChoiceField(choices=[("", "readers"), ("editors", "editors")], required=False)


# Of these, the address of a page of the desk knows none.
PARAMETERS = tuple(ExportForm.base_fields)


def exported_by(export: Export, *parameters: str) -> Callable[[View], View]:
    """Around the view of a page: hands the request to `export` if it asks for another format, together with a valid
    ExportForm. `parameters` are all that its address may ask for besides, of the page and of the file. None from there:
    what the page says to readers, a redirect or that it is gone, is the answer."""

    known = frozenset(PARAMETERS) | frozenset(parameters)

    def around(view: View) -> View:
        @wraps(view)
        def answered(request: HtmxHttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            wanted = "" if is_part(request) else _format(request)
            refused = refusal_of(request, known) if wanted else None
            answer = refused or (_exported(request, wanted, export, *args, **kwargs) if wanted else None)
            if answer is None:
                if wanted and settings.SESSION_COOKIE_NAME in request.COOKIES:
                    raise Http404("Readers are shown no such page.")
                answer = view(request, *args, **kwargs)
            vary_on(answer, _VARY if "format" in asked_of(request) else (*_VARY, "Accept"))
            return answer

        return answered  # type: ignore[return-value]  # A streamed answer is one to Django, but not to its stubs.

    return around


def _exported(
    request: HtmxHttpRequest, wanted: str, export: Export, *args: Any, **kwargs: Any
) -> HttpResponseBase | None:
    form = ExportForm({**request.GET.dict(), "format": wanted})
    if not form.is_valid():
        names = ", ".join(sorted(form.errors))
        return bad_request(request, f"This address asks for a format that is not known ({names}).")
    return export(request, form, *args, **kwargs)


def _format(request: HtmxHttpRequest) -> str:
    """Empty for the page itself."""
    if asked := asked_of(request).get("format"):
        return "" if asked == "html" else asked
    # Browsers, and whoever takes anything, are spared the weighing of types: a page is preferred among equals.
    if not _OTHER_THAN_PAGES.search(request.META.get("HTTP_ACCEPT", "")):
        return ""
    return _ACCEPTED.get(request.get_preferred_type(list(_ACCEPTED)) or PAGE, "")
