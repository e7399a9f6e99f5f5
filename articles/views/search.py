from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from articles.kept_pages import kept_for_readers
from articles.pages.finding import search_page
from articles.pages.forms import SearchForm, unreadable
from articles.pages.not_known import knows, not_known
from articles.pages.visitors import visitor_of
from articles.requests import HtmxHttpRequest, bad_request
from articles.text.seeking import as_begun

_KNOWN = frozenset(SearchForm.base_fields)


@require_safe
@vary_on_headers("HX-Request")
@kept_for_readers()
@knows(*_KNOWN)
def search(request: HtmxHttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        return bad_request(request, unreadable(form))
    if form.cleaned_data["typing"]:
        _ask_as_begun(request, form.cleaned_data["q"])
    template = "articles/_found_update.html" if request.htmx else "articles/search.html"
    response = render(request, template, search_page(form, visitor_of(request)))
    if request.htmx and form.cleaned_data["typing"]:
        # Not every word on the way is a step back.
        response["HX-Replace-Url"] = request.get_full_path()
    return response


def _ask_as_begun(request: HtmxHttpRequest, asked: str) -> None:
    """From here on its address, and all that the page makes of it, asks for the same with no word of typing."""
    query = request.GET.copy()
    del query["typing"]
    if "q" in query:
        query["q"] = as_begun(asked)
    request.META["QUERY_STRING"] = query.urlencode().replace("%2A", "*")
    request.GET = query  # type: ignore[assignment]  # The stubs take any query for one that nobody may change.
    request.not_known = not_known(query, _KNOWN)  # type: ignore[attr-defined]
