from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.kept_pages import kept_for_readers
from articles.loading import article_for_reading
from articles.models import Article
from articles.pages.article_changes import ChangesForm, changes_page
from articles.pages.forms import unreadable
from articles.pages.not_known import knows
from articles.pages.visitors import once_public, visitor_of
from articles.requests import HtmxHttpRequest, bad_request, gone_with


@require_safe
@kept_for_readers("with")
@knows("with", "view", "typographic")
def article_changes(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    visitor = visitor_of(request)
    article = article_for_reading(slug, visitor)
    if article is None:
        return _missing(request, slug)
    asked = {"other": request.GET.get("with"), **{name: request.GET.get(name) for name in ("view", "typographic")}}
    form = ChangesForm(asked)
    if not form.is_valid():
        return bad_request(request, unreadable(form, other="with"))
    versions = list(Article.objects.visible_to(visitor).versions_of(article))
    wanted = form.cleaned_data["other"]
    other = _other(versions, article, wanted)
    if other is None:
        if wanted:
            return _missing(request, wanted)
        return render(request, "articles/article_changes.html", {"article": article, "versions": versions})
    before, after = sorted((article, other), key=lambda one: one.version_number)
    typographic = bool(form.cleaned_data["typographic"])
    page = changes_page(versions, before, after, visitor, typographic=typographic)
    context = {**page, "article": article, "is_inline": form.cleaned_data["view"] == "inline"}
    return render(request, "articles/article_changes.html", context)


def _other(versions: Sequence[Article], article: Article, wanted: str) -> Article | None:
    """The version asked for, else the one before among those that the visitor may read."""
    if wanted:
        return next((one for one in versions if one.slug == wanted and one.pk != article.pk), None)
    earlier = [one for one in versions if one.version_number < article.version_number]
    return earlier[-1] if earlier else None


def _missing(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    answer = gone_with(request, "article", once_public().named(slug))
    if answer is None:
        raise Http404("There is no such version of an article.")
    return answer
