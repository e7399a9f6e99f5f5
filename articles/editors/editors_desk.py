"""What the reading page holds for editors beside what readers see."""

from collections.abc import Iterable
from copy import copy
from typing import Any
from urllib.parse import urlencode

from articles.editors.completing import sources_completing
from articles.models import Article, Changeset, Claim, Question
from articles.suggestions.reviewing import OVER, Review, review_of, review_over
from articles.writing.source_numbers import as_keys, numbered_sources
from articles.writing.tagging import first_words


def editors_desk(article: Article, done: str = "", place: str = "", review: str = "") -> dict[str, Any]:
    """The keys of the sources, what was just done, which can be undone, and a claim whose words are to be found.
    Three queries, two for `done`, two for `place`; where suggestions are to be reviewed, five for these, and two where
    the last one has just been."""
    numbered = numbered_sources(article)
    up = review_of(article, review, sources=numbered)
    return {
        "numbers": as_keys(numbered),
        "review": up,
        "over": review_over(article) if review == OVER and up is None else None,
        "stamp": page_stamp(article),
        "changeset": done_in(done),
        "placing": Claim.objects.in_article(article).with_uid(place).first() if place else None,
    }


def desk_address(article: Article, review: Review | None, **query: str) -> str:
    """The reading page, at the suggestion that is up, if one is."""
    uid = review.claim.uid if review else ""
    anchor = f"#sign-{uid}" if uid else ""
    asked = urlencode({**query, "review": uid} if uid else query)
    return f"{article.get_absolute_url()}{'?' if asked else ''}{asked}{anchor}"


def page_stamp(article: Article) -> str:
    """What stands in the page so that an act can tell whether the page is still what the desk would show."""
    return f"{article.stamp}.{article.story.stamp if article.story else 0}"


def stamp_after(article: Article, changeset: Changeset) -> str:
    """The stamp of the page with what the act has changed, and nothing that somebody else wrote since the article
    was read: a page that says it is told from what the desk shows as soon as there is more. No query, but where
    the act has changed other articles too, of which it is not known here whether the story is the same."""
    if any(articles != {article.pk} for articles in changeset.moved):
        return page_stamp(Article.objects.select_related("story").only("stamp", "story__stamp").get(pk=article.pk))
    now, moves = copy(article), len(changeset.moved)
    now.stamp += moves
    if now.story:
        now.story = copy(now.story)
        now.story.stamp += moves
    return page_stamp(now)


def list_desk(claims: Iterable[Claim], done: str = "") -> dict[str, Any]:
    """What these claims of a list can be set to together: of questions those of their stories. Three queries at
    most, and two for `done`."""
    stories = {claim.article.story_id for claim in claims}
    return {
        "sources_to_set": sources_completing(),
        "questions_to_set": list(Question.objects.in_any_of(stories).answered_in_words().select_related("story")),
        "statuses_to_set": Claim.Status.choices,
        "changeset": done_in(done),
    }


def done_in(uid: str) -> Changeset | None:
    """With the words of the claim, if it was one. Two queries, none for nothing."""
    changeset = Changeset.objects.with_uid(uid).first() if uid else None
    # Of an act on one claim there is no second row, but where it came and went.
    if changeset and len(rows := list(changeset.revisions.all()[:2])) == 1:
        changeset.words = first_words(rows[0].quote)
    return changeset
