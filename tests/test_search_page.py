"""The page of a search."""

import pytest
from django.test import Client
from django.utils import timezone

from articles import counting
from articles.models import Article, Source
from articles.pages import finding
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story
from tests.htmx import HEADERS, assert_same, by_id, page, put
from tests.pages import PageClient, links, main_of, tree_of

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


def named(response: object) -> dict[str, list[str]]:
    """What is found by name: under each heading what the rows say."""
    sections = [node for node in tree_of(response).iter("section") if "found-names" in node.get("class", "")]
    return {words(one.find("h2")): [words(row) for row in one.iter("li")] for one in sections}


@pytest.fixture
def ministry() -> Article:
    """With a story that asks something, and two claims of a ministry in its latest version, one of which answers."""
    story = make_story(title="Khusham, February 2018")
    where = make_question(story=story, slug="where", text="Where did it happen?", kind="words")
    source = make_source(name="Russian MoD", code="MOD")
    source.aliases.create(name="Министерство обороны")
    first = make_article(slug="before", story=story, paragraphs=["It said so."])
    report = make_article(slug="after", story=story, revises=first, paragraphs=["It said that it was here."])
    make_claim(article=first, source=source, quote="said so")
    make_claim(article=report, source=source, quote="said that")
    make_claim(article=report, source=source, quote="was here", answers=[answer(where, "here")])
    return report


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Russian MoD", {"1 source": ["Russian MoD MOD 2 claims"]}),
        ("“russian mod”", {"1 source": ["Russian MoD MOD 2 claims"]}),
        ("mod", {"1 source": ["Russian MoD MOD 2 claims"]}),
        ("министерство", {"1 source": ["Russian MoD MOD also Министерство обороны 2 claims"]}),
        ("russian министерство", {"1 source": ["Russian MoD MOD also Министерство обороны 2 claims"]}),
        ("Khusham, February 2018", {"1 story": ["Khusham, February 2018 2 claims"]}),
        ("where did it happen", {"1 question": ["Where did it happen? Khusham, February 2018 1 claim"]}),
        ("happened", {"1 question": ["Where did it happen? Khusham, February 2018 1 claim"]}),
        ("khush*", {"1 story": ["Khusham, February 2018 2 claims"]}),
        ("khush", {}),
        ("russian khusham", {}),
    ],
)
def test_sources_stories_and_questions_are_found_by_name(
    reader: PageClient, ministry: Article, asked: str, found: dict[str, list[str]]
) -> None:
    response = reader.get("/search/", {"q": asked})
    assert named(response) == found
    assert ("Nothing holds all of this" in response.content.decode()) is not found


def test_what_is_found_by_name_leads_to_its_page(reader: PageClient, ministry: Article) -> None:
    for asked, address in (
        ("mod", "/sources/russian-mod/"),
        ("khusham", "/stories/khusham/"),
        ("happen", "/stories/khusham/where/"),
    ):
        response = reader.get("/search/", {"q": asked})
        assert address in links(main_of(response)), asked
        assert {hit.casefold() for hit in hits(response)} == {asked}
        assert reader.get(address).status_code == 200


def test_names_that_hold_html_are_shown_as_they_are(reader: PageClient) -> None:
    make_claim(source=make_source(name="<b>Ministry</b>", code="MIN"))
    text = reader.get("/search/?q=ministry").content.decode()
    assert '&lt;b&gt;<mark class="hit">Ministry</mark>&lt;/b&gt;' in text
    assert "<b>" not in text


def test_readers_find_no_name_of_what_they_may_not_see(
    reader: PageClient, editors_browser: PageClient, ministry: Article
) -> None:
    story = make_story(title="Secret Khusham", slug="secret")
    make_question(story=story, slug="who", text="Who was in Khusham?", kind="words")
    draft = make_article(slug="draft", status="draft", story=story)
    hidden = make_source(name="Khusham Council", code="KC")
    make_claim(article=draft, source=hidden)
    make_claim(article=ministry, source=make_source(name="Khusham Guess", code="KG"), quote="It", status="suggested")
    merged = make_source(name="Khusham Merged", code="KM")
    merged.merged_into = hidden
    merged.save()
    assert named(reader.get("/search/?q=khusham")) == {"1 story": ["Khusham, February 2018 2 claims"]}
    assert named(editors_browser.get("/search/?q=khusham")) == {
        "2 sources": ["Khusham Council KC also Khusham Merged 1 claim", "Khusham Guess KG 0 claims"],
        "2 stories": ["Secret Khusham 1 claim", "Khusham, February 2018 2 claims"],
        "1 question": ["Who was in Khusham? Secret Khusham 0 claims"],
    }
    Article.objects.update(status="draft")
    assert named(reader.get("/search/?q=khusham")) == {}


def test_what_was_renamed_is_found_by_its_new_name_at_once(reader: PageClient) -> None:
    source = make_source(name="Khusham Council", code="KC")
    make_claim(source=source)
    assert named(reader.get("/search/?q=council")) == {"1 source": ["Khusham Council KC 1 claim"]}
    Source.objects.filter(pk=source.pk).update(name="Khusham Meeting")
    assert named(reader.get("/search/?q=council")) == {}
    assert named(reader.get("/search/?q=meetings")) == {"1 source": ["Khusham Meeting KC 1 claim"]}


def test_the_nearest_names_come_first_and_a_few_at_most(reader: PageClient) -> None:
    report = make_article()
    for number, name in enumerate(
        ["Ministry of War", "Ministry", "Defence Ministry", *(f"A Ministry of X{n}x" for n in range(9))]
    ):
        make_claim(article=report, source=make_source(name=name, code="ABCDEFGHIJKLM"[number] * 3))
    response = reader.get("/search/?q=ministry")
    ((title, rows),) = named(response).items()
    assert title == "More than 5 sources"
    assert [row.split(" ")[0] for row in rows] == ["Ministry", "Defence", "Ministry", "A", "A"]
    assert "With another word, fewer are." in words(main_of(response))


def test_names_stand_above_the_first_page_of_both_alone(reader: PageClient, ministry: Article) -> None:
    for _ in range(25):
        make_claim(article=ministry, source=make_source(name="Russian MoD"), quote="It", speaker="Russian spokesman")
    first = reader.get("/search/?q=russian")
    assert list(named(first)) == ["1 source"]
    (below,) = [link for link in links(main_of(first)) if "below=" in link]
    for address in (below, "/search/?q=russian&kind=claims", "/search/?q=russian&kind=articles"):
        assert named(reader.get(address)) == {}, address


def test_a_phrase_is_one_hit(reader: PageClient, report: Article) -> None:
    assert hits(reader.get("/search/", {"q": "“strikes were”"})) == ["strikes were", "strikes were"]


def test_a_word_is_found_whatever_is_unseen_within_it(reader: PageClient) -> None:
    """Pages that texts are copied from hold soft hyphens and spaces without width, which nobody sees or types."""
    article = make_article(paragraphs=["The soft\u00adhyphens and the zero\u200bwidth stay."])
    make_claim(article=article, quote="soft\u00adhyphens and the zero\u200bwidth")
    for asked in ("softhyphen", "zerowidth", "“softhyphens and”", "soft\u00adhyphens", "softh*"):
        response = reader.get("/search/", {"q": asked})
        assert words(by_id(tree_of(response), "found-articles")) == "1 article", asked
        assert words(by_id(tree_of(response), "found-claims")) == "1 claim", asked
    assert hits(reader.get("/search/?q=softhyphen")) == ["soft\u00adhyphens"] * 2


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
    assert "No report and no claim holds" in (text := reader.get("/search/?q=coalition").content.decode())
    assert "Nothing holds" in reader.get("/search/?q=self-defence").content.decode()
    assert "?q=coalition&amp;versions=all" in text
    assert hits(reader.get("/search/?q=coalition&versions=all")) == ["Coalition", "coalition"]


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
        assert words(by_id(tree, "found-claims")) == f"{len(seen) + 1}–{len(seen) + count} of 50 claims"
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
    assert "1 source, 0 articles, 0 claims found" in client.get("/search/?q=cnn", headers=HEADERS).content.decode()


def test_every_page_has_the_box(reader: PageClient) -> None:
    for address in ("/", "/articles/", "/claims/"):
        form = next(node for node in page(reader, address).iter("form") if node.get("role") == "search")
        assert (form.get("action"), form.get("method")) == ("/search/", "get")
