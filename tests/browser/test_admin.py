"""The admin in a real browser, under the content security policy: the console stays empty."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.admin.filters import LISTED
from articles.models import Answer, Article, Changeset, Claim, Question, Revision, Source
from articles.writing.bulk import set_status
from articles.writing.publishing import set_status as set_article_status
from tests.admin.test_desk import NOUNS, list_of, page_of
from tests.browser.conftest import NARROW, OpenPage
from tests.factories import make_administrator, make_article, make_source
from tests.test_tones import contrast

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("seeds")]


@pytest.fixture
def administrator() -> User:
    return make_administrator()


@pytest.fixture
def signed_in(administrator: User) -> dict[str, Any]:
    """Options of a context in which the administrator has signed in."""
    client = Client()
    client.force_login(administrator)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    return {"storage_state": {"cookies": [{**cookie, "domain": "localhost", "path": "/"}], "origins": []}}


def claim_with(quote: str) -> Claim:
    return Claim.objects.filter(article__slug="khusham-2", highlights__quote__contains=quote)[0]


def choose(page: Page, select: str, words: str) -> None:
    """In a field that searches: open it, type, take the first row found."""
    page.locator(f"{select} + .select2-container").click()
    page.locator(".select2-search__field").last.fill(words)
    option = page.locator(".select2-results__option", has_text=words).first
    option.click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_list_and_every_page_leaves_the_console_empty(
    scheme: str, administrator: User, signed_in: dict[str, Any], open_page: OpenPage
) -> None:
    set_status(list(Claim.objects.all()[:2]), Claim.Status.REJECTED, administrator)
    page = open_page("/admin/", color_scheme=scheme, **signed_in)
    for noun in NOUNS:
        _look(page, list_of(noun))
        row: Model | None = noun._default_manager.first()
        assert row is not None, noun
        _look(page, page_of(row))
    for name in ("source", "story", "question", "choice", "place"):
        _look(page, reverse(f"admin:articles_{name}_add"))
    _look(page, reverse("admin:articles_source_merge", args=[Source.objects.all()[0].pk]))


def _look(page: Page, address: str) -> None:
    response = page.goto(address)
    assert response is not None and response.status == 200, address
    assert "default-src 'none'" in response.headers["content-security-policy"]
    expect(page.locator("h1")).to_have_count(1)


def test_signing_in(administrator: User, open_page: OpenPage) -> None:
    page = open_page("/admin/")
    page.get_by_label("Name").fill(administrator.username)
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Claims", exact=True).first).to_be_visible()


def test_a_source_is_searched_for_and_a_claim_saved(signed_in: dict[str, Any], open_page: OpenPage) -> None:
    claim = claim_with("self defense")
    page = open_page(page_of(claim), **signed_in)
    choose(page, "#id_source", "SANA")
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    expect(page.locator(".context .sign")).to_have_attribute("data-code", "SANA")
    claim.refresh_from_db()
    assert str(claim.source) == "SANA" and claim.version == 2


def test_an_answer_is_added_with_questions_and_choices_of_the_story(
    signed_in: dict[str, Any], open_page: OpenPage
) -> None:
    claim = claim_with("self defense")
    Answer.objects.filter(claim=claim).delete()
    page = open_page(page_of(claim), **signed_in)
    page.get_by_role("button", name="Add another Answer").click()
    choose(page, "#id_answers-0-question", "Who attacked first?")
    choose(page, "#id_answers-0-choice", "Who attacked first?")
    page.locator("#id_answers-0-as_worded").fill("self defense")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert Answer.objects.get(claim=claim).choice


def test_a_source_is_set_for_two_claims_at_once(signed_in: dict[str, Any], open_page: OpenPage) -> None:
    page = open_page(list_of(Claim), **signed_in)
    page.locator("input.action-select").nth(0).check()
    page.locator("input.action-select").nth(1).check()
    page.locator("select[name=action]").select_option("set_source")
    choose(page, "select[name=source]", "Russian")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("2 claims changed: source: Russian MoD.")
    assert Changeset.objects.get(kind="bulk").revisions.count() == 2


def test_an_action_that_is_refused_is_sent_again_with_what_was_missing(
    signed_in: dict[str, Any], open_page: OpenPage
) -> None:
    page = open_page(list_of(Claim), **signed_in)
    page.locator("input.action-select").nth(1).check()
    page.locator("select[name=action]").select_option("set_source")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Choose a source beside the action first.")
    expect(page.locator(".action-counter")).to_contain_text("1 of ")
    choose(page, "select[name=source]", "Russian")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("1 claim changed: source: Russian MoD.")


def test_a_question_of_words_is_searched_for(signed_in: dict[str, Any], open_page: OpenPage) -> None:
    question = Question.objects.get(slug="why")
    page = open_page(list_of(Claim), **signed_in)
    page.locator("input.action-select").nth(3).check()
    page.locator("select[name=action]").select_option("set_question")
    choose(page, "select[name=question]", question.text)
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("changed: question")


def test_one_of_many_articles_is_searched_for_in_the_filter(signed_in: dict[str, Any], open_page: OpenPage) -> None:
    for number in range(LISTED):
        make_article(slug=f"many-{number}", title=f"Report {number}")
    page = open_page(list_of(Claim), **signed_in)
    choose(page, ".search-filter select", "estimated")
    page.get_by_role("button", name="Show", exact=True).click()
    count = Claim.objects.filter(article__slug="khusham-2").count()
    expect(page.locator(".paginator")).to_contain_text(f"{count} claims")


def test_two_sources_are_merged_and_taken_apart_again(signed_in: dict[str, Any], open_page: OpenPage) -> None:
    sana = Source.objects.get(slug="sana")
    make_source(name="Syrian agency", code="SYR")
    page = open_page(reverse("admin:articles_source_merge", args=[sana.pk]), **signed_in)
    choose(page, "#id_into", "Syrian agency")
    page.get_by_role("button", name="See what would move").click()
    page.get_by_role("button", name="Merge SANA into Syrian agency").click()
    expect(page.locator(".messagelist")).to_contain_text("moved to Syrian agency")
    page.get_by_role("button", name="Take the merge back").click()
    expect(page.locator(".messagelist")).to_contain_text("given back")


def test_a_new_source_is_made_in_a_window_of_its_own(signed_in: dict[str, Any], open_page: OpenPage) -> None:
    page = open_page(page_of(claim_with("self defense")), **signed_in)
    with page.expect_popup() as opened:
        page.locator("#add_id_source").click()
    window = opened.value
    window.get_by_label("Name:", exact=True).fill("Pentagon")
    window.get_by_label("Code:").fill("PEN")
    expect(window.get_by_label("Slug:")).to_have_value("pentagon")
    with window.expect_event("close"):
        window.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#id_source + .select2-container")).to_contain_text("Pentagon")


def test_a_deleted_claim_is_restored(signed_in: dict[str, Any], open_page: OpenPage) -> None:
    claim = claim_with("self defense")
    page = open_page(page_of(claim), **signed_in)
    page.get_by_role("link", name="Delete", exact=True).first.click()
    page.get_by_role("button", name="Yes, I’m sure").click()
    expect(page.locator(".messagelist")).to_contain_text("deleted successfully")
    assert not Claim.objects.with_uid(claim.uid).exists()
    page.goto(list_of(Revision))
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option("restore")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Restored")
    assert Claim.objects.with_uid(claim.uid).exists()


LOOK = """mark => {
  const style = getComputedStyle(mark);
  return [style.textDecorationStyle, style.textDecorationThickness, style.textDecorationColor, style.backgroundColor];
}"""


def test_the_lines_of_all_tones_are_those_of_the_reading_page(signed_in: dict[str, Any], open_page: OpenPage) -> None:
    claim = claim_with("self defense")
    assert claim.source
    # Alone in its article, so that it wears its own tone there.
    Claim.objects.filter(article=claim.article).exclude(pk=claim.pk).delete()
    looks = []
    page = open_page("/admin/", **signed_in)
    for tone in range(1, 13):
        Source.objects.filter(pk=claim.source.pk).update(tone=tone)
        page.goto(page_of(claim))
        preview = page.locator(".context mark").first.evaluate(LOOK)
        page.goto(claim.article.get_absolute_url())
        read = page.locator(f'mark[data-claim="{claim.uid}"]').first.evaluate(LOOK)
        assert preview == read, tone
        looks.append(tuple(preview[:3]))
    assert len(set(looks)) == 12


def test_lines_in_context_stand_as_far_apart_as_on_the_reading_page(
    signed_in: dict[str, Any], open_page: OpenPage
) -> None:
    page = open_page(page_of(claim_with("self defense")), **signed_in)
    expect(page.locator(".context p").first).to_have_css("line-height", "27.2px")


def test_a_claim_is_restored_from_the_page_of_a_revision(
    administrator: User, signed_in: dict[str, Any], open_page: OpenPage
) -> None:
    claim = claim_with("self defense")
    set_status([claim], Claim.Status.REJECTED, administrator)
    page = open_page(page_of(Revision.objects.get(claim_uid=claim.uid, version=1)), **signed_in)
    page.get_by_role("button", name="Restore the claim as of this version").click()
    expect(page.locator(".messagelist")).to_contain_text("Restored as of version 1")
    expect(page.get_by_label("Status")).to_have_value("accepted")


def test_nothing_is_wider_than_a_small_screen(
    administrator: User, signed_in: dict[str, Any], open_page: OpenPage
) -> None:
    claim = claim_with("self defense")
    set_article_status(claim.article, Article.Status.WITHDRAWN, "A long sentence on why. " * 10, administrator)
    page = open_page("/admin/", size=NARROW, **signed_in)
    for address in (page_of(claim), page_of(claim.article), list_of(Source), list_of(Claim), list_of(Article)):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


READABLE = """box => {
  const [paper, ...inks] = [box, ...box.querySelectorAll("label, .helptext")].map(part => getComputedStyle(part));
  return [paper.backgroundColor, ...inks.map(ink => ink.color)];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_chosen_has_a_heading_that_can_be_read(
    scheme: str, administrator: User, signed_in: dict[str, Any], open_page: OpenPage
) -> None:
    """axe makes nothing of ink on the same ink."""
    page = open_page(reverse("admin:auth_user_change", args=[administrator.pk]), color_scheme=scheme, **signed_in)
    heads = page.locator(".selector-chosen-title")
    expect(heads).to_have_count(2)
    paper, *inks = heads.first.evaluate(READABLE)
    assert len(inks) == 2 and all(contrast(hexadecimal(ink), hexadecimal(paper)) >= 4.5 for ink in inks)


def hexadecimal(colour: str) -> str:
    """“rgb(22, 24, 29)” as “#16181d”."""
    return "#" + "".join(f"{int(part):02x}" for part in colour.removeprefix("rgb(").removesuffix(")").split(","))
