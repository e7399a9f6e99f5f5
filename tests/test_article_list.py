import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from articles.pages.browsing import ARTICLES_PER_PAGE
from tests.factories import make_article, make_claim, make_source, make_story
from tests.pages import PageClient, links, main_of, words

pytestmark = pytest.mark.django_db

ADDRESS = "/articles/"


def listed(client: PageClient, query: str = "") -> list[str]:
    """Slugs, in the order of the list. The button above it and the links to edit a row are for editors."""
    found = links(main_of(client.get(ADDRESS + query)))
    slugs = [re.fullmatch(r"/articles/([^/?]+)/", one) for one, said in found.items() if said != "Add an article"]
    return [slug[1] for slug in slugs if slug]


def many(count: int) -> None:
    for number in range(count):
        make_article(slug=f"a{number:03}", published_at=datetime(2018, 1, 1, 0, number, tzinfo=UTC))


def test_those_of_one_outlet_alone(reader: PageClient) -> None:
    outlet, other = make_source(name="Gazette", kind="outlet"), make_source(name="SANA", kind="agency")
    make_article(outlet=outlet)
    make_article(slug="other")
    assert listed(reader, "?outlet=gazette") == ["strikes"]
    assert "Every report of Gazette" in words(main_of(reader.get(f"{ADDRESS}?outlet=gazette")))
    for slug in ("none", other.slug):
        assert reader.get(f"{ADDRESS}?outlet={slug}").status_code == 400


def test_a_row_says_what_where_and_when(reader: PageClient) -> None:
    outlet = make_source(name="Gazette", kind="outlet")
    article = make_article(
        story=make_story(title="Khusham"),
        outlet=outlet,
        published_at=datetime(2018, 2, 7, 21, 30, tzinfo=UTC),
        published_offset=180,
        published_time_known=True,
    )
    make_claim(article=article)
    main = main_of(reader.get(ADDRESS))
    told = {"/articles/feed.atom": "Feed"}
    assert links(main) == {"/articles/strikes/": "Strikes in Syria", "/stories/khusham/": "Khusham"} | told
    for fact in ("Gazette", "8 February 2018, 00:30", "1 claim"):
        assert fact in words(main)


def test_the_newest_come_first_and_undated_ones_last(reader: PageClient) -> None:
    for slug, moment in (
        ("old", datetime(2017, 1, 1, tzinfo=UTC)),
        ("undated", None),
        ("new", datetime(2018, 1, 1, tzinfo=UTC)),
    ):
        make_article(slug=slug, published_at=moment)
    assert listed(reader) == ["new", "old", "undated"]


def test_editors_find_drafts_without_a_date_first(editors_browser: PageClient, reader: PageClient) -> None:
    """What came in last before what came in earlier; else as everybody finds them."""
    day = datetime(2018, 1, 1, tzinfo=UTC)
    for slug, status, moment in (
        *(("undated", "published", None), ("b-draft", "draft", None), ("a-draft", "draft", None)),
        *(("dated", "draft", day), ("c-draft", "draft", None), ("newer", "published", day + timedelta(days=1))),
    ):
        make_article(slug=slug, status=status, published_at=moment)
    assert listed(editors_browser) == ["c-draft", "a-draft", "b-draft", "newer", "dated", "undated"]
    assert listed(reader) == ["newer", "undated"]


def test_only_the_latest_version_is_listed(reader: PageClient) -> None:
    make_article(slug="second", revises=make_article())
    assert listed(reader) == ["second"]
    assert "version 2" in words(main_of(reader.get(ADDRESS)))


def test_drafts_and_withdrawn_articles_are_for_editors_who_are_told(
    reader: PageClient, editors_browser: PageClient
) -> None:
    make_article(slug="draft", status="draft")
    assert listed(reader) == []
    assert listed(editors_browser) == ["draft"]
    assert "draft" in words(main_of(editors_browser.get(ADDRESS)))


def test_a_draft_of_the_next_version_leaves_the_published_one_in_its_place(
    reader: PageClient, editors_browser: PageClient
) -> None:
    make_article(slug="second", revises=make_article(), status="draft")
    assert listed(reader) == listed(editors_browser) == ["strikes"]


def test_hidden_claims_are_not_counted(reader: PageClient) -> None:
    article = make_article()
    make_claim(article=article, status="suggested")
    make_claim(article=article, status="rejected")
    assert "0 claims" in words(main_of(reader.get(ADDRESS)))


def test_titles_from_right_to_left_have_their_language_and_direction(reader: PageClient) -> None:
    make_article(title="ضربات في سوريا", language="ar")
    (title,) = [node for node in main_of(reader.get(ADDRESS)).iter() if node.get("lang") == "ar"]
    assert title.get("dir") == "auto"
    assert words(title) == "ضربات في سوريا"


def test_an_article_without_anything_optional_has_a_row(reader: PageClient) -> None:
    make_article(title="<i>Bare</i>")
    told = {"/articles/feed.atom": "Feed"}
    assert links(main_of(reader.get(ADDRESS))) == {"/articles/strikes/": "<i>Bare</i>"} | told


def test_a_long_list_has_pages(reader: PageClient) -> None:
    many(ARTICLES_PER_PAGE + 1)
    first, second = main_of(reader.get(ADDRESS)), main_of(reader.get(f"{ADDRESS}?page=2"))
    assert len(listed(reader)) == ARTICLES_PER_PAGE
    assert listed(reader, "?page=2") == ["a000"]
    assert links(first)["/articles/?page=2"] == "Next page"
    assert links(second)["/articles/?page=1"] == "Page before"


def test_a_short_list_has_none(reader: PageClient) -> None:
    many(ARTICLES_PER_PAGE)
    assert not main_of(reader.get(ADDRESS)).findall(".//nav")


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("0", "a050"),
        ("-1", "a050"),
        ("99", "a000"),
        ("9" * 40, "a000"),
        ("9" * 5000, "a050"),
        ("two", "a050"),
        ("", "a050"),
        ("%00", "a050"),
        ("1.5", "a050"),
        ("%F0%9F%A4%94", "a050"),
    ],
)
def test_a_bad_page_number_gives_a_page_that_there_is(reader: PageClient, number: str, found: Any) -> None:
    many(ARTICLES_PER_PAGE + 1)
    assert listed(reader, f"?page={number}")[0] == found
