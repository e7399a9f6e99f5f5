"""What one core serves: `make bench-serve`.

One worker of the production server, held to one processor, and a client on another that keeps eight connections busy
for a fixed time each: how many requests a second, and the times to the last byte. In the same run, by turns, an empty
view that passes the same middleware and compression, and the same HTML as a static file from the same server.

“Cold” is a page of which nothing is kept: its article's stamp moves before each request, by one connection.
"""

import asyncio
import gzip
import os
import statistics
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks import desk
from benchmarks.mark import FORM, TOKEN, editors_cookies, fields

SECONDS = float(os.environ.get("SECONDS", "5"))
TURNS = int(os.environ.get("TURNS", "3"))
CONNECTIONS = int(os.environ.get("CONNECTIONS", "8"))
PAGE = "/articles/made-500/"
STATIC = "bench/page.html"
SERVER, CLIENT = 0, 1


@dataclass
class Result:
    count: int = 0
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def rate(self) -> float:
        return self.count / self.seconds

    def percentile(self, per_cent: int) -> float:
        return statistics.quantiles(self.times * 2, n=100)[per_cent - 1] if self.times else 0.0


@dataclass(frozen=True)
class Job:
    """What is asked for, and with what status it must be answered. `before` is done ahead of each request, and its time
    does not count."""

    path: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: Callable[[], bytes] | None = None
    before: Callable[[], None] | None = None
    connections: int = CONNECTIONS


class Browser:
    """One kept-alive connection, as bare as can be: the client shall not be what is measured."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> None:
        self.reader, self.writer, self.host = reader, writer, host

    async def ask(self, job: Job) -> tuple[int, dict[str, str], bytes]:
        body = job.body() if job.body else b""
        headers = {"Host": self.host, "Accept-Encoding": "gzip", **job.headers}
        if job.body:
            headers["Content-Length"] = str(len(body))
        lines = [f"{'POST' if job.body else 'GET'} {job.path} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        told = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        status = int(head[0].split()[1])
        return status, told, await self._body(status, told)

    async def _body(self, status: int, told: dict[str, str]) -> bytes:
        if status == 304:
            return b""
        if "content-length" in told:
            return await self.reader.readexactly(int(told["content-length"]))
        body = b""
        while size := int(await self.reader.readline(), 16):
            body += await self.reader.readexactly(size)
            await self.reader.readline()
        await self.reader.readline()
        return body


@asynccontextmanager
async def browser(address: str) -> AsyncIterator[Browser]:
    where = urlsplit(address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port, limit=2**22)
    try:
        yield Browser(reader, writer, where.netloc)
    finally:
        writer.close()


async def work(address: str, job: Job, ends: float, result: Result) -> None:
    """A connection that the server ends, as it does now and then, is opened anew."""
    while time.perf_counter() < ends:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            async with browser(address) as one:
                await work_on(one, job, ends, result)


async def work_on(one: Browser, job: Job, ends: float, result: Result) -> None:
    while time.perf_counter() < ends:
        if job.before:
            job.before()
        start = time.perf_counter()
        status, _, body = await one.ask(job)
        result.times.append((time.perf_counter() - start) * 1000)
        assert status == job.status, (job.path, status)
        result.size = len(body)


async def measure(address: str, job: Job, result: Result) -> None:
    before, begins = len(result.times), time.perf_counter()
    await asyncio.gather(*(work(address, job, begins + SECONDS, result) for _ in range(job.connections)))
    # What is done ahead of a request stops the client, so its time is that of the requests alone.
    busy = sum(result.times[before:]) / 1000
    result.seconds += busy if job.before else time.perf_counter() - begins
    result.count = len(result.times)


async def measure_all(address: str, jobs: dict[str, Job]) -> dict[str, Result]:
    results = {name: Result() for name in jobs}
    for turn in range(-1, TURNS):
        for name, job in jobs.items():
            # The first turn warms up.
            await measure(address, job, results[name] if turn >= 0 else Result())
    return results


async def tag_of(address: str, path: str) -> tuple[str, bytes]:
    async with browser(address) as one:
        _, told, body = await one.ask(Job(path))
        return told["etag"], gzip.decompress(body)


def jobs_for(tag: str, cookies: str, move_stamp: Callable[[], None]) -> dict[str, Job]:
    editor = {"Cookie": cookies, "X-CSRFToken": TOKEN, "HX-Request": "true", "Content-Type": FORM}
    numbers = iter(range(10**9))
    return {
        "empty view": Job("/empty/"),
        "static file, the same HTML": Job(f"/static/{STATIC}"),
        "reading page, 500 highlights, warm": Job(PAGE),
        "… 304": Job(PAGE, status=304, headers={"If-None-Match": tag}),
        "… cold": Job(PAGE, before=move_stamp, connections=1),
        "claim list": Job("/claims/"),
        "story": Job("/stories/khusham-2018/"),
        "home": Job("/"),
        "a save": Job(
            "/articles/long/claims/new/",
            headers=editor,
            body=lambda: urlencode(fields(next(numbers)), doseq=True).encode(),
            connections=1,
        ),
    }


def print_results(results: dict[str, Result]) -> None:
    empty = results["empty view"].rate
    print(f"{'':<36}{'a second':>9}{'p50 ms':>8}{'p95 ms':>8}{'p99 ms':>8}{'KB':>7}{'of empty':>10}")
    for name, one in results.items():
        late = "".join(f"{one.percentile(at):>8.1f}" for at in (50, 95, 99))
        print(f"{name:<36}{one.rate:>9.0f}{late}{one.size / 1000:>7.1f}{one.rate / empty:>9.0%}")


def main() -> None:
    # Moving a stamp stops the client, and is meant to.
    with desk.prepared(DJANGO_ALLOW_ASYNC_UNSAFE="1") as folder:
        # These need Django to be set up.
        from articles.models import Article
        from articles.writing.stamps import move_for_articles
        from benchmarks.made_articles import make_article

        make_article(500)
        make_article(50, slug="long", length=80)
        key = Article.objects.get(slug="made-500").pk
        cookies = editors_cookies()
        page = folder / "static" / STATIC
        page.parent.mkdir(parents=True)
        page.write_text("<!DOCTYPE html>")
        with desk.served(folder, WEB_WORKERS="1", ALLOWED_HOSTS="127.0.0.1") as address:
            tag, html = asyncio.run(tag_of(address, PAGE))
        write_static(page, html)
        os.sched_setaffinity(0, {SERVER})
        with desk.served(folder, WEB_WORKERS="1", ALLOWED_HOSTS="127.0.0.1", WEB_THREADS="8") as address:
            os.sched_setaffinity(0, {CLIENT})
            tag, _ = asyncio.run(tag_of(address, PAGE))
            jobs = jobs_for(tag, cookies, lambda: move_for_articles([key]))
            # These move the stamps, and so come after what is asked for by its tag.
            moving = {name: jobs.pop(name) for name in ("… cold", "a save")}
            results = asyncio.run(measure_all(address, jobs))
            results |= asyncio.run(measure_all(address, moving))
        print_results(results)


def write_static(page: Path, html: bytes) -> None:
    """As whitenoise finds it: plain, and compressed beside it."""
    page.write_bytes(html)
    page.with_name(page.name + ".gz").write_bytes(gzip.compress(html, 6))


if __name__ == "__main__":
    main()
