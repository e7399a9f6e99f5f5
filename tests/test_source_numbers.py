"""Numbers of sources: in the order of their first use in an article, then fixed, whatever the desk learns later."""

import json
from string import ascii_uppercase

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Source, SourceNumber
from articles.writing.source_numbers import KEYS, Numbered, as_keys, fix_numbers, numbered_sources
from tests.factories import make_article, make_claim, make_source, make_story
from tests.test_marking_properties import taken_back

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

    def test_those_that_are_heard_come_first(self, article: Article) -> None:
        _, second, third = sources("First", "Second", "Third")
        make_claim(article=make_article(slug="other", story=article.story), source=third)
        make_claim(article=make_article(slug="apart"), source=second)
        assert numbers(article) == {"Third": 1, "First": 2, "Second": 3}
        assert [one.is_heard for one in numbered_sources(article)] == [True, False, False]
        fix_numbers(article, numbered_sources(article), [])
        assert fixed(article) == {"Third": 1}
        make_claim(article=make_article(slug="later", story=article.story), source=second)
        assert numbers(article) == {"Third": 1, "Second": 2, "First": 3}

    def test_the_one_that_is_chosen_first_is_the_first(self, article: Article) -> None:
        known = sources("First", "Second", "Third", "Delta")
        for at in (2, 0, 3):
            fix_numbers(article, numbered_sources(article), [known[at]])
            make_claim(article=article, source=known[at])
        assert fixed(article) == {"Third": 1, "First": 2, "Delta": 3}
        assert numbers(article) == {**fixed(article), "Second": 4}
        sources("New")
        assert numbers(article) == {**fixed(article), "Second": 4, "New": 5}

    def test_new_ones_come_before_those_of_other_stories(self, article: Article) -> None:
        """These held the keys, and those of a new story had the numbers behind them or none."""
        elsewhere = sources(*"ABCDEFG")
        make_claim(article=make_article(slug="other", story=make_story(slug="other")), source=elsewhere[0])
        for at, name in enumerate(("New", "Other", "Third"), 1):
            shown = numbered_sources(article)
            given = fix_numbers(article, shown, sources(name))
            assert [one.number for one in given] == list(range(1, len(given) + 1))
            assert [one.source.name for one in given if one.is_new] == [name]
            assert fixed(article)[name] == at
            make_claim(article=article, source=given[at - 1].source)
        assert numbers(article) == {"New": 1, "Other": 2, "Third": 3}

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
        assert [(one.source.name, one.number) for one in given if one.is_new] == [("New", 1)]
        assert 5 not in {one.number for one in given}

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

    def test_a_source_that_was_not_shown_gets_the_lowest_that_is_free(self, article: Article) -> None:
        sources("First", "Second")
        shown = numbered_sources(article)
        (new,) = sources("New")
        given = fix_numbers(article, shown, [new])
        assert [(one.source.name, one.number) for one in given] == [("New", 1), ("First", 2), ("Second", 3)]
        assert fixed(article) == {"New": 1}
        assert numbers(article) == {"New": 1, "First": 2, "Second": 3}

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
        given = fix_numbers(article, shown, [first])
        assert fixed(article) == {"Second": 1, "First": 2}
        assert {one.source.name: one.number for one in given} == {"Second": 1, "First": 2}
        assert places(fix_numbers(article, shown, [second, first])) == [("Second", 1), ("First", 2)]

    def test_what_another_editor_added_meanwhile_is_among_them(self, article: Article) -> None:
        first, _ = sources("First", "Second")
        shown = numbered_sources(article)
        fix_numbers(article, shown, sources("Theirs"))
        given = fix_numbers(article, shown, [first])
        assert [(one.source.name, one.number) for one in given] == [("Theirs", 1), ("First", 2), ("Second", 3)]


KINDS = ("choose", "make", "hear beside", "stop")
acts = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 20), st.booleans()), max_size=14)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.integers(0, KEYS + 2), done=acts)
def test_whatever_is_chosen_made_or_heard(before: int, done: list[tuple[str, int, bool]]) -> None:
    """What is fixed stays, each number stands for one source, and no key for none below one that stands for one."""
    with taken_back():
        article = make_article(story=make_story())
        beside = make_article(slug="beside", story=article.story)
        known = sources(*ascii_uppercase[:before])
        late = numbered_sources(article)
        for kind, which, is_late in done:
            was, shown = fixed(article), numbered_sources(article)
            if kind == "make" or not known:
                known += sources(ascii_uppercase[len(known)])
                which = -1
            source = known[which % len(known)]
            if kind == "hear beside":
                make_claim(article=beside, source=source)
            elif kind == "stop":
                article.claims.filter(source=source).delete()
            else:
                make_claim(article=article, source=source)
                # Another editor may have done something since the sources were shown.
                given = fix_numbers(article, late if is_late else shown, [source])
                assert source.name in fixed(article)
                assert is_late or places(given) == places(numbered_sources(article))
            late = shown
            check(article, was)


def places(numbered: list[Numbered]) -> list[tuple[str, int]]:
    return [(one.source.name, one.number) for one in numbered]


def check(article: Article, was: dict[str, int]) -> None:
    now = numbered_sources(article)
    assert was.items() <= fixed(article).items() <= numbers(article).items()
    assert [one.number for one in now] == list(range(1, len(now) + 1))
    used = [one.number for one in now if one.is_heard or one.is_fixed]
    assert used == list(range(1, len(used) + 1))
