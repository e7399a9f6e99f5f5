"""Suggestions are seen by editors alone: every page, feed, export, search and card that readers get is the same, byte
for byte, with them and without them."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from articles.models import Article, Claim
from articles.suggestions.making import suggest
from articles.urls import urlpatterns
from tests.factories import answer, make_claim, make_question, make_source, make_user
from tests.htmx import HEADERS
from tests.suggestions.reports import NEWS, board, harbour
from tests.test_visible_to import FOR_EDITORS, TO_SEND_TO

pytestmark = pytest.mark.django_db

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
UPDATED = re.compile(rb"<updated>[^<]*</updated>")
OPENED = "The mayor said the harbour opened in 1901."
# For each address what stands in place of its variable parts: of what is public.
PARTS: dict[str, list[tuple[str, ...]]] = {
    "slug": [("harbour",), ("harbour-2",), ("crane",), ("harbour-board",), ("union",), ("how-many",)],
    "uid": [("public",)],
    "section": [("pages",), ("stories",), ("questions",), ("articles",), ("sources",), ("claims",)],
    "slug question": [("crane", "how-many")],
    "question": [("how-many",)],
}
QUERIES = (
    *("", "?versions=all", "?shown=harbour-board", "?shown=union", "?question=how-many&story=crane", "?q=crane"),
    *("?q=checked&versions=all", "?q=union", "?format=csv", "?format=jsonl&versions=all", "?format=jsonld&whole=1"),
    *("?format=jsonl&audience=editors", "?url=http://testserver/embed/how-many/", "?with=harbour"),
)


def addresses() -> list[str]:
    found = []
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        names = " ".join(pattern.pattern.converters)
        for parts in PARTS[names] if names else [()]:
            filled = route
            for name, value in zip(pattern.pattern.converters, parts, strict=True):
                kind = type(pattern.pattern.converters[name]).__name__.removesuffix("Converter").lower()
                filled = filled.replace(f"<{'uslug' if kind == 'slug' and '<uslug' in filled else kind}:{name}>", value)
            found.append(f"/{filled}")
    return [one for one in found if not one.endswith((*FOR_EDITORS, *TO_SEND_TO, "/sign-in/"))]


def public(queries: Sequence[str]) -> list[str]:
    """Those that readers are shown something at, with and without a query."""
    found = [one for one in addresses() if Client().get(one).status_code == 200]
    return [address + query for address in found for query in queries]


def seen(client: Client, asked: list[str]) -> dict[str, tuple[int, Any, bytes]]:
    """What readers get. An ETag may differ: it only has what is kept asked for again."""
    cache.clear()
    got = {}
    for address in asked:
        for headers in ({},) if "?" in address else ({}, HEADERS):
            answered = client.get(address, headers=headers)
            kept = {name: answered.headers.get(name) for name in ("Last-Modified", "Link", "Content-Type")}
            content = TOKEN.sub(b"", answered.getvalue())
            if b"<feed" in content and b"<entry" not in content:
                # An empty feed says the time at which it was asked for.
                kept, content = {}, UPDATED.sub(b"", content)
            got[f"{address} {headers}"] = (answered.status_code, kept, content)
    return got


@pytest.mark.parametrize("name", ["", "reader"], ids=["without a session", "signed in"])
def test_readers_get_the_same_byte_for_byte(name: str) -> None:
    board()
    union = make_source(name="Union", code="UN")
    first = harbour()
    question = make_question(story=first.story)
    second = harbour(NEWS, OPENED, slug="harbour-2", revises=first)
    for article, uid in ((first, "before"), (second, "public")):
        opened = answer(question, 1901, as_worded="1901")
        make_claim(article=article, quote="The harbour opened in 1901", source=union, uid=uid, answers=[opened])
    client = Client()
    if name:
        client.force_login(make_user(name))
    queries = QUERIES[:2] if name else QUERIES
    asked = public(queries)
    assert len(asked) > 20 * len(queries)
    without = seen(client, asked)
    made = sum(suggest(article).made for article in Article.objects.for_suggesting())
    assert made == 7
    assert Claim.objects.waiting().filter(answers__question=question).exists(), "one of them answers something"
    with_them = seen(client, asked)
    for address, before in without.items():
        assert before == with_them[address], address
    hidden = Claim.objects.waiting()[0]
    assert client.get(hidden.get_absolute_url()).status_code == 404
