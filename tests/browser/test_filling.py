"""Filling in the form of a claim, by the keys that it has of its own."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Claim, Source
from tests.browser.conftest import OpenPage
from tests.browser.selecting import ADDRESS, NOTICE, QUOTES, drag, expect_fresh, expect_marked, make_report

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


def test_a_source_that_may_be_meant_is_offered_while_its_name_is_typed(page: Page) -> None:
    page.keyboard.press("+")
    page.locator("#id_source_name").press_sequentially("Coalitoin")
    offer = page.locator("#source-near")
    expect(offer).to_contain_text("Did you mean Coalition?")
    expect(page.locator("#id_source_name")).to_be_focused()
    offer.get_by_role("button").click()
    expect(page.locator("[name=source][value=coalition]")).to_be_checked()
    expect(page.locator(QUOTES)).to_have_text("Nobody was hurt")
    expect(offer).to_be_hidden()
    page.keyboard.press("Enter")
    uid = expect_marked(page, "Nobody was hurt")
    assert Claim.objects.get(uid=uid).source == Source.objects.get(slug="coalition")


def test_it_is_asked_about_and_taken_at_one_press(page: Page) -> None:
    page.keyboard.press("+")
    page.locator("#id_source_name").fill("Coalitions")
    page.keyboard.press("Enter")
    asked = page.locator("#marking [role=alert]")
    expect(asked).to_contain_text("There is a source “Coalition”, and “Coalitions” would be a new one.")
    asked.get_by_role("button", name="Save as said by Coalition").click()
    uid = expect_marked(page, "Nobody was hurt")
    assert Claim.objects.get(uid=uid).source == Source.objects.get(slug="coalition")


def test_a_source_that_was_made_for_a_claim_goes_when_that_is_undone(page: Page) -> None:
    page.keyboard.press("+")
    page.locator("#id_source_name").fill("Ghost ministry")
    page.keyboard.press("Enter")
    expect_marked(page, "Nobody was hurt")
    page.keyboard.press("u")
    expect(page.locator(NOTICE).first).to_contain_text("Undone")
    assert not Source.objects.filter(name="Ghost ministry").exists()
    expect_fresh(page)
    drag(page, "Nobody was hurt", "Nobody was hurt")
    expect(page.locator(QUOTES)).to_have_text("Nobody was hurt")
    expect(page.locator("#claim-form .chip-name")).to_have_text(
        ["Coalition", "SANA", "another source", "not known yet"]
    )
