"""Accessibility: axe finds no violation on any page, light and dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from articles.models import Claim
from tests.browser.conftest import NARROW, REPORT, WIDE, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("seeds")]

PAGES = [
    "/",
    "/stories/",
    "/stories/khusham-2018/",
    "/articles/",
    REPORT,
    f"{REPORT}?shown=sana",
    "/claims/",
    "/claims/?shown=sana&question=who-attacked-first",
    "/claims/?question=nope",
    "CLAIM",
    "/sources/",
    "/sources/sana/",
    "/sources/cnn/",
    "/sign-in/",
]
ABSENT = ["/articles/none/", f"/claims/?shown={'y' * 200}"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_page_has_a_violation(open_page: OpenPage, size: tuple[int, int], scheme: str) -> None:
    claim = Claim.objects.in_latest_versions().order_by("reading_order")[2]
    found = []
    for path in PAGES:
        page = open_page(path.replace("CLAIM", claim.get_absolute_url()), size=size, color_scheme=scheme)
        found += violations(page, path)
        page.context.close()
    assert found == []


@pytest.mark.parametrize("path", ABSENT)
def test_nor_has_a_page_of_errors(open_page: OpenPage, path: str) -> None:
    page = open_page(path, expected=("Failed to load resource",))
    assert violations(page, path) == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nor_have_an_open_card_and_the_reading_aids(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page(REPORT, size=size)
    page.keyboard.press("j")
    found = violations(page, "a card")
    page.keyboard.press("?")
    assert found + violations(page, "the aids") == []


def violations(page: Page, where: str) -> list[str]:
    results = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}})
    return [f"{where}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in results.response["violations"]]
