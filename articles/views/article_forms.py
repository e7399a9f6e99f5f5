"""Bringing articles in, and keeping their data."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.decorators import editor_required, either
from articles.editors.article_add_form import COMMON, ArticleAddForm
from articles.editors.article_check import CheckedText, check_text, left_to_check, told_apart
from articles.editors.article_forms import (
    ArticleEditForm,
    ReadThroughForm,
    StatusForm,
    fields_of,
    parts_of,
)
from articles.editors.completing import outlets_completing, stories_completing
from articles.editors.editors_desk import desk_address
from articles.editors.metadata_edits import PartsConflict, edit_metadata, set_read_through
from articles.editors.version_before import VersionBefore
from articles.importing.pasted import FormError, SameText, add_article, try_out
from articles.models import Article
from articles.pages.metadata_page import metadata_page
from articles.requests import HtmxHttpRequest, bad_request
from articles.suggestions.making import suggest
from articles.suggestions.reviewing import review_of
from articles.text.kinds import Kind
from articles.writing.publishing import set_status

_STATUS = {"draft": "draft", "publish": "published"}


@either
@editor_required
def article_add(request: HtmxHttpRequest) -> HttpResponse:
    """One page, two steps: it shows what the text will be, and then saves it."""
    if request.method != "POST":
        slug = request.GET.get("revises", "").replace("\x00", "")
        before = Article.objects.for_reading().last_versions().named(slug).first()
        return _add_page(request, ArticleAddForm(initial=_beginning(slug, before)), said={"before": before})
    form = ArticleAddForm(request.POST, request.FILES)
    is_valid = form.is_valid()
    checked = check_text(form) if form.has_text else None
    if not is_valid or checked is None:
        return _add_page(request, form, checked, status=422)
    status = _STATUS.get(request.POST.get("step", ""))
    try:
        if status and checked.was_seen:
            return _saved(request, add_article(checked.pasted(status), request.user, form.cleaned_data["token"]), form)
        tried = try_out(checked.pasted(status or "published"))
    except FormError as error:
        return _refused(request, form, checked, error)
    unsure = tried.unsure
    said = {
        "notes": checked.notes(tried),
        "has_changed": bool(status) and not form.becomes,
        "has_become": bool(status) and form.becomes,
        "unsure": unsure,
        "told_apart": told_apart(unsure),
    }
    return _add_page(request, form, checked, said=said)


def _saved(request: HtmxHttpRequest, article: Article, form: ArticleAddForm) -> HttpResponse:
    """To the article, which says what is left to check, or to the first suggestion in it, if suggestions were asked
    for. Where the browser keeps a draft of the form, the token says there that it is saved."""
    if form.cleaned_data["revises"] and (left := left_to_check(article)):
        messages.info(request, left, extra_tags="carried")
    has_suggested = form.cleaned_data["suggest"] and suggest(article, request.user).changeset
    review = review_of(article) if has_suggested else None
    added = {"added": form.cleaned_data["token"]} if "draft" in request.POST else {}
    return redirect(desk_address(article, review, **added))


def _beginning(slug: str, before: Article | None) -> dict[str, Any]:
    """What the form is filled with: a token, and for a new version what the one before has, its text too."""
    beginning: dict[str, Any] = {"token": str(uuid4()), "revises": slug}
    if before is None:
        return beginning
    filled, version = fields_of(before), VersionBefore(before)
    beginning["begun"] = before.slug
    common = {name: filled[name] for name in COMMON}
    return {**beginning, **common, "title": version.title, "text": version.text}


def _refused(request: HtmxHttpRequest, form: ArticleAddForm, checked: CheckedText, error: FormError) -> HttpResponse:
    same = error.article if isinstance(error, SameText) else None
    if same is None:
        form.refuse(error.message, error.key)
    return _add_page(request, form, checked, status=422, said={"same": same})


def _add_page(
    request: HtmxHttpRequest,
    form: ArticleAddForm,
    checked: CheckedText | None = None,
    *,
    status: int = 200,
    said: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "before": form.cleaned_data.get("revises") if form.is_bound else None,
        "blocks": checked.blocks() if checked else [],
        "kinds": [kind.value for kind in Kind],
        **_completions(),
        **(said or {}),
    }
    return render(request, "articles/article_add.html", context, status=status)


@either
@editor_required
def article_edit(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.for_editing().named(slug))
    if request.method != "POST":
        return _edit_page(request, article)
    form = ArticleEditForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, article, form, status=422)
    try:
        edit_metadata(slug, form, request.user)
    except PartsConflict as conflict:
        form.base_on(conflict.article)
        return _edit_page(request, article, form, status=409, conflicts=conflict.conflicts)
    except FormError as error:
        form.refuse(error.message, error.key)
        return _edit_page(request, article, form, status=422)
    return redirect(f"{request.path}?saved=data")


@require_POST
@editor_required
def article_status(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """Publishes, sets back to draft, withdraws; only from the status that the page showed."""
    article = get_object_or_404(Article.objects.for_editing().named(slug))
    form = StatusForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, article, status_form=form, status=422)
    asked = form.cleaned_data
    if article.status not in (asked["shown"], asked["status"]):
        return _edit_page(request, article, status_form=form, status=409, status_before=asked["shown"])
    set_status(article, Article.Status(asked["status"]), asked["notice"], request.user)
    if asked["back"] != "reading":
        return redirect(f"{_edit_address(article)}?saved=status#status")
    if asked["status"] == Article.Status.PUBLISHED:
        messages.info(request, "Published: everybody can read it from now on, with what is accepted.")
    return redirect(article)


@require_POST
@editor_required
def article_read_through(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    """An editor says that all claims of the article are marked, or takes that back."""
    article = get_object_or_404(Article.objects.named(slug))
    form = ReadThroughForm(request.POST)
    if not form.is_valid():
        return bad_request(request, "This does not say whether the article was read through.")
    set_read_through(article, request.user, read=form.cleaned_data["read"] == "yes")
    if form.cleaned_data["back"] == "reading":
        return redirect(article)
    return redirect(f"{_edit_address(article)}?saved=read#read-through")


def _edit_page(
    request: HtmxHttpRequest,
    article: Article,
    form: ArticleEditForm | None = None,
    *,
    status_form: StatusForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    if form is None:
        form = ArticleEditForm(initial={**fields_of(article), "filled": parts_of(article)})
    context = {
        **metadata_page(article),
        "form": form,
        "status_form": status_form or StatusForm(initial={"notice": article.withdrawal_notice}),
        **_completions(),
        "saved": request.GET.get("saved", ""),
        **more,
    }
    return render(request, "articles/article_edit.html", context, status=status)


def _completions() -> dict[str, Any]:
    """What completes fields of which a page cannot offer all that there is."""
    return {"outlets": outlets_completing(), "stories": stories_completing()}


def _edit_address(article: Article) -> str:
    return reverse("article_edit", args=[article.slug])
