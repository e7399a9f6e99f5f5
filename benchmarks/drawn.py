"""How long a claim takes in the browser, the program's time alone: `make bench-drawn`.

In Chromium, on the production server, on an article of 5,000 words with 500 claims: a passage is selected by mouse, a
source chosen by its number, Enter pressed. Measured are the time from the end of the selection until the form is
painted, and from Enter until the mark is; what the editor does between them is not. “At once” presses the keys without
waiting for the form, and measures from the end of the selection until the mark is painted. An empty view, fetched by
the same page and followed by a paint, stands beside. Each claim is undone, so that the article stays as it is.
“Computing in the page” is processor time of its main thread, which other work on the machine makes no longer.
"""

import os
import statistics
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from benchmarks import desk
from benchmarks.mark import ADDRESS, CLAIMS, PARAGRAPHS, editors_cookies
from tests.chromium import ARGUMENTS, CHROMIUM

ROUNDS = int(os.environ.get("ROUNDS", "30"))
WARM_UP = 5
GOAL = 150

# A task that is posted within a frame runs when that frame has been painted.
WATCH = """
window.times = {};
const painted = () => new Promise(done => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done(performance.now());
  channel.port2.postMessage(0);
}));
const stop = async (name, from, path) => {
  const end = await painted();
  const asked = performance.getEntriesByType("resource").filter(one => one.name.includes(path)).at(-1);
  times[name] = { took: end - from, wait: asked.responseEnd - asked.startTime };
};
let selected = 0;
let entered = 0;
addEventListener("mouseup", event => { selected = event.timeStamp; }, true);
addEventListener("keydown", event => { if (event.key === "Enter") entered = event.timeStamp; }, true);
document.addEventListener("htmx:afterSettle", event => {
  if (event.detail.target.id !== "marking") return;
  if (document.querySelector("#claim-form")) stop("form", selected, "/claims/new/");
});
document.addEventListener("newsdesk:done", event => {
  if (!document.querySelector(`mark[data-claim="${event.detail.claims[0]}"]`)) return;
  stop("mark", entered, "/claims/new/");
  stop("at once", selected, "/claims/new/");
});
window.fetchEmpty = async () => {
  const start = performance.now();
  await (await fetch("/empty/")).text();
  await stop("empty", start, "/empty/");
};
"""

Times = dict[str, list[dict[str, float]]]


def begin_selecting(page: Page, turn: int) -> None:
    """By mouse, up to letting go: a line of a paragraph in the middle of the article, another one each time."""
    words = page.locator(f"#p{30 + turn % 20} .words")
    words.scroll_into_view_if_needed()
    box = words.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 20, steps=3)
    page.wait_for_timeout(60)


class Clock:
    """Of one page: what it measured itself, and the processor time of its main thread meanwhile."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def computed(self) -> float:
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return next(one["value"] * 1000 for one in metrics if one["name"] == "TaskDuration")

    def time(self, name: str, act: Callable[[], object]) -> dict[str, float]:
        before = self.computed()
        act()
        while not (found := self.page.evaluate("name => times[name]", name)):
            self.page.wait_for_timeout(5)
        self.page.evaluate("times = {}")
        return {**found, "computed": self.computed() - before}


def mark(page: Page, clock: Clock, turn: int, *, at_once: bool) -> dict[str, Any]:
    """What was measured while a claim was made; it is undone."""
    found = {}
    begin_selecting(page, turn)

    def press() -> None:
        page.keyboard.press("2")
        page.keyboard.press("Enter")

    if at_once:
        found["at once, mark drawn"] = clock.time("at once", lambda: (page.mouse.up(), press()))
    else:
        found["form shown"] = clock.time("form", page.mouse.up)
        page.wait_for_timeout(200)
        found["mark drawn"] = clock.time("mark", press)
    expect(page.locator("#marking > *")).to_have_count(0)
    page.keyboard.press("u")
    expect(page.locator("#notices .done").first).to_contain_text("Undone.")
    found["empty view"] = clock.time("empty", lambda: page.evaluate("fetchEmpty()"))
    return found


def measure(page: Page) -> Times:
    times: Times = {}
    clock = Clock(page)
    for turn in range(WARM_UP + ROUNDS):
        for at_once in (False, True):
            for name, took in mark(page, clock, turn, at_once=at_once).items():
                if turn >= WARM_UP:
                    times.setdefault(name, []).append(took)
    return times


def print_times(times: Times) -> None:
    print(f"{'':<24}{'median ms':>10}{'p95 ms':>9}{'waiting for the desk':>22}{'computing in the page':>23}")
    for name, found in times.items():
        took = [one["took"] for one in found]
        late = statistics.quantiles(took, n=20)[18]
        wait, computed = (statistics.median(one[part] for one in found) for part in ("wait", "computed"))
        print(f"{name:<24}{statistics.median(took):>10.1f}{late:>9.1f}{wait:>22.1f}{computed:>23.1f}")
    pairs = list(zip(times["form shown"], times["mark drawn"], strict=True))
    took, computed = (
        statistics.median(form[part] + drawn[part] for form, drawn in pairs) for part in ("took", "computed")
    )
    print(f"form shown and mark drawn, in sum: {took:.1f} ms (goal: {GOAL}); computing in the page {computed:.1f} ms")


def add_cookies(context: BrowserContext, address: str, cookies: str) -> None:
    """Cookies of production need HTTPS to be set; the loopback is sent them without it."""
    pairs = (one.split("=", 1) for one in cookies.split("; "))
    secure = address.replace("http:", "https:")
    context.add_cookies([{"name": name, "value": value, "url": secure, "secure": True} for name, value in pairs])


def open_page(browser: Any, address: str, cookies: str) -> Page:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    add_cookies(context, address, cookies)
    page: Page = context.new_page()
    expect.set_options(timeout=30_000)
    page.add_init_script(WATCH)
    page.goto(address + ADDRESS)
    return page


def main() -> None:
    with desk.prepared(DJANGO_ALLOW_ASYNC_UNSAFE="1") as folder:
        # This needs Django to be set up.
        from benchmarks.made_articles import make_article

        make_article(CLAIMS, slug="long", length=PARAGRAPHS)
        cookies = editors_cookies()
        with desk.served(folder) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            print_times(measure(open_page(browser, address, cookies)))
            browser.close()


if __name__ == "__main__":
    main()
