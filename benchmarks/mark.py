"""How long the desk takes to save a claim: `make bench-mark`.

An editor's htmx requests, on an article of 5,000 words with 500 claims: a new claim with one answer, an edit of it,
its deletion, so that the article stays as long as it is. One worker, one kept-alive connection, an empty view in turn
with them. The figures are medians and 95th percentiles of the time to the last byte.
"""

import gzip
import http.client
import json
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import django

from benchmarks import desk

ROUNDS = int(os.environ.get("ROUNDS", "150"))
WARM_UP = 15
PARAGRAPHS, CLAIMS = 80, 500
ADDRESS = "/articles/long/"
TOKEN = "m" * 32
_DONE = re.compile(rb'id="done-(\w+)"')
_BASED_ON = re.compile(rb'name="based_on" value="(\d+)"')

Times = dict[str, list[float]]


def editors_cookies() -> str:
    """Signs in without the form: an editor's session, as a cookie header. Django must be set up."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import Group, User
    from django.contrib.sessions.backends.db import SessionStore

    user = User.objects.create_user(f"measuring-{uuid4().hex[:8]}")
    user.groups.add(Group.objects.get(name="Editors"))
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}; csrftoken={TOKEN}"


class Editor:
    """A browser's one connection. `send` gives the status and the ids of the claims that the answer tells of;
    `changeset` is then what could be undone, and `based_on` the version that a form sent back is based on."""

    def __init__(self, address: str, cookies: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.headers = {
            "Cookie": cookies,
            "X-CSRFToken": TOKEN,
            "HX-Request": "true",
            "HX-Current-URL": address + ADDRESS,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept-Encoding": "gzip",
        }

    def send(self, path: str, **data: Any) -> tuple[int, list[str]]:
        self.connection.request("POST", path, urlencode(data, doseq=True), self.headers)
        response = self.connection.getresponse()
        body = response.read()
        if response.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.changeset = found[1].decode() if (found := _DONE.search(body)) else ""
        self.based_on = int(found[1]) if (found := _BASED_ON.search(body)) else 0
        told = json.loads(response.headers.get("HX-Trigger-After-Settle") or "{}")
        return response.status, told.get("newsdesk:done", {}).get("claims", [])

    def look(self, path: str) -> None:
        self.connection.request("GET", path, headers=self.headers)
        self.connection.getresponse().read()


def fields(at: int, **more: Any) -> dict[str, Any]:
    """A claim somewhere in the middle, with an answer that contradicts others."""
    paragraph, start = 20 + at % 40, 5 + at % 90
    return {
        "at": f"{paragraph}:{start}-{start + 30}",
        "source": "sana",
        "speaker": "a spokesman",
        "cue": "said",
        "status": "accepted",
        "q-fighters-hurt-value": str(at % 5),
        "token": str(uuid4()),
        **more,
    }


def acts(send: Callable[..., tuple[int, list[str]]], at: int, timed: Callable[[str, float], None]) -> None:
    """A claim's life."""

    def clocked(name: str, path: str, **data: Any) -> list[str]:
        start = time.perf_counter()
        status, claims = send(path, **data)
        timed(name, (time.perf_counter() - start) * 1000)
        assert status == 200, (name, status)
        return claims

    (uid,) = clocked("new claim with an answer", f"{ADDRESS}claims/new/", **fields(at))
    clocked("edit", f"/claims/{uid}/edit/", **fields(at, based_on=1, speaker="another spokesman"))
    clocked("another source", f"/claims/{uid}/act/", act="retag", source="russian-mod", based_on=2, token=str(uuid4()))
    clocked("delete", f"/claims/{uid}/act/", act="delete", based_on=3, token=str(uuid4()))


def measure(editor: Editor) -> Times:
    times: Times = {}

    def timed(name: str, milliseconds: float) -> None:
        times.setdefault(name, []).append(milliseconds)

    for turn in range(WARM_UP + ROUNDS):
        if turn == WARM_UP:
            times.clear()
        start = time.perf_counter()
        editor.look("/empty/")
        timed("empty view", (time.perf_counter() - start) * 1000)
        acts(editor.send, turn, timed)
    return times


def count_queries(cookies: str) -> dict[str, int]:
    """Of each act, within this process."""
    # These need Django to be set up.
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"Cookie": cookies, "HX-Request": "true", "HX-Current-URL": f"http://localhost{ADDRESS}"})
    client.cookies.load(cookies)
    counts: list[int] = []

    def send(path: str, **data: Any) -> tuple[int, list[str]]:
        with CaptureQueriesContext(connection) as captured:
            response = client.post(path, data, headers={"Host": "127.0.0.1"})
        counts.append(len(captured))
        return response.status_code, json.loads(response["HX-Trigger-After-Settle"])["newsdesk:done"]["claims"]

    names: list[str] = []
    acts(send, 0, lambda name, _: names.append(name))
    return dict(zip(names, counts, strict=True))


def print_times(times: Times, queries: dict[str, int]) -> None:
    empty = statistics.median(times["empty view"])
    print(f"{'act':<28}{'median ms':>10}{'p95 ms':>9}{'less empty':>12}{'queries':>9}")
    for name, found in times.items():
        median, late = statistics.median(found), statistics.quantiles(found, n=20)[18]
        print(f"{name:<28}{median:>10.2f}{late:>9.2f}{median - empty:>12.2f}{queries.get(name, 0):>9}")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk.prepare(folder)
        os.environ.update(desk.environment(folder))
        django.setup()
        # This needs Django to be set up.
        from benchmarks.made_articles import make_article

        make_article(CLAIMS, slug="long", length=PARAGRAPHS)
        cookies = editors_cookies()
        queries = count_queries(cookies)
        with desk.served(folder, WEB_WORKERS="1", ALLOWED_HOSTS="127.0.0.1") as address:
            print_times(measure(Editor(address, cookies)), queries)


if __name__ == "__main__":
    main()
