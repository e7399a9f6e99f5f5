from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.editors.editors_desk import list_desk
from articles.exporting.negotiating import PARAMETERS, exported_by
from articles.kept_pages import kept_for_readers
from articles.models import Article, Claim, Revision
from articles.models.roles import is_editor
from articles.pages.claim_list import claims_page
from articles.pages.claim_page import citation, claim_page, report_address
from articles.pages.forms import ClaimFilterForm, unreadable
from articles.pages.not_known import knows
from articles.pages.visitors import once_public, visitor_of
from articles.requests import HtmxHttpRequest, bad_request, gone, gone_with
from articles.views.exports import claim_export, claim_list_export


@require_safe
@exported_by(claim_list_export, *ClaimFilterForm.parameters(), "done")
@kept_for_readers("shown", "story", "question", "article", "versions", "page")
@knows(*ClaimFilterForm.parameters(), *PARAMETERS, "done")
def claim_list(request: HtmxHttpRequest) -> HttpResponse:
    visitor = visitor_of(request)
    form = ClaimFilterForm(request.GET, visitor)
    if not form.is_valid():
        return bad_request(request, unreadable(form))
    template = "articles/_claims_update.html" if request.htmx else "articles/claim_list.html"
    page = claims_page(form, visitor)
    desk = list_desk(page["page"].rows, request.GET.get("done", "")) if is_editor(visitor) else {}
    return render(request, template, {**page, **desk})


@require_safe
@exported_by(claim_export)
@kept_for_readers()
@knows(*PARAMETERS)
def claim_detail(request: HtmxHttpRequest, uid: str) -> HttpResponse:
    visitor = visitor_of(request)
    claim = Claim.objects.visible_to(visitor).for_page().with_uid(uid).first()
    if claim is None:
        return _missing(request, uid)
    address = request.build_absolute_uri(claim.get_absolute_url())
    page = claim_page(claim, visitor)
    context = {
        **page,
        "citation": citation(page["claim"], page["cited"], address),
        "errata_email": settings.ERRATA_EMAIL,
        "report_address": report_address(page["claim"], address, settings.ERRATA_EMAIL),
    }
    return render(request, "articles/claim_detail.html", context)


def _missing(request: HtmxHttpRequest, uid: str) -> HttpResponse:
    """Claims of articles that readers no longer see are gone, and so are those that once were accepted in one
    that they see: deleted or rejected since. All others were never public, and readers are not told of them."""
    answer = gone_with(request, "claim", once_public().of_claim(uid))
    if answer is not None:
        return answer
    accepted = Revision.objects.of_claims([uid]).accepted().newest_first().first()
    if accepted and Article.objects.visible_to(AnonymousUser()).named(accepted.snapshot["article"]).exists():
        return gone(request, "This claim was taken down.", history=reverse("claim_history", args=[uid]))
    raise Http404("There is no such claim.")
