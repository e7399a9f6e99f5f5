"""Marking claims: each view works as a page of its own, and as a piece of the reading page for htmx."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from articles.decorators import editor_required, either
from articles.editors.claim_acts import ClaimActForm
from articles.editors.claim_marking import Marking, begin, resume, with_new_token
from articles.editors.claims_together import ClaimsTogetherForm, to_name_again
from articles.editors.work_place import work_place
from articles.editors.written import answer_with_pieces, back_to_list, before_act, refused, repeated_act
from articles.loading import act_with_token, article_named, changeset_named
from articles.models import Article, Changeset, Claim, Revision
from articles.pages.work_rows import beside_before
from articles.requests import HtmxHttpRequest, bad_request
from articles.writing.editing import EditConflict, EditError
from articles.writing.passages import PassageError
from articles.writing.tagging import Act, Repeated, stored
from articles.writing.undoing import undo


@either
@editor_required
def claim_add(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    article = article_named(slug)
    if article is None:
        raise Http404("There is no such article.")
    return _write(request, article) if request.method == "POST" else _open(request, article)


@either
@editor_required
def claim_edit(request: HtmxHttpRequest, uid: str) -> HttpResponse:
    claim = stored(uid)
    if claim is None:
        return _deleted(request, uid)
    return _write(request, claim.article, claim) if request.method == "POST" else _open(request, claim.article, claim)


@require_POST
@editor_required
def claim_act(request: HtmxHttpRequest, uid: str) -> HttpResponse:
    """One act on a claim that needs no form of its own: another source, deleting, splitting, joining. The same
    act again, of which the claim may be gone by now, is answered as it was the first time."""
    if before := act_with_token(request.POST.get("token", ""), request.user):
        return repeated_act(request, before)
    claim = stored(uid)
    if claim is None:
        return _deleted(request, uid)
    form = ClaimActForm(request.POST)
    if not form.is_valid():
        return bad_request(request, "This does not say what to do with the claim.")
    view = before_act(request, claim.article)
    place = work_place(request.POST)
    back = place.address(uid) if place else ""
    try:
        changeset, numbered = form.carry_out(claim, request.user)
    except EditConflict:
        why = "Somebody else changed this claim in the meantime, and nothing was done."
        return refused(request, uid, why, back=back)
    except EditError as error:
        return refused(request, uid, f"Nothing was done. {error}", back=back)
    if place:
        return redirect(place.after(changeset))
    return answer_with_pieces(request, claim.article, changeset, view, numbered)


@require_POST
@editor_required
def claims_set_together(request: HtmxHttpRequest) -> HttpResponse:
    form = ClaimsTogetherForm(request.POST)
    asked = request.POST.get("list", "")
    if not form.is_valid():
        why = " ".join(str(message) for all in form.errors.values() for message in all)
        return refused(request, "", why, 422, back_to_list(asked), **to_name_again(request.POST))
    try:
        changeset = form.carry_out(request.user)
    except EditConflict:
        why = "Somebody else changed one of these claims meanwhile, and nothing was done."
        return refused(request, "", why, back=back_to_list(asked))
    except EditError as error:
        why = f"Nothing was done. {error}"
        return refused(request, "", why, 422, back_to_list(asked), **to_name_again(request.POST))
    return redirect(back_to_list(asked, changeset))


@require_POST
@editor_required
def changeset_undo(request: HtmxHttpRequest, uid: str) -> HttpResponse:
    changeset = changeset_named(uid)
    if changeset is None:
        raise Http404("There is no such change.")
    article = changeset.article
    view = before_act(request, article) if article else None
    try:
        undone = undo(changeset, request.user)
    except EditConflict:
        # Of what an import made, only some is on record.
        one, *others = ["", ""] if changeset.is_of_annotations else changeset.claim_uids()
        what = "A claim that it made or changed has" if others else "This claim has"
        return refused(request, "" if others else one, f"{what} been changed since, so it was not undone.")
    except EditError as error:
        return refused(request, "", str(error))
    if article is None:
        return redirect(back_to_list(request.POST.get("list", ""), undone))
    if place := work_place(request.POST):
        uid = undone.claim_uids()[0]
        return redirect(replace(place, next=uid).after(undone))
    return answer_with_pieces(request, article, undone, view)


def _open(request: HtmxHttpRequest, article: Article, claim: Claim | None = None) -> HttpResponse:
    try:
        return _form(request, begin(article, claim, request.GET))
    except PassageError as error:
        return bad_request(request, str(error))


def _write(request: HtmxHttpRequest, article: Article, claim: Claim | None = None) -> HttpResponse:
    try:
        marking = resume(article, claim, request.POST)
    except PassageError as error:
        return bad_request(request, str(error))
    if step := request.POST.get("step"):
        return _form(request, _stepped(marking, step))
    marking.find_typed()
    if not marking.is_ready():
        return _form(request, marking, 422)
    if marking.is_sure(request.POST.getlist("anyway")) or _was_sent_before(request):
        return _save(request, marking)
    return _form(request, marking, 409)


def _was_sent_before(request: HtmxHttpRequest) -> bool:
    """Then the claim of these words may be the one that it made."""
    return act_with_token(request.POST.get("token", ""), request.user) is not None


def _stepped(marking: Marking, step: str) -> Marking:
    try:
        marking.take(step)
        marking.find_typed()
    except PassageError as error:
        marking.trouble = str(error)
    return marking


def _save(request: HtmxHttpRequest, marking: Marking) -> HttpResponse:
    view = before_act(request, marking.article)
    try:
        changeset = marking.save(Act(request.user, request.POST.get("token", "")))
    except EditConflict:
        return _conflict(request, marking)
    except Repeated as error:
        return _repeated(request, marking, error.changeset)
    except EditError as error:
        marking.trouble = str(error)
        return _form(request, marking, 422)
    if place := work_place(request.POST):
        return redirect(place.after(changeset))
    return answer_with_pieces(request, marking.article, changeset, view, marking.numbered)


def _conflict(request: HtmxHttpRequest, marking: Marking) -> HttpResponse:
    now = stored(marking.claim.uid) if marking.claim else None
    if now is None:
        return refused(request, "", "Somebody else deleted this claim in the meantime. Its history can restore it.")
    marking.meet(now)
    return _form(request, marking, 409)


def _repeated(request: HtmxHttpRequest, marking: Marking, changeset: Changeset) -> HttpResponse:
    marking = with_new_token(marking)
    marking.trouble = (
        "This form was saved before, with other words in it, and that claim stands in the report. "
        "Save again to make a second claim of these words."
    )
    return _form(request, marking, 409)


def _form(request: HtmxHttpRequest, marking: Marking, status: int = 200) -> HttpResponse:
    template = "articles/_claim_form.html" if request.htmx else "articles/claim_form.html"
    context: dict[str, Any] = {
        "marking": marking,
        "form": marking.form,
        "article": marking.article,
        "claim": marking.claim,
    }
    if not request.htmx:
        context |= _around(request, marking.claim)
    return render(request, template, context, status=status)


def _around(request: HtmxHttpRequest, claim: Claim | None) -> dict[str, Any]:
    """What the page of a form has besides: the old words beside the new, and the list of work that it leads back to."""
    place = work_place(request.POST if request.method == "POST" else request.GET)
    return {
        "place": place,
        "cancelled": place.address(claim.uid) if place and claim else "",
        "beside": beside_before(claim) if claim else None,
    }


def _deleted(request: HtmxHttpRequest, uid: str) -> HttpResponse:
    if not Revision.objects.of_claims([uid]).exists():
        raise Http404("There is no such claim.")
    return refused(request, uid, "This claim has been deleted. Its history can restore it.")
