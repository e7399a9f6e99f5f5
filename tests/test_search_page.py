"""The page of a search."""

import pytest
from django.test import Client
from django.utils import timezone

from articles import counting
from articles.models import Article
from articles.pages import finding
from tests.factories import make_article, make_claim, make_source
from tests.htmx import HEADERS, assert_same, by_id, page, put
from tests.pages import PageClient, tree_of

pytestmark = pytest.mark.django_db


def hits(response: object) -> list[str]:
    return [node.text for node in tree_of(response).iter("mark")]


def words(node: object) -> str:
    return " ".join("".join(node.itertext()).split())  # type: ignore[attr-defined]


@pytest.fixture
def report() -> Article:
    report = make_article(
        paragraphs=["The coalition said the strikes were self-defence.", "SANA said <b>nothing</b> of strikes."],
        outlet=make_source(name="CNN", kind="outlet"),
        published_at=timezone.now(),
    )
    make_claim(article=report, quote="the strikes were self-defence", speaker="Col. Strike", note="check the strike")
    make_claim(article=report, source=make_source(name="SANA"), quote="<b>nothing</b> of strikes")
    return report


def test_articles_and_claims_are_found_in_one_box(reader: PageClient, report: Article) -> None:
    response = reader.get("/search/?q=strike")
    text = response.content.decode()
    assert hits(response) == ["Strikes", "strikes", "strikes", "Strike", "strikes"][:1] + hits(response)[1:]
    assert {one.lower() for one in hits(response)} == {"strikes", "strike"}
    assert words(by_id(tree_of(response), "found-articles")) == "1 article"
    assert words(by_id(tree_of(response), "found-claims")) == "2 claims"
    assert "&lt;b&gt;nothing&lt;/b&gt; of" in text
    assert "<b>nothing" not in text
    assert 'href="/articles/strikes/#p1"' in text
    assert not response.cookies


def test_a_phrase_is_one_hit(reader: PageClient, report: Article) -> None:
    assert hits(reader.get("/search/", {"q": "“strikes were”"})) == ["strikes were", "strikes were"]


def test_a_note_is_found_and_shown_for_editors_alone(
    reader: PageClient, editors_browser: PageClient, report: Article
) -> None:
    assert "Nothing holds all of this" in reader.get("/search/?q=check").content.decode()
    response = editors_browser.get("/search/?q=check")
    assert hits(response) == ["check"]
    assert "Note:" in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", "Look for words in every report"),
        ("?q=", "Look for words in every report"),
        ("?q=%22%22", "There is no word in this"),
        ("?q=%00*", "There is no word in this"),
        ("?q=xylophone", "Nothing holds all of this"),
        ("?q=strike&versions=all", "2 claims"),
        ("?q=strike&page=x", "2 claims"),
        ("?q=strike&page=999999999999", "2 claims"),
        ("?q=" + "strike+" * 500, "Its first 1,000 characters were looked for."),
        ("?q=" + "+".join(f"strike{number}" for number in range(30)), "Its first 24 words were looked for."),
        ("?q=" + "x" * 3000, "Its first 1,000 characters were looked for."),
        ("?q=strikes+-coalition", "The minus before “<bdi>coalition</bdi>” leaves nothing out"),
    ],
)
def test_every_state_says_what_it_is(reader: PageClient, report: Article, asked: str, told: str) -> None:
    response = reader.get(f"/search/{asked}")
    assert response.status_code == 200
    assert told in " ".join(response.content.decode().split())


@pytest.mark.parametrize("asked", ["strikes - coalition", "US-led", "“strikes -coalition”", "strikes–coalition", "-"])
def test_a_stroke_that_is_no_minus_is_not_spoken_of(reader: PageClient, report: Article, asked: str) -> None:
    assert "The minus" not in reader.get("/search/", {"q": asked}).content.decode()


@pytest.mark.parametrize("asked", ["kind=nonsense", "versions=some"])
def test_what_the_address_cannot_ask_for_is_refused(reader: PageClient, asked: str) -> None:
    assert reader.get(f"/search/?q=strike&{asked}").status_code == 400


def test_the_last_word_is_a_beginning_while_it_is_typed(reader: PageClient, report: Article) -> None:
    assert "Nothing holds" in reader.get("/search/?q=stri").content.decode()
    assert len(hits(reader.get("/search/?q=stri&typing=1"))) == len(hits(reader.get("/search/?q=strike")))


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("?q=stri&typing=1", "?q=stri*"),
        ("?q=the+stri&versions=all&typing=1", "?q=the+stri*&versions=all"),
        ("?q=st&typing=1", "?q=st"),
        ("?q=stri*&typing=1", "?q=stri*"),
        ("?q=strike%20&typing=1", "?q=strike+"),
        ("?q=%22strike&typing=1", "?q=%22strike"),
        ("?q=&typing=1", "?q="),
        ("?typing=1", ""),
        ("?q=stri&typing=1&sourc=sana", "?q=stri*&sourc=sana"),
    ],
)
def test_no_address_says_that_somebody_types(report: Article, asked: str, address: str) -> None:
    """Neither the browser's nor any in the page; and it finds the same, but for a quotation that is not closed."""
    for _ in range(25):
        make_claim(article=report, quote="strikes")
    answer = Client().get(f"/search/{asked}", headers=HEADERS)
    assert answer["HX-Replace-Url"] == f"/search/{address}"
    assert "typing" not in answer.content.decode()
    assert "%22" in asked or hits(Client().get(f"/search/{address}")) == hits(answer)


def test_earlier_versions_are_looked_through_on_demand(reader: PageClient, report: Article) -> None:
    make_article(slug="second", revises=report, paragraphs=["Nothing more."])
    assert "Nothing holds" in (text := reader.get("/search/?q=coalition").content.decode())
    assert "?q=coalition&amp;versions=all" in text
    assert len(hits(reader.get("/search/?q=coalition&versions=all"))) == 1


def test_many_hits_come_page_by_page(reader: PageClient, report: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        make_article(slug=f"article-{number}", title=f"Ministry {number}", paragraphs=["The ministry."])
    for _ in range(50):
        make_claim(article=report, quote="SANA said")
    text = reader.get("/search/?q=ministry").content.decode()
    assert text.count('class="row-title"') == finding.FIRST_ARTICLES
    assert "/search/?q=ministry&amp;kind=articles" in text
    assert reader.get("/search/?q=ministry&kind=articles").content.decode().count('class="row-title"') == 7
    seen, address = set[str](), "/search/?q=said&kind=claims"
    for count in (20, 20, 10):
        tree = page(reader, address)
        links = [node.get("href", "") for node in tree.iter("a")]
        shown = [link for link in links if link.startswith("/claims/") and link != "/claims/"]
        assert len(shown) == count
        seen.update(shown)
        if count == 20:
            address = by_id(tree, "page-next").get("href")
            assert address.startswith("/search/?q=said&kind=claims&below=")
    assert len(seen) == 50
    assert by_id(page(reader, address), "page-previous") is not None
    assert by_id(page(reader, address), "page-first").get("href") == "/search/?q=said&kind=claims"
    assert len(reader.get("/search/?q=said&kind=claims&end=last").content.decode().split('class="claim-row"')) == 21
    assert reader.get("/search/?q=said&kind=claims&page=3").content.decode().count('class="claim-row"') == 10
    monkeypatch.setattr(counting, "COUNTED", 40)
    assert "more than 40 claims" in reader.get("/search/?q=said&below=gone").content.decode()


@pytest.mark.parametrize("asked", ["?q=strike*", "?q=xylophone", "?q=", "?q=said&kind=claims&page=2", "?q=%22"])
def test_what_htmx_swaps_is_the_fresh_page(report: Article, asked: str) -> None:
    for _ in range(25):
        make_claim(article=report, quote="SANA said")
    client = Client()
    swapped = page(client, "/search/?q=coalition")
    put(swapped, client.get(f"/search/{asked}", headers=HEADERS), "found", "outerHTML")
    assert_same(swapped, page(client, f"/search/{asked}"), aside=["search-form"])


def test_the_live_region_says_how_much_was_found(report: Article) -> None:
    client = Client()
    answer = client.get("/search/?q=strike", headers=HEADERS).content.decode()
    assert "1 article, 2 claims found" in answer


def test_every_page_has_the_box(reader: PageClient) -> None:
    for address in ("/", "/articles/", "/claims/"):
        form = next(node for node in page(reader, address).iter("form") if node.get("role") == "search")
        assert (form.get("action"), form.get("method")) == ("/search/", "get")
