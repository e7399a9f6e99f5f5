"""Claims to take along: what a page lists, as a file. Each stands under its page's own address: see `negotiating`."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from articles.exporting.negotiating import PARAMETERS, ExportForm
from articles.exporting.take_along import Export, answer
from articles.models import Article, Claim, Source
from articles.models.roles import Visitor, is_editor
from articles.pages.claim_list import listed_of, unknown_in
from articles.pages.facets import asked_rows
from articles.pages.forms import ClaimFilterForm, unreadable
from articles.pages.not_known import refusal_of_values
from articles.pages.visitors import sources_for, stories_for
from articles.requests import HtmxHttpRequest, bad_request


@require_safe
def claim_list_export(request: HtmxHttpRequest, form: ExportForm) -> HttpResponseBase | None:
    return _listed(request, form, {}, "claims", "Claims")


@require_safe
def article_export(request: HtmxHttpRequest, form: ExportForm, slug: str) -> HttpResponseBase | None:
    article = Article.objects.visible_to(_visitor(request, form)).named(slug).first()
    return _listed(request, form, {"article": slug}, slug, str(article)) if article else None


@require_safe
def story_export(request: HtmxHttpRequest, form: ExportForm, slug: str) -> HttpResponseBase | None:
    story = stories_for(_visitor(request, form)).named(slug).first()
    return _listed(request, form, {"story": slug}, slug, str(story)) if story else None


@require_safe
def source_export(request: HtmxHttpRequest, form: ExportForm, slug: str) -> HttpResponseBase | None:
    source = Source.objects.living(slug)
    if source is None or not sources_for(_visitor(request, form)).contains(source):
        return None
    if source.slug != slug:
        return redirect(f"{source.get_absolute_url()}?{request.GET.urlencode()}")
    return _listed(request, form, {"shown": slug}, slug, str(source))


@require_safe
def claim_export(request: HtmxHttpRequest, form: ExportForm, uid: str) -> HttpResponseBase | None:
    visitor = _visitor(request, form)
    claims = Claim.objects.listed_for(visitor).with_uid(uid)
    if not claims.exists():
        return None
    return answer(Export(request, form, visitor, claims, uid, uid), is_one=True)


def _visitor(request: HtmxHttpRequest, form: ExportForm) -> Visitor:
    """A reader, whoever is signed in, unless what editors see is asked for."""
    if not form.cleaned_data["audience"]:
        return AnonymousUser()
    if not is_editor(request.user):
        raise PermissionDenied("Only editors can take along what readers do not see.")
    return request.user


def _listed(
    request: HtmxHttpRequest, form: ExportForm, scope: dict[str, str], name: str, label: str
) -> HttpResponseBase:
    """What the page lists, under the filter that its address names."""
    visitor = _visitor(request, form)
    query = request.GET.copy()
    for field in PARAMETERS:
        query.pop(field, None)
    for field, value in scope.items():
        query.setlist(field, [value])
    asked = ClaimFilterForm(query, visitor)
    if not asked.is_valid():
        return bad_request(request, unreadable(asked))
    rows = asked_rows(asked, visitor)
    unknown = [one for one in unknown_in(asked, rows) if one.field not in scope]
    if refused := refusal_of_values(request, unknown):
        return refused
    listed = listed_of(asked, visitor, rows)
    claims = Claim.objects.listed_for(visitor).among(listed)
    return answer(Export(request, form, visitor, claims, name, label, listed))
