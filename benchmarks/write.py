"""Many editors at once: `make bench-write`.

Twenty editors write a thousand times on one article, against the production server and SQLite in a file: new claims,
edits of the same claims, deletions, undone ones of all these, some of them sent a second time as after a lost answer.
Afterwards every write that was answered with 200 must be there once, and every other one must have been answered with
409.
"""

import os
import random
import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from benchmarks import desk
from benchmarks.mark import ADDRESS, Editor, Told, editors_cookies, fields

EDITORS = int(os.environ.get("EDITORS", "20"))
WRITES = int(os.environ.get("WRITES", "1000"))
SECONDS = 300
SHARED = 5


@dataclass
class Tally:
    """What the server answered, by act and status, and the tokens of the writes that it said were done."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    done: dict[str, str] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, act: str, token: str, status: int, milliseconds: float) -> None:
        with self.lock:
            self.answers[act, status] += 1
            self.times.append(milliseconds)
            if status == 200:
                self.done[token] = act


class Writer:
    """One editor, who writes at random; `versions` is what they believe of the claims that all of them edit."""

    def __init__(self, address: str, cookies: str, shared: list[str], tally: Tally, seed: int) -> None:
        self.browser = Editor(address, cookies)
        self.versions = dict.fromkeys(shared, 1)
        self.own: list[str] = []
        self.done: list[str] = []
        self.tally = tally
        self.chance = random.Random(seed)

    def send(self, act: str, path: str, data: dict[str, Any]) -> Told:
        """One in five is sent again, as after an answer that was lost."""
        for _ in range(1 + (self.chance.random() < 0.2)):
            told = self.browser.send(path, **data)
            self.tally.note(act, data["token"], told.status, told.milliseconds)
            if told.changeset and act != "undo":
                self.done.append(told.changeset)
        return told

    def write(self) -> None:
        match self.chance.choice(["create", "create", "create", "edit", "edit", "edit", "delete", "undo"]):
            case "create":
                self.own += self.send("create", f"{ADDRESS}claims/new/", fields(self.chance.randrange(900))).claims
            case "delete" if self.own:
                data = {"act": "delete", "based_on": 1, "token": str(uuid4())}
                self.send("delete", f"/claims/{self.own.pop()}/act/", data)
            case "undo" if self.done:
                # Of their last act, which somebody else may have changed again; its token is the desk's own.
                uid = self.done.pop()
                self.send("undo", f"/changes/{uid}/undo/", {"token": f"undo-{uid}"})
            case _:
                uid = self.chance.choice(list(self.versions))
                based_on = self.versions[uid]
                data = fields(self.chance.randrange(900), based_on=based_on, speaker=str(uuid4()))
                told = self.send("edit", f"/claims/{uid}/edit/", data)
                # Who is refused is shown what is saved now, and goes on from there.
                self.versions[uid] = told.based_on or based_on + 1


def write_all(address: str, cookies: list[str], shared: list[str]) -> Tally:
    tally = Tally()
    writers = [Writer(address, one, shared, tally, seed) for seed, one in enumerate(cookies)]
    ends = time.monotonic() + SECONDS

    def work(writer: Writer) -> None:
        for _ in range(WRITES // len(writers)):
            if time.monotonic() > ends:
                raise TimeoutError(f"not done within {SECONDS} seconds")
            writer.write()

    with ThreadPoolExecutor(len(writers)) as pool:
        for one in [pool.submit(work, writer) for writer in writers]:
            one.result()
    return tally


def wrong(tally: Tally) -> list[str]:
    """What is not as it should be, in words. Django must be set up."""
    from articles.models import Changeset
    from articles.writing.checking import check_all

    made = Counter(Changeset.objects.exclude(token=None).values_list("token", flat=True))
    found = [f"{act} was answered with {status}" for act, status in tally.answers if status not in (200, 409)]
    found += [f"{tally.done[token]} is lost" for token in tally.done.keys() - made.keys()]
    found += [f"{made[token] - 1} doubled" for token in made if made[token] > 1]
    found += [f"{token} was done, and refused" for token in made.keys() - tally.done.keys()]
    return found + [f"{one.where}: {one.what}" for one in check_all() if not _is_of_a_made_text(one.what)]


def _is_of_a_made_text(what: str) -> bool:
    return "text as given" in what or "the text" in what


def main() -> None:
    with desk.prepared() as folder:
        # These need Django to be set up.
        from articles.models import Claim
        from benchmarks.made_articles import make_article

        make_article(50, slug="long", length=80)
        shared = list(Claim.objects.filter(article__slug="long").values_list("uid", flat=True)[:SHARED])
        cookies = [editors_cookies() for _ in range(EDITORS)]
        start = time.perf_counter()
        with desk.served(folder) as address:
            tally = write_all(address, cookies, shared)
        seconds = time.perf_counter() - start
        for (act, status), count in sorted(tally.answers.items()):
            print(f"{act:<10}{status:>5}{count:>7}")
        median, late = statistics.median(tally.times), statistics.quantiles(tally.times, n=20)[18]
        print(f"{sum(tally.answers.values())} writes in {seconds:.1f} s, median {median:.0f} ms, p95 {late:.0f} ms")
        found = wrong(tally)
        print("\n".join(found) or "None lost, none doubled, each conflict answered with 409.")
        raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
