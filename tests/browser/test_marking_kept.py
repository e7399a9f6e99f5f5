"""Marking claims: by keyboard alone, two editors at once, a session that ends, a desk that is away. Nothing is lost."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect

from articles.models import Answer, Article, Claim, Paragraph
from tests.browser.conftest import OpenPage
from tests.browser.selecting import ADDRESS, NOTICE, QUOTES, drag, expect_fresh, expect_marked, make_report, uid_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AWAY = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "htmx:")


@pytest.fixture(autouse=True)
def report(transactional_db: None) -> Article:
    return make_report()


@pytest.fixture
def page(as_editor: dict[str, Any], open_page: OpenPage) -> Page:
    return open_page(ADDRESS, expected=("401", "409", "422", "403", "500", *AWAY), **as_editor)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def open_form(page: Page, quote: str = "Nobody was hurt") -> None:
    drag(page, quote, quote)
    expect(page.locator(QUOTES)).to_have_text(quote)


def edit(page: Page, quote: str) -> None:
    page.locator(f"#claim-{uid_of(quote)} [data-edit]").click()
    expect(page.locator("#claim-form")).to_be_visible()


class TestKeyboard:
    def test_marks_from_nothing(self, page: Page) -> None:
        page.locator("#p4 .number").focus()
        press(page, "m", "Shift+ArrowRight", "Shift+ArrowRight")
        expect(page.locator("#announcement")).to_have_text("Selected: Nobody was")
        press(page, "Shift+ArrowRight", "Enter")
        expect(page.locator(QUOTES)).to_have_text("Nobody was hurt")
        press(page, "2", "Enter")
        expect_marked(page, "Nobody was hurt")
        expect_fresh(page)

    def test_begins_in_the_first_paragraph_in_view_not_in_the_headline(
        self, page: Page, report: Article, as_editor: dict[str, Any], open_page: OpenPage
    ) -> None:
        Paragraph.objects.filter(article=report, position=0).update(kind="heading", number=None, dateline_length=0)
        page.reload()
        press(page, "m")
        expect(page.locator(".report .block").nth(1).locator(".words")).to_be_focused()
        press(page, "Escape")
        small = open_page(ADDRESS, size=(1440, 300), **as_editor)
        last = small.locator(".report .block").last
        last.scroll_into_view_if_needed()
        small.evaluate("scrollTo(0, document.querySelector('.report .block:last-of-type').offsetTop)")
        press(small, "m")
        expect(last.locator(".words")).to_be_focused()
        expect(last).to_be_in_viewport()

    def test_begins_where_the_focus_is(self, page: Page, report: Article) -> None:
        page.locator(f"#sign-{uid_of('an aggression')}").focus()
        press(page, "m")
        expect(page.locator("#p2 .words")).to_be_focused()
        press(page, "Escape")
        page.locator(f"#claim-{uid_of('an aggression')} [data-edit]").focus()
        press(page, "m")
        expect(page.locator("#p2 .words")).to_be_focused()

    def test_walks_on_where_it_was(self, page: Page) -> None:
        page.locator("#p4 .number").focus()
        press(page, "m", "Shift+ArrowRight", "Enter")
        expect(page.locator(QUOTES)).to_have_text("Nobody")
        press(page, "Escape")
        expect(page.locator("#p4 .words")).to_be_focused()
        press(page, "Escape")

    def test_selects_by_character_and_across_paragraphs(self, page: Page) -> None:
        page.locator("#p4 .number").focus()
        press(page, "m", "Control+ArrowRight", "Control+Shift+ArrowRight")
        expect(page.locator("#announcement")).to_have_text("Selected: o")
        press(page, "Home", "Shift+ArrowUp", "Enter")
        expect(page.locator(QUOTES)).to_have_count(1)
        press(page, "Escape")

    def test_walks_forward_to_the_left_in_a_paragraph_from_right_to_left(self, page: Page) -> None:
        page.locator("#p3 .number").focus()
        press(page, "m", "Shift+ArrowLeft", "Shift+ArrowLeft", "Enter")
        expect(page.locator(QUOTES)).to_have_text("قالت سانا")
        press(page, "1", "Enter")
        expect_marked(page, "قالت سانا")

    def test_steps_over_quotation_marks_with_their_words(self, page: Page, report: Article) -> None:
        Paragraph.objects.filter(article=report, position=3).update(text="Then “an act, of self-defence,” it said.")
        page.reload()
        page.locator("#p4 .number").focus()
        press(page, "m", "ArrowRight", *["Shift+ArrowRight"] * 4)
        expect(page.locator("#announcement")).to_have_text("Selected: “an act, of self-defence")
        press(page, "Shift+ArrowRight")
        expect(page.locator("#announcement")).to_have_text("Selected: “an act, of self-defence,”")
        press(page, "Escape")

    def test_adds_a_passage_while_the_form_is_open(self, page: Page) -> None:
        page.locator("#p4 .number").focus()
        press(page, "m", "Shift+ArrowRight", "Enter")
        expect(page.locator(QUOTES)).to_have_text("Nobody")
        press(page, "m")
        expect(page.locator("#p4 .words")).to_be_focused()
        press(page, "ArrowRight", "Shift+ArrowRight", "d", "Escape")
        expect(page.locator("#marking")).to_be_focused()
        press(page, "m", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Enter")
        expect(page.locator(QUOTES)).to_have_text(["Nobody", "hurt"])
        press(page, "2", "Enter")
        expect_marked(page, "Nobody", "hurt")
        expect(page.locator("#p4 .words")).to_be_focused()
        assert Claim.objects.count() == 3

    def test_edits_moves_edges_retags_deletes_and_undoes(self, page: Page) -> None:
        uid = uid_of("an aggression")
        press(page, "j", "j", "e")
        expect(page.locator("#claim-form")).to_be_visible()
        press(page, "[")
        expect(page.locator(QUOTES)).to_have_text("as an aggression")
        press(page, "}")
        expect(page.locator(QUOTES)).to_have_text("as an")
        press(page, "]", "Enter")
        expect(page.locator(NOTICE).first).to_contain_text("Saved")
        assert Claim.objects.get(uid=uid).quote == "as an aggression"
        press(page, "1")
        expect(page.locator(f"#claim-{uid} .source")).to_have_text("Coalition")
        press(page, "d")
        expect(page.locator(f"#claim-{uid}")).to_have_count(0)
        press(page, "u")
        expect(page.locator(f"#claim-{uid}")).to_have_count(1)
        expect(page.locator(NOTICE).first).to_have_text("Undone.")
        press(page, "u")
        expect(page.locator(f"#claim-{uid} .source")).to_have_text("SANA")
        expect_fresh(page)

    def test_what_is_brought_back_is_what_the_next_key_is_meant_for(self, page: Page) -> None:
        """A key pressed at once went to the claim that had the focus once the other was gone."""
        first, second = (uid_of(quote) for quote in ("the strikes were an act of self-defence", "an aggression"))
        press(page, "j", "d")
        expect(page.locator(f"#sign-{second}")).to_be_focused()
        press(page, "u")
        expect(page.locator(f"#sign-{first}")).to_be_focused()
        press(page, "2")
        expect(page.locator(f"#claim-{first} .source")).to_have_text("SANA")
        assert Claim.objects.get(uid=second).source.name == "SANA"
        expect(page.locator(f"#claim-{second} .source")).to_have_text("SANA")

    def test_what_is_pressed_while_a_claim_is_saved_is_done_afterwards(self, page: Page) -> None:
        """On a slow line: the arrows were lost, and the last key marked another word."""
        press(page, "m", "ArrowDown", "Enter", "2")
        expect(page.locator("#claim-form [name=source]:checked")).to_have_count(1)
        page.route("**/claims/new/", lambda route: (page.wait_for_timeout(900), route.continue_()), times=1)
        press(page, "Enter", "Enter", "ArrowRight", "ArrowRight", "Enter")
        expect(page.locator(QUOTES)).to_have_text("the")
        assert Claim.objects.latest("pk").quote == "SANA"

    def test_undo_says_that_nothing_is_left(self, page: Page) -> None:
        press(page, "u")
        expect(page.locator("#announcement")).to_contain_text("Nothing that was done here is left to undo")

    def test_next_without_an_answer(self, page: Page) -> None:
        press(page, "n")
        expect(page.locator(f"#sign-{uid_of('an aggression')}")).to_be_focused()

    def test_keys_never_act_while_somebody_types(self, page: Page) -> None:
        open_form(page)
        page.locator("#id_speaker").fill("")
        page.locator("#id_speaker").press_sequentially("1da+2")
        expect(page.locator("#id_speaker")).to_have_value("1da+2")
        expect(page.locator("#claim-form [name=source]:checked")).to_have_count(0)

    def test_can_be_switched_off(self, page: Page) -> None:
        page.click("[data-open=aids]")
        page.locator("[data-aid=keys]").uncheck()
        page.click("#aids button")
        press(page, "j", "m", "n", "d")
        expect(page.locator("[data-walked]")).to_have_count(0)
        assert Claim.objects.count() == 2


class TestForm:
    def test_a_new_source_and_a_number_as_people_say_it(self, page: Page) -> None:
        open_form(page, "More than 100 were killed")
        press(page, "+")
        expect(page.locator("#id_source_name")).to_be_focused()
        page.locator("#id_source_name").press_sequentially("The foreign ministry of Iran")
        expect(page.locator("#code-proposed")).to_contain_text("IMFA, unless you type another")
        expect(page.locator("#id_source_name")).to_be_focused()
        page.locator("#id_source_name").fill("The ministry")
        expect(page.locator("#code-proposed")).to_contain_text("MIN, unless you type another")
        page.locator("[data-answers] > summary").click()
        page.locator("[data-answers] details > summary").first.click()
        page.locator("[name=q-how-many-value]").fill("rather many")
        press(page, "Enter")
        expect(page.locator("#claim-form .errorlist")).to_contain_text("not a number that the desk can read")
        expect(page.locator("#id_source_name")).to_have_value("The ministry")
        page.locator("[name=q-how-many-value]").fill("more than 100")
        press(page, "Enter")
        uid = expect_marked(page, "More than 100 were killed")
        assert Answer.objects.get(claim__uid=uid).low == 101
        expect(page.locator(f"#claim-{uid_of('the strikes were an act of self-defence')} .against")).to_contain_text(
            "The ministry"
        )
        expect_fresh(page)

    def test_joining_with_no_claim_leaves_the_form_open(self, page: Page) -> None:
        edit(page, "an aggression")
        page.locator("#id_speaker").fill("somebody")
        page.locator("summary", has_text="Join with another claim").click()
        page.get_by_role("button", name="Join", exact=True).click()
        expect(page.locator("#id_other")).to_be_focused()
        expect(page.locator("#id_speaker")).to_have_value("somebody")
        assert Claim.objects.count() == 2

    def test_what_is_wrong_is_seen_above_the_button_that_saves(self, page: Page) -> None:
        page.set_viewport_size({"width": 1440, "height": 500})
        edit(page, "an aggression")
        page.locator(".answers > summary").click()
        page.locator("[data-answers] summary", has_text="new question").click()
        page.locator("[name=new-text]").fill("Who was there?")
        page.locator("[name=new-kind]").select_option("words")
        press(page, "Enter")
        wrong = page.locator("#claim-form .errorlist")
        expect(wrong).to_be_in_viewport(ratio=1)
        box = wrong.bounding_box()
        assert box
        middle = [box["x"] + 5, box["y"] + box["height"] / 2]
        assert page.evaluate("([x, y]) => !!document.elementFromPoint(x, y).closest('.errorlist')", middle)

    def test_another_passage_a_split_and_a_join(self, page: Page) -> None:
        edit(page, "an aggression")
        drag(page, "Scores", "Scores")
        expect(page.locator(QUOTES)).to_have_text(["an aggression", "Scores"])
        page.get_by_role("button", name="Save", exact=False).last.click()
        expect(page.locator(NOTICE).first).to_contain_text("Saved")
        edit(page, "Scores")
        page.get_by_role("button", name="Make it a claim of its own").last.click()
        expect(page.locator(NOTICE).first).to_have_text("Split in two.")
        expect(page.locator(".card")).to_have_count(3)
        edit(page, "an aggression")
        page.get_by_text("Join with another claim").click()
        page.locator("#id_other").select_option(uid_of("Scores"))
        page.get_by_role("button", name="Join", exact=True).click()
        expect(page.locator(NOTICE).first).to_have_text("Joined.")
        expect(page.locator(".card")).to_have_count(2)
        expect_fresh(page)

    def test_a_draft_outlives_a_reload(self, page: Page) -> None:
        open_form(page)
        page.locator("#id_speaker").fill("a spokesman")
        page.reload()
        expect(page.locator("#id_speaker")).to_have_value("a spokesman")
        expect(page.locator(QUOTES)).to_have_text("Nobody was hurt")
        press(page, "Escape")
        page.reload()
        expect(page.locator("#marking > *")).to_have_count(0)


def change_meanwhile(page: Page, other: Page, field: str) -> None:
    """Both open the form of one claim; one saves a field of it, and another speaker is typed in the page."""
    edit(page, "an aggression")
    edit(other, "an aggression")
    other.locator(field).fill("theirs")
    press(other, "Enter")
    expect(other.locator(NOTICE).first).to_contain_text("Saved")
    page.locator("#id_speaker").fill("mine")


class TestTwoEditors:
    def test_choose_part_by_part(self, page: Page, as_editor: dict[str, Any], open_page: OpenPage) -> None:
        change_meanwhile(page, open_page(ADDRESS, **as_editor), "#id_cue")
        press(page, "Enter")
        expect(page.locator(".clash")).to_have_count(2)
        expect(page.locator("[name=theirs][value=Cue]")).to_be_checked()
        expect(page.locator("#id_speaker")).to_have_value("mine")
        press(page, "Control+Enter")
        expect(page.locator(NOTICE).first).to_contain_text("Saved")
        claim = Claim.objects.get(uid=uid_of("an aggression"))
        assert (claim.speaker, claim.cue) == ("mine", "theirs")

    def test_what_the_other_changed_is_seen_wherever_the_form_was_scrolled(
        self, page: Page, as_editor: dict[str, Any], open_page: OpenPage
    ) -> None:
        page.set_viewport_size({"width": 1440, "height": 500})
        change_meanwhile(page, open_page(ADDRESS, **as_editor), "#id_speaker")
        page.locator(".answers > summary").click()
        page.evaluate("document.getElementById('marking').scrollTop = 9999")
        page.locator("#claim-form").get_by_role("button", name="Save").last.click()
        expect(page.locator(".clashes legend")).to_be_in_viewport(ratio=1)
        expect(page.locator("#announcement")).to_contain_text("Somebody else changed this claim meanwhile")

    def test_one_sees_what_the_other_did_once_they_act(
        self, page: Page, as_editor: dict[str, Any], open_page: OpenPage
    ) -> None:
        other = open_page(ADDRESS, **as_editor)
        open_form(other, "Scores")
        press(other, "1", "Enter")
        expect_marked(other, "Scores")
        open_form(page)
        press(page, "2", "Enter")
        expect_marked(page, "Nobody was hurt")
        expect(page.locator(".card")).to_have_count(4)
        expect_fresh(page)


def test_a_session_that_ended_is_begun_again_in_place(page: Page) -> None:
    open_form(page)
    press(page, "2")
    page.locator("#id_speaker").fill("a spokesman")
    Session.objects.all().delete()
    page.locator("#id_speaker").press("Enter")
    dialog = page.locator("#signing-in")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label("Name")).to_have_value("editor")
    expect(dialog.get_by_label("Password")).to_be_focused()
    dialog.get_by_label("Password").fill("wrong")
    dialog.get_by_label("Password").press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("do not go together")
    expect(dialog.get_by_label("Password")).to_be_focused()
    dialog.get_by_label("Password").fill("a long pass phrase")
    dialog.get_by_label("Password").press("Enter")
    expect(dialog).to_be_hidden()
    uid = expect_marked(page, "Nobody was hurt")
    assert Claim.objects.get(uid=uid).speaker == "a spokesman"
    open_form(page, "Scores")
    press(page, "1", "Enter")
    expect_marked(page, "Scores")


class TestAway:
    def choose_and_save(self, page: Page) -> None:
        page.locator("#claim-form label.chip", has_text="SANA").click()
        page.locator("#id_speaker").fill("a spokesman")
        page.locator("#id_speaker").press("Enter")

    def test_no_network(self, page: Page) -> None:
        open_form(page)
        page.context.set_offline(True)
        self.choose_and_save(page)
        expect(page.locator("#trouble")).to_contain_text("could not be reached")
        expect(page.locator("#id_speaker")).to_have_value("a spokesman")
        page.context.set_offline(False)
        page.locator("#id_speaker").press("Enter")
        expect_marked(page, "Nobody was hurt")

    def test_trouble_stays_while_a_field_asks_on_the_side(self, page: Page) -> None:
        """A code that is proposed says nothing of what was to be saved."""
        open_form(page)
        page.context.set_offline(True)
        self.choose_and_save(page)
        expect(page.locator("#trouble")).to_contain_text("could not be reached")
        page.context.set_offline(False)
        page.locator("#claim-form label.chip", has_text="another source").click()
        page.locator("#id_source_name").press_sequentially("The ministry")
        expect(page.locator("#code-proposed")).to_contain_text("MIN, unless you type another")
        expect(page.locator("#trouble")).to_contain_text("could not be reached")

    def test_an_error_of_the_desk(self, page: Page) -> None:
        open_form(page)
        fail = lambda route: route.fulfill(status=500, body="broken")  # noqa: E731
        page.route("**/claims/new/", fail)
        self.choose_and_save(page)
        expect(page.locator("#trouble")).to_contain_text("error 500")
        expect(page.locator("#id_speaker")).to_have_value("a spokesman")
        page.unroute("**/claims/new/", fail)
        page.locator("#id_speaker").press("Enter")
        expect_marked(page, "Nobody was hurt")

    def test_an_answer_that_was_lost(self, page: Page) -> None:
        """Saved, but the editor does not know: saving again finds what was done."""
        open_form(page)

        def lose(route: Route) -> None:
            route.fetch()
            route.abort()

        page.route("**/claims/new/", lose, times=1)
        self.choose_and_save(page)
        expect(page.locator("#trouble")).to_contain_text("could not be reached")
        page.locator("#id_speaker").press("Enter")
        expect_marked(page, "Nobody was hurt")
        assert Claim.objects.count() == 3
        expect_fresh(page)
