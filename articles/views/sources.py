from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from articles.browsing import source_page, sources_with_counts
from articles.models import Source
from articles.requests import HtmxHttpRequest
from articles.visitors import visitor_of


@require_safe
def source_list(request: HtmxHttpRequest) -> HttpResponse:
    return render(request, "articles/source_list.html", {"sources": sources_with_counts(visitor_of(request))})


@require_safe
def source_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    source = get_object_or_404(Source.objects.select_related("merged_into"), slug=slug)
    if source.merged_into:
        return redirect(source.merged_into, permanent=False)
    context = source_page(source, visitor_of(request), request.GET.get("page"))
    return render(request, "articles/source_detail.html", context)
