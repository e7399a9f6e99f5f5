"""What was entered is never dropped silently: a form that is closed leaves a way back; notices stay until dismissed."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Claim
from tests.browser.conftest import NARROW, OpenPage
from tests.browser.selecting import (
    ADDRESS,
    NOTICE,
    QUOTES,
    drag,
    expect_fresh,
    expect_marked,
    make_report,
    select_by_touch,
    uid_of,
)
from tests.factories import make_editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "#notices [data-kept]"


@pytest.fixture(autouse=True)
def _report(transactional_db: None) -> None:
    make_report()


@pytest.fixture
def page(as_editor: dict[str, Any], open_page: OpenPage) -> Page:
    return open_page(ADDRESS, expected=("409", "500", "htmx:"), **as_editor)


def enter(page: Page, quote: str = "Nobody was hurt", speaker: str = "A ministry") -> None:
    """Opens the form at these words, and fills in all kinds of fields."""
    drag(page, quote, quote)
    expect(page.locator(QUOTES)).to_have_text(quote)
    page.keyboard.press("2")
    page.get_by_label("Speaker, as worded").fill(speaker)
    page.locator("#claim-form summary", has_text="Note").click()
    page.locator("#id_note").fill("Looked at twice.")


def expect_entered(page: Page, quote: str = "Nobody was hurt", speaker: str = "A ministry") -> None:
    expect(page.locator(QUOTES)).to_have_text(quote)
    expect(page.locator("#claim-form [name=source]:checked")).to_have_value("sana")
    expect(page.get_by_label("Speaker, as worded")).to_have_value(speaker)
    expect(page.locator("#id_note")).to_have_value("Looked at twice.")


class TestPutBack:
    @pytest.mark.parametrize("close", ["Escape", "Cancel"])
    @pytest.mark.parametrize("by", ["key", "click"])
    def test_all_that_was_entered_comes_back(self, page: Page, close: str, by: str) -> None:
        before = page.locator("#reading").inner_html()
        enter(page)
        if close == "Escape":
            page.keyboard.press("Escape")
        else:
            page.get_by_role("link", name="Cancel").click()
        expect(page.locator("#marking > *")).to_have_count(0)
        assert page.locator("#reading").inner_html() == before
        expect(page.locator(KEPT)).to_contain_text("is kept: Nobody was hurt.")
        expect(page.locator("#announcement")).to_contain_text("What you had entered is kept")
        if by == "key":
            page.keyboard.press("u")
        else:
            page.get_by_role("button", name="Put it back").click()
        expect_entered(page)
        expect(page.locator(KEPT)).to_have_count(0)
        page.keyboard.press("Control+Enter")
        uid = expect_marked(page, "Nobody was hurt")
        assert Claim.objects.get(uid=uid).speaker == "A ministry"
        expect_fresh(page)

    def test_nothing_is_said_where_nothing_was_entered(self, page: Page) -> None:
        drag(page, "Nobody", "hurt")
        expect(page.locator(QUOTES)).to_have_text("Nobody was hurt")
        page.keyboard.press("Escape")
        expect(page.locator("#marking > *")).to_have_count(0)
        expect(page.locator(KEPT)).to_have_count(0)
        page.locator(f"#claim-{uid_of('an aggression')} [data-edit]").click()
        expect(page.locator("#claim-form")).to_be_visible()
        page.reload()
        expect(page.locator("#claim-form")).to_be_visible()
        page.locator("#marking").focus()
        page.keyboard.press("Escape")
        expect(page.locator("#marking > *")).to_have_count(0)
        expect(page.locator(KEPT)).to_have_count(0)

    def test_an_edge_that_was_moved_is_something(self, page: Page) -> None:
        page.locator(f"#claim-{uid_of('an aggression')} [data-edit]").click()
        expect(page.locator("#claim-form")).to_be_visible()
        page.keyboard.press("[")
        expect(page.locator(QUOTES)).to_have_text("as an aggression")
        page.keyboard.press("Escape")
        page.keyboard.press("u")
        expect(page.locator(QUOTES)).to_have_text("as an aggression")
        page.keyboard.press("Enter")
        expect(page.locator(NOTICE).first).to_contain_text("Saved")
        assert Claim.objects.filter(highlights__quote="as an aggression").exists()

    def test_so_it_is_to_a_click_on_another_card(self, page: Page) -> None:
        page.locator(f"#claim-{uid_of('an aggression')} [data-edit]").click()
        expect(page.locator("#claim-form")).to_be_visible()
        page.keyboard.press("[")
        expect(page.locator(QUOTES)).to_have_text("as an aggression")
        page.locator("[data-edit]").last.evaluate("link => link.click()")
        expect(page.locator("#trouble")).to_contain_text("Save or cancel the claim that is open first")
        expect(page.locator(QUOTES)).to_have_text("as an aggression")

    def test_what_did_not_come_back_is_still_kept(self, page: Page) -> None:
        enter(page)
        page.keyboard.press("Escape")
        page.route("**/claims/new/", lambda route: route.fulfill(status=500, body="no"))
        page.keyboard.press("u")
        expect(page.locator("#trouble")).to_contain_text("error 500")
        page.locator(f"#claim-{uid_of('an aggression')} [data-edit]").click()
        expect(page.locator("#claim-form")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#marking > *")).to_have_count(0)
        page.unroute("**/claims/new/")
        page.keyboard.press("u")
        expect_entered(page)

    def test_what_was_done_last_is_undone_before_it(self, page: Page) -> None:
        enter(page)
        page.keyboard.press("Escape")
        uid = uid_of("an aggression")
        page.goto(f"/claims/{uid}/edit/")
        page.get_by_label("Speaker, as worded").fill("A newspaper")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(NOTICE).first).to_contain_text("Saved")
        expect(page.locator(KEPT)).to_be_visible()
        page.keyboard.press("u")
        expect(page.locator(NOTICE).first).to_contain_text("Undone")
        assert Claim.objects.get(uid=uid).speaker != "A newspaper"

    def test_nobody_else_at_the_same_browser_is_shown_it(self, page: Page) -> None:
        enter(page)
        page.keyboard.press("Escape")
        expect(page.locator(KEPT)).to_have_count(1)
        page.get_by_role("button", name="Sign out").click()
        make_editor("other")
        page.goto(f"/sign-in/?next={ADDRESS}")
        page.get_by_label("Name").fill("other")
        page.get_by_label("Password").fill("a long pass phrase")
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator("[data-caret]").first).to_be_visible()
        expect(page.locator(KEPT)).to_have_count(0)

    def test_it_outlives_a_reload_and_other_claims(self, page: Page) -> None:
        enter(page)
        page.keyboard.press("Escape")
        page.reload()
        expect(page.locator("#marking > *")).to_have_count(0)
        expect(page.locator(KEPT)).to_have_count(1)
        drag(page, "Scores", "Scores")
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        expect_marked(page, "Scores")
        page.get_by_role("button", name="Put it back").click()
        expect_entered(page)

    def test_several_are_kept_the_newest_first(self, page: Page) -> None:
        enter(page)
        page.keyboard.press("Escape")
        enter(page, "Scores", "Another")
        page.keyboard.press("Escape")
        expect(page.locator(KEPT)).to_have_count(2)
        page.keyboard.press("u")
        expect_entered(page, "Scores", "Another")
        page.keyboard.press("Escape")
        page.keyboard.press("u")
        expect_entered(page, "Scores", "Another")
        page.get_by_role("button", name="Put it back").click()
        expect(page.locator("#trouble")).to_have_text("Save or cancel the claim that is open first.")
        expect_entered(page, "Scores", "Another")
        page.keyboard.press("Control+Enter")
        expect_marked(page, "Scores")
        page.get_by_role("button", name="Put it back").click()
        expect_entered(page)

    def test_thrown_away_it_is_gone(self, page: Page) -> None:
        enter(page)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Throw it away").click()
        expect(page.locator(KEPT)).to_have_count(0)
        page.reload()
        expect(page.locator(KEPT)).to_have_count(0)
        expect(page.locator("#marking > *")).to_have_count(0)

    def test_it_is_kept_while_the_desk_is_away(self, page: Page) -> None:
        enter(page)
        page.keyboard.press("Escape")
        page.route("**/claims/new/", lambda route: route.fulfill(status=500, body="broken"))
        page.keyboard.press("u")
        expect(page.locator("#trouble")).to_contain_text("error 500")
        expect(page.locator(KEPT)).to_have_count(1)
        page.locator(f"#claim-{uid_of('an aggression')} [data-delete]").click()
        expect(page.locator(NOTICE).first).to_contain_text("Deleted")
        page.keyboard.press("u")
        expect(page.locator(NOTICE).first).to_have_text("Undone.")
        page.unroute_all()
        page.keyboard.press("u")
        expect_entered(page)

    def test_where_somebody_else_deleted_the_claim(self, page: Page) -> None:
        """The desk refuses; what was entered is there still."""
        claim = Claim.objects.get(uid=uid_of("an aggression"))
        page.locator(f"#claim-{claim.uid} [data-edit]").click()
        page.get_by_label("Speaker, as worded").fill("A ministry")
        Claim.objects.filter(pk=claim.pk).update(version=claim.version + 1)
        page.get_by_role("button", name="Delete the claim").click()
        expect(page.locator("#marking")).to_contain_text("Somebody else changed this claim")
        page.keyboard.press("Escape")
        page.keyboard.press("u")
        expect(page.get_by_label("Speaker, as worded")).to_have_value("A ministry")

    def test_from_a_page_of_its_own(self, page: Page) -> None:
        """Cancelled, it leads to the report, where the way back is."""
        uid = uid_of("an aggression")
        page.goto(f"/claims/{uid}/edit/")
        page.get_by_role("link", name="Cancel").click()
        expect(page.locator("#reading")).to_be_visible()
        expect(page.locator(KEPT)).to_have_count(0)
        page.goto(f"/claims/{uid}/edit/")
        page.get_by_label("Speaker, as worded").fill("A ministry")
        page.get_by_role("link", name="Cancel").click()
        expect(page.locator(KEPT)).to_contain_text("is kept: an aggression.")
        page.keyboard.press("u")
        expect(page.get_by_label("Speaker, as worded")).to_have_value("A ministry")
        page.keyboard.press("Control+Enter")
        expect(page.locator(NOTICE).first).to_contain_text("Saved")
        assert Claim.objects.get(uid=uid).speaker == "A ministry"

    def test_by_touch_on_a_phone(self, as_editor: dict[str, Any], open_page: OpenPage) -> None:
        phone = open_page(ADDRESS, size=NARROW, has_touch=True, is_mobile=True, **as_editor)
        select_by_touch(phone, "Nobody was hurt")
        phone.get_by_role("button", name="Mark the selection").tap()
        phone.get_by_label("Speaker, as worded").fill("A ministry")
        phone.get_by_role("link", name="Cancel").tap()
        expect(phone.locator("#marking > *")).to_have_count(0)
        phone.get_by_role("button", name="Put it back").tap()
        expect(phone.get_by_label("Speaker, as worded")).to_have_value("A ministry")
        assert phone.locator("html").evaluate("node => node.scrollWidth") <= NARROW[0]


class TestOnAPageOfItsOwn:
    def test_what_the_browser_puts_back_is_something_entered(self, page: Page) -> None:
        """A browser fills in again what stood in a page to which it goes back, some before any script runs."""
        page.add_init_script("""new MutationObserver(() => {
          const note = document.getElementById("id_note");
          if (note && !note.value) note.value = "Looked at twice.";
        }).observe(document, { childList: true, subtree: true })""")
        page.goto(f"{ADDRESS}claims/new/?at=0:0-10")
        expect(page.locator("#id_note")).to_have_value("Looked at twice.")
        page.locator("#claim-form [data-cancel]").click()
        expect(page.locator(KEPT)).to_be_visible()

    def test_a_page_that_comes_back_as_it_was_left_is_loaded_anew(self, page: Page) -> None:
        """Unless something stands in it that was typed and not sent."""
        back = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
        page.goto("/articles/new/")
        page.get_by_label("Text", exact=True).fill("A report.")
        page.evaluate(f"window.isAsLeft = true; {back}")
        page.wait_for_timeout(300)
        assert page.evaluate("window.isAsLeft") is True
        page.goto("/claims/")
        page.evaluate("window.isAsLeft = true")
        with page.expect_navigation():
            page.evaluate(back)
        assert page.evaluate("window.isAsLeft") is None


class TestDismissing:
    def mark(self, page: Page) -> str:
        drag(page, "Nobody", "hurt")
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        return expect_marked(page, "Nobody was hurt")

    @pytest.mark.parametrize("by", ["Escape", "click"])
    def test_a_notice_goes_and_undo_stays(self, page: Page, by: str) -> None:
        uid = self.mark(page)
        if by == "Escape":
            page.keyboard.press("Escape")
        else:
            page.get_by_role("button", name="Dismiss").click()
        expect(page.locator(NOTICE)).to_be_hidden()
        expect(page.locator(f"#claim-{uid}")).to_have_count(1)
        page.keyboard.press("u")
        expect(page.locator(f"#claim-{uid}")).to_have_count(0)
        expect(page.locator(NOTICE).first).to_have_text("Undone.")
        expect_fresh(page)

    def test_the_focus_stays_in_the_page(self, page: Page) -> None:
        self.mark(page)
        page.get_by_role("button", name="Dismiss").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()

    def test_one_escape_does_one_thing(self, page: Page) -> None:
        uid = self.mark(page)
        page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        page.locator(f"#sign-{uid}").click()
        raised, dialog = page.locator(".card[data-raised]"), page.locator("#aids")
        expect(raised).to_have_count(1)
        page.keyboard.press("?")
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(page.locator(NOTICE)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(NOTICE)).to_be_hidden()
        expect(raised).to_have_count(1)
        page.keyboard.press("Escape")
        expect(raised).to_have_count(0)

    def test_escape_in_the_form_leaves_notices_alone(self, page: Page) -> None:
        self.mark(page)
        drag(page, "Scores", "Scores")
        expect(page.locator(QUOTES)).to_have_text("Scores")
        page.keyboard.press("Escape")
        expect(page.locator(NOTICE)).to_be_visible()

    def test_what_was_entered_is_there_after_escape_too(self, page: Page) -> None:
        enter(page)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.locator(KEPT)).to_be_hidden()
        page.keyboard.press("u")
        expect_entered(page)
