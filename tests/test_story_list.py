from typing import Any

import pytest

from articles.models import Story
from articles.pages.story_list import STORIES_PER_PAGE
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story
from tests.pages import PageClient, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

ADDRESS = "/stories/"


def show(client: PageClient, query: str = "") -> Any:
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return main_of(response)


def titles(client: PageClient, query: str = "") -> list[str]:
    return [words(title) for title in show(client, query).iter("h2")]


def test_stories_come_newest_first_and_undated_ones_last(reader: PageClient) -> None:
    for slug, date in (("old", "2017-01-01"), ("undated", None), ("new", "2018-02-07")):
        make_article(slug=slug, story=make_story(title=slug, slug=slug))
        Story.objects.update_or_create(slug=slug, defaults={"happened_on": date})
    assert titles(reader) == ["new", "old", "undated"]


def test_a_story_stands_with_what_is_disputed_in_it(reader: PageClient) -> None:
    article, question = make_article(story=make_story()), make_question(text="How many were killed?")
    for value, name in ((100, "Coalition"), (25, "SANA")):
        make_claim(article=article, source=make_source(name=name), answers=[answer(question, value)])
    main = show(reader)
    assert links(main)["/stories/khusham/#how-many"] == "How many were killed?"
    for fact in ("1 article", "2 claims"):
        assert fact in words(main)


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_a_story_of_which_nothing_is_public_is_for_editors(
    reader: PageClient, editors_browser: PageClient, status: str
) -> None:
    make_article(story=make_story(), status=status)
    assert titles(reader) == []
    assert titles(editors_browser) == ["Khusham"]


def test_a_long_list_has_pages(reader: PageClient) -> None:
    for number in range(STORIES_PER_PAGE + 1):
        make_article(slug=f"article-{number}", story=make_story(title=f"Story {number:02}", slug=f"story-{number}"))
    assert len(titles(reader)) == STORIES_PER_PAGE
    assert links(show(reader))["/stories/?page=2"] == "Next page"
    for number in ("2", "9", "9" * 30):
        assert titles(reader, f"?page={number}") == [f"Story {STORIES_PER_PAGE:02}"]


def test_the_masthead_leads_there_and_marks_it(reader: PageClient) -> None:
    make_article(story=make_story())
    for address, said in (("/stories/", "page"), ("/stories/khusham/", "true"), ("/", None)):
        header = tree_of(reader.get(address)).find(".//header")
        (link,) = [one for one in header.iter("a") if one.get("href") == ADDRESS]
        assert link.get("aria-current") == said


def test_titles_of_any_script_find_their_own_direction(reader: PageClient) -> None:
    make_article(story=make_story(title="ليلة <b>خشام</b>"))
    (title,) = show(reader).iter("h2")
    assert (title.get("dir"), words(title)) == ("auto", "ليلة <b>خشام</b>")
