"""What other programs come for: feeds, the map of the site, and what robots may fetch."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap as sitemap_part
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.exporting.feeds import Followed, LatestArticles, NewestClaims
from articles.exporting.sitemaps import SITEMAPS
from articles.models import Claim, Question, Source
from articles.models.article import ArticleQuerySet
from articles.pages.claim_list import claims_of, claims_title, listed_of, unknown_in
from articles.pages.facets import asked_rows
from articles.pages.forms import ClaimFilterForm, unreadable
from articles.pages.not_known import knows, refusal_of_values, told
from articles.pages.visitors import once_public, once_public_of_source, sources_for, stories_for
from articles.requests import HtmxHttpRequest, bad_request, gone_with

_ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /sign-in/
Disallow: /work/
Disallow: /*?*format=
Disallow: /*?*audience=

Sitemap: {}
"""


@require_safe
@knows()
def article_feed(request: HtmxHttpRequest) -> HttpResponse:
    return LatestArticles(AnonymousUser(), reverse("article_list"), told(request))(request)


@require_safe
@knows(*ClaimFilterForm.parameters())
def claim_feed(request: HtmxHttpRequest) -> HttpResponse:
    """Under the filter of the list of claims."""
    form = ClaimFilterForm(request.GET, AnonymousUser())
    if not form.is_valid():
        return bad_request(request, unreadable(form))
    rows = asked_rows(form, AnonymousUser())
    if refused := refusal_of_values(request, unknown_in(form, rows)):
        return refused
    claims = Claim.objects.listed_for(AnonymousUser()).among(listed_of(form, AnonymousUser(), rows))
    query, title = _known_query(request), claims_title(form, rows)
    title = title[0].lower() + title[1:]
    link, address = reverse("claim_list") + query, request.path + query
    return NewestClaims(Followed(f"Newsdesk: {title}", link, address, claims, told(request)))(request)


@require_safe
@knows()
def story_feed(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    story = stories_for(AnonymousUser()).named(slug).first()
    if story is None:
        return _missing(request, "story", once_public().in_stories([slug]))
    return _feed(request, str(story), story.get_absolute_url(), {"story": slug})


@require_safe
@knows()
def question_feed(request: HtmxHttpRequest, slug: str, question: str) -> HttpResponse:
    asked = Question.objects.with_slug(question).first()
    story = stories_for(AnonymousUser()).named(slug).first()
    if story is None:
        return _missing(request, "story", once_public().in_stories([slug]))
    if asked is None or asked.story != story:
        raise Http404("There is no such question.")
    link = reverse("question_detail", args=[slug, question])
    return _feed(request, f"{asked} {story}", link, {"question": question})


@require_safe
@knows()
def source_feed(request: HtmxHttpRequest, slug: str) -> HttpResponse:
    source = Source.objects.living(slug)
    if source is None:
        raise Http404("There is no such source.")
    if not sources_for(AnonymousUser()).contains(source):
        return _missing(request, "source", once_public_of_source(source))
    return _feed(request, str(source), source.get_absolute_url(), {"shown": source.slug})


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return sitemap_index(request, SITEMAPS, sitemap_url_name="sitemap_section")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap_part(request, SITEMAPS, section)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    address = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(_ROBOTS.format(address), content_type="text/plain; charset=utf-8")


def _feed(request: HtmxHttpRequest, title: str, link: str, scope: dict[str, str]) -> HttpResponse:
    query = request.GET.copy()
    query.clear()
    query.update(scope)
    form = ClaimFilterForm(query, AnonymousUser())
    form.is_valid()
    claims = claims_of(form, AnonymousUser())
    return NewestClaims(Followed(f"Newsdesk: {title}", link, request.path, claims, told(request)))(request)


def _known_query(request: HttpRequest) -> str:
    """Without what else it asks for, as feed readers do to come past caches: they would take the same feed for another
    each time."""
    query = request.GET.copy()
    for name in query.keys() - set(ClaimFilterForm.parameters()):
        del query[name]
    return f"?{query.urlencode()}" if query else ""


def _missing(request: HttpRequest, what: str, articles: ArticleQuerySet) -> HttpResponse:
    answer = gone_with(request, what, articles)
    if answer is None:
        raise Http404(f"There is no such {what}.")
    return answer
