"""The form by which an article comes in: what is sent to it, and what its page shows."""

from hashlib import sha256
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Article
from tests.pages import main_of, words

ADDRESS = "/articles/new/"
PARAGRAPHS = [
    "SYRIA — The coalition said it struck.",
    "Hotline",
    "Nobody was hurt, SANA said.",
    "A. B contributed to this report.",
]
TEXT = "\n\n".join(PARAGRAPHS) + "\n"


def send(client: Client, text: str = TEXT, *, step: str = "check", seen: str | None = None, **fields: Any) -> Any:
    """`seen` is the text whose paragraphs the page showed; the same one unless told. The page was that of the version
    that is revised, unless `begun` says otherwise."""
    checked = sha256((text if seen is None else seen).encode()).hexdigest()
    begun = {"begun": fields["revises"].replace("\x00", "")} if "revises" in fields else {}
    given = {"token": str(uuid4()), "text": text, "language": "en", "checked": checked, "step": step, **begun, **fields}
    return client.post(ADDRESS, given)


def save(client: Client, text: str = TEXT, **fields: Any) -> Article:
    response = send(client, text, **{"step": "publish", **fields})
    assert response.status_code == 302, words(main_of(response))
    return Article.objects.get(slug=unquote(response["Location"]).split("/")[2])


def fields_of(page: Any) -> dict[str, str]:
    """What the form of the page would send, without buttons."""
    found: dict[str, str] = {}
    for node in main_of(page).iter():
        name = node.get("name")
        if node.tag == "input" and name and node.get("type") != "file":
            found[name] = node.get("value") or ""
        elif node.tag == "textarea":
            # The line end at the start is no part of it.
            found[name] = (node.text or "").removeprefix("\n")
        elif node.tag == "select":
            chosen = [one for one in node if one.get("selected") is not None] or list(node)[:1]
            found[name] = chosen[0].get("value") or ""
    return found


def shown(page: Any) -> list[tuple[str, str, str]]:
    """Number, kind and words of each paragraph."""
    blocks = [node for node in main_of(page).iter("li") if node.get("class") == "block"]
    return [
        (words(node.find("span")), words(node.find(".//select/option[@selected]")), words(node.find("p")))
        for node in blocks
    ]


def trouble(page: Any) -> str:
    assert page.status_code == 422
    return " ".join(words(node) for node in main_of(page).iter() if node.get("role") == "alert")


def upload(content: bytes, name: str = "report.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")
