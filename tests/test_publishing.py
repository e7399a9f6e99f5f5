"""Publishing: which version of an article lists show."""

from itertools import product

import pytest

from articles.models import Article
from articles.writing.publishing import latest_of, mark_latest, set_status
from tests.factories import make_article

DRAFT, PUBLISHED, WITHDRAWN = Article.Status


def versions(*statuses: str) -> list[Article]:
    return [Article(version_number=number, status=status) for number, status in enumerate(statuses, 1)]


@pytest.mark.parametrize(
    ("statuses", "latest"),
    [
        ([PUBLISHED, PUBLISHED], 2),
        ([PUBLISHED, DRAFT], 1),
        ([PUBLISHED, WITHDRAWN], 1),
        ([WITHDRAWN, PUBLISHED], 2),
        ([DRAFT, DRAFT], 2),
        ([DRAFT, WITHDRAWN], 1),
        ([WITHDRAWN, WITHDRAWN], None),
        ([], None),
    ],
)
def test_the_latest_of_these(statuses: list[str], latest: int | None) -> None:
    rows = versions(*statuses)
    for order in (rows, rows[::-1]):
        found = latest_of(order)
        assert (found.version_number if found else None) == latest


@pytest.mark.django_db
class TestSetStatus:
    def test_remembers_since_when_readers_have_seen_it(self) -> None:
        article = make_article(status="draft")
        assert article.public_since is None
        set_status(article, PUBLISHED)
        since = Article.objects.get().public_since
        assert since is not None
        for status in (DRAFT, PUBLISHED, WITHDRAWN):
            set_status(article, status)
            assert Article.objects.get().public_since == since

    def test_moves_the_mark_back_and_forth(self) -> None:
        one = make_article()
        two = make_article(slug="two", revises=one)
        assert marked() == ["two"]
        set_status(two, WITHDRAWN, "Wrong on all counts.")
        assert marked() == ["strikes"]
        assert (two.is_latest, two.withdrawal_notice) == (False, "Wrong on all counts.")
        set_status(two, PUBLISHED)
        assert marked() == ["two"] and two.is_latest

    def test_keeps_the_notice_for_the_record(self) -> None:
        article = make_article()
        set_status(article, WITHDRAWN, "Wrong.")
        set_status(article, PUBLISHED, "ignored")
        article.refresh_from_db()
        assert article.withdrawal_notice == "Wrong."

    def test_leaves_other_articles_alone(self) -> None:
        make_article(slug="other")
        set_status(make_article(), WITHDRAWN)
        assert marked() == ["other"]

    @pytest.mark.parametrize(("before", "after"), list(product(product(Article.Status, repeat=2), repeat=2)))
    def test_from_anything_to_anything(self, before: tuple[str, str], after: tuple[str, str]) -> None:
        one = make_article(status=before[0])
        two = make_article(slug="two", revises=one, status=before[1])
        set_status(one, Article.Status(after[0]))
        set_status(two, Article.Status(after[1]))
        latest = latest_of(versions(*after))
        assert marked() == ([["strikes", "two"][latest.version_number - 1]] if latest else [])


def marked() -> list[str]:
    return list(Article.objects.latest_versions().values_list("slug", flat=True))


@pytest.mark.django_db
def test_marking_says_how_many_rows_were_wrong() -> None:
    one = make_article()
    make_article(slug="two", revises=one)
    assert mark_latest("strikes") == 0
    Article.objects.update(is_latest=False)
    Article.objects.filter(pk=one.pk).update(is_latest=True)
    assert mark_latest("strikes") == 2
    assert marked() == ["two"]
