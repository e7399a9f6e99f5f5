"""The server is stopped, or its database locked, between typing and saving. Nothing is lost, nothing is saved twice."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.selecting import ADDRESS, NOTICE, QUOTES, drag, expect_fresh, make_report, uid_of
from tests.browser.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SPEAKERS = "SELECT speaker FROM articles_claim ORDER BY id"
AWAY = (
    "status of 503",
    "Error Code 503",
    "ERR_CONNECTION_REFUSED",
    "ERR_EMPTY_RESPONSE",
    "ERR_CONNECTION_RESET",
    "htmx:",
)


@pytest.fixture
def server(as_editor: dict[str, Any], tmp_path: Path) -> Iterator[Server]:
    """With a report of two claims; an editor has signed in."""
    make_report()
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def page(server: Server, as_editor: dict[str, Any], open_page: OpenPage) -> Page:
    return open_page(server.address + ADDRESS, expected=AWAY, **as_editor)


def save_in_vain(page: Page) -> None:
    page.keyboard.press("Enter")
    expect(page.locator("#trouble")).to_have_text(
        "The desk could not be reached. What you see has not changed. Try again."
    )
    expect(page.locator("#id_speaker")).to_have_value("a spokesman")


def test_a_new_claim(server: Server, page: Page) -> None:
    drag(page, "Nobody", "hurt")
    expect(page.locator(QUOTES)).to_have_text("Nobody was hurt")
    page.keyboard.press("2")
    page.locator("#id_speaker").fill("a spokesman")
    server.stop()
    save_in_vain(page)
    save_in_vain(page)
    server.start()
    page.keyboard.press("Enter")
    expect(page.locator(NOTICE)).to_contain_text("Marked: “")
    expect(page.locator("#trouble")).to_be_empty()
    expect(page.locator(".card")).to_have_count(3)
    assert server.rows(SPEAKERS)[2:] == [("a spokesman",)]
    expect_fresh(page)


def test_a_claim_that_is_changed(server: Server, page: Page) -> None:
    page.locator(f"#claim-{uid_of('an aggression')} [data-edit]").click()
    expect(page.locator(QUOTES)).to_have_text("an aggression")
    page.locator("#id_speaker").fill("a spokesman")
    server.stop()
    save_in_vain(page)
    server.start()
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator(NOTICE)).to_contain_text("Saved")
    assert server.rows(SPEAKERS) == [("",), ("a spokesman",)]
    assert server.rows("SELECT count(*) FROM articles_revision") == [(2,)]
    expect_fresh(page)


def test_a_claim_while_somebody_else_writes_for_long(server: Server, page: Page) -> None:
    drag(page, "Nobody", "hurt")
    expect(page.locator(QUOTES)).to_have_text("Nobody was hurt")
    page.keyboard.press("2")
    page.locator("#id_speaker").fill("a spokesman")
    with closing(sqlite3.connect(server.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        page.keyboard.press("Enter")
        expect(page.locator("#trouble")).to_have_text(
            "Too many others are writing to the desk at this moment. "
            "So nothing was saved. What you entered is still here. Try again in a moment."
        )
        expect(page.locator("#id_speaker")).to_have_value("a spokesman")
        other.rollback()
    page.keyboard.press("Enter")
    expect(page.locator(NOTICE)).to_contain_text("Marked: “")
    expect(page.locator("#trouble")).to_be_empty()
    assert server.rows(SPEAKERS)[2:] == [("a spokesman",)]
    expect_fresh(page)
