"""The database, the cache or room on the disk is missing for a while: reading goes on where it can, saving says what is
wrong, and nothing that was acknowledged is lost."""

import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.faults.conftest import Counted
from tests.faults.desk import (
    REPORT,
    Answer,
    Desk,
    Desks,
    can_mount,
    claim_form,
    lost_or_doubled,
    needs_redis,
    redis,
    room,
    unmount,
    wait_for,
)
from tests.faults.postgresql import Cluster

mounting = pytest.mark.skipif(not can_mount(), reason="a small disk can be mounted by root alone")


class Writer:
    """Saves claims, and keeps in mind what was acknowledged and what was refused."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.done, self.refused = desk, list[str](), list[str]()

    def save(self, token: str = "") -> Answer:
        token = token or str(uuid4())
        answer = self.desk.save(token)
        (self.done if answer.status == 200 else self.refused).append(token)
        return answer

    def again(self) -> None:
        """All that was refused is sent again, as the page does."""
        for token in self.refused:
            assert self.desk.save(token).status == 200, self.desk.log[-4000:]
            self.done.append(token)

    def count(self, counted: Counted) -> None:
        saved = self.desk.saved()
        assert lost_or_doubled(self.done, saved) == []
        assert set(saved) == set(self.done)
        assert self.desk.is_in_order()
        counted(f"{len(self.done)} acknowledged, {len(self.refused)} of them after a 503; {len(saved)} there")


def assert_says(answer: Answer, words: str) -> None:
    assert answer.status == 503, answer
    assert words in answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store" or "no-store" in answer.headers["Cache-Control"]


@contextmanager
def locked(desk: Desk) -> Iterator[None]:
    """Somebody else writes, and does not end."""
    with closing(sqlite3.connect(desk.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


def test_sqlite_locked_for_longer_than_a_writer_waits(on_sqlite: Desks, counted: Counted) -> None:
    with on_sqlite.served() as desk:
        desk.stop()
        desk.settings["DATABASE_URL"] = f"{desk.url}?timeout=1"
        desk.start()
        writer = Writer(desk)
        writer.save()
        with locked(desk):
            assert_says(writer.save(), "Too many others are writing to the desk at this moment. So nothing was saved.")
            page = desk.ask(f"{REPORT}claims/new/", claim_form("t", speaker="A spokesman"))
            assert_says(page, 'name="speaker" value="A spokesman"')
            # Those who read do not notice.
            assert desk.ask(REPORT).status == desk.look(REPORT).status == desk.ask("/claims/").status == 200
        writer.again()
        writer.count(counted)


@mounting
def test_a_full_disk_under_sqlite(on_sqlite: Desks, folder: Path, counted: Counted) -> None:
    """A disk of its own (tmpfs), filled to the last byte."""
    disk = folder / "disk"
    disk.mkdir()
    room(disk, "6m")
    desk = on_sqlite.copy()
    try:
        shutil.copy(desk.file, disk / "desk.sqlite3")
        desk.url = f"sqlite:///{disk}/desk.sqlite3"
        desk.start()
        writer = Writer(desk)
        assert writer.save().status == 200
        fill(disk)
        answer = until_refused(writer)
        assert_says(answer, "The desk's disk is full.")
        assert "So nothing was saved." in answer.text
        assert desk.ask(REPORT).status == desk.look(REPORT).status == 200
        (disk / "filler").unlink()
        writer.again()
        writer.count(counted)
    finally:
        desk.stop(signal.SIGKILL)
        unmount(disk)


@mounting
def test_a_full_disk_under_postgresql(on_postgresql: Desks, folder: Path, counted: Counted) -> None:
    """The database in a tablespace on a disk of its own; what the server notes before stands on another."""
    cluster = on_postgresql.cluster
    assert cluster
    disk = cluster.folder / "disk"
    disk.mkdir()
    room(disk, "32m")
    (disk / "space").mkdir()
    shutil.chown(disk / "space", "postgres")
    desk = on_postgresql.copy()
    name = desk.url.rpartition("/")[2]
    try:
        cluster.do(f"CREATE TABLESPACE small LOCATION '{disk}/space'")
        cluster.do(f"ALTER DATABASE {name} SET TABLESPACE small")
        desk.start()
        writer = Writer(desk)
        assert writer.save().status == 200
        fill(disk)
        assert_says(until_refused(writer), "The desk's disk is full.")
        assert desk.ask(REPORT).status == 200
        (disk / "filler").unlink()
        writer.again()
        writer.count(counted)
    finally:
        desk.stop(signal.SIGKILL)
        cluster.do(f"DROP DATABASE {name} WITH (FORCE)")
        cluster.do("DROP TABLESPACE small")
        unmount(disk)


def fill(disk: Path) -> None:
    with (disk / "filler").open("wb", buffering=0) as file:
        for size in (2**20, 4096, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                pass


def until_refused(writer: Writer) -> Answer:
    """There may be room left in the pages that the database has already."""
    for _ in range(300):
        answer = writer.save()
        if answer.status != 200:
            return answer
    raise AssertionError("The disk is not full.")


def test_postgresql_stopped_and_started(on_postgresql: Desks, counted: Counted) -> None:
    cluster = on_postgresql.cluster
    assert cluster
    with on_postgresql.served() as desk:
        writer = Writer(desk)
        writer.save()
        assert desk.ask(REPORT).status == 200
        cluster.stop("immediate")
        try:
            assert_says(writer.save(), "The desk's database cannot be reached.")
            assert desk.ask("/healthz").status == 200
            assert_says(desk.ask("/claims/?page=1&q=never-asked-before"), "So this page cannot be shown.")
        finally:
            cluster.start()
        wait_for(lambda: desk.ask("/claims/").status == 200)
        writer.again()
        writer.count(counted)


@contextmanager
def held_up(desk: Desk) -> Iterator[None]:
    """No change can be written while somebody else holds the table."""
    with psycopg.connect(desk.url) as other:
        other.execute("LOCK TABLE articles_changeset IN EXCLUSIVE MODE")
        yield
        other.rollback()


def waiting(desk: Desk) -> int:
    """How many saves wait for the table."""
    return len(desk.rows("SELECT pid FROM pg_locks WHERE NOT granted"))


def test_connections_cut_in_the_middle_of_saves(on_postgresql: Desks, cluster: Cluster, counted: Counted) -> None:
    with on_postgresql.served() as desk:
        writer = Writer(desk)
        writer.save()
        with ThreadPoolExecutor(3) as pool:
            with held_up(desk):
                saves = [pool.submit(writer.save) for _ in range(3)]
                wait_for(lambda: waiting(desk) == 3)
                assert len(cluster.do("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted")) == 3
            for save in saves:
                assert_says(save.result(), "So it is not certain whether this was saved.")
        assert desk.ask("/claims/").status == 200, "other connections take their places"
        writer.again()
        writer.count(counted)


def test_no_connection_left_in_the_pool(on_postgresql: Desks, counted: Counted) -> None:
    with on_postgresql.served(DATABASE_POOL="2") as desk:
        writer = Writer(desk)
        writer.save()
        with ThreadPoolExecutor(2) as pool:
            with held_up(desk):
                saves: list[Future[Answer]] = [pool.submit(writer.save) for _ in range(2)]
                wait_for(lambda: waiting(desk) == 2)
                assert_says(writer.save(), "Too many others are writing to the desk at this moment.")
            assert [save.result().status for save in saves] == [200, 200]
        writer.again()
        writer.count(counted)


@needs_redis
def test_the_cache_is_gone(on_sqlite: Desks, folder: Path, counted: Counted) -> None:
    with redis(folder) as (address, cache), on_sqlite.served(CACHE_URL=address) as desk:
        writer = Writer(desk)
        writer.save()
        before = desk.ask(REPORT)
        assert before.status == desk.ask(REPORT).status == 200
        cache.kill()
        cache.wait()
        began = time.monotonic()
        answers = [desk.ask(path) for path in [REPORT, "/", "/claims/", REPORT, "/stories/khusham-2018/"]]
        assert {answer.status for answer in answers} == {200}
        assert answers[0].text == before.text
        assert desk.look(REPORT).status == writer.save().status == 200
        assert time.monotonic() - began < 15, "nobody waits for it each time"
        writer.count(counted)
