from datetime import UTC, datetime
from typing import Any

import pytest

from articles.browsing import CLAIMS_PER_PAGE
from articles.merging import merge
from articles.models import Article, Source
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


def choices(client: PageClient, name: str, query: str = "") -> dict[str, bool]:
    """The options of a select, each with whether it is selected."""
    select = by_id(tree_of(client.get(ADDRESS + query)), f"filter-{name}")
    return {option.get("value"): "selected" in option.attrib for option in select.iter("option")}


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

    def test_editors_see_suggestions_as_what_they_are(self, editors_browser: PageClient) -> None:
        make_claim(status="rejected")
        make_claim(article=make_article(slug="b"), status="suggested")
        tree = tree_of(editors_browser.get(ADDRESS))
        main = " ".join(words(row) for row in tree.iter("li") if row.get("class") == "claim-row")
        assert "rejected" not in main
        assert "suggested" in main
        assert "Source not yet known" in main

    def test_an_empty_desk_says_so(self, reader: PageClient) -> None:
        assert listed(reader) == []
        assert ADDRESS in links(main_of(reader.get(ADDRESS)))


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
        query = "?story=khusham&question=how-many&article=second&versions=all"
        assert choices(reader, "story", query) == {"": False, "elsewhere": False, "khusham": True}
        assert choices(reader, "question", query) == {"": False, "how-many": True}
        assert choices(reader, "article", query)["second"]
        assert "checked" in by_id(tree_of(reader.get(ADDRESS + query)), "filter-versions").attrib

    def test_only_the_questions_of_the_story_are_offered(self, reader: PageClient, cast: dict[str, Any]) -> None:
        assert choices(reader, "question", "?story=elsewhere") == {"": False}

    def test_what_is_not_public_is_not_offered(
        self, reader: PageClient, editors_browser: PageClient, cast: dict[str, Any]
    ) -> None:
        secret = make_story(title="Secret", slug="secret")
        make_question(story=secret, slug="secret-question")
        make_article(slug="secret-article", story=secret, status="draft")
        for name, slug in (("story", "secret"), ("question", "secret-question"), ("article", "secret-article")):
            assert slug not in choices(reader, name)
            assert slug in choices(editors_browser, name)

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

    def test_the_heading_names_what_was_chosen(self, reader: PageClient, cast: dict[str, Any]) -> None:
        main = main_of(reader.get(f"{ADDRESS}?shown=sana&question=how-many&versions=all"))
        (chosen,) = [node for node in main.iter("p") if node.get("class") == "meta chosen"]
        assert [words(one) for one in chosen] == ["SANA", "How many were killed?", "earlier versions too"]

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


class TestPages:
    @pytest.fixture
    def many(self) -> Article:
        text = " ".join(f"n{number:03}" for number in range(CLAIMS_PER_PAGE + 1))
        article = make_article(paragraphs=[text])
        source = make_source(name="Lone", code="LON")
        for quote in text.split():
            make_claim(article=article, source=source, quote=quote)
        make_claim(article=article, source=make_source(), quote="n007 n008")
        return article

    def test_a_long_list_has_pages_that_keep_the_filter(self, reader: PageClient, many: Article) -> None:
        assert len(listed(reader, "?shown=lone")) == CLAIMS_PER_PAGE
        assert listed(reader, "?shown=lone&page=2") == [f"n{CLAIMS_PER_PAGE:03}"]
        link = by_id(tree_of(reader.get(f"{ADDRESS}?shown=lone")), "page-next")
        assert link.get("href") == link.get("hx-get") == "/claims/?shown=lone&page=2"

    def test_a_page_too_far_is_the_last(self, reader: PageClient, many: Article) -> None:
        assert listed(reader, "?shown=lone&page=9") == [f"n{CLAIMS_PER_PAGE:03}"]

    def test_another_page_swapped_is_that_page_fresh(self, reader: PageClient, many: Article) -> None:
        for start, address in (("", "?page=2"), ("?page=2", "?page=1"), ("?page=2", "?shown=coalition")):
            swapped = swap(page(reader, ADDRESS + start), reader, ADDRESS + address, "browser")
            assert_same(swapped, page(reader, ADDRESS + address))


FILTERS = ["", "?shown=sana", "?shown=sana&question=how-many", "?story=elsewhere", "?shown=nobody", "?versions=all"]


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
    page = tree_of(reader.get(f"{ADDRESS}?story=elsewhere&question=how-many"))
    assert [one.get("value") for one in page.iter("option") if "selected" in one.attrib] == ["elsewhere", "how-many"]


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
