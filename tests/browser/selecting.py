"""Selecting words of a report in a browser, and what editors' tests share."""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page, expect

from articles.models import Article, Claim
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story

PARAGRAPHS = (
    "SYRIA — The coalition said the strikes were an act of self-defence.",
    "SANA described the action as an aggression 🤔 by the owners of x̂y, it added. Scores were killed.",
    "قالت سانا إن أحدا لم يصب في الهجوم.",
    "Nobody was hurt, the ministry said. More than 100 were killed, it added.",
)
ADDRESS = "/articles/strikes/"
QUOTES = "#marking .passage q"
NOTICE = "#notices .done p"


def make_report(**fields: Any) -> Article:
    """Two sources, keys 1 and 2; a claim of each; a question in number that one of them answers."""
    report = make_article(paragraphs=PARAGRAPHS, story=make_story(), **fields)
    coalition, sana = make_source(tone=1), make_source(name="SANA", tone=2, kind="agency")
    killed = make_question(text="How many were killed?")
    make_claim(
        article=report, source=coalition, quote="the strikes were an act of self-defence", answers=[answer(killed, 5)]
    )
    make_claim(article=report, source=sana, quote="an aggression")
    return report


_SPOT = """([words, atEnd, among]) => {
  const all = [...document.querySelectorAll(among)];
  const block = all.find(one => one.textContent.includes(words));
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = block.textContent.indexOf(words) + (atEnd ? words.length - 1 : 0);
  let node = walker.nextNode();
  while (left >= node.data.length) { left -= node.data.length; node = walker.nextNode(); }
  const range = document.createRange();
  range.setStart(node, left);
  range.setEnd(node, left + 1);
  const box = range.getBoundingClientRect();
  const isRtl = getComputedStyle(block).direction === "rtl";
  return [atEnd === isRtl ? box.left + 0.5 : box.right - 0.5, box.top + box.height / 2];
}"""


def spot(page: Page, words: str, *, end: bool = False, among: str = ".report .words") -> tuple[float, float]:
    """Where in the window these words of the report, or of something else, begin or end."""
    x, y = page.evaluate(_SPOT, [words, end, among])
    return x, y


def drag(page: Page, start: str, end: str, *, backwards: bool = False, keys: Sequence[str] = ()) -> None:
    """Selects by mouse from the beginning of some words to the end of others."""
    page.evaluate("getSelection().removeAllRanges()")
    places = [spot(page, start), spot(page, end, end=True)]
    first, last = reversed(places) if backwards else places
    for key in keys:
        page.keyboard.down(key)
    page.mouse.move(*first)
    page.mouse.down()
    page.mouse.move(*last, steps=4)
    page.mouse.up()
    for key in keys:
        page.keyboard.up(key)


def select_by_touch(page: Page, words: str) -> None:
    """As a long press and its handles do: the selection is there, and no mouse was."""
    page.evaluate(
        """words => {
          const all = [...document.querySelectorAll(".report .words")];
          const block = all.find(one => one.textContent.includes(words));
          const from = block.textContent.indexOf(words);
          const place = offset => {
            const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
            let node = walker.nextNode();
            while (offset > node.data.length) { offset -= node.data.length; node = walker.nextNode(); }
            return [node, offset];
          };
          getSelection().setBaseAndExtent(...place(from), ...place(from + words.length));
        }""",
        words,
    )


def uid_of(quote: str) -> str:
    return Claim.objects.get(highlights__quote=quote).uid


def expect_marked(page: Page, *quotes: str) -> str:
    """The newest claim has these passages, in the page and in the database. Its uid."""
    expect(page.locator(NOTICE).first).to_contain_text("Marked")
    expect(page.locator("#marking > *")).to_have_count(0)
    claim = Claim.objects.order_by("-pk")[0]
    assert [row.quote for row in claim.highlights.order_by("paragraph__position", "start")] == list(quotes)
    expect(page.locator(f"#sign-{claim.uid}")).to_have_count(1)
    expect(page.locator(f"#claim-{claim.uid}")).to_have_count(1)
    return claim.uid


def expect_fresh(page: Page) -> None:
    """The page with its pieces in place is the page loaded fresh."""
    expect(page.locator("[class*=htmx-]")).to_have_count(0)
    swapped = page.evaluate(_REGION)
    page.reload()
    fresh = page.evaluate(_REGION)
    assert swapped == fresh


_REGION = """() => {
  const region = document.getElementById("reading").cloneNode(true);
  for (const node of region.querySelectorAll("[data-lit]")) node.removeAttribute("data-lit");
  for (const node of region.querySelectorAll("[data-walked]"))
    for (const name of ["data-walked", "tabindex", "role", "aria-label"]) node.removeAttribute(name);
  return region.outerHTML.replaceAll(/ class=""/g, "").replaceAll(/\\s+/g, " ").replaceAll(/> </g, "><");
}"""
