"""Two releases: what a desk of the first release held is there after migrating, and the desk answers meanwhile.

`first_release.json` is what a desk of that release (5de7cc3) held: both demo reports imported by it, and an editor's
changes, rejections and a deletion made by it.
"""

import json
import threading
from collections.abc import Callable
from typing import Any

from tests.faults.conftest import Counted
from tests.faults.desk import FIRST_RELEASE, REPORT, Desk, Desks, plain

PAGES = ["/", "/articles/", REPORT, "/claims/", "/stories/khusham-2018/", "/sources/sana/", "/search/?q=strike"]
# Text of JSON is written another way since.
WRITTEN_ANEW = {("articles_revision", "snapshot"), ("articles_changeset", "details")}


def test_what_the_first_release_held_is_there(desks: Desks, counted: Counted) -> None:
    desk = desks.copy(desks.of_first_release)
    kept: dict[str, Any] = json.loads(FIRST_RELEASE.read_text())
    answers: dict[str, int] = {}
    desk.start()
    try:
        with asking(desk, answers):
            desk.run("migrate")
        for page in PAGES:
            assert desk.ask(page).status == 200, page
        assert "Colonel Ryan Dillon" in desk.ask("/articles/khusham-1/").text
    finally:
        desk.stop()
    assert desk.is_in_order()
    rows = 0
    for table, of in kept.items():
        rows += len(of["rows"])
        assert held(desk, table, of) == [], table
    assert set(answers) <= {"200", "503 with Retry-After"}, answers
    assert answers["503 with Retry-After"] + answers.get("200", 0) > 0
    counted(f"{rows} rows of the first release, all there; answers while it migrated: {answers}")


def held(desk: Desk, table: str, of: dict[str, Any]) -> list[Any]:
    """The rows that are not there as they were, in the columns that there still are."""
    columns = [name for name in of["columns"] if (table, name) not in WRITTEN_ANEW and name in desk.columns(table)]
    assert len(columns) >= len(of["columns"]) - 2, table
    names = ", ".join(f'"{name}"' for name in columns)
    there = {row[0]: [*map(plain, row)] for row in desk.rows(f"SELECT {names} FROM {table}")}
    at = [of["columns"].index(name) for name in columns]
    return [row for row in of["rows"] if there.get(row[0]) != [plain(row[index], of["types"][index]) for index in at]]


class asking:  # noqa: N801
    """A reader asks for page after page meanwhile; counts the answers."""

    def __init__(self, desk: Desk, answers: dict[str, int]) -> None:
        self.ends = threading.Event()
        self.thread = threading.Thread(target=self.work, args=(desk.ask, answers))

    def work(self, ask: Callable[[str], Any], answers: dict[str, int]) -> None:
        number = 0
        while not self.ends.wait(0.05):
            answer = ask(PAGES[number % len(PAGES)])
            said = f"{answer.status} with Retry-After" if "Retry-After" in answer.headers else str(answer.status)
            answers[said] = answers.get(said, 0) + 1
            number += 1

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *error: object) -> None:
        self.ends.set()
        self.thread.join()
