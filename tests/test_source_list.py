from typing import Any

import pytest

from articles.models import Source
from articles.views import sources as views_sources
from articles.writing.merging import merge
from tests.factories import make_article, make_claim, make_editor, make_source, make_story, orphan
from tests.pages import PageClient, by_id, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

ADDRESS = "/sources/"
TEXT = "One said alpha. Two said beta. Three said gamma."


def listed(client: PageClient) -> list[str]:
    return [name for address, name in links(main_of(client.get(ADDRESS))).items() if address.startswith(ADDRESS)]


def speak(article: Any, name: str, *quotes: str, **fields: Any) -> Source:
    source = make_source(name=name, code=name[:3].upper())
    for quote in quotes:
        make_claim(article=article, source=source, quote=quote, **fields)
    return source


def test_sources_come_by_number_of_claims_then_by_name(reader: PageClient) -> None:
    article = make_article(paragraphs=[TEXT])
    for name, quotes in {"Beta": ["beta"], "Zeta": ["alpha", "gamma"], "Alpha": ["alpha"]}.items():
        speak(article, name, *quotes)
    assert listed(reader) == ["Zeta", "Alpha", "Beta"]


def test_names_are_sorted_whatever_their_case(reader: PageClient, editors_browser: PageClient) -> None:
    article = make_article(paragraphs=[TEXT], outlet=make_source(name="cNN", kind="outlet"))
    for name in ("SANA", "coalition", "Berlin"):
        speak(article, name, "beta")
    assert listed(reader) == ["Berlin", "coalition", "SANA", "cNN"]
    assert [source.name for source in Source.objects.by_name()] == ["Berlin", "cNN", "coalition", "SANA"]
    assert [source.name for source in sorted(Source.objects.all(), key=lambda one: one.name_key)] == [
        source.name for source in Source.objects.by_name()
    ]
    form = tree_of(editors_browser.get(f"/articles/{article.slug}/claims/new/?at=0:0-3"))
    offered = [option.get("value") for option in by_id(form, "sources").iter("option")]
    assert offered == ["Berlin", "cNN", "coalition", "SANA"]


def test_a_row_says_code_kind_and_count_and_leads_to_the_claims(reader: PageClient) -> None:
    speak(make_article(paragraphs=[TEXT]), "Army", "alpha", "beta")
    main = main_of(reader.get(ADDRESS))
    assert links(main) == {"/sources/army/": "Army", "/claims/?shown=army": "2 claims"}
    assert "ARM" in words(main)
    assert "military" in words(main)


def test_the_latest_version_alone_counts(reader: PageClient) -> None:
    first = make_article(paragraphs=[TEXT])
    speak(first, "Army", "alpha", "beta")
    speak(make_article(slug="second", paragraphs=[TEXT], revises=first), "Army", "alpha")
    assert links(main_of(reader.get(ADDRESS)))["/claims/?shown=army"] == "1 claim"


def test_a_claim_in_a_draft_counts_for_editors(reader: PageClient, editors_browser: PageClient) -> None:
    speak(make_article(paragraphs=[TEXT]), "Army", "alpha")
    draft = make_article(slug="draft", status="draft", paragraphs=[TEXT])
    make_claim(article=draft, source=Source.objects.get(), quote="beta")
    for client, said in ((reader, "1 claim"), (editors_browser, "2 claims")):
        assert links(main_of(client.get(ADDRESS)))["/claims/?shown=army"] == said


def test_many_come_in_pages(reader: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_sources, "SOURCES_PER_PAGE", 2)
    article = make_article(paragraphs=[TEXT])
    for name in ("Alpha", "Beta", "Gamma"):
        speak(article, name, "alpha")
    assert listed(reader) == ["Alpha", "Beta", "Next page"]
    page = main_of(reader.get(ADDRESS, {"page": 2}))
    assert links(page)["/sources/gamma/"] == "Gamma" and "Page 2 of 2" in words(page)


def test_an_outlet_that_claims_nothing_is_listed(reader: PageClient) -> None:
    make_article(outlet=make_source(name="Gazette", kind="outlet"))
    assert links(main_of(reader.get(ADDRESS)))["/claims/?shown=gazette"] == "0 claims"


def test_a_source_that_has_been_merged_is_not(reader: PageClient) -> None:
    article = make_article(paragraphs=[TEXT])
    old, new = speak(article, "Old", "alpha"), speak(article, "New", "beta")
    merge(old, new, make_editor())
    assert listed(reader) == ["New"]


@pytest.mark.parametrize("status", ["suggested", "rejected"])
def test_a_source_of_hidden_claims_is_for_editors(reader: PageClient, editors_browser: PageClient, status: str) -> None:
    speak(make_article(paragraphs=[TEXT]), "Secret", "alpha", status=status)
    assert listed(reader) == []
    assert listed(editors_browser) == ["Secret"]


def test_so_is_one_of_orphaned_claims_or_drafts(reader: PageClient) -> None:
    make_claim(source=make_source(name="Lost"), highlights=[orphan("lost")])
    draft = make_article(slug="draft", paragraphs=[TEXT], status="draft", outlet=make_source(name="Outlet", code="OUT"))
    speak(draft, "Secret", "alpha")
    assert listed(reader) == []


def test_names_are_text(reader: PageClient) -> None:
    make_claim(source=make_source(name='<b>وكالة</b> "SANA" & 🤔', code="ABC"))
    assert listed(reader) == ['<b>وكالة</b> "SANA" & 🤔']


def test_every_page_counts_the_same_for_editors_as_for_readers(editors_browser: PageClient, reader: PageClient) -> None:
    army = make_source(name="Army")
    report = make_article(story=make_story(title="Story", slug="story"), slug="report")
    make_claim(article=report, source=army, quote="The")
    for quote in ("coalition", "said"):
        make_claim(article=report, source=army, quote=quote, status="suggested")
    for address in ("/", "/stories/", "/stories/story/", "/articles/", "/sources/", "/sources/army/"):
        for client in (reader, editors_browser):
            said = words(main_of(client.get(address)))
            assert "1 claim" in said and "3 claims" not in said, address
