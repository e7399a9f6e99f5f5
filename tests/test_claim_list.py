from datetime import UTC, datetime
from typing import Any

import pytest

from articles.models import Article, Changeset, Claim, Source
from articles.pages.browsing import CLAIMS_PER_PAGE
from articles.pages.facets import OFFERED
from articles.writing.editing import delete_claims, open_changeset
from articles.writing.merging import merge
from articles.writing.publishing import save_metadata
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story, orphan
from tests.htmx import HEADERS, assert_same, page, swap
from tests.pages import PageClient, by_id, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

ADDRESS = "/claims/"
TEXT = "One said alpha. Two said beta. Three said gamma. Four said delta."


def listed(client: PageClient, query: str = "") -> list[str]:
    """The quotes, in the order of the list."""
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return ["".join(mark.itertext()) for mark in tree_of(response).iter("mark")]


def checkboxes(client: PageClient, query: str = "") -> dict[str, str]:
    """For each source of the filter its label, in order; those that are checked with a star."""
    found = {}
    for label in by_id(tree_of(client.get(ADDRESS + query)), "claim-filter").iter("label"):
        box = label.find("input")
        if box is not None and box.get("name") == "shown":
            found[box.get("value")] = words(label) + ("*" if "checked" in box.attrib else "")
    return found


def facet(client: PageClient, name: str, query: str = "") -> dict[str, str]:
    """For each choice of the facet its number of claims, in order; those that are chosen with a star."""
    found = {}
    for label in by_id(tree_of(client.get(ADDRESS + query)), f"facet-{name}").iter("label"):
        box = label.find("input")
        if box is not None and box.get("type") == "checkbox":
            found[box.get("value")] = words(label).split()[-1] + ("*" if "checked" in box.attrib else "")
    return found


def chips(client: PageClient, query: str) -> dict[str, str]:
    """What each chip says, and the query it leads to."""
    found = [node for node in tree_of(client.get(ADDRESS + query)).iter("a") if node.get("class") == "chip"]
    return {words(node).split(" ×")[0]: node.get("href") for node in found}


@pytest.fixture
def cast() -> dict[str, Any]:
    """Two stories, an article of two versions and one of one, two sources, a question."""
    story, other = make_story(), make_story(title="Elsewhere", slug="elsewhere")
    sana, coalition = make_source(name="SANA", code="SANA", tone=2), make_source()
    question = make_question(story=story, text="How many were killed?")
    first = make_article(paragraphs=[TEXT], story=story, published_at=datetime(2018, 2, 7, tzinfo=UTC))
    second = make_article(
        slug="second", paragraphs=[TEXT], story=story, revises=first, published_at=datetime(2018, 2, 8, tzinfo=UTC)
    )
    apart = make_article(slug="apart", title="Apart", paragraphs=[TEXT], story=other)
    make_claim(article=first, source=sana, quote="alpha")
    make_claim(article=second, source=sana, quote="beta", answers=[answer(question, 25)])
    make_claim(article=second, source=coalition, quote="gamma", answers=[answer(question, 100)])
    make_claim(article=second, source=coalition, quote="alpha", speaker="Col. Veale")
    make_claim(article=apart, source=sana, quote="delta")
    return {"first": first, "second": second, "apart": apart}


class TestList:
    def test_claims_come_by_article_in_reading_order(self, reader: PageClient, cast: dict[str, Any]) -> None:
        assert listed(reader) == ["alpha", "beta", "gamma", "delta"]
        assert words(by_id(tree_of(reader.get(ADDRESS)), "results-title")) == "4 claims"

    def test_a_row_leads_to_the_claim_its_source_and_its_place_in_the_text(
        self, reader: PageClient, cast: dict[str, Any]
    ) -> None:
        claim = cast["second"].claims.get(speaker="Col. Veale")
        found = links(main_of(reader.get(ADDRESS)))
        assert f"/claims/{claim.uid}/" in found
        assert found["/sources/coalition/"] == "Coalition"
        where, sign = f"/articles/second/#sign-{claim.uid}".split("#")
        assert f"{where}#{sign}" in found
        assert by_id(tree_of(reader.get(where)), sign) is not None
        assert "Col. Veale" in words(main_of(reader.get(ADDRESS)))

    def test_a_row_gives_its_answers(self, reader: PageClient, cast: dict[str, Any]) -> None:
        assert "How many were killed? as worded, read as 25" in words(main_of(reader.get(ADDRESS)))

    def test_the_words_around_a_quote_are_whole(self, reader: PageClient) -> None:
        text = "Unquestionably nobody in the whole neighbourhood had been told beforehand that alpha would then begin."
        make_claim(article=make_article(paragraphs=[text]), quote="alpha")
        (row,) = [node for node in main_of(reader.get(ADDRESS)).iter("p") if node.find("mark") is not None]
        assert words(row).startswith("… ")
        assert set(words(row).strip("… ").split()) <= set(text.split())

    def test_markup_in_names_and_quotes_is_text(self, reader: PageClient) -> None:
        story = make_story(title="<u>S</u>")
        article = make_article(paragraphs=["He wrote <img src=x> 🤔."], title="<b>T</b>", story=story)
        make_claim(article=article, source=make_source(name='"><i>N</i>', code="NNN"), quote="<img src=x> 🤔")
        assert listed(reader) == ["<img src=x> 🤔"]
        main = main_of(reader.get(ADDRESS))
        assert not [node for tag in "biu" for node in main.iter(tag)]

    def test_hidden_claims_are_neither_listed_nor_counted(self, reader: PageClient, cast: dict[str, Any]) -> None:
        source = make_source(name="Hidden", code="HID")
        for status in ("suggested", "rejected"):
            make_claim(article=cast["second"], source=source, quote="Four", status=status)
        make_claim(article=cast["second"], source=source, highlights=[orphan("lost")])
        make_claim(article=make_article(slug="draft", status="draft"), source=source)
        assert len(listed(reader)) == 4
        assert "hidden" not in checkboxes(reader)

    def test_editors_see_what_is_accepted_and_the_rest_when_they_ask(
        self, reader: PageClient, editors_browser: PageClient
    ) -> None:
        make_claim(status="rejected")
        make_claim(article=make_article(slug="b"), status="suggested")
        make_claim(article=make_article(slug="c", status="draft"))
        assert facet(editors_browser, "status") == {"accepted": "1*", "suggested": "1", "rejected": "1"}
        assert len(listed(editors_browser)) == 1
        tree = tree_of(editors_browser.get(f"{ADDRESS}?status=suggested&status=rejected"))
        rows = [words(row) for row in tree.iter("li") if row.get("class") == "claim-row"]
        assert any("suggested" in row and "Source not yet chosen" in row for row in rows)
        assert any("rejected" in row for row in rows)
        assert listed(reader) == listed(reader, "?status=suggested") == []

    def test_where_nothing_is_found_the_whole_list_is_led_to(self, reader: PageClient) -> None:
        page = main_of(reader.get(f"{ADDRESS}?q=nothing"))
        assert listed(reader) == [] and links(page)[ADDRESS] == "Show every claim"


class TestFilter:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?shown=sana", ["beta", "delta"]),
            ("?shown=sana&shown=coalition", ["alpha", "beta", "gamma", "delta"]),
            ("?story=khusham", ["alpha", "beta", "gamma"]),
            ("?story=khusham&story=elsewhere", ["alpha", "beta", "gamma", "delta"]),
            ("?question=how-many", ["beta", "gamma"]),
            ("?question=how-many&shown=sana", ["beta"]),
            ("?article=apart", ["delta"]),
            ("?article=strikes", ["alpha"]),
            ("?article=strikes&article=second&shown=sana", ["beta", "alpha"]),
            ("?versions=all&shown=sana", ["beta", "alpha", "delta"]),
            ("?versions=", ["alpha", "beta", "gamma", "delta"]),
            ("?story=elsewhere&question=how-many", []),
            ("?shown=nobody", []),
            ("?story=%F0%9F%A4%94", []),
            ("?shown=&story=&question=&article=", ["alpha", "beta", "gamma", "delta"]),
        ],
    )
    def test_what_is_found(self, reader: PageClient, cast: dict[str, Any], query: str, found: list[str]) -> None:
        assert listed(reader, query) == found
        title = words(by_id(tree_of(reader.get(ADDRESS + query)), "results-title"))
        assert title == f"{len(found)} claim{'' if len(found) == 1 else 's'}"

    def test_a_claim_with_two_answers_is_found_once(self, reader: PageClient) -> None:
        article = make_article(story=make_story())
        questions = [make_question(slug=slug) for slug in ("killed", "hurt")]
        make_claim(article=article, answers=[answer(question, 1) for question in questions])
        assert len(listed(reader, "?question=killed&question=hurt")) == 1
        assert checkboxes(reader, "?question=killed&question=hurt") == {"coalition": "Coalition 1"}

    def test_sources_have_counts_and_come_by_them(self, reader: PageClient, cast: dict[str, Any]) -> None:
        assert checkboxes(reader) == {"coalition": "Coalition 2", "sana": "SANA 2"}
        assert checkboxes(reader, "?versions=all") == {"sana": "SANA 3", "coalition": "Coalition 2"}

    def test_counts_are_those_under_the_rest_of_the_filter(self, reader: PageClient, cast: dict[str, Any]) -> None:
        assert checkboxes(reader, "?shown=sana&question=how-many") == {"coalition": "Coalition 1", "sana": "SANA 1*"}

    def test_a_source_that_is_asked_for_stays_in_the_filter(self, reader: PageClient, cast: dict[str, Any]) -> None:
        assert checkboxes(reader, "?shown=coalition&story=elsewhere") == {"sana": "SANA 1", "coalition": "Coalition 0*"}

    def test_the_filter_shows_what_it_was_given(self, reader: PageClient, cast: dict[str, Any]) -> None:
        query = "?story=khusham&question=how-many&article=second&versions=all&disputed=1&sort=source&group=question"
        assert facet(reader, "story", query) == {"khusham": "2*"}
        assert facet(reader, "question", query) == {"how-many": "2*"}
        assert facet(reader, "article", query) == {"second": "2*"}
        tree = tree_of(reader.get(ADDRESS + query))
        assert all("checked" in by_id(tree, f"filter-{name}").attrib for name in ("versions", "disputed"))
        chosen = [one.get("value") for one in tree.iter("option") if "selected" in one.attrib]
        assert chosen == ["source", "question"]

    def test_what_is_not_public_is_neither_offered_nor_counted(
        self, reader: PageClient, editors_browser: PageClient, cast: dict[str, Any]
    ) -> None:
        secret = make_story(title="Secret", slug="secret")
        question = make_question(story=secret, slug="secret-question", text="Secret?")
        outlet = make_source(name="Secret Outlet", code="SO", kind="outlet")
        article = make_article(slug="secret-article", title="Secret", story=secret, status="draft", outlet=outlet)
        make_claim(article=article, speaker="Secret Speaker", answers=[answer(question, 1)])
        for name, value in (
            ("story", "secret"),
            ("question", "secret-question"),
            ("article", "secret-article"),
            ("outlet", "secret-outlet"),
            ("speaker", "Secret Speaker"),
        ):
            assert value not in facet(reader, name)
            assert value not in facet(reader, name, f"?find_{name}=secret")
            assert facet(editors_browser, name)[value] == "1"
        assert checkboxes(reader)["coalition"] == "Coalition 2"

    def test_a_hidden_source_that_is_asked_for_is_not_named(self, reader: PageClient, cast: dict[str, Any]) -> None:
        source = make_source(name="Secret", code="SEC")
        make_claim(article=cast["second"], source=source, quote="Four", status="rejected")
        assert "secret" not in checkboxes(reader, "?shown=secret")

    @pytest.mark.parametrize(
        ("query", "said", "rest"),
        [
            ("?question=nope", "No question of this name: nope.", "?"),
            ("?shown=nobody", "No source of this name: nobody.", "?"),
            ("?story=no&shown=sana&page=2", "No story of this name: no.", "?shown=sana"),
            ("?article=%D8%A3%26&article=apart", "No article of this name: أ&.", "?article=apart"),
        ],
    )
    def test_a_name_that_leads_nowhere_is_explained(
        self, reader: PageClient, cast: dict[str, Any], query: str, said: str, rest: str
    ) -> None:
        main = main_of(reader.get(ADDRESS + query))
        assert said in words(main)
        assert links(main)[rest] == "Take it out of the filter"

    def test_names_that_lead_somewhere_are_not(self, reader: PageClient, cast: dict[str, Any]) -> None:
        query = "?question=how-many&shown=sana&story=elsewhere&article=strikes&versions=all"
        assert "of this name" not in words(main_of(reader.get(ADDRESS + query)))

    def test_a_hidden_name_is_explained_like_one_that_does_not_exist(
        self, reader: PageClient, cast: dict[str, Any], editor: Any
    ) -> None:
        make_source(name="Secret", code="SEC")
        assert "No source of this name: secret." in words(main_of(reader.get(f"{ADDRESS}?shown=secret")))
        merge(make_source(name="Old", code="OLD"), Source.objects.get(slug="secret"), editor)
        assert "secret" not in words(main_of(reader.get(f"{ADDRESS}?shown=old")))

    def test_chips_show_what_is_on_and_take_it_off(self, reader: PageClient, cast: dict[str, Any]) -> None:
        query = "?shown=sana&question=how-many&speaker=Col.+Veale&date=2018-02&since=2018-02-07&disputed=1&q=beta"
        query += "&versions=all"
        found = chips(reader, query)
        assert list(found) == [
            *("SANA", "How many were killed?", "Col. Veale", "February 2018", "since 7 February 2018"),
            *("on questions in dispute", "“beta”", "earlier versions too"),
        ]
        assert found["SANA"] == query.replace("shown=sana&", "")
        assert found["earlier versions too"] == query.replace("&versions=all", "")
        assert chips(reader, "?shown=sana&shown=coalition&below=1.abcd&page=2")["SANA"] == "?shown=coalition"

    def test_a_chip_of_a_merged_source_takes_the_old_name_out(
        self, reader: PageClient, cast: dict[str, Any], editor: Any
    ) -> None:
        merge(make_source(name="Old", code="OLD"), Source.objects.get(slug="sana"), editor)
        assert chips(reader, "?shown=old&shown=coalition") == {"SANA": "?shown=coalition", "Coalition": "?shown=old"}

    def test_a_filter_can_be_cleared(self, reader: PageClient, cast: dict[str, Any]) -> None:
        assert by_id(tree_of(reader.get(f"{ADDRESS}?shown=sana")), "filter-clear").get("href") == ADDRESS
        assert not [node for node in tree_of(reader.get(ADDRESS)).iter("a") if node.get("id") == "filter-clear"]

    def test_the_form_works_without_a_script(self, reader: PageClient, cast: dict[str, Any]) -> None:
        form = by_id(tree_of(reader.get(ADDRESS)), "claim-filter")
        assert (form.get("method"), form.get("action")) == ("get", ADDRESS)
        assert [button for button in form.iter("button") if button.get("type") == "submit"]

    @pytest.mark.parametrize(
        "query",
        [
            "?versions=some",
            "?shown=%00",
            "?story=%00",
            "?question=a%00",
            "?article=" + "a" * 141,
            "?" + "&".join(f"question=q{number}" for number in range(101)),
        ],
    )
    def test_what_cannot_be_read_is_refused_with_a_way_back(self, reader: PageClient, query: str) -> None:
        response = reader.get(ADDRESS + query)
        assert response.status_code == 400
        assert ADDRESS in links(main_of(response))


class TestFacets:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?outlet=cnn", ["beta", "gamma", "alpha"]),
            ("?speaker=Col.+Veale", ["alpha"]),
            ("?speaker=Col.+Veale&speaker=Nobody", ["alpha"]),
            ("?date=2018", ["beta", "gamma", "alpha"]),
            ("?date=2018-02&versions=all", ["alpha", "beta", "gamma", "alpha"]),
            ("?date=2017", []),
            ("?since=2018-02-08", ["beta", "gamma", "alpha"]),
            ("?until=2018-02-07&versions=all", ["alpha"]),
            ("?since=2018-02-09", []),
            ("?disputed=1", ["beta", "gamma"]),
            ("?disputed=1&shown=sana&outlet=cnn", ["beta"]),
        ],
    )
    def test_what_is_found(self, reader: PageClient, dated: dict[str, Any], query: str, found: list[str]) -> None:
        assert sorted(listed(reader, query)) == sorted(found)
        exported = reader.get(f"{ADDRESS}{query}&format=jsonl")
        lines = b"".join(exported.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert len(lines) == len(found)

    def test_each_is_counted_under_all_of_the_rest(self, reader: PageClient, dated: dict[str, Any]) -> None:
        query = "?shown=sana&outlet=cnn"
        assert facet(reader, "shown", query) == {"coalition": "2", "sana": "1*"}
        assert facet(reader, "outlet", query) == {"cnn": "1*"}
        assert facet(reader, "question", query) == {"how-many": "1"}
        assert facet(reader, "date", query) == {"2018": "1", "2018-02": "1"}
        assert facet(reader, "date", "?date=2018-02") == {"2018": "3", "2018-02": "3*"}

    @pytest.mark.parametrize("query", ["", "shown=sana", "story=khusham", "shown=sana&shown=coalition", "versions=all"])
    def test_tallies_and_counting_one_by_one_say_the_same(
        self, reader: PageClient, dated: dict[str, Any], query: str
    ) -> None:
        """With `since` the page counts one by one; everything here is later, but for what has no date."""
        save_metadata(
            _given(dated["apart"], published_at=datetime(2019, 1, 1, tzinfo=UTC)),
            ["published_at"],
            open_changeset(Changeset.Kind.EDIT),
        )
        names = ("shown", "story", "question", "article", "outlet", "speaker", "date")
        tallied, counted = (
            {name: facet(reader, name, f"?{query}{more}") for name in names} for more in ("", "&since=2018-01-01")
        )
        assert tallied == counted
        disputed = [
            words(by_id(tree_of(reader.get(f"{ADDRESS}?{query}{more}")), "claim-filter")).split("in dispute ")[1][0]
            for more in ("", "&since=2018-01-01")
        ]
        assert disputed[0] == disputed[1] != "0"

    @pytest.mark.parametrize("made", ["forwards", "backwards"])
    @pytest.mark.parametrize("query", ["", "?since=2018-01-01"], ids=["tallied", "counted"])
    def test_of_equal_numbers_names_decide_which_are_offered(self, reader: PageClient, query: str, made: str) -> None:
        """Whatever was made first; and what has more comes before them."""
        count = OFFERED + 6
        text = " ".join(f"n{number:02}" for number in range(count))
        day = datetime(2018, 2, 7, tzinfo=UTC)
        for number in range(count) if made == "forwards" else reversed(range(count)):
            story = make_story(title=f"Story {number:02}", slug=f"s{number:02}")
            article = make_article(
                title=f"Article {number:02}", slug=f"a{number:02}", story=story, published_at=day, paragraphs=[text]
            )
            source = make_source(name=f"Source {number:02}", code=f"S{number:02}")
            make_claim(article=article, source=source, quote=f"n{number:02}", speaker=f"speaker {number:02}")
        make_claim(article=article, source=source, quote="n00", speaker="Zoe")
        (most,) = (number for number in (0, count - 1) if article.slug == f"a{number:02}")
        others = [number for number in range(count) if number != most][: OFFERED - 1]
        for name, slug in (("shown", "source-{:02}"), ("story", "s{:02}"), ("article", "a{:02}")):
            assert list(facet(reader, name, query)) == [slug.format(one) for one in (most, *others)], name
        speakers = [f"speaker {number:02}" for number in range(OFFERED)]
        assert list(facet(reader, "speaker", query)) == speakers

    def test_others_than_the_first_can_be_looked_for(self, reader: PageClient) -> None:
        text = " ".join(f"n{number:02}" for number in range(OFFERED + 2))
        article = make_article(paragraphs=[text])
        for number, quote in enumerate(text.split()):
            make_claim(article=article, quote=quote, speaker=f"Speaker {number:02}")
        assert len(facet(reader, "speaker")) == OFFERED
        assert facet(reader, "speaker", "?find_speaker=er+09") == {"Speaker 09": "1"}
        assert facet(reader, "speaker", "?speaker=Speaker+09")["Speaker 09"] == "1*"
        assert by_id(tree_of(reader.get(ADDRESS)), "find-speaker").get("name") == "find_speaker"
        assert facet(reader, "speaker", "?find_speaker=%00") == facet(reader, "speaker")

    @pytest.mark.parametrize(
        "query", ["?date=20", "?date=2018-13", "?since=yesterday", "?until=0002-02-07", "?sort=age", "?group=x"]
    )
    def test_what_cannot_be_read_is_refused(self, reader: PageClient, query: str) -> None:
        assert reader.get(ADDRESS + query).status_code == 400

    def test_no_more_than_so_many_are_counted(
        self, reader: PageClient, dated: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("articles.pages.narrowed.MOST", 1)
        for counted, said in ((2, "more than 2 claims"), (3, "3 claims")):
            monkeypatch.setattr("articles.counting.COUNTED", counted)
            tree = tree_of(reader.get(f"{ADDRESS}?date=2018"))
            assert words(by_id(tree, "results-title")) == said
            assert "The filter counts" in words(by_id(tree, "browser"))
        assert listed(reader, "?date=2018") == ["alpha", "beta", "gamma"]
        assert listed(reader, "?date=2018&end=last&sort=source") == ["beta", "alpha", "gamma"]


@pytest.fixture
def dated(cast: dict[str, Any]) -> dict[str, Any]:
    """The cast, with an outlet."""
    cnn = make_source(name="CNN", kind="outlet")
    for name in ("first", "second"):
        save_metadata(_given(cast[name], outlet=cnn), ["outlet"], open_changeset(Changeset.Kind.EDIT))
    return cast


def _given(article: Article, **values: Any) -> Article:
    for name, value in values.items():
        setattr(article, name, value)
    return article


class TestOrder:
    def test_by_source_by_text_and_by_when_they_were_marked(self, reader: PageClient, cast: dict[str, Any]) -> None:
        assert listed(reader, "?sort=source") == ["beta", "delta", "alpha", "gamma"]
        assert listed(reader, "?sort=marked") == ["delta", "alpha", "gamma", "beta"]
        assert listed(reader, "?sort=text") == ["alpha", "beta", "gamma", "delta"]

    def test_under_questions(self, reader: PageClient, cast: dict[str, Any]) -> None:
        main = main_of(reader.get(f"{ADDRESS}?group=question"))
        assert [words(one) for one in main.iter("h3")] == ["How many were killed?", "Answers no question"]
        assert listed(reader, "?group=question") == ["beta", "gamma", "alpha", "delta"]


class TestPages:
    @pytest.fixture
    def many(self) -> Article:
        text = " ".join(f"n{number:03}" for number in range(CLAIMS_PER_PAGE + 1))
        article = make_article(paragraphs=[text])
        source = make_source(name="Lone", code="LON")
        for quote in text.split():
            make_claim(article=article, source=source, quote=quote, speaker="a witness")
        make_claim(article=article, source=make_source(), quote="n007 n008")
        return article

    def href(self, client: PageClient, query: str, name: str) -> str:
        link = by_id(tree_of(client.get(ADDRESS + query)), f"page-{name}")
        assert link.get("href") == link.get("hx-get")
        return str(link.get("href")).removeprefix(ADDRESS)

    def title(self, client: PageClient, query: str) -> str:
        return words(by_id(tree_of(client.get(ADDRESS + query)), "results-title"))

    @pytest.mark.parametrize("more", ["", "&sort=source", "&q=witness", "&sort=text", "&sort=marked"])
    def test_forwards_and_backwards_first_and_last(self, reader: PageClient, many: Article, more: str) -> None:
        query = f"?shown=lone{more}"
        first = listed(reader, query)
        assert len(first) == CLAIMS_PER_PAGE
        assert self.title(reader, query) == "1–50 of 51 claims"
        following = self.href(reader, query, "next")
        assert "shown=lone" in following and "below=" in following
        rest = listed(reader, following)
        assert len({*first, *rest}) == CLAIMS_PER_PAGE + 1
        assert self.title(reader, following) == "51 of 51 claims"
        assert listed(reader, self.href(reader, following, "previous")) == first
        assert listed(reader, self.href(reader, following, "first")) == first
        assert listed(reader, self.href(reader, query, "last")) == [*first, *rest][1:]

    def test_what_comes_and_goes_meanwhile_moves_nothing(self, reader: PageClient, many: Article, editor: Any) -> None:
        following = self.href(reader, "?shown=lone", "next")
        rest = listed(reader, following)
        newer = make_article(slug="newer", published_at=datetime(2020, 1, 1, tzinfo=UTC))
        make_claim(article=newer, source=Source.objects.get(slug="lone"))
        assert listed(reader, following) == rest
        last = Claim.objects.get(uid=following.rpartition(".")[2].partition("&")[0])
        delete_claims([last], open_changeset(Changeset.Kind.DELETE, editor))
        assert reader.get(ADDRESS + following).status_code == 200

    def test_where_a_claim_is_gone_its_age_leads(self, reader: PageClient, cast: dict[str, Any]) -> None:
        seven = -int(datetime(2018, 2, 7, 12, tzinfo=UTC).timestamp())
        assert listed(reader, f"?below={seven}.gone00000000") == ["delta"]
        for far in (2**62, 2**62 + 1, 10**19 - 1, 10**18):
            assert reader.get(f"{ADDRESS}?below=-{far}.gone").status_code == 200
            assert reader.get(f"{ADDRESS}?above={far}.gone").status_code == 200
        assert listed(reader, "?below=gone00000000") == listed(reader, "?below=%F0%9F%A4%94") == listed(reader)

    def test_old_addresses_with_a_number_still_lead_there(self, reader: PageClient, many: Article) -> None:
        assert listed(reader, "?shown=lone&page=2") == [f"n{CLAIMS_PER_PAGE:03}"]
        for number in ("9", "99999999"):
            assert listed(reader, f"?shown=lone&page={number}")[-1] == f"n{CLAIMS_PER_PAGE:03}"
        assert len(listed(reader, "?page=x")) == CLAIMS_PER_PAGE

    def test_another_page_swapped_is_that_page_fresh(self, reader: PageClient, many: Article) -> None:
        for start, address in (("", "?page=2"), ("?end=last", "?page=1"), ("?page=2", "?shown=coalition")):
            swapped = swap(page(reader, ADDRESS + start), reader, ADDRESS + address, "browser")
            assert_same(swapped, page(reader, ADDRESS + address))


FILTERS = ["", "?shown=sana&question=how-many", "?story=elsewhere&group=question", "?shown=nobody", "?disputed=1"]


class TestHtmx:
    @pytest.mark.parametrize("start", FILTERS)
    @pytest.mark.parametrize("address", FILTERS)
    def test_a_swapped_page_is_a_fresh_page(
        self, reader: PageClient, cast: dict[str, Any], start: str, address: str
    ) -> None:
        swapped = swap(page(reader, ADDRESS + start), reader, ADDRESS + address, "browser")
        assert_same(swapped, page(reader, ADDRESS + address))

    def test_so_it_is_for_editors(self, editors_browser: PageClient, cast: dict[str, Any]) -> None:
        make_claim(article=cast["second"], quote="Four", status="suggested")
        swapped = swap(page(editors_browser, ADDRESS), editors_browser, f"{ADDRESS}?shown=sana", "browser")
        assert_same(swapped, page(editors_browser, f"{ADDRESS}?shown=sana"))

    @pytest.mark.parametrize(("query", "said"), [("?article=apart", "1 claim found"), ("", "4 claims found")])
    def test_the_live_region_says_the_count(
        self, reader: PageClient, cast: dict[str, Any], query: str, said: str
    ) -> None:
        swapped = swap(page(reader, ADDRESS), reader, ADDRESS + query, "browser")
        assert words(by_id(swapped, "announcement")) == said

    def test_the_answer_is_a_part_that_nobody_keeps(self, reader: PageClient, cast: dict[str, Any]) -> None:
        response = reader.get(ADDRESS, headers=HEADERS)
        assert not response.content.lstrip().lower().startswith(b"<!doctype")
        assert "HX-Request" in response["Vary"]
        assert "no-store" in response["Cache-Control"]
        assert "HX-Request" in reader.get(ADDRESS)["Vary"]


def test_a_question_of_another_story_is_seen_to_be_asked(reader: PageClient, cast: dict[str, Any]) -> None:
    assert facet(reader, "question", "?story=elsewhere&question=how-many") == {"how-many": "0*"}


def test_words_narrow_the_list_and_what_is_counted(reader: PageClient, editors_browser: PageClient) -> None:
    report = make_article(paragraphs=["The coalition said it struck twice. SANA said nothing."])
    make_claim(article=report, quote="it struck twice", note="see the casualties", uid="struck")
    make_claim(article=report, source=make_source(name="SANA"), quote="nothing", uid="nothing")
    text = reader.get("/claims/?q=twice").content.decode()
    assert "1 claim<" in text
    assert "/claims/struck/" in text
    assert "/claims/nothing/" not in text
    assert 'name="q"' in text
    assert 'value="sana"' not in text, "a source without claims under the filter"
    assert "0 claims<" in reader.get("/claims/?q=casualty").content.decode()
    assert "1 claim<" in editors_browser.get("/claims/?q=casualty").content.decode()
    assert "0 claims<" in reader.get("/claims/", {"q": '"" *\x00'}).content.decode()
    assert "2 claims<" in reader.get("/claims/?q=+").content.decode()


class TestWords:
    """Sought among those of a source, a story or an outlet, which the index of words knows, and of whatever else."""

    NARROWED = (
        *("shown=sana", "shown=coalition", "shown=sana&shown=coalition", "story=khusham", "story=elsewhere"),
        *("outlet=cnn", "outlet=sana", "shown=sana&story=khusham", "shown=sana&outlet=cnn&story=khusham"),
        *("shown=sana&question=how-many", "shown=coalition&speaker=Col.+Veale", "shown=nobody"),
        *("story=khusham&date=2018", "shown=coalition&disputed=1", "shown=sana&article=second", "versions=all"),
    )

    @pytest.mark.parametrize("more", ["", "&sort=marked", "&sort=source", "&group=question", "&versions=all"])
    @pytest.mark.parametrize("query", NARROWED)
    def test_are_those_of_both_lists(self, reader: PageClient, dated: dict[str, Any], query: str, more: str) -> None:
        for sought in ("alpha", "beta", "alp*", "nothing"):
            wanted = set(listed(reader, f"?q={sought}{more}")) & set(listed(reader, f"?{query}{more}"))
            assert set(listed(reader, f"?q={sought}&{query}{more}")) == wanted

    def test_page_by_page(self, reader: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("articles.pages.narrowed.MOST", 10)
        text = " ".join(f"the n{number:03}" for number in range(2 * CLAIMS_PER_PAGE + 10))
        article, sana, other = make_article(paragraphs=[text]), make_source(name="SANA"), make_source(name="Other")
        for at, quote in enumerate(text.split("the ")[1:]):
            make_claim(article=article, quote=f"the {quote.strip()}", source=other if at % 10 == 0 else sana)
        seen: list[str] = []
        query = "?q=the&shown=sana"
        while query:
            tree = tree_of(reader.get(ADDRESS + query))
            seen += ["".join(mark.itertext()) for mark in tree.iter("mark") if mark.get("class") != "hit"]
            query = next((a.get("href").removeprefix(ADDRESS) for a in tree.iter("a") if a.get("rel") == "next"), "")
        wanted = [f"the n{at:03}" for at in range(2 * CLAIMS_PER_PAGE + 10) if at % 10]
        assert seen == wanted[::-1]

    def test_others_are_counted_in_the_first_and_what_is_chosen_in_all(
        self, reader: PageClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = " ".join(f"the n{number}" for number in range(6))
        article, sana, other = make_article(paragraphs=[text]), make_source(name="SANA"), make_source(name="Other")
        for at in range(6):
            make_claim(article=article, quote=f"the n{at}", source=sana if at < 4 else other)
        query, told = "?q=the&shown=sana", "Those not chosen are counted in"
        assert facet(reader, "shown", query) == {"sana": "4*", "other": "2"}
        assert told not in words(by_id(tree_of(reader.get(ADDRESS + query)), "facet-shown"))
        monkeypatch.setattr("articles.pages.narrowed.MOST_ELSEWHERE", 5)
        counts = facet(reader, "shown", query)
        assert counts["sana"] == "4*" and counts["other"] in ("1", "2")
        tree = tree_of(reader.get(ADDRESS + query))
        assert f"{told} 5 claims." in words(by_id(tree, "facet-shown"))
        assert told not in words(by_id(tree, "facet-story"))

    def test_all_facets_say_so_and_let_others_be_looked_for(
        self, reader: PageClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        question = make_question(story=make_story())
        article = make_article(
            paragraphs=[" ".join(f"the n{number}" for number in range(8))],
            story=question.story,
            published_at=datetime(2018, 2, 7, tzinfo=UTC),
        )
        for at in range(8):
            source = make_source(name="SANA") if at < 6 else make_source(name=f"Other {at}", code=f"O{at}")
            make_claim(article=article, quote=f"the n{at}", source=source, answers=[answer(question, at)])
        monkeypatch.setattr("articles.pages.narrowed.MOST_ELSEWHERE", 2)
        assert facet(reader, "date", "?q=the&date=2018") == {"2018": "8*", "2018-02": "8"}
        tree = tree_of(reader.get(f"{ADDRESS}?q=the&date=2018"))
        assert "Those not chosen are counted in 2 claims." in words(by_id(tree, "facet-date"))
        tree = tree_of(reader.get(f"{ADDRESS}?q=the&disputed=1"))
        assert "in dispute 8" in words(by_id(tree, "claim-filter")) and "8 claims" in words(
            by_id(tree, "results-title")
        )
        tree = tree_of(reader.get(f"{ADDRESS}?q=the&shown=sana"))
        assert by_id(tree, "find-shown") is not None
        assert facet(reader, "shown", "?q=the&shown=sana&find_shown=Other")["other-7"] == "1"
