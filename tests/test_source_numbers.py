"""Numbers of sources: given once in an article, then fixed, whatever the desk learns later."""

import json

import pytest

from articles.models import Article, Source, SourceNumber
from articles.writing.source_numbers import KEYS, Numbered, as_keys, fix_numbers, numbered_sources
from tests.factories import make_article, make_claim, make_source, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(story=make_story())


def sources(*names: str) -> list[Source]:
    return [make_source(name=name, code=name[:1] * 3) for name in names]


def numbers(article: Article) -> dict[str, int]:
    return {one.source.name: one.number for one in numbered_sources(article)}


def fixed(article: Article) -> dict[str, int]:
    rows = SourceNumber.objects.filter(article=article)
    return dict(rows.values_list("source__name", "number"))


class TestNumbered:
    def test_in_the_order_in_which_the_desk_has_met_them(self, article: Article) -> None:
        sources("Zulu", "Alpha", "Mike")
        assert numbers(article) == {"Zulu": 1, "Alpha": 2, "Mike": 3}
        assert list(numbers(article)) == ["Zulu", "Alpha", "Mike"]
        assert not any(one.is_fixed for one in numbered_sources(article))

    def test_none_where_there_are_none(self, article: Article) -> None:
        assert numbered_sources(article) == []

    def test_those_that_are_heard_come_first_until_one_is_fixed(self, article: Article) -> None:
        _, second, third = sources("First", "Second", "Third")
        make_claim(article=make_article(slug="other", story=article.story), source=third)
        make_claim(article=make_article(slug="apart"), source=second)
        assert numbers(article) == {"Third": 1, "First": 2, "Second": 3}
        assert [one.is_heard for one in numbered_sources(article)] == [True, False, False]
        fix_numbers(article, numbered_sources(article), [])
        assert fixed(article) == {"Third": 1}
        make_claim(article=make_article(slug="later", story=article.story), source=second)
        assert numbers(article) == {"Third": 1, "First": 2, "Second": 3}

    def test_choosing_one_moves_no_other(self, article: Article) -> None:
        known = sources("First", "Second", "Third", "Delta")
        shown = numbers(article)
        for at in (2, 0, 3):
            fix_numbers(article, numbered_sources(article), [known[at]])
            make_claim(article=article, source=known[at])
            assert numbers(article) == shown
        assert fixed(article) == {"First": 1, "Third": 3, "Delta": 4}
        sources("New")
        assert numbers(article) == {**shown, "New": 5}

    def test_those_that_are_fixed_stay_and_others_take_what_is_free(self, article: Article) -> None:
        first, second = sources("First", "Second")
        SourceNumber.objects.create(article=article, source=second, number=1)
        assert numbers(article) == {"Second": 1, "First": 2}
        assert [one.is_fixed for one in numbered_sources(article)] == [True, False]
        SourceNumber.objects.create(article=article, source=first, number=7)
        sources("Third")
        assert numbers(article) == {"Second": 1, "Third": 2, "First": 7}

    def test_each_article_has_its_own(self, article: Article) -> None:
        _, second = sources("First", "Second")
        SourceNumber.objects.create(article=make_article(slug="other"), source=second, number=1)
        assert numbers(article) == {"First": 1, "Second": 2}

    def test_a_merged_source_is_not_offered_and_its_number_not_given_again(self, article: Article) -> None:
        first, second = sources("First", "Second")
        SourceNumber.objects.create(article=article, source=second, number=5)
        second.merged_into = first
        second.save()
        assert numbers(article) == {"First": 1}
        sources(*"ABCDE")
        assert numbers(article) == {"First": 1, "A": 2, "B": 3, "C": 4, "D": 6, "E": 7}
        given = fix_numbers(article, [one for one in numbered_sources(article) if one.number < 5], sources("New"))
        assert given[-1].number == 6

    def test_of_many_sources_those_that_speak_in_the_story_are_offered(self, article: Article) -> None:
        known = sources(*"ABCDEFGHIJ")
        outlet = make_source(name="Outlet", code="OUT", kind="outlet")
        Article.objects.filter(pk=article.pk).update(outlet=outlet)
        article.refresh_from_db()
        assert len(known) > KEYS
        make_claim(article=make_article(slug="other", story=article.story), source=known[4])
        make_claim(article=make_article(slug="apart"), source=known[6])
        SourceNumber.objects.create(article=article, source=known[8], number=1)
        assert numbers(article) == {"I": 1, "E": 2, "Outlet": 3}

    def test_an_article_without_a_story_offers_its_own(self) -> None:
        known, alone = sources(*"ABCDEFGHIJ"), make_article(slug="alone")
        make_claim(article=alone, source=known[2])
        make_claim(article=make_article(slug="other"), source=known[3])
        assert numbers(alone) == {"C": 1}


class TestKeys:
    def test_nine_have_a_key(self) -> None:
        rows = [Numbered(Source(slug=f"s{number}"), number) for number in (1, 9, 10)]
        assert [one.key for one in rows] == ["1", "9", ""]
        assert json.loads(as_keys(rows)) == {"1": "s1", "9": "s9"}
        assert as_keys([]) == "{}"


class TestFixing:
    def test_gives_for_good_what_was_shown_of_those_chosen_or_heard(self, article: Article) -> None:
        first, second, _ = sources("First", "Second", "Third")
        make_claim(article=article, source=second)
        shown = numbered_sources(article)
        assert [(one.source, one.number) for one in fix_numbers(article, shown, [first])] == [
            (one.source, one.number) for one in shown
        ]
        assert fixed(article) == {"Second": 1, "First": 2}

    def test_a_source_that_was_not_shown_gets_the_next(self, article: Article) -> None:
        sources("First", "Second")
        shown = numbered_sources(article)
        (new,) = sources("New")
        given = fix_numbers(article, shown, [new])
        assert [(one.source.name, one.number) for one in given] == [("First", 1), ("Second", 2), ("New", 3)]
        assert fixed(article) == {"New": 3}
        assert numbers(article) == {"First": 1, "Second": 2, "New": 3}

    def test_nobody_chosen_is_enough(self, article: Article) -> None:
        _, second = sources("First", "Second")
        make_claim(article=article, source=second)
        fix_numbers(article, numbered_sources(article), [])
        assert fixed(article) == {"Second": 1}

    def test_no_query_once_all_have_theirs(self, article: Article, django_assert_num_queries: object) -> None:
        first, _ = sources("First", "Second")
        fix_numbers(article, numbered_sources(article), [first])
        shown = numbered_sources(article)
        with django_assert_num_queries(0):  # type: ignore[operator]
            assert fix_numbers(article, shown, [first]) == shown

    def test_what_another_editor_fixed_meanwhile_stays(self, article: Article) -> None:
        first, second = sources("First", "Second")
        shown = numbered_sources(article)
        SourceNumber.objects.create(article=article, source=second, number=1)
        fix_numbers(article, shown, [first])
        assert fixed(article)["Second"] == 1
        assert len(set(fixed(article).values())) == len(fixed(article))
