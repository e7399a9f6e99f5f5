"""Where that stands which editors see beside a report: their tools, notices, the form and what takes its place."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.loading import whole_claims
from articles.writing.tagging import Act, delete_claim
from tests.browser.conftest import MIDDLE, NARROW, WIDE, OpenPage
from tests.browser.selecting import ADDRESS, NOTICE, make_report, uid_of
from tests.factories import make_editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"size": NARROW, "has_touch": True, "is_mobile": True}


@pytest.fixture(autouse=True)
def _report(transactional_db: None) -> None:
    make_report()


def box(place: Locator) -> dict[str, float]:
    found = place.first.evaluate("one => one.getBoundingClientRect().toJSON()")
    assert found["width"]
    return dict(found)


def open_form(page: Page) -> Locator:
    page.locator(f"#claim-{uid_of('an aggression')} [data-edit]").evaluate("link => link.click()")
    expect(page.locator("#claim-form")).to_be_visible()
    page.locator("#claim-form details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    return page.locator("#claim-form")


class TestTools:
    def test_begin_and_end_with_the_columns(self, open_page: OpenPage, as_editor: dict[str, Any]) -> None:
        page = open_page(ADDRESS, **as_editor)
        tools, rail, claims = page.locator(".desk-tools > *"), page.locator(".rail"), page.locator(".card")
        assert box(tools)["left"] == box(rail)["left"]
        assert abs(box(tools.last)["right"] - box(claims)["right"]) < 1

    @pytest.mark.parametrize("size", [MIDDLE, NARROW], ids=["820", "390"])
    def test_every_line_begins_with_the_page(
        self, open_page: OpenPage, as_editor: dict[str, Any], size: tuple[int, int]
    ) -> None:
        page = open_page(ADDRESS, size=size, **as_editor)
        edge = box(page.locator(".rail" if size == MIDDLE else ".report-head"))["left"]
        lines: dict[float, float] = {}
        for one in page.locator(".desk-tools > *").all():
            lines.setdefault(round(box(one)["top"], -1), round(box(one)["left"]))
        assert set(lines.values()) == {round(edge)}


@pytest.mark.parametrize("size", [WIDE, (1200, 900), MIDDLE], ids=["1440", "1200", "820"])
def test_notices_leave_the_numbers_of_paragraphs_free(
    open_page: OpenPage, as_editor: dict[str, Any], size: tuple[int, int]
) -> None:
    page = open_page(ADDRESS, size=size, **as_editor)
    open_form(page).get_by_label("Speaker, as worded").fill("A newspaper of a rather long name")
    page.keyboard.press("Escape")
    page.locator(f"#claim-{uid_of('an aggression')} [data-delete]").evaluate("link => link.click()")
    expect(page.locator(NOTICE).first).to_contain_text("Deleted")
    numbers = page.locator(".number").evaluate_all(
        """all => all.map(one => {
          const range = document.createRange();
          range.selectNodeContents(one);
          return range.getBoundingClientRect().left;
        })"""
    )
    assert max(box(one)["right"] for one in page.locator("#notices > *").all()) <= min(numbers)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_why_nothing_was_done_is_one_box_beside_the_report(
    open_page: OpenPage, as_editor: dict[str, Any], scheme: str
) -> None:
    page = open_page(ADDRESS, color_scheme=scheme, expected=("409",), **as_editor)
    open_form(page).get_by_label("Cue, as worded").fill("told")
    page.locator("#claim-form .button-strong").click()
    expect(page.locator(NOTICE).first).to_contain_text("Saved")
    (claim,) = whole_claims([uid_of("an aggression")])
    delete_claim(claim, Act(make_editor("other")))
    page.locator("#notices [data-undo]").first.click()
    said = page.locator("#marking [role=alert]")
    expect(said).to_be_visible()
    frame, close = box(page.locator("#marking")), box(page.locator("#marking [data-cancel]"))
    assert frame["left"] > box(page.locator(".report"))["right"]
    assert said.evaluate("one => getComputedStyle(one).borderTopWidth") == "0px"
    assert box(said)["top"] - frame["top"] < 24 and frame["bottom"] - close["bottom"] >= 12


class TestForm:
    def test_the_ring_of_a_field_leaves_its_label_free(self, open_page: OpenPage, as_editor: dict[str, Any]) -> None:
        page = open_page(ADDRESS, **as_editor)
        form = open_form(page)
        form.locator(".chip", has_text="another source").click()
        for name in ("Its name", "The question", "Speaker, as worded"):
            field = form.get_by_label(name, exact=True)
            field.focus()
            words = form.locator("label", has_text=name).first.evaluate(
                """label => {
                  const range = document.createRange();
                  range.selectNodeContents(label);
                  return range.getBoundingClientRect().bottom;
                }"""
            )
            assert box(field)["top"] - words >= 4, name

    def test_fields_beside_each_other_are_level(self, open_page: OpenPage, as_editor: dict[str, Any]) -> None:
        form = open_form(open_page(ADDRESS, **as_editor))
        for pair in form.locator(".pair").all():
            tops = {round(box(one)["top"]) for one in pair.locator("input, select, textarea").all() if one.is_visible()}
            assert len(tops) == 1

    def test_by_touch_no_keys_are_named_and_no_field_makes_the_page_zoom(
        self, open_page: OpenPage, as_editor: dict[str, Any]
    ) -> None:
        page = open_page(ADDRESS, **PHONE, **as_editor)
        form = open_form(page)
        assert not [one for one in page.locator("kbd").all() if one.is_visible()]
        sizes = form.locator("input:not([type=radio], [type=hidden]), select, textarea").evaluate_all(
            "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(sizes) >= 16
        page.goto("/claims/")
        sizes = page.locator("input:not([type=checkbox], [type=hidden]), select").evaluate_all(
            "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(sizes) >= 16

    def test_what_is_wrong_with_who_says_it_stands_below_the_chips(
        self, open_page: OpenPage, as_editor: dict[str, Any]
    ) -> None:
        address = f"{ADDRESS}claims/new/?paragraph=1"
        page = open_page(address, size=MIDDLE, java_script_enabled=False, expected=("422",), **as_editor)
        page.locator("#id_quote").fill("The coalition said")
        page.get_by_role("button", name="Save").last.click()
        wrong, chips = page.locator(".chips .errorlist"), page.locator(".chips .chip")
        expect(wrong).to_have_text("Choose who says it.")
        assert box(wrong)["top"] >= box(chips.last)["bottom"]
