from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from articles.models import Answer, Article, Changeset, Claim, Listed, Place, Question, Source, Tally
from articles.writing import tallying
from articles.writing.bulk import set_status as set_claims_status
from articles.writing.checking import check_all
from articles.writing.editing import delete_claims, open_changeset
from articles.writing.listing import LAST, age_of, list_articles, shelf_of
from articles.writing.merging import merge
from articles.writing.publishing import set_status
from articles.writing.rulings import rule
from articles.writing.tallying import Row, month_of, tallied
from tests.factories import (
    answer,
    make_article,
    make_choice,
    make_claim,
    make_question,
    make_source,
    make_story,
    orphan,
)

pytestmark = pytest.mark.django_db

ROW = Row(1, "p", 2, 3, 4, None, -1518048000, 5, "Veale", 6, "6 7", True)


class TestPure:
    @pytest.mark.parametrize(
        ("status", "article", "is_latest", "shelf"),
        [
            ("accepted", "published", True, "p"),
            ("accepted", "published", False, "o"),
            ("accepted", "draft", True, "d"),
            ("accepted", "draft", False, "x"),
            ("accepted", "withdrawn", False, "x"),
            ("suggested", "published", True, "s"),
            ("suggested", "draft", False, "t"),
            ("rejected", "published", True, "r"),
            ("rejected", "withdrawn", False, "q"),
        ],
    )
    def test_shelves(self, status: str, article: str, is_latest: bool, shelf: str) -> None:
        assert shelf_of(status, article, is_latest=is_latest) == shelf

    def test_the_newest_has_the_least_age_and_an_undated_one_the_most(self) -> None:
        old, new = (age_of(datetime(year, 2, 7, tzinfo=UTC), 0) for year in (2017, 2018))
        assert new < old < age_of(None, 0) == LAST

    def test_a_month_is_the_outlets(self) -> None:
        late = datetime(2018, 1, 31, 21, tzinfo=UTC)
        assert (month_of(age_of(late, 0)), month_of(age_of(late, 180))) == ("2018-01", "2018-02")
        assert month_of(LAST) == ""

    def test_what_a_claim_counts_in(self) -> None:
        keys = set(tallied([ROW]))
        values = {("article", "2"), ("question", "6"), ("question", "7"), ("disputed", ""), ("month", "2018-02")}
        values |= {("speaker", "Veale"), ("all", "")}
        every = values | {("source", "3"), ("story", "4")}
        assert {key[1:] for key in keys if key[0] == "p"} == every
        assert {key[1:] for key in keys if key[0] == "p source 3"} == every - {("source", "3")}
        assert {key[1:] for key in keys if key[0] == "p story 4"} == every - {("story", "4")}
        assert {key[1:] for key in keys if key[0] == "p disputed 1"} == every - {("disputed", "")}
        assert {key[0] for key in keys} == {"p", "p source 3", "p story 4", "p disputed 1"}
        assert set(tallied([ROW._replace(is_disputed=False)])) == {
            key for key in keys if key[0] != "p disputed 1" and key[1] != "disputed"
        }

    def test_claims_are_counted_together_as_each_by_itself(self, monkeypatch: pytest.MonkeyPatch) -> None:
        other = ROW._replace(claim_id=2, speaker="", questions="7")
        rows = [ROW, other, ROW._replace(claim_id=3, source_id=9), ROW._replace(claim_id=4, is_disputed=False)]
        alone = sum((tallied([row]) for row in rows), Counter[Any]())
        assert tallied(rows) == alone and alone["p", "all", ""] == 4 and alone["p source 3", "question", "7"] == 3
        monkeypatch.setattr(tallying, "_TOGETHER", 2)
        assert tallied(rows) == alone


@pytest.fixture
def said() -> Claim:
    story = make_story()
    question = make_question(story=story)
    article = make_article(story=story, outlet=make_source(name="CNN", kind="outlet"))
    make_claim(article=article, source=make_source(name="SANA"), answers=[answer(question, 3)])
    return make_claim(article=article, speaker="Col. Veale", answers=[answer(question, 7)])


def problems() -> list[str]:
    return [f"{one.where}: {one.what}" for one in check_all() if "count of" in one.where or "list" in one.what]


def shelves() -> str:
    return "".join(sorted(Listed.objects.values_list("shelf", flat=True)))


def number(scope: str, facet: str, value: Any = "") -> int:
    return sum(Tally.objects.counts([scope], facet, [str(value)]).values())


class TestKept:
    def test_new_claims_are_listed_and_counted(self, said: Claim) -> None:
        assert shelves() == "pp"
        assert number("p", "all") == 2
        assert number("p", "source", said.source_id) == 1
        assert number(f"p source {said.source_id}", "speaker", "Col. Veale") == 1
        assert problems() == []

    def test_one_whose_words_are_lost_is_in_no_list(self, said: Claim) -> None:
        make_claim(article=said.article, highlights=[orphan("lost")])
        assert shelves() == "pp"
        assert problems() == []

    def test_a_changed_status_moves_it(self, said: Claim, editor: Any) -> None:
        set_claims_status([said], Claim.Status.REJECTED, editor)
        assert shelves() == "pr"
        assert (number("p", "all"), number("r", "all")) == (1, 1)
        assert problems() == []

    def test_a_deleted_one_is_gone(self, said: Claim, editor: Any) -> None:
        delete_claims([said], open_changeset(Changeset.Kind.DELETE, editor))
        assert shelves() == "p"
        assert not Tally.objects.filter(facet="speaker").exists()
        assert problems() == []

    def test_an_article_takes_its_claims_along(self, said: Claim, editor: Any) -> None:
        set_status(said.article, Article.Status.DRAFT, "", editor)
        assert shelves() == "dd"
        set_status(said.article, Article.Status.WITHDRAWN, "Gone.", editor)
        assert shelves() == "xx"
        assert problems() == []

    def test_a_later_version_moves_those_of_the_earlier(self, said: Claim) -> None:
        second = make_article(slug="second", revises=said.article)
        make_claim(article=second)
        assert shelves() == "oop"
        assert problems() == []

    def test_a_merge_moves_claims_and_outlets(self, said: Claim, editor: Any) -> None:
        merge(Source.objects.get(slug="sana"), Source.objects.get(slug="coalition"), editor)
        merge(Source.objects.get(slug="cnn"), make_source(name="BBC", kind="outlet"), editor)
        assert number("p", "source", said.source_id) == 2
        assert number("p", "outlet", Source.objects.get(slug="bbc").pk) == 2
        assert problems() == []

    def test_to_list_again_changes_nothing(self, said: Claim) -> None:
        before = list(Tally.objects.values_list("scope", "facet", "value", "number"))
        list_articles([said.article_id])
        assert list(Tally.objects.values_list("scope", "facet", "value", "number")) == before


class TestDisputed:
    def is_disputed(self) -> bool:
        return Question.objects.get().is_disputed

    def test_by_accounts_that_readers_find(self, said: Claim, editor: Any) -> None:
        assert self.is_disputed()
        assert (number("p", "disputed"), number(f"p source {said.source_id}", "disputed")) == (2, 1)
        set_claims_status([said], Claim.Status.SUGGESTED, editor)
        assert not self.is_disputed()
        set_claims_status([Claim.objects.get(pk=said.pk)], Claim.Status.ACCEPTED, editor)
        assert self.is_disputed()
        set_status(said.article, Article.Status.DRAFT, "", editor)
        assert not self.is_disputed()
        assert not Tally.objects.filter(facet="disputed").exists()
        assert problems() == []

    def test_an_editors_ruling_goes_first(self, said: Claim, editor: Any) -> None:
        one, other = Source.objects.get(slug="sana"), Source.objects.get(slug="coalition")
        rule(Question.objects.get(), one, other, "agree", "They count other people.", editor)
        assert not self.is_disputed()
        assert problems() == []

    def test_by_what_is_said_and_not_by_who_says_it_twice(self, said: Claim) -> None:
        question = make_question(story=said.article.story, slug="why", kind="words")
        for words in ("because", "therefore"):
            make_claim(article=said.article, answers=[answer(question, words)])
        assert not Question.objects.get(slug="why").is_disputed

    def test_a_place_that_is_put_within_the_other_is_no_conflict(self, said: Claim) -> None:
        story = said.article.story
        where = make_question(story=story, slug="where", kind="place")
        town = Place.objects.create(story=story, slug="town", name="The town")
        refinery = Place.objects.create(story=story, slug="refinery", name="The refinery")
        for source, place in (("sana", town), ("coalition", refinery)):
            named = Answer(question=where, place=place, as_worded="there")
            make_claim(article=said.article, source=Source.objects.get(slug=source), answers=[named])
        assert Question.objects.get(slug="where").is_disputed
        refinery.within = town
        refinery.save()
        assert not Question.objects.get(slug="where").is_disputed
        refinery.within = None
        refinery.save()
        assert Question.objects.get(slug="where").is_disputed
        assert problems() == []

    def test_a_choice_that_leaves_it_open_is_no_conflict(self, said: Claim) -> None:
        first = make_question(story=said.article.story, slug="who", kind="choice")
        us, them = make_choice(first, "us"), make_choice(first, "them")
        for source, choice in (("sana", us), ("coalition", them)):
            chosen = Answer(question=first, choice=choice, as_worded="them")
            make_claim(article=said.article, source=Source.objects.get(slug=source), answers=[chosen])
        assert Question.objects.get(slug="who").is_disputed
        them.leaves_open = True
        them.save()
        assert not Question.objects.get(slug="who").is_disputed
        assert problems() == []


def test_lists_and_counts_are_repaired(said: Claim) -> None:
    Listed.objects.filter(claim=said).delete()
    Tally.objects.filter(facet="all").update(number=9)
    Tally.objects.filter(facet="month").delete()
    Question.objects.update(is_disputed=False)
    assert problems()
    list(check_all(repair=True))
    assert problems() == []
    assert Question.objects.get().is_disputed
    assert number("p", "all") == 2
