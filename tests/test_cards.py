from typing import Any

import pytest
from django.contrib.auth.models import User

import articles.pages.cards
from articles.loading import with_parts
from articles.models import Article, Claim, Question, Ruling, Source
from articles.pages.cards import Card, make_cards
from articles.writing.rulings import rule
from tests.factories import (
    answer,
    make_article,
    make_choice,
    make_claim,
    make_highlight,
    make_place,
    make_question,
    make_source,
    make_story,
    orphan,
)

pytestmark = pytest.mark.django_db

TEXT = "One said alpha. Two said beta. Three said gamma."


@pytest.fixture
def report() -> Article:
    return make_article(paragraphs=["Nothing.", TEXT], story=make_story())


@pytest.fixture
def sana() -> Source:
    return make_source(name="SANA", code="SANA")


@pytest.fixture
def killed(report: Article) -> Question:
    return make_question(story=report.story)


def cards(article: Article, tones: dict[int, int] | None = None) -> list[Card]:
    claims = with_parts(Claim.objects.in_article(article).in_reading_order())
    return make_cards(claims, article, {row.pk: row for row in article.paragraphs.all()}, tones or {})


def contradictions(article: Article) -> list[list[str]]:
    """For every card, who says what else."""
    return [
        [f"{one.source}: {one.value}" for said in card.said for one in said.contradictions] for card in cards(article)
    ]


def test_cards_count_the_claims_in_reading_order(report: Article) -> None:
    for quote in ("gamma", "alpha"):
        make_claim(article=report, quote=quote)
    assert [(card.number, card.claim.quote) for card in cards(report)] == [("2.1", "alpha"), ("2.2", "gamma")]


def test_a_card_knows_its_paragraph_source_and_tone(report: Article, sana: Source) -> None:
    make_claim(article=report, quote="alpha", source=sana)
    (card,) = cards(report, {sana.pk: 7})
    assert card.paragraph is not None
    assert (card.paragraph.number, card.name, card.code, card.tone) == (2, "SANA", "SANA", 7)


def test_a_claim_without_a_source_has_a_card(report: Article) -> None:
    make_claim(article=report, quote="alpha", status="suggested")
    (card,) = cards(report)
    assert (card.code, card.name, card.tone, card.said) == ("?", "a source not yet chosen", 0, ())


def test_a_claim_of_which_nothing_is_found_has_no_paragraph(report: Article) -> None:
    make_claim(article=report, highlights=[orphan("lost")])
    assert cards(report)[0].paragraph is None


def test_a_partly_orphaned_claim_stands_where_it_is_found(report: Article) -> None:
    make_claim(article=report, highlights=[orphan("lost"), make_highlight(report, "beta")])
    (card,) = cards(report)
    assert card.paragraph is not None
    assert card.paragraph.number == 2


def test_answers_come_in_the_storys_order(report: Article) -> None:
    later, sooner = (make_question(story=report.story, slug=slug, kind="words") for slug in ("later", "sooner"))
    later.position = 1
    later.save()
    make_claim(article=report, quote="alpha", answers=[answer(later, "b"), answer(sooner, "a")])
    assert [said.question.slug for said in cards(report)[0].said] == ["sooner", "later"]


def test_two_sources_with_other_numbers_contradict_each_other(report: Article, sana: Source, killed: Question) -> None:
    make_claim(article=report, quote="alpha", answers=[answer(killed, 100)])
    make_claim(article=report, quote="beta", source=sana, answers=[answer(killed, 25)])
    assert contradictions(report) == [["SANA: 25"], ["Coalition: 100"]]


def test_so_do_two_with_other_choices(report: Article, sana: Source) -> None:
    who = make_question(story=report.story, slug="who", kind="choice")
    one, other = make_choice(who, "regime"), make_choice(who, "coalition")
    make_claim(article=report, quote="alpha", answers=[answer(who, one)])
    make_claim(article=report, quote="beta", source=sana, answers=[answer(who, other)])
    assert contradictions(report) == [["SANA: Coalition"], ["Coalition: Regime"]]


def test_a_place_within_another_is_no_contradiction(report: Article, sana: Source) -> None:
    where = make_question(story=report.story, slug="where", kind="place")
    valley = make_place(slug="valley")
    town, apart = make_place(slug="town", within=valley), make_place(slug="apart")
    make_claim(article=report, quote="alpha", answers=[answer(where, valley)])
    make_claim(article=report, quote="beta", source=sana, answers=[answer(where, town)])
    assert contradictions(report) == [[], []]
    make_claim(article=report, quote="gamma", source=sana, answers=[answer(where, apart)])
    assert contradictions(report) == [["SANA: Apart"], [], ["Coalition: Valley"]]


def test_a_source_does_not_contradict_itself(report: Article, killed: Question) -> None:
    for quote, value in (("alpha", 1), ("beta", 2)):
        make_claim(article=report, quote=quote, answers=[answer(killed, value)])
    assert contradictions(report) == [[], []]


def test_each_source_stands_once_for_each_value(report: Article, sana: Source, killed: Question) -> None:
    make_claim(article=report, quote="alpha", answers=[answer(killed, 100)])
    for quote, value in (("beta", 25), ("gamma", 25), ("Two", 26)):
        make_claim(article=report, quote=quote, source=sana, answers=[answer(killed, value)])
    assert sorted(contradictions(report)[0]) == ["SANA: 25", "SANA: 26"]


def test_a_claim_without_a_source_contradicts_nobody(report: Article, killed: Question) -> None:
    make_claim(article=report, quote="alpha", answers=[answer(killed, 100)])
    make_claim(article=report, quote="beta", status="suggested", answers=[answer(killed, 25)])
    assert contradictions(report) == [[], []]


def test_how_the_same_answers_relate_is_kept_however_often_they_are_shown(
    report: Article, sana: Source, killed: Question, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But neither where there are very many nor when an editor has ruled otherwise since."""
    coalition = make_source()
    for quote, source, number in (("alpha", sana, 1), ("beta", coalition, 2), ("gamma", sana, 1)):
        make_claim(article=report, quote=quote, source=source, answers=[answer(killed, number)])
    expected = [["Coalition: 2"], ["SANA: 1"], ["Coalition: 2"]]
    with monkeypatch.context() as patched:
        patched.setattr(articles.pages.cards, "MOST_KEPT", 1)
        assert contradictions(report) == expected
    assert contradictions(report) == contradictions(report) == expected
    rule(killed, sana, coalition, Ruling.Says.AGREE, "They count alike.", editor)
    assert contradictions(report) == [[], [], []]
    rule(killed, sana, coalition, Ruling.Says.COMPUTED, "They do not.", editor)
    assert contradictions(report) == expected


class TestOtherArticles:
    @pytest.fixture
    def asked(self, report: Article, killed: Question) -> Question:
        make_claim(article=report, quote="alpha", answers=[answer(killed, 100)])
        return killed

    def test_one_of_the_same_story_contradicts(self, report: Article, asked: Question, sana: Source) -> None:
        other = make_article(slug="other", story=report.story)
        make_claim(article=other, source=sana, answers=[answer(asked, 25)])
        assert contradictions(report) == [["SANA: 25"]]

    @pytest.mark.parametrize("fields", [{"status": "suggested"}, {"status": "rejected"}])
    def test_a_claim_that_is_not_accepted_does_not(
        self, report: Article, asked: Question, sana: Source, fields: Any
    ) -> None:
        other = make_article(slug="other", story=report.story)
        make_claim(article=other, source=sana, answers=[answer(asked, 25)], **fields)
        assert contradictions(report) == [[]]

    def test_an_earlier_version_of_another_article_does_not(
        self, report: Article, asked: Question, sana: Source
    ) -> None:
        other = make_article(slug="other", story=report.story)
        make_claim(article=other, source=sana, answers=[answer(asked, 25)])
        make_article(slug="other-2", story=report.story, revises=other)
        assert contradictions(report) == [[]]

    def test_an_article_outside_of_stories_is_compared_with_itself(self, sana: Source) -> None:
        alone = make_article(slug="alone", paragraphs=[TEXT])
        make_claim(article=alone, source=sana, quote="alpha")
        assert contradictions(alone) == [[]]
