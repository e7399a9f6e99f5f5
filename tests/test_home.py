from datetime import UTC, datetime
from typing import Any

import pytest

from articles.models import Article, Story
from articles.writing.publishing import set_status
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story
from tests.pages import PageClient, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db


def section(reader: PageClient, heading: str) -> Any:
    """The part of the page under this heading."""
    for one in main_of(reader.get("/")).iter("section"):
        if words(one.find("h2")) == heading:
            return one
    raise AssertionError(heading)


def dispute(story: Story, article: Article, *values: int, **fields: Any) -> None:
    """One source after another answers the story's question."""
    question = story.questions.first() or make_question(story=story, text="How many were killed?")
    for number, value in enumerate(values):
        source = make_source(name=f"Source {number}", code="ABC"[number] * 3)
        make_claim(article=article, source=source, answers=[answer(question, value)], **fields)


@pytest.fixture
def story() -> Story:
    return make_story(title="Night at Khusham")


def test_a_story_stands_with_its_numbers(reader: PageClient, story: Story) -> None:
    dispute(story, make_article(story=story), 1, 1)
    make_article(slug="other", story=story)
    part = section(reader, "Stories")
    assert links(part) == {"/stories/khusham/": "Night at Khusham", "/stories/": "All stories"}
    assert "2 articles" in words(part)
    assert "2 claims" in words(part)


def test_what_is_disputed_leads_to_the_question(reader: PageClient, story: Story) -> None:
    dispute(story, make_article(story=story), 100, 25)
    assert links(section(reader, "Stories"))["/stories/khusham/#how-many"] == "How many were killed?"


@pytest.mark.parametrize("status", ["suggested", "rejected"])
def test_claims_that_are_not_accepted_dispute_nothing(reader: PageClient, story: Story, status: str) -> None:
    article = make_article(story=story)
    dispute(story, article, 100)
    dispute(story, article, 100, 25, status=status)
    part = section(reader, "Stories")
    assert "/stories/khusham/#how-many" not in links(part)
    assert "1 claim" in words(part)


def test_rejected_claims_dispute_nothing_for_editors_either(editors_browser: PageClient, story: Story) -> None:
    article = make_article(story=story)
    dispute(story, article, 100)
    dispute(story, article, 100, 25, status="rejected")
    assert "/stories/khusham/#how-many" not in links(section(editors_browser, "Stories"))


def test_each_story_has_its_own_disputes(reader: PageClient, story: Story) -> None:
    other = make_story(title="Other", slug="other")
    dispute(story, make_article(story=story), 100, 25)
    make_question(story=other, slug="other-how-many", text="How many hurt?")
    dispute(other, make_article(slug="b", story=other), 3, 4)
    assert links(section(reader, "Stories")).keys() == {
        "/stories/khusham/",
        "/stories/khusham/#how-many",
        "/stories/other/",
        "/stories/other/#other-how-many",
        "/stories/",
    }


def test_stories_come_newest_first_and_undated_ones_last(reader: PageClient) -> None:
    for slug, date in (("old", "2017-01-01"), ("undated", None), ("new", "2018-02-07")):
        make_article(slug=slug, story=make_story(title=slug, slug=slug))
        Story.objects.update_or_create(slug=slug, defaults={"happened_on": date})
    assert list(links(section(reader, "Stories")).values()) == ["new", "old", "undated", "All stories"]


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_a_story_of_which_nothing_is_public_is_for_editors(
    reader: PageClient, editors_browser: PageClient, story: Story, status: str
) -> None:
    make_article(story=story, status=status)
    assert links(section(reader, "Stories")) == {}
    assert "/stories/khusham/" in links(section(editors_browser, "Stories"))


def test_only_latest_versions_are_listed_and_counted(reader: PageClient, story: Story) -> None:
    first = make_article(story=story)
    second = make_article(slug="second", story=story, revises=first)
    dispute(story, first, 100, 25)
    make_claim(article=second)
    stories, articles = words(section(reader, "Stories")), section(reader, "Latest articles")
    assert "1 article" in stories
    assert "1 claim" in stories
    assert "/stories/khusham/#how-many" not in links(section(reader, "Stories"))
    assert "/articles/second/" in links(articles)
    assert "/articles/strikes/" not in links(articles)


def test_a_withdrawn_version_gives_its_place_back(reader: PageClient) -> None:
    first = make_article()
    set_status(make_article(slug="second", revises=first), Article.Status.WITHDRAWN)
    assert "/articles/strikes/" in links(section(reader, "Latest articles"))


def test_the_ten_latest_articles_are_listed(reader: PageClient) -> None:
    for day in range(1, 13):
        make_article(slug=f"day-{day}", published_at=datetime(2018, 2, day, tzinfo=UTC))
    listed = [address for address in links(section(reader, "Latest articles")) if address != "/articles/"]
    assert listed == [f"/articles/day-{day}/" for day in range(12, 2, -1)]


def test_title_and_canonical_address(reader: PageClient) -> None:
    tree = tree_of(reader.get("/?from=mail"))
    assert "Newsdesk" in words(tree.find(".//title"))
    assert tree.find(".//link[@rel='canonical']").get("href") == "http://testserver/"


def test_the_page_that_one_is_on_is_marked_in_the_masthead(reader: PageClient) -> None:
    current = [link.get("href") for link in tree_of(reader.get("/")).iter("a") if link.get("aria-current") == "page"]
    assert current == ["/"]


def test_twenty_stories_are_listed_and_the_rest_is_one_link_away(reader: PageClient) -> None:
    for number in range(21):
        make_article(slug=f"article-{number}", story=make_story(title=f"Story {number:02}", slug=f"story-{number}"))
    found = links(section(reader, "Stories"))
    assert len(found) == 21
    assert found["/stories/"] == "All stories"


def test_editors_find_where_an_article_is_added(reader: PageClient, editors_browser: PageClient, story: Story) -> None:
    make_article(story=story)
    assert links(main_of(editors_browser.get("/")))["/articles/new/"] == "Add an article"
    assert links(main_of(editors_browser.get("/work/")))["/articles/new/"] == "Add an article"
    assert "/articles/new/" not in links(main_of(reader.get("/")))
