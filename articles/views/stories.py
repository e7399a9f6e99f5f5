from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from articles.decorators import editor_required
from articles.exporting.negotiating import PARAMETERS, exported_by
from articles.kept_pages import kept_for_readers, of_the_story
from articles.models import Story
from articles.models.roles import is_editor
from articles.pages.account_table import Row
from articles.pages.forms import AccountsForm, ClaimFilterForm, RulingForm, unreadable
from articles.pages.not_known import knows
from articles.pages.story_history import was_taken_away
from articles.pages.story_list import stories_page
from articles.pages.story_page import Accounts, Asked, accounts, articles_of, asked_in
from articles.pages.visitors import once_public, stories_for, visitor_of
from articles.requests import HtmxHttpRequest, bad_request, gone, gone_with
from articles.views.exports import story_export
from articles.writing.editing import EditError
from articles.writing.rulings import rule


@require_safe
@kept_for_readers("page")
@knows("page")
def story_list(request: HtmxHttpRequest) -> HttpResponse:
    context = stories_page(visitor_of(request), request.GET.get("page"))
    return render(request, "articles/story_list.html", context)


@require_safe
@exported_by(story_export, *ClaimFilterForm.parameters(), *AccountsForm.base_fields)
@kept_for_readers("shown", "question", "order", "versions", stamp=of_the_story)
@knows(*AccountsForm.base_fields, *PARAMETERS)
def story_detail(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    form = AccountsForm(request.GET)
    if not form.is_valid():
        return bad_request(request, unreadable(form))
    visitor = visitor_of(request)
    articles = articles_of(slug, visitor)
    story = articles[0].story if articles else stories_for(visitor).named(slug).first()
    if story is None:
        return _missing(request, slug)
    page = accounts(story, articles, visitor, asked_in(form))
    return render(request, "articles/story_detail.html", {"accounts": page, "story": story, "form": form})


@require_safe
@kept_for_readers(stamp=of_the_story)
@knows("saved")
def question_detail(request: HtmxHttpRequest, slug: str, question: str) -> HttpResponse:
    try:
        page = _question(request, slug, question)
    except Http404:
        if not was_taken_away(slug, question):
            raise
        return gone(request, "This question was taken away: nothing answered it.")
    if page is None:
        return _missing(request, slug)
    return _question_page(request, page)


@require_POST
@editor_required
def question_rule(request: HtmxHttpRequest, slug: str, question: str) -> HttpResponse:
    page = _question(request, slug, question)
    if page is None:
        return _missing(request, slug)
    form = _ruling_form(page, request.POST)
    if not form.is_valid():
        return _question_page(request, page, form, status=422)
    try:
        rule(page.rows[0].question, editor=request.user, **form.cleaned_data)
    except EditError as error:
        form.add_error(None, str(error))
        return _question_page(request, page, form, status=422)
    return redirect(f"{reverse('question_detail', args=[slug, question])}?saved=decision#saved")


def _question(request: HtmxHttpRequest, slug: str, question: str) -> Accounts | None:
    """The page of a story with this question alone. None where the visitor may not know of the story; raises
    Http404 where it has no such question."""
    visitor = visitor_of(request)
    articles = articles_of(slug, visitor)
    story: Story | None = articles[0].story if articles else stories_for(visitor).named(slug).first()
    if story is None:
        return None
    page = accounts(story, articles, visitor, Asked(questions=(question,), most=None))
    if question in page.unknown:
        raise Http404("There is no such question.")
    return page


def _question_page(
    request: HtmxHttpRequest, page: Accounts, form: RulingForm | None = None, status: int = 200
) -> HttpResponse:
    row: Row = page.rows[0]
    if form is None and is_editor(visitor_of(request)) and len(row.speaking) > 1:
        form = _ruling_form(page)
    is_saved = form is not None and request.GET.get("saved") == "decision"
    context = {"accounts": page, "story": page.story, "row": row, "form": form, "is_saved": is_saved}
    return render(request, "articles/question_detail.html", context, status=status)


def _ruling_form(page: Accounts, data: QueryDict | None = None) -> RulingForm:
    """On those who speak: how they relate is what the page shows."""
    return RulingForm([account.column.source for account in page.rows[0].speaking], data)


def _missing(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    answer = gone_with(request, "story", once_public().in_stories([slug]))
    if answer is None:
        raise Http404("There is no such story.")
    return answer
