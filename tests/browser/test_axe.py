"""Accessibility: axe finds no violation on any page, light and dark, wide and narrow."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Claim, Source
from tests.admin.test_desk import NOUNS, list_of, page_of
from tests.browser.conftest import NARROW, REPORT, WIDE, OpenPage
from tests.factories import make_administrator, make_editor

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("seeds")]

PAGES = [
    "/",
    "/stories/",
    "/stories/khusham-2018/",
    "/stories/khusham-2018/?versions=all&order=name&shown=sana",
    "/stories/khusham-2018/where/",
    "/stories/khusham-2018/fighters-killed/",
    "/embed/fighters-killed/",
    "/articles/",
    REPORT,
    f"{REPORT}?shown=sana",
    f"{REPORT}?sourc=sana",
    f"{REPORT}changes/",
    f"{REPORT}changes/?view=inline&typographic=1",
    "/claims/",
    "/claims/?shown=sana&question=who-attacked-first",
    "/claims/?question=nope",
    "/claims/?shown=sana&shown=coalition&disputed=1&date=2018&speaker=Col.+Thomas+Veale&group=question",
    "/claims/?find_speaker=v&find_shown=a&sort=source&q=strikes",
    "/search/",
    "/search/?q=artillery",
    "CLAIM",
    "/sources/",
    "/sources/sana/",
    "/sources/cnn/",
    "/sign-in/",
]
# The last one is where an article is withdrawn.
FOR_EDITORS = [
    "/account/",
    "/work/",
    "/work/?list=unanswered",
    "/sources/sana/edit/",
    "/articles/",
    "/articles/new/",
    "/claims/",
    "/claims/?status=suggested&status=rejected&status=accepted",
    f"{REPORT}claims/new/?paragraph=3",
    f"{REPORT}edit/",
]
# Cards out of sight have no size that axe could measure.
ALL_LAID_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".card { content-visibility: visible !important }");
  document.adoptedStyleSheets = [sheet];
}"""
COLOURS = ["color-contrast", "link-in-text-block"]
ABSENT = ["/articles/none/", f"/claims/?shown={'y' * 200}"]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_page_has_a_violation(open_page: OpenPage, size: tuple[int, int]) -> None:
    claim = Claim.objects.in_latest_versions().order_by("reading_order")[2]
    found = []
    for path in PAGES:
        page = open_page(path.replace("CLAIM", claim.get_absolute_url()), size=size)
        found += violations(page, path)
        page.context.close()
    assert found == []


@pytest.mark.parametrize("path", ABSENT)
def test_nor_has_a_page_of_errors(open_page: OpenPage, path: str) -> None:
    page = open_page(path, expected=("Failed to load resource",))
    assert violations(page, path) == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nor_have_an_open_card_and_the_reading_aids(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = open_page(REPORT, size=size)
    page.keyboard.press("j")
    expect(page.locator("[data-card][data-lit]")).to_have_count(1)
    found = violations(page, "a card")
    page.keyboard.press("?")
    expect(page.locator("#aids")).to_be_visible()
    assert found + violations(page, "the aids") == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nor_has_the_form_of_a_claim(open_page: OpenPage, as_editor: dict[str, Any], size: tuple[int, int]) -> None:
    page = open_page(REPORT, size=size, **as_editor)
    page.evaluate(ALL_LAID_OUT)
    found = violations(page, "the editor's report")
    page.locator("[data-edit]").nth(2).evaluate("link => link.click()")
    expect(page.locator("#claim-form")).to_be_visible()
    page.locator("[data-answers]").evaluate("part => { part.open = true; part.querySelector('details').open = true; }")
    found += violations(page, "the form of a claim")
    page.get_by_label("Speaker, as worded").fill("A ministry")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Put it back")).to_be_visible()
    assert found + violations(page, "with what was put away") == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nor_have_the_pages_for_editors(open_page: OpenPage, size: tuple[int, int]) -> None:
    make_editor()
    page = open_page("/work/", size=size, expected=("Failed to load resource",))
    page.get_by_label("Name").fill("editor")
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1")).to_have_text("Work")
    found = violations(page, "/work/")
    for path in FOR_EDITORS:
        page.goto(path)
        found += violations(page, path)
    page.get_by_text("Withdraw it, with a notice in its place").click()
    page.get_by_label("Notice").fill("")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator(".form-error")).to_be_visible()
    found += violations(page, "withdrawn without a notice")
    page.goto("/articles/new/")
    page.get_by_label("Text", exact=True).fill("SYRIA — It struck, the coalition said.\n\nHotline\n\nNobody was hurt.")
    page.get_by_label("Address at the outlet").fill("no address")
    page.get_by_role("button", name="See how it will be split").click()
    expect(page.locator(".block")).to_have_count(3)
    assert found + violations(page, "a text with trouble") == []


# Django's own, in what it draws with a script and in the tables that it lets one edit.
DJANGOS = ("aria-prohibited-attr:", "empty-table-header:")


def test_nor_have_the_pages_of_the_admin(open_page: OpenPage) -> None:
    administrator = make_administrator()
    # What axe itself complains of where it looks at Django's style sheets.
    page = open_page("/admin/", expected=("Applying inline style", "Couldn't load preload assets"))
    page.get_by_label("Name").fill(administrator.username)
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#site-name")).to_be_visible()
    rows = [noun._default_manager.all()[0] for noun in NOUNS]
    addresses = ["/admin/", "/admin/auth/user/", f"/admin/auth/user/{administrator.pk}/change/"]
    addresses += [page_of(row) for row in rows] + [list_of(noun) for noun in NOUNS]
    addresses += [f"/admin/articles/{name}/add/" for name in ("source", "story", "question", "choice", "place")]
    addresses += [f"/admin/articles/source/{Source.objects.all()[0].pk}/merge/"]
    addresses += [page_of(Claim.objects.all()[0]).replace("change", "history")]
    found = []
    for path in addresses:
        page.goto(path)
        found += [one for one in violations(page, path) if not any(rule in one for rule in DJANGOS)]
    assert found == []


def test_a_field_that_searches_says_what_it_is_and_what_it_holds(open_page: OpenPage) -> None:
    administrator = make_administrator()
    claim = Claim.objects.exclude(source=None)[0]
    page = open_page(f"/admin/login/?next={page_of(claim)}")
    page.get_by_label("Name").fill(administrator.username)
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("combobox", name=re.compile(rf"^Source .*{claim.source}$"))).to_be_visible()
    page.get_by_role("button", name="Add another Answer").click()
    count = claim.answers.count()
    added = page.locator(f"#id_answers-{count}-question + .select2-container").get_by_role("combobox")
    expect(added).to_have_accessible_name("Question")
    page.goto(list_of(Claim))
    expect(page.get_by_role("combobox", name="Question of words")).to_be_visible()


def violations(page: Page, where: str) -> list[str]:
    """All of them, then those of the page in the dark by the rules that look at colours: no others see that."""
    target = {"rules": {"target-size": {"enabled": True}}}
    found = [(where, one) for one in Axe().run(page, options=target).response["violations"]]
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    found += [(f"{where}, dark", one) for one in Axe().run(page, options={"runOnly": COLOURS}).response["violations"]]
    page.emulate_media(color_scheme="light")
    return [f"{at}: {one['id']}: {one['nodes'][0]['html'][:200]}" for at, one in found]
