"""Two machines with one PostgreSQL, its replica and one Redis, as docs/running.md has them."""

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.faults.conftest import Counted
from tests.faults.desk import REPORT, Desk, Desks, lost_or_doubled, needs_redis, redis, wait_for
from tests.faults.postgresql import Cluster

pytestmark = needs_redis
NAME = "testserver"


@dataclass(frozen=True)
class Pair:
    primary: Cluster
    replica: Cluster


@pytest.fixture
def pair(cluster: Cluster) -> Iterator[Pair]:
    """Of its own, as its primary does not come back. Asks for the session's so that it is skipped with that."""
    with ExitStack() as made:
        primary = Cluster()
        made.callback(primary.remove)
        replica = Cluster(replica_of=primary)
        made.callback(replica.remove)
        primary.wait_for_replica()
        yield Pair(primary, replica)


@contextmanager
def machines(folder: Path, pair: Pair) -> Iterator[list[Desk]]:
    """Two servers that hold nothing of their own."""
    one = Desks(folder, pair.primary).first
    name = urlsplit(one.url).path[1:]
    (folder / "other").mkdir()
    other = Desk(folder / "other", "", cookies=one.cookies)
    with redis(folder) as (address, _):
        for desk in (one, other):
            hosts = f"{pair.primary.host},{pair.replica.host}"
            desk.url = f"postgresql://newsdesk@{hosts}:{pair.primary.port}/{name}?target_session_attrs=read-write"
            desk.settings["CACHE_URL"] = address
        try:
            for desk in (one, other):
                desk.start()
            yield [one, other]
        finally:
            for desk in (one, other):
                desk.stop(signal.SIGKILL)


class Editor:
    """Saves at one machine and the other in turn, and sends again what was not acknowledged, until told to end."""

    def __init__(self, desks: list[Desk]) -> None:
        self.desks, self.is_done = desks, False
        self.acknowledged, self.refused, self.others = list[str](), 0, list[int]()
        self.last = ""

    def work(self) -> None:
        for desk in cycle(self.desks):
            if self.is_done:
                return
            token = self.last = str(uuid4())
            while (status := _status(desk, token)) != 200 and not self.is_done:
                self.refused += 1
                if status not in {0, 503}:
                    self.others.append(status)
                time.sleep(0.1)
            if status == 200:
                self.acknowledged.append(token)


@contextmanager
def editors_at(desks: list[Desk]) -> Iterator[list[Editor]]:
    editors = [Editor(desks), Editor(desks[::-1])]
    with ThreadPoolExecutor(2) as pool:
        working = [pool.submit(editor.work) for editor in editors]
        try:
            yield editors
        finally:
            for editor in editors:
                editor.is_done = True
    for one in working:
        one.result()


def _status(desk: Desk, token: str) -> int:
    try:
        return desk.save(token).status
    except OSError:
        return 0


def test_what_one_machine_saves_is_in_the_next_page_of_the_other(tmp_path: Path, pair: Pair, counted: Counted) -> None:
    """Both behind one name."""
    with machines(tmp_path, pair) as desks:
        for turn in range(20):
            one, other = desks[turn % 2], desks[1 - turn % 2]
            before = other.ask(REPORT, Host=NAME).headers["ETag"]
            assert one.ask(REPORT, Host=NAME).headers["ETag"] == before, "the same page on both"
            assert one.save(speaker=f"speaker number {turn}").status == 200
            page = other.ask(REPORT, Host=NAME, If_None_Match=before)
            assert page.status == 200 and f"speaker number {turn}" in page.text
            assert one.ask(REPORT, Host=NAME, If_None_Match=page.headers["ETag"]).status == 304
            assert other.look("/work/").status == 200, "a session holds on both"
    counted("20 saves, each in the very next page of the other machine")


def test_the_primary_crashes_and_its_replica_takes_over(tmp_path: Path, pair: Pair, counted: Counted) -> None:
    with machines(tmp_path, pair) as desks:
        with editors_at(desks) as editors:
            wait_for(lambda: all(len(editor.acknowledged) >= 10 for editor in editors), 60)
            assert desks[0].ask(REPORT).status == desks[1].ask(REPORT).status == 200
            pair.primary.stop("immediate")
            before = [len(editor.acknowledged) for editor in editors]
            assert desks[0].ask(REPORT).status == desks[1].ask(REPORT).status == 200, "as they were known"
            pair.replica.take_over()
            wait_for(
                lambda: all(len(one.acknowledged) >= had + 10 for one, had in zip(editors, before, strict=True)), 60
            )
        desks[0].url = pair.replica.url(urlsplit(desks[0].url).path[1:])
        acknowledged = [token for editor in editors for token in editor.acknowledged]
        saved = desks[0].saved()
        assert lost_or_doubled(acknowledged, saved) == []
        # Whoever was told to end may not have heard of the last.
        assert set(saved) - set(acknowledged) <= {editor.last for editor in editors}
        assert [editor.others for editor in editors] == [[], []]
        assert desks[0].is_in_order()
    refused = sum(editor.refused for editor in editors)
    counted(f"{sum(before)} acknowledged before the crash, {len(acknowledged)} in all, {len(saved)} there")
    counted(f"{refused} times refused meanwhile")
