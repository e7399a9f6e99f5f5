"""An address that asks for what its page does not know: the page says so, and is not kept."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client

from articles.models import Article
from articles.pages.not_known import not_known
from tests import htmx
from tests.factories import make_article, make_claim, make_question, make_source, make_story
from tests.kept import how_many_are_kept
from tests.pages import PageClient, links, main_of, words

SAID = "The desk does not know that here, and it changes nothing."
LISTS = ["/claims/", "/articles/", "/stories/", "/sources/", "/sources/sana/", "/search/"]
# Which have no second page.
OTHERS = [
    *("/", "/stories/khusham/", "/stories/khusham/who-attacked/", "/claims/said/"),
    *("/articles/strikes/", "/articles/strikes/changes/"),
]
PAGES = [*LISTS, *OTHERS]
EXPORTED = ["/claims/", "/articles/strikes/", "/stories/khusham/", "/sources/sana/", "/claims/said/"]


class TestParameters:
    def told(self, query: str, *known: str) -> tuple[str, ...]:
        found = not_known(QueryDict(query), frozenset(known))
        return found.names if found else ()

    def test_those_known_are_not_told(self) -> None:
        assert self.told("shown=sana&sourc=sana", "shown") == ("sourc",)
        assert self.told("shown=sana", "shown") == () == self.told("")

    @pytest.mark.parametrize(
        "name", ["utm_source", "UTM_Campaign", "fbclid", "gclid", "msclkid", "mc_eid", "ref", "_ga"]
    )
    def test_neither_is_what_traces_readers(self, name: str) -> None:
        assert self.told(f"{name}=x") == ()
        assert self.told(f"{name}x=x") == ((f"{name}x",) if not name.lower().startswith("utm") else ())

    def test_each_once_and_a_few_of_many(self) -> None:
        assert self.told("a=1&a=2") == ("a",)
        found = not_known(QueryDict("&".join(f"n{at}=1" for at in range(30)) + "&page=2"), frozenset({"page"}))
        assert found and (found.names, found.more, found.query) == (("n0", "n1", "n2", "n3", "n4"), 25, "page=2")

    def test_a_long_one_is_cut(self) -> None:
        (name,) = self.told("x" * 3000 + "=1")
        assert name == "x" * 40 + "…"


@pytest.fixture
def article() -> Article:
    story = make_story(slug="khusham")
    article = make_article(story=story, paragraphs=["SANA said that it was an aggression."])
    make_question(story=story, text="Who attacked?", slug="who-attacked")
    make_claim(article=article, source=make_source(name="SANA"), quote="it was an aggression", uid="said")
    return article


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("address", PAGES)
    def test_it_is_said_and_led_back_from(self, reader: PageClient, article: Article, address: str) -> None:
        page = main_of(reader.get(f"{address}?sourc=sana&page=1&gclid=x"))
        known = "" if address in OTHERS else "page=1&"
        if known:
            assert f"This address asks for “sourc”. {SAID} Leave it out" in words(page)
            assert links(page)[f"{address}?{known}gclid=x"] == "Leave it out"
        else:
            assert f"This address asks for “sourc”, “page”. {SAID} Leave it out" in words(page)
        assert SAID not in words(main_of(reader.get(f"{address}?utm_source=x&fbclid=y")))
        assert SAID not in words(main_of(reader.get(address)))

    @pytest.mark.parametrize("address", ["/work/", "/work/?list=drafts", "/work/?list=taken-away"])
    def test_on_lists_of_editors_too(self, editors_browser: PageClient, address: str) -> None:
        assert SAID not in words(main_of(editors_browser.get(address)))
        assert SAID in words(
            main_of(editors_browser.get(address, {"lsit": "drafts", **parse_qs(urlsplit(address).query)}))
        )

    def test_names_are_words_and_nothing_else(self, reader: PageClient, article: Article) -> None:
        page = main_of(reader.get("/claims/?%3Cb%3Ebold%3C/b%3E=1&=2"))
        assert "This address asks for “<b>bold</b>”, “=”." in words(page)

    def test_swapped_it_is_the_fresh_page(self, client: Client, article: Article) -> None:
        """The list of claims, and the search, by htmx."""
        for address in ("/claims/?sourc=sana", "/search/?q=aggression&sourc=sana"):
            assert SAID in client.get(address, headers={"HX-Request": "true"}).content.decode()

    def test_on_the_reading_page_it_comes_and_goes(self, reader: PageClient, article: Article) -> None:
        asked, plain = "/articles/strikes/?shown=sana&sourc=sana", "/articles/strikes/?shown=sana"
        htmx.assert_same(htmx.swap(htmx.page(reader, asked), reader, plain, "reading"), htmx.page(reader, plain))
        htmx.assert_same(htmx.swap(htmx.page(reader, plain), reader, asked, "reading"), htmx.page(reader, asked))

    @pytest.mark.parametrize("address", PAGES)
    def test_such_a_page_is_not_kept(self, reader: PageClient, article: Article, address: str) -> None:
        reader.get(address)
        kept = how_many_are_kept()
        reader.get(f"{address}?sourc=sana")
        assert how_many_are_kept() == kept

    @pytest.mark.parametrize("by", ["reader", "editor"])
    @pytest.mark.parametrize("address", [*PAGES, "/claims/?q=aggression", "/search/?q=aggression"])
    def test_no_page_leads_to_what_it_does_not_know(
        self, reader: PageClient, editors_browser: PageClient, article: Article, address: str, by: str
    ) -> None:
        """By none of its links, nor by its forms."""
        browser = reader if by == "reader" else editors_browser
        page, path = main_of(browser.get(address)), urlsplit(address).path
        asked = [address, *(f"{path}{link}" if link.startswith("?") else link for link in links(page))]
        asked += [f"{path}?{name}=" for name in names_in_forms(page, path)]
        for one in asked:
            if urlsplit(one).path == path and "format=" not in one:
                assert SAID not in words(main_of(browser.get(one))), one

    @pytest.mark.parametrize("address", EXPORTED)
    def test_nor_to_files_that_there_are_not(self, reader: PageClient, article: Article, address: str) -> None:
        """Though its own address asks for what it does not know, and for what the page alone does."""
        files = [link for link in links(main_of(reader.get(f"{address}?sourc=sana&order=name"))) if "format=" in link]
        assert len(files) == 4
        assert {reader.get(link if link.startswith("/") else f"{address}{link}").status_code for link in files} == {200}


@pytest.mark.django_db
class TestFiles:
    @pytest.mark.parametrize("address", [f"{one}?format=csv&" for one in EXPORTED])
    def test_are_none_at_such_an_address(self, client: Client, article: Article, address: str) -> None:
        assert client.get(f"{address}utm_source=x&fbclid=y").status_code == 200
        response = client.get(f"{address}sourc=sana&<b>=1")
        assert response.status_code == 400
        assert (
            "This address asks for “sourc”, “&lt;b&gt;”, which the desk does not know here."
            in response.content.decode()
        )

    def test_by_accept_as_well(self, client: Client, article: Article) -> None:
        assert client.get("/claims/?sourc=sana", headers={"Accept": "text/csv"}).status_code == 400
        assert client.get("/claims/?shown=sana", headers={"Accept": "text/csv"}).status_code == 200

    @pytest.mark.parametrize(
        "asked",
        [
            *(
                "/claims/?shown=sana&find_story=x&sort=text&group=question&page=2",
                "/claims/feed.atom?shown=sana&page=2",
            ),
            *("/stories/khusham/?order=name&versions=all&question=who-attacked", "/sources/sana/?page=2&story=khusham"),
            "/articles/strikes/?shown=sana&done=x",
        ],
    )
    def test_know_what_their_pages_know(self, client: Client, article: Article, asked: str) -> None:
        assert client.get(f"{asked}&format=csv" if "feed" not in asked else asked).status_code == 200

    def test_of_many_a_few_are_named(self, client: Client, article: Article) -> None:
        asked = "&".join(f"n{at}=1" for at in range(8))
        said = client.get(f"/claims/?format=csv&{asked}").content.decode()
        assert "This address asks for “n0”, “n1”, “n2”, “n3”, “n4” and 3 more, which" in said


def names_in_forms(page: Any, path: str) -> set[str]:
    forms = [one for one in page.iter("form") if one.get("method") != "post" and one.get("action", path) in ("", path)]
    return {field.get("name") for form in forms for field in form.iter() if field.get("name")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/claims/?sort=foo", "“sort=foo”"),
        ("/claims/?versions=some&shown=sana", "“versions=some”"),
        ("/claims/?date=2018&date=May&sort=", "“date=2018, May”"),
        ("/claims/?since=yesterday&disputed=" + "x" * 50, "“since=yesterday”, “disputed=" + "x" * 40 + "…”"),
        ("/claims/?sort=foo&format=csv", "“sort=foo”"),
        ("/claims/feed.atom?sort=foo", "“sort=foo”"),
        ("/stories/khusham/?order=rank&shown=sana", "“order=rank”"),
        ("/articles/strikes/changes/?with=" + "x" * 150, "“with=" + "x" * 40 + "…”"),
        ("/search/?q=strikes&kind=<b>", "“kind=<b>”"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(reader: PageClient, article: Article, address: str, told: str) -> None:
    response = reader.get(address)
    assert response.status_code == 400
    assert f"This address asks for {told}, which cannot be read here." in words(main_of(response))
