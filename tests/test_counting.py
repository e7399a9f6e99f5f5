import pytest
from django.db import connection

from articles import counting
from articles.counting import count_if_quick
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
    assert count_if_quick(Article.objects.all(), 1) == found


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite counts to the end")
def test_what_takes_long_is_not_counted(five: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MILLISECONDS", 40)
    slow = Article.objects.extra(where=["pg_sleep(0.03) IS NOT NULL"])
    assert count_if_quick(slow, 3) == (3, False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        assert cursor.fetchone()[0] == "0", "what comes after it has its time"
    assert count_if_quick(Article.objects.all(), 3) == (5, True)
