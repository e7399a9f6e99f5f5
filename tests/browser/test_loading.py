"""What loading the pages costs a reader: paint, shift, blocking, requests. Bounds are those of the web
vitals' “good” (web.dev/articles/vitals); the figures themselves are printed by `make bench-read`."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, REPORT, WIDE, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("seeds")]

# A mid-range phone on slow 4G, as Lighthouse has it: CPU a quarter as fast, 150 ms, 1.6 Mbit/s.
SLOW_CPU = 4
SLOW_NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
OBSERVE = """
window.vitals = { lcp: 0, cls: 0, blocked: 0 };
const watch = (type, add) =>
  new PerformanceObserver(list => list.getEntries().forEach(add)).observe({ type, buffered: true });
watch("largest-contentful-paint", entry => { vitals.lcp = entry.startTime; });
watch("layout-shift", entry => { if (!entry.hadRecentInput) vitals.cls += entry.value; });
watch("longtask", entry => { vitals.blocked += Math.max(0, entry.duration - 50); });
"""


def load_slowly(page: Page, path: str) -> dict[str, Any]:
    """Milliseconds of LCP and of blocking time, and the sum of layout shifts."""
    page.set_default_timeout(60_000)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    page.add_init_script(OBSERVE)
    page.goto(path, wait_until="networkidle")
    page.mouse.wheel(0, 1500)
    page.wait_for_timeout(500)
    vitals: dict[str, Any] = page.evaluate("vitals")
    return vitals


def is_good(vitals: dict[str, Any]) -> bool:
    return 0 < vitals["lcp"] <= 2500 and vitals["blocked"] <= 200


@pytest.mark.parametrize("path", [REPORT, "/stories/khusham-2018/", f"{REPORT}changes/"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_slow_phone_paints_early_and_never_shifts(open_page: OpenPage, size: tuple[int, int], path: str) -> None:
    """What else the machine does can only add to a time, so one good load of several shows what the page takes."""
    loads = []
    while len(loads) < 6 and not any(map(is_good, loads)):
        page = open_page("/sources/", size=size)
        loads.append(load_slowly(page, path))
        page.context.close()
    # Chromium counts movements of a millionth of the screen; three decimals are what Lighthouse shows. A long table
    # that is painted while it still arrives moved by 0.003 once, on a busy machine; “good” is up to 0.1.
    most = 0 if path == REPORT else 0.005
    assert max(round(one["cls"], 3) for one in loads) <= most
    assert any(map(is_good, loads)), loads


def test_everything_comes_from_the_desk_in_few_requests(open_page: OpenPage) -> None:
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(REPORT, wait_until="networkidle")
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(page.url).netloc}
    assert len(asked) <= 8


def test_filtering_and_browsing_shift_nothing(open_page: OpenPage) -> None:
    page = open_page("about:blank")
    page.add_init_script(OBSERVE)
    page.goto(REPORT)
    page.keyboard.press("j")
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(300)
    assert page.evaluate("vitals.cls") == 0
