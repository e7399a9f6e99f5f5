"""The pictures in docs/screenshots/: `make screenshots`. A production server with the seeds, in Chromium."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import desk
from benchmarks.drawn import add_cookies
from benchmarks.mark import editors_cookies
from tests.chromium import ARGUMENTS, CHROMIUM

PICTURES = Path(__file__).parent / "screenshots"
REPORT = "/articles/khusham-2/"
WIDE, MIDDLE, NARROW = (1440, 900), (820, 1180), (390, 844)

Act = Callable[[Page], None]


def tap_a_mark(page: Page) -> None:
    page.locator(".report mark").nth(3).click()


def unfold(page: Page) -> None:
    page.locator("#p3 [data-unfold]").click()


def to_the_ministry(page: Page) -> None:
    page.evaluate("document.getElementById('p22').scrollIntoView()")
    page.locator("#p25 mark").first.hover()


def to_the_accounts(page: Page) -> None:
    page.evaluate("document.getElementById('fighters-killed').scrollIntoView()")


def select_words(page: Page) -> None:
    """The form of a claim that answers a question, at words that nobody has marked."""
    page.evaluate(
        """() => {
          const words = document.querySelector("#p13 .words");
          words.scrollIntoView({ block: "center" });
          const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
          const node = walker.nextNode();
          getSelection().setBaseAndExtent(node, 0, node, Math.min(30, node.data.length));
        }"""
    )
    page.keyboard.press("m")
    page.locator("#claim-form").wait_for()
    page.keyboard.press("4")


SHOTS: list[tuple[str, str, tuple[int, int], str, Act | None]] = [
    ("reading", REPORT, WIDE, "light", to_the_ministry),
    ("reading-dark", REPORT, WIDE, "dark", None),
    ("reading-sana", f"{REPORT}?shown=sana", WIDE, "light", None),
    ("reading-820", REPORT, MIDDLE, "light", unfold),
    ("reading-390", REPORT, NARROW, "light", tap_a_mark),
    ("reading-390-dark", REPORT, NARROW, "dark", None),
    ("home", "/", WIDE, "light", None),
    ("changes", f"{REPORT}changes/", WIDE, "light", None),
    ("story", "/stories/khusham-2018/", WIDE, "light", None),
    ("story-820", "/stories/khusham-2018/", MIDDLE, "light", to_the_accounts),
    ("story-390-dark", "/stories/khusham-2018/", NARROW, "dark", to_the_accounts),
    ("question", "/stories/khusham-2018/fighters-killed/", WIDE, "light", None),
    ("claims", "/claims/?shown=sana&shown=russian-mod", WIDE, "light", None),
    ("source", "/sources/russian-mod/", WIDE, "light", None),
]

FOR_EDITORS: list[tuple[str, str, tuple[int, int], str, Act | None]] = [
    ("marking", REPORT, WIDE, "light", select_words),
    ("marking-390", REPORT, NARROW, "dark", select_words),
    ("work", "/work/", WIDE, "light", None),
    ("article-data", f"{REPORT}edit/", WIDE, "light", None),
]


def take(
    browser: Browser,
    address: str,
    name: str,
    path: str,
    size: tuple[int, int],
    scheme: str,
    act: Act | None,
    cookies: str = "",
) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    if cookies:
        add_cookies(context, address, cookies)
    page = context.new_page()
    page.goto(address + path, wait_until="networkidle")
    if act:
        act(page)
        page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / f"{name}.png")
    context.close()


def print_to_paper(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + REPORT, wait_until="networkidle")
    page.pdf(path=PICTURES / "reading.pdf", format="A4", prefer_css_page_size=True)
    page.close()


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with desk.prepared(DJANGO_ALLOW_ASYNC_UNSAFE="1") as folder, sync_playwright() as playwright:
        cookies = editors_cookies()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with desk.served(folder) as address:
            for shot in SHOTS:
                take(browser, address, *shot)
            for shot in FOR_EDITORS:
                take(browser, address, *shot, cookies=cookies)
            print_to_paper(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
