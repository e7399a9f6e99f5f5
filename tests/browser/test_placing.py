"""A passage that was not found when its claim was carried over: found by hand, with the tool that marks every claim."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Claim
from tests.browser.conftest import OpenPage
from tests.browser.selecting import ADDRESS, QUOTES, drag, make_report
from tests.factories import make_claim, orphan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(transactional_db: None, as_editor: dict[str, Any], open_page: OpenPage) -> Page:
    make_claim(article=make_report(), highlights=[orphan("nobody was killed")], uid="lost")
    page = open_page("/work/", **as_editor)
    page.get_by_role("link", name="Find its words in the text").click()
    return page


def test_the_form_opens_in_the_text_and_the_selection_takes_the_place_of_what_is_lost(page: Page) -> None:
    expect(page.locator(QUOTES)).to_have_text("nobody was killed")
    page.get_by_text("Add another passage").click()
    drag(page, "Nobody", "was hurt")
    expect(page.locator(QUOTES)).to_have_count(2)
    expect(page.locator("[class*=htmx-]")).to_have_count(0)
    page.locator(".passages li", has_text="Not found in the text").get_by_role("button", name="Take out").click()
    expect(page.locator(QUOTES)).to_have_text(["Nobody was hurt"])
    expect(page.locator("[class*=htmx-]")).to_have_count(0)
    page.locator("#marking .actions").get_by_role("button", name="Save").click()
    expect(page.locator("#notices .done p").first).to_contain_text("Saved")
    (row,) = Claim.objects.get(uid="lost").highlights.all()
    assert (row.quote, row.state) == ("Nobody was hurt", "placed")
    expect(page.locator("#sign-lost")).to_have_count(1)


def test_the_link_is_an_ordinary_one_without_a_script(as_editor: dict[str, Any], open_page: OpenPage) -> None:
    make_claim(article=make_report(), highlights=[orphan("nobody was killed")], uid="lost")
    page = open_page(f"{ADDRESS}?place=lost", java_script_enabled=False, **as_editor)
    page.get_by_role("link", name="Edit the claim").click()
    expect(page.locator(".passages q")).to_have_text("nobody was killed")
