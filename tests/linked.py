"""Linked data, expanded by a JSON-LD processor. Nothing is fetched: contexts are files beside the tests."""

import json
from pathlib import Path
from typing import Any

from pyld import jsonld

_CONTEXTS = {
    # The terms of the W3C's context that the desk uses, with the addresses that its vocabulary gives them.
    "http://www.w3.org/ns/anno.jsonld": "anno.jsonld",
    "https://schema.org": "schema.jsonld",
}
OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
DESK = "urn:newsdesk:terms#"
SCHEMA = "https://schema.org/"


def _load(address: str, options: Any) -> dict[str, Any]:
    document = json.loads((Path(__file__).parent / "contexts" / _CONTEXTS[address]).read_text())
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": document}


def expanded(data: dict[str, Any]) -> dict[str, Any]:
    """Fails where a key or a type is not one that a context defines: an expansion would drop it silently."""
    for key in _keys(data):
        tried = jsonld.expand({"@context": data["@context"], key: "urn:x"}, {"documentLoader": _load, "base": ""})
        assert tried or key in ("id", "type"), f"no context defines “{key}”"
    (found,) = jsonld.expand(data, {"documentLoader": _load, "base": ""})
    return found  # type: ignore[no-any-return]


def _keys(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(_keys, node))
    if not isinstance(node, dict):
        return set()
    inner = [value for key, value in node.items() if key != "@context"]
    return ({*node} - {"@context", "@type", "@id"}) | set().union(*map(_keys, inner))


def value(node: dict[str, Any], term: str) -> Any:
    """The one value of a term."""
    (found,) = node[term]
    return found.get("@value", found.get("@id", found))
