"""A text that is far too long, sent by a real browser to the real server."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.server import Server
from tests.factories import make_editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    make_editor()
    made = Server(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.mark.parametrize("megabytes", [6, 30])
def test_what_is_still_being_sent_is_answered_by_a_page(server: Server, megabytes: int) -> None:
    """Else the connection would be cut, and the browser would show a page of its own."""
    request = urllib.request.Request(f"{server.address}/sign-in/", data=b"a" * megabytes * 1_000_000)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=60)
    assert refused.value.code == 413
    assert b"That is too much at once" in refused.value.read()
    refused.value.close()


def test_a_text_that_is_too_long_is_refused_by_a_page_and_is_still_there(server: Server, open_page: OpenPage) -> None:
    megabytes = 3
    page = open_page(f"{server.address}/sign-in/?next=/articles/new/", expected=("413",))
    page.get_by_label("Name").fill("editor")
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Sign in").click()
    text = page.locator("#id_text")
    text.evaluate(
        "(field, count) => { field.value = ('word '.repeat(19) + 'end.\\n').repeat(count); }", megabytes * 10_000
    )
    page.get_by_role("button", name="See how it will be split").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("That is too much at once")
    page.go_back()
    expect(text).to_be_visible()
    assert text.evaluate("field => field.value.length") == megabytes * 1_000_000
