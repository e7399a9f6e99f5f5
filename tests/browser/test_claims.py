"""Claims in a browser: the list that filters in place, one claim's own page."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from articles.models import Claim, Source
from tests.browser.conftest import MIDDLE, NARROW, REPORT, WIDE, OpenPage
from tests.factories import draft_claim, make_article, make_claim, make_claims

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("seeds")]


def test_the_list_filters_in_place(open_page: OpenPage) -> None:
    page = open_page("/claims/")
    page.evaluate("window.stillHere = true")
    page.locator("#shown-sana").check()
    page.wait_for_url("**/claims/?shown=sana")
    expect(page.locator("#results-title")).to_have_text("3 claims")
    expect(page.locator("#announcement")).to_have_text("3 claims found")
    expect(page.locator("#shown-sana")).to_be_focused()
    page.locator("#question-who-attacked-first").check()
    page.wait_for_url("**/claims/?shown=sana&question=who-attacked-first")
    expect(page.locator(".claim-row")).to_have_count(1)
    assert page.evaluate("window.stillHere") is True
    page.go_back()
    expect(page.locator(".claim-row")).to_have_count(3)


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_what_is_ticked_stays_where_it_is_on_the_screen(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page("/claims/", size=size)
    if size == NARROW:
        page.locator("#filter-box > summary").click()
    box = page.locator("#question-who-attacked-first")
    page.mouse.wheel(0, 150)
    page.wait_for_timeout(300)
    box.scroll_into_view_if_needed()
    before = box.bounding_box()
    box.check()
    page.wait_for_url("**question=who-attacked-first**")
    expect(box).to_be_focused()
    after = box.bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 2


def test_the_list_filters_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/claims/")
    page.locator("#shown-sana").focus()
    page.keyboard.press("Space")
    expect(page.locator(".claim-row")).to_have_count(3)
    expect(page.locator("#shown-sana")).to_be_focused()
    expect(page.locator("#announcement")).to_have_text("3 claims found")
    page.keyboard.press("Space")
    expect(page.locator(".claim-row")).to_have_count(35)
    expect(page).to_have_url(re.compile("/claims/$"))


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW], ids=["1440", "820", "390"])
def test_what_can_be_set_for_those_ticked_stays_in_sight_with_their_number(
    open_page: OpenPage, as_editor: dict[str, Any], size: tuple[int, int]
) -> None:
    page = open_page("/claims/", size=size, **as_editor)
    bar, ticks = page.locator("#together"), page.locator("[name=chosen]")
    before = ticks.first.bounding_box()
    ticks.first.check()
    assert ticks.first.bounding_box() == before, "it does not move away under the finger"
    expect(bar).to_contain_text("Set for the one ticked:")
    ticks.nth(20).check()
    expect(bar).to_contain_text("Set for the 2 ticked:")
    expect(bar).to_be_in_viewport(ratio=1)
    page.keyboard.press("Shift+Tab")
    box, above = page.locator(":focus").bounding_box(), bar.bounding_box()
    assert box and above and above["height"] < 150 and box["y"] >= above["y"] + above["height"]
    ticks.nth(20).uncheck()
    ticks.first.uncheck()
    expect(bar).to_contain_text("Set for those ticked:")
    page.evaluate("scrollTo(0, 2000)")
    expect(bar).not_to_be_in_viewport()


def test_what_can_be_set_makes_no_page_wider(open_page: OpenPage, as_editor: dict[str, Any]) -> None:
    page = open_page("/claims/", size=NARROW, **as_editor)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW[0]


def test_all_are_ticked_at_once_and_counted(open_page: OpenPage, as_editor: dict[str, Any]) -> None:
    page = open_page("/claims/", **as_editor)
    page.get_by_role("button", name="Tick all").click()
    expect(page.locator("#together")).to_contain_text("Set for the 35 ticked:")
    expect(page.locator("#announcement")).to_have_text("35 ticked")
    page.locator("#shown-sana").check()
    expect(page.locator(".claim-row")).to_have_count(3)
    expect(page.locator("#together")).to_contain_text("Set for those ticked:")


def test_the_list_is_a_form_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/claims/", size=NARROW, java_script_enabled=False)
    page.locator("#filter-box > summary").click()
    page.locator("#shown-sana").check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".claim-row")).to_have_count(3)
    page.locator("#filter-box > summary").click()
    page.get_by_role("link", name="Clear the filter").click()
    expect(page.locator(".claim-row")).to_have_count(35)


def test_what_was_opened_stays_open_and_chips_take_off(open_page: OpenPage) -> None:
    page = open_page("/claims/", size=NARROW)
    page.locator("#filter-box > summary").click()
    page.locator("#facet-outlet > summary").click()
    page.locator("#shown-sana").check()
    expect(page.locator(".claim-row")).to_have_count(3)
    expect(page.locator("#outlet-cnn")).to_be_visible()
    page.locator(".chip").click()
    expect(page.locator(".claim-row")).to_have_count(35)
    expect(page.locator("#outlet-cnn")).to_be_visible()


def test_on_a_phone_the_filter_says_how_many_it_finds_and_leads_to_them(open_page: OpenPage) -> None:
    page = open_page("/claims/", size=NARROW)
    button, title = page.locator("#filter-close"), page.locator("#results-title")
    expect(button).to_be_hidden()
    page.locator("#filter-box > summary").click()
    expect(button).to_have_text("Show 35 claims")
    expect(button).to_be_in_viewport(ratio=1)
    page.locator("#shown-sana").check()
    expect(button).to_have_text("Show 3 claims")
    expect(button).to_be_in_viewport(ratio=1)
    expect(title).not_to_be_in_viewport()
    button.click()
    expect(page.locator("#shown-sana")).to_be_hidden()
    expect(title).to_be_focused()
    expect(title).to_be_in_viewport()
    expect(page.locator(".claim-row").first).to_be_in_viewport()


def test_where_the_filter_stands_beside_what_it_finds_it_needs_no_way_there(open_page: OpenPage) -> None:
    page = open_page("/claims/")
    expect(page.locator("#filter-close")).to_be_hidden()
    expect(page.locator("#filter-show")).to_be_hidden()


def test_chips_taken_off_leave_the_focus_to_the_next_one_and_then_to_the_number(open_page: OpenPage) -> None:
    page = open_page("/claims/?shown=sana&q=artillery")
    page.locator(".chip").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".chip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator("#results-title")).to_be_focused()


def test_a_day_is_typed_whole_before_it_is_sent(open_page: OpenPage) -> None:
    page = open_page("/claims/")
    page.locator("#facet-date").evaluate("facet => facet.open = true")
    page.locator("#filter-since").focus()
    page.keyboard.type("02072018")
    expect(page.locator("#filter-since")).to_have_value("2018-02-07")
    expect(page).to_have_url(re.compile("/claims/$"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/?since=2018-02-07")
    expect(page.locator(".chip")).to_contain_text("since 7 February 2018")
    expect(page.locator("#filter-since")).to_be_focused()
    page.locator("#filter-until").focus()
    page.keyboard.type("02092018")
    page.locator("#filter-q").focus()
    page.wait_for_url("**/claims/?since=2018-02-07&until=2018-02-09")
    expect(page.locator("#filter-q")).to_be_focused()


def test_a_day_typed_in_part_is_not_sent(open_page: OpenPage) -> None:
    page = open_page("/claims/")
    page.locator("#facet-date").evaluate("facet => facet.open = true")
    page.locator("#filter-since").focus()
    page.keyboard.type("02072")
    expect(page.locator("#filter-since")).to_have_value("0002-02-07")
    page.locator("#filter-q").focus()
    expect(page.locator("#trouble")).to_contain_text("From:")
    expect(page).to_have_url(re.compile("/claims/$"))


def test_a_long_chip_stays_within_the_page(open_page: OpenPage) -> None:
    page = open_page(f"/claims/?q={'a' * 300}", size=NARROW)
    expect(page.locator(".chip")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_keys_go_through_the_list(open_page: OpenPage) -> None:
    page = open_page("/claims/")
    for key, number in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(page.locator("[data-claim-link]").nth(number)).to_be_focused()
    page.keyboard.press("f")
    expect(page.locator("#filter-q")).to_be_focused()
    page.keyboard.type("artillery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/?q=artillery")
    expect(page.locator(".chip")).to_contain_text("artillery")


def test_a_claim_is_followed_to_its_own_page_and_back(open_page: OpenPage) -> None:
    page = open_page(f"{REPORT}?shown=sana")
    page.locator(".card-quote a").first.click()
    expect(page.locator("h1")).to_have_text("Said by SANA")
    page.get_by_role("link", name="Read it in the text").click()
    expect(page).to_have_url(re.compile("/articles/khusham-2/#sign-"))
    sign = page.url.partition("#")[2]
    expect(page.locator(f"#{sign}")).to_be_in_viewport()


def test_a_citation_is_copied(open_page: OpenPage) -> None:
    claim = Claim.objects.in_latest_versions().order_by("reading_order")[2]
    page = open_page(claim.get_absolute_url(), permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.locator("#announcement")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()


def test_a_citation_is_selected_where_copying_is_refused(open_page: OpenPage) -> None:
    claim = Claim.objects.in_latest_versions().order_by("reading_order")[2]
    page = open_page(claim.get_absolute_url())
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error()))")
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.locator("#announcement")).to_contain_text("copy it with your keyboard")
    assert page.evaluate("getSelection().toString()") == page.locator("#citation").inner_text()


@pytest.mark.parametrize(
    ("address", "words", "who"),
    [("/articles/arabic/", ".card-quote", ".card-head"), ("/claims/?article=arabic", ".claim-words", ".claim-who")],
    ids=["cards", "list"],
)
def test_words_from_right_to_left_stand_beside_who_says_them(
    open_page: OpenPage, address: str, words: str, who: str
) -> None:
    """And not alone at the other edge, as long as they fill no line."""
    article = make_article(slug="arabic", language="ar", paragraphs=["قالت سانا إنه عدوان."])
    make_claim(article=article, source=Source.objects.get(slug="sana"), quote="إنه عدوان")
    page = open_page(address)
    quote, head = page.locator(words).bounding_box(), page.locator(who).bounding_box()
    assert quote and head and quote["x"] == head["x"] and quote["width"] < head["width"] / 2


def test_back_and_forward_lead_to_where_one_was(open_page: OpenPage) -> None:
    report = make_article(slug="long", paragraphs=[" ".join(f"n{number:03}" for number in range(60))])
    source = Source.objects.get(slug="sana")
    make_claims([draft_claim(report, source=source, quote=f"n{number:03}") for number in range(60)])
    page = open_page("/claims/")
    title = page.locator("#results-title")
    expect(title).to_have_text("1–50 of 95 claims")
    page.locator("#page-next").scroll_into_view_if_needed()
    left = page.evaluate("scrollY")
    assert left > 2000
    page.locator("#page-next").click()
    expect(title).to_have_text("51–95 of 95 claims")
    expect(title).to_be_in_viewport()
    page.mouse.wheel(0, 700)
    page.wait_for_timeout(500)
    further = page.evaluate("scrollY")
    page.go_back()
    expect(title).to_have_text("1–50 of 95 claims")
    expect(page.locator("#page-next")).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - left) < 5
    page.go_forward()
    expect(title).to_have_text("51–95 of 95 claims")
    page.wait_for_timeout(300)
    assert abs(page.evaluate("scrollY") - further) < 5
    page.reload()
    page.wait_for_timeout(300)
    assert abs(page.evaluate("scrollY") - further) < 5, "and the browser keeps the place as ever"
