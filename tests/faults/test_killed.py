"""kill -9 at the worst moment: what was acknowledged is there once, what was not can be done again, all is in order."""

import os
import random
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

from tests.faults.conftest import Counted
from tests.faults.desk import ALL, REPORT, Desk, Desks, copied_reports, lost_or_doubled


def kill(process: "subprocess.Popen[str]") -> None:
    with process:
        os.killpg(process.pid, signal.SIGKILL)


def read_until(process: "subprocess.Popen[str]", begin: str, number: int) -> list[str]:
    """Its lines, up to the last of so many that begin like this."""
    assert process.stdout
    lines: list[str] = []
    while sum(line.startswith(begin) for line in lines) < number:
        line = process.stdout.readline()
        assert line, lines
        lines.append(line.strip())
    return lines


class Editors:
    """Four who save one claim after the other until the desk no longer answers."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.sent: list[str] = []
        self.acknowledged: list[str] = []
        self.others: list[int] = []

    def save(self) -> None:
        while True:
            self.sent.append(token := str(uuid4()))
            try:
                status = self.desk.save(token).status
            except OSError:
                return
            (self.acknowledged if status == 200 else self.others).append(token if status == 200 else status)  # type: ignore[arg-type]


def test_killed_while_editors_save(desks: Desks, counted: Counted) -> None:
    with desks.served() as desk:
        editors = Editors(desk)
        with ThreadPoolExecutor(4) as pool:
            working = [pool.submit(editors.save) for _ in range(4)]
            while len(editors.acknowledged) < 20:
                time.sleep(0.02)
            desk.stop(signal.SIGKILL)
            for one in working:
                one.result()
        assert editors.others == []
        saved = desk.saved()
        assert lost_or_doubled(editors.acknowledged, saved) == []
        desk.start()
        unknown = [token for token in editors.sent if token not in editors.acknowledged]
        # As the page does after a lost answer: the same form, sent again.
        assert [desk.save(token).status for token in unknown] == [200] * len(unknown)
        assert sorted(editors.sent) == desk.saved(), "each of them once"
        assert desk.is_in_order()
    counted(
        f"{len(editors.acknowledged)} acknowledged, {len(saved)} there after kill -9, {len(unknown)} sent again, "
        f"{len(editors.sent)} there, none twice"
    )


def test_killed_while_it_imports(desks: Desks, folder: Path, counted: Counted) -> None:
    desk, number = desks.copy(), 8
    reports = copied_reports(folder / "reports", number)
    process = desk.begin("import_articles", reports)
    lines = read_until(process, "created", 3)
    time.sleep(random.uniform(0, 0.15))
    kill(process)
    acknowledged = sum(line.startswith("created") for line in lines)
    sql = "SELECT title FROM articles_article WHERE title LIKE 'Copy %'"
    there = len(desk.rows(sql))
    assert there >= acknowledged
    claims = (
        "SELECT count(*) FROM articles_claim JOIN articles_article a ON a.id = article_id WHERE title LIKE 'Copy %'"
    )
    assert desk.rows(claims) == [(35 * there,)], "each report with all its claims, or not at all"
    assert f"{number} files: {number - there} created, {there} unchanged." in desk.run("import_articles", reports)
    assert sorted(title for (title,) in desk.rows(sql)) == [f"Copy {at}" for at in range(number)]
    assert desk.rows(claims) == [(35 * number,)]
    assert desk.is_in_order()
    counted(f"{acknowledged} reports acknowledged, {there} there after kill -9, {number} after the next run")


def test_killed_while_it_migrates(desks: Desks, counted: Counted) -> None:
    desk = desks.copy(desks.of_first_release)
    kills = 0
    for after in (1, 3, 2, 2) if ALL else (2,):
        process = desk.begin("migrate", "articles")
        read_until(process, "Applying articles", after)
        time.sleep(random.uniform(0, 0.1))
        kill(process)
        kills += 1
    desk.run("migrate")
    assert desk.run("migrate").strip().endswith("No migrations to apply.")
    assert desk.is_in_order()
    counted(f"killed {kills} times; {desk.rows('SELECT count(*) FROM articles_claim')[0][0]} claims before and after")


def test_readers_during_a_graceful_stop_are_answered(on_sqlite: Desks) -> None:
    """Not killed but asked to end, as a new release does: what has begun is answered."""
    with on_sqlite.served() as desk:
        desk.ask(REPORT)
        answers: list[int] = []
        thread = threading.Thread(target=lambda: answers.append(desk.ask("/claims/?format=csv").status))
        thread.start()
        time.sleep(0.05)
        desk.stop()
        thread.join()
    assert answers == [200]
