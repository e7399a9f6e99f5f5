"""One question as a card for other sites' pages, and how they ask for it (oEmbed 1.0, section 2.3.4.4: rich)."""

from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from articles.kept_pages import kept_for_readers, of_the_question
from articles.models import Question
from articles.pages.story_page import Accounts, Asked, accounts, articles_of
from articles.pages.visitors import once_public
from articles.requests import HtmxHttpRequest, gone_with

# In CSS pixels.
WIDTH, HEIGHT = 640, 420


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@kept_for_readers(stamp=of_the_question, is_for_all=True)
def question_embed(request: HtmxHttpRequest, question: str) -> HttpResponse:
    """The same for everybody, whoever is signed in: it stands on pages of others."""
    asked = Question.objects.with_slug(question).first()
    if asked is None:
        raise Http404("There is no such question.")
    page = _public(asked)
    if page is None:
        answer = gone_with(request, "story", once_public().in_stories([asked.story.slug]))
        if answer is None:
            raise Http404("There is no such question.")
        return answer
    context = {
        "accounts": page,
        "row": page.rows[0],
        "story": page.story,
        "own_url": request.build_absolute_uri(reverse("question_detail", args=[page.story.slug, asked.slug])),
    }
    # Without the request: nothing of who asks for it gets in.
    card = HttpResponse(render_to_string("articles/question_embed.html", context))
    # Pages that let in only what allows it may frame it as well.
    card.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return card


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """`?url=` the address of a question's page. 404 for any other, 501 for a format that is not JSON."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("Only format=json is given.", status=501, content_type="text/plain")
    asked = _asked_question(request.GET.get("url", ""))
    page = _public(asked) if asked else None
    if asked is None or page is None:
        return JsonResponse({"error": "This is not the address of a question."}, status=404)
    width, height = _within(request.GET.get("maxwidth"), WIDTH), _within(request.GET.get("maxheight"), HEIGHT)
    source = request.build_absolute_uri(reverse("question_embed", args=[asked.slug]))
    frame = '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>'
    answer = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Newsdesk",
        "provider_url": request.build_absolute_uri("/"),
        "title": f"{asked.text} {page.story}",
        "width": width,
        "height": height,
        "html": format_html(frame, source, width, height, asked.text),
    }
    return JsonResponse(answer)


def _public(asked: Question) -> Accounts | None:
    reader = AnonymousUser()
    articles = articles_of(asked.story.slug, reader)
    return accounts(asked.story, articles, reader, Asked(questions=(asked.slug,), most=None)) if articles else None


def _asked_question(url: str) -> Question | None:
    try:
        found = resolve(urlsplit(url).path)
    except (Resolver404, ValueError):
        return None
    if found.url_name not in ("question_detail", "question_embed"):
        return None
    asked = Question.objects.with_slug(found.kwargs["question"]).first()
    return asked if asked and found.kwargs.get("slug", asked.story.slug) == asked.story.slug else None


def _within(most: str | None, usual: int) -> int:
    return min(usual, max(int(most), 1)) if most and most.isascii() and most.isdecimal() else usual
