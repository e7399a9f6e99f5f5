"""The work list in a browser: what is done there goes on with the next row."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.writing.versions import carry_over
from tests.browser.conftest import NARROW, WIDE, OpenPage
from tests.factories import make_article, make_claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = [f"Speaker {letter}" for letter in "ABCDEFGHIJ"]
ADDRESS = "/work/?list=reworded"


@pytest.fixture(autouse=True)
def _reworded(transactional_db: None) -> None:
    said = [f"{name} said the strikes were an act of self-defence." for name in NAMES]
    first = make_article(slug="first", paragraphs=said, read_through_at=timezone.now())
    reworded = [one.replace("an act", "a matter") for one in said]
    second = make_article(revises=first, paragraphs=reworded, read_through_at=timezone.now())
    for one in said:
        make_claim(article=first, quote=one)
    carry_over(second)


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_still_right_goes_on_with_the_next_row_by_keys(
    as_editor: dict[str, Any], open_page: OpenPage, size: tuple[int, int], scripted: bool
) -> None:
    page = open_page(ADDRESS, size=size, java_script_enabled=scripted, **as_editor)
    page.get_by_role("button", name="Still right").nth(7).focus()
    page.keyboard.press("Enter")
    notice = page.locator(".work-done")
    expect(notice).to_contain_text("Looked at, and still right: “Speaker H said")
    expect(notice.get_by_role("link", name="Check it after all")).to_be_in_viewport(ratio=1)
    row = page.locator(".work-rows > li:focus")
    expect(row).to_contain_text("Speaker I")
    expect(row).to_be_in_viewport(ratio=1)
    top = row.bounding_box()
    bar = notice.bounding_box()
    assert top and bar and top["y"] >= bar["y"] + bar["height"]
    # The words, "Check it", "In the text".
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(notice).to_contain_text("still right: “Speaker I said")
    expect(page.locator(".work-rows > li:focus")).to_contain_text("Speaker J")


def test_checked_in_the_form_and_back(as_editor: dict[str, Any], open_page: OpenPage) -> None:
    page = open_page(ADDRESS, **as_editor)
    page.get_by_role("link", name="Check it").nth(2).click()
    expect(page.locator(".beside del")).to_have_text("an act")
    expect(page.locator(".beside ins")).to_have_text("a matter")
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator(".work-rows > li:focus")).to_contain_text("Speaker C")
    page.get_by_role("link", name="Check it").nth(2).click()
    page.locator("#id_note").evaluate("note => { note.closest('details').open = true; }")
    page.locator("#id_note").fill("Looked at.")
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator(".work-done")).to_contain_text("Saved: “Speaker C said")
    expect(page.locator(".work-rows > li:focus")).to_contain_text("Speaker D")
