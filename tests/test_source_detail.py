from typing import Any

import pytest

from articles.models import Alias, Article, Source
from articles.pages.browsing import ARTICLES_PER_PAGE, CLAIMS_PER_PAGE
from articles.writing.merging import merge
from articles.writing.publishing import set_status
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story, orphan
from tests.pages import PageClient, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

ADDRESS = "/sources/army/"
TEXT = "One said alpha. Two said beta. Three said gamma."


@pytest.fixture
def army() -> Source:
    return make_source(name="Army", code="ARM")


@pytest.fixture
def report() -> Article:
    return make_article(paragraphs=[TEXT], story=make_story(title="Khusham"))


def show(client: PageClient, query: str = "") -> Any:
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return main_of(response)


def groups(main: Any) -> dict[str, list[str]]:
    """Under each story and question the quotes, in order."""
    found: dict[str, list[str]] = {}
    story = question = ""
    for node in main.iter():
        if node.tag == "h2":
            story = words(node)
        elif node.tag == "h3":
            question = f"{story}: {words(node)}"
        elif node.tag == "mark":
            found.setdefault(question, []).append(words(node))
    return found


def test_claims_stand_by_story_and_question_in_the_storys_order(
    reader: PageClient, army: Source, report: Article
) -> None:
    hurt = make_question(slug="hurt", text="How many hurt?")
    killed = make_question(slug="killed", text="How many killed?")
    hurt.position = 1
    hurt.save()
    make_claim(article=report, source=army, quote="alpha", answers=[answer(hurt, 1)])
    make_claim(article=report, source=army, quote="beta", answers=[answer(hurt, 2), answer(killed, 3)])
    make_claim(article=report, source=army, quote="gamma")
    make_claim(article=make_article(slug="apart", paragraphs=[TEXT]), source=army, quote="alpha")
    assert groups(show(reader)) == {
        "In no story: On no question": ["alpha"],
        "Khusham: How many killed?": ["beta"],
        "Khusham: How many hurt?": ["alpha", "beta"],
        "Khusham: On no question": ["gamma"],
    }


def test_a_claim_leads_to_its_page_and_its_place(reader: PageClient, army: Source, report: Article) -> None:
    claim = make_claim(article=report, source=army, quote="alpha")
    found = links(show(reader))
    assert claim.get_absolute_url() in found
    assert f"/articles/strikes/#sign-{claim.uid}" in found
    assert found["/stories/khusham/"] == "Khusham"


def test_facts_of_the_source(reader: PageClient, army: Source, report: Article) -> None:
    make_claim(article=report, source=army, quote="alpha")
    army.description = "Of the <north>."
    army.save()
    for name in ("The Northern Army", "Arméе du Nord"):
        Alias.objects.create(source=army, name=name)
    main = show(reader)
    for fact in ("Of the <north>.", "ARM", "military", "Arméе du Nord, The Northern Army"):
        assert fact in words(main)
    assert links(main)["/claims/?shown=army"] == "1 claim"


def test_speakers_come_by_number_of_claims_whatever_their_case(
    reader: PageClient, army: Source, report: Article
) -> None:
    for quote, speaker in (("alpha", "Col. Veale"), ("beta", "a spokesman"), ("gamma", "A spokesman"), ("One", "")):
        make_claim(article=report, source=army, quote=quote, speaker=speaker)
    assert [words(item) for item in show(reader).find(".//*[@class='speakers']")] == ["A spokesman 2", "Col. Veale 1"]


def test_the_latest_version_alone_is_listed(reader: PageClient, army: Source, report: Article) -> None:
    make_claim(article=report, source=army, quote="alpha", speaker="Col. Old")
    second = make_article(slug="second", paragraphs=[TEXT], revises=report)
    make_claim(article=second, source=army, quote="beta")
    main = show(reader)
    assert groups(main) == {"In no story: On no question": ["beta"]}
    assert "Col. Old" not in words(main)


def test_a_source_of_an_earlier_version_keeps_its_page(reader: PageClient, army: Source, report: Article) -> None:
    make_claim(article=report, source=army, quote="alpha")
    make_article(slug="second", paragraphs=[TEXT], revises=report)
    main = show(reader)
    assert groups(main) == {}
    assert "no claim" in words(main)


def test_an_outlet_that_claims_nothing_lists_its_articles(reader: PageClient, army: Source) -> None:
    make_claim(article=make_article(outlet=army))
    make_article(slug="draft", title="Draft", outlet=army, status="draft")
    main = show(reader)
    assert "no claim" in words(main)
    assert links(main)["/articles/strikes/"] == "Strikes in Syria"
    assert "1 claim" in words(main)
    assert "Draft" not in words(main)


def test_an_outlet_lists_the_latest_version_of_each_article(reader: PageClient, army: Source) -> None:
    first = make_article(outlet=army)
    make_article(slug="second", outlet=army, revises=first)
    assert "/articles/second/" in links(show(reader))
    assert "/articles/strikes/" not in links(show(reader))


def test_of_very_many_articles_an_outlet_lists_the_latest(reader: PageClient, army: Source) -> None:
    for number in range(ARTICLES_PER_PAGE + 1):
        make_article(slug=f"article-{number}", outlet=army)
    assert f"The latest {ARTICLES_PER_PAGE} of {ARTICLES_PER_PAGE + 1}." in words(show(reader))


def test_a_source_that_publishes_nothing_lists_no_articles(reader: PageClient, army: Source, report: Article) -> None:
    make_claim(article=report, source=army, quote="alpha")
    assert "Articles" not in {words(title) for title in show(reader).iter("h2")}


def test_hidden_claims_are_neither_listed_nor_counted(reader: PageClient, army: Source, report: Article) -> None:
    make_claim(article=report, source=army, quote="alpha")
    for status in ("suggested", "rejected"):
        make_claim(article=report, source=army, quote="beta", status=status, speaker="Col. Hidden")
    make_claim(article=report, source=army, highlights=[orphan("lost")])
    main = show(reader)
    assert links(main)["/claims/?shown=army"] == "1 claim"
    assert "Hidden" not in words(main)


def test_editors_see_suggestions_as_what_they_are(editors_browser: PageClient, army: Source, report: Article) -> None:
    make_claim(article=report, source=army, quote="beta", status="suggested")
    make_claim(article=report, source=army, quote="alpha", status="rejected")
    page = words(show(editors_browser))
    assert "suggested" in page
    assert "rejected" not in page


@pytest.mark.parametrize(("status", "code"), [("draft", 404), ("withdrawn", 410)])
def test_a_source_of_which_nothing_is_public_is_for_editors(
    reader: PageClient, editors_browser: PageClient, army: Source, status: str, code: int
) -> None:
    make_claim(article=make_article(status=status, outlet=army), source=army)
    assert reader.get(ADDRESS).status_code == code
    assert words(show(editors_browser).find(".//h1")) == "Army"


@pytest.mark.parametrize("status", ["suggested", "rejected"])
def test_a_source_of_which_readers_never_saw_a_claim_is_not_told_of(
    reader: PageClient, army: Source, report: Article, status: str
) -> None:
    make_claim(article=report, source=army, quote="alpha", status=status)
    set_status(report, Article.Status.WITHDRAWN)
    assert reader.get(ADDRESS).status_code == 404


def test_a_source_that_was_public_once_says_what_became_of_it(
    reader: PageClient, army: Source, report: Article
) -> None:
    make_claim(article=report, source=army, quote="alpha")
    set_status(report, Article.Status.WITHDRAWN, "It was <invented>.")
    response = reader.get(ADDRESS)
    assert response.status_code == 410
    assert "It was <invented>." in words(main_of(response))
    assert "Army" not in words(main_of(response))


def test_there_is_no_such_source(reader: PageClient) -> None:
    assert reader.get(ADDRESS).status_code == 404


def test_a_merged_source_leads_to_the_one_that_took_it_over(
    reader: PageClient, army: Source, report: Article, editor: Any
) -> None:
    old, older = make_source(name="Old", code="OLD"), make_source(name="Older", code="OLR")
    make_claim(article=report, source=older, quote="alpha")
    merge(older, old, editor)
    merge(old, army, editor)
    for slug in ("older", "old"):
        response = reader.get(f"/sources/{slug}/")
        assert (response.status_code, response["Location"]) == (302, ADDRESS)
    assert groups(show(reader))


def test_a_merge_gives_no_hidden_source_away(reader: PageClient, army: Source, editor: Any) -> None:
    merge(make_source(name="Old", code="OLD"), army, editor)
    assert reader.get("/sources/old/").status_code == 404


def test_a_long_list_has_pages(reader: PageClient, army: Source) -> None:
    text = " ".join(f"n{number:03}" for number in range(CLAIMS_PER_PAGE + 1))
    article = make_article(paragraphs=[text])
    for quote in text.split():
        make_claim(article=article, source=army, quote=quote)
    assert links(show(reader))[f"{ADDRESS}?page=2"] == "Next page"
    for number in ("2", "9", "9" * 30):
        assert groups(show(reader, f"?page={number}")) == {"In no story: On no question": [f"n{CLAIMS_PER_PAGE:03}"]}
    assert len(groups(show(reader, "?page=x"))["In no story: On no question"]) == CLAIMS_PER_PAGE


def test_slugs_of_any_script_have_pages(reader: PageClient, report: Article) -> None:
    source = make_source(name="وكالة سانا", code="ABC")
    make_claim(article=report, source=source, quote="alpha")
    tree = tree_of(reader.get(source.get_absolute_url()))
    assert words(tree.find(".//h1")) == "وكالة سانا"
    assert words(tree.find(".//title")).startswith("وكالة سانا")
