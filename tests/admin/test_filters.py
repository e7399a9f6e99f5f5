"""Filters: a few rows are listed, many are searched for."""

import pytest
from django.test import Client

from articles.admin.filters import LISTED
from articles.models import Article, Claim, Highlight, Paragraph, Source
from tests.admin.test_desk import list_of
from tests.factories import make_article, make_claim, make_source, make_story, orphan

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    """One of SANA in the second of two stories."""
    make_claim(article=make_article(slug="first", title="First", story=make_story()), source=make_source())
    story = make_story(title="Afrin", slug="afrin")
    article = make_article(slug="second", title="Second", story=story, status="draft")
    return make_claim(article=article, source=make_source(name="SANA"), status="rejected")


def many_articles() -> None:
    for number in range(LISTED + 1):
        make_article(slug=f"many-{number}", title=f"Report {number}")


def found(client: Client, address: str) -> list[Claim]:
    return list(client.get(address).context["cl"].result_list)


def test_claims_by_source_status_story_article_and_passage(claim: Claim, admin_browser: Client) -> None:
    lost = make_claim(article=claim.article, source=claim.source, highlights=[orphan("gone")])
    address = list_of(Claim)
    assert found(admin_browser, f"{address}?status__exact=rejected") == [claim]
    assert found(admin_browser, f"{address}?source__id__exact={claim.source_id}&found=yes") == [claim]
    assert found(admin_browser, f"{address}?article__story__id__exact={claim.article.story_id}&found=yes") == [claim]
    assert found(admin_browser, f"{address}?article__id__exact={claim.article_id}&found=no") == [lost]


def test_articles_and_their_parts_by_story_and_article(claim: Claim, admin_browser: Client) -> None:
    query = f"?article__id__exact={claim.article_id}"
    assert [row.article for row in found(admin_browser, list_of(Paragraph) + query)] == [claim.article]  # type: ignore[attr-defined]
    query = f"?claim__article__id__exact={claim.article_id}"
    assert [row.claim for row in found(admin_browser, list_of(Highlight) + query)] == [claim]  # type: ignore[attr-defined]
    query = f"?story__id__exact={claim.article.story_id}&status__exact=draft"
    assert found(admin_browser, list_of(Article) + query) == [claim.article]


def test_few_articles_are_listed_with_their_counts(claim: Claim, admin_browser: Client) -> None:
    page = admin_browser.get(f"{list_of(Claim)}?_facets=True").content.decode()
    assert f'href="?_facets=True&amp;article__id__exact={claim.article_id}">Second (1)</a>' in page
    assert "search-filter" not in page
    assert "no source (0)" in page


def test_many_articles_are_searched_for_and_none_is_listed(claim: Claim, admin_browser: Client) -> None:
    many_articles()
    page = admin_browser.get(f"{list_of(Claim)}?status__exact=rejected&p=1&_facets=True").content.decode()
    assert "Report 7" not in page
    form = page.split('class="search-filter"')[1].split("</form>")[0]
    assert '<input type="hidden" name="status__exact" value="rejected">' in form
    assert 'name="p"' not in form
    assert 'name="article__id__exact"' in form and "admin-autocomplete" in form
    assert "select2.full" in page


def test_the_article_that_was_searched_for_is_shown_and_narrows(claim: Claim, admin_browser: Client) -> None:
    many_articles()
    address = f"{list_of(Claim)}?article__id__exact={claim.article_id}"
    assert found(admin_browser, address) == [claim]
    form = admin_browser.get(address).content.decode().split('class="search-filter"')[1].split("</form>")[0]
    assert f'<option value="{claim.article_id}" selected>Second</option>' in form


def test_nothing_chosen_is_no_filter(claim: Claim, admin_browser: Client) -> None:
    many_articles()
    assert len(found(admin_browser, f"{list_of(Claim)}?article__id__exact=")) == 2


def test_the_search_offers_what_the_foreign_key_may_be(admin_browser: Client) -> None:
    make_source(), make_source(name="Wire", kind="outlet")
    address = "/admin/autocomplete/?app_label=articles&model_name=article&field_name=outlet&term="
    assert [row["text"] for row in admin_browser.get(address).json()["results"]] == ["Wire"]


def test_sources_that_were_merged_are_found_in_their_list_and_not_offered(admin_browser: Client) -> None:
    kept = make_source()
    Source.objects.create(name="Coalition forces", slug="forces", code="COF", merged_into=kept)
    address = "/admin/autocomplete/?app_label=articles&model_name=claim&field_name=source&term=coalition"
    assert [row["text"] for row in admin_browser.get(address).json()["results"]] == ["Coalition"]
    assert len(found(admin_browser, f"{list_of(Source)}?q=coalition")) == 2
    assert [row.name for row in found(admin_browser, f"{list_of(Source)}?merged=yes")] == ["Coalition forces"]  # type: ignore[attr-defined]
    assert [row.name for row in found(admin_browser, f"{list_of(Source)}?merged=no")] == ["Coalition"]  # type: ignore[attr-defined]
