"""A server of its own, which a test can stop and start again, on a copy of the test's database in a file."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).parent.parent.parent


class Server:
    """Gunicorn on one port, whenever it is started. `folder` is empty, and its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "desk.sqlite3"
        with closing(socket.socket()) as found:
            found.bind(("127.0.0.1", 0))
            self.port: int = found.getsockname()[1]
        self.address = f"http://localhost:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(self.database)])

    def start(self) -> None:
        settings = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATA_DIR": str(self.folder),
            # Who waits for somebody else's write gives up soon.
            "DATABASE_URL": f"sqlite:///{self.database}?timeout=1",
            "PORT": str(self.port),
            "WEB_WORKERS": "1",
        }
        command = [sys.executable, "-m", "gunicorn", "--config", "newsdesk/gunicorn.py", "newsdesk.wsgi"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
        self._wait()

    def stop(self) -> None:
        """Until it is gone."""
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(query).fetchall()

    def _wait(self, seconds: float = 30) -> None:
        ends = time.monotonic() + seconds
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sign-in/", timeout=5).close()
                return
            except OSError:
                if time.monotonic() > ends:
                    raise AssertionError((self.folder / "log").read_text()) from None
                time.sleep(0.1)
