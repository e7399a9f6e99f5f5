"""How suggestions are made, and what became of them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.decorators import editor_required
from articles.requests import HtmxHttpRequest
from articles.suggestions.figures import BANDS, DEV
from articles.suggestions.lived import PARTS, lived


@require_safe
def about_suggestions(request: HtmxHttpRequest) -> HttpResponse:
    return render(request, "articles/about_suggestions.html", {"measured": DEV, "bands": BANDS})


@require_safe
@editor_required
def suggestions_lived(request: HtmxHttpRequest) -> HttpResponse:
    return render(request, "articles/suggestions_lived.html", {"lived": lived(), "parts": PARTS})
