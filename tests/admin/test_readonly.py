"""Rows of another kind on a page: listed with links, paged, and no part of the form."""

import re

import pytest
from django.test import Client

from articles.admin.readonly import ROWS_PER_PAGE
from articles.models import Article, Claim, Paragraph
from tests.admin.test_desk import filled_in, page_of, said
from tests.factories import QUOTE, TEXT, make_article, make_claim

pytestmark = pytest.mark.django_db


def article_with(paragraphs: int, claims: int) -> Article:
    article = make_article(paragraphs=[f"{TEXT} {number}" for number in range(paragraphs)])
    for number in range(claims):
        make_claim(article=article, speaker=f"Speaker {number}")
    return article


def section(page: str, name: str) -> str:
    return page.split(f'id="{name}-group"')[1].split("</section>")[0]


def test_paragraphs_and_claims_are_listed_with_links_and_without_fields(admin_browser: Client) -> None:
    article = article_with(2, 1)
    page = admin_browser.get(page_of(article)).content.decode()
    for row, name in ((article.paragraphs.first(), "paragraphs"), (Claim.objects.get(), "claims")):
        assert row is not None
        listed = section(page, name)
        assert f'href="{page_of(row)}"' in listed
        assert "<input" not in listed and "<select" not in listed
    assert QUOTE in section(page, "claims")
    assert "Paragraphs (2)" in page and "Claims (1)" in page


def test_a_list_without_rows_says_so(admin_browser: Client) -> None:
    assert "<p>None.</p>" in section(admin_browser.get(page_of(make_article())).content.decode(), "claims")


def test_a_link_to_a_page_works_and_keeps_the_page_of_the_other_list(admin_browser: Client) -> None:
    article = article_with(ROWS_PER_PAGE + 1, ROWS_PER_PAGE + 1)
    first = admin_browser.get(page_of(article)).content.decode()
    assert "Speaker 49<" in first and "Speaker 50<" not in first
    (link,) = re.findall(r'href="(\?claim_page=2[^"]*)"', section(first, "claims"))
    second = admin_browser.get(page_of(article) + link.split("#")[0]).content.decode()
    assert "Speaker 50<" in second and "Speaker 49<" not in second
    assert link.endswith("#claims-group")
    (other,) = re.findall(r'href="(\?[^"]*paragraph_page=2[^"]*)"', section(second, "paragraphs"))
    assert "claim_page=2" in other
    both = admin_browser.get(page_of(article) + other.replace("&amp;", "&").split("#")[0]).content.decode()
    assert "Speaker 50<" in section(both, "claims") and f"{TEXT} {ROWS_PER_PAGE}" in section(both, "paragraphs")


def test_a_page_number_that_makes_no_sense_gives_the_nearest_page(admin_browser: Client) -> None:
    article = article_with(1, ROWS_PER_PAGE + 1)
    for number, speaker in (("x", "Speaker 0<"), ("99", "Speaker 50<")):
        assert speaker in admin_browser.get(f"{page_of(article)}?claim_page={number}").content.decode()


def test_many_pages_are_shortened(admin_browser: Client) -> None:
    article = article_with(1, 1)
    Paragraph.objects.bulk_create(
        Paragraph(article=article, position=number, number=number + 1, text="x") for number in range(1, 1000)
    )
    listed = section(admin_browser.get(f"{page_of(article)}?paragraph_page=10").content.decode(), "paragraphs")
    assert "…" in listed and 'aria-current="page">10<' in listed


@pytest.mark.parametrize("page", [1, 10])
def test_an_article_with_500_claims_is_saved(page: int, admin_browser: Client) -> None:
    article = article_with(1, 1)
    claim = Claim.objects.get()
    Claim.objects.bulk_create(Claim(article=article, source=claim.source, made_in=claim.made_in) for _ in range(499))
    address = f"{page_of(article)}?claim_page={page}"
    sent = filled_in(admin_browser, address)
    assert len(sent) < 30
    response = admin_browser.post(address, {**sent, "title": "Another title"}, follow=True)
    assert response.status_code == 200 and "was changed successfully" in said(response)
    article.refresh_from_db()
    assert article.title == "Another title"


def test_rows_that_went_away_while_the_form_was_open_do_not_matter(admin_browser: Client) -> None:
    article = article_with(1, 2)
    sent = filled_in(admin_browser, page_of(article))
    Claim.objects.all().delete()
    assert admin_browser.post(page_of(article), {**sent, "byline": "By us"}).status_code == 302


def test_the_text_is_not_changed_by_what_is_sent(admin_browser: Client) -> None:
    article = article_with(1, 0)
    paragraph = article.paragraphs.get()
    admin_browser.post(page_of(article), {**filled_in(admin_browser, page_of(article)), "paragraphs-0-text": "Forged"})
    assert admin_browser.post(page_of(paragraph), {"text": "Forged"}).status_code == 403
    paragraph.refresh_from_db()
    assert paragraph.text == f"{TEXT} 0"
