"""Searching with keys, while typing, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, REPORT, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("seeds")]


def heading(page: Page, name: str) -> str:
    return page.locator(f"#found-{name}").inner_text()


def test_a_key_leads_to_the_box_and_typing_finds(open_page: OpenPage) -> None:
    page = open_page(REPORT)
    page.keyboard.press("/")
    expect(page.locator("#masthead-q")).to_be_focused()
    page.keyboard.type("artillery/")
    expect(page.locator("#masthead-q")).to_have_value("artillery/")
    page.keyboard.press("Enter")
    expect(page).to_have_url("http://" + page.url.split("/")[2] + "/search/?q=artillery%2F")
    page.wait_for_load_state()  # A key counts once the scripts have run.
    expect(page.locator("mark.hit").first).to_have_text("artillery")
    page.keyboard.press("/")
    box = page.locator("#search-q")
    expect(box).to_be_focused()
    page.keyboard.type("syri")
    expect(page.locator("mark.hit").first).to_contain_text("Syria")
    expect(page).to_have_url("http://" + page.url.split("/")[2] + "/search/?q=syri*")
    expect(page.locator("#announcement")).to_contain_text(" claims found")
    expect(box).to_be_focused()
    expect(page).to_have_title("syri – Search – Newsdesk")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_contain_text("Nothing holds all of this")
    page.go_back()
    expect(page.locator("mark.hit").first).to_contain_text("Syria")
    expect(page).not_to_have_url(re.compile("typing"))


def test_the_key_can_be_switched_off(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.press("?")
    expect(page.locator("#aids")).to_contain_text("search")
    page.get_by_label("Single keys work").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#masthead-q")).not_to_be_focused()


def test_on_a_phone_a_link_and_the_key_lead_there(open_page: OpenPage) -> None:
    page = open_page("/", size=NARROW)
    expect(page.locator("#masthead-q")).to_be_hidden()
    page.locator(".masthead-find").click()
    expect(page.locator("#search-q")).to_be_focused()
    page.goto("/")
    page.keyboard.press("/")
    expect(page.locator("#search-q")).to_be_visible()
    page.locator("#search-q").fill("pro-regime fighters")
    expect(page.locator("mark.hit").first).to_be_visible()
    page.get_by_role("button", name="Search").click()
    expect(page).not_to_have_url(re.compile("typing"))
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW[0]


def test_it_works_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    page.locator("#masthead-q").fill("“air and artillery strikes”")
    page.locator("#masthead-q").press("Enter")
    expect(page.locator("mark.hit").first).to_have_text("air and artillery strikes")
    assert heading(page, "articles") == "1 article"
