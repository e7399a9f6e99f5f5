from datetime import date

import pytest

from articles.models import Story
from tests.factories import make_story
from tests.models.refusing import refused

pytestmark = pytest.mark.django_db


def test_newest_first_and_the_undated_last() -> None:
    for slug, day in (("b", None), ("a", None), ("old", date(2018, 2, 7)), ("new", date(2018, 2, 8))):
        Story.objects.create(title=slug, slug=slug, happened_on=day)
    assert [story.slug for story in Story.objects.newest_first()] == ["new", "old", "a", "b"]


def test_a_slug_is_its_own() -> None:
    make_story()
    with refused("Another story has this slug."):
        Story.objects.create(title="x", slug="khusham")


def test_its_name_and_address() -> None:
    assert (str(make_story()), make_story().get_absolute_url()) == ("Khusham", "/stories/khusham/")
