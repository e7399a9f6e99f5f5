"""What htmx does with an answer, on parsed pages: a swapped page must equal a fresh one."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from django.test import Client

from tests.pages import fragment_of, tree_of

HEADERS = {"HX-Request": "true"}


def page(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return tree_of(response)


def swap(tree: Any, client: Client, address: str, target: str) -> Any:
    """Asks for the address, and puts the answer's element in place of the target."""
    response = client.get(address, headers=HEADERS)
    assert response.status_code == 200, response.status_code
    return put(tree, response, target, "outerHTML")


def send(client: Client, address: str, data: Any, current: str) -> Any:
    """Sends a form as htmx does from the page at the address `current`. Gives the answer."""
    return client.post(address, data, headers={**HEADERS, "HX-Current-URL": f"http://testserver{current}"})


def put(tree: Any, response: Any, target: str = "marking", how: str = "innerHTML") -> Any:
    """Puts the answer in its target, or where its headers say, pieces out of band in their places, and its title,
    if it has one, in place of the page's."""
    target = response.headers.get("HX-Retarget", target).removeprefix("#")
    how = response.headers.get("HX-Reswap", how).split()[0]
    pieces = fragment_of(response)
    for piece in [node for node in pieces.iter() if node.get("hx-swap-oob")]:
        _parent(pieces, piece).remove(piece)
        _put_out_of_band(tree, piece)
    _number_cards(tree)
    for piece in pieces.findall("title"):
        pieces.remove(piece)
        tree.find("head/title").text = piece.text
    old = by_id(tree, target)
    if how == "innerHTML":
        _fill(old, pieces)
    else:
        (piece,) = pieces
        _replace(tree, old, piece)
    return tree


def _put_out_of_band(tree: Any, piece: Any) -> None:
    """`true` and a style alone mean the element with the same id; with a selector, the piece's content goes there."""
    how, _, selector = piece.attrib.pop("hx-swap-oob").partition(":")
    old = _selected(tree, selector) if selector else by_id(tree, piece.get("id"))
    match how:
        case "true" | "outerHTML":
            _replace(tree, old, piece)
        case "innerHTML":
            _fill(old, piece)
        case "delete":
            _parent(tree, old).remove(old)
        case "afterbegin":
            old[:0] = list(piece)
        case "afterend":
            parent = _parent(tree, old)
            at = list(parent).index(old) + 1
            parent[at:at] = list(piece)
        case _:
            raise AssertionError(f"a swap that is not known here: {how}")


def _number_cards(tree: Any) -> None:
    """What `article_detail.js` does: each card has the number of its claim's sign."""
    nodes = [node for node in tree.iter() if isinstance(node.tag, str)]
    signs = {node.get("href"): node for node in nodes if (node.get("id") or "").startswith("sign-")}
    for card in nodes:
        if card.get("data-card") and (sign := signs.get(f"#{card.get('id')}")) is not None:
            card.set("data-number", sign.get("data-number"))


def _selected(tree: Any, selector: str) -> Any:
    """`#id`, or `#id name` for the first such element within."""
    name, _, element = selector.partition(" ")
    found = by_id(tree, name.removeprefix("#"))
    return next(found.iter(element)) if element else found


def by_id(tree: Any, name: str) -> Any:
    found = [node for node in tree.iter() if isinstance(node.tag, str) and node.get("id") == name]
    assert len(found) == 1, f"{len(found)} nodes with the id {name}"
    return found[0]


def _fill(old: Any, new: Any) -> None:
    old.text = new.text
    old[:] = list(new)


def _replace(tree: Any, old: Any, new: Any) -> None:
    parent = _parent(tree, old)
    new.tail = old.tail
    parent[list(parent).index(old)] = new


def _parent(tree: Any, child: Any) -> Any:
    return next(node for node in tree.iter() if child in list(node))


def assert_same(swapped: Any, fresh: Any, *, but: str = "announcement", aside: Iterable[str] = ()) -> None:
    """The title and the body of both, apart from what the live region says, and from what is in these elements.
    Both stay as they are, for what is swapped next."""
    swapped, fresh = deepcopy(swapped), deepcopy(fresh)
    for tree in (swapped, fresh):
        for name in (but, *aside):
            region = by_id(tree, name)
            region.text, region[:] = "", []
            for attribute in [one for one in region.attrib if one != "id"]:
                del region.attrib[attribute]
    for part in ("head/title", "body"):
        assert not (found := _difference(_plain(swapped.find(part)), _plain(fresh.find(part)), part)), found


def _lasting(node: Any) -> dict[str, str]:
    """The attributes, without a token that is another one in every answer."""
    token = node.get("name") in {"csrfmiddlewaretoken", "token"}
    changing = {"value"} if token else {"hx-headers"}
    return {name: value for name, value in node.attrib.items() if name not in changing}


def _difference(one: Any, other: Any, where: str) -> str:
    """Where two parts differ first, the deepest place; empty if they do not."""
    if one == other:
        return ""
    if one[:3] != other[:3] or one[4] != other[4] or len(one[3]) != len(other[3]):
        return f"{where}\n  swapped: {_short(one)}\n  fresh:   {_short(other)}"
    pairs = enumerate(zip(one[3], other[3], strict=True))
    return next(found for at, (a, b) in pairs if (found := _difference(a, b, f"{where} / {a[0]} {at}")))


def _short(part: Any) -> str:
    return f"{part[:3]}, {len(part[3])} within: {[(inner[0], inner[1][:3], inner[2]) for inner in part[3]]}, {part[4]}"


def _plain(node: Any) -> Any:
    return (
        node.tag if isinstance(node.tag, str) else "comment",
        sorted(_lasting(node).items()),
        " ".join((node.text or "").split()),
        [_plain(child) for child in node],
        " ".join((node.tail or "").split()),
    )
