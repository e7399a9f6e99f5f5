"""Listing stories, with what is disputed in them: the home page, and the list of all stories.

To say what is disputed, all answers of a story are compared. So it is kept for each story under the story's stamp,
which moves with every write that could change it; a story that did not move since costs no query.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from articles.accounts import Relation, signs
from articles.browsing import claim_counts, latest_articles, page_of
from articles.models import Answer, Claim, Place, Question, Story
from articles.models.claim import ClaimQuerySet
from articles.models.roles import Visitor, is_editor
from articles.rulings import relations_on
from articles.stating import stated, surroundings_of
from articles.visitors import stories_for

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
    """The newest stories with what is disputed in them, and the latest articles. Seven queries, and three where the
    stories' numbers are kept."""
    articles = list(latest_articles(visitor)[:LATEST])
    return {
        "stories": with_numbers(stories_for(visitor).newest_first()[:STORIES_PER_PAGE], visitor),
        "articles": articles,
        "counts": claim_counts(articles, visitor),
    }


def stories_page(visitor: Visitor, number: str | None) -> dict[str, Any]:
    """All stories, the newest first. Six queries, and two where their numbers are kept."""
    page = page_of(stories_for(visitor).newest_first(), number, STORIES_PER_PAGE)
    return {"page": page, "stories": with_numbers(page, visitor)}


def with_numbers(stories: Iterable[Story], visitor: Visitor) -> list[ListedStory]:
    """Four queries for all that are not kept, and that for the stories."""
    keys = {story: f"story:{is_editor(visitor):d}:{story.pk}:{story.stamp}" for story in stories}
    kept: dict[str, Numbers] = cache.get_many(keys.values())
    missing = [story for story, key in keys.items() if key not in kept]
    if missing:
        made = {keys[story]: numbers for story, numbers in _numbers_of(missing, visitor).items()}
        cache.set_many(made, SECONDS)
        kept |= made
    return [ListedStory(story, kept[key]) for story, key in keys.items()]


def _numbers_of(stories: Sequence[Story], visitor: Visitor) -> dict[Story, Numbers]:
    slugs = [story.slug for story in stories]
    claims = Claim.objects.listed_for(visitor).in_latest_versions().in_stories(slugs)
    articles = latest_articles(visitor).in_stories(slugs).counts_by("story")
    counts = claims.counts_by("article__story")
    disputed = disputed_questions(_accounts_of(claims), Place.objects.in_stories(slugs))
    return {
        story: Numbers(
            articles.get(story.pk, 0),
            counts.get(story.pk, 0),
            tuple(Disputed(one.slug, one.text) for one in disputed[story.pk]),
        )
        for story in stories
    }


def _accounts_of(claims: ClaimQuerySet) -> list[Answer]:
    """Their answers, without those of claims without a source. One query."""
    return [answer for answer in Answer.objects.of_claims(claims) if answer.claim.source]


def disputed_questions(answers: Sequence[Answer], places: Iterable[Place]) -> dict[int, list[Question]]:
    """For each story, the questions with a conflict, in the order of the answers. No query but for `places`, and for
    rulings where there are any."""
    questions = {answer.question.pk: answer.question for answer in answers}
    signed = signs(stated(answers, surroundings_of(places)), relations_on(questions.values()))
    by_story: dict[int, list[Question]] = defaultdict(list)
    for question in questions.values():
        if signed.get(question.slug) is Relation.CONFLICT:
            by_story[question.story_id].append(question)
    return by_story
