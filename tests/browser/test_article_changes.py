"""What changed between two versions, in a browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, WIDE, OpenPage
from tests.factories import make_article, make_claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STAYS = "The coalition struck near Khusham."
ARABIC = "قالت الوكالة إن العشرات قتلوا قرب خشام."
GONE = "قال متحدث إن أحدا لم يصب."


def left(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"]


def test_side_by_side_what_is_told_of_a_paragraph_stands_over_it(open_page: OpenPage) -> None:
    before = make_article(slug="before", paragraphs=[STAYS, "A spokesman said that nobody was hurt."])
    after = make_article(slug="after", paragraphs=[STAYS, "Scores were killed, it was told."], revises=before)
    make_claim(article=after, quote="Scores were killed")
    page = open_page("/articles/after/changes/")
    page.locator(".unchanged summary").click()
    for row in (".row-new", ".row-gone", ".unchanged .row-compared"):
        assert left(page, f"{row} .row-note") == left(page, f"{row} .side"), row
    assert left(page, ".row-new .row-claims") == left(page, ".row-new .side") > left(page, ".row-gone .side")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_each_text_runs_its_own_way(open_page: OpenPage, size: tuple[int, int]) -> None:
    """What is told of a change, “[new: ”, is English and stands first; it decides nothing."""
    before = make_article(slug="before", paragraphs=[STAYS, GONE])
    after = make_article(slug="after", paragraphs=[STAYS, ARABIC], revises=before)
    make_claim(article=after, quote="العشرات قتلوا")
    page = open_page("/articles/after/changes/", size=size)
    for selector in (".row-new .side-new", ".row-gone .side-old", ".claim-words"):
        assert page.locator(selector).evaluate("one => getComputedStyle(one).direction") == "rtl", selector
    page.locator(".unchanged summary").click()
    assert page.locator(".unchanged .side-new").evaluate("one => getComputedStyle(one).direction") == "ltr"


def test_nothing_is_folded_on_paper_and_the_first_sheet_is_filled(open_page: OpenPage) -> None:
    before = make_article(slug="before", paragraphs=[STAYS, "A spokesman said that nobody was hurt."])
    after = make_article(slug="after", paragraphs=[STAYS, "Scores were killed, it was told."], revises=before)
    make_claim(article=after, quote=STAYS, continues=make_claim(article=before, quote=STAYS))
    make_claim(article=after, quote="Scores were killed")
    page = open_page("/articles/after/changes/")
    kept, unchanged = page.locator(".fate .claim-change").first, page.locator(".unchanged .side").first
    expect(kept).to_be_hidden()
    expect(unchanged).to_be_hidden()
    page.emulate_media(media="print")
    expect(kept).to_be_visible()
    expect(unchanged).to_be_visible()
    breaks = page.locator(".claim-change > .meta").evaluate_all(
        "all => all.map(one => getComputedStyle(one).breakAfter)"
    )
    assert set(breaks) == {"auto"}, "the claims do not hold together as one"
