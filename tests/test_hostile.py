"""Hostile text is shown as text, wherever it is shown: on pages, in exports and feeds, in the admin and the log."""

import csv
import io
import json
import logging
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import html5lib
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from newsdesk.logs import JsonLines
from newsdesk.static_files import reading_sheet
from tests.factories import make_administrator
from tests.hostile import FORMULAS, HOSTILE, PLAIN, Desk, fill
from tests.test_front_door import patterns

pytestmark = pytest.mark.django_db

ARTICLES = ("strikes", "later", "withdrawn")
ADDRESSES = (
    *("/", "/stories/", "/stories/night/", "/stories/night/how-many/", "/stories/night/in-words/"),
    *("/stories/night/?versions=all", "/stories/night/feed.atom", "/stories/night/how-many/feed.atom"),
    *("/embed/how-many/", "/embed/?url=http://testserver/stories/night/how-many/"),
    *("/articles/", "/articles/feed.atom", "/articles/new/", "/articles/new/?revises=later"),
    *(f"/articles/{slug}/" for slug in ARTICLES),
    *(f"/articles/{slug}/{page}/" for slug in ARTICLES for page in ("edit", "changes", "claims/new")),
    *("/articles/strikes/?shown=s1", "/articles/strikes/?format=jsonld", "/articles/strikes/?format=jsonl"),
    *("/claims/", "/claims/?versions=all", "/claims/feed.atom?versions=all", "/claims/?group=question&versions=all"),
    *(f"/claims/?format={name}&versions=all" for name in ("csv", "jsonl", "jsonld")),
    *(f"/claims/{uid}/" for uid in ("claim0", "suggested", "lost", "deleted")),
    *(f"/claims/{uid}/{page}/" for uid in ("claim0", "lost") for page in ("edit", "history")),
    *("/claims/deleted/history/", "/sources/", "/sources/s0/", "/sources/s1/", "/sources/s0/feed.atom"),
    *("/search/?q=somebody", "/work/", "/account/", "/sitemap.xml", "/sitemap-articles.xml"),
)
# Where what is asked for comes back.
ASKED = ("/search/?q=", "/claims/?q=", "/claims/?find_speaker=", "/sign-in/?next=", "/claims/?shown=", "/")
_SCRIPT = re.compile(rb"<script[^>]*>\s*document|<img src=x|<svg onload", re.IGNORECASE)


@pytest.fixture
def editor_of() -> Any:
    def made(desk: Desk) -> Client:
        client = Client(raise_request_exception=True)
        client.force_login(desk.editor)
        return client

    return made


@pytest.mark.parametrize("name", HOSTILE)
def test_a_desk_of_hostile_words_is_sound(name: str, editor_of: Any) -> None:
    desk = fill(HOSTILE[name])
    seen = 0
    for client in (Client(), editor_of(desk)):
        for address in ADDRESSES:
            seen += check(client.get(address), address, HOSTILE[name])
        for header in ({"HX-Request": "true"}, {"Accept": "application/ld+json"}):
            for address in ("/claims/", "/articles/strikes/", "/search/?q=somebody"):
                check(client.get(address, headers=header), f"{address} {header}", HOSTILE[name])
    assert seen > 60, "the words are there to be shown"


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_asked_for_comes_back_as_text(name: str) -> None:
    for address in ASKED:
        response = Client().get(address + quote(HOSTILE[name]))
        check(response, address, HOSTILE[name])


@pytest.mark.parametrize("name", ["script", "attribute"])
def test_the_admin_shows_it_as_text(name: str) -> None:
    fill(HOSTILE[name])
    client = Client()
    client.force_login(make_administrator())
    for address in admins_pages():
        response = client.get(address)
        assert response.status_code < 500, address
        assert not _SCRIPT.search(response.getvalue()), address
        for node in html5lib.parse(response.getvalue().decode(), namespaceHTMLElements=False).iter():
            assert not isinstance(node.tag, str) or "onfocus" not in node.attrib, address


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    fill(text)
    check(Client().get("/claims/?format=csv"), "csv", text)


def check(response: HttpResponse, address: str, text: str) -> bool:
    """Whether the words are in it. Fails where they are more than words."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    assert response.status_code < 500, address
    for header, value in response.headers.items():
        assert "\n" not in value and "\r" not in value, (address, header)
        assert "evil=1" not in value or header != "Set-Cookie", (address, header)
    kind = response.get("Content-Type", "").partition(";")[0]
    match kind:
        case "text/html":
            return check_page(body, address, text)
        case "text/csv":
            return check_table(body.decode("utf-8-sig"), address, text)
        case "application/atom+xml" | "application/xml":
            return text in "".join(ElementTree.fromstring(body).itertext())
        case "application/ld+json" | "application/json":
            return text in strings_of(json.loads(body))
        case "application/jsonl" | "application/x-ndjson":
            return text in strings_of([json.loads(line) for line in body.splitlines()])
    assert kind in ("", "text/plain"), (address, kind)
    return False


def check_page(body: bytes, address: str, text: str) -> bool:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(body.decode()) if b"<!DOCTYPE" in body[:200] else parser.parseFragment(body.decode())
    assert not _SCRIPT.search(body), address
    for node in tree.iter():
        if not isinstance(node.tag, str):
            raise AssertionError((address, "a comment that nobody wrote", node.text))
        check_node(node, address)
    return text in "".join(tree.itertext()) or text in attributes_of(tree)


def check_node(node: Any, address: str) -> None:
    if node.tag == "script":
        data = node.get("type") == "application/ld+json"
        assert data or (node.get("src", "").startswith("/static/") and not "".join(node.itertext())), address
        assert not data or json.loads("".join(node.itertext())), address
    is_ours = node.tag == "style" and node.text == reading_sheet()
    assert is_ours or node.tag not in ("img", "iframe", "object", "style", "evil"), (address, node.tag)
    for name, value in node.attrib.items():
        assert not str(name).startswith("on"), (address, name)
        if name in ("href", "src", "action", "formaction", "hx-get", "hx-post"):
            assert value.startswith(("/", "#", "?", "http://testserver", "https://", "mailto:")), (address, name, value)


def attributes_of(tree: Any) -> str:
    return "\n".join(value for node in tree.iter() for value in node.attrib.values())


def check_table(body: str, address: str, text: str) -> bool:
    rows = list(csv.reader(io.StringIO(body)))
    assert len({len(row) for row in rows}) == 1, address
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")), (address, cell)
    return text in body or text in "".join(cell for row in rows for cell in row)


def strings_of(value: Any) -> str:
    match value:
        case str():
            return value
        case dict():
            return "\n".join(strings_of(one) for one in value.values())
        case list():
            return "\n".join(strings_of(one) for one in value)
    return ""


def admins_pages() -> Iterator[str]:
    for path, _ in patterns(get_resolver().url_patterns):
        if path.startswith("/admin/articles/") and "^" not in path:
            yield re.sub(r"<[^>]+>", "1", path)


def test_the_log_is_one_line_for_each_request() -> None:
    """Whatever is asked for: no line that looks like another's, and nothing that moves a terminal's cursor."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    try:
        Client(raise_request_exception=False).get("/a%0aINFO%20forged%1b%5b31m%e2%80%ae%e2%80%a8/?q=%0aforged")
    finally:
        logging.getLogger().removeHandler(handler)
    lines = written.getvalue().splitlines()
    assert lines and all(isinstance(json.loads(line), dict) for line in lines)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", written.getvalue())


def test_plain_words_are_found_by_the_same_walk(editor_of: Any) -> None:
    """Else the tests above would look at pages that are not there."""
    desk = fill(PLAIN)
    client = editor_of(desk)
    without = {address for address in ADDRESSES if not check(client.get(address), address, PLAIN)}
    assert without <= {"/sitemap.xml", "/sitemap-articles.xml", "/account/"}
