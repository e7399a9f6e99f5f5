"""Filling in the form of a claim, by the keys that it has of its own."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.selecting import ADDRESS, QUOTES, drag, make_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(transactional_db: None, as_editor: dict[str, Any], open_page: OpenPage) -> Page:
    make_report()
    page = open_page(ADDRESS, expected=("409", "422"), **as_editor)
    drag(page, "Nobody was hurt", "Nobody was hurt")
    expect(page.locator(QUOTES)).to_have_text("Nobody was hurt")
    return page


def test_a_and_enter_unfold_the_first_question(page: Page) -> None:
    page.keyboard.press("a")
    expect(page.locator("[data-answers] details > summary").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-answers]")).to_have_attribute("open", "")
    expect(page.locator("[name=q-how-many-value]")).to_be_focused()
