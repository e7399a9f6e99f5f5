from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from articles.models import Choice, Place, Question, Story
from articles.writing.stating import surroundings, surroundings_of
from tests.factories import make_choice, make_place, make_question, make_story
from tests.models.refusing import refused

pytestmark = pytest.mark.django_db


class TestQuestion:
    @pytest.mark.parametrize(
        ("kind", "counted"), [("number", ""), ("words", "fighters"), ("choice", "fighters"), ("place", "fighters")]
    )
    def test_says_what_is_counted_if_it_asks_for_a_number(self, kind: str, counted: str) -> None:
        with refused("A number question says what is counted, and of whom; others do not."):
            Question.objects.create(story=make_story(), slug="x", text="x", kind=kind, counted=counted)

    def test_has_a_slug_of_its_own(self) -> None:
        make_question()
        with refused("Another question has this slug."):
            make_question(story=make_story(slug="other"))

    def test_keeps_its_story(self) -> None:
        make_question()
        with pytest.raises(ProtectedError):
            Story.objects.all().delete()

    def test_of_a_story_in_order(self) -> None:
        later, first = make_question(slug="later"), make_question(slug="first")
        Question.objects.filter(pk=later.pk).update(position=1)
        make_question(slug="other", story=make_story(slug="other"))
        assert list(Question.objects.of_story(make_story())) == [first, later]
        assert list(Question.objects.in_stories(["khusham"])) == [first, later]
        assert str(first) == "How many?"


def test_a_choice_has_a_slug_of_its_own_in_its_question() -> None:
    one, two = make_question(slug="one", kind="choice"), make_question(slug="two", kind="choice")
    make_choice(one, "sana")
    make_choice(two, "sana")
    with refused("choice_unique_in_question"):
        make_choice(one, "sana")
    one.delete()
    assert str(Choice.objects.get()) == "Sana"


class TestPlace:
    @pytest.mark.parametrize(
        "values",
        [
            {"latitude": 35.0},
            {"longitude": 40.0},
            {"latitude": 90.1, "longitude": 0.0},
            {"latitude": -90.1, "longitude": 0.0},
            {"latitude": 0.0, "longitude": 180.1},
            {"latitude": 0.0, "longitude": -180.1},
        ],
    )
    def test_lies_on_the_earth(self, values: dict[str, Any]) -> None:
        make_place()
        Place.objects.update(latitude=90, longitude=-180)
        with refused("Latitude is −90 to 90 and longitude −180 to 180; give both or neither."):
            Place.objects.update(**{"latitude": None, "longitude": None, **values})

    def test_around_another_cannot_be_deleted(self) -> None:
        valley = make_place(slug="valley")
        make_place(slug="town", within=valley)
        with pytest.raises(ProtectedError):
            valley.delete()

    def test_within_itself(self) -> None:
        valley = make_place(slug="valley")
        town = make_place(slug="town", within=valley)
        town.clean()
        for inner in (valley, town):
            valley.within = inner
            with pytest.raises(ValidationError, match="A place cannot lie within itself"):
                valley.clean()

    def test_within_one_of_another_story(self) -> None:
        elsewhere = make_place(story=make_story(slug="other"))
        with pytest.raises(ValidationError, match="within one of its own story"):
            Place(story=make_story(), within=elsewhere).clean()

    def test_of_stories(self) -> None:
        place = make_place()
        make_place(slug="other", story=make_story(slug="other"))
        assert list(Place.objects.in_stories(["khusham"])) == [place]
        assert str(place) == "Khusham-Town"


class TestSurroundings:
    def test_go_outwards(self, django_assert_num_queries: Any) -> None:
        syria = make_place(slug="syria")
        valley = make_place(slug="valley", within=syria)
        town = make_place(slug="town", within=valley)
        make_place(slug="elsewhere", story=make_story(slug="other"))
        story = make_story()
        with django_assert_num_queries(1):
            assert surroundings(story) == {syria.pk: (), valley.pk: ("syria",), town.pk: ("valley", "syria")}

    def test_of_no_story(self) -> None:
        assert surroundings(None) == {}

    def test_of_a_circle_end(self) -> None:
        valley = make_place(slug="valley")
        town = make_place(slug="town", within=valley)
        Place.objects.filter(pk=valley.pk).update(within=town)
        assert surroundings(make_story())[town.pk] == ("valley", "town")

    def test_end_with_the_places_that_are_given(self) -> None:
        town = make_place(slug="town", within=make_place(slug="valley"))
        assert surroundings_of([town]) == {town.pk: ()}
