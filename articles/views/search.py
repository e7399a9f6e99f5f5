from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from articles.kept_pages import kept_for_readers
from articles.pages.finding import search_page
from articles.pages.forms import SearchForm, unreadable
from articles.pages.not_known import knows
from articles.pages.visitors import visitor_of
from articles.requests import HtmxHttpRequest, bad_request


@require_safe
@vary_on_headers("HX-Request")
@kept_for_readers()
@knows(*SearchForm.base_fields)
def search(request: HtmxHttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        return bad_request(request, unreadable(form))
    template = "articles/_found_update.html" if request.htmx else "articles/search.html"
    response = render(request, template, search_page(form, visitor_of(request)))
    if request.htmx and form.cleaned_data["typing"]:
        # Not every word on the way is a step back.
        response["HX-Replace-Url"] = request.get_full_path()
    return response
