"""Suggestions reviewed in the text: by keys alone, by mouse, by touch, without a script."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Claim
from articles.suggestions.making import suggest
from tests.browser.conftest import NARROW, WIDE, OpenPage
from tests.browser.test_axe import violations
from tests.factories import make_source
from tests.suggestions.reports import board, harbour

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "/articles/harbour/"
TITLE, WHO, LIT = "#review-title", "#review .review-who", ".report mark[data-lit]"
ACCEPT = "#review [value=accept]"


@pytest.fixture
def article(transactional_db: None) -> Article:
    make_source(name="Union", code="UN", tone=2)
    board()
    return harbour()


@pytest.fixture
def page(article: Article, as_editor: dict[str, Any], open_page: OpenPage) -> Page:
    suggest(article)
    return open_page(ADDRESS, **as_editor)


def statuses() -> list[tuple[str, str]]:
    rows = Claim.objects.in_reading_order().select_related("source")
    return [(row.status, row.source.name if row.source else "") for row in rows]


def at(page: Page, number: int, of: int, words: str) -> None:
    """At this suggestion, in the bar and in the text."""
    expect(page.locator(TITLE)).to_have_text(f"Suggestion {number} of {of}")
    expect(page.locator(WHO)).to_contain_text(words)
    expect(page.locator(LIT)).to_have_text(words)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_an_unseen_report_is_fully_attributed_by_review_alone_by_keys_alone(
    article: Article, as_editor: dict[str, Any], open_page: OpenPage
) -> None:
    page = open_page(ADDRESS, **as_editor)
    page.get_by_role("button", name="Suggest claims").focus()
    press(page, "Enter")
    at(page, 1, 5, "The harbour is closed")
    press(page, "a")
    at(page, 1, 4, "“Nobody was hurt by the fall,”")
    press(page, "a")
    at(page, 1, 3, "the crane had been checked in May")
    expect(page.locator("#announcement")).to_contain_text(
        "Accepted, said by Harbour Board: “Nobody was hurt by the fall”. Suggestion 1 of 3 Harbour Board"
    )
    press(page, "a")
    at(page, 1, 2, "The crane had not been checked for years")
    # The board is heard here and has the first key, the union has not spoken yet.
    press(page, "2")
    at(page, 1, 1, "the fall had been foreseen")
    press(page, "x")
    expect(page.locator(TITLE)).to_have_text("Every suggestion is reviewed: 4 accepted, 1 rejected.")
    press(page, "u")
    at(page, 1, 1, "the fall had been foreseen")
    # Nobody's name is known here, so the form asks for it, with what the text says.
    press(page, "a")
    expect(page.locator("#id_source_name")).to_have_value("Critic of the Harbour Board")
    page.locator("#marking").focus()
    press(page, "Enter")
    expect(page.locator("#review[data-uid]")).to_have_count(0)
    assert statuses() == [
        ("accepted", "Harbour Board"),
        ("accepted", "Harbour Board"),
        ("accepted", "Harbour Board"),
        ("accepted", "Union"),
        ("accepted", "Critic of the Harbour Board"),
    ]
    for_readers = open_page(ADDRESS)
    expect(for_readers.locator(".report mark")).to_have_count(5)


def test_the_first_key_acts_on_what_is_in_view(page: Page) -> None:
    at(page, 1, 5, "The harbour is closed")
    expect(page.locator("#review .review-away")).to_be_hidden()
    press(page, "a")
    at(page, 1, 4, "“Nobody was hurt by the fall,”")
    assert statuses()[0] == ("accepted", "Harbour Board")


def test_the_first_key_only_leads_to_what_is_out_of_view(
    article: Article, as_editor: dict[str, Any], open_page: OpenPage
) -> None:
    suggest(article)
    # Over the first paragraph there is no room for it.
    page = open_page(ADDRESS, size=(1440, 330), **as_editor)
    expect(page.locator(".report mark[data-lit]")).to_have_count(0)
    expect(page.locator("#review .review-away")).to_be_visible()
    press(page, "a")
    at(page, 1, 5, "The harbour is closed")
    expect(page.locator("#review .review-away")).to_be_hidden()
    assert {status for status, _ in statuses()} == {"suggested"}
    press(page, "s")
    at(page, 2, 5, "“Nobody was hurt by the fall,”")
    press(page, "k")
    at(page, 1, 5, "The harbour is closed")
    press(page, "j", "j")
    at(page, 3, 5, "the crane had been checked in May")
    press(page, "x")
    at(page, 3, 4, "The crane had not been checked for years")
    assert [status for status, _ in statuses()].count("rejected") == 1


def test_keys_do_what_the_buttons_of_the_bar_do_and_the_bar_makes_way_for_the_form(page: Page) -> None:
    page.locator(".report mark", has_text="the fall had been foreseen").click()
    at(page, 5, 5, "the fall had been foreseen")
    for key, button in (("a", "Name its source"), ("e", "Change")):
        for way in ("key", "button"):
            if way == "key":
                press(page, key)
            else:
                page.locator("#review").get_by_role("link", name=button).click()
            expect(page.locator("#id_status")).to_have_value("accepted")
            expect(page.locator("[name=source]:checked")).to_have_value("+")
            expect(page.locator("#id_source_name")).to_have_value("Critic of the Harbour Board")
            expect(page.locator("#review")).to_be_hidden()
            press(page, "Escape")
            expect(page.locator("#review")).to_be_visible()
    press(page, "a")
    expect(page.locator("#id_source_name")).to_have_value("Critic of the Harbour Board")
    page.locator("#marking").focus()
    press(page, "Enter")
    at(page, 1, 4, "The harbour is closed")
    assert statuses()[4] == ("accepted", "Critic of the Harbour Board")


def test_the_edges_are_changed_in_place_and_saving_accepts(page: Page) -> None:
    at(page, 1, 5, "The harbour is closed")
    press(page, "e")
    expect(page.locator(".passages q")).to_have_text("The harbour is closed")
    page.locator("#marking").focus()
    press(page, "{")
    expect(page.locator(".passages q")).to_have_text("harbour is closed")
    press(page, "Enter")
    at(page, 1, 4, "“Nobody was hurt by the fall,”")
    assert statuses()[0] == ("accepted", "Harbour Board")
    assert Claim.objects.in_reading_order()[0].quote == "harbour is closed"


@pytest.mark.parametrize("key", ["a", "x", "2", "e"])
def test_a_key_first_goes_to_one_that_was_scrolled_out_of_sight(page: Page, key: str) -> None:
    """Though it is the current one."""
    page.set_viewport_size({"width": 1440, "height": 300})
    press(page, "s")
    at(page, 2, 5, "“Nobody was hurt by the fall,”")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator(LIT)).not_to_be_in_viewport()
    expect(page.locator("#review[data-away]")).to_be_visible()
    press(page, key)
    expect(page.locator(LIT)).to_be_in_viewport()
    expect(page.locator("#review[data-away]")).to_have_count(0)
    expect(page.locator("#marking > *")).to_have_count(0)
    at(page, 2, 5, "“Nobody was hurt by the fall,”")
    press(page, "a")
    at(page, 2, 4, "the crane had been checked in May")


def test_notices_say_what_was_done_and_the_newest_has_the_key(page: Page) -> None:
    at(page, 1, 5, "The harbour is closed")
    press(page, "a")
    at(page, 1, 4, "“Nobody was hurt by the fall,”")
    press(page, "x")
    at(page, 1, 3, "the crane had been checked in May")
    notices = page.locator("#notices .done")
    expect(notices.nth(0)).to_contain_text("Rejected: “Nobody was hurt by the fall”.")
    expect(notices.nth(1)).to_contain_text("Accepted, said by Harbour Board: “The harbour is closed”.")
    expect(notices.nth(0).locator("kbd")).to_be_visible()
    expect(notices.nth(1).locator("kbd")).to_be_hidden()


def test_keys_that_are_switched_off_do_nothing(page: Page) -> None:
    at(page, 1, 5, "The harbour is closed")
    page.evaluate("localStorage.setItem('newsdesk-keys', 'off')")
    press(page, "a", "x", "1", "s")
    page.locator(ACCEPT).click()
    at(page, 1, 4, "“Nobody was hurt by the fall,”")
    assert [status for status, _ in statuses()].count("accepted") == 1


def test_by_mouse_from_one_to_the_next_and_a_double_click_is_one(page: Page) -> None:
    page.locator(".report mark", has_text="the crane had been checked in May").click()
    at(page, 3, 5, "the crane had been checked in May")
    page.locator(ACCEPT).dblclick()
    at(page, 3, 4, "The crane had not been checked for years")
    page.locator("#review").get_by_role("button", name="Accept, said by Union").click()
    at(page, 3, 3, "the fall had been foreseen")
    page.locator("#review").get_by_role("button", name="Reject").click()
    at(page, 1, 2, "The harbour is closed")
    page.get_by_text("Accept all that are sure").click()
    page.locator("#id_least").select_option(index=page.locator("#id_least option").count() - 1)
    page.get_by_role("button", name="Accept these").click()
    expect(page.locator(TITLE)).to_have_text("Every suggestion is reviewed: 4 accepted, 1 rejected.")
    expect(page.locator("#notices .done p").first).to_contain_text("2 suggestions accepted, at least")
    assert [status for status, _ in statuses()] == ["accepted"] * 4
    page.locator("#notices").get_by_role("button", name="Undo").first.click()
    expect(page.locator(TITLE)).to_have_text("Suggestion 1 of 2")


def test_on_a_phone_the_bar_is_what_rises(page: Page) -> None:
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    mark = page.locator(".report mark", has_text="the crane had been checked in May")
    mark.evaluate("mark => scrollBy(0, mark.getBoundingClientRect().bottom - innerHeight)")
    mark.evaluate("mark => mark.click()")
    at(page, 3, 5, "the crane had been checked in May")
    expect(page.locator("[data-raised]")).to_have_count(0)
    expect(page.locator(LIT)).to_be_in_viewport()
    lit, bar = page.locator(LIT).bounding_box(), page.locator("#review").bounding_box()
    assert lit and bar and lit["y"] + lit["height"] <= bar["y"]
    page.locator("#review").get_by_role("button", name="Reject").click()
    at(page, 3, 4, "The crane had not been checked for years")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_end_is_said_and_can_be_dismissed_and_undone(page: Page) -> None:
    over = page.locator("#review[data-over]")
    for left in (5, 4, 3, 2, 1):
        expect(page.locator(TITLE)).to_have_text(f"Suggestion 1 of {left}")
        expect(page.locator(LIT)).to_have_count(1)
        press(page, "x")
    expect(page.locator(TITLE)).to_have_text("Every suggestion is reviewed: 0 accepted, 5 rejected.")
    expect(page.locator("#announcement")).to_contain_text("Every suggestion is reviewed: 0 accepted, 5 rejected.")
    bar, notices = over.bounding_box(), page.locator("#notices").bounding_box()
    assert bar and notices and notices["y"] + notices["height"] <= bar["y"]
    press(page, "u")
    expect(page.locator(TITLE)).to_have_text("Suggestion 1 of 1")
    press(page, "x")
    over.get_by_role("button", name="Dismiss").click()
    expect(over).to_be_hidden()
    press(page, "u")
    expect(page.locator(TITLE)).to_have_text("Suggestion 1 of 1")


def test_without_a_script(article: Article, as_editor: dict[str, Any], open_page: OpenPage) -> None:
    page = open_page(ADDRESS, java_script_enabled=False, **as_editor)
    page.get_by_role("button", name="Suggest claims").click()
    for number in (5, 4, 3):
        expect(page.locator(TITLE)).to_have_text(f"Suggestion 1 of {number}")
        page.locator(ACCEPT).click()
    expect(page.locator(WHO)).to_contain_text("The crane had not been checked for years")
    page.locator("#review").get_by_role("link", name="The next suggestion").click()
    expect(page.locator(WHO)).to_contain_text("the fall had been foreseen")
    page.locator("#review").get_by_role("button", name="Reject").click()
    page.locator("#review").get_by_role("link", name="Name its source").click()
    page.locator("#claim-form .actions").get_by_role("button", name="Save").click()
    expect(page.locator(TITLE)).to_have_text("Every suggestion is reviewed: 4 accepted, 1 rejected.")
    page.locator("#review").get_by_role("button", name="Mark as read through").click()
    expect(page.locator("#reading-through")).to_contain_text("Read through on")
    assert [status for status, _ in statuses()] == ["accepted"] * 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_bars_the_way(
    article: Article, as_editor: dict[str, Any], open_page: OpenPage, size: tuple[int, int], scheme: str
) -> None:
    suggest(article)
    found = []
    for path in (f"{ADDRESS}?review=first", "/about/suggestions/", "/work/suggestions/", "/work/?list=review"):
        page = open_page(path, size=size, color_scheme=scheme, **as_editor)
        if path.startswith(ADDRESS):
            at(page, 1, 5, "The harbour is closed")
            page.get_by_text("Accept all that are sure").click()
        found += violations(page, path)
        page.context.close()
    Claim.objects.waiting().delete()
    page = open_page(f"{ADDRESS}?review=over", size=size, color_scheme=scheme, **as_editor)
    expect(page.locator("#review[data-over]")).to_be_visible()
    assert [*found, *violations(page, ADDRESS)] == []


def test_what_was_suggested_is_told_once(article: Article, as_editor: dict[str, Any], open_page: OpenPage) -> None:
    page = open_page(ADDRESS, **as_editor)
    page.get_by_role("button", name="Suggest claims").click()
    expect(page.locator("#notices .done")).to_contain_text("5 claims suggested")
    page.reload()
    at(page, 1, 5, "The harbour is closed")
    expect(page.locator("#notices .done")).to_have_count(0)
