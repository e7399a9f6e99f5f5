"""An address that asks for what its page does not know: the page says so, and is not kept."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client

from articles.models import Article
from articles.pages.not_known import not_known
from tests.factories import make_article, make_claim, make_question, make_source, make_story
from tests.kept import how_many_are_kept
from tests.pages import PageClient, links, main_of, words

SAID = "The desk does not know that here, and it changes nothing."
LISTS = ["/claims/", "/articles/", "/stories/", "/stories/khusham/", "/sources/", "/sources/sana/", "/search/"]


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
    make_question(story=story, text="Who attacked?")
    make_claim(article=article, source=make_source(name="SANA"), quote="it was an aggression")
    return article


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("address", LISTS)
    def test_it_is_said_and_led_back_from(self, reader: PageClient, article: Article, address: str) -> None:
        page = main_of(reader.get(f"{address}?sourc=sana&page=1&gclid=x"))
        known = "" if address in ("/stories/khusham/",) else "page=1&"
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

    @pytest.mark.parametrize("address", LISTS)
    def test_such_a_page_is_not_kept(self, reader: PageClient, article: Article, address: str) -> None:
        reader.get(address)
        kept = how_many_are_kept()
        reader.get(f"{address}?sourc=sana")
        assert how_many_are_kept() == kept

    @pytest.mark.parametrize("by", ["reader", "editor"])
    @pytest.mark.parametrize("address", [*LISTS, "/claims/?q=aggression", "/search/?q=aggression"])
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


def names_in_forms(page: Any, path: str) -> set[str]:
    forms = [one for one in page.iter("form") if one.get("method") != "post" and one.get("action", path) in ("", path)]
    return {field.get("name") for form in forms for field in form.iter() if field.get("name")}
