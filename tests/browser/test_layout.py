"""What floats lies over nothing that is read, at widths of a tablet and a phone; a field shows what it holds."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import Changeset, Claim
from articles.writing.editing import delete_claims, open_changeset
from tests.browser.conftest import MIDDLE, NARROW, REPORT, WIDE, OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("seeds")]


def box(one: Locator) -> Any:
    found = one.bounding_box()
    assert found
    return found


def overlap(one: Locator, other: Locator) -> bool:
    a, b = box(one), box(other)
    across = a["x"] < b["x"] + b["width"] and b["x"] < a["x"] + a["width"]
    return across and a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"]


def delete_what_is_gone(page: Page) -> None:
    """An act that is refused, as somebody else was faster."""
    claim = Claim.objects.on_the_page().filter(article__slug="khusham-2")[0]
    delete_claims([claim], open_changeset(Changeset.Kind.DELETE))
    page.locator(f"#claim-{claim.uid} [data-delete]").evaluate("link => link.click()")
    expect(page.locator("#marking .refused")).to_be_visible()


@pytest.mark.parametrize("size", [(800, 700), MIDDLE, (1000, 900), (1199, 900), WIDE], ids=str)
def test_a_refusal_leaves_the_text_in_sight(
    open_page: OpenPage, as_editor: dict[str, Any], size: tuple[int, int]
) -> None:
    page = open_page(REPORT, size=size, expected=("409",), **as_editor)
    delete_what_is_gone(page)
    page.locator("#p8").evaluate("one => one.scrollIntoView({ block: 'center' })")
    assert not overlap(page.locator("#marking"), page.locator(".report"))
    panel = box(page.locator("#marking"))
    assert panel["x"] >= 0 and panel["x"] + panel["width"] <= size[0]
    assert panel["y"] >= 0 and panel["y"] + panel["height"] <= size[1]
    page.get_by_role("link", name="Close").click()
    expect(page.locator("#marking > *")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["scripted", "plain"])
@pytest.mark.parametrize("size", [(320, 640), NARROW, MIDDLE, WIDE], ids=str)
def test_a_notice_leaves_the_foot_in_sight(
    open_page: OpenPage, as_editor: dict[str, Any], size: tuple[int, int], script: bool
) -> None:
    changeset = open_changeset(Changeset.Kind.EDIT, article=Claim.objects.all()[0].article)
    page = open_page(f"{REPORT}?done={changeset.uid}", size=size, java_script_enabled=script, **as_editor)
    expect(page.locator("#notices .done")).to_be_visible()
    page.locator("body").press("End")
    foot = page.locator(".foot > :visible").last
    expect(foot).to_be_in_viewport(ratio=1)
    for one in page.locator(".foot > :visible").all():
        assert not overlap(page.locator("#notices"), one)


@pytest.mark.parametrize("size", [NARROW, MIDDLE, WIDE], ids=str)
def test_a_summary_is_seen_as_a_whole(open_page: OpenPage, as_editor: dict[str, Any], size: tuple[int, int]) -> None:
    page = open_page("/stories/khusham-2018/data/edit/", size=size, **as_editor)
    field = page.get_by_label("Summary")
    assert len(field.input_value()) > 200
    cut = "one => one.scrollHeight - one.clientHeight"
    assert field.evaluate(cut) <= 0
    field.fill("A line.\n" * 12)
    assert field.evaluate(cut) <= 0


@pytest.mark.parametrize("size", [(1280, 800), WIDE], ids=str)
@pytest.mark.parametrize("letters", [24, 32])
def test_columns_give_way_to_large_letters(open_page: OpenPage, size: tuple[int, int], letters: int) -> None:
    """As set in the browser: widths at which the layout changes are counted in letters, not in pixels."""
    page = open_page("/", size=size)
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": letters, "fixed": letters}})
    page.goto(REPORT)
    words = page.locator("#p1 .words").evaluate("node => node.getBoundingClientRect().width")
    assert words > 25 * letters
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
