from typing import Any
from urllib.parse import urlencode

import pytest

from articles.models import Article, Question
from articles.writing.publishing import set_status
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story
from tests.pages import PageClient, main_of, words

pytestmark = pytest.mark.django_db
ADDRESS = "/embed/how-many/"
QUESTION = "http://testserver/stories/khusham/how-many/"


@pytest.fixture
def killed() -> Question:
    return make_question(story=make_story(title="Night at Khusham"), text="How many were <killed>?")


@pytest.fixture(autouse=True)
def report(killed: Question) -> Article:
    made = make_article(paragraphs=["One said alpha. Two said beta."], story=killed.story)
    make_claim(article=made, quote="alpha", answers=[answer(killed, 100)])
    return made


class TestCard:
    def test_shows_the_accounts_of_one_question(self, reader: PageClient) -> None:
        main = words(main_of(reader.get(ADDRESS)))
        for said in ("Night at Khusham", "How many were <killed>?", "Coalition", "alpha", "read as 100"):
            assert said in main

    def test_may_be_framed_and_no_other_page_may(self, reader: PageClient) -> None:
        card, page = reader.get(ADDRESS), reader.get("/stories/khusham/how-many/")
        assert "frame-ancestors *" in card["Content-Security-Policy"]
        assert "X-Frame-Options" not in card
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY"

    def test_is_the_same_for_everybody_and_sets_no_cookie(
        self, reader: PageClient, editors_browser: PageClient, report: Article, killed: Question
    ) -> None:
        other = make_source(name="SANA")
        make_claim(article=report, source=other, quote="beta", status="suggested", answers=[answer(killed, 7)])
        cards = [client.get(ADDRESS) for client in (reader, editors_browser)]
        assert cards[0].content == cards[1].content
        assert b"SANA" not in cards[0].content
        assert not any(card.cookies or "Cookie" in card.get("Vary", "") for card in cards)

    def test_of_no_question_is_not_found(self, reader: PageClient) -> None:
        assert reader.get("/embed/other/").status_code == 404

    @pytest.mark.parametrize(("status", "code"), [("draft", 410), ("withdrawn", 410)])
    def test_of_what_was_public_says_so(self, reader: PageClient, report: Article, status: str, code: int) -> None:
        set_status(report, Article.Status(status))
        assert reader.get(ADDRESS).status_code == code

    def test_of_what_never_was_public_is_not_found(self, reader: PageClient) -> None:
        make_question(story=make_story(slug="hidden"), slug="hidden")
        assert reader.get("/embed/hidden/").status_code == 404


class TestOembed:
    def ask(self, client: PageClient, url: str = QUESTION, **others: Any) -> Any:
        return client.get(f"/embed/?{urlencode({'url': url, **others})}")

    def test_gives_the_card_of_a_question(self, reader: PageClient) -> None:
        for url in (QUESTION, f"{QUESTION}?x=1", f"http://testserver{ADDRESS}"):
            said = self.ask(reader, url).json()
            assert (said["type"], said["version"], said["width"], said["height"]) == ("rich", "1.0", 640, 420)
            assert 'src="http://testserver/embed/how-many/"' in said["html"]
            assert 'title="How many were &lt;killed&gt;?"' in said["html"]

    def test_keeps_within_what_the_asker_has(self, reader: PageClient) -> None:
        said = self.ask(reader, maxwidth=300, maxheight=5000).json()
        assert (said["width"], said["height"]) == (300, 420)
        assert self.ask(reader, maxwidth="wide").json()["width"] == 640

    @pytest.mark.parametrize(
        "url", ["", "http://testserver/", "http://testserver/stories/other/how-many/", "http://[", "/embed/other/"]
    )
    def test_of_anything_else_is_not_found(self, reader: PageClient, url: str) -> None:
        response = self.ask(reader, url)
        assert response.status_code == 404
        assert "not the address of a question" in response.json()["error"]

    def test_of_what_is_not_public_is_not_found(self, editors_browser: PageClient, report: Article) -> None:
        set_status(report, Article.Status.DRAFT)
        assert self.ask(editors_browser).status_code == 404

    def test_is_given_in_json_alone(self, reader: PageClient) -> None:
        assert self.ask(reader, format="xml").status_code == 501
