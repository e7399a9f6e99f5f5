"""Desks of their own, each on a real database, with real commands and a real server that a test may kill."""

import http.client
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
from django.conf import settings

from tests.faults.postgresql import Cluster

ROOT = Path(__file__).parent.parent.parent
REPORT = "/articles/khusham-2/"
TOKEN = "f" * 32
WAIT = 30
# Prints the cookie header of an editor who has signed in.
SIGN_IN = f"""
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
user = User.objects.create_user("editor")
user.groups.add(Group.objects.get(name="Editors"))
session = SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[-1]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(f"{{settings.SESSION_COOKIE_NAME}}={{session.session_key}}; {{settings.CSRF_COOKIE_NAME}}={TOKEN}")
"""


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Desk:
    """`url` is its database's. The folder is its own."""

    folder: Path
    url: str
    cookies: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    server: "subprocess.Popen[bytes] | None" = None

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def file(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.url,
            "DATABASE_POOL": "4",
            "PORT": str(self.port),
            "WEB_WORKERS": "1",
            **self.settings,
        }

    # ---- Commands ----

    def begin(self, *words: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "manage.py", *map(str, words)]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def command(self, *words: object) -> tuple[int, str]:
        """Exit status, and what was printed."""
        process = self.begin(*words)
        said, _ = process.communicate(timeout=120)
        return process.returncode, said

    def run(self, *words: object) -> str:
        status, said = self.command(*words)
        assert status == 0, said
        return said

    def is_in_order(self) -> bool:
        status, said = self.command("check_desk")
        assert (status, said) == (0, "The desk is in order.\n"), said
        return True

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        if self.is_sqlite:
            with closing(sqlite3.connect(self.file, timeout=WAIT)) as database:
                return database.execute(sql).fetchall()
        with psycopg.connect(self.url) as database:
            return database.execute(sql).fetchall()  # type: ignore[call-overload, no-any-return]

    # ---- The server ----

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--config", "newsdesk/gunicorn.py", "newsdesk.wsgi"]
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(), stdout=log, stderr=log, start_new_session=True
            )
        ends = time.monotonic() + WAIT
        while not self._listens():
            assert time.monotonic() < ends and self.server.poll() is None, self.log
            time.sleep(0.05)

    def _listens(self) -> bool:
        with closing(socket.socket()) as trying:
            return trying.connect_ex(("127.0.0.1", self.port)) == 0

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def stop(self, how: int = signal.SIGTERM) -> None:
        """Until it is gone. With SIGKILL, all its processes at one moment."""
        if self.server is None:
            return
        (os.killpg if how == signal.SIGKILL else os.kill)(self.server.pid, how)
        self.server.wait(WAIT)
        self.server = None

    def ask(self, path: str, data: dict[str, Any] | None = None, **headers: str) -> Answer:
        """A page for a reader; with `data`, a form sent by the editor. Raises OSError if there is no answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)) as connection:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            if data is None:
                connection.request("GET", path, headers=sent)
            else:
                own = {"Cookie": self.cookies, "X-CSRFToken": TOKEN}
                own["Content-Type"] = "application/x-www-form-urlencoded"
                connection.request("POST", path, urlencode(data, doseq=True), own | sent)
            try:
                response = connection.getresponse()
                return Answer(response.status, dict(response.headers), response.read().decode())
            except http.client.HTTPException as error:
                raise ConnectionError(str(error)) from error

    def look(self, path: str) -> Answer:
        """As the editor."""
        return self.ask(path, Cookie=self.cookies)

    def save(self, token: str = "", **more: Any) -> Answer:
        """A new claim."""
        return self.ask(f"{REPORT}claims/new/", claim_form(token, **more), HX_Request="true")

    def saved(self) -> list[str]:
        """The tokens of what was saved, as often as it was."""
        return sorted(token for (token,) in self.rows("SELECT token FROM articles_changeset WHERE token IS NOT NULL"))


def claim_form(token: str = "", **more: Any) -> dict[str, Any]:
    return {"at": "1:0-12", "source": "sana", "status": "accepted", "token": token or str(uuid4()), **more}


class Desks:
    """Copies of one desk, with the demo reports and an editor who has signed in."""

    def __init__(self, folder: Path, cluster: Cluster | None) -> None:
        self.folder, self.cluster, self.made = folder, cluster, 0
        self.port = cluster.port if cluster else 0
        self.first = self.empty()
        self.first.run("migrate", "--verbosity", "0")
        self.first.run("import_articles")
        *_, self.first.cookies = self.first.run("shell", "--no-imports", "-c", SIGN_IN).strip().splitlines()

    def empty(self) -> Desk:
        self.made += 1
        folder = self.folder / f"desk-{self.made}"
        folder.mkdir()
        if self.cluster is None:
            return Desk(folder, f"sqlite:///{folder}/desk.sqlite3")
        return Desk(folder, self.cluster.make(f"desk_{self.made}"))

    def copy(self) -> Desk:
        if self.cluster is None:
            desk = self.empty()
            with closing(sqlite3.connect(self.first.file)) as source, closing(sqlite3.connect(desk.file)) as target:
                source.backup(target)
        else:
            self.made += 1
            folder = self.folder / f"desk-{self.made}"
            folder.mkdir()
            desk = Desk(folder, self.cluster.make(f"desk_{self.made}", like=self.first.url))
        desk.cookies = self.first.cookies
        return desk

    @contextmanager
    def served(self, **settings: str) -> Iterator[Desk]:
        desk = self.copy()
        desk.settings.update(settings)
        try:
            desk.start()
            yield desk
        finally:
            desk.stop(signal.SIGKILL)


def copied_reports(folder: Path, number: int) -> Path:
    """The longer demo report as often as asked for, each with all its claims under uids of its own."""
    folder.mkdir()
    text = (ROOT / "seeds/khusham-2.txt").read_text()
    for at in range(number):
        (folder / f"copy-{at}.txt").write_text(f"Report number {at} of them.\n\n{text}")
        (folder / f"copy-{at}.toml").write_text(f'title = "Copy {at}"\nid = "copy-{at}"\n')
    return folder


def lost_or_doubled(acknowledged: Sequence[str], saved: Sequence[str]) -> list[str]:
    """What is not as it should be: tokens acknowledged and not saved, tokens saved twice."""
    lost = sorted(set(acknowledged) - set(saved))
    doubled = sorted({token for token in saved if saved.count(token) > 1})
    return [*(f"lost {token}" for token in lost), *(f"doubled {token}" for token in doubled)]


def cookie_name() -> str:
    return str(settings.SESSION_COOKIE_NAME)


def room(folder: Path, size: str) -> None:
    """A small disk in the folder."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "newsdesk-test", str(folder)], check=True)


def unmount(folder: Path) -> None:
    subprocess.run(["umount", str(folder)], check=True)


def can_mount() -> bool:
    return os.geteuid() == 0 and shutil.which("mount") is not None
