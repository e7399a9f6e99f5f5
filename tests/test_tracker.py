"""Faults go to the tracker that is named, and to nobody if none is."""

import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import brotli
import pytest
from django.core.exceptions import ImproperlyConfigured

from newsdesk import tracker

PACKED: dict[str, Callable[[bytes], bytes]] = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
ROOT = Path(__file__).parent.parent
# A request for a page that fails, with all that must stay here.
FAILING = """
import django
django.setup()
from django.test import Client
from newsdesk import health
def fail():
    password = "sesame-local"
    raise RuntimeError("the disk is full")
health.JsonResponse = lambda *args, **more: fail()
client = Client(raise_request_exception=False)
client.cookies["sessionid"] = "sesame-cookie"
headers = {"X-Request-ID": "edge-1", "Authorization": "sesame-header", "Host": "localhost"}
print(client.get("/healthz?q=sesame-term", headers=headers).status_code)
import sys
print("sentry_sdk" in sys.modules)
if "sentry_sdk" in sys.modules:
    sys.modules["sentry_sdk"].flush(10)
"""


@pytest.fixture
def sent() -> Iterator[tuple[str, list[str]]]:
    """The address of a tracker on this machine, and what it got."""
    got: list[str] = []

    class Tracker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append(PACKED[self.headers.get("Content-Encoding", "")](body).decode())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Tracker)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://key@127.0.0.1:{server.server_port}/1", got
    server.shutdown()
    thread.join()
    server.server_close()


def fail_with(tmp_path: Path, **variables: str) -> list[str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    settings = {"DJANGO_SETTINGS_MODULE": "newsdesk.settings", "SECRET_KEY": "x" * 50, "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", FAILING],
        cwd=ROOT,
        env={**kept, **settings, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "the disk is full" in done.stderr, "the log has it either way"
    return done.stdout.split()


def test_a_fault_is_sent_without_what_was_asked_and_by_whom(tmp_path: Path, sent: tuple[str, list[str]]) -> None:
    pytest.importorskip("sentry_sdk", reason="sentry-sdk is not installed: it is in .locks/dev.txt")
    address, got = sent
    assert fail_with(tmp_path, ERROR_TRACKER_DSN=address) == ["500", "True"]
    told = "".join(got)
    assert "the disk is full" in told and "edge-1" in told and "/healthz" in told
    assert "sesame" not in told


def test_without_a_tracker_nothing_is_loaded(tmp_path: Path) -> None:
    assert fail_with(tmp_path) == ["500", "False"]


def test_an_address_that_cannot_be_read_is_said() -> None:
    pytest.importorskip("sentry_sdk", reason="sentry-sdk is not installed: it is in .locks/dev.txt")
    with pytest.raises(ImproperlyConfigured, match="ERROR_TRACKER_DSN cannot be read. Write https://KEY@"):
        tracker.report_faults("tracker.example.org")


def test_a_desk_without_the_package_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ImproperlyConfigured, match="sentry-sdk is not installed"):
        tracker.report_faults("https://key@tracker.example.org/1")
