"""How a desk behaves at a million claims: `make bench-scale` (SIZES=10000,1000000; DATABASE_URL for PostgreSQL).

The first ten thousand claims are imported as JSON Lines; larger desks are made of copies of these, row by row, with
other stories, articles, sources and ids, by the database itself: a million through the import takes too long here.
In this process, without a server, each request of another article, source or story; the figures are medians and 95th
percentiles beside an empty view's, in processor time on SQLite, where all is done in this process, else on the clock.
"""

import gc
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from benchmarks.made_desk import CLAIMS, Writer, make_scenery, multiply
from benchmarks.search import _clock, size

SIZES = [int(one) for one in os.environ.get("SIZES", "10000,1000000").split(",")]
ROUNDS = int(os.environ.get("ROUNDS", "40"))
WARM_UP = 3
ROWS = 100_000
PHRASES = ("“the coalition”", "artillery", "“of the”", "strikes", "wednesday")
Figures = dict[str, tuple[float, float]]


class Desk:
    """What is asked for, chosen by a seeded chance."""

    def __init__(self) -> None:
        from django.contrib.auth.models import Group, User
        from django.test import Client

        from articles.models import Article, Listed, Source, Story

        self.chance = random.Random(11)
        self.client, self.editor = Client(), Client()
        user, made = User.objects.get_or_create(username="editor")
        if made:
            user.groups.add(Group.objects.get(name="Editors"))
        self.editor.force_login(user)
        self.number = 0
        self.articles = self._some(Article)
        self.stories = self._some(Story)
        self.uids = list(Listed.objects.filter(claim__in=self._keys(Listed)).values_list("claim__uid", flat=True))
        self.sources = self._some(Source, claims__isnull=False)
        self.pairs = self._pairs()
        self.largest = self._largest(Source)
        self.outlet = self._largest(Source, "outlet")

    def _keys(self, model: Any) -> list[int]:
        last = model.objects.order_by("-pk").values_list("pk", flat=True).first()
        return [self.chance.randint(1, last) for _ in range(300)]

    def _some(self, model: Any, **wanted: Any) -> list[str]:
        rows = model.objects.filter(pk__in=self._keys(model)).filter(**wanted).distinct()
        return list(rows.values_list("slug", flat=True))

    def _pairs(self) -> list[tuple[str, str]]:
        from articles.models import Answer

        rows = Answer.objects.filter(pk__in=self._keys(Answer))
        return list(rows.values_list("claim__source__slug", "question__slug"))

    def _largest(self, model: Any, facet: str = "source") -> str:
        from articles.models import Tally

        (key,) = Tally.objects.most(["p"], {facet: 1})[facet]
        return str(model.objects.get(pk=key).slug)

    def get(self, address: str) -> None:
        response = self.client.get(address)
        assert response.status_code == 200, (address, response.status_code)

    def edit(self, address: str) -> None:
        response = self.editor.get(address, headers={"HX-Request": "true"})
        assert response.status_code == 200, (address, response.status_code)

    def save(self) -> None:
        self.number += 1
        slug, source = self.chance.choice(self.articles), self.chance.choice(self.sources)
        sent = {"token": f"made-{time.time_ns()}-{self.number}", "at": f"0:0-{3 + self.number % 5}", "source": source}
        sent["anyway"] = f"same:{source}"
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/articles/{slug}/"}
        response = self.editor.post(f"/articles/{slug}/claims/new/", sent, headers=headers)
        assert response.status_code == 200, (slug, response.status_code, response.content[:500])

    def jobs(self) -> dict[str, Callable[[], None]]:
        one = self.chance.choice
        return {
            "empty view": lambda: self.get("/empty/"),
            "reading page": lambda: self.get(f"/articles/{one(self.articles)}/"),
            "claims: all": lambda: self.get("/claims/"),
            "claims: of a source": lambda: self.get(f"/claims/?shown={one(self.sources)}"),
            "claims: of the source with most": lambda: self.get(f"/claims/?shown={self.largest}"),
            "claims: of a source on a question": lambda: self.get(
                "/claims/?shown={}&question={}".format(*one(self.pairs))
            ),
            "claims: of an outlet and a year": lambda: self.get(f"/claims/?outlet={self.outlet}&date={self._year()}"),
            "claims: in dispute": lambda: self.get("/claims/?disputed=1"),
            "claims: by question": lambda: self.get("/claims/?group=question"),
            "claims: below any claim": lambda: self.get(f"/claims/?below={one(self.uids)}"),
            "claims: last page": lambda: self.get("/claims/?end=last"),
            "claims: last page of the source with most": lambda: self.get(f"/claims/?shown={self.largest}&end=last"),
            "search: words and phrases": lambda: self.client.get("/search/", {"q": one(PHRASES)}),
            "search: in a source's claims": lambda: self.client.get(
                "/claims/", {"q": one(PHRASES), "shown": one(self.sources)}
            ),
            "search: a frequent word in all claims": lambda: self.get("/claims/?q=strikes"),
            "story": lambda: self.get(f"/stories/{one(self.stories)}/"),
            "map of the site": lambda: self.get("/sitemap.xml"),
            "save of a claim": self.save,
            # What there is to do is counted anew for it.
            "an editor’s reading page, first after it": lambda: self.edit(f"/articles/{one(self.articles)}/"),
            "form of a new claim": lambda: self.edit(f"/articles/{one(self.articles)}/claims/new/?at=0:0-5"),
            "form of a claim": lambda: self.edit(f"/claims/{one(self.uids)}/edit/"),
            "work list": lambda: self.edit("/work/"),
            "adding an article": lambda: self.edit("/articles/new/"),
        }

    def _pair(self) -> str:
        source, question = self.chance.choice(self.pairs)
        return f"/claims/?shown={source}&question={question}"

    def _year(self) -> int:
        return self.chance.randint(2018, 2025)


def measure(desk: Desk) -> Figures:
    jobs = desk.jobs()
    # As the server leaves out of its rounds of garbage collection what it holds before the first request.
    gc.collect()
    gc.freeze()
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(WARM_UP + ROUNDS):
        for name, job in jobs.items():
            begun = _clock()
            job()
            if turn >= WARM_UP:
                times[name].append((_clock() - begun) * 1000)
    return {name: (statistics.median(one), statistics.quantiles(one, n=20)[18]) for name, one in times.items()}


def memory() -> float:
    """The most that this process has had of late, in MB."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0


def forget_memory() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def export(desk: Desk, format: str) -> str:
    """The first rows of all claims; the memory is what the export adds to what the process has."""
    forget_memory()
    before, begun = memory(), _clock()
    response = desk.client.get("/claims/", {"format": format})
    lines = 0
    for part in response.streaming_content:  # type: ignore[attr-defined]
        lines += part.count(b"\n")
        if lines >= ROWS:
            break
    seconds = _clock() - begun
    response.close()
    return f"{lines / seconds:,.0f} rows/s, {memory() - before:.0f} MB more than before ({lines:,} rows)"


FIRST = 10_000


def fill(folder: Path, made: int, wanted: int) -> None:
    """From as many claims to as many, ten thousand at a time."""
    if not made:
        print(imported(folder), flush=True)
        made = FIRST
    if wanted > made:
        begun = time.perf_counter()
        multiply(made // FIRST, wanted // FIRST)
        print(f"{wanted - made:,} more claims in {time.perf_counter() - begun:,.0f} s", flush=True)
    analyse()


def analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def imported(folder: Path) -> str:
    from articles.importing.lines import import_lines_of

    path = folder / "desk.jsonl"
    with path.open("w") as file:
        file.writelines(Writer().lines(0, FIRST // CLAIMS))
    shares = watched()
    begun = _clock()
    failed = sum(one.outcome.name == "FAILED" for one in import_lines_of(path))
    seconds = _clock() - begun
    parts = ", ".join(f"{name} {share / seconds:.0%}" for name, share in shares.items())
    return f"imported {FIRST // CLAIMS / seconds:,.0f} articles/s of {CLAIMS} claims ({failed} failed): {parts}"


def watched() -> dict[str, float]:
    """Seconds spent in the parts of an import, counted from now on."""
    from articles.importing import new_articles

    seconds: dict[str, float] = {}
    parts = {"lists and counters": ("list_all_new", "_recount"), "index": ("index_articles", "index_claims")}
    for name, functions in parts.items():
        seconds[name] = 0
        for function in functions:
            setattr(new_articles, function, _timed(getattr(new_articles, function), name, seconds))
    return seconds


def _timed(act: Callable[..., Any], name: str, seconds: dict[str, float]) -> Callable[..., Any]:
    act = getattr(act, "untimed", act)

    def timed(*args: Any, **kwargs: Any) -> Any:
        begun = _clock()
        try:
            return act(*args, **kwargs)
        finally:
            seconds[name] += _clock() - begun

    timed.untimed = act  # type: ignore[attr-defined]
    return timed


def show(sizes: list[int], found: list[Figures]) -> None:
    print("\n| page | " + " | ".join(f"{count:,}: median ms | p95 ms" for count in sizes) + " | growth |")
    print("|---|" + "---|---|" * len(sizes) + "---|")
    for name in found[0]:
        cells = " | ".join(f"{figures[name][0]:.1f} | {figures[name][1]:.1f}" for figures in found)
        print(f"| {name} | {cells} | {found[-1][name][0] / found[0][name][0]:.2f} |")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "benchmarks.settings", "DATA_DIR": name, "SECRET_KEY": "measuring"}
        os.environ |= {"ALLOWED_HOSTS": "testserver", "LOG_LEVEL": "ERROR"}
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        make_scenery()
        made, found = 0, []
        for wanted in SIZES:
            print(f"\n{wanted:,} claims", flush=True)
            fill(Path(name), made, wanted)
            made = wanted
            print(f"{size() / wanted:,.0f} bytes a claim, all tables and indexes", flush=True)
            desk = Desk()
            found.append(measure(desk))
            for format in ("csv", "jsonl"):
                print(f"export as {format}: {export(desk, format)}", flush=True)
        show(SIZES, found)


if __name__ == "__main__":
    main()
