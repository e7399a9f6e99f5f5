"""What browsing shows to the eye: narrow screens, print, forced colours, arriving at a passage."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Claim, Question, Source
from tests.browser.conftest import NARROW, REPORT, OpenPage
from tests.factories import answer, make_claim, make_source

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("seeds")]

TINY = (320, 568)
NAME = "A press service of the united headquarters of everybody"


def a_claim() -> Claim:
    return Claim.objects.in_latest_versions().order_by("reading_order")[2]


def style(page: Page, selector: str, name: str) -> Any:
    return page.locator(selector).first.evaluate(f"node => getComputedStyle(node).{name}")


class TestNarrow:
    @pytest.mark.parametrize("size", [TINY, NARROW], ids=["320", "390"])
    def test_nothing_is_wider_than_the_page(self, open_page: OpenPage, size: tuple[int, int]) -> None:
        Source.objects.filter(slug="sana").update(name=NAME)
        page = open_page("/", size=size)
        for address in (
            *("/", "/stories/", "/stories/khusham-2018/", "/articles/", f"{REPORT}?shown=sana", "/sources/"),
            *("/claims/", "/claims/?shown=sana&question=nope", "/sources/sana/", "/sources/cnn/", "/sign-in/"),
            a_claim().get_absolute_url(),
        ):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") == size[0], address

    @pytest.mark.parametrize("size", [TINY, NARROW], ids=["320", "390"])
    def test_the_chip_that_is_shown_and_the_way_back_are_in_sight(
        self, open_page: OpenPage, size: tuple[int, int]
    ) -> None:
        page = open_page(REPORT, size=size)
        page.locator("#only-us-air-forces-central-command").evaluate("chip => chip.click()")
        page.wait_for_url("**shown=us-air-forces-central-command")
        for _ in ("swapped", "fresh"):
            everything, chip = page.locator("#show-all"), page.locator(".speaking li:has([aria-current])")
            expect(everything).to_be_in_viewport(ratio=1)
            expect(chip.locator(".toggle")).to_be_in_viewport(ratio=1)
            row, box = page.locator(".show-all-row").bounding_box(), chip.locator(".toggle").bounding_box()
            assert row and box and box["x"] + box["width"] <= row["x"]
            page.reload()

    def test_so_they_are_without_scripts(self, open_page: OpenPage) -> None:
        page = open_page(f"{REPORT}?shown=us-air-forces-central-command", size=NARROW, java_script_enabled=False)
        for chip in ("#show-all", ".speaking li:has([aria-current]) .toggle"):
            expect(page.locator(chip)).to_be_in_viewport(ratio=1)

    def test_a_card_is_closed_with_a_thumb(self, open_page: OpenPage) -> None:
        page = open_page(REPORT, size=NARROW, has_touch=True, is_mobile=True)
        page.locator(".report mark").first.tap()
        box = page.locator(".card[data-raised] [data-close]").bounding_box()
        assert box and box["height"] >= 44 and box["width"] >= 44


class TestArriving:
    @pytest.mark.parametrize("size", [TINY, NARROW], ids=["320", "390"])
    def test_at_once_and_below_the_chips(self, open_page: OpenPage, size: tuple[int, int]) -> None:
        for target in ("p12", f"sign-{a_claim().uid}"):
            page = open_page(f"{REPORT}#{target}", size=size, reduced_motion="no-preference")
            expect(page.locator(f"#{target}")).to_be_in_viewport()
            chips, arrived = page.locator(".speaking").bounding_box(), page.locator(f"#{target}").bounding_box()
            assert chips and arrived and chips["y"] + chips["height"] <= arrived["y"] < size[1]
            assert style(page, "html", "scrollBehavior") == "auto"
            page.context.close()


class TestForcedColours:
    def test_only_the_page_that_one_is_on_is_underlined(self, open_page: OpenPage) -> None:
        page = open_page("/claims/", forced_colors="active")
        paper = style(page, "body", "backgroundColor")
        lines = page.locator(".masthead nav a").evaluate_all(
            "all => all.map(one => getComputedStyle(one).borderBlockEndColor)"
        )
        assert [line != paper for line in lines] == [False, False, True, False]


class TestPrint:
    def test_a_filtered_report_names_its_filter(self, open_page: OpenPage) -> None:
        page = open_page(f"{REPORT}?shown=sana")
        page.emulate_media(media="print")
        expect(page.locator(".speaking")).to_be_visible()
        assert page.locator(".speaking").inner_text().strip() == "SANA"
        assert "only the statements of" in page.locator(".speaking").evaluate(
            "node => getComputedStyle(node, '::before').content"
        )

    def test_a_whole_report_names_none(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        page.emulate_media(media="print")
        expect(page.locator(".speaking")).to_be_hidden()
        expect(page.locator(".masthead nav")).to_be_hidden()

    def test_addresses_have_their_host(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        page.emulate_media(media="print")
        expect(page.locator(".masthead-host")).to_have_text(page.url.split("/")[2])
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        printed = page.locator(".card-quote a").first.evaluate("node => getComputedStyle(node, '::after').content")
        assert page.url.partition("/articles/")[0] in printed

    def test_addresses_run_from_left_to_right_in_any_language(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        page.emulate_media(media="print")
        for selector in (".report-address", ".card-quote a"):
            ways = page.locator(selector).first.evaluate(
                "node => [getComputedStyle(node, '::after').direction, getComputedStyle(node, '::after').unicodeBidi]"
            )
            assert ways == ["ltr", "isolate"]

    def test_notes_part_source_speaker_and_words(self, open_page: OpenPage) -> None:
        page = open_page(REPORT)
        page.emulate_media(media="print")
        head = page.locator(".card-head:has(.card-speaker)").first
        source, speaker = (
            head.locator(one).evaluate("node => getComputedStyle(node, '::after').content")
            for one in (".source", ".card-speaker")
        )
        assert (source, speaker) == ('","', '": "')
        alone = page.locator(".card-head:not(:has(.card-speaker)) .source").first
        assert alone.evaluate("node => getComputedStyle(node, '::after').content") == '": "'

    @pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without"])
    def test_suggestions_are_not_printed(self, open_page: OpenPage, as_editor: dict[str, Any], scripted: bool) -> None:
        article = Article.objects.get(slug="khusham-2")
        made = [
            make_claim(article=article, quote=quote, status="suggested", source=Source.objects.get(slug="sana"))
            for quote in ("according to a coalition statement", "The coalition described its action")
        ]
        page = open_page(REPORT, java_script_enabled=scripted, **as_editor)
        page.emulate_media(media="print")
        if scripted:
            page.evaluate("dispatchEvent(new Event('beforeprint'))")
        for claim in made:
            expect(page.locator(f"#claim-{claim.uid}")).to_be_hidden()
            expect(page.locator(f"#sign-{claim.uid}")).to_be_hidden()
        assert page.locator(".card:visible").count() == page.locator("a.sign:visible").count() == 35
        assert "suggested" not in page.locator(".card:visible .card-head").all_inner_texts()
        page.emulate_media(media="screen")
        expect(page.locator(f"#sign-{made[0].uid}")).to_be_visible()


class TestWideTable:
    @pytest.mark.parametrize("width", [820, 1000, 1152])
    def test_where_its_columns_do_not_fit_each_account_has_its_name(self, open_page: OpenPage, width: int) -> None:
        page = open_page("/stories/khusham-2018/", size=(width, 900))
        cells = page.locator(".accounts td")
        names = cells.evaluate_all(
            "all => all.map(one => [one.dataset.source, getComputedStyle(one, '::before').content])"
        )
        assert names and all(f'"{name}"' == shown for name, shown in names)
        ends = cells.evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
        assert max(ends) <= width and page.evaluate("document.documentElement.scrollWidth") == width
        row = page.locator(".accounts tbody tr", has=page.locator("td:not(.silent) ~ td:not(.silent)")).first
        tops = row.locator("td:not(.silent)").evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")
        assert tops[0] == tops[1], "accounts are still side by side"

    def test_no_line_of_an_account_begins_with_what_parts_it(self, open_page: OpenPage) -> None:
        for address, width in (("/stories/khusham-2018/", 1160), ("/stories/khusham-2018/who-attacked-first/", 390)):
            page = open_page(address, size=(width, 900))
            part = page.locator(":is(.accounts td, .account) > p > :nth-child(2)").first
            assert part.evaluate("one => getComputedStyle(one, '::before').content") == "none"
            before = part.evaluate("one => getComputedStyle(one.previousElementSibling, '::after').content")
            assert before.startswith('"\u00a0· "')

    def test_scrolls_under_its_heads_and_stops_at_a_column(self, open_page: OpenPage) -> None:
        article = Article.objects.get(slug="khusham-2")
        question = Question.objects.get(slug="fighters-killed")
        for name in ("A paper", "A network", "A bureau", "A bloc", "A council"):
            said = {"source": make_source(name=name), "quote": "two US military officials told CNN"}
            make_claim(article=article, answers=[answer(question, 5)], **said)
        page = open_page("/stories/khusham-2018/")
        region = page.locator(".accounts-region[data-wide]")
        expect(page.locator(".accounts-wide")).to_be_visible()
        region.evaluate("node => { node.scrollIntoView(); node.scrollTop = 1500; node.scrollLeft = 160 }")
        for name in region.locator("thead th").all()[:4]:
            expect(name).to_be_in_viewport()
        corner, column = region.locator("thead th").first, region.locator("thead th").nth(2)
        expect(corner).to_be_in_viewport()
        box = corner.bounding_box()
        assert box
        at = [box["x"] + box["width"] - 4, box["y"] + box["height"] / 2]
        assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).textContent", at) == "Question"
        left = column.bounding_box()
        assert left and 0 <= left["x"] - (box["x"] + box["width"]) < 18


def test_that_a_citation_was_copied_is_seen(open_page: OpenPage) -> None:
    page = open_page(a_claim().get_absolute_url(), permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the citation").click()
    note = page.locator("[data-copied]")
    expect(note).to_have_text("Copied")
    expect(note).to_be_visible()


def test_the_way_to_sign_in_follows_the_filter(open_page: OpenPage) -> None:
    page = open_page(REPORT)
    page.click("#only-sana")
    page.wait_for_url("**shown=sana")
    expect(page.locator("#sign-in")).to_have_attribute("href", f"/sign-in/?next={REPORT}%3Fshown%3Dsana")
    page.goto("/claims/")
    page.locator("#shown-sana").check()
    page.wait_for_url("**shown=sana")
    expect(page.locator("#sign-in")).to_have_attribute("href", "/sign-in/?next=/claims/%3Fshown%3Dsana")
