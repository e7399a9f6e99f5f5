"""Faults against the real server and real databases. What each test counted stands at the end of the run."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.desk import ALL, Desks
from tests.faults.postgresql import NO_POSTGRESQL, Cluster

Counted = Callable[[str], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each starts and kills servers of its own, which a busy machine may keep from starting in time: once more where it
    fails, and the summary names it. `-k postgresql` chooses all that need one, whatever they are called."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))
            if "cluster" in getattr(item, "fixturenames", ()):
                item.extra_keyword_matches.add("postgresql")


@pytest.fixture
def counted(record_property: Any) -> Counted:
    """Notes what was acknowledged and what is there."""
    return lambda words: record_property("counted", words)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for report in terminalreporter.stats.get("passed", []):
        for name, words in report.user_properties:
            if name == "counted" and report.when == "call":
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {words}")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    if not ALL:
        pytest.skip("on PostgreSQL with `make test-faults`, which takes minutes")
    if NO_POSTGRESQL:
        (pytest.fail if os.environ.get("NEWSDESK_REQUIRE_SERVICES") else pytest.skip)(NO_POSTGRESQL)
    cluster = Cluster()
    yield cluster
    cluster.remove()


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Desks:
    return Desks(tmp_path_factory.mktemp("sqlite"), None)


@pytest.fixture(scope="session")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster) -> Desks:
    return Desks(tmp_path_factory.mktemp("postgresql"), cluster)


@pytest.fixture(params=["sqlite", "postgresql"])
def desks(request: pytest.FixtureRequest) -> Desks:
    desks: Desks = request.getfixturevalue(f"on_{request.param}")
    return desks


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
