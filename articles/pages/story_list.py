"""Listing stories, with what is disputed in them: the home page, and the list of all stories.

What is said of a story is kept under its stamp, which moves with every write that could change it: a story that did
not move since costs no query.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from articles.kept_pages import release
from articles.models import Claim, Question, Story
from articles.models.roles import Visitor, is_editor
from articles.pages.browsing import claim_counts, latest_articles, page_of
from articles.pages.visitors import stories_for

STORIES_PER_PAGE = 20
LATEST = 10
SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Disputed:
    """A question on which accounts conflict."""

    slug: str
    text: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a list says of a story: how many articles and claims, and what is disputed."""

    articles: int
    claims: int
    disputed: tuple[Disputed, ...]


@dataclass(frozen=True, slots=True)
class ListedStory:
    story: Story
    numbers: Numbers


def home_page(visitor: Visitor) -> dict[str, Any]:
    """The newest stories with what is disputed in them, and the latest articles. Six queries, and three where the
    stories' numbers are kept."""
    articles = list(latest_articles(visitor)[:LATEST])
    return {
        "stories": with_numbers(stories_for(visitor).newest_first()[:STORIES_PER_PAGE], visitor),
        "articles": articles,
        "counts": claim_counts(articles, visitor),
    }


def stories_page(visitor: Visitor, number: str | None) -> dict[str, Any]:
    """All stories, the newest first. Five queries, and two where their numbers are kept."""
    page = page_of(stories_for(visitor).newest_first(), number, STORIES_PER_PAGE)
    return {"page": page, "stories": with_numbers(page, visitor)}


def with_numbers(stories: Iterable[Story], visitor: Visitor) -> list[ListedStory]:
    """Three queries for all that are not kept, and that for the stories."""
    kind = f"story:{release()}:{is_editor(visitor):d}"
    keys = {story: f"{kind}:{story.pk}:{story.stamp}" for story in stories}
    kept: dict[str, Numbers] = cache.get_many(keys.values())
    missing = [story for story, key in keys.items() if key not in kept]
    if missing:
        made = {keys[story]: numbers for story, numbers in _numbers_of(missing, visitor).items()}
        cache.set_many(made, SECONDS)
        kept |= made
    return [ListedStory(story, kept[key]) for story, key in keys.items()]


def _numbers_of(stories: Sequence[Story], visitor: Visitor) -> dict[Story, Numbers]:
    slugs = [story.slug for story in stories]
    claims = Claim.objects.counted_for(visitor).in_latest_versions().in_stories(slugs).counts_by("article__story")
    articles = latest_articles(visitor).in_stories(slugs).counts_by("story")
    disputed: dict[int, list[Disputed]] = defaultdict(list)
    for question in Question.objects.in_stories(slugs).disputed():
        disputed[question.story_id].append(Disputed(question.slug, question.text))
    return {
        story: Numbers(articles.get(story.pk, 0), claims.get(story.pk, 0), tuple(disputed[story.pk]))
        for story in stories
    }
