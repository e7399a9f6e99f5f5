from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.decorators import holds_its_style
from articles.editors.editors_desk import editors_desk
from articles.exporting.negotiating import PARAMETERS, exported_by
from articles.kept_pages import kept_for_readers, of_the_article
from articles.loading import article_for_reading
from articles.models import Source
from articles.models.roles import is_editor
from articles.pages.browsing import articles_page
from articles.pages.forms import ClaimFilterForm, ShownForm
from articles.pages.kept_reading import reading_part
from articles.pages.not_known import knows
from articles.pages.visitors import once_public, sources_for, visitor_of
from articles.requests import HtmxHttpRequest, bad_request, gone_with
from articles.views.exports import article_export

# By which an editor's page says what was done, what is to be found, what is reviewed, what was brought in.
_OF_THE_DESK = ("done", "place", "review", "added")


@require_safe
@kept_for_readers("page", "outlet")
@knows("page", "outlet")
def article_list(request: HtmxHttpRequest) -> HttpResponse:
    visitor = visitor_of(request)
    outlet = None
    if slug := request.GET.get("outlet", ""):
        outlet = next((one for one in sources_for(visitor).named([slug]) if one.kind == Source.Kind.OUTLET), None)
        if outlet is None:
            return bad_request(request, "There is no outlet of that name.")
    context = articles_page(visitor, request.GET.get("page"), outlet)
    return render(request, "articles/article_list.html", context)


@require_safe
@exported_by(article_export, *ClaimFilterForm.parameters(), *_OF_THE_DESK)
@holds_its_style
@kept_for_readers("shown", stamp=of_the_article)
@knows("shown", *_OF_THE_DESK, *PARAMETERS)
def article_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    visitor = visitor_of(request)
    article = article_for_reading(slug, visitor)
    if article is None:
        return _missing(request, slug)
    form = ShownForm({"shown": request.GET.getlist("shown")})
    if not form.is_valid():
        return bad_request(request, "The list of sources to show is too long.")
    template = "articles/_reading_update.html" if request.htmx else "articles/article_detail.html"
    part = reading_part(request, article, visitor, form.cleaned_data["shown"])
    asked = (request.GET.get(name, "") for name in ("done", "place", "review"))
    desk = editors_desk(article, *asked) if is_editor(visitor) else {}
    return render(request, template, {"part": part, "article": article, **desk})


def _missing(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    answer = gone_with(request, "article", once_public().named(slug))
    if answer is None:
        raise Http404("There is no such article.")
    return answer
