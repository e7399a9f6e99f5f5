"""Backing up while an editor writes, restoring into an empty place: the same rows, the same pages."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tests.faults.conftest import Counted
from tests.faults.desk import REPORT, Desk, Desks, can_mount, room, unmount

PAGES = [
    "/",
    REPORT,
    "/claims/",
    "/stories/khusham-2018/",
    "/sources/sana/",
    "/search/?q=strike",
    "/claims/?format=csv",
]


def digest_said(text: str) -> str:
    return text.strip().splitlines()[1].removeprefix("Digest: ")


@contextmanager
def writing(desk: Desk) -> Iterator[list[str]]:
    """An editor saves one claim after the other. The tokens of those that were acknowledged."""
    done: list[str] = []
    ends = threading.Event()

    def write() -> None:
        while not ends.is_set():
            token = str(uuid4())
            if desk.save(token).status == 200:
                done.append(token)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield done
    finally:
        ends.set()
        thread.join()


def test_a_backup_under_load_is_of_one_moment(desks: Desks, folder: Path, counted: Counted) -> None:
    with desks.served() as desk, writing(desk) as done:
        while len(done) < 5:
            threading.Event().wait(0.05)
        before = len(done)
        said = desk.run("backup", folder / "desk.backup")
        while len(done) < before + 5:
            threading.Event().wait(0.05)
    again = desks.empty()
    assert digest_said(again.run("restore", folder / "desk.backup")) == digest_said(said)
    assert again.is_in_order()
    saved = again.saved()
    assert len(saved) == len(set(saved))
    # What was acknowledged before it began is there; what came after it is not all there.
    assert set(done[:before]) <= set(saved) < set(desk.saved())
    counted(
        f"{len(done)} acknowledged, {before} of them before the backup, {len(saved)} in it, {len(desk.saved())} now"
    )


def test_a_restored_desk_has_the_same_pages(desks: Desks, folder: Path) -> None:
    with desks.served() as desk:
        desk.save()
        desk.run("backup", folder / "desk.backup")
        pages = {page: shown(desk, page) for page in PAGES}
    again = desks.empty()
    again.cookies = desk.cookies
    again.run("restore", folder / "desk.backup")
    again.start()
    try:
        assert {page: shown(again, page) for page in PAGES} == pages
        # And goes on: numbers of rows are not given out again.
        assert again.save().status == 200
    finally:
        again.stop()


def shown(desk: Desk, page: str) -> str:
    answer = desk.ask(page)
    assert answer.status == 200, page
    return answer.text.replace(str(desk.port), "PORT")


@pytest.mark.skipif(not can_mount(), reason="a small disk can be mounted by root alone")
def test_a_full_disk_leaves_the_last_backup_as_it_was(desks: Desks, folder: Path) -> None:
    room(folder, "64k")
    try:
        (folder / "desk.backup").write_text("yesterday's")
        status, said = desks.copy().command("backup", folder / "desk.backup")
        assert status == 1
        assert "was not made" in said and ("No space left" in said or "disk is full" in said)
        assert [path.name for path in folder.iterdir()] == ["desk.backup"]
        assert (folder / "desk.backup").read_text() == "yesterday's"
    finally:
        unmount(folder)


def test_a_database_that_is_away_fails_the_backup(on_postgresql: Desks, folder: Path) -> None:
    desk = on_postgresql.copy()
    desk.url = desk.url.replace(f":{on_postgresql.port}/", ":1/")
    status, said = desk.command("backup", folder / "desk.backup")
    assert status == 1
    assert "the database cannot be read" in said
    assert list(folder.iterdir()) == []
