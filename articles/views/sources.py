from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from articles.browsing import source_page, sources_with_counts
from articles.models import Source
from articles.requests import HtmxHttpRequest
from articles.visitors import sources_for, visitor_of


@require_safe
def source_list(request: HtmxHttpRequest) -> HttpResponse:
    return render(request, "articles/source_list.html", {"sources": sources_with_counts(visitor_of(request))})


@require_safe
def source_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    visitor = visitor_of(request)
    named = get_object_or_404(Source.objects.select_related("merged_into"), slug=slug)
    source = get_object_or_404(sources_for(visitor), pk=named.living().pk)
    if source != named:
        return redirect(source)
    context = source_page(source, visitor, request.GET.get("page"))
    return render(request, "articles/source_detail.html", context)
