"""The map of the site for search engines: every page that readers may see and that has an address of its own."""

from datetime import datetime
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.urls import reverse

from articles.models import Article, Listed, Question
from articles.models.article import ArticleQuerySet
from articles.models.listed import ListedQuerySet
from articles.models.question import QuestionQuerySet
from articles.models.source import SourceQuerySet
from articles.models.story import StoryQuerySet
from articles.pages.narrowed import shelves_of
from articles.pages.visitors import sources_for, stories_for


# Generic in the stubs only.
class Pages(Sitemap):  # type: ignore[type-arg]
    def items(self) -> list[str]:
        return ["home", "story_list", "article_list", "claim_list", "source_list"]

    def location(self, item: str) -> str:
        return reverse(item)


class Stories(Sitemap):  # type: ignore[type-arg]
    def items(self) -> StoryQuerySet:
        return stories_for(AnonymousUser()).order_by("pk")


class Questions(Sitemap):  # type: ignore[type-arg]
    def items(self) -> QuestionQuerySet:
        return Question.objects.filter(story__in=stories_for(AnonymousUser())).select_related("story").order_by("pk")

    def location(self, item: Question) -> str:
        return reverse("question_detail", args=[item.story.slug, item.slug])


class Articles(Sitemap):  # type: ignore[type-arg]
    def items(self) -> ArticleQuerySet:
        return Article.objects.visible_to(AnonymousUser()).order_by("pk")

    def lastmod(self, item: Article) -> datetime:
        return item.public_since or item.imported_at

    def get_latest_lastmod(self) -> datetime | None:
        """Else all of them would be read for it."""
        latest = self.items().order_by().aggregate(latest=Max(Coalesce("public_since", "imported_at")))["latest"]
        return cast("datetime | None", latest)


class Sources(Sitemap):  # type: ignore[type-arg]
    def items(self) -> SourceQuerySet:
        return sources_for(AnonymousUser()).order_by("pk")


class Claims(Sitemap):  # type: ignore[type-arg]
    """Those that lists hold for readers."""

    def items(self) -> ListedQuerySet:
        shelves = shelves_of([], for_editors=False, has_all_versions=True)
        return Listed.objects.on_shelves(shelves).select_related("claim").only("claim__uid").order_by("pk")

    def location(self, item: Listed) -> str:
        return item.claim.get_absolute_url()


SITEMAPS: dict[str, Any] = {
    "pages": Pages,
    "stories": Stories,
    "questions": Questions,
    "articles": Articles,
    "sources": Sources,
    "claims": Claims,
}
