"""Bringing an article in, in a browser: by keyboard alone, and without scripts on a phone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.editors.completing import OFFERED
from articles.models import Article, ArticleText
from tests.browser.conftest import NARROW, OpenPage
from tests.factories import make_article, make_editor, make_source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/articles/new/"
TEXT = "SYRIA — The coalition said it struck. 🤔\n\nHotline\n\nقالت سانا إن أحدا لم يصب.\n"


def sign_in(page: Page) -> None:
    """Every page for editors asks for it, and then leads on."""
    page.get_by_label("Name").fill("editor")
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1")).to_have_text("Add an article")


def tab_to(page: Page, name: str, *, at_most: int = 40) -> None:
    """Goes on by Tab until the control of this name has the focus."""
    wanted = page.get_by_label(name, exact=True).or_(page.get_by_role("button", name=name, exact=True))
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"“{name}” cannot be reached by Tab")


def test_a_text_is_pasted_checked_and_published_by_keyboard_alone(open_page: OpenPage) -> None:
    make_editor()
    page = open_page(ADDRESS, permissions=["clipboard-read", "clipboard-write"])
    sign_in(page)
    page.evaluate("text => navigator.clipboard.writeText(text)", TEXT)
    tab_to(page, "Text")
    page.keyboard.press("Control+V")
    tab_to(page, "Title")
    page.keyboard.type("Strikes")
    tab_to(page, "Day")
    page.keyboard.type("2018-02-08")
    tab_to(page, "See how it will be split")
    page.keyboard.press("Enter")
    expect(page.locator(".block")).to_have_count(3)
    expect(page.locator(".block-dateline")).to_contain_text("SYRIA — ")
    tab_to(page, "Kind of paragraph 2")
    page.keyboard.type("text")
    expect(page.get_by_label("Kind of paragraph 2")).to_have_value("text")
    tab_to(page, "Save and publish")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/articles/strikes/$"))
    expect(page.locator("h1")).to_have_text("Strikes")
    article = Article.objects.get()
    assert [row.kind for row in article.paragraphs.all()] == ["text"] * 3
    assert bytes(ArticleText.objects.get().content) == TEXT.encode()


def test_a_field_is_completed_by_what_is_typed_into_it(open_page: OpenPage) -> None:
    """Of more outlets than a page comes with."""
    make_editor()
    for number in range(OFFERED + 5):
        make_source(name=f"Gazette {number:02}", kind="outlet", code=f"G{chr(65 + number)}")
    page = open_page(ADDRESS)
    sign_in(page)
    offered = page.locator("#outlets option")
    expect(offered).to_have_count(OFFERED)
    page.get_by_label("Outlet", exact=True).press_sequentially("24")
    expect(offered).to_have_count(1)
    expect(offered).to_have_attribute("value", "Gazette 24")
    page.get_by_label("Another story, by name").press_sequentially("Kh")
    expect(page.locator("#stories option")).to_have_count(0)


def test_the_same_is_a_form_without_scripts_on_a_phone(open_page: OpenPage) -> None:
    make_editor()
    page = open_page(ADDRESS, size=NARROW, java_script_enabled=False, expected=("Failed to load resource",))
    sign_in(page)
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_label("Address at the outlet").fill("no address at all")
    page.get_by_role("button", name="See how it will be split").click()
    expect(page.get_by_role("alert").filter(has_text="This is no web address")).to_be_focused()
    expect(page).to_have_title("Error: Add an article – Newsdesk")
    expect(page.get_by_label("Text", exact=True)).to_have_value(TEXT)
    page.get_by_label("Address at the outlet").fill("https://example.org/a")
    page.get_by_role("button", name="See again how it will be split").click()
    expect(page.get_by_text("Nothing is saved yet")).to_be_visible()
    page.get_by_label("Kind of paragraph 2").select_option("text")
    expect(page.locator(".block")).to_have_count(3)
    assert page.locator("html").evaluate("node => node.scrollWidth") <= NARROW[0]
    page.get_by_role("button", name="Save as draft").click()
    expect(page).to_have_url(re.compile("/articles/the-coalition-said-it-struck/$"))
    assert Article.objects.get().status == "draft"


def test_a_file_is_chosen_and_its_bytes_are_kept(open_page: OpenPage) -> None:
    make_editor()
    page = open_page(ADDRESS)
    sign_in(page)
    content = b"\xef\xbb\xbfThe coalition said it struck.\r\n\r\n\r\nNobody was hurt, SANA said.\r\n"
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": content}
    )
    page.get_by_role("button", name="See how it will be split").click()
    expect(page.locator(".block")).to_have_count(2)
    page.get_by_role("button", name="Save and publish").click()
    expect(page).to_have_url(re.compile("/articles/the-coalition-said-it-struck/$"))
    assert bytes(ArticleText.objects.get().content) == content


def test_an_article_is_withdrawn_and_read_through(open_page: OpenPage) -> None:
    make_editor()
    page = open_page(ADDRESS)
    sign_in(page)
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_role("button", name="See how it will be split").click()
    page.get_by_role("button", name="Save and publish").click()
    expect(page).to_have_url(re.compile("/articles/the-coalition-said-it-struck/$"))
    page.get_by_role("link", name="Withdraw …").click()
    expect(page.get_by_label("Notice")).to_be_in_viewport()
    page.goto(f"{page.url.partition('#')[0]}")
    page.get_by_role("button", name="Mark as read through").click()
    expect(page.locator("#read-through")).to_contain_text("editor said so on")
    page.get_by_text("Withdraw it, with a notice in its place").click()
    page.get_by_label("Notice").fill("Wrong on all counts.")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator("#status")).to_contain_text("“Wrong on all counts.”")
    expect(page.locator("#history")).to_contain_text("published → withdrawn")


class TestDraft:
    @pytest.fixture
    def page(self, as_editor: dict[str, Any], open_page: OpenPage) -> Page:
        return open_page(ADDRESS, expected=("422",), **as_editor)

    def test_what_was_pasted_outlives_a_reload(self, page: Page) -> None:
        text, title, back = (
            page.get_by_label("Text", exact=True),
            page.get_by_label("Title"),
            page.locator("#draft-back"),
        )
        expect(back).to_be_hidden()
        text.fill(TEXT)
        title.fill("Strikes")
        page.reload()
        expect(text).to_have_value(TEXT)
        expect(title).to_have_value("Strikes")
        expect(back).to_be_visible()
        expect(page.locator("#announcement")).to_contain_text("What you had entered is back")
        page.get_by_role("button", name="Start afresh").click()
        expect(text).to_have_value("")
        expect(back).to_be_hidden()
        page.reload()
        expect(text).to_have_value("")

    def test_so_do_the_kinds_chosen_in_the_next_step(self, page: Page) -> None:
        page.get_by_label("Text", exact=True).fill(TEXT)
        page.get_by_role("button", name="See how it will be split").click()
        page.get_by_label("Kind of paragraph 2").select_option("text")
        page.goto(ADDRESS)
        expect(page.get_by_label("Text", exact=True)).to_have_value(TEXT)
        page.get_by_role("button", name="See how it will be split").click()
        expect(page.get_by_label("Kind of paragraph 2")).to_have_value("text")

    def test_whoever_leaves_after_the_split_and_comes_back_finds_it(self, page: Page) -> None:
        """Else a browser asks whether to send the form again, or shows an error."""
        text = page.get_by_label("Text", exact=True)
        text.fill(TEXT)
        page.get_by_role("button", name="See how it will be split").click()
        page.get_by_label("Kind of paragraph 2").select_option("text")
        page.locator(".masthead").get_by_role("link", name="Stories").click()
        expect(page.locator("h1")).to_have_text("Stories")
        page.go_back()
        expect(text).to_have_value(TEXT)
        expect(page.locator("#draft-back")).to_be_visible()
        page.get_by_role("button", name="See how it will be split").click()
        expect(page.get_by_label("Kind of paragraph 2")).to_have_value("text")
        page.reload()
        expect(text).to_have_value(TEXT)
        page.get_by_role("button", name="See how it will be split").click()
        page.get_by_role("button", name="Save as draft").click()
        expect(page).to_have_url(re.compile("/articles/the-coalition-said-it-struck/$"))
        page.go_back()
        expect(text).to_have_value("")

    def test_where_nothing_can_be_kept_the_browser_asks_before_leaving(self, page: Page) -> None:
        asked: list[str] = []
        page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
        page.reload()
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        text, stories = page.get_by_label("Text", exact=True), page.locator(".masthead").get_by_text("Stories")
        text.press_sequentially("It struck.")
        page.get_by_role("button", name="See how it will be split").click()
        expect(page.locator(".block")).to_have_count(1)
        assert not asked, "to send it is not to leave it"
        page.get_by_label("Kind of paragraph 1").select_option("text")
        page.get_by_text("Change the text or its data").click()
        text.press_sequentially("More.")
        stories.click()
        expect(page.locator("h1")).to_have_text("Add an article")
        assert asked == ["beforeunload"]

    def test_it_goes_once_the_article_is_saved(self, page: Page) -> None:
        text = page.get_by_label("Text", exact=True)
        text.fill(TEXT)
        page.get_by_label("Address at the outlet").fill("no address at all")
        page.get_by_role("button", name="See how it will be split").click()
        page.goto(ADDRESS)
        expect(text).to_have_value(TEXT)
        page.get_by_label("Address at the outlet").fill("")
        page.get_by_role("button", name="See how it will be split").click()
        page.get_by_role("button", name="Save as draft").click()
        expect(page).to_have_url(re.compile("/articles/the-coalition-said-it-struck/$"))
        page.goto(ADDRESS)
        expect(text).to_have_value("")
        expect(page.locator("#draft-back")).to_be_hidden()

    def test_back_at_one_that_was_saved_it_is_no_draft(self, page: Page) -> None:
        """A browser shows the form again, or sends it again to show what it showed: with the token that was saved."""
        text, token, url = page.get_by_label("Text", exact=True), page.locator("[name=token]"), page.url
        text.fill(TEXT)
        page.get_by_role("button", name="See how it will be split").click()
        expect(page.locator(".block")).to_have_count(3)
        before, as_it_was = token.input_value(), page.content()
        page.get_by_role("button", name="Save as draft").click()
        expect(page).to_have_url(re.compile("/articles/the-coalition-said-it-struck/$"))
        page.route(url, lambda route: route.fulfill(body=as_it_was, content_type="text/html"))
        page.goto(url)
        expect(text).to_have_value(TEXT)
        page.unroute(url)
        assert token.input_value() != before
        page.goto(ADDRESS)
        expect(text).to_have_value("")
        expect(page.locator("#draft-back")).to_be_hidden()

    def test_what_is_changed_in_one_that_was_saved_makes_another_article(self, page: Page) -> None:
        text, url = page.get_by_label("Text", exact=True), page.url
        text.fill(TEXT)
        page.get_by_role("button", name="See how it will be split").click()
        expect(page.locator(".block")).to_have_count(3)
        as_it_was = page.content()
        page.get_by_role("button", name="Save as draft").click()
        expect(page).to_have_url(re.compile("/articles/the-coalition-said-it-struck/$"))
        page.route(url, lambda route: route.fulfill(body=as_it_was, content_type="text/html"), times=1)
        page.goto(url)
        page.get_by_text("Change the text or its data").click()
        text.fill("Another text altogether.")
        page.goto(ADDRESS)
        expect(text).to_have_value("Another text altogether.")
        page.get_by_role("button", name="See how it will be split").click()
        page.get_by_role("button", name="Save as draft").click()
        expect(page).to_have_url(re.compile("/articles/another-text-altogether/$"))
        assert Article.objects.count() == 2

    def test_a_new_version_has_one_of_its_own(self, page: Page) -> None:
        article = make_article()
        text = page.get_by_label("Text", exact=True)
        text.fill(TEXT)
        page.goto(f"{ADDRESS}?revises={article.slug}")
        expect(text).to_have_value(article.paragraphs.get().text)
        expect(page.locator("#draft-back")).to_be_hidden()
        text.fill("A corrected text.")
        page.get_by_role("button", name="See how it will be split").click()
        page.goto(f"{ADDRESS}?revises={article.slug}")
        expect(text).to_have_value("A corrected text.")
        page.goto(ADDRESS)
        expect(text).to_have_value(TEXT)
        expect(page.locator("#id_revises")).to_have_value("")
