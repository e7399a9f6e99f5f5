from typing import Any

import pytest

from articles.models import Article, Question, Source, Story
from articles.publishing import set_status
from tests.factories import (
    answer,
    make_article,
    make_choice,
    make_claim,
    make_place,
    make_question,
    make_source,
    make_story,
    orphan,
)
from tests.pages import PageClient, by_id, links, main_of, words

pytestmark = pytest.mark.django_db

ADDRESS = "/stories/khusham/"
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
    part = question(reader)
    assert links(part)["/sources/coalition/"] == "Coalition"
    assert links(part)[claim.get_absolute_url()] == "a hundred"
    assert "Col. Veale" in words(part)
    assert "100" in words(part)


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
    read = {"who": "as worded read as Regime", "where": "as worded read as Khusham-Town", "why": "to defend"}
    for slug, said in read.items():
        assert words(question(reader, slug)).endswith(said)


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


def test_rejected_and_orphaned_claims_and_those_without_a_source_give_no_account_to_editors(
    editors_browser: PageClient, report: Article, killed: Question, sana: Source
) -> None:
    make_claim(article=report, quote="alpha", answers=[answer(killed, 100)])
    make_claim(article=report, source=sana, quote="beta", answers=[answer(killed, 25)], status="rejected")
    make_claim(article=report, source=sana, highlights=[orphan("lost")], answers=[answer(killed, 26)])
    make_claim(article=report, quote="gamma", answers=[answer(killed, 27)], status="suggested")
    assert links(question(editors_browser)).get("/sources/sana/") is None
    assert "Accounts conflict" not in words(question(editors_browser))


def test_a_question_that_nobody_answers_says_so(reader: PageClient, report: Article, killed: Question) -> None:
    assert "Nobody answers" in words(question(reader))


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


def test_a_number_is_first_given_in_the_words_of_the_text(
    reader: PageClient, report: Article, killed: Question, sana: Source
) -> None:
    said = answer(killed, 0, as_worded="scores")
    said.low, said.high = 40, None
    make_claim(article=report, source=sana, quote="alpha", answers=[said])
    assert "scores read as at least 40" in words(question(reader))


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
    isolated = {words(one) for one in question(reader).iter("bdi")}
    assert {"سانا", "ناطق", "40"} <= isolated
