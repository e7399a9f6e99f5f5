"""Readers' pages on the real server, while editors save: what was acknowledged is in the very next answer."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from tests.faults.conftest import Counted
from tests.faults.desk import REPORT, Desk, Desks

EDITORS, SAVES = 3, 6


def missed(desk: Desk, _: int) -> list[str]:
    """What an editor saved and a reader, who asks right after it was acknowledged, does not see. Every second reader
    brings the tag of the page as it was before."""
    found: list[str] = []
    for number in range(SAVES):
        speaker, before = f"Colonel {uuid4().hex}", desk.ask(REPORT)
        assert desk.save(speaker=speaker).status == 200
        tag = {"If_None_Match": before.headers["ETag"]} if number % 2 else {}
        if speaker not in desk.ask(REPORT, **tag).text:
            found.append(speaker)
    return found


def test_a_save_is_in_the_next_answer_whoever_else_saves(desks: Desks, counted: Counted) -> None:
    """Two processes, each with a cache of its own."""
    with desks.served(WEB_WORKERS="2") as desk:
        with ThreadPoolExecutor(EDITORS) as pool:
            assert [*pool.map(lambda number: missed(desk, number), range(EDITORS))] == [[]] * EDITORS
        last = desk.ask(REPORT)
        tag = last.headers["ETag"]
        assert {desk.ask(REPORT, If_None_Match=tag).status for _ in range(6)} == {304}, "every process knows it"
        assert len(desk.saved()) == EDITORS * SAVES
        counted(
            f"{EDITORS * SAVES} acknowledged, each in the next answer; {len(gzip.compress(last.text.encode()))} bytes"
        )
