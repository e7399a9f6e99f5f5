"""A client that refuses sloppy pages: broken HTML, inline code, doubled ids, left-over template marks."""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache
from typing import Any

import html5lib
from django.db import connection
from django.http import HttpResponse
from django.test import Client

# html5lib's own list of errors is older than HTML's living standard in these.
_NOT_ERRORS = {"unexpected-char-in-attribute-name"}
_INLINE = re.compile(r"""\s(?:on\w+|style|hx-on[:\w-]*)\s*=\s*["']""")


class PageClient(Client):
    """Checks every HTML page that it gets, whole or partial. Once: a third of the time of such a test goes into it, and
    no page is another on PostgreSQL."""

    def request(self, **request: Any) -> Any:
        response: Any = super().request(**request)
        if (
            connection.vendor == "sqlite"
            and response.get("Content-Type", "").startswith("text/html")
            and response.content
        ):
            untraced(check_page, response)
        return response


def untraced(function: Callable[..., Any], *given: Any) -> Any:
    """Calls what runs nothing of the desk: parsing a page takes twice as long where coverage follows each line of the
    parser."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        return function(*given)
    finally:
        sys.settrace(tracer)


def check_page(response: HttpResponse) -> None:
    text = response.content.decode()
    whole = text.lstrip().lower().startswith("<!doctype")
    tree, found = _parsed(text, whole)
    errors = [(place, code, data) for place, code, data in found if code not in _NOT_ERRORS]
    assert not errors, f"broken HTML: {errors[:3]}"
    assert "{{" not in text and "{%" not in text, "template marks are left over"
    assert not _INLINE.search(re.sub(r">[^<]*<", "><", text)), "inline code or style"
    doubled = [name for name, count in Counter(ids(tree)).items() if count > 1]
    assert not doubled, f"doubled ids: {doubled[:5]}"
    if whole:
        _check_whole(tree)


def _check_whole(tree: Any) -> None:
    assert len(tree.findall(".//h1")) == 1, "a page has one h1"
    title = "".join(tree.find(".//title").itertext())
    assert title.strip(), "a page has a title"
    for script in tree.findall(".//script"):
        if script.get("type") == "application/ld+json":
            assert json.loads("".join(script.itertext())), "data for other programs, which does not run"
        else:
            assert script.get("src"), "a script comes from a file"
    known = set(ids(tree))
    for link in tree.findall(".//a"):
        href = link.get("href") or ""
        assert not href.startswith("#") or href[1:] in known, f"{href} leads nowhere"


def ids(tree: Any) -> list[str]:
    return [node.get("id") for node in tree.iter() if isinstance(node.tag, str) and node.get("id")]


def tree_of(response: Any) -> Any:
    """Its whole page, to be changed at will."""
    return untraced(_copied, response, True)


def fragment_of(response: Any) -> Any:
    return untraced(_copied, response, False)


def _copied(response: Any, whole: bool) -> Any:
    return deepcopy(_parsed(response.content.decode(), whole)[0])


@lru_cache(maxsize=64)
def _parsed(text: str, whole: bool) -> tuple[Any, list[Any]]:
    """The tree, and what is broken. Half of the time of a test that reads a page goes into parsing it: what has been
    checked is there already, and so is a page that comes word for word again."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(text) if whole else parser.parseFragment(text)
    return tree, parser.errors


def main_of(response: Any) -> Any:
    return tree_of(response).find(".//main")


def words(node: Any) -> str:
    """The text of a node, blanks as a browser shows them."""
    return " ".join("".join(node.itertext()).split())


def by_id(tree: Any, name: str) -> Any:
    (found,) = [node for node in tree.iter() if isinstance(node.tag, str) and node.get("id") == name]
    return found


def links(node: Any) -> dict[str, str]:
    """From address to words, for every link within; of several to one address the last."""
    return {link.get("href"): words(link) for link in node.findall(".//a")}


def marked(node: Any) -> dict[str, str]:
    """For each claim the words that are marked as its own, in reading order."""
    found: dict[str, str] = {}
    for one in node.iter("mark"):
        name = one.get("data-claim", "")
        found[name] = found.get(name, "") + "".join(one.itertext())
    return found
