"""Numbers of sources: as shown when one was first chosen in an article, then fixed, whatever the desk learns later."""

import json
from string import ascii_uppercase

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, Source, SourceNumber
from articles.writing.source_numbers import KEYS, Numbered, as_keys, fix_numbers, numbered_sources
from tests.examples import examples
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

    def test_the_key_that_was_pressed_stays_the_key_of_its_source(self, article: Article) -> None:
        known = sources("First", "Second", "Third", "Delta", "Echo")
        before = numbers(article)
        for at in (4, 2, 0):
            given = fix_numbers(article, numbered_sources(article), [known[at]])
            make_claim(article=article, source=known[at])
            assert {one.source.name: one.number for one in given} == numbers(article) == before
        assert fixed(article) == {"First": 1, "Third": 3, "Echo": 5}

    def test_a_new_one_gets_the_first_that_stands_for_nobody_and_none_moves(self, article: Article) -> None:
        known = sources("First", "Second", "Third")
        fix_numbers(article, numbered_sources(article), [known[2]])
        make_claim(article=article, source=known[2])
        before = numbers(article)
        given = fix_numbers(article, numbered_sources(article), sources("New"))
        assert {one.source.name: one.number for one in given} == {**before, "New": 4}

    def test_while_there_are_keys_those_of_other_stories_leave_them_to_new_ones(self, article: Article) -> None:
        """The last key first, so that one source moves and no more. A desk that knows more offers only those heard."""
        elsewhere = sources(*"ABCDEFG")
        make_claim(article=make_article(slug="other", story=make_story(slug="other")), source=elsewhere[0])
        expected = {"New": 8, "Other": 9, "Third": 7, "Yet": 1}
        for name, number in expected.items():
            shown = numbered_sources(article)
            given = fix_numbers(article, shown, sources(name))
            assert [one.source.name for one in given if one.is_new] == [name]
            assert fixed(article)[name] == number
            make_claim(article=article, source=next(one.source for one in given if one.source.name == name))
            moved = {one.source.name: one.number for one in given}
            assert all(moved.get(one.source.name, one.number) == one.number for one in shown)
        assert numbers(article) == expected

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
        for name, number in (("New", 8), ("Other", 9), ("Third", 7)):
            given = fix_numbers(article, numbered_sources(article), sources(name))
            assert [(one.source.name, one.number) for one in given if one.is_new] == [(name, number)]
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

    def test_without_a_key_only_where_all_stand_for_those_heard(self, article: Article) -> None:
        for source in sources(*"ABCDEFGHI"):
            make_claim(article=article, source=source)
        (new,) = sources("New")
        given = fix_numbers(article, numbered_sources(article), [new])
        assert places(given)[-1] == ("New", 10) and fixed(article)["New"] == 10
        make_claim(article=article, source=new)
        (other,) = sources("Other")
        assert places(fix_numbers(article, numbered_sources(article), [other]))[-1] == ("Other", 11)

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
        assert [(one.source.name, one.number) for one in given] == [("First", 1), ("Second", 2), ("Theirs", 3)]


KINDS = ("choose", "make", "hear beside", "stop")
acts = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 20), st.booleans()), max_size=14)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.integers(0, KEYS + 2), done=acts)
def test_whatever_is_chosen_made_or_heard(before: int, done: list[tuple[str, int, bool]]) -> None:
    """What is fixed stays, no key on the page comes to stand for another source, each number stands for one, and none
    that is heard is without a key while another stands for one that is not."""
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
                assert is_late or keys_stay(shown, given)
            late = shown
            check(article, was)


def places(numbered: list[Numbered]) -> list[tuple[str, int]]:
    return [(one.source.name, one.number) for one in numbered]


def keys_stay(before: list[Numbered], after: list[Numbered]) -> bool:
    keys = {one.source.pk: one.key for one in before if one.key}
    return all(one.key == keys.get(one.source.pk, one.key) for one in after if one.key)


def check(article: Article, was: dict[str, int]) -> None:
    now = numbered_sources(article)
    assert was.items() <= fixed(article).items() <= numbers(article).items()
    assert len({one.number for one in now}) == len(now)
    used = {one.number for one in now if one.is_heard or one.is_fixed}
    assert max(used, default=0) <= KEYS or used >= set(range(1, KEYS + 1))
