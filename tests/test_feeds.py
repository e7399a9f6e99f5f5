"""Feeds, read as feed readers do; the map of the site; what robots may fetch."""

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Article
from articles.writing.publishing import set_status
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story
from tests.pages import PageClient, links, main_of, tree_of

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def feed(address: str) -> Any:
    response = Client().get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    found = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def links_of(page: str) -> dict[str, str]:
    """The feeds that a page's head announces, and their titles."""
    found = [one for one in tree_of(Client().get(page)).iter("link") if one.get("type") == "application/atom+xml"]
    return {one.get("href"): one.get("title") for one in found}


@pytest.fixture
def planted() -> None:
    story = make_story()
    question = make_question(story=story)
    report = make_article(
        title="A & B <i>", paragraphs=["The coalition said a. SANA said b. SANA said c."], story=story,
        outlet=make_source(name="CNN", kind="outlet"),
    )  # fmt: skip
    make_claim(article=report, quote="a", answers=[answer(question, 4)], uid="first", speaker="Col. <b> & C")
    Article.objects.update(published_at=datetime(2018, 2, 7, 12, tzinfo=UTC))
    make_claim(article=report, quote="b", source=make_source(name="SANA"), uid="second")
    make_claim(article=report, quote="c", source=make_source(name="SANA"), uid="third", status="suggested")


class TestFeeds:
    FEEDS = {
        "/claims/feed.atom": ["second", "first"],
        "/claims/feed.atom?shown=sana": ["second"],
        "/stories/khusham/feed.atom": ["second", "first"],
        "/stories/khusham/how-many/feed.atom": ["first"],
        "/sources/sana/feed.atom": ["second"],
    }

    def test_each_holds_the_newest_claims_of_its_page(self, planted: None) -> None:
        for address, uids in self.FEEDS.items():
            assert [one.link for one in feed(address).entries] == [f"{HOST}/claims/{uid}/" for uid in uids], address

    def test_an_entry_says_who_says_what_and_where(self, planted: None) -> None:
        entry = feed("/stories/khusham/how-many/feed.atom").entries[0]
        assert entry.title == "Coalition: a"
        assert "“a” (CNN · A & B <i>)" in entry.summary.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        assert entry.author == "Col. <b> & C"
        assert [one.term for one in entry.tags] == ["How many?"]
        assert (entry.published, entry.updated[:4]) == ("2018-02-07T12:00:00+00:00", f"{timezone.now():%Y}")
        assert entry.updated.endswith(("Z", "+00:00")) and entry.id == entry.link

    def test_a_feed_leads_back_to_its_page(self, planted: None) -> None:
        found = feed("/claims/feed.atom?shown=sana")
        links = {one.rel: one.href for one in found.feed.links}
        assert links == {"alternate": f"{HOST}/claims/?shown=sana", "self": f"{HOST}/claims/feed.atom?shown=sana"}
        assert feed("/stories/khusham/feed.atom").feed.title == "Newsdesk: Khusham"

    def test_a_quotation_within_a_quotation_has_single_marks(self) -> None:
        make_claim(
            article=make_article(paragraphs=['It was an “aggression” by "them".']), quote='“aggression” by "them"'
        )
        (entry,) = feed("/claims/feed.atom").entries
        assert entry.summary == "“‘aggression’ by 'them'” (Strikes in Syria)"
        assert entry.published == entry.updated, "of a report without a date, when it was marked"

    @pytest.mark.parametrize(
        ("asked", "title"),
        [
            ("", "claims"),
            ("?shown=sana", "claims of SANA"),
            ("?shown=sana&shown=coalition", "claims of Coalition or SANA"),
            ("?shown=sana&story=khusham&disputed=1", "claims of SANA, in Khusham, on questions in dispute"),
            ("?question=how-many&q=a+b&versions=all", "claims on How many?, with “a b”, with earlier versions too"),
            ("?outlet=cnn&date=2018-02&since=2018-02-01", "claims in CNN, in February 2018, since 1 February 2018"),
        ],
    )
    def test_what_is_filtered_has_a_title_of_its_own(self, planted: None, asked: str, title: str) -> None:
        assert feed(f"/claims/feed.atom{asked}").feed.title == f"Newsdesk: {title}"
        head = links_of(f"/claims/{asked}")["/claims/feed.atom" + asked]
        assert head == title[0].upper() + title[1:]

    @pytest.mark.parametrize(
        ("page", "address"),
        [
            ("/articles/", "/articles/feed.atom"),
            ("/claims/", "/claims/feed.atom"),
            ("/claims/?shown=sana&find_speaker=x&sort=source&q=&page=2", "/claims/feed.atom?shown=sana"),
            ("/stories/khusham/?shown=sana", "/stories/khusham/feed.atom"),
            ("/stories/khusham/how-many/", "/stories/khusham/how-many/feed.atom"),
            ("/sources/sana/", "/sources/sana/feed.atom"),
        ],
    )
    def test_a_page_announces_its_feed_and_links_it(
        self, reader: PageClient, planted: None, page: str, address: str
    ) -> None:
        shown = {href: said for href, said in links(main_of(reader.get(page))).items() if "feed.atom" in href}
        assert shown == {address: "Feed"}
        assert address in links_of(page)
        assert Client().get(address).status_code == 200

    def test_a_page_without_a_feed_of_its_own_links_none(self, reader: PageClient, planted: None) -> None:
        for page in ("/articles/strikes/", "/articles/?outlet=cnn", "/claims/first/", "/claims/?shown=nobody"):
            assert not [href for href in links(main_of(reader.get(page))) if "feed.atom" in href], page

    def test_the_latest_articles(self, planted: None, editor: Any) -> None:
        before = Article.objects.get()
        make_article(slug="later", title="Later", revises=before)
        make_article(slug="draft", status="draft")
        found = feed("/articles/feed.atom")
        assert [one.link for one in found.entries] == [f"{HOST}/articles/later/"]
        set_status(Article.objects.get(slug="later"), Article.Status.WITHDRAWN, "Wrong.", editor)
        (entry,) = feed("/articles/feed.atom").entries
        assert (entry.title, entry.author) == ("A & B <i>", "CNN")

    def test_what_xml_cannot_write_breaks_no_feed(self) -> None:
        # PostgreSQL holds no NUL at all.
        nul = "\x00" if connection.vendor == "sqlite" else ""
        report = make_article(title=f"A\x0b{nul}", paragraphs=["He said x\x08y."])
        make_claim(article=report, quote="x\x08y", speaker="\x1f")
        assert "x\ufffdy" in feed("/claims/feed.atom").entries[0].title
        assert len(feed("/articles/feed.atom").entries) == 1

    @pytest.mark.parametrize("asked", [f"{name}=nope" for name in ("shown", "story", "question", "article", "outlet")])
    def test_there_is_none_of_what_the_desk_does_not_know(self, planted: None, asked: str) -> None:
        response = Client().get(f"/claims/feed.atom?story=khusham&{asked}")
        assert response.status_code == 400
        assert "This address asks for “nope”, which the desk does not know." in response.content.decode()

    def test_what_is_hidden_is_not_known(self, planted: None) -> None:
        make_article(slug="draft", status="draft", story=make_story(title="Hidden", slug="hidden"))
        for asked in ("story=hidden", "article=draft"):
            assert Client().get(f"/claims/feed.atom?{asked}").status_code == 400

    def test_what_comes_past_caches_changes_nothing(self, planted: None) -> None:
        for address in (*self.FEEDS, "/articles/feed.atom"):
            plain = feed(address)
            sign = "&" if "?" in address else "?"
            other = feed(f"{address}{sign}_=123&utm_source=x")
            assert other.entries == plain.entries
            assert (other.feed.id, other.feed.links) == (plain.feed.id, plain.feed.links), "the same feed"
            assert "This address asks for “_”. The desk does not know that here" in other.feed.subtitle
            assert "This address" not in plain.feed.get("subtitle", "")
            assert "This address" not in feed(f"{address}{sign}utm_source=x").feed.get("subtitle", "")

    def test_what_is_not_there(self, planted: None, editor: Any) -> None:
        make_story(title="Empty", slug="empty")
        for address in ("/stories/empty/feed.atom", "/stories/khusham/none/feed.atom", "/sources/none/feed.atom"):
            assert Client().get(address).status_code == 404, address
        assert Client().get("/claims/feed.atom?versions=none").status_code == 400
        set_status(Article.objects.get(), Article.Status.WITHDRAWN, "Wrong.", editor)
        for address in ("/stories/khusham/feed.atom", "/stories/khusham/how-many/feed.atom", "/sources/sana/feed.atom"):
            assert Client().get(address).status_code == 410, address


class TestSitemap:
    def addresses(self, path: str) -> list[str]:
        response = Client().get(path)
        assert response["Content-Type"] == "application/xml"
        return [one.text or "" for one in ElementTree.fromstring(response.content).iter(f"{SITEMAP}loc")]

    def test_it_leads_to_every_page_that_readers_see(self, planted: None) -> None:
        make_article(slug="draft", status="draft")
        sections = self.addresses("/sitemap.xml")
        assert len(sections) == 6
        found = [address for one in sections for address in self.addresses(one.removeprefix(HOST))]
        assert {address.removeprefix(HOST) for address in found} == {
            *("/", "/stories/", "/articles/", "/claims/", "/sources/"),
            *("/stories/khusham/", "/stories/khusham/how-many/", "/articles/strikes/"),
            *("/sources/coalition/", "/sources/sana/", "/sources/cnn/", "/claims/first/", "/claims/second/"),
        }
        for address in found:
            assert Client().get(address.removeprefix(HOST)).status_code == 200, address

    def test_an_empty_desk_has_one_too(self) -> None:
        for one in self.addresses("/sitemap.xml"):
            assert Client().get(one.removeprefix(HOST)).status_code == 200

    def test_there_is_no_other_section(self) -> None:
        assert Client().get("/sitemap-none.xml").status_code == 404


def test_robots_find_the_map_and_leave_exports_alone() -> None:
    response = Client().get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert f"Sitemap: {HOST}/sitemap.xml" in lines and "Disallow: /admin/" in lines and "Disallow: /*?*format=" in lines
