"""A desk to measure: a database of its own in a folder of its own, and the production server on the loopback."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django

ROOT = Path(__file__).parent.parent


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DATA_DIR": str(folder),
        "SECRET_KEY": "only for measuring",
        "LOG_LEVEL": "ERROR",
    }


def prepare(folder: Path) -> None:
    """Migrates, imports the seeds, collects the static files."""
    for command in (["migrate"], ["import_articles"], ["collectstatic", "--no-input"]):
        run = [sys.executable, "manage.py", *command, "--verbosity", "0"]
        subprocess.run(run, cwd=ROOT, env=environment(folder), check=True, stdout=subprocess.DEVNULL)


@contextmanager
def prepared(**settings: str) -> Iterator[Path]:
    """The folder of a new desk, with Django set up for it in this process; gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        os.environ.update(environment(folder), **settings)
        django.setup()
        yield folder


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[str]:
    """The address of the production server, set up as `make serve` does but for `settings`, ended afterwards."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "newsdesk/gunicorn.py", "newsdesk.wsgi"]
    settings = {**environment(folder), **settings, "PORT": str(port)}
    with subprocess.Popen(command, cwd=ROOT, env=settings, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/empty/")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(address: str, seconds: float = 20) -> None:
    ends = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)
