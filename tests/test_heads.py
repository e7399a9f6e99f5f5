"""What stands in the heads of pages for other programs: linked data, Open Graph, feeds."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from articles.models import Article, Claim, Source, Story
from tests.factories import make_article, make_claim, make_question, make_source, make_story
from tests.linked import SCHEMA, expanded, value
from tests.pages import PageClient, tree_of

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
HOSTILE = "</script><script>alert(1)</script> & <b> “x” \\ \u2028"


def data_of(client: PageClient, address: str) -> dict[str, Any]:
    response = client.get(address)
    assert response.status_code == 200
    (script,) = [one for one in tree_of(response).iter("script") if one.get("type") == "application/ld+json"]
    found: dict[str, Any] = json.loads("".join(script.itertext()))
    assert expanded(found)
    return found


def graph_of(client: PageClient, address: str) -> dict[str, str]:
    metas = tree_of(client.get(address)).iter("meta")
    return {one.get("property"): one.get("content") for one in metas if one.get("property")}


@pytest.fixture
def seeds() -> None:
    call_command("import_articles", stdout=StringIO())


class TestLinkedData:
    def test_a_report(self, reader: PageClient, seeds: None) -> None:
        found = expanded(data_of(reader, "/articles/khusham-2/"))
        assert found["@type"] == [f"{SCHEMA}NewsArticle"]
        assert value(found, f"{SCHEMA}headline").startswith("US-led coalition")
        assert value(found, f"{SCHEMA}datePublished") == "2018-02-08"
        (outlet,) = found[f"{SCHEMA}publisher"]
        assert (outlet["@type"], value(outlet, f"{SCHEMA}name")) == ([f"{SCHEMA}NewsMediaOrganization"], "CNN")
        (event,) = found[f"{SCHEMA}about"]
        assert event["@type"] == [f"{SCHEMA}Event"]

    def test_a_claim(self, reader: PageClient, seeds: None) -> None:
        claim = Claim.objects.get(uid="3ay5kxrq8vv3")
        found = data_of(reader, claim.get_absolute_url())
        assert (found["@type"], found["text"]) == ("Claim", claim.quote)
        assert (found["author"]["@type"], found["author"]["name"]) == ("Organization", "Coalition")
        assert [one["url"] for one in found["appearance"]] == [f"{HOST}/articles/khusham-{n}/" for n in (1, 2)]
        assert found["firstAppearance"]["url"] == f"{HOST}/articles/khusham-1/"
        assert found["claimInterpreter"]["name"] == "Newsdesk"
        assert "hasPart" not in found

    def test_direct_speech_is_a_quotation(self, reader: PageClient, seeds: None) -> None:
        found = data_of(reader, "/claims/jv45y4acacqk/")
        assert found["hasPart"] == [
            {
                "@type": "Quotation",
                "text": "self defense.",
                "inLanguage": "en-US",
                "spokenByCharacter": {"@type": "Person", "name": "The coalition"},
            }
        ]

    def test_where_it_first_appeared_is_not_guessed(self, reader: PageClient) -> None:
        one = make_article(slug="one")
        two = make_article(slug="two", revises=one)
        three = make_article(slug="three", revises=two)
        first = make_claim(article=one)
        second = make_claim(article=two, continues=first)
        third = make_claim(article=three, continues=second)
        given = [data_of(reader, claim.get_absolute_url()) for claim in (first, second, third)]
        assert [one["firstAppearance"]["url"][-4:] for one in given[:2]] == ["one/", "one/"]
        assert "firstAppearance" not in given[2]

    def test_no_page_reviews_a_claim(self, reader: PageClient, seeds: None) -> None:
        for address in self.pages():
            assert b"ClaimReview" not in reader.get(address).content, address

    def test_every_page_says_what_it_is_about(self, reader: PageClient, seeds: None) -> None:
        kinds = {address: data_of(reader, address)["@type"] for address in self.pages()}
        assert set(kinds.values()) == {"WebPage", "NewsArticle", "Claim", "Event", "Question", *self.parties()}
        assert kinds["/"] == kinds["/claims/"] == kinds["/articles/"] == "WebPage"

    def pages(self) -> list[str]:
        question = Story.objects.get().questions.first()
        assert question
        rows = [*Article.objects.all(), *Source.objects.filter(claims__isnull=False).distinct(), *Story.objects.all()]
        return [
            *("/", "/claims/", "/articles/", "/stories/", "/sources/", "/claims/3ay5kxrq8vv3/"),
            *(row.get_absolute_url() for row in rows),
            f"/stories/{question.story.slug}/{question.slug}/",
        ]

    def parties(self) -> set[str]:
        kinds = {"government": "GovernmentOrganization", "agency": "NewsMediaOrganization", "person": "Person"}
        found = Source.objects.filter(claims__isnull=False).values_list("kind", flat=True)
        return {kinds.get(kind, "NewsMediaOrganization" if kind == "outlet" else "Organization") for kind in found}

    def test_hostile_text_ends_no_script(self, reader: PageClient) -> None:
        story = make_story(title=HOSTILE)
        source = make_source(name=HOSTILE[:60], code="HOS")
        report = make_article(title=HOSTILE, paragraphs=[HOSTILE], story=story, byline=HOSTILE)
        claim = make_claim(article=report, quote=HOSTILE, source=source, speaker=HOSTILE)
        question = make_question(story=story, text=HOSTILE)
        for row in (story, source, report, claim):
            raw = reader.get(row.get_absolute_url()).content.decode()
            assert "<script>alert" not in raw
            assert HOSTILE[:20] in json.dumps(data_of(reader, row.get_absolute_url()), ensure_ascii=False)
        assert data_of(reader, f"/stories/khusham/{question.slug}/")["name"] == HOSTILE
        assert data_of(reader, claim.get_absolute_url())["text"] == HOSTILE


class TestOpenGraph:
    def test_each_page_has_a_title_an_address_and_a_kind(self, reader: PageClient, seeds: None) -> None:
        assert graph_of(reader, "/articles/khusham-2/?shown=sana") == {
            "og:site_name": "Newsdesk",
            "og:type": "article",
            "og:title": "US-led coalition says its strikes killed an estimated 100 pro-regime fighters in Syria",
            "og:url": f"{HOST}/articles/khusham-2/",
        }
        assert graph_of(reader, "/claims/jv45y4acacqk/")["og:title"] == "Coalition: carried out in “self defense.”"
        assert graph_of(reader, "/")["og:type"] == "website"

    def test_the_heads_of_error_pages_stand(self, reader: PageClient) -> None:
        assert reader.get("/articles/none/").status_code == 404


def test_pages_link_to_their_feeds(reader: PageClient, seeds: None) -> None:
    for address in ("/stories/khusham-2018/", "/stories/khusham-2018/damage/", "/sources/sana/"):
        feeds = [
            one.get("href")
            for one in tree_of(reader.get(address)).iter("link")
            if one.get("type") == "application/atom+xml"
        ]
        assert feeds == ["/articles/feed.atom", f"{address}feed.atom"]
        assert reader.get(feeds[1]).status_code == 200
