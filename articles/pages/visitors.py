"""Who is looking. A reader without a session is known as such without a cookie or a `Vary` on one."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.counting import written_as_counted
from articles.models import Article, Claim, Source, Story
from articles.models.article import ArticleQuerySet
from articles.models.roles import Visitor, is_editor
from articles.models.source import SourceQuerySet
from articles.models.story import StoryQuerySet
from articles.pages.work import work_total


def visitor_of(request: HttpRequest) -> Visitor:
    """The signed-in user, else an anonymous one. Touches the session only if the request carries one."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return request.user
    return AnonymousUser()


def visitor(request: HttpRequest) -> dict[str, object]:
    """For every template: `visitor`, whether they are an editor, and how much there is to do. Counts only where
    a template shows it: one query, or two."""
    who = visitor_of(request)
    return {"visitor": who, "visitor_is_editor": is_editor(who), "work_total": SimpleLazyObject(_work_total)}


def _work_total() -> str:
    """As it is written; nothing where there is nothing to do."""
    total = work_total()
    return written_as_counted(total) if total else ""


def stories_for(visitor: Visitor) -> StoryQuerySet:
    """The stories of which the visitor may read an article; for editors the empty ones too."""
    if is_editor(visitor):
        return Story.objects.all()
    return Story.objects.filter(Exists(Article.objects.visible_to(visitor).filter(story=OuterRef("pk"))))


def sources_for(visitor: Visitor) -> SourceQuerySet:
    """The sources in use of which the visitor may see a claim or read an article; for editors the others too."""
    sources = Source.objects.in_use()
    if is_editor(visitor):
        return sources
    claims = Claim.objects.visible_to(visitor).filter(source=OuterRef("pk"))
    outlets = Article.objects.visible_to(visitor).filter(outlet=OuterRef("pk"))
    return sources.filter(Exists(claims) | Exists(outlets))


def once_public() -> ArticleQuerySet:
    """The articles that readers could see and no longer can: withdrawn, or set back to draft."""
    hidden = Article.objects.exclude(status=Article.Status.PUBLISHED)
    return hidden.filter(Q(status=Article.Status.WITHDRAWN) | Q(public_since__isnull=False)).order_by("slug")


def once_public_of_source(source: Source) -> ArticleQuerySet:
    """Those that it published, or in which it says something."""
    said = Claim.objects.by_source(source).filter(status=Claim.Status.ACCEPTED).values("article")
    return once_public().filter(Q(outlet=source) | Q(pk__in=said))
