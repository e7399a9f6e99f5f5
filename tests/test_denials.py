"""Somebody who denies something is nowhere shown as saying it."""

from typing import Any

import pytest

from articles.models import Article, Claim, Question
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story
from tests.pages import PageClient, by_id, main_of, words

pytestmark = pytest.mark.django_db

TEXT = "The Northern Army denied that it had fired on the market, which the council doubts."


@pytest.fixture
def claim() -> Claim:
    question = make_question(story=make_story(), kind="words", slug="who", text="Who fired?")
    article = make_article(paragraphs=[TEXT], story=question.story)
    said = [answer(question, "not we")]
    army = make_source(name="Northern Army")
    return make_claim(article=article, source=army, quote="it had fired", cue="denied", answers=said)


def denials_in(response: Any, where: str = "") -> list[str]:
    """Within what has this class, or anywhere."""
    nodes = [one for one in main_of(response).iter() if where in (one.get("class") or "").split() or not where]
    return [words(one) for node in nodes for one in node if one.get("class") == "denial"]


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("/articles/strikes/", "card-head"),
        ("/claims/", "claim-who"),
        ("/sources/northern-army/", "claim-who"),
        ("/search/?q=fired", "claim-who"),
        ("/stories/khusham/", ""),
    ],
)
def test_every_list_says_so(reader: PageClient, claim: Claim, address: str, where: str) -> None:
    denials = denials_in(reader.get(address), where)
    assert [one.rstrip(":") for one in denials] == ["denied"], address


def test_it_stands_apart_from_the_speaker(reader: PageClient, claim: Claim) -> None:
    Claim.objects.update(speaker="a spokesman")
    for address in ("/articles/strikes/", "/claims/", "/search/?q=fired"):
        assert "a spokesman denied:" in words(main_of(reader.get(address))), address


def test_so_do_changes_between_versions(reader: PageClient, claim: Claim) -> None:
    later = make_article(slug="strikes-2", paragraphs=[TEXT], revises=claim.article, story=claim.article.story)
    make_claim(article=later, source=claim.source, quote="doubts", cue="denied")
    assert denials_in(reader.get("/articles/strikes-2/changes/"), "claim-who") == ["denied:", "denied:"]


def test_and_what_is_read_without_the_desk(reader: PageClient, claim: Claim) -> None:
    page = reader.get(claim.get_absolute_url()).content.decode()
    assert "Northern Army denied: it had fired" in page and '"text": "denied: it had fired"' in page
    feed = reader.get("/sources/northern-army/feed.atom").content.decode()
    assert "Northern Army denied: it had fired" in feed and "denied: “it had fired”" in feed


def test_a_sign_in_the_text_says_it_too(reader: PageClient, claim: Claim) -> None:
    assert by_id(main_of(reader.get("/articles/strikes/")), f"sign-{claim.uid}").get("aria-label") == (
        "said by Northern Army, denied"
    )


def test_a_denial_that_becomes_an_admission_is_another_wording(reader: PageClient, claim: Claim) -> None:
    text = TEXT.replace("denied", "admitted")
    later = make_article(slug="strikes-2", paragraphs=[text], revises=claim.article, story=claim.article.story)
    said = [answer(Question.objects.get(), "we")]
    make_claim(article=later, source=claim.source, quote="it had fired", cue="admitted", continues=claim, answers=said)
    changes = words(main_of(reader.get("/articles/strikes-2/changes/")))
    assert "[gone: denied:] it had fired" in changes and "Reworded" in changes
    assert "reworded in version 2" in words(main_of(reader.get("/stories/khusham/")))


def test_it_is_said_once(claim: Claim) -> None:
    assert claim.stated == "denied: it had fired"
    article = Article.objects.get()
    whole = make_claim(article=article, source=claim.source, quote="denied that it had fired", cue="denied")
    said = make_claim(article=article, source=claim.source, quote="it had fired", cue="said")
    twice = make_article(slug="twice", paragraphs=["They denied that they were denied entry."])
    assert make_claim(article=twice, source=claim.source, quote="they were denied entry", cue="denied").denial
    assert (whole.denial, whole.stated) == ("", "denied that it had fired")
    assert (said.denial, said.stated) == ("", "it had fired")
