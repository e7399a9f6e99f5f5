"""A desk of an earlier release, with what it holds."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from articles.desk_stamp import missing_triggers
from articles.models import Claim, Listed, Tally
from articles.search import index_claims, words_of_claim
from articles.writing.checking import check_index, check_lists
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def release_before() -> Iterator[None]:
    """As `0015_desk_stamp` leaves it, until the test migrates."""
    question = make_question(story=make_story())
    article = make_article(story=question.story)
    for name, number in (("SANA", 4), ("Ministry", 9)):
        make_claim(article=article, source=make_source(name=name), answers=[answer(question, number)])
    make_claim(article=article)
    call_command("migrate", "articles", "0015", verbosity=0)
    yield
    call_command("migrate", verbosity=0)


def test_its_lists_are_filled_anew(release_before: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_tally SET number = 77")
    call_command("migrate", verbosity=0)
    assert Listed.objects.count() == 3
    assert Listed.objects.disputed().count() == 2
    assert Tally.objects.most(["p disputed 1"], {"all": 1}) == {"all": {"": 2}}
    assert list(check_lists(repair=False)) == []
    assert missing_triggers(connection) == []


@pytest.fixture
def release_without_marks() -> Iterator[Claim]:
    """As `0017_few_among_many` leaves it, with a claim whose words it wrote; until the test migrates."""
    article = make_article(story=make_story(), outlet=make_source(name="CNN", kind="outlet"))
    claim = make_claim(article=article, note="A note.")
    make_claim(article=make_article(slug="bare"), source=None, status="suggested", quote="The")
    call_command("migrate", "articles", "0017", verbosity=0)
    index_claims([(claim.pk, words_of_claim("en", "", "A note.", [claim.quote]))])
    yield claim
    call_command("migrate", verbosity=0)


def test_its_index_gets_marks(release_without_marks: Claim) -> None:
    wrong = [one.where for one in check_index(repair=False)]
    assert wrong == [f"articles_claimwords {release_without_marks.pk}"]
    for _ in range(2):
        call_command("migrate", verbosity=0)
        assert list(check_index(repair=False)) == []
        call_command("migrate", "articles", "0017", verbosity=0)
    assert list(check_index(repair=False)) == []


def test_no_index_begins_as_another() -> None:
    """It would be written with every row, and read by nobody."""
    for model in apps.get_app_config("articles").get_models():
        partial = {one.name for one in model._meta.indexes if one.condition is not None}
        partial |= {one.name for one in model._meta.constraints if getattr(one, "condition", None) is not None}
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
        # Of a text PostgreSQL has another one, in another order, for what begins so.
        whole = {
            name: one
            for name, one in found.items()
            if (one["index"] or one["unique"]) and name not in partial and not name.endswith("_like")
        }
        for name, one in whole.items():
            longer = [
                other
                for other, its in whole.items()
                if not one["unique"] and other != name and its["columns"][: len(one["columns"])] == one["columns"]
            ]
            assert not longer, f"{name} is the beginning of {longer}"
