"""What answers an editor's act: pieces of the reading page for htmx, else the way back to it."""

import json
from copy import copy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from articles.editors.editors_desk import page_stamp, stamp_after
from articles.models import Article, Changeset, Claim
from articles.pages.fragments import (
    card_html,
    claims_title_html,
    disputed_html,
    paragraph_html,
    speaking_html,
    told_html,
)
from articles.pages.kept_reading import reading_part
from articles.pages.pieces import Pieces, Placed, pieces
from articles.requests import HtmxHttpRequest
from articles.suggestions.reviewing import OVER, Reviewed, review_of, review_over, reviewed_by
from articles.writing.source_numbers import Numbered, as_keys, numbered_sources
from articles.writing.tagging import first_words


@dataclass(frozen=True, slots=True)
class Page:
    """The reading page that the editor has before them, as it was before the act. `request` is one for that page.
    `is_current` is false where the page shows something older, so that pieces would not fit into it."""

    request: Any
    shown: tuple[str, ...]
    is_current: bool


def before_act(request: HtmxHttpRequest, article: Article) -> Page | None:
    """To be called before anything is written. None where a whole page is the answer. No query."""
    if not request.htmx:
        return None
    page = copy(request)
    page.path = article.get_absolute_url()
    page.GET = QueryDict(urlsplit(request.htmx.current_url or "").query)
    shown = tuple(dict.fromkeys(slug for slug in page.GET.getlist("shown") if slug))
    return Page(page, shown, request.POST.get("seen", page_stamp(article)) == page_stamp(article))


def repeated_act(request: HtmxHttpRequest, changeset: Changeset) -> HttpResponse:
    """The answer to an act that was carried out before: the page that asks again may or may not show it."""
    article = Article.objects.for_reading().of_changeset(changeset).get()
    changeset.is_repeated = True
    return answer_with_pieces(request, article, changeset, before_act(request, article))


def answer_with_pieces(
    request: HtmxHttpRequest,
    article: Article,
    changeset: Changeset,
    page: Page | None,
    numbered: list[Numbered] | None = None,
) -> HttpResponse:
    """`numbered` are the keys of the sources, where they are known."""
    uids = changeset.claim_uids()
    reviewed = reviewed_by(article, changeset)
    if page is None:
        return _back(article, changeset, uids, request.POST.getlist("shown"), reviewed)
    numbered = numbered or numbered_sources(article)
    fits = page.is_current and not changeset.is_repeated
    made = pieces(article, page.shown, changeset.steps.values(), [one.source for one in numbered]) if fits else None
    response = _pieces(article, made, page) if made else _region(request, article, page)
    response.write(_told(request, article, changeset, numbered, is_hidden=made is not None and made.is_hidden))
    if reviewed:
        response.write(_review(request, article, changeset, reviewed, numbered))
    elif not fits or any(one.is_new for one in numbered):
        response.write(_review_sources(article, numbered))
    response.headers["HX-Trigger-After-Settle"] = json.dumps({"newsdesk:done": {"claims": uids}})
    return response


def _back(
    article: Article, changeset: Changeset, uids: list[str], shown: list[str], reviewed: Reviewed | None
) -> HttpResponse:
    """To the claim; after a suggestion was reviewed, to the next one."""
    query = [*(("shown", slug) for slug in shown), ("done", changeset.uid)]
    uid = uids[0] if uids else ""
    if reviewed and (review := review_of(article, reviewed.at, after=reviewed.after)):
        uid = review.claim.uid
        query.append(("review", uid))
    elif reviewed and _is_over(reviewed, changeset):
        query.append(("review", OVER))
    return redirect(f"{article.get_absolute_url()}?{urlencode(query)}#sign-{uid}")


def _review(
    request: HtmxHttpRequest, article: Article, changeset: Changeset, reviewed: Reviewed, numbered: list[Numbered]
) -> str:
    """The bar, at what is to be reviewed now, or with what became of all."""
    review = review_of(article, reviewed.at, after=reviewed.after, sources=numbered, goes_on=reviewed != Reviewed())
    is_over = review is None and _is_over(reviewed, changeset)
    over = review_over(article) if is_over else None
    context = {"article": article, "review": review, "over": over, "oob": True}
    return render_to_string("articles/_review.html", context, request)


def _is_over(reviewed: Reviewed, changeset: Changeset) -> bool:
    """Where no suggestion is left: whether this act has decided on the last one, or on all that were sure. Undoing
    decides on none."""
    if changeset.is_repeated or changeset.kind == Changeset.Kind.RESTORE:
        return False
    return reviewed.after is not None or changeset.kind == Changeset.Kind.BULK


def _review_sources(article: Article, numbered: list[Numbered]) -> str:
    """The sources in the bar that stays, whose numbers may have moved: it shows what their keys do. One query."""
    if not Claim.objects.in_article(article).waiting().exists():
        return ""
    return render_to_string("articles/_review_sources.html", {"sources": numbered, "oob_sources": True})


def refused(
    request: HtmxHttpRequest, uid: str, why: str, status: int = 409, back: str = "", **more: Any
) -> HttpResponse:
    """Nothing was written, and why. `uid` is of the claim whose history may tell more, `back` the address of the list
    that the editor came from; `more` is what the page offers besides (`claims_together.to_name_again`)."""
    template = "articles/_refused.html" if request.htmx else "articles/refused.html"
    return render(request, template, {"why": why, "uid": uid, "back": back, **more}, status=status)


def back_to_list(query: str, changeset: Changeset | None = None) -> str:
    """The list of claims that the editor came from, by its query, with what was done."""
    kept = QueryDict(query, mutable=True)
    kept.pop("done", None)
    if changeset:
        kept["done"] = changeset.uid
    return f"{reverse('claim_list')}?{kept.urlencode()}" if kept else reverse("claim_list")


def _region(request: HtmxHttpRequest, article: Article, page: Page) -> HttpResponse:
    """In place of the region, and nothing in place of the form. The title too: it names the sources shown, and one
    of them may have come or gone."""
    part = reading_part(page.request, article, request.user, page.shown)
    response = render(page.request, "articles/_reading_update.html", {"part": part, "article": article})
    response.write('<div id="marking" hx-swap-oob="innerHTML"></div>')
    response.headers["HX-Retarget"] = "#reading"
    response.headers["HX-Reswap"] = "outerHTML show:none"
    return response


def _pieces(article: Article, made: Pieces, page: Page) -> HttpResponse:
    """Nothing in place of the form; all else goes where its id says."""
    add = reverse("claim_add", args=[article.slug])
    title = {"article": article, "part": {"shown": ", ".join(one.source.name for one in made.speaking if one.is_shown)}}
    parts = [
        # With a filter it names the sources shown, by number of claims.
        render_to_string("articles/_title_update.html", title) if made.shown else "",
        *(paragraph_html(one, oob=True, add=add) for one in made.paragraphs),
        *(f'<div id="claim-{uid}" hx-swap-oob="delete"></div>' for uid in made.gone),
        *(card_html(card, article, oob=True, editing=True) for card in made.changed),
        *(_placed(one, article) for one in made.placed),
        claims_title_html(made, oob=True),
        speaking_html(made, page.request, oob=True),
        "" if made.disputed is None else disputed_html(article, made.disputed, oob=True),
    ]
    return HttpResponse("".join(parts))


def _placed(one: Placed, article: Article) -> str:
    """htmx puts what is in the list after the card before it, or first."""
    where = f"afterend:#claim-{one.after}" if one.after else "afterbegin:#claims ol"
    return f'<ol hx-swap-oob="{where}">{card_html(one.card, article, editing=True)}</ol>'


def _told(
    request: HtmxHttpRequest, article: Article, changeset: Changeset, numbered: list[Numbered], *, is_hidden: bool
) -> str:
    quotes = [one.quote for step in changeset.steps.values() if step.after for one in step.after.highlights]
    return told_html(
        changeset,
        request,
        words=first_words(" … ".join(quotes)) if len(changeset.steps) == 1 and quotes else "",
        is_hidden=is_hidden,
        numbers=as_keys(numbered),
        stamp=stamp_after(article, changeset),
    )
