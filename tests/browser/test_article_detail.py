"""The reading page in a browser: filtering, lighting up, keys, folds, without scripts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import Article, Claim, Paragraph
from articles.writing.publishing import set_status
from tests.browser.conftest import MIDDLE, NARROW, REPORT, WIDE, OpenPage
from tests.factories import make_article

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("seeds")]

SHOWN = ".report mark"
LIT = ".report mark[data-lit]"


def signs(page: Page) -> list[str]:
    return page.locator(".report .sign").evaluate_all("all => all.map(one => one.dataset.code)")


def ends(address: str) -> re.Pattern[str]:
    """What `expect(page).to_have_url` waits for: a browser tells of an arrival a moment after it."""
    return re.compile(re.escape(address) + "$")


class TestFilter:
    def test_shows_one_source_without_loading_the_page(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        page.evaluate("window.stillHere = true")
        page.click("#only-sana")
        page.wait_for_url("**/articles/khusham-2/?shown=sana")
        expect(page.locator(".card")).to_have_count(3)
        assert set(signs(page)) == {"SANA"}
        assert page.evaluate("window.stillHere") is True

    def test_says_the_count_politely(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        page.click("#only-sana")
        expect(page.locator("#announcement")).to_have_text("3 of 35 claims shown: SANA")
        assert page.locator("#announcement").get_attribute("role") == "status"

    def test_keeps_scroll_position_and_focus(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        page.evaluate("scrollTo(0, 900)")
        page.locator("#toggle-coalition").focus()
        before = page.evaluate("scrollY")
        page.keyboard.press("Enter")
        page.wait_for_url("**shown=**")
        expect(page.locator("#toggle-coalition")).to_have_attribute("aria-label", "Add Coalition")
        assert page.evaluate("scrollY") == before > 0
        expect(page.locator("#toggle-coalition")).to_be_focused()

    def test_gives_the_same_page_as_its_address_loaded_fresh(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        page.click("#toggle-coalition")
        expect(page.locator("#toggle-coalition")).to_have_attribute("aria-label", "Add Coalition")
        expect(page.locator("[class*=htmx-]")).to_have_count(0)
        swapped = page.locator("#reading").evaluate('node => node.outerHTML.replaceAll(/ class="htmx-[^"]*"/g, \'\')')
        page.reload()
        fresh = page.locator("#reading").evaluate("node => node.outerHTML")
        assert [line.strip() for line in swapped.split("\n")] == [line.strip() for line in fresh.split("\n")]

    def test_is_undone_by_the_back_button(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        everything = signs(page)
        page.click("#only-sana")
        page.wait_for_url("**shown=sana")
        page.click("#show-all")
        page.wait_for_url("**/khusham-2/")
        page.go_back()
        expect(page.locator(".card")).to_have_count(3)
        page.go_back()
        expect(page.locator(".card")).to_have_count(35)
        assert signs(page) == everything

    def test_says_so_when_the_desk_cannot_be_reached(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, expected=("ERR_INTERNET_DISCONNECTED", "htmx:"))
        everything = signs(page)
        page.context.set_offline(True)
        page.click("#only-sana")
        expect(page.get_by_role("alert")).to_contain_text("The desk could not be reached.")
        assert signs(page) == everything
        page.context.set_offline(False)
        page.click("#only-sana")
        expect(page.locator(".card")).to_have_count(3)
        expect(page.locator("#trouble")).to_be_hidden()


def test_of_two_quick_clicks_the_second_counts(open_page: OpenPage) -> None:
    page = open_page(REPORT, expected=("htmx:",))
    page.route("**/*shown=sana", lambda route: (page.wait_for_timeout(800), route.continue_()))
    page.evaluate("document.getElementById('only-sana').click()")
    page.evaluate("document.getElementById('only-coalition').click()")
    page.wait_for_url("**shown=coalition")
    page.wait_for_timeout(1200)
    expect(page.locator("#only-coalition")).to_have_attribute("aria-current", "true")
    assert set(signs(page)) == {"COA"}
    expect(page).to_have_url(ends("?shown=coalition"))


def test_says_so_when_the_article_was_withdrawn_meanwhile(open_page: OpenPage) -> None:
    page = open_page(REPORT, expected=("htmx:", "410"))
    set_status(Article.objects.get(slug="khusham-2"), Article.Status.WITHDRAWN)
    page.click("#only-sana")
    expect(page.get_by_role("alert")).to_contain_text("This page has changed since you opened it")


def point_at(page: Page, mark: Locator) -> None:
    """At its first line, by two movements of the mouse."""
    mark.scroll_into_view_if_needed()
    x, y = mark.evaluate(
        "mark => { const box = mark.getClientRects()[0]; return [box.x + 4, box.y + box.height / 2]; }"
    )
    for step in (0, 3):
        page.mouse.move(x + step, y)


def test_words_that_are_copied_are_the_reports_alone(open_page: OpenPage) -> None:
    page = open_page(REPORT, permissions=["clipboard-read", "clipboard-write"])
    first, second = (page.locator(f"#p{number} .words").text_content() or "" for number in (2, 3))
    page.evaluate(
        """() => {
            const [first, last] = ["#p2 .words", "#p3 .words"].map((one) => document.querySelector(one));
            getSelection().setBaseAndExtent(first, 0, last, last.childNodes.length);
        }"""
    )
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert [line for line in copied.splitlines() if line] == [first, second]


class TestLight:
    def test_a_mark_lights_its_card(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        mark = page.locator(SHOWN).nth(2)
        uid = mark.get_attribute("data-claim")
        mark.hover()
        expect(page.locator("[data-card][data-lit]")).to_have_attribute("data-card", uid)

    def test_a_card_lights_every_highlight_of_its_claim(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        broken = page.locator(".report").evaluate(
            """report => {
              const uids = [...report.querySelectorAll('mark')].map(mark => mark.dataset.claim);
              return uids.find(uid => uids.filter(other => other === uid).length > 1);
            }"""
        )
        page.locator(f'[data-card="{broken}"]').hover()
        pieces = page.locator(f'{SHOWN}[data-claim="{broken}"]').count()
        assert pieces > 1
        expect(page.locator(LIT)).to_have_count(pieces)
        expect(page.locator(f'{LIT}[data-claim="{broken}"]')).to_have_count(pieces)

    def test_the_keyboard_reaches_every_mark_in_reading_order(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        order = page.locator(".report a.sign").evaluate_all("all => all.map(one => one.id)")
        page.locator(f"#{order[0]}").focus()
        reached = []
        for _ in range(120):
            focused = page.evaluate("document.activeElement.id")
            if focused.startswith("sign-"):
                reached.append(focused)
                expect(page.locator(f'[data-card="{focused[5:]}"][data-lit]')).to_have_count(1)
            page.keyboard.press("Tab")
            if len(reached) == len(order):
                break
        assert reached == order

    def test_a_mouse_that_rests_points_at_nothing_while_keys_move_the_page(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, size=(1440, 500))
        marks, signs = page.locator(".report mark[data-claim]"), page.locator(".report a.sign")
        point_at(page, marks.first)
        expect(page.locator(LIT).first).to_be_attached()
        signs.first.focus()
        for uid in signs.evaluate_all("all => all.slice(0, 9).map(one => one.id.slice(5))"):
            while page.evaluate("document.activeElement.id") != f"sign-{uid}":
                page.keyboard.press("Tab")
            # What has come under the mouse is told in one of the next frames.
            page.wait_for_timeout(200)
            expect(page.locator(f'[data-card="{uid}"][data-lit]')).to_have_count(1)
        point_at(page, marks.last)
        expect(page.locator(f'[data-card="{marks.last.get_attribute("data-claim")}"][data-lit]')).to_have_count(1)

    def test_enter_on_a_sign_leads_to_its_card_and_back(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        sign = page.locator(".report a.sign").nth(3)
        uid = (sign.get_attribute("id") or "")[5:]
        sign.focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(ends(f"#claim-{uid}"))
        page.locator(f'[data-card="{uid}"] [data-back]').click()
        expect(page).to_have_url(ends(f"#sign-{uid}"))

    def test_a_screen_reader_hears_each_claim_once(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        heard = page.locator(".report a.sign[aria-label]").count()
        assert heard == page.locator(".card").count() == 35
        expect(page.locator(".report span.sign:not([aria-hidden])")).to_have_count(0)


class TestKeys:
    def test_walk_the_claims(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        order = page.locator(".report a.sign").evaluate_all("all => all.map(one => one.id)")
        for key in "jjjk":
            page.keyboard.press(key)
        expect(page.locator(f"#{order[1]}")).to_be_focused()
        expect(page.locator("[data-card][data-lit]")).to_have_attribute("data-card", order[1][5:])
        page.keyboard.press("Escape")
        expect(page.locator("[data-lit]")).to_have_count(0)

    def test_are_shown_by_a_question_mark(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        page.keyboard.press("?")
        expect(page.locator("#aids")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#aids")).to_be_hidden()

    def test_can_be_switched_off_for_good(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        page.click("[data-open=aids]")
        page.locator("[data-aid=keys]").uncheck()
        page.click("#aids button")
        page.reload()
        for key in "j?":
            page.keyboard.press(key)
        expect(page.locator("[data-lit]")).to_have_count(0)
        expect(page.locator("#aids")).to_be_hidden()

    def test_signs_can_be_silenced_for_good(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        page.click("[data-open=aids]")
        page.locator("[data-aid=signs]").uncheck()
        page.click("#aids button")
        page.reload()
        expect(page.locator(".report .sign:not([aria-hidden])")).to_have_count(0)
        page.click("[data-open=aids]")
        page.locator("[data-aid=signs]").check()
        expect(page.locator(".report a.sign[aria-hidden]")).to_have_count(0)


def test_paragraph_numbers_link_to_themselves(open_page: OpenPage) -> None:
    page = open_page(REPORT)
    page.click("#p12 .number")
    expect(page).to_have_url(ends("#p12"))
    expect(page.locator("#p12:target")).to_have_count(1)


def test_the_column_of_cards_follows_the_text(open_page: OpenPage) -> None:
    page = open_page(REPORT)
    card = page.locator("[data-card]:has-text('people’s militia')")
    expect(card).not_to_be_in_viewport()
    page.evaluate("document.getElementById('p24').scrollIntoView()")
    expect(card).to_be_in_viewport()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_first_paragraph_after_a_title_left_out_is_set_like_the_others(
    open_page: OpenPage, size: tuple[int, int]
) -> None:
    title = Paragraph(text="Strikes at night", kind="heading")
    make_article(paragraphs=[title, "They struck.", "They left."], title=title.text)
    page = open_page("/articles/strikes/", size=size)
    expect(page.locator(".report .block-heading")).to_have_count(0)
    first, second = page.locator(".report .words").evaluate_all(
        """all => all.map(one => {
          const {fontWeight, fontSize, fontFamily, lineHeight, color} = getComputedStyle(one);
          return [fontWeight, fontSize, fontFamily, lineHeight, color];
        })"""
    )
    assert first == second and first[0] == "400"


class TestMiddleWidth:
    def test_cards_fold_out_under_their_paragraph(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, size=MIDDLE)
        order = page.locator("#claims .card").evaluate_all("all => all.map(one => one.id)")
        button = page.locator("#p3 [data-unfold]")
        button.click()
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(page.locator("#p3 .card")).to_have_count(3)
        page.locator("#p5 [data-unfold]").click()
        expect(page.locator("#p3 .card")).to_have_count(0)
        expect(page.locator("#p5 .card")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(page.locator("#claims .card")).to_have_count(35)
        assert page.locator("#claims .card").evaluate_all("all => all.map(one => one.id)") == order


class TestNarrow:
    def test_a_card_rises_when_a_mark_is_tapped(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, size=NARROW, has_touch=True, is_mobile=True)
        mark = page.locator(SHOWN).nth(3)
        mark.tap()
        raised = page.locator(".card[data-raised]")
        expect(raised).to_have_attribute("data-card", mark.get_attribute("data-claim") or "")
        expect(raised).to_be_in_viewport()
        raised.locator("[data-close]").tap()
        expect(page.locator(".card[data-raised]")).to_have_count(0)
        expect(page.locator(f"#sign-{mark.get_attribute('data-claim')}")).to_be_focused()

    def test_it_leads_on_to_the_claims_beside_it(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, size=NARROW, has_touch=True, is_mobile=True)
        signs = [one.removeprefix("sign-") for one in page.locator("a.sign").evaluate_all("all => all.map(a => a.id)")]
        page.locator(f"{SHOWN}[data-claim='{signs[0]}']").first.tap()
        raised = page.locator(".card[data-raised]")
        expect(raised.locator(".card-at")).to_have_text(f"1 of {len(signs)}")
        expect(raised.get_by_role("button", name="Previous claim")).to_be_disabled()
        for at in (1, 2):
            raised.get_by_role("button", name="Next claim").tap()
            expect(raised).to_have_attribute("data-card", signs[at])
            expect(page.locator(f"{SHOWN}[data-claim='{signs[at]}']").first).to_be_in_viewport()
            expect(raised.get_by_role("button", name="Next claim")).to_be_focused()
            expect(page.locator("#announcement")).to_contain_text(f"{at + 1} of {len(signs)}: ")
            expect(page.locator(".card-walk")).to_have_count(1)
        raised.get_by_role("button", name="Previous claim").tap()
        expect(raised).to_have_attribute("data-card", signs[1])
        raised.locator("[data-close]").tap()
        expect(page.locator(".card-walk")).to_have_count(0)
        page.locator(f"{SHOWN}[data-claim='{signs[-1]}']").first.evaluate("mark => mark.click()")
        expect(raised.get_by_role("button", name="Next claim")).to_be_disabled()

    @pytest.mark.parametrize("width", [320, 390])
    def test_all_that_is_tapped_in_it_is_large_enough(self, open_page: OpenPage, width: int) -> None:
        page = open_page(REPORT, size=(width, 844), has_touch=True, is_mobile=True)
        page.locator(SHOWN).first.tap()
        links = page.locator(".card[data-raised] .card-links :is(a, button)")
        assert links.count() == 6
        for link in links.all():
            box = link.bounding_box()
            assert box and box["height"] >= 44 and box["width"] >= 44, link.inner_text()
            assert box["x"] + box["width"] <= width

    def test_its_link_is_copied_where_nothing_shares_it(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, size=NARROW, has_touch=True, is_mobile=True, permissions=["clipboard-write"])
        page.locator(SHOWN).first.tap()
        page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }")
        page.get_by_role("button", name="Copy link").tap()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        expect(page.locator("#announcement")).to_have_text("The link to the claim is copied.")
        uid = page.locator(".card[data-raised]").get_attribute("data-card")
        assert page.evaluate("window.copied").endswith(f"/claims/{uid}/")

    def test_its_link_is_shared_by_what_the_phone_has_for_that(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, size=NARROW, has_touch=True, is_mobile=True)
        page.evaluate("() => { navigator.share = async (what) => { window.shared = what; }; }")
        page.locator(SHOWN).first.tap()
        page.get_by_role("button", name="Share").tap()
        shared = page.evaluate("window.shared")
        uid = page.locator(".card[data-raised]").get_attribute("data-card")
        assert shared["url"].endswith(f"/claims/{uid}/") and shared["text"].startswith("“")

    def test_a_link_that_cannot_be_copied_is_shown(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, size=NARROW, has_touch=True, is_mobile=True)
        page.locator(SHOWN).first.tap()
        page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('no'); }; }")
        page.get_by_role("button", name="Copy link").tap()
        expect(page.locator("#trouble")).to_contain_text("The link could not be copied. It is http")

    def test_what_was_tapped_is_seen_above_the_card(self, open_page: OpenPage) -> None:
        """Wherever in the window it was, and at the very end of the report too."""
        page = open_page(REPORT, size=NARROW, has_touch=True, is_mobile=True)
        marks = page.locator(SHOWN)
        for at in (1, 8, marks.count() - 1):
            mark = marks.nth(at)
            mark.evaluate("mark => scrollBy(0, mark.getBoundingClientRect().bottom - innerHeight + 4)")
            mark.evaluate("mark => mark.click()")
            card, chips = page.locator(".card[data-raised]").bounding_box(), page.locator(".speaking").bounding_box()
            words = mark.bounding_box()
            assert card and chips and words
            assert words["y"] >= chips["y"] + chips["height"] - 1, at
            assert words["y"] + min(words["height"], 60) <= card["y"], at
            page.keyboard.press("Escape")

    def test_a_mark_that_is_seen_stays_where_it_is(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, size=NARROW, has_touch=True, is_mobile=True)
        mark = page.locator(SHOWN).nth(3)
        mark.evaluate("mark => scrollBy(0, mark.getBoundingClientRect().top - 120)")
        before = page.evaluate("scrollY")
        mark.evaluate("mark => mark.click()")
        expect(page.locator(".card[data-raised]")).to_have_count(1)
        assert page.evaluate("scrollY") == before

    def test_a_long_card_leaves_half_of_the_window_and_is_closed_without_scrolling(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, size=NARROW, has_touch=True, is_mobile=True)
        longest = page.locator(".card").evaluate_all(
            "all => all.reduce((one, other) => other.offsetHeight > one.offsetHeight ? other : one).dataset.card"
        )
        page.locator(f"{SHOWN}[data-claim='{longest}']").first.tap()
        raised = page.locator(".card[data-raised]")
        assert raised.evaluate("card => card.scrollHeight > card.clientHeight"), "it is long"
        box = raised.bounding_box()
        assert box and box["height"] <= NARROW[1] / 2
        for at in ("0", "card.scrollHeight"):
            raised.evaluate(f"card => {{ card.scrollTop = {at}; }}")
            expect(raised.locator("[data-close]")).to_be_in_viewport(ratio=1)
        raised.locator("[data-close]").tap()
        expect(page.locator(".card[data-raised]")).to_have_count(0)

    def test_nothing_is_wider_than_the_page(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, size=NARROW)
        assert page.evaluate("document.documentElement.scrollWidth") == NARROW[0]

    def test_the_chips_of_sources_stay_in_sight(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, size=NARROW)
        page.evaluate("scrollTo(0, 2000)")
        expect(page.locator("#only-coalition")).to_be_in_viewport()


class TestWithoutScripts:
    def test_filter_is_a_link(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, java_script_enabled=False)
        page.click("#only-russian-mod")
        expect(page).to_have_url(ends("?shown=russian-mod"))
        expect(page.locator(".card")).to_have_count(4)
        page.click("#show-all")
        expect(page.locator(".card")).to_have_count(35)

    @pytest.mark.parametrize("size", [NARROW, MIDDLE], ids=["narrow", "middle"])
    def test_cards_stand_after_the_text_linked_both_ways(self, open_page: OpenPage, size: tuple[int, int]) -> None:
        page = open_page(REPORT, size=size, java_script_enabled=False)
        report, claims = page.locator(".report").bounding_box(), page.locator("#claims").bounding_box()
        assert report and claims and claims["y"] >= report["y"] + report["height"]
        sign = page.locator(".report a.sign").first
        uid = (sign.get_attribute("id") or "")[5:]
        sign.click()
        expect(page).to_have_url(ends(f"#claim-{uid}"))
        page.locator(f"#claim-{uid} a[data-back]").click()
        expect(page).to_have_url(ends(f"#sign-{uid}"))

    def test_no_dead_button_is_shown(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, size=MIDDLE, java_script_enabled=False)
        expect(page.locator("button:visible")).to_have_count(0)


@pytest.mark.parametrize("part", ["sign", "claim"])
@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW], ids=["wide", "middle", "narrow"])
def test_a_link_to_a_claim_shows_its_words_and_its_card(open_page: OpenPage, size: tuple[int, int], part: str) -> None:
    uid = Claim.objects.get(article__slug="khusham-2", highlights__quote__startswith="the US is looking into").uid
    page = open_page(f"{REPORT}#{part}-{uid}", size=size)
    words, card = page.locator(f".report [data-claim={uid}]").first, page.locator(f"#claim-{uid}")
    expect(card).to_have_attribute("data-lit", "")
    expect(words).to_be_in_viewport(ratio=1)
    expect(card).to_be_in_viewport(ratio=0.9)
    page.evaluate("scrollTo(0, 0)")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-scripted", "")
    expect(words).not_to_be_in_viewport()


class TestKeysFromACard:
    def test_escape_goes_back_to_the_sign_and_on_from_there(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        signs = page.locator(".report a.sign").evaluate_all("all => all.map(one => one.id)")
        page.locator(f"#{signs[15]}").focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"#{signs[15].replace('sign', 'claim')}")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(f"#{signs[15]}")).to_be_focused()
        page.keyboard.press("j")
        expect(page.locator(f"#{signs[16]}")).to_be_focused()


def test_the_first_key_leads_to_the_report(open_page: OpenPage) -> None:
    page = open_page(REPORT)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the report")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".report a").first).to_be_focused()
    expect(page.get_by_role("article", name="The report")).to_be_visible()
