"""A newsroom on the day: `make bench-crowd`, on SQLite; `.ci/with-postgresql make bench-crowd`, on PostgreSQL.

200 readers and 20 editors at once for a minute, against the production server as `make serve` starts it: readers go
from page to page, with the tags of those they have seen; editors save new claims, edit and undo. Every write that was
answered with 200 must be there once, and nothing may be answered with 5xx.
"""

import asyncio
import os
import random
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from benchmarks import desk
from benchmarks.mark import editors_cookies
from benchmarks.serve import Job, browser
from benchmarks.write import SHARED, Tally, Writer, wrong

READERS = int(os.environ.get("READERS", "200"))
EDITORS = int(os.environ.get("EDITORS", "20"))
SECONDS = float(os.environ.get("SECONDS", "60"))
# Seconds between two pages of a reader, and between two writes of an editor: as people do, quick ones.
READ, WRITE = 2.0, 3.0
PAGES = ["/", "/articles/long/", "/articles/khusham-2/", "/claims/", "/stories/khusham-2018/", "/sources/sana/"]


@dataclass
class Read:
    statuses: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)


async def read(address: str, seed: int, ends: float, seen: Read) -> None:
    chance, tags = random.Random(seed), dict[str, str]()
    await asyncio.sleep(chance.random() * READ)
    while time.monotonic() < ends:
        try:
            async with browser(address) as one:
                while time.monotonic() < ends:
                    path = chance.choice(PAGES)
                    headers = {"If-None-Match": tags[path]} if path in tags else {}
                    start = time.perf_counter()
                    status, told, _ = await one.ask(Job(path, headers=headers))
                    seen.times.append((time.perf_counter() - start) * 1000)
                    seen.statuses[status] += 1
                    tags[path] = told.get("etag", "")
                    await asyncio.sleep(chance.uniform(0.5, 1.5) * READ)
        except (asyncio.IncompleteReadError, ConnectionError):
            # The server ends connections that rest for some seconds; a browser opens another.
            continue


async def read_all(address: str, ends: float) -> Read:
    seen = Read()
    await asyncio.gather(*(read(address, seed, ends, seen) for seed in range(READERS)))
    return seen


def write(writer: Writer, ends: float) -> None:
    while time.monotonic() < ends:
        writer.browser.connection.close()
        writer.write()
        time.sleep(writer.chance.uniform(0.5, 1.5) * WRITE)


def print_times(name: str, times: list[float]) -> None:
    at = statistics.quantiles(times, n=100)
    print(f"{name:<8}{len(times):>7} answers, {len(times) / SECONDS:.0f} a second, ", end="")
    print(f"p50 {at[49]:.0f} ms, p95 {at[94]:.0f} ms, p99 {at[98]:.0f} ms")


def main() -> None:
    with desk.prepared() as folder:
        # These need Django to be set up.
        from django.db import connection

        from articles.models import Claim
        from benchmarks.made_articles import make_article

        make_article(50, slug="long", length=80)
        shared = list(Claim.objects.filter(article__slug="long").values_list("uid", flat=True)[:SHARED])
        cookies = [editors_cookies() for _ in range(EDITORS)]
        tally = Tally()
        with desk.served(folder, ALLOWED_HOSTS="127.0.0.1", DATABASE_POOL="8") as address:
            ends = time.monotonic() + SECONDS
            writers = [Writer(address, one, shared, tally, seed) for seed, one in enumerate(cookies)]
            with ThreadPoolExecutor(EDITORS) as pool:
                working = [pool.submit(write, writer, ends) for writer in writers]
                seen = asyncio.run(read_all(address, ends))
                for one in working:
                    one.result()
        print(f"{READERS} readers and {EDITORS} editors on {connection.vendor}, {SECONDS:.0f} s")
        print_times("readers", seen.times)
        print_times("editors", tally.times)
        print("readers:", dict(sorted(seen.statuses.items())))
        print("editors:", {f"{act} {status}": count for (act, status), count in sorted(tally.answers.items())})
        found = wrong(tally)
        found += [f"{count} readers got {status}" for status, count in seen.statuses.items() if status >= 500]
        print("\n".join(found) or f"{len(tally.done)} writes acknowledged, each there once; no 5xx.")
        raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
