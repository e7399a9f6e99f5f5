"""Single keys: they act on what is in sight, and say what they do not do."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Claim, Paragraph
from tests.browser.conftest import OpenPage
from tests.browser.selecting import ADDRESS, NOTICE, PARAGRAPHS, QUOTES, expect_marked, make_report, uid_of
from tests.factories import make_article, make_claim, make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "/articles/long/"
FIRST = "The coalition said the strikes were an act of self-defence."
QUOTE = "the strikes were an act of self-defence"
HINT = "#hint"


@pytest.fixture
def long(as_editor: dict[str, Any], open_page: OpenPage) -> Page:
    """One claim in the first paragraph, one in the last, and three windows of words between them."""
    filling = [f"Paragraph {number} says what everybody knows." for number in range(2, 60)]
    report = make_article(slug="long", paragraphs=[FIRST, *filling, "SANA called it an aggression."])
    make_claim(article=report, source=make_source(tone=1), quote=QUOTE)
    make_claim(article=report, source=make_source(name="SANA", tone=2), quote="an aggression")
    return open_page(LONG, **as_editor)


@pytest.fixture
def page(as_editor: dict[str, Any], open_page: OpenPage) -> Page:
    make_report()
    return open_page(ADDRESS, **as_editor)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def scroll_away(page: Page) -> None:
    page.mouse.move(500, 400)
    page.mouse.wheel(0, 1500)
    expect(page.locator(f'mark[data-claim="{uid_of(QUOTE)}"]').first).not_to_be_in_viewport()


class TestOutOfSight:
    @pytest.mark.parametrize("key", ["d", "2", "e"])
    def test_the_key_first_goes_there_and_says_so(self, long: Page, key: str) -> None:
        press(long, "j")
        scroll_away(long)
        press(long, key)
        expect(long.locator(f'mark[data-claim="{uid_of(QUOTE)}"]').first).to_be_in_viewport()
        expect(long.locator(HINT)).to_have_text("This claim was out of sight. Press the key again to go on.")
        expect(long.locator("#announcement")).to_contain_text("out of sight")
        long.wait_for_timeout(300)
        expect(long.locator("#marking > *")).to_have_count(0)
        assert sorted(Claim.objects.values_list("source__slug", "version")) == [("coalition", 1), ("sana", 1)]

    def test_the_next_press_does_it(self, long: Page) -> None:
        press(long, "j")
        scroll_away(long)
        press(long, "d", "d")
        expect(long.locator(NOTICE)).to_contain_text("Deleted: Coalition")
        expect(long.locator(HINT)).to_be_hidden()

    def test_after_a_click_on_the_mark_too(self, long: Page) -> None:
        uid = uid_of(QUOTE)
        long.locator(f'mark[data-claim="{uid}"]').first.click()
        scroll_away(long)
        press(long, "2")
        expect(long.locator(HINT)).to_contain_text("out of sight")
        press(long, "2")
        expect(long.locator(NOTICE)).to_contain_text("Now said by SANA")

    def test_a_card_that_has_the_focus_is_in_sight(self, long: Page) -> None:
        press(long, "j")
        long.evaluate("scrollTo(0, 1500)")
        # The column of cards may be scrolled by itself.
        long.locator(f"#claim-{uid_of(QUOTE)} [data-edit]").focus()
        long.evaluate("scrollTo(0, 1500)")
        expect(long.locator(f"#claim-{uid_of(QUOTE)}")).to_be_in_viewport()
        press(long, "d")
        expect(long.locator(NOTICE)).to_contain_text("Deleted: Coalition")

    @pytest.mark.parametrize("key", ["2", "d", "e"])
    def test_without_a_claim_it_says_how_to_choose_one(self, page: Page, key: str) -> None:
        press(page, key)
        expect(page.locator(HINT)).to_have_text("No claim is chosen. Click on one, or go to it with j and k.")


class TestCaret:
    def test_d_deletes_nothing(self, page: Page) -> None:
        press(page, "j", "m", "d")
        expect(page.locator(HINT)).to_have_text("Nothing is deleted while words are chosen. Press Esc first.")
        press(page, "Shift+ArrowRight", "d")
        page.wait_for_timeout(300)
        assert Claim.objects.count() == 2
        press(page, "Escape", "d")
        expect(page.locator(NOTICE)).to_contain_text("Deleted")

    def test_a_wrong_source_is_mended_by_its_number_right_after_marking(self, page: Page) -> None:
        press(page, "m", "ArrowDown", "ArrowDown", "ArrowDown", "Shift+ArrowRight", "Enter")
        expect(page.locator(QUOTES)).to_have_text("Nobody")
        press(page, "1", "Enter")
        uid = expect_marked(page, "Nobody")
        expect(page.locator("[data-walked]")).to_have_count(1)
        press(page, "2")
        expect(page.locator(NOTICE).first).to_contain_text("Now said by SANA: “Nobody”")
        expect(page.locator("[data-walked]")).to_have_count(1)
        assert Claim.objects.get(uid=uid).source.slug == "sana"

    def test_with_words_selected_a_number_marks_them_as_said_by_that_source(self, page: Page) -> None:
        press(page, "j", "m", "ArrowDown", "ArrowDown", "ArrowDown", "Shift+ArrowRight", "2")
        expect(page.locator(QUOTES)).to_have_text("Nobody")
        expect(page.locator("#claim-form [name=source]:checked")).to_have_value("sana")
        assert sorted(Claim.objects.values_list("source__slug", "version")) == [("coalition", 1), ("sana", 1)]
        press(page, "Enter")
        expect_marked(page, "Nobody")

    def test_with_words_selected_for_an_open_form_it_adds_them_and_chooses(self, page: Page) -> None:
        press(page, "m", "ArrowDown", "ArrowDown", "ArrowDown", "Shift+ArrowRight", "1")
        expect(page.locator(QUOTES)).to_have_text("Nobody")
        press(page, "m", "ArrowRight", "Shift+ArrowRight", "2")
        expect(page.locator(QUOTES)).to_have_count(2)
        expect(page.locator("#claim-form [name=source]:checked")).to_have_value("sana")

    def test_a_number_that_no_source_has_says_so(self, page: Page) -> None:
        press(page, "m", "Shift+ArrowRight", "9")
        expect(page.locator(HINT)).to_have_text("No source has this number here. Enter marks what is selected.")

    @pytest.mark.parametrize("key", ["e", "d"])
    def test_with_words_selected_no_key_acts_on_another_claim(self, page: Page, key: str) -> None:
        press(page, "j", "m", "Shift+ArrowRight", key)
        page.wait_for_timeout(300)
        expect(page.locator("#marking > *")).to_have_count(0)
        expect(page.locator(HINT)).to_contain_text("Esc first.")
        assert Claim.objects.count() == 2

    def test_m_marks_what_is_selected(self, page: Page) -> None:
        press(page, "m", "ArrowDown", "ArrowDown", "ArrowDown", "Shift+ArrowRight", "m")
        expect(page.locator(QUOTES)).to_have_text("Nobody")


class TestLeavingFields:
    """Esc leads out of what f and / lead into."""

    @pytest.mark.parametrize(("key", "field"), [("f", "#filter-q"), ("/", "[data-search]")])
    def test_to_the_claim_where_the_focus_was(self, page: Page, key: str, field: str) -> None:
        page.goto("/claims/")
        press(page, "j", "j", key)
        expect(page.locator(field)).to_be_focused()
        press(page, "n", "Escape")
        expect(page.locator(".claim-row [data-claim-link]").nth(1)).to_be_focused()
        expect(page.locator(field)).to_have_value("n")
        page.reload()
        press(page, "j", "j", key, "Escape", "k")
        expect(page.locator(".claim-row [data-claim-link]").first).to_be_focused()

    @pytest.mark.parametrize(("key", "field"), [("f", "#filter-q"), ("/", "[data-search]")])
    def test_without_any_before_to_what_is_found(self, page: Page, key: str, field: str) -> None:
        page.goto("/claims/")
        press(page, key)
        expect(page.locator(field)).to_be_focused()
        press(page, "Escape")
        expect(page.locator("#results-title")).to_be_focused()

    def test_words_typed_into_the_filter_hold(self, page: Page) -> None:
        page.goto("/claims/")
        press(page, "f")
        page.keyboard.type("aggression")
        press(page, "Escape")
        expect(page).to_have_url(re.compile(r"/claims/\?q=aggression&status=accepted$"))
        expect(page.locator(".claim-row")).to_have_count(1)
        expect(page.locator("#results-title")).to_be_focused()
        press(page, "j")
        expect(page.locator(".claim-row [data-claim-link]")).to_be_focused()

    def test_in_a_report_back_to_its_claims(self, page: Page) -> None:
        press(page, "j", "/", "Escape")
        expect(page.locator(".report a[data-code]").first).to_be_focused()
        press(page, "j")
        expect(page.locator(".report a[data-code]").nth(1)).to_be_focused()


class TestSentences:
    """With the caret on, s selects the sentence that it stands in, and then one more each time."""

    WORDS = "“Who fired?” he asked Col. Thomas J. Veale. “Nobody did. 🤔 I know,” said the colonel. No. 5 went home"

    @pytest.fixture
    def walking(self, page: Page) -> Page:
        Paragraph.objects.filter(article__slug="strikes", position=3).update(text=self.WORDS)
        page.reload()
        page.locator("#p4 .number").focus()
        press(page, "m")
        return page

    def selected(self, page: Page, words: str) -> None:
        expect(page.locator("#announcement")).to_have_text(f"Selected: {words}")

    def test_one_and_one_more(self, walking: Page) -> None:
        first = "“Who fired?” he asked Col. Thomas J. Veale."
        press(walking, "s")
        self.selected(walking, first)
        press(walking, "s")
        self.selected(walking, f"{first} “Nobody did.")
        press(walking, "s")
        self.selected(walking, f"{first} “Nobody did. 🤔 I know,” said the colonel.")
        press(walking, "Enter")
        expect(walking.locator(QUOTES)).to_have_text(f"{first} “Nobody did. 🤔 I know,” said the colonel.")

    def test_where_the_caret_stands(self, walking: Page) -> None:
        press(walking, "End", "ArrowLeft", "s")
        self.selected(walking, "No. 5 went home")

    def test_all_that_something_is_selected_of(self, walking: Page) -> None:
        press(walking, *["ArrowRight"] * 5, *["Shift+ArrowRight"] * 4, "s")
        self.selected(walking, "“Who fired?” he asked Col. Thomas J. Veale. “Nobody did.")

    def test_on_into_the_next_paragraph(self, walking: Page) -> None:
        press(walking, "ArrowUp", "s")
        self.selected(walking, PARAGRAPHS[2])
        press(walking, "s")
        self.selected(walking, f"{PARAGRAPHS[2]} … “Who fired?” he asked Col. Thomas J. Veale.")

    def test_its_start_and_end_can_be_moved_on_by_arrows(self, walking: Page) -> None:
        press(walking, "s", "Shift+ArrowLeft")
        self.selected(walking, "“Who fired?” he asked Col. Thomas J.")

    def test_keys_that_are_switched_off_do_nothing(self, walking: Page) -> None:
        walking.evaluate("localStorage.setItem('newsdesk-keys', 'off')")
        press(walking, "s", "Shift+ArrowRight")
        self.selected(walking, "“Who")


def test_without_scripts_no_key_is_named_and_what_was_done_is(as_editor: dict[str, Any], open_page: OpenPage) -> None:
    make_report()
    page = open_page(ADDRESS, java_script_enabled=False, **as_editor)
    link = page.locator("#p2 .add-claim")
    words, following, box = (one.bounding_box() for one in (page.locator("#p2 .words"), page.locator("#p3"), link))
    assert words and following and box
    assert words["y"] + words["height"] <= box["y"], "clear of its paragraph"
    assert box["y"] + box["height"] + 8 <= following["y"], "and of the next one"
    link.click()
    page.get_by_label("Type or paste the words").fill("Scores were killed")
    page.locator(".chip", has_text="SANA").click()
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator(NOTICE)).to_have_text("Marked: “Scores were killed”.")
    expect(page.locator("#notices").get_by_role("button", name="Undo")).to_be_visible()
    expect(page.locator("#notices kbd")).to_be_hidden()
