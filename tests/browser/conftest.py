"""A real Chromium on a live server. Every page that a test opens must leave the console empty."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test import Client, override_settings
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from articles.importing.outcomes import Outcome
from articles.importing.run import plan
from articles.models import Article
from newsdesk.static_files import whole_sheet
from tests.chromium import ARGUMENTS, HEADLESS
from tests.conftest import SEEDS
from tests.factories import make_editor

WIDE, MIDDLE, NARROW = (1440, 900), (820, 1180), (390, 844)

# Milliseconds. A machine may be busy; what never comes is waited for in a test that fails anyway.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)

OpenPage = Callable[..., Page]

REPORT = "/articles/khusham-2/"
# The database with both reports, once a test has imported them.
_copied: list[sqlite3.Connection] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a browser test sees depends on a machine's load as well: it is run once more where it fails, and the summary
    names it (RERUN). What fails twice is broken."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright() -> Iterator[None]:
    """Playwright's synchronous calls run in an event loop, beside which Django refuses to query."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session", autouse=True)
def _whole_sheets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A browser gets style sheets as production has them, without a request for each part."""
    (ours,) = settings.STATICFILES_DIRS
    whole = tmp_path_factory.mktemp("sheets")
    (whole / "css").mkdir()
    storage = FileSystemStorage(ours)
    for path in Path(ours).glob("css/*.css"):
        (whole / "css" / path.name).write_text(whole_sheet(storage, f"css/{path.name}"))
    with override_settings(STATICFILES_DIRS=[whole, ours]):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=HEADLESS, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Opens a path in a context of its own, 1440 px wide unless told. Fails on anything in the console but
    for messages with words of `expected`."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_it(path: str, *, size: tuple[int, int] = WIDE, expected: tuple[str, ...] = (), **options: Any) -> Page:
        def complain(words: str) -> None:
            if not any(one in words for one in expected):
                complaints.append(words)

        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            **{"reduced_motion": "reduce", **options},
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: complain(_worded(message)))
        page.on("pageerror", lambda error: complain(str(error)))
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


def _worded(message: ConsoleMessage) -> str:
    return f"{message.type}: {message.text}"


@pytest.fixture
def as_editor(transactional_db: None, request: pytest.FixtureRequest) -> dict[str, Any]:
    """Options of a context in which an editor has signed in."""
    if "seeds" in request.fixturenames:
        # First of all, as the reports come with a whole database.
        request.getfixturevalue("seeds")
    client = Client()
    client.force_login(make_editor())
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    return {"storage_state": {"cookies": [{**cookie, "domain": "localhost", "path": "/"}], "origins": []}}


@pytest.fixture
def seeds(transactional_db: None) -> None:
    """The two reports: imported for the first test that wants them, copied for the others where that can be done."""
    assert not User.objects.exists() and not Article.objects.exists()
    if _copied:
        _copied[0].backup(connection.connection)
        ContentType.objects.clear_cache()
        return
    results = [job.run() for job in plan([SEEDS])]
    assert {result.outcome for result in results} == {Outcome.CREATED}
    if connection.vendor == "sqlite":
        _copied.append(sqlite3.connect(":memory:", check_same_thread=False))
        connection.connection.backup(_copied[0])
