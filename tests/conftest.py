"""Fixtures that many tests share. What a test is about it shows itself, with the factories."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from articles.models import ArticleWords, ClaimWords
from articles.pages import finding_names
from tests.chromium import HEADLESS, NO_BROWSER
from tests.factories import make_administrator, make_editor
from tests.pages import PageClient

SEEDS = Path(__file__).parent.parent / "seeds"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", action="store_true", help="Only tests that use the database, and of those in a browser a few."
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests run wherever a Chromium is installed; where one is required they fail without it."""
    if config.getoption("--database"):
        others = [item for item in items if not _uses_the_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in set(others)]
    for item in items:
        if item.nodeid.startswith(LONG):
            item.add_marker(pytest.mark.long)
    if HEADLESS:
        return
    if os.environ.get("NEWSDESK_REQUIRE_BROWSER"):
        raise pytest.UsageError(f"NEWSDESK_REQUIRE_BROWSER is set, and there is {NO_BROWSER}")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


# A machine may be busy: how long an example takes is no property.
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("desk")


def pytest_collection_finish() -> None:
    """All tests with what they import are there until the end: to look through them for garbage, again and again, takes
    a tenth of the time."""
    gc.collect()
    gc.freeze()


# Run for long, and nothing of the desk is reached by them alone: coverage, which doubles the time, is measured without.
LONG = (
    "tests/test_marking_properties.py",
    "tests/suggestions/test_unseen.py",
    "tests/admin/test_desk.py::test_a_list_or_a_page_costs",
    "tests/test_article_list.py::test_a_bad_page_number_gives",
    "tests/test_hostile.py::test_a_desk_of_hostile_words_is_sound",
    "tests/test_hostile_files.py::test_an_article_with_a_broken_field",
    "tests/test_query_counts.py::test_an_editor_costs",
    "tests/test_query_counts.py::test_the_queries_of_a_save",
    "tests/test_query_counts.py::test_the_queries_of_pages_for_editors",
    "tests/test_search.py::test_a_very_long_text_is_indexed",
    "tests/test_visible_to.py",
    "tests/faults/",
)
# What a browser shows does not depend on the database; that a live server works on it does.
IN_A_BROWSER = "tests/browser/test_claims.py"
# Counts queries, of which there are as many on every database, with hundreds of claims each time.
COUNTS = "tests/test_query_counts.py"


def _uses_the_database(item: pytest.Item) -> bool:
    if item.nodeid.startswith(COUNTS):
        return False
    if item.get_closest_marker("browser"):
        return item.nodeid.startswith(IN_A_BROWSER)
    named = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(named or item.get_closest_marker("django_db"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """PostgreSQL removes no database that somebody is connected to, as a thread of a live server may still be."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()
    # By the stamp of names, which is the same again in another test.
    finding_names._kept.clear()


@pytest.fixture(autouse=True)
def _empty_index(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test committed is emptied after it, but for tables that Django does not manage. Tests without a database
    are given none by this."""
    mark = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or bool(mark and mark.kwargs.get("transaction"))
    if commits:
        request.getfixturevalue("_django_db_helper")
    yield
    if commits:
        for table in (ArticleWords, ClaimWords):
            table.objects.all()._raw_delete("default")


@pytest.fixture
def reader() -> PageClient:
    """A browser without a session."""
    return PageClient()


@pytest.fixture
def editor(db: None) -> User:
    return make_editor()


@pytest.fixture
def editors_browser(editor: User) -> PageClient:
    client = PageClient()
    client.force_login(editor)
    return client


@pytest.fixture
def admin_browser(db: None) -> Client:
    client = Client()
    client.force_login(make_administrator())
    return client
