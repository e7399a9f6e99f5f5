from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Paragraph, Source, Story
from articles.writing.merging import merge
from articles.writing.publishing import set_status
from tests.factories import (
    answer,
    make_article,
    make_claim,
    make_highlight,
    make_question,
    make_source,
    make_story,
    orphan,
)
from tests.htmx import HEADERS, assert_same, page, swap
from tests.pages import PageClient, by_id, links, main_of, marked, tree_of, words

pytestmark = pytest.mark.django_db

FIRST = "The coalition said it acted in self-defence. “An aggression,” SANA said, “and a massacre.”"
SECOND = "Moscow called it a crime 🤔 at Дейр-эз-Зор, and café owners agreed."
ADDRESS = "/articles/strikes/"


@pytest.fixture
def coalition() -> Source:
    return make_source(name="Coalition", code="COA", tone=1)


@pytest.fixture
def sana() -> Source:
    return make_source(name="SANA", code="SANA", kind="agency", tone=2)


@pytest.fixture
def moscow() -> Source:
    return make_source(name="Russian MoD", code="MOD", tone=3)


@pytest.fixture
def report() -> Article:
    heading = Paragraph(text="Russian hotline", kind="heading")
    return make_article(paragraphs=[FIRST, heading, SECOND], story=make_story())


@pytest.fixture
def cast(report: Article, coalition: Source, sana: Source, moscow: Source) -> dict[str, Any]:
    """Three sources, four claims: SANA has two, one of them in two pieces."""
    return {
        "defence": make_claim(article=report, source=coalition, quote="it acted in self-defence"),
        "sana": make_claim(
            article=report, source=sana, quote=["“An aggression,”", "“and a massacre.”"], speaker="Hamid"
        ),
        "massacre": make_claim(article=report, source=sana, quote="massacre"),
        "crime": make_claim(article=report, source=moscow, quote="a crime 🤔 at Дейр-эз-Зор, and café"),
    }


def read(client: PageClient, query: str = "") -> Any:
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return tree_of(response)


class TestHeadline:
    """A heading that says the title over again."""

    TITLE = "Strikes at night"

    @pytest.fixture
    def headed(self) -> Article:
        made = make_article(paragraphs=[Paragraph(text=self.TITLE, kind="heading"), FIRST], title=self.TITLE)
        assert made.get_absolute_url() == ADDRESS
        return made

    def test_is_shown_once_to_readers(self, reader: PageClient, headed: Article) -> None:
        assert words(main_of(reader.get(ADDRESS))).count(self.TITLE) == 1
        assert read(reader).find(".//article").get("class") == "report", "what follows is not set as the title is"
        headed.title = "Another title"
        headed.save()
        Article.objects.update(stamp=headed.stamp + 1)
        assert by_id(read(reader), "b0") is not None

    def test_stays_where_editors_mark_and_where_something_is_marked(
        self, reader: PageClient, editors_browser: PageClient, headed: Article, coalition: Source
    ) -> None:
        tree = read(editors_browser)
        assert words(by_id(tree, "b0")).startswith(self.TITLE)
        assert tree.find(".//article").get("class") == "report begins-with-title"
        make_claim(article=headed, source=coalition, quote="Strikes")
        assert by_id(read(reader), "b0").find(".//mark") is not None


def speakers(tree: Any) -> dict[str, Any]:
    """The list of who is speaking: for each source its row, in order."""
    rows = tree.findall(".//*[@class='speaking']/ul/li")
    return {words(row.find(".//*[@class='name']")): row for row in rows if row.find(".//*[@class='name']") is not None}


class TestText:
    def test_the_paragraphs_hold_the_text_and_nothing_else(self, reader: PageClient, cast: Any) -> None:
        tree = read(reader)
        assert "".join(tree.find(".//*[@id='p1']//p").itertext()) == FIRST
        assert "".join(tree.find(".//*[@id='b1']//h2").itertext()) == "Russian hotline"
        assert "".join(tree.find(".//*[@id='p2']//p").itertext()) == SECOND

    def test_a_paragraphs_number_links_to_itself(self, reader: PageClient, report: Article) -> None:
        assert links(by_id(read(reader), "p2"))["#p2"] == "2"

    def test_a_heading_has_no_number(self, reader: PageClient, report: Article) -> None:
        assert links(by_id(read(reader), "b1")) == {}

    def test_markup_in_a_report_is_text(self, reader: PageClient) -> None:
        text = "He wrote <script>alert(1)</script> & “</mark>” to the <i>desk</i>"
        article = make_article(paragraphs=[text], title="<script>alert('t')</script> \"quoted\"")
        make_claim(
            article=article, source=make_source(name="<b>Bold</b>", code="BLD"), quote="<script>alert(1)</script>"
        )
        tree = read(reader)
        assert "".join(by_id(tree, "p1").find(".//p").itertext()) == text
        assert words(tree.find(".//h1")) == "<script>alert('t')</script> \"quoted\""
        assert "<script>alert('t')</script> \"quoted\"" in words(tree.find(".//title"))
        assert list(speakers(tree)) == ["<b>Bold</b>"]
        assert not [*tree.iter("b"), *tree.iter("i")]

    def test_a_report_in_arabic_runs_from_right_to_left(self, reader: PageClient) -> None:
        make_article(paragraphs=["قالت سانا إنه عدوان"], title="ضربات في سوريا " * 18, language="ar")
        tree = read(reader)
        report = tree.find(".//article")
        assert (report.get("lang"), report.get("dir")) == ("ar", "rtl")
        assert (tree.find(".//h1").get("lang"), tree.find(".//h1").get("dir")) == ("ar", "auto")
        assert tree.get("lang") == "en"

    def test_a_report_in_english_has_no_direction_of_its_own(self, reader: PageClient, report: Article) -> None:
        assert read(reader).find(".//article").get("dir") is None

    def test_a_report_without_paragraphs_is_a_page(self, reader: PageClient) -> None:
        make_article(paragraphs=[])
        assert words(read(reader).find(".//h1")) == "Strikes in Syria"


class TestHead:
    def test_title_and_canonical_address(self, reader: PageClient, report: Article) -> None:
        tree = read(reader, "?shown=sana")
        assert words(tree.find(".//title")).startswith("Strikes in Syria")
        assert tree.find(".//link[@rel='canonical']").get("href") == "http://testserver/articles/strikes/"

    def test_outlet_story_byline_and_addresses(self, reader: PageClient) -> None:
        outlet = make_source(name="Gazette", code="GAZ", kind="outlet")
        where = {"url": "https://gazette.example/1", "archive_url": "https://archive.example/1"}
        make_article(outlet=outlet, story=make_story(title="Khusham"), byline="Ann Able", **where)
        main = read(reader).find(".//main")
        assert links(main)["/sources/gazette/"] == "Gazette"
        assert links(main)["/stories/khusham/"] == "Khusham"
        assert {"https://gazette.example/1", "https://archive.example/1"} <= links(main).keys()
        assert "Ann Able" in words(main)

    @pytest.mark.parametrize(
        ("minutes", "known", "shown", "machine"),
        [
            (-300, True, "7 February 2018, 16:30", "2018-02-07T16:30:00-05:00"),
            (180, True, "8 February 2018, 00:30", "2018-02-08T00:30:00+03:00"),
            (180, False, "8 February 2018", "2018-02-08"),
            (0, False, "7 February 2018", "2018-02-07"),
        ],
    )
    def test_the_time_is_that_of_the_outlets_clock(
        self, reader: PageClient, minutes: int, known: bool, shown: str, machine: str
    ) -> None:
        moment = datetime(2018, 2, 7, 21, 30, tzinfo=UTC)
        make_article(published_at=moment, published_offset=minutes, published_time_known=known)
        time = read(reader).find(".//time")
        assert (words(time), time.get("datetime")) == (shown, machine)

    def test_what_was_inferred_is_said(self, reader: PageClient) -> None:
        moment = datetime(2018, 2, 7, tzinfo=UTC)
        make_article(published_at=moment, inferred=["title", "published"])
        main = words(read(reader).find(".//main"))
        assert "inferred" in main
        assert "without a headline" in main

    def test_nothing_is_said_to_be_inferred_that_was_stated(self, reader: PageClient) -> None:
        make_article(published_at=datetime(2018, 2, 7, tzinfo=UTC))
        main = words(read(reader).find(".//main"))
        assert "inferred" not in main
        assert "headline" not in main


class TestMarks:
    def test_every_claim_is_marked_on_its_own_words(self, reader: PageClient, cast: dict[str, Any]) -> None:
        assert marked(read(reader)) == {
            cast["defence"].uid: "it acted in self-defence",
            cast["sana"].uid: "“An aggression,”“and a massacre.”",
            cast["massacre"].uid: "massacre",
            cast["crime"].uid: "a crime 🤔 at Дейр-эз-Зор, and café",
        }

    def test_overlapping_marks_lie_in_different_lanes(self, reader: PageClient, cast: dict[str, Any]) -> None:
        lanes = {mark.get("data-claim"): mark.get("data-lane") for mark in read(reader).iter("mark")}
        assert lanes[cast["massacre"].uid] == "1"
        assert lanes[cast["sana"].uid] is None

    def test_a_mark_wears_the_tone_of_its_source(self, reader: PageClient, cast: dict[str, Any]) -> None:
        tones = {mark.get("data-claim"): mark.get("data-tone") for mark in read(reader).iter("mark")}
        assert [tones[cast[name].uid] for name in ("defence", "sana", "crime")] == ["1", "2", "3"]

    def test_two_sources_of_one_tone_get_two_in_one_article(self, reader: PageClient, report: Article) -> None:
        for name, quote in (("One", "self-defence"), ("Two", "massacre")):
            make_claim(article=report, source=make_source(name=name, tone=4), quote=quote)
        tree = read(reader)
        tones = [mark.get("data-tone") for mark in tree.iter("mark")]
        assert tones[0] == "4" != tones[1]
        assert [row.get("data-tone") for row in speakers(tree).values()] == tones

    def test_who_says_what_is_heard_once_for_each_claim(self, reader: PageClient, cast: dict[str, Any]) -> None:
        signs = [node for node in read(reader).find(".//article").iter() if node.get("data-code") == "SANA"]
        heard = [sign.get("aria-label") for sign in signs if sign.get("aria-hidden") != "true"]
        assert heard == ["said by SANA", "said by SANA"]
        assert len(signs) == 3

    def test_sign_and_card_lead_to_each_other(self, reader: PageClient, cast: dict[str, Any]) -> None:
        tree, uid = read(reader), cast["crime"].uid
        assert by_id(tree, f"sign-{uid}").get("href") == f"#claim-{uid}"
        assert links(by_id(tree, f"claim-{uid}"))[f"#sign-{uid}"] == "in the text, ¶2"

    def test_signs_come_in_reading_order(self, reader: PageClient, cast: dict[str, Any]) -> None:
        signs = [node.get("id") for node in read(reader).find(".//article").iter("a") if node.get("data-code")]
        assert signs == [f"sign-{cast[name].uid}" for name in ("defence", "sana", "massacre", "crime")]

    def test_a_card_says_who_and_what(self, reader: PageClient, cast: dict[str, Any]) -> None:
        card = by_id(read(reader), f"claim-{cast['sana'].uid}")
        assert links(card)["/sources/sana/"] == "SANA"
        own = [words(link) for link in card.iter("a") if link.get("href") == f"/claims/{cast['sana'].uid}/"]
        assert own == ["“An aggression,” … “and a massacre.”", "The claim"]
        assert "Hamid" in words(card)

    def test_an_orphaned_highlight_is_not_drawn(self, reader: PageClient, report: Article) -> None:
        claim = make_claim(
            article=report, source=make_source(), highlights=[orphan("lost words"), make_highlight(report, "massacre")]
        )
        tree = read(reader)
        assert marked(tree) == {claim.uid: "massacre"}
        assert by_id(tree, f"sign-{claim.uid}") is not None

    def test_a_report_without_claims_says_so(self, reader: PageClient, report: Article) -> None:
        tree = read(reader)
        assert "Nothing is marked" in words(by_id(tree, "claims"))
        assert not list(tree.iter("mark"))


class TestFilter:
    def test_all_sources_are_shown_without_one(self, reader: PageClient, cast: dict[str, Any]) -> None:
        tree = read(reader)
        assert all("data-shown" in row.attrib for row in speakers(tree).values())
        assert words(by_id(tree, "claims-title")) == "4 claims"

    def test_one_source_alone(self, reader: PageClient, cast: dict[str, Any]) -> None:
        tree = read(reader, "?shown=sana")
        assert marked(tree).keys() == {cast["sana"].uid, cast["massacre"].uid}
        assert words(by_id(tree, "claims-title")) == "2 of 4 claims"
        shown = {name: "data-shown" in row.attrib for name, row in speakers(tree).items()}
        assert shown == {"SANA": True, "Coalition": False, "Russian MoD": False}

    def test_what_is_not_shown_is_plain_text(self, reader: PageClient, cast: dict[str, Any]) -> None:
        block = by_id(read(reader, "?shown=sana"), "p2")
        assert not list(block.iter("mark"))
        assert not [node for node in block.iter() if node.get("data-code")]
        assert words(block.find(".//p")) == SECOND

    def test_several_sources(self, reader: PageClient, cast: dict[str, Any]) -> None:
        tree = read(reader, "?shown=sana&shown=russian-mod")
        assert cast["defence"].uid not in marked(tree)
        assert words(by_id(tree, "claims-title")) == "3 of 4 claims"

    def test_counts_stay_those_of_the_whole_article(self, reader: PageClient, cast: dict[str, Any]) -> None:
        for query in ("", "?shown=sana"):
            counts = {
                name: words(row.find(".//*[@class='count']")) for name, row in speakers(read(reader, query)).items()
            }
            assert counts == {"SANA": "2 claims", "Coalition": "1 claim", "Russian MoD": "1 claim"}

    def test_tones_and_numbers_stay_when_others_are_left_out(self, reader: PageClient, cast: dict[str, Any]) -> None:
        uid = cast["crime"].uid
        cards = [by_id(read(reader, query), f"claim-{uid}") for query in ("", "?shown=russian-mod")]
        assert {(card.get("data-tone"), card.get("data-number")) for card in cards} == {("3", "2.1")}

    def test_sources_come_by_number_of_claims_then_by_name(self, reader: PageClient, report: Article) -> None:
        for name, quotes in {"Zeta": ["it", "acted"], "Beta": ["massacre"], "Alpha": ["crime"]}.items():
            for quote in quotes:
                make_claim(article=report, source=make_source(name=name), quote=quote)
        assert list(speakers(read(reader))) == ["Zeta", "Alpha", "Beta"]

    @pytest.mark.parametrize(
        ("query", "only", "toggled"),
        [
            ("", "?shown=sana", "?shown=coalition&shown=russian-mod"),
            ("?shown=sana", "", ""),
            ("?shown=coalition", "?shown=sana", "?shown=sana&shown=coalition"),
            ("?shown=coalition&shown=sana", "?shown=sana", "?shown=coalition"),
            ("?shown=coalition&shown=russian-mod", "?shown=sana", ""),
            ("?shown=coalition&from=mail", "?shown=sana", "?shown=sana&shown=coalition"),
        ],
    )
    def test_where_a_sources_links_lead(
        self, reader: PageClient, cast: dict[str, Any], query: str, only: str, toggled: str
    ) -> None:
        tree = read(reader, query)
        for name, wanted in (("only-sana", only), ("toggle-sana", toggled)):
            link = by_id(tree, name)
            assert sorted(link.get("href").removeprefix(ADDRESS).strip("?").split("&")) == sorted(
                wanted.strip("?").split("&")
            )
            assert link.get("hx-get") == link.get("href")

    def test_the_source_that_is_shown_is_the_current_one(self, reader: PageClient, cast: dict[str, Any]) -> None:
        current = [
            link.get("id") for link in read(reader, "?shown=sana").iter("a") if link.get("aria-current") == "true"
        ]
        assert "only-sana" in current
        assert "only-coalition" not in current

    def test_everything_is_one_link_away(self, reader: PageClient, cast: dict[str, Any]) -> None:
        assert by_id(read(reader, "?shown=sana"), "show-all").get("href") == ADDRESS
        assert not [link for link in read(reader).iter("a") if link.get("id") == "show-all"]

    @pytest.mark.parametrize(
        "slug", ["nobody", "%F0%9F%A4%94", "%D8%B3%D8%A7%D9%86%D8%A7", "%3Cb%3E", "%FF%FE", "a%CC%81"]
    )
    def test_a_source_that_does_not_speak_here_is_named_and_all_is_shown(
        self, reader: PageClient, cast: dict[str, Any], slug: str
    ) -> None:
        tree = read(reader, f"?shown={slug}")
        assert len(marked(tree)) == 4
        assert "No source of this name" in words(tree.find(".//*[@class='speaking']"))

    def test_the_old_name_of_a_merged_source_shows_the_new_one(
        self, reader: PageClient, cast: dict[str, Any], editor: User
    ) -> None:
        old = make_source(name="Old agency", code="OLD")
        merge(old, Source.objects.get(slug="sana"), editor)
        tree = read(reader, "?shown=old-agency")
        assert marked(tree) == marked(read(reader, "?shown=sana")) != {}

    def test_a_known_source_beside_an_unknown_one_is_shown(self, reader: PageClient, cast: dict[str, Any]) -> None:
        tree = read(reader, "?shown=nobody&shown=sana")
        assert words(by_id(tree, "claims-title")) == "2 of 4 claims"

    def test_blank_and_doubled_names_do_not_count(self, reader: PageClient, cast: dict[str, Any]) -> None:
        tree = read(reader, "?shown=&shown=sana&shown=sana")
        assert words(by_id(tree, "claims-title")) == "2 of 4 claims"

    @pytest.mark.parametrize(
        "query",
        ["?shown=%00", "?shown=sana%00", "?shown=" + "a" * 141, "?" + "&".join(f"shown=s{n}" for n in range(101))],
    )
    def test_a_filter_that_no_link_makes_is_refused_with_a_way_back(
        self, reader: PageClient, cast: dict[str, Any], query: str
    ) -> None:
        response = reader.get(ADDRESS + query)
        assert response.status_code == 400
        assert ADDRESS in links(main_of(response))

    def test_a_hundred_sources_can_be_asked_for(self, reader: PageClient, cast: dict[str, Any]) -> None:
        query = "&".join(f"shown=s{number}" for number in range(99))
        assert words(by_id(read(reader, f"?{query}&shown=sana"), "claims-title")) == "2 of 4 claims"


class TestDispute:
    @pytest.fixture
    def story(self) -> Story:
        return make_story()

    def test_a_conflict_within_the_article_is_named(self, reader: PageClient, report: Article, sana: Source) -> None:
        question = make_question(story=report.story, text="How many were killed?")
        make_claim(article=report, quote="self-defence", answers=[answer(question, 100)])
        claim = make_claim(article=report, quote="massacre", source=sana, answers=[answer(question, 25)])
        tree = read(reader)
        disputed = tree.find(".//*[@class='disputed']")
        assert links(disputed) == {"/stories/khusham/#how-many": "How many were killed?"}
        card = words(by_id(tree, f"claim-{claim.uid}"))
        assert "How many were killed? as worded, read as 25" in card
        assert "Coalition: as worded, read as 100" in card

    def test_a_dispute_stays_when_one_side_is_left_out(self, reader: PageClient, report: Article, sana: Source) -> None:
        question = make_question(story=report.story)
        make_claim(article=report, quote="self-defence", answers=[answer(question, 100)])
        make_claim(article=report, quote="massacre", source=sana, answers=[answer(question, 25)])
        assert read(reader, "?shown=sana").find(".//*[@class='disputed']") is not None

    def test_agreement_is_no_dispute(self, reader: PageClient, report: Article, sana: Source) -> None:
        question = make_question(story=report.story)
        for source, quote in ((make_source(), "self-defence"), (sana, "massacre")):
            make_claim(article=report, quote=quote, source=source, answers=[answer(question, 100)])
        assert read(reader).find(".//*[@class='disputed']") is None

    def test_another_article_of_the_story_contradicts(self, reader: PageClient, report: Article, sana: Source) -> None:
        question = make_question(story=report.story)
        make_claim(article=report, quote="self-defence", answers=[answer(question, 100)])
        other = make_article(slug="other", story=report.story)
        make_claim(article=other, source=sana, answers=[answer(question, 25)])
        assert "SANA: as worded, read as 25" in words(by_id(read(reader), "claims"))

    @pytest.mark.parametrize("status", ["draft", "withdrawn"])
    def test_what_is_not_public_contradicts_nobody(
        self, reader: PageClient, report: Article, sana: Source, status: str
    ) -> None:
        question = make_question(story=report.story)
        make_claim(article=report, quote="self-defence", answers=[answer(question, 100)])
        other = make_article(slug="other", story=report.story, status=status)
        make_claim(article=other, source=sana, answers=[answer(question, 25)])
        assert read(reader).find(".//*[@class='disputed']") is None

    def test_another_version_of_the_article_contradicts_nobody(
        self, reader: PageClient, report: Article, sana: Source
    ) -> None:
        question = make_question(story=report.story)
        make_claim(article=report, quote="self-defence", answers=[answer(question, 100)])
        later = make_article(slug="later", revises=report, story=report.story)
        make_claim(article=later, source=sana, answers=[answer(question, 25)])
        assert read(reader).find(".//*[@class='disputed']") is None


class TestVersions:
    def test_each_version_leads_to_the_others(self, reader: PageClient, report: Article) -> None:
        make_article(slug="later", revises=report, published_at=datetime(2018, 2, 8, tzinfo=UTC))
        main = words(read(reader).find(".//main"))
        assert "version 1 of 2" in main
        assert "8 February 2018" in main
        assert links(read(reader).find(".//main"))["/articles/later/"] == "Version 2"

    def test_an_old_version_leads_to_the_newest_at_once(self, reader: PageClient, report: Article) -> None:
        assert read(reader).find(".//*[@class='notice newer']") is None
        second = make_article(slug="second", revises=report)
        make_article(slug="third", revises=second, published_at=datetime(2018, 2, 8, tzinfo=UTC))
        newer = read(reader).find(".//*[@class='notice newer']")
        assert links(newer) == {"/articles/third/": "version 3, 8 February 2018"}
        assert main_of(reader.get("/articles/third/")).find(".//*[@class='notice newer']") is None

    def test_other_versions_are_shown_through_the_same_filter(
        self, reader: PageClient, report: Article, sana: Source
    ) -> None:
        make_claim(article=report, source=sana, quote="self-defence")
        make_article(slug="later", revises=report)
        assert links(main_of(reader.get("/articles/strikes/?shown=sana")))["/articles/later/?shown=sana"] == "Version 2"

    def test_the_only_version_has_no_number(self, reader: PageClient, report: Article) -> None:
        assert "ersion 1" not in words(read(reader).find(".//main"))

    def test_a_version_in_between_may_be_withdrawn(self, reader: PageClient, report: Article) -> None:
        second = make_article(slug="second", revises=report)
        make_article(slug="third", revises=second)
        set_status(second, Article.Status.WITHDRAWN)
        main = main_of(reader.get("/articles/third/"))
        assert "version 3 of 3" in words(main)
        assert "/articles/second/" not in links(main)

    def test_readers_of_the_one_before_are_told_that_the_last_was_withdrawn(
        self, reader: PageClient, editors_browser: PageClient, report: Article
    ) -> None:
        second = make_article(slug="second", revises=report)
        third = make_article(slug="third", revises=second)
        set_status(third, Article.Status.WITHDRAWN, "Its <source> was invented.")
        said = "A later version of this report, version 3, was withdrawn: “Its <source> was invented.”"
        assert said in words(main_of(reader.get("/articles/second/")))
        first = main_of(reader.get(ADDRESS))
        assert "/articles/second/" in links(first) and "withdrawn" not in words(first)
        told = words(main_of(editors_browser.get("/articles/second/")))
        assert "There is a newer version of this report: version 3, withdrawn." in told

    @pytest.mark.parametrize(("before", "after"), [("draft", "withdrawn"), ("published", "draft")])
    def test_but_not_of_what_they_never_had_or_may_have_again(
        self, reader: PageClient, report: Article, before: str, after: str
    ) -> None:
        set_status(make_article(slug="second", revises=report, status=before), Article.Status(after), "Wrong.")
        main = words(main_of(reader.get(ADDRESS)))
        assert "withdrawn" not in main and "Wrong." not in main

    def test_one_that_is_gone_leads_to_what_is_left(self, reader: PageClient, report: Article) -> None:
        second = make_article(slug="second", revises=report, title="Secret plan")
        third = make_article(slug="third", revises=second)
        set_status(second, Article.Status.WITHDRAWN, "Wrong.")
        main = main_of(reader.get("/articles/second/"))
        assert "Version 3 of this report can still be read: Strikes in Syria" in words(main)
        assert "/articles/third/" in links(main) and "Secret" not in words(main)
        set_status(third, Article.Status.DRAFT)
        for address in ("/articles/second/", "/articles/third/", "/articles/second/changes/"):
            main = main_of(reader.get(address))
            assert "Version 1 of this report can still be read" in words(main) and ADDRESS in links(main), address
        set_status(report, Article.Status.WITHDRAWN)
        assert "can still be read" not in words(main_of(reader.get("/articles/second/")))

    def test_a_draft_of_the_next_version_is_for_editors(
        self, reader: PageClient, editors_browser: PageClient, report: Article
    ) -> None:
        make_article(slug="later", revises=report, status="draft")
        assert "/articles/later/" not in links(read(reader))
        assert "/articles/later/" in links(read(editors_browser))


class TestStates:
    def test_there_is_no_such_article(self, reader: PageClient) -> None:
        assert reader.get("/articles/nothing/").status_code == 404

    def test_a_draft_is_not_there_for_readers(self, reader: PageClient) -> None:
        make_article(status="draft", title="Secret plan")
        response = reader.get(ADDRESS)
        assert response.status_code == 404
        assert b"Secret" not in response.content

    def test_one_that_was_public_and_is_a_draft_again_says_so(self, reader: PageClient, report: Article) -> None:
        set_status(report, Article.Status.PUBLISHED)
        set_status(report, Article.Status.DRAFT)
        response = reader.get(ADDRESS)
        assert response.status_code == 410
        main = words(main_of(response))
        assert "not public at the moment" in main
        assert "Strikes in Syria" not in main

    def test_a_draft_is_there_for_editors_who_are_told(self, editors_browser: PageClient) -> None:
        make_article(status="draft")
        assert "readers do not see this" in words(read(editors_browser))

    def test_a_withdrawn_article_is_gone_with_its_notice(self, reader: PageClient, report: Article) -> None:
        set_status(report, Article.Status.WITHDRAWN, "Its <source> was invented.")
        response = reader.get(ADDRESS)
        assert response.status_code == 410
        main = words(main_of(response))
        assert "Its <source> was invented." in main
        assert "self-defence" not in main
        assert "Strikes in Syria" not in main

    def test_a_withdrawn_article_without_a_notice_is_gone_too(self, reader: PageClient, report: Article) -> None:
        set_status(report, Article.Status.WITHDRAWN)
        assert reader.get(ADDRESS).status_code == 410

    def test_a_withdrawn_article_is_there_for_editors(self, editors_browser: PageClient, report: Article) -> None:
        set_status(report, Article.Status.WITHDRAWN, "Invented.")
        assert "withdrawn" in words(read(editors_browser))

    @pytest.mark.parametrize("status", ["suggested", "rejected"])
    def test_readers_see_accepted_claims_only(self, reader: PageClient, report: Article, status: str) -> None:
        make_claim(article=report, quote="massacre", source=make_source(name="Hidden"), status=status)
        tree = read(reader)
        assert not list(tree.iter("mark"))
        assert speakers(tree) == {}
        assert "0 claims" in words(by_id(tree, "claims-title"))

    def test_editors_see_suggestions_as_such(self, editors_browser: PageClient, report: Article) -> None:
        claim = make_claim(article=report, quote="massacre", status="suggested", proposed_source="The governor")
        tree = read(editors_browser)
        assert marked(tree) == {claim.uid: "massacre"}
        card = words(by_id(tree, f"claim-{claim.uid}"))
        assert "The governor" in card
        assert "suggested" in card

    def test_rejected_claims_are_drawn_for_nobody(self, editors_browser: PageClient, report: Article) -> None:
        make_claim(article=report, quote="massacre", status="rejected")
        assert marked(read(editors_browser)) == {}

    def test_a_signed_in_reader_sees_what_all_readers_see(self, report: Article, django_user_model: type[User]) -> None:
        client = PageClient()
        client.force_login(django_user_model.objects.create_user("reader"))
        make_claim(article=report, quote="massacre", status="suggested")
        assert marked(read(client)) == {}


FILTERS = ["", "?shown=sana", "?shown=sana&shown=russian-mod", "?shown=nobody", "?shown=coalition&from=mail"]


class TestHtmx:
    @pytest.mark.parametrize("start", FILTERS)
    @pytest.mark.parametrize("address", FILTERS)
    def test_a_swapped_page_is_a_fresh_page(
        self, reader: PageClient, cast: dict[str, Any], start: str, address: str
    ) -> None:
        swapped = swap(page(reader, ADDRESS + start), reader, ADDRESS + address, "reading")
        assert_same(swapped, page(reader, ADDRESS + address))

    def test_so_it_is_for_editors(self, editors_browser: PageClient, report: Article, cast: dict[str, Any]) -> None:
        make_claim(article=report, quote="owners", status="suggested")
        swapped = swap(page(editors_browser, ADDRESS), editors_browser, ADDRESS + "?shown=sana", "reading")
        assert_same(swapped, page(editors_browser, ADDRESS + "?shown=sana"))

    def test_so_it_is_without_claims(self, reader: PageClient, report: Article) -> None:
        swapped = swap(page(reader, ADDRESS), reader, ADDRESS + "?shown=sana", "reading")
        assert_same(swapped, page(reader, ADDRESS + "?shown=sana"))

    @pytest.mark.parametrize(
        ("query", "said"), [("?shown=sana", "2 of 4 claims shown: SANA"), ("", "All 4 claims shown")]
    )
    def test_the_live_region_says_the_count(
        self, reader: PageClient, cast: dict[str, Any], query: str, said: str
    ) -> None:
        assert by_id(read(reader), "announcement").get("role") == "status"
        swapped = swap(page(reader, ADDRESS), reader, ADDRESS + query, "reading")
        assert words(by_id(swapped, "announcement")) == said

    def test_links_name_the_region_and_push_their_address(self, reader: PageClient, cast: dict[str, Any]) -> None:
        region = by_id(read(reader), "reading")
        assert region.get("hx-target") == "#reading"
        assert region.get("hx-push-url") == "true"
        assert (region.get("hx-swap") or "").startswith("outerHTML")

    def test_the_answer_is_a_part_and_varies(self, reader: PageClient, report: Article) -> None:
        response = reader.get(ADDRESS, headers=HEADERS)
        assert not response.content.lstrip().lower().startswith(b"<!doctype")
        assert "HX-Request" in response["Vary"]
        assert "no-store" in response["Cache-Control"]

    def test_the_page_varies_too(self, reader: PageClient, report: Article) -> None:
        response = reader.get(ADDRESS)
        assert "HX-Request" in response["Vary"]
        assert "no-store" not in response.get("Cache-Control", "")
