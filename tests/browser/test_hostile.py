"""Hostile words in a real browser: no script of theirs runs, and the console stays empty."""

import re
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


# Words of ours whose letters run from right to left, though they are Latin, and nobody turned them.
TURNED = """(theirs) => {
  const turned = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const at = (node, from) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, from + 1);
    return range.getBoundingClientRect();
  };
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (/[\u202a-\u202e\u2066-\u2069]/.test(node.data)) continue;
    if (node.parentElement.closest(".words, .passage, script")) continue;
    for (const { index, 0: word } of node.data.matchAll(/[A-Za-z]{2,}/g)) {
      const [first, last] = [at(node, index), at(node, index + word.length - 1)];
      if (!theirs.includes(word) && first.width && first.top === last.top && last.left < first.left) turned.push(word);
    }
  }
  return turned;
}"""


@pytest.mark.parametrize("name", ["script", "attribute", "direction"])
def test_no_script_of_theirs_runs(open_page: OpenPage, name: str) -> None:
    """Whatever is in the page has been read by the browser once it has loaded: `ran` would stand at its root."""
    desk = fill(HOSTILE[name])
    client = Client()
    client.force_login(desk.editor)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    state: Any = {"cookies": [{**cookie, "domain": "localhost", "path": "/"}], "origins": []}
    # And the rest of the paragraphs that it stands in, which a search shows in pieces.
    theirs = re.findall(r"[A-Za-z]{2,}", f"{HOSTILE[name]} Somebody said so Others too")
    page = open_page(PAGES[0], storage_state=state)
    for address in (*PAGES, f"/search/?q={HOSTILE[name][:60]}"):
        page.goto(address)
        page.keyboard.press("Tab")
        page.wait_for_load_state("load")
        assert page.evaluate("document.documentElement.dataset.ran") is None, address
        assert page.evaluate("document.querySelectorAll('[onfocus], [onerror], [onload]').length") == 0, address
        assert page.evaluate(TURNED, theirs) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is too wide"
