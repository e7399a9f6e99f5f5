"""What changed between two versions, in a browser."""

import pytest

from tests.browser.conftest import NARROW, WIDE, OpenPage
from tests.factories import make_article, make_claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STAYS = "The coalition struck near Khusham."
ARABIC = "قالت الوكالة إن العشرات قتلوا قرب خشام."
GONE = "قال متحدث إن أحدا لم يصب."


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
