"""What htmx does with an answer, on parsed pages: a swapped page must equal a fresh one."""

from typing import Any

import html5lib
from django.test import Client

HEADERS = {"HX-Request": "true"}


def page(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return parse(response)


def parse(response: Any) -> Any:
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def swap(tree: Any, client: Client, address: str, target: str) -> Any:
    """Puts the answer's element in place of the target, pieces out of band in place of theirs, and its title,
    if it has one, in place of the page's."""
    response = client.get(address, headers=HEADERS)
    assert response.status_code == 200, response.status_code
    pieces = html5lib.parseFragment(response.content.decode(), namespaceHTMLElements=False)
    for piece in list(pieces):
        if piece.tag == "title":
            tree.find("head/title").text = piece.text
            continue
        how = piece.attrib.pop("hx-swap-oob", None)
        old = _by_id(tree, piece.get("id") if how else target)
        if how == "innerHTML":
            old.text = piece.text
            old[:] = list(piece)
        else:
            _replace(tree, old, piece)
    return tree


def _by_id(tree: Any, name: str) -> Any:
    found = [node for node in tree.iter() if isinstance(node.tag, str) and node.get("id") == name]
    assert len(found) == 1, f"{len(found)} nodes with the id {name}"
    return found[0]


def _replace(tree: Any, old: Any, new: Any) -> None:
    parent = next(node for node in tree.iter() if old in list(node))
    new.tail = old.tail
    parent[list(parent).index(old)] = new


def assert_same(swapped: Any, fresh: Any, *, but: str = "announcement") -> None:
    """The title and the body of both, apart from what the live region says."""
    for tree in (swapped, fresh):
        region = _by_id(tree, but)
        region.text = ""
    for part in ("head/title", "body"):
        assert _plain(swapped.find(part)) == _plain(fresh.find(part))


def _lasting(node: Any) -> dict[str, str]:
    """The attributes, without a token that is another one in every answer."""
    token = node.get("name") == "csrfmiddlewaretoken"
    changing = {"value"} if token else {"hx-headers"}
    return {name: value for name, value in node.attrib.items() if name not in changing}


def _plain(node: Any) -> Any:
    return (
        node.tag if isinstance(node.tag, str) else "comment",
        sorted(_lasting(node).items()),
        " ".join((node.text or "").split()),
        [_plain(child) for child in node],
        " ".join((node.tail or "").split()),
    )
