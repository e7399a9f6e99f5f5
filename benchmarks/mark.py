"""How long the desk takes to save a claim: `make bench-mark`.

An editor's htmx requests, on an article of 5,000 words with 500 claims: a new claim with one answer, an edit of it,
another source, undoing that, its deletion, so that the article stays as long as it is. One worker, one kept-alive
connection, an empty view in turn with them. The figures are medians and 95th percentiles of the time to the last byte,
and medians of the processor's time within this process.
"""

import gzip
import http.client
import json
import os
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from benchmarks import desk

ROUNDS = int(os.environ.get("ROUNDS", "150"))
WARM_UP = 15
PARAGRAPHS, CLAIMS = 80, 500
ADDRESS = "/articles/long/"
TOKEN = "m" * 32
FORM = "application/x-www-form-urlencoded"
EVENT = "HX-Trigger-After-Settle"
_DONE = re.compile(rb'id="done-(\w+)"')
_BASED_ON = re.compile(rb'name="based_on" value="(\d+)"')

Times = dict[str, list[float]]


def editors_cookies() -> str:
    """Signs in without the form: an editor's session, as a cookie header. Django must be set up."""
    from django.conf import settings
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
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


@dataclass(frozen=True)
class Told:
    """What an act was answered with: the claims and the changeset that it tells of, the version that a form sent back
    is based on; and how long it took."""

    status: int
    milliseconds: float
    claims: list[str]
    changeset: str
    based_on: int


def read(status: int, milliseconds: float, body: bytes, event: str | None) -> Told:
    changeset, based_on = _DONE.search(body), _BASED_ON.search(body)
    return Told(
        status,
        milliseconds,
        json.loads(event or "{}").get("newsdesk:done", {}).get("claims", []),
        changeset[1].decode() if changeset else "",
        int(based_on[1]) if based_on else 0,
    )


class Editor:
    """A browser's one connection."""

    def __init__(self, address: str, cookies: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.headers = {
            "Cookie": cookies,
            "X-CSRFToken": TOKEN,
            "HX-Request": "true",
            "HX-Current-URL": address + ADDRESS,
            "Content-Type": FORM,
            "Accept-Encoding": "gzip",
        }

    def send(self, path: str, **data: Any) -> Told:
        start = time.perf_counter()
        self.connection.request("POST", path, urlencode(data, doseq=True), self.headers)
        response = self.connection.getresponse()
        body = response.read()
        milliseconds = (time.perf_counter() - start) * 1000
        if response.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        return read(response.status, milliseconds, body, response.headers.get(EVENT))

    def look(self, path: str) -> None:
        self.connection.request("GET", path, headers=self.headers)
        self.connection.getresponse().read()


HURT = "How many pro-regime fighters were hurt?"


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
        # As an editor who has been asked whether these words may have that source once more, and that number.
        "anyway": ["same:sana", f"number:{HURT}:{at % 5}"],
        "token": str(uuid4()),
        **more,
    }


def acts(send: Callable[..., Told], at: int, note: Callable[[str, Told], None]) -> None:
    """A claim's life."""

    def act(name: str, path: str, **data: Any) -> Told:
        told = send(path, **data)
        assert told.status == 200, (name, told.status)
        note(name, told)
        return told

    (uid,) = act("new claim with an answer", f"{ADDRESS}claims/new/", **fields(at)).claims
    act("edit", f"/claims/{uid}/edit/", **fields(at, based_on=1, speaker="another spokesman"))
    retag = {"act": "retag", "source": "russian-mod", "based_on": 2, "token": str(uuid4())}
    done = act("another source", f"/claims/{uid}/act/", **retag)
    act("undo of it", f"/changes/{done.changeset}/undo/")
    act("delete", f"/claims/{uid}/act/", act="delete", based_on=4, token=str(uuid4()))


def measure(editor: Editor) -> Times:
    times: Times = {}
    for turn in range(WARM_UP + ROUNDS):
        if turn == WARM_UP:
            times.clear()
        start = time.perf_counter()
        editor.look("/empty/")
        times.setdefault("empty view", []).append((time.perf_counter() - start) * 1000)
        acts(editor.send, turn, lambda name, told: times.setdefault(name, []).append(told.milliseconds))
    return times


def measure_within(cookies: str) -> tuple[Times, dict[str, int]]:
    """Of each act, within this process: the processor's time, which is less of a matter of what else the machine does,
    and the queries."""
    # These need Django to be set up.
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"Cookie": cookies, "HX-Request": "true", "HX-Current-URL": f"http://localhost{ADDRESS}"})
    client.cookies.load(cookies)

    def send(path: str, **data: Any) -> Told:
        body = urlencode(data, doseq=True)
        start = time.process_time()
        response = client.post(path, body, content_type=FORM, headers={"Host": "127.0.0.1"})
        milliseconds = (time.process_time() - start) * 1000
        return read(response.status_code, milliseconds, response.content, response.get(EVENT))

    times: Times = {}
    for turn in range(WARM_UP + ROUNDS):
        if turn == WARM_UP:
            times.clear()
        acts(send, turn, lambda name, told: times.setdefault(name, []).append(told.milliseconds))
    queries: list[tuple[str, int]] = []
    with CaptureQueriesContext(connection) as captured:
        acts(send, 0, lambda name, _: queries.append((name, len(captured))))
    before = [0, *(count for _, count in queries)]
    return times, {name: count - before[at] for at, (name, count) in enumerate(queries)}


def print_times(times: Times, within: Times, queries: dict[str, int]) -> None:
    empty = statistics.median(times["empty view"])
    print(f"{'act':<28}{'median ms':>10}{'p95 ms':>9}{'less empty':>12}{'processor':>11}{'queries':>9}")
    for name, found in times.items():
        median, late = statistics.median(found), statistics.quantiles(found, n=20)[18]
        print(f"{name:<28}{median:>10.2f}{late:>9.2f}{median - empty:>12.2f}", end="")
        print(f"{statistics.median(within[name]):>11.2f}{queries[name]:>9}" if name in within else "")


def main() -> None:
    with desk.prepared() as folder:
        # This needs Django to be set up.
        from benchmarks.made_articles import make_article

        make_article(CLAIMS, slug="long", length=PARAGRAPHS)
        cookies = editors_cookies()
        within = measure_within(cookies)
        with desk.served(folder, WEB_WORKERS="1", ALLOWED_HOSTS="127.0.0.1") as address:
            print_times(measure(Editor(address, cookies)), *within)


if __name__ == "__main__":
    main()
