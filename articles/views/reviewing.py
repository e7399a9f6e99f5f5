"""Suggestions at the desk: asked for, and reviewed in the text."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from articles.decorators import editor_required, either
from articles.editors.editors_desk import desk_address
from articles.editors.written import answer_with_pieces, before_act, refused
from articles.models import Article
from articles.pages.forms import AcceptSureForm
from articles.requests import HtmxHttpRequest, bad_request
from articles.suggestions.making import suggest
from articles.suggestions.reviewing import accept_sure, review_of
from articles.writing.editing import EditConflict, EditError
from articles.writing.tagging import Act


@require_POST
@editor_required
def article_suggest(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Leads back to the text, to the first suggestion; where there is nothing new, a notice there says why."""
    article = get_object_or_404(Article.objects.for_suggesting().named(slug))
    suggested = suggest(article, request.user)
    if suggested.changeset is None:
        messages.info(request, suggested.why_nothing, extra_tags="suggest")
        return redirect(article)
    return redirect(desk_address(article, review_of(article), done=suggested.changeset.uid))


@either
@editor_required
def article_review(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """The bar of the review at one suggestion, for htmx; or all are accepted that are sure enough."""
    article = get_object_or_404(Article.objects.for_reading().named(slug))
    if request.method == "POST":
        return _accept_sure(request, article)
    at = request.GET.get("at", "")
    review = review_of(article, at)
    if request.htmx:
        return render(request, "articles/_review.html", {"article": article, "review": review})
    return redirect(desk_address(article, review))


def _accept_sure(request: HtmxHttpRequest, article: Article) -> HttpResponse:
    form = AcceptSureForm(request.POST)
    if not form.is_valid():
        return bad_request(request, "Say how sure the suggestions have to be.")
    view = before_act(request, article)
    try:
        changeset = accept_sure(article, form.cleaned_data["least"], Act(request.user, form.cleaned_data["token"]))
    except EditConflict:
        return refused(request, "", "Somebody else changed one of these suggestions meanwhile, and nothing was done.")
    except EditError as error:
        return refused(request, "", f"Nothing was done. {error}")
    return answer_with_pieces(request, article, changeset, view)
