import time
from typing import Any

import pytest
from django.db import connection

from articles import counting
from articles.counting import COUNTED, MORE, count_each, count_if_quick, written, written_as_counted
from articles.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def five() -> None:
    for number in range(5):
        make_article(slug=f"article-{number}")


@pytest.mark.parametrize(("most", "found"), [(10, (5, True)), (5, (5, True)), (4, (4, False))])
def test_exact_as_far_as_that(five: None, monkeypatch: pytest.MonkeyPatch, most: int, found: tuple[int, bool]) -> None:
    monkeypatch.setattr(counting, "COUNTED", most)
    monkeypatch.setattr(counting, "MORE", most + 1)
    assert count_if_quick(Article.objects.all(), 1) == found


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL tells nothing before the end")
def test_what_takes_long_is_counted_as_far_as_there_is_time(five: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_AT_ONCE", 2)
    monkeypatch.setattr(counting, "MILLISECONDS", -1)
    assert count_if_quick(Article.objects.all(), 1) == (2, False)
    assert count_if_quick(Article.objects.all(), 3) == (3, False), "as many as the page shows"
    two = Article.objects.filter(slug__in=["article-2", "article-3"])
    assert count_if_quick(two, 1) == (2, True), "no more than that are there"
    assert count_if_quick(Article.objects.none(), 0) == (0, True)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL tells nothing before the end")
def test_rows_that_are_slow_to_find_end_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(60):
        make_article(slug=f"article-{number}")
    connection.connection.create_function("slowly", 0, lambda: time.sleep(0.002) or 1)
    slow = Article.objects.extra(where=["slowly()"])
    number, is_exact = count_if_quick(slow, 1)
    assert number < 60 and not is_exact


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite counts as far as there is time")
def test_what_takes_long_is_not_counted(five: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MILLISECONDS", 40)
    slow = Article.objects.extra(where=["pg_sleep(0.03) IS NOT NULL"])
    assert count_if_quick(slow, 3) == (3, False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        assert cursor.fetchone()[0] == "0", "what comes after it has its time"
    assert count_if_quick(Article.objects.all(), 3) == (5, True)


def test_each_list_is_counted_by_one_query(django_assert_num_queries: Any) -> None:
    make_article()
    lists = {"all": Article.objects.all(), "none": Article.objects.none(), "of that": Article.objects.named("strikes")}
    with django_assert_num_queries(1):
        assert count_each(lists) == {"all": 1, "none": 0, "of that": 1}


def test_what_was_counted_no_further_says_so() -> None:
    assert [written_as_counted(number) for number in (0, COUNTED, MORE)] == ["0", "10,000", "more than 10,000"]
    assert written(COUNTED + 1) == "10,001"
