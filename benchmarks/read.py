"""How fast and how large the reading page is: `make bench-read`.

Every page is asked for in turn over one kept-alive connection to one worker, so that all see the same noise.
The figures are medians and 95th percentiles of the time to the last byte, compressed, beside an empty view's.
“First after a change” is a page whose stamp has just moved, so that nothing of it is kept.
"""

import http.client
import os
import statistics
import time
import timeit
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from benchmarks import desk
from tests.chromium import ARGUMENTS, CHROMIUM

ROUNDS = int(os.environ.get("ROUNDS", "300"))
WARM_UP = 20
COLD_LOADS = 11
REPORT = "/articles/khusham-2/"
MADE = "/articles/made-25/"
MANY = "/articles/made-500/"
HTMX = {"HX-Request": "true"}

Times = dict[str, list[float]]
Ask = Callable[..., None]


def ask_through(address: str) -> Ask:
    connection = http.client.HTTPConnection(urlsplit(address).netloc)

    def ask(path: str, headers: dict[str, str] | None = None) -> None:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip, br", **(headers or {})})
        response = connection.getresponse()
        response.read()
        assert response.status == 200, (path, response.status)

    return ask


def measure(ask: Ask, move_stamp: Callable[[], None]) -> Times:
    jobs: dict[str, Callable[[], None]] = {
        "empty view": lambda: ask("/empty/"),
        "reading page, 20 paragraphs, 25 claims": lambda: ask(MADE),
        "… filtered by a source": lambda: ask(f"{MADE}?shown=sana"),
        "… filtered by htmx": lambda: ask(f"{MADE}?shown=sana", HTMX),
        "reading page, 200 claims": lambda: ask("/articles/made-200/"),
        "longer report": lambda: ask(REPORT),
        "… first after a change, 25 claims": lambda: ask(MADE),
        "… first after a change, 500 claims": lambda: ask(MANY),
        "home": lambda: ask("/"),
        "claim list": lambda: ask("/claims/"),
        "story": lambda: ask("/stories/khusham-2018/"),
        "source": lambda: ask("/sources/coalition/"),
    }
    times: Times = {name: [] for name in jobs}
    for turn in range(WARM_UP + ROUNDS):
        for name, job in jobs.items():
            if "after a change" in name:
                move_stamp()
            start = time.perf_counter()
            job()
            if turn >= WARM_UP:
                times[name].append((time.perf_counter() - start) * 1000)
        for path in (MADE, f"{MADE}?shown=sana", "/articles/made-200/", REPORT):
            ask(path)
    return times


def print_times(times: Times) -> None:
    empty = statistics.median(times["empty view"])
    print(f"{'page':<40}{'median ms':>10}{'p95 ms':>9}{'less empty':>12}{'× empty':>9}")
    for name, found in times.items():
        median, late = statistics.median(found), statistics.quantiles(found, n=20)[18]
        print(f"{name:<40}{median:>10.2f}{late:>9.2f}{median - empty:>12.2f}{median / empty:>9.1f}")


def print_pieces() -> None:
    """Without a server: what one paragraph and one card take to render, of a page that is read already."""
    # These need Django to be set up.
    from django.contrib.auth.models import AnonymousUser

    from articles.models import Article
    from articles.pages.fragments import card_html, paragraph_html
    from articles.pages.reading import read

    article = Article.objects.for_reading().get(slug="made-500")
    reading = read(article, AnonymousUser(), [])
    jobs: dict[str, Callable[[], object]] = {
        f"a paragraph with {len(reading.paragraphs[0].cards)} marks": lambda: paragraph_html(reading.paragraphs[0]),
        "a card": lambda: card_html(reading.cards[0], article),
    }
    print("\nPieces of the page with 500 claims, rendered alone (best of 5 × 100):")
    for name, job in jobs.items():
        print(f"  {name:<30}{min(timeit.repeat(job, number=100, repeat=5)) * 10:6.2f} ms")


WATCH = """
window.seen = { "largest paint": 0, shift: 0, "marks painted": 0 };
const watch = (type, add) =>
  new PerformanceObserver(list => list.getEntries().forEach(add)).observe({ type, buffered: true });
watch("largest-contentful-paint", entry => { seen["largest paint"] = entry.startTime; });
watch("layout-shift", entry => { seen.shift += entry.value; });
// When the first paragraph with a mark was shown (Element Timing). A frame asked for afterwards waits for the scripts.
watch("element", entry => { seen["marks painted"] = entry.renderTime; });
new MutationObserver((_, observer) => {
  const paragraph = document.querySelector("mark")?.closest("p");
  if (!paragraph) return;
  paragraph.setAttribute("elementtiming", "marks");
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""


def load(browser: Browser, address: str) -> dict[str, float]:
    """One navigation with an empty cache. Times in ms from its start, bytes over the wire."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    seen: dict[str, float] = page.evaluate("seen")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    context.close()
    return {**seen, "first paint": paint, "requests": len(sizes), "bytes": sum(sizes)}


def print_loads(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        pairs = [(load(browser, address + REPORT), load(browser, f"{address}/empty/")) for _ in range(COLD_LOADS)]
        browser.close()
    ours = [one for one, _ in pairs[1:]]
    print(f"\nThe longer report, cold, in Chromium on the loopback (median of {len(ours)}):")
    print(f"  {ours[0]['requests']:.0f} requests, {ours[0]['bytes'] / 1000:.1f} KB over the wire")
    for name in ("first paint", "marks painted", "largest paint"):
        print(f"  {name:<14}{statistics.median(one[name] for one in ours):6.0f} ms")
    print(f"  empty view's first paint {statistics.median(one['first paint'] for _, one in pairs[1:]):.0f} ms")
    print(f"  layout shift  {max(one['shift'] for one in ours):6.3f}")


def main() -> None:
    with desk.prepared() as folder:
        # These need Django to be set up.
        from articles.models import Article
        from articles.writing.stamps import move_for_articles
        from benchmarks.made_articles import make_article

        for count in (25, 200, 500):
            make_article(count)
        made = list(Article.objects.filter(slug__in=["made-25", "made-500"]).values_list("pk", flat=True))
        with desk.served(folder, WEB_WORKERS="1") as address:
            print_times(measure(ask_through(address), lambda: move_for_articles(made)))
        print_pieces()
        with desk.served(folder) as address:
            ask_through(address)(REPORT)
            print_loads(address)


if __name__ == "__main__":
    main()
