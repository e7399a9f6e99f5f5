"""Desks of their own, each on a real database, with real commands and a real server that a test may kill."""

import base64
import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import pytest

from tests.faults.postgresql import Cluster, free_port

ROOT = Path(__file__).parent.parent.parent
FIRST_RELEASE = Path(__file__).parent / "first_release.json"
REPORT = "/articles/khusham-2/"
TOKEN = "f" * 32
WAIT = 30
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
TABLES_OF_FIRST_RELEASE = """
from django.core.management import call_command
call_command("migrate", "articles", "0002", verbosity=0)
call_command("migrate", "auth", verbosity=0)
"""
# The longer form of the tests, as `make test-faults` runs it.
ALL = bool(os.environ.get("NEWSDESK_FAULTS_ALL"))
# Makes a desk with the demo reports. Prints the cookie header of an editor who has signed in.
FIRST = f"""
from django.conf import settings
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("import_articles")
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


@contextmanager
def redis(folder: Path) -> "Iterator[tuple[str, subprocess.Popen[bytes]]]":
    """A Redis of a test's own: its address for CACHE_URL, and its process, which may be killed before."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            yield f"redis://127.0.0.1:{port}/0", server
        finally:
            server.kill()


needs_redis = pytest.mark.skipif(
    not shutil.which("redis-server"), reason="there is no Redis here (Debian: apt install redis-server)"
)


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.2)


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
            command,
            cwd=ROOT,
            env={**self.environment(), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
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

    def load(self, tables: dict[str, Any]) -> None:
        """Rows that are there already stay."""
        with closing(self.connect()) as database, database:
            cursor = database.cursor()
            for table, of in tables.items():
                places = ", ".join(["?" if self.is_sqlite else "%s"] * len(of["columns"]))
                names = ", ".join(f'"{name}"' for name in of["columns"])
                sql = f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT DO NOTHING"
                cursor.executemany(sql, [[*map(_value, row, of["types"])] for row in of["rows"]])
                if not self.is_sqlite:
                    cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")

    def connect(self) -> Any:
        return sqlite3.connect(self.file, timeout=WAIT) if self.is_sqlite else psycopg.connect(self.url)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(self.connect()) as database:
            return list(database.execute(sql).fetchall())

    def columns(self, table: str) -> set[str]:
        if self.is_sqlite:
            return {name for (name,) in self.rows(f"SELECT name FROM pragma_table_info('{table}')")}
        sql = f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"
        return {name for (name,) in self.rows(sql)}

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


def _value(value: Any, kind: str) -> Any:
    """As it stands in a file, for a column of this kind."""
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    return bool(value) if kind == "bool" else value


def plain(value: Any, kind: str = "") -> Any:
    """The same for the same, from a file or from either database."""
    if kind:
        value = _value(value, kind)
        if kind == "datetime" and value:
            value = datetime.fromisoformat(value).replace(tzinfo=UTC)
    match value:
        case bool():
            return int(value)
        case str() if _TIME.match(value):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        case datetime():
            return value.astimezone(UTC)
        case date():
            return str(value)
        case dict() | list():
            return json.dumps(value)
    return value


def claim_form(token: str = "", **more: Any) -> dict[str, Any]:
    return {"at": "1:0-12", "source": "sana", "status": "accepted", "token": token or str(uuid4()), **more}


class Desks:
    """Copies of one desk, with the demo reports and an editor who has signed in."""

    def __init__(self, folder: Path, cluster: Cluster | None) -> None:
        self.folder, self.cluster, self.made = folder, cluster, 0
        self.port = cluster.port if cluster else 0
        self.first = self.empty()
        *_, self.first.cookies = self.first.run("shell", "--no-imports", "-c", FIRST).strip().splitlines()

    def empty(self) -> Desk:
        self.made += 1
        folder = self.folder / f"desk-{self.made}"
        folder.mkdir()
        if self.cluster is None:
            return Desk(folder, f"sqlite:///{folder}/desk.sqlite3")
        return Desk(folder, self.cluster.make(f"desk_{self.made}"))

    def copy(self, of: Desk | None = None) -> Desk:
        of = of or self.first
        if self.cluster is None:
            desk = self.empty()
            with closing(sqlite3.connect(of.file)) as source, closing(sqlite3.connect(desk.file)) as target:
                source.backup(target)
        else:
            self.made += 1
            folder = self.folder / f"desk-{self.made}"
            folder.mkdir()
            desk = Desk(folder, self.cluster.make(f"desk_{self.made}", like=of.url))
        desk.cookies = of.cookies
        return desk

    @cached_property
    def of_first_release(self) -> Desk:
        """With the tables that the first release had, and what a desk of that release held."""
        desk = self.empty()
        desk.run("shell", "--no-imports", "-c", TABLES_OF_FIRST_RELEASE)
        desk.load(json.loads(FIRST_RELEASE.read_text()))
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
    """The longer demo report as often as asked for, with another first paragraph each time, and all its claims under
    uids of their own."""
    folder.mkdir()
    text = (ROOT / "seeds/khusham-2.txt").read_text()
    annotations = json.loads((ROOT / "seeds/khusham-2.jsonld").read_text())
    for item in annotations["first"]["items"]:
        for key in ("id", "continues"):
            item.pop(key, None)
        for target in item["target"]:
            target.pop("id", None)
    for at in range(number):
        (folder / f"copy-{at}.txt").write_text(f"Report number {at} of them.\n\n{text}")
        (folder / f"copy-{at}.toml").write_text(f'title = "Copy {at}"\nid = "copy-{at}"\nstory = "khusham-2018"\n')
        (folder / f"copy-{at}.jsonld").write_text(json.dumps(annotations))
    return folder


def lost_or_doubled(acknowledged: Sequence[str], saved: Sequence[str]) -> list[str]:
    """What is not as it should be: tokens acknowledged and not saved, tokens saved twice."""
    lost = sorted(set(acknowledged) - set(saved))
    doubled = sorted({token for token in saved if saved.count(token) > 1})
    return [*(f"lost {token}" for token in lost), *(f"doubled {token}" for token in doubled)]


def room(folder: Path, size: str) -> None:
    """A small disk in the folder."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "newsdesk-test", str(folder)], check=True)


def unmount(folder: Path) -> None:
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def can_mount() -> bool:
    return os.geteuid() == 0 and shutil.which("mount") is not None
