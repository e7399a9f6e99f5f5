from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Changeset, Claim, Question, Source, Story
from articles.writing.editing import changing, open_changeset
from articles.writing.merging import merge, unmerge
from articles.writing.publishing import set_status
from articles.writing.rulings import rule
from articles.writing.versions import carry_over
from tests.factories import (
    answer,
    make_article,
    make_choice,
    make_claim,
    make_editor,
    make_place,
    make_question,
    make_source,
    make_story,
    orphan,
)
from tests.pages import PageClient, by_id, links, main_of, words

pytestmark = pytest.mark.django_db

ADDRESS = "/stories/khusham/"
SVG = "{http://www.w3.org/2000/svg}"
TEXT = "One said alpha. Two said beta. Three said gamma."


@pytest.fixture
def story() -> Story:
    return make_story(title="Night at Khusham")


@pytest.fixture
def report(story: Story) -> Article:
    return make_article(paragraphs=[TEXT], story=story)


@pytest.fixture
def killed(story: Story) -> Question:
    return make_question(story=story, text="How many were killed?")


@pytest.fixture
def sana() -> Source:
    return make_source(name="SANA", tone=2)


def show(client: PageClient) -> Any:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return main_of(response)


def question(client: PageClient, slug: str = "how-many") -> Any:
    return by_id(show(client), slug)


def test_a_story_names_itself_and_its_articles(reader: PageClient, story: Story, report: Article) -> None:
    story.summary = "What <happened>."
    story.save()
    make_claim(article=report, quote="alpha")
    main = show(reader)
    assert words(main.find(".//h1")) == "Night at Khusham"
    assert links(main)["/articles/strikes/"] == "Strikes in Syria"
    for fact in ("What <happened>.", "1 article", "1 claim"):
        assert fact in words(main)


def test_an_answer_says_who_and_leads_to_the_claim(reader: PageClient, report: Article, killed: Question) -> None:
    claim = make_claim(
        article=report, quote="alpha", speaker="Col. Veale", answers=[answer(killed, 100, as_worded="a hundred")]
    )
    assert links(show(reader))["/sources/coalition/"] == "Coalition"
    part = question(reader)
    assert links(part)[f"/articles/strikes/#sign-{claim.uid}"] == "alpha"
    for said in ("“a hundred”", "Col. Veale", "read as 100", "¶1"):
        assert said in words(part)


def test_every_kind_of_answer_is_shown(reader: PageClient, story: Story, report: Article) -> None:
    who = make_question(slug="who", text="Who?", kind="choice")
    where = make_question(slug="where", text="Where?", kind="place")
    why = make_question(slug="why", text="Why?", kind="words")
    make_claim(
        article=report,
        quote="alpha",
        answers=[
            answer(who, make_choice(who, "regime")),
            answer(where, make_place()),
            answer(why, "to defend", as_worded="to defend"),
        ],
    )
    read = {"who": "“as worded”read as Regime", "where": "“as worded”read as Khusham-Town", "why": "“to defend”¶1"}
    for slug, said in read.items():
        assert said in words(question(reader, slug))


@pytest.mark.parametrize(("values", "said"), [((100, 25), "conflict"), ((100, 100), "agree"), ((100,), None)], ids=str)
def test_a_question_says_how_its_accounts_compare(
    reader: PageClient, report: Article, killed: Question, values: tuple[int, ...], said: str | None
) -> None:
    for value, name, quote in zip(values, ("Coalition", "SANA"), ("alpha", "beta"), strict=False):
        make_claim(article=report, source=make_source(name=name), quote=quote, answers=[answer(killed, value)])
    text = words(question(reader))
    signs = {"conflict": "Accounts conflict", "agree": "Accounts can agree"}
    assert [name for name, sign in signs.items() if sign in text] == ([said] if said else [])


def test_accounts_of_all_articles_are_compared_in_their_latest_versions(
    reader: PageClient, story: Story, report: Article, killed: Question, sana: Source
) -> None:
    make_claim(article=report, quote="alpha", answers=[answer(killed, 100)])
    other = make_article(slug="other", paragraphs=[TEXT], story=story)
    make_claim(article=other, source=sana, quote="alpha", answers=[answer(killed, 25)])
    assert "Accounts conflict" in words(question(reader))
    make_article(slug="second", paragraphs=[TEXT], story=story, revises=other)
    assert "Accounts conflict" not in words(question(reader))


@pytest.mark.parametrize("status", ["suggested", "rejected"])
def test_claims_that_are_not_accepted_answer_nothing(
    reader: PageClient, report: Article, killed: Question, sana: Source, status: str
) -> None:
    make_claim(article=report, quote="alpha", answers=[answer(killed, 100)])
    make_claim(article=report, source=sana, quote="beta", answers=[answer(killed, 25)], status=status)
    assert "SANA" not in words(show(reader))
    assert "Accounts conflict" not in words(show(reader))


def test_suggested_rejected_and_orphaned_claims_give_no_account_to_editors(
    editors_browser: PageClient, report: Article, killed: Question, sana: Source
) -> None:
    make_claim(article=report, quote="alpha", answers=[answer(killed, 100)])
    make_claim(article=report, source=sana, quote="beta", answers=[answer(killed, 25)], status="rejected")
    make_claim(article=report, source=sana, highlights=[orphan("lost")], answers=[answer(killed, 26)])
    make_claim(article=report, quote="gamma", answers=[answer(killed, 27)], status="suggested")
    make_claim(article=report, source=sana, quote="gamma", answers=[answer(killed, 28)], status="suggested")
    assert links(question(editors_browser)).get("/sources/sana/") is None
    assert "Accounts conflict" not in words(question(editors_browser))


def test_a_question_that_nobody_answers_says_so(reader: PageClient, report: Article, killed: Question) -> None:
    assert "answered by nobody" in words(show(reader))
    assert links(show(reader))["/stories/khusham/how-many/"] == "How many were killed?"


def test_a_story_without_questions_says_so(reader: PageClient, report: Article) -> None:
    assert "No question" in words(show(reader))


def test_markup_in_titles_and_questions_is_text(reader: PageClient) -> None:
    story = make_story(title="<b>Ночь</b> 🤔")
    make_article(story=story, title="<i>T</i>")
    make_question(story=story, text="<u>How</u> many?")
    main = show(reader)
    assert words(main.find(".//h1")) == "<b>Ночь</b> 🤔"
    assert not [node for tag in "biu" for node in main.iter(tag)]


@pytest.mark.parametrize(("status", "code"), [("draft", 404), ("withdrawn", 410)])
def test_a_story_of_which_nothing_is_public_is_for_editors(
    reader: PageClient, editors_browser: PageClient, story: Story, status: str, code: int
) -> None:
    make_article(story=story, status=status)
    assert reader.get(ADDRESS).status_code == code
    assert words(show(editors_browser).find(".//h1")) == "Night at Khusham"


def test_an_empty_story_is_a_page_for_editors(reader: PageClient, editors_browser: PageClient, story: Story) -> None:
    assert reader.get(ADDRESS).status_code == 404
    assert "There is no article yet" in words(show(editors_browser))


def test_there_is_no_such_story(reader: PageClient) -> None:
    assert reader.get(ADDRESS).status_code == 404


def cells(client: PageClient, address: str = ADDRESS, slug: str = "how-many") -> list[str]:
    """The words of one question's accounts, source by source."""
    row = by_id(main_of(client.get(address)), slug)
    return [words(cell) for cell in row.findall("td")]


def heads(client: PageClient, address: str = ADDRESS) -> list[str]:
    return [words(one) for one in main_of(client.get(address)).findall(".//thead//th")][1:]


@pytest.fixture
def accounts(report: Article, killed: Question, sana: Source) -> Article:
    """The coalition says a hundred and something else, SANA twenty-five."""
    make_claim(article=report, quote="alpha", answers=[answer(killed, 100)])
    make_claim(article=report, quote="One said")
    make_claim(article=report, source=sana, quote="beta", answers=[answer(killed, 25)])
    return report


@pytest.mark.usefixtures("accounts")
class TestAccounts:
    def test_sources_stand_by_number_of_claims_or_by_name(self, reader: PageClient) -> None:
        make_claim(article=Article.objects.get(), source=make_source(name="Aleppo"), quote="gamma")
        assert heads(reader) == ["Coalition 2 claims", "SANA 1 claim"]
        Source.objects.filter(slug="coalition").update(name="Zoalition")
        assert heads(reader, f"{ADDRESS}?order=name") == ["SANA 1 claim", "Zoalition 2 claims"]

    def test_each_names_those_that_it_conflicts_with(self, reader: PageClient, killed: Question) -> None:
        other = make_source(name="Officials")
        make_claim(article=Article.objects.get(), source=other, quote="gamma", answers=[answer(killed, 25)])
        coalition, officials, sana = cells(reader)
        assert coalition.endswith("Officials, SANA")
        assert officials.endswith("CoalitionSANA")
        assert sana.endswith("CoalitionOfficials")

    def test_who_says_nothing_is_silent_once_the_articles_are_read_through(self, reader: PageClient) -> None:
        make_claim(
            article=Article.objects.get(),
            quote="gamma",
            answers=[answer(make_question(slug="where", kind="words"), "there")],
        )
        assert cells(reader, slug="where")[1] == "Not yet read"
        article = Article.objects.get()
        article.read_through_at = article.imported_at
        article.save()
        assert cells(reader, slug="where")[1] == "Says nothing"

    def test_whose_answer_a_new_version_left_out_is_being_read_again(
        self, reader: PageClient, editor: User, killed: Question
    ) -> None:
        """The claim is there and marked: that nobody has read it would not be true."""
        first, question = Article.objects.get(), make_question(slug="where", kind="words")
        texts = [row.text for row in first.paragraphs.all()]
        before = make_claim(
            article=first, quote="beta", source=make_source(name="SANA"), answers=[answer(question, "there")]
        )
        make_claim(article=first, quote="alpha", answers=[answer(question, "here")])
        second = make_article(slug="later", paragraphs=texts, story=first.story, revises=first)
        carry_over(second)
        after = Claim.objects.get(continues=before)
        after.answers.all().delete()
        assert cells(reader, slug="where")[1] == "Being read again"
        assert "“Being read again”: a new version has other words there" in words(show(reader))
        page = words(main_of(reader.get(f"{ADDRESS}where/")))
        assert "Being read again, as a new version has other words: SANA" in page
        unmerge(merge(Source.objects.get(slug="sana"), make_source(name="Agency", code="AG"), editor), editor)
        assert cells(reader, slug="where")[1] == "Being read again"
        with changing([Claim.objects.get(pk=after.pk)], open_changeset(Changeset.Kind.EDIT, editor, second)):
            pass
        assert cells(reader, slug="where")[1] == "Not yet read"

    def test_sources_and_questions_can_be_picked(self, reader: PageClient) -> None:
        question = make_question(slug="where", kind="words")
        make_claim(article=Article.objects.get(), quote="gamma", answers=[answer(question, "there")])
        assert heads(reader, f"{ADDRESS}?shown=sana") == ["SANA 1 claim"]
        main = words(main_of(reader.get(f"{ADDRESS}?question=where")))
        assert "there" in main
        assert "How many were killed? One" not in main

    def test_what_is_picked_and_is_not_there_is_named(self, reader: PageClient) -> None:
        main = words(main_of(reader.get(f"{ADDRESS}?shown=nobody&question=nothing")))
        assert "called: nobody, nothing" in main
        assert len(heads(reader, f"{ADDRESS}?shown=nobody")) == 2

    def test_a_merged_source_is_picked_by_its_old_name(self, reader: PageClient, sana: Source) -> None:
        Source.objects.create(name="S", slug="s", code="SSS", merged_into=sana)
        assert heads(reader, f"{ADDRESS}?shown=s") == ["SANA 1 claim"]

    def test_an_address_that_cannot_be_read_is_refused(self, reader: PageClient) -> None:
        assert reader.get(f"{ADDRESS}?order=rank").status_code == 400

    def test_the_fullest_stand_in_the_table_and_the_rest_on_the_question_s_page(
        self, reader: PageClient, killed: Question
    ) -> None:
        for quote, worded in (("gamma", "a hundred or so"), ("Two said", "a hundred")):
            said = answer(killed, 100, as_worded=worded)
            make_claim(article=Article.objects.get(), quote=quote, answers=[said])
        coalition = cells(reader)[0]
        assert "1 more" in coalition
        assert "gamma" in coalition
        whole = words(main_of(reader.get(f"{ADDRESS}how-many/")))
        for quote in ("alpha", "gamma", "Two said"):
            assert quote in whole

    def test_what_a_source_says_otherwise_is_never_hidden(self, reader: PageClient, killed: Question) -> None:
        for quote in ("gamma", "Two said"):
            said = answer(killed, 100, as_worded="a hundred, in many words")
            make_claim(article=Article.objects.get(), quote=quote, answers=[said])
        make_claim(article=Article.objects.get(), quote="Three", answers=[answer(killed, 7, as_worded="7")])
        assert "Three" in cells(reader)[0]

    def test_a_story_names_what_is_disputed_first(self, reader: PageClient) -> None:
        main = show(reader)
        assert "Accounts conflict on 1 of 1 question" in words(main)
        assert links(main)["#how-many"] == "How many were killed?"

    def test_who_is_quoted_on_nothing_that_is_asked_is_named(self, reader: PageClient) -> None:
        make_claim(article=Article.objects.get(), source=make_source(name="Aleppo"), quote="gamma")
        assert "on none of these questions: Aleppo." in words(show(reader))

    def test_numbers_have_a_picture(self, reader: PageClient) -> None:
        (picture,) = question(reader).iter(f"{SVG}svg")
        assert picture.get("aria-hidden") == "true"
        assert [words(text) for text in picture.iter(f"{SVG}text")][-2:] == ["COALI", "SANA"]

    def test_an_editor_s_ruling_goes_before_what_is_computed(self, reader: PageClient, killed: Question) -> None:
        coalition, sana = Source.objects.get(slug="coalition"), Source.objects.get(slug="sana")
        rule(killed, coalition, sana, "agree", "They count <others>.", make_editor())
        assert "Accounts can agree" in words(question(reader))
        page = words(main_of(reader.get(f"{ADDRESS}how-many/")))
        assert "“They count <others>.”" in page
        assert "(editor)" not in page


class TestVersions:
    @pytest.fixture
    def second(self, report: Article, story: Story) -> Article:
        return make_article(slug="second", paragraphs=[TEXT], story=story, revises=report)

    def both(self, report: Article, second: Article, killed: Question, quote: str = "alpha", **later: Any) -> None:
        before = make_claim(article=report, quote="alpha", answers=[answer(killed, 100)])
        later = {"quote": quote, "answers": [answer(killed, 100)], **later}
        self.later = make_claim(article=second, continues=before, **later)

    def test_a_claim_of_both_stands_once(
        self, reader: PageClient, report: Article, second: Article, killed: Question
    ) -> None:
        self.both(report, second, killed)
        for address in (ADDRESS, f"{ADDRESS}?versions=all"):
            (cell,) = cells(reader, address)
            assert "both versions" in cell
            assert cell.count("alpha") == 1
        assert "1 article in 2 versions" in words(show(reader))

    @pytest.mark.parametrize(("here", "said"), [(2, "2 versions"), (1, "1 version")])
    def test_versions_without_a_latest_one_are_told_apart(
        self, reader: PageClient, report: Article, second: Article, here: int, said: str
    ) -> None:
        """The later version is in another story, or in none."""
        make_article(slug="third", revises=second)
        if here == 1:
            Article.objects.filter(pk=second.pk).update(story=None)
        shown = words(show(reader))
        assert f"Story · 0 articles, but {said} that lists leave out · 0 claims" in shown
        assert "no article yet" not in shown

    def test_one_that_was_reworded_leads_to_the_change(
        self, reader: PageClient, report: Article, second: Article, killed: Question
    ) -> None:
        self.both(report, second, killed, quote="alpha. Two said")
        change = f"/articles/second/changes/#change-{self.later.uid}"
        assert links(question(reader))[change] == "reworded in version 2"
        by_id(main_of(reader.get("/articles/second/changes/")), f"change-{self.later.uid}")

    def test_one_that_was_attributed_otherwise_names_who_it_was(
        self, reader: PageClient, report: Article, second: Article, killed: Question, sana: Source
    ) -> None:
        self.both(report, second, killed, source=sana)
        assert heads(reader) == ["SANA 1 claim"]
        assert "version 1: Coalition" in cells(reader)[0]
        assert "Accounts" not in words(question(reader)), "a claim does not conflict with itself"

    def test_what_only_an_earlier_version_says_is_shown_on_demand(
        self, reader: PageClient, report: Article, second: Article, killed: Question, sana: Source
    ) -> None:
        self.both(report, second, killed)
        make_claim(article=report, source=sana, quote="beta", answers=[answer(killed, 7)])
        assert len(heads(reader)) == 1
        address = f"{ADDRESS}?versions=all"
        assert "version 1, ¶1 · version 1 only".replace(" · ", "") in cells(reader, address)[1]
        assert "Accounts conflict" in words(by_id(main_of(reader.get(address)), "how-many"))

    def test_no_earlier_versions_are_offered_where_there_are_none(
        self, reader: PageClient, report: Article, killed: Question
    ) -> None:
        offered = "with what only earlier versions say"
        make_claim(article=report, quote="alpha", answers=[answer(killed, 100)])
        page = main_of(reader.get(ADDRESS))
        assert f"{ADDRESS}?versions=all" not in links(page) and offered not in words(page)
        assert "of the latest version" not in words(page)
        make_article(slug="second", paragraphs=[TEXT], story=report.story, revises=report)
        make_claim(article=Article.objects.get(slug="second"), quote="alpha", answers=[answer(killed, 100)])
        page = main_of(reader.get(ADDRESS))
        assert links(page)[f"{ADDRESS}?versions=all"] == offered
        assert words(page).count(offered) == 2, "and among the choices"

    def test_a_version_that_readers_may_not_see_is_not_spoken_of(
        self, reader: PageClient, report: Article, second: Article, killed: Question
    ) -> None:
        self.both(report, second, killed)
        set_status(report, Article.Status.DRAFT)
        assert "version" not in cells(reader)[0]


def test_articles_of_several_outlets_are_named(
    reader: PageClient, story: Story, report: Article, killed: Question
) -> None:
    make_claim(article=report, quote="alpha", answers=[answer(killed, 100)])
    outlet = make_source(name="Daily", code="DAY", kind="outlet")
    other = make_article(slug="other", paragraphs=[TEXT], story=story, outlet=outlet)
    make_claim(article=other, quote="alpha", answers=[answer(killed, 100)])
    (cell,) = cells(reader)
    assert "Strikes in Syria, ¶1" in cell
    assert "Daily, ¶1" in cell


def test_a_number_is_first_given_in_the_words_of_the_text(
    reader: PageClient, report: Article, killed: Question, sana: Source
) -> None:
    said = answer(killed, 0, as_worded="scores")
    said.low, said.high = 40, None
    make_claim(article=report, source=sana, quote="alpha", answers=[said])
    assert "“scores”read as at least 40" in words(question(reader))


def test_a_story_that_was_public_once_says_what_became_of_it(reader: PageClient, story: Story) -> None:
    first, second = make_article(story=story), make_article(slug="second", story=story)
    set_status(first, Article.Status.PUBLISHED)
    set_status(first, Article.Status.DRAFT)
    assert reader.get(ADDRESS).status_code == 200
    set_status(second, Article.Status.WITHDRAWN, "It was <invented>.")
    response = reader.get(ADDRESS)
    assert response.status_code == 410
    main = words(main_of(response))
    assert "not public at the moment" in main
    assert "It was <invented>." in main
    assert "Night at Khusham" not in main


def test_its_articles_do_not_lead_back_to_it(reader: PageClient, report: Article) -> None:
    assert ADDRESS not in links(show(reader))


def test_words_find_their_own_direction(reader: PageClient, report: Article, killed: Question) -> None:
    source = make_source(name="سانا", code="ABC")
    make_claim(article=report, source=source, quote="alpha", speaker="ناطق", answers=[answer(killed, 40)])
    isolated = {words(one) for one in show(reader).iter("bdi")}
    assert {"سانا", "ناطق"} <= isolated
