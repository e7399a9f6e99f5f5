"""Marking by mouse and by touch: select, press a number, Enter."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Claim
from tests.browser.conftest import MIDDLE, NARROW, OpenPage
from tests.browser.selecting import (
    ADDRESS,
    NOTICE,
    PARAGRAPHS,
    QUOTES,
    drag,
    expect_fresh,
    expect_marked,
    make_report,
    select_by_touch,
    spot,
    uid_of,
)
from tests.factories import make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HIDDEN = "It is not shown: its source is not among those that the filter shows."


@pytest.fixture(autouse=True)
def _report(transactional_db: None) -> None:
    make_report()


@pytest.fixture
def page(as_editor: dict[str, Any], open_page: OpenPage) -> Page:
    page = open_page(ADDRESS, **as_editor)
    page.evaluate("window.stillHere = true")
    return page


def test_the_same_claim_again_is_asked_about_and_saved_by_the_next_enter(
    as_editor: dict[str, Any], open_page: OpenPage
) -> None:
    page = open_page(ADDRESS, expected=("409",), **as_editor)
    drag(page, "an aggr", "aggression")
    expect(page.locator(QUOTES)).to_have_text("an aggression")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    asked = "SANA already has a claim of these words: ¶2."
    expect(page.locator("#marking [role=alert]")).to_contain_text(asked)
    expect(page.locator("#announcement")).to_contain_text(asked)
    expect(page.get_by_role("button", name="Save all the same")).to_be_visible()
    assert Claim.objects.count() == 2
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_have_count(3)
    assert Claim.objects.filter(source__slug="sana").count() == 2


class TestSelecting:
    def test_takes_whole_words(self, page: Page) -> None:
        drag(page, "scribed", "the act")
        expect(page.locator(QUOTES)).to_have_text("described the action")

    def test_takes_whole_words_backwards(self, page: Page) -> None:
        drag(page, "scribed", "the act", backwards=True)
        expect(page.locator(QUOTES)).to_have_text("described the action")

    def test_takes_characters_with_alt(self, page: Page) -> None:
        drag(page, "scribed", "the act", keys=["Alt"])
        expect(page.locator(QUOTES)).to_have_text("scribed the act")

    def test_leaves_outer_spaces_out(self, page: Page) -> None:
        drag(page, " described ", " described ", keys=["Alt"])
        expect(page.locator(QUOTES)).to_have_text("described")

    def test_goes_from_the_middle_of_one_mark_to_the_middle_of_another(self, page: Page) -> None:
        drag(page, "self-def", "an aggr")
        expect(page.locator(QUOTES)).to_have_text(["self-defence.", "SANA described the action as an aggression"])
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        uid = expect_marked(page, "self-defence.", "SANA described the action as an aggression")
        expect(page.locator(f'.block:has(mark[data-claim="{uid}"])')).to_have_count(2)
        expect(page.locator(".card")).to_have_count(3)
        expect_fresh(page)

    @pytest.mark.parametrize(
        ("start", "end", "quote"),
        [
            ("aggression 🤔", "aggression 🤔 by", "aggression 🤔 by"),
            ("x̂y", "x̂y", "x̂y"),
            ("سانا", "أحدا", "سانا إن أحدا"),
            ("حدا", "لهجو", "أحدا لم يصب في الهجوم"),
        ],
    )
    def test_counts_characters_not_units(self, page: Page, start: str, end: str, quote: str) -> None:
        drag(page, start, end)
        expect(page.locator(QUOTES)).to_have_text(quote)
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        uid = expect_marked(page, quote)
        assert "".join(page.locator(f'mark[data-claim="{uid}"]').all_inner_texts()) == quote

    def test_takes_the_word_of_a_double_click(self, page: Page) -> None:
        page.mouse.dblclick(*spot(page, "scribed"))
        expect(page.locator(QUOTES)).to_have_text("described")

    def test_takes_the_paragraph_of_a_triple_click(self, page: Page) -> None:
        page.mouse.click(*spot(page, "scribed"), click_count=3)
        expect(page.locator(QUOTES)).to_have_text(PARAGRAPHS[1])

    def test_may_end_beside_the_report(self, page: Page) -> None:
        end = spot(page, "killed, it added.", end=True)
        page.mouse.move(*spot(page, "Nobody"))
        page.mouse.down()
        page.mouse.move(1430, end[1], steps=4)
        page.mouse.up()
        expect(page.locator(QUOTES)).to_have_text(PARAGRAPHS[3])

    def test_again_replaces_the_passage_and_with_control_adds_one(self, page: Page) -> None:
        drag(page, "SANA", "SANA")
        expect(page.locator(QUOTES)).to_have_text("SANA")
        drag(page, "owners", "owners")
        expect(page.locator(QUOTES)).to_have_text("owners")
        drag(page, "coalition said", "coalition said", keys=["Control"])
        expect(page.locator(QUOTES)).to_have_text(["coalition said", "owners"])


class TestLines:
    """An empty line of the form that has the focus takes what is selected in the report."""

    @pytest.mark.parametrize("how", ["drag", "double click"])
    def test_an_empty_one_takes_whole_words(self, page: Page, how: str) -> None:
        drag(page, "Nobody", "hurt")
        page.get_by_label("Speaker, as worded").click()
        if how == "drag":
            drag(page, "he minis", "he minis")
            expect(page.get_by_label("Speaker, as worded")).to_have_value("the ministry")
        else:
            page.mouse.dblclick(*spot(page, "coalition"))
            expect(page.get_by_label("Speaker, as worded")).to_have_value("coalition")
        expect(page.get_by_label("Speaker, as worded")).to_be_focused()
        expect(page.locator(QUOTES)).to_have_text("Nobody was hurt")

    def test_an_empty_one_has_room_to_say_so(self, page: Page) -> None:
        """In the column beside the report, where two stand in a line."""
        drag(page, "Nobody", "hurt")
        line = page.get_by_label("Speaker, as worded")
        line.click()
        expect(line).to_have_attribute("placeholder", "or select in the report")
        assert line.evaluate(
            """line => {
              const { font, paddingLeft, paddingRight } = getComputedStyle(line);
              const drawn = document.createElement("canvas").getContext("2d");
              drawn.font = font;
              const room = line.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
              return drawn.measureText(line.placeholder).width < room;
            }"""
        )

    def test_one_with_words_keeps_them(self, page: Page) -> None:
        drag(page, "Nobody", "hurt")
        page.get_by_label("Speaker, as worded").fill("A ministry")
        drag(page, "Scores", "Scores")
        expect(page.locator(QUOTES)).to_have_text("Scores")
        expect(page.get_by_label("Speaker, as worded")).to_have_value("A ministry")

    def test_what_was_put_into_one_is_kept_in_the_draft(self, page: Page) -> None:
        drag(page, "Nobody", "hurt")
        page.get_by_label("Speaker, as worded").click()
        drag(page, "the ministry", "the ministry")
        expect(page.get_by_label("Speaker, as worded")).to_have_value("the ministry")
        page.reload()
        expect(page.get_by_label("Speaker, as worded")).to_have_value("the ministry")


class TestAfterwards:
    def test_mark_card_and_counts_are_there_without_a_page_load(self, page: Page) -> None:
        expect(page.locator("#only-sana .count")).to_have_text("1 claim")
        drag(page, "Nobody", "hurt")
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        uid = expect_marked(page, "Nobody was hurt")
        expect(page.locator("#only-sana .count")).to_have_text("2 claims")
        expect(page.locator(".card").last).to_have_id(f"claim-{uid}")
        expect(page.locator(NOTICE)).to_have_text("Marked: “Nobody was hurt”.")
        expect(page.locator("#announcement")).to_have_text("Marked: “Nobody was hurt”.")
        expect(page.locator(f"#claim-{uid}")).to_have_attribute("data-lit", "")
        assert page.evaluate("window.stillHere && getSelection().isCollapsed") is True
        expect_fresh(page)

    def test_the_next_tab_goes_on_from_the_claim_after_marking_by_mouse(self, page: Page) -> None:
        page.locator("#p4 .words").click(position={"x": 5, "y": 5})
        drag(page, "Nobody", "hurt")
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        uid = expect_marked(page, "Nobody was hurt")
        expect(page.locator(f"#sign-{uid}")).to_be_focused()

    def test_a_key_pressed_again_is_the_same_source(self, page: Page) -> None:
        """Of a source that was not heard here before, behind others that were not."""
        for name in ("Port", "Crew", "Board"):
            make_source(name=name, code=name.upper())
        page.reload()
        for quote in ("Nobody was hurt", "More than 100 were killed"):
            drag(page, quote, quote)
            expect(page.locator("#claim-form .chip", has_text="Board").locator("kbd")).to_have_text("5")
            page.keyboard.press("5")
            page.keyboard.press("Enter")
            uid = expect_marked(page, quote)
            assert Claim.objects.get(uid=uid).source.name == "Board"
        page.keyboard.press("4")
        expect(page.locator(f"#claim-{uid} .source")).to_have_text("Crew")
        page.keyboard.press("5")
        expect(page.locator(f"#claim-{uid} .source")).to_have_text("Board")

    @pytest.mark.parametrize("by", ["key", "click"])
    def test_undo_takes_it_back(self, page: Page, by: str) -> None:
        drag(page, "Nobody", "hurt")
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        uid = expect_marked(page, "Nobody was hurt")
        if by == "key":
            page.keyboard.press("u")
        else:
            page.locator("[data-undo]").click()
        expect(page.locator(f"#claim-{uid}")).to_have_count(0)
        expect(page.locator(NOTICE)).to_have_text("Undone.")
        assert Claim.objects.count() == 2
        expect_fresh(page)

    def test_an_active_filter_stays_and_the_page_says_what_it_hides(
        self, as_editor: dict[str, Any], open_page: OpenPage
    ) -> None:
        page = open_page(f"{ADDRESS}?shown=sana", **as_editor)
        drag(page, "Nobody", "hurt")
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        expect(page.locator(NOTICE)).to_contain_text(HIDDEN)
        expect(page.locator("#announcement")).to_contain_text(HIDDEN)
        expect(page.locator(".card")).to_have_count(1)
        expect(page.locator("#only-coalition .count")).to_have_text("2 claims")
        expect(page).to_have_url(re.compile(r"\?shown=sana$"))
        expect_fresh(page)

    def test_a_filter_set_here_stays_too(self, page: Page) -> None:
        page.click("#only-sana")
        expect(page.locator(".card")).to_have_count(1)
        drag(page, "Nobody", "hurt")
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        expect_marked(page, "Nobody was hurt")
        expect(page.locator(".card")).to_have_count(2)
        expect_fresh(page)

    def test_escape_puts_everything_back(self, page: Page) -> None:
        before = page.locator("#reading").inner_html()
        drag(page, "Nobody", "hurt")
        page.get_by_label("Speaker, as worded").fill("A ministry")
        page.keyboard.press("Escape")
        expect(page.locator("#marking > *")).to_have_count(0)
        assert page.locator("#reading").inner_html() == before
        page.reload()
        expect(page.locator("#marking > *")).to_have_count(0)
        assert Claim.objects.count() == 2

    def test_a_click_elsewhere_does_not_throw_away_what_was_typed(self, page: Page) -> None:
        drag(page, "Nobody", "hurt")
        page.get_by_label("Speaker, as worded").fill("A ministry")
        page.locator(".card [data-edit]").first.click()
        expect(page.locator("#trouble")).to_have_text("Save or cancel the claim that is open first.")
        page.locator(".card [data-delete]").first.click()
        expect(page.get_by_label("Speaker, as worded")).to_have_value("A ministry")
        expect(page.locator(".card")).to_have_count(2)


class TestWhereTheFormStands:
    @pytest.mark.parametrize("height", [900, 500])
    @pytest.mark.parametrize(("start", "end"), [("SYRIA", "said the"), ("More than", "killed, it")])
    def test_in_the_window_and_not_on_the_words(
        self, as_editor: dict[str, Any], open_page: OpenPage, height: int, start: str, end: str
    ) -> None:
        page = open_page(ADDRESS, size=(1440, height), **as_editor)
        drag(page, start, end)
        expect(page.locator(QUOTES)).to_have_count(1)
        form, report = page.locator("#marking").bounding_box(), page.locator(".report").bounding_box()
        assert form and report and form["y"] >= 0 and form["y"] + form["height"] <= height
        assert report["x"] + report["width"] < form["x"] and form["x"] + form["width"] <= 1440
        expect(page.get_by_role("button", name="Save").last).to_be_in_viewport(ratio=1)

    @pytest.mark.parametrize(("start", "end"), [("SYRIA", "said the"), ("More than", "killed, it")])
    def test_below_or_above_them_where_there_is_no_room_beside(
        self, as_editor: dict[str, Any], open_page: OpenPage, start: str, end: str
    ) -> None:
        page = open_page(ADDRESS, size=MIDDLE, **as_editor)
        drag(page, start, end)
        expect(page.locator(QUOTES)).to_have_count(1)
        form, words = page.locator("#marking").bounding_box(), spot(page, start)
        assert form and form["y"] >= 0 and form["y"] + form["height"] <= MIDDLE[1]
        assert not form["y"] < words[1] < form["y"] + form["height"]

    def test_of_a_claim_whose_words_are_out_of_sight_they_are_brought_into_it(
        self, as_editor: dict[str, Any], open_page: OpenPage
    ) -> None:
        page = open_page(ADDRESS, size=(1440, 330), **as_editor)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        sign = page.locator(".report a.sign").first
        expect(sign).not_to_be_in_viewport()
        uid = (sign.get_attribute("id") or "").removeprefix("sign-")
        # As a column that was scrolled by itself has it: its card is in sight, its words are not.
        page.locator(f"#claim-{uid} [data-edit]").evaluate("link => link.click()")
        expect(page.get_by_role("button", name="Save").last).to_be_in_viewport(ratio=1)
        expect(sign).to_be_in_viewport()
        expect(page.locator(f'mark[data-claim="{uid}"][data-lit]').first).to_be_visible()

    def test_its_button_stays_under_the_mouse_when_a_field_is_left(
        self, as_editor: dict[str, Any], open_page: OpenPage
    ) -> None:
        page = open_page(ADDRESS, size=(1440, 600), **as_editor)
        page.locator(".card [data-edit]").first.click()
        page.locator("#claim-form summary", has_text="Note").click()
        page.keyboard.type("Looked at twice.")
        page.locator("#marking").evaluate("form => { form.scrollTop = form.scrollHeight; }")
        save = page.get_by_role("button", name="Save").last
        before = save.bounding_box()
        assert before
        page.mouse.move(before["x"] + 20, before["y"] + 10)
        page.mouse.down()
        assert save.bounding_box() == before
        page.mouse.up()
        expect(page.locator("#marking > *")).to_have_count(0)
        assert Claim.objects.filter(note="Looked at twice.").exists()

    def test_enter_pressed_twice_on_an_edge_saves_nothing(self, as_editor: dict[str, Any], open_page: OpenPage) -> None:
        page = open_page(ADDRESS, **as_editor)
        page.locator(".card [data-edit]").first.click()
        page.locator("[data-edge=end-on]").first.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(page.locator("[data-edge=end-on]").first).to_be_focused()
        page.wait_for_timeout(500)
        expect(page.locator("#claim-form")).to_have_count(1)

    def test_middle_width_with_cards_folded_out(self, as_editor: dict[str, Any], open_page: OpenPage) -> None:
        page = open_page(ADDRESS, size=MIDDLE, **as_editor)
        page.locator("#p2 [data-unfold]").click()
        expect(page.locator("#p2 .card")).to_have_count(1)
        drag(page, "Scores", "were killed")
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        uid = expect_marked(page, "Scores were killed")
        expect(page.locator("#claims .card")).to_have_count(3)
        page.locator("#p2 [data-unfold]").click()
        expect(page.locator("#p2 .card").last).to_have_id(f"claim-{uid}")
        page.locator("#p2 [data-unfold]").click()
        expect_fresh(page)

    def test_middle_width_the_focus_goes_on_from_a_card_that_is_deleted(
        self, as_editor: dict[str, Any], open_page: OpenPage
    ) -> None:
        page = open_page(ADDRESS, size=MIDDLE, **as_editor)
        first, second = page.locator(".report a[data-code]").all()[:2]
        following = second.get_attribute("id")
        first.locator("xpath=ancestor::*[contains(@class, 'block')]").locator("[data-unfold]").click()
        page.locator(".report .card").focus()
        page.keyboard.press("d")
        expect(page.locator("#notices")).to_contain_text("Deleted")
        expect(page.locator(f"#{following}")).to_be_focused()


@pytest.fixture
def phone(as_editor: dict[str, Any], open_page: OpenPage) -> Page:
    return open_page(ADDRESS, size=NARROW, has_touch=True, is_mobile=True, **as_editor)


class TestHint:
    def test_how_the_caret_is_used_is_shown_while_it_is_on(self, page: Page) -> None:
        hint = page.locator("#hint")
        expect(hint).to_be_hidden()
        page.get_by_role("button", name="Mark a claim").click()
        expect(hint).to_contain_text("Arrows walk by word")
        expect(hint).to_be_in_viewport()
        expect(page.locator("#announcement")).to_contain_text("Choosing words of paragraph 1. Arrows walk")
        page.keyboard.press("Escape")
        expect(hint).to_be_hidden()

    def test_by_touch_it_says_to_select_and_no_caret_is_drawn(self, phone: Page) -> None:
        phone.get_by_role("button", name="Mark a claim").tap()
        expect(phone.locator("#hint")).to_contain_text("Select the words in the text")
        expect(phone.locator("#hint")).to_be_in_viewport()
        expect(phone.locator("[data-walked]")).to_have_count(0)
        select_by_touch(phone, "Nobody was hurt")
        expect(phone.locator("#hint")).to_be_hidden()
        expect(phone.get_by_role("button", name="Mark the selection")).to_be_visible()


class TestTouch:
    def test_select_tap_save(self, phone: Page) -> None:
        select_by_touch(phone, "Nobody was hurt")
        phone.get_by_role("button", name="Mark the selection").tap()
        expect(phone.locator(QUOTES)).to_have_text("Nobody was hurt")
        form = phone.locator("#marking").bounding_box()
        assert form and form["x"] == 0 and form["width"] == NARROW[0]
        assert form["y"] > 0 and abs(form["y"] + form["height"] - NARROW[1]) < 1
        words = spot(phone, "Nobody")
        assert 0 < words[1] < form["y"]
        phone.locator(".chip", has_text="SANA").tap()
        phone.get_by_role("button", name="Save").last.tap()
        expect_marked(phone, "Nobody was hurt")
        expect(phone.locator("#only-sana .count")).to_have_text("2 claims")
        expect_fresh(phone)

    def test_a_new_source_is_asked_for_its_name_where_it_is_seen(self, phone: Page) -> None:
        select_by_touch(phone, "Nobody was hurt")
        phone.get_by_role("button", name="Mark the selection").tap()
        phone.locator(".chip", has_text="another source").tap()
        expect(phone.locator("#id_source_name")).to_be_in_viewport(ratio=1)

    def test_a_second_passage_is_added(self, phone: Page) -> None:
        select_by_touch(phone, "Nobody was hurt")
        phone.get_by_role("button", name="Mark the selection").tap()
        expect(phone.locator(QUOTES)).to_have_count(1)
        select_by_touch(phone, "SANA")
        phone.get_by_role("button", name="Add it to the claim").tap()
        expect(phone.locator(QUOTES)).to_have_text(["SANA", "Nobody was hurt"])
        expect(phone.locator("#with-selection")).to_be_hidden()

    def test_a_claim_is_edited_from_its_card(self, phone: Page) -> None:
        uid = uid_of("an aggression")
        phone.locator(f'mark[data-claim="{uid}"]').first.tap()
        phone.locator(f"#claim-{uid} [data-edit]").tap()
        expect(phone.locator(QUOTES)).to_have_text("an aggression")
        phone.get_by_role("button", name="End one word later").tap()
        expect(phone.locator(QUOTES)).to_have_text("an aggression 🤔")
        phone.get_by_role("button", name="Save").last.tap()
        expect(phone.locator(NOTICE)).to_contain_text("Saved")
        assert uid_of("an aggression 🤔") == uid

    def test_nothing_is_wider_than_the_screen(self, phone: Page) -> None:
        select_by_touch(phone, "Nobody was hurt")
        phone.get_by_role("button", name="Mark the selection").tap()
        expect(phone.locator(QUOTES)).to_have_count(1)
        phone.locator(".answers > summary").tap()
        assert phone.evaluate("document.documentElement.scrollWidth") == NARROW[0]
        assert phone.evaluate("document.getElementById('marking').scrollWidth") <= NARROW[0]
