"""Claims read for marking: the same as Django’s own queries find."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Prefetch

from articles.loading import (
    article_named,
    compared_on,
    counts_of_sources,
    give_answers,
    listed_in,
    listed_with_parts,
    said_beside,
    whole_claim,
    with_parts,
)
from articles.models import Answer, Article, Choice, Claim, Highlight, Place, Question, Source
from articles.models.answer import KEY, said_in, speaker_in
from articles.models.roles import AnonymousUser
from articles.snapshots import Draft, is_whole, snapshot, whole
from articles.writing.stating import stated, stated_in, surroundings
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

TEXT = "SANA said that 25 men were hurt near the town. The ministry said that it had been told. Nobody else knew."


@pytest.fixture
def article() -> Article:
    """With claims of every kind, in a story with another article that says the same and something else."""
    story = make_story()
    hurt = make_question(slug="hurt")
    who, where = (
        make_question(slug=kind, text=kind, kind=is_a) for kind, is_a in (("who", "choice"), ("where", "place"))
    )
    rebels, town = make_choice(who, "rebels"), make_place(slug="town")
    sana, ministry = make_source(name="SANA", code="SA"), make_source(name="Ministry", code="MI")
    before = make_article(slug="before", paragraphs=[TEXT], story=story)
    first = make_claim(article=before, source=sana, quote="25 men")
    article = make_article(paragraphs=[TEXT, TEXT, "Quiet."], story=story, revises=before, outlet=make_source())
    pieces = [make_highlight(article, "25 men"), make_highlight(article, "near the town", occurrence=2)]
    make_claim(
        uid="many",
        article=article,
        source=sana,
        highlights=pieces,
        continues=first,
        answers=[answer(where, town), answer(who, rebels), answer(hurt, 25)],
    )
    make_claim(uid="same", article=article, source=sana, quote="25 men", answers=[answer(hurt, 25)])
    make_claim(uid="other", article=article, source=ministry, quote="it had been told", answers=[answer(hurt, 4)])
    make_claim(uid="none", article=article, source=None, status="suggested", quote="Nobody else", speaker="Ghost")
    make_claim(uid="rejected", article=article, source=sana, status="rejected", quote="SANA", answers=[answer(hurt, 1)])
    make_claim(uid="lost", article=article, source=sana, highlights=[orphan("lost")], answers=[answer(hurt, 2)])
    beside = make_article(slug="beside", paragraphs=[TEXT], story=story)
    make_claim(article=beside, source=ministry, answers=[answer(hurt, 4)], quote="25 men")
    make_claim(article=beside, source=make_source(name="Agency", code="AG"), answers=[answer(hurt, 9)], quote="told")
    later = make_article(slug="later", paragraphs=[TEXT], story=story, revises=article)
    make_claim(uid="later", article=later, source=sana, quote="25 men", continues=Claim.objects.get(uid="many"))
    return Article.objects.select_related("story").get(pk=article.pk)


def sources() -> dict[int, Source]:
    return Source.objects.in_bulk()


@pytest.mark.parametrize("uid", ["many", "same", "none", "rejected", "lost", "later"])
def test_a_whole_claim_is_what_it_is_by_other_ways(article: Article, uid: str) -> None:
    found, expected = whole_claim(uid), whole(Claim.objects.with_uid(uid)).get()
    assert found == expected and is_whole(found)
    assert snapshot(Draft.of(found)) == snapshot(Draft.of(expected))
    for name in ("highlights", "answers", "continued_by"):
        assert list(getattr(found, name).all()) == list(getattr(expected, name).all())
        assert getattr(found, name).count() == getattr(expected, name).count()
    assert all(row.claim is found for row in [*found.highlights.all(), *found.answers.all()])
    assert found.article.story == article.story


def test_a_whole_claim_needs_no_more_queries(article: Article, django_assert_num_queries: object) -> None:
    found = whole_claim("many")
    assert found
    with django_assert_num_queries(0):  # type: ignore[operator]
        snapshot(Draft.of(found))
        assert found.article.story and found.quote


def test_a_claim_or_an_article_that_is_none() -> None:
    assert whole_claim("nowhere") is None
    assert article_named("nowhere") is None


def test_an_article_comes_with_its_story(article: Article, django_assert_num_queries: object) -> None:
    found = article_named("strikes")
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert found == article and found.story == article.story
    make_article(slug="alone")
    alone = article_named("alone")
    assert alone and alone.story is None


@pytest.mark.parametrize("positions", [[0], [1], [0, 1], [2], []])
def test_the_claims_listed_in_some_paragraphs(article: Article, positions: list[int]) -> None:
    keys = [row.pk for row in article.paragraphs.at(positions)]
    expected = with_parts(Claim.objects.on_the_page().in_article(article).marked_in(keys).in_reading_order())
    found = listed_in(article, keys, sources())
    assert not any(claim.answers.all() for claim in found)
    give_answers(found)
    assert [described(claim) for claim in found] == [described(claim) for claim in expected]
    assert len(found) == {(0,): 4, (1,): 1, (0, 1): 4, (2,): 0, (): 0}[tuple(positions)]


def test_claims_with_their_parts(article: Article, django_assert_num_queries: object) -> None:
    claims = Claim.objects.in_article(article).in_reading_order()
    expected = list(
        claims.select_related("source").prefetch_related(
            Prefetch("highlights", Highlight.objects.order_by("position")),
            Prefetch("answers", Answer.objects.order_by("question__position", "id")),
        )
    )
    with django_assert_num_queries(3):  # type: ignore[operator]
        found = with_parts(claims)
        said = [described(claim) for claim in found]
    assert said == [described(claim) for claim in expected]
    assert len(found) == len({claim.pk for claim in found}) == claims.count()


def test_of_no_claim_no_part_is_asked_for(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert with_parts(Claim.objects.all()) == []


def described(claim: Claim) -> object:
    answers = [(row.pk, row.question, row.choice, row.place) for row in claim.answers.all()]
    return claim, claim.source, claim.quote, [row.pk for row in claim.highlights.all()], answers


@pytest.mark.parametrize("slugs", [["hurt"], ["who", "where"], ["hurt", "who", "where"], []])
def test_the_first_of_each_saying(article: Article, slugs: list[str]) -> None:
    keys = Question.objects.named(slugs).values_list("pk", flat=True)
    listed = Claim.objects.on_the_page().in_article(article)
    public = Claim.objects.visible_to(AnonymousUser()).beside(article)
    expected = Answer.objects.of_any(listed, public).filter(question__slug__in=slugs).different()
    found, _ = compared_on(article, keys, ["many"], {})
    assert sayings(found) == sayings(expected)
    assert len(found) == {("hurt",): 3, ("who", "where"): 2, ("hurt", "who", "where"): 5, (): 0}[tuple(slugs)]
    assert compared_on(make_article(slug="alone"), keys, ["many"], {}) == ([], set())


def test_what_is_said_beside_an_article(article: Article) -> None:
    beside, why = Article.objects.get(slug="beside"), make_question(story=article.story, slug="why", kind="words")
    answers = [answer(Question.objects.get(slug="who"), Choice.objects.get()), answer(why, "They had to.")]
    make_claim(article=beside, source=None, quote="Nobody", answers=[answer(why, "Who knows?")])
    agency = Source.objects.get(code="AG")
    make_claim(article=beside, source=agency, quote="near the town", answers=answers)
    where = [answer(Question.objects.get(slug="where"), Place.objects.get())]
    make_claim(article=beside, source=agency, quote="it had been", answers=where)
    keys = list(Question.objects.values_list("pk", flat=True))
    public = Claim.objects.visible_to(AnonymousUser()).beside(article)
    expected = {row.pk: row for row in Answer.objects.filter(claim__in=public).different()}
    rows = said_beside(article, keys)
    assert len(rows) == 6 and {row[KEY] for row in rows} == expected.keys()
    for row in rows:
        answered = expected[row[KEY]]
        assert said_in(row) == (answered.value, answered.as_worded, answered.reading_of_it)
        if source := answered.claim.source:
            speaker = speaker_in(row)
            assert (speaker.name, speaker.slug, speaker.tone) == (source.name, source.slug, source.tone)
    around = surroundings(article.story)
    assert stated_in(rows, around) == stated([expected[row[KEY]] for row in rows], around)
    assert said_beside(make_article(slug="alone"), keys) == []


def sayings(rows: Iterable[Answer]) -> list[object]:
    return sorted((row.pk, row.saying, str(row.claim.source), row.question.text, row.value) for row in rows)


def test_what_others_say(article: Article) -> None:
    hurt = Question.objects.get(slug="hurt")
    rows = {uid: Answer.objects.get(claim__uid=uid, question=hurt) for uid in ("many", "same", "other")}

    def others(*uids: str) -> set[tuple[Any, ...]]:
        return compared_on(article, [hurt.pk], uids, {})[1]

    assert others("many") == {rows["same"].saying, rows["other"].saying}
    assert others("many", "same") == {rows["other"].saying}
    assert compared_on(article, [], ["many"], {}) == ([], set())


def test_the_claims_of_each_source(article: Article) -> None:
    listed = Claim.objects.on_the_page().in_article(article)
    accepted, suggested = counts_of_sources(article)
    assert {key: number + suggested[key] for key, number in accepted.items()} == listed.counts_by("source")
    assert sorted(accepted.values()) == [0, 1, 2]
    assert suggested == {key: int(key is None) for key in accepted}


def test_a_claim_that_is_saved_while_a_page_is_read_waits_for_the_next(article: Article) -> None:
    saved: list[Claim] = []
    asked = 0

    def save_before_the_second(execute: Any, *others: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == 2:
            saved.append(make_claim(uid="late", article=article, source=make_source(name="Late"), quote="Nobody"))
        return execute(*others)

    expected = [claim.uid for claim in listed_with_parts(article, AnonymousUser())]
    with connection.execute_wrapper(save_before_the_second):
        found = listed_with_parts(article, AnonymousUser())
    assert [claim.uid for claim in found] == expected
    assert all(claim.highlights.all() for claim in found)
    assert saved[0] in listed_with_parts(article, AnonymousUser())
