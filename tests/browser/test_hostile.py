"""Hostile words in a real browser: no script of theirs runs, and the console stays empty."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.browser.conftest import OpenPage
from tests.hostile import HOSTILE, fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    *("/", "/stories/night/", "/stories/night/how-many/", "/embed/how-many/", "/articles/strikes/"),
    *("/articles/strikes/edit/", "/claims/", "/claims/claim0/", "/claims/claim0/edit/", "/claims/claim0/history/"),
    *("/sources/s1/", "/work/", "/account/"),
)


@pytest.mark.parametrize("name", ["script", "attribute"])
def test_no_script_of_theirs_runs(open_page: OpenPage, name: str) -> None:
    """Whatever is in the page has been read by the browser once it has loaded: `ran` would stand at its root."""
    desk = fill(HOSTILE[name])
    client = Client()
    client.force_login(desk.editor)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    state: Any = {"cookies": [{**cookie, "domain": "localhost", "path": "/"}], "origins": []}
    page = open_page(PAGES[0], storage_state=state)
    for address in (*PAGES, f"/search/?q={HOSTILE[name][:60]}"):
        page.goto(address)
        page.keyboard.press("Tab")
        page.wait_for_load_state("load")
        assert page.evaluate("document.documentElement.dataset.ran") is None, address
        assert page.evaluate("document.querySelectorAll('[onfocus], [onerror], [onload]').length") == 0, address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is too wide"
