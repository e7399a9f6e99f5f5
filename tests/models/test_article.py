from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import ProtectedError

from articles.models import Article, ArticleText, Story
from tests.factories import make_article, make_claim, make_editor, make_story, make_user
from tests.models.refusing import refused

pytestmark = pytest.mark.django_db


def slugs(articles: Any) -> list[str]:
    return [article.slug for article in articles]


def row(**fields: Any) -> Article:
    return Article.objects.create(**{"title": "A", "slug": "a", "sha256": "x", **fields})


class TestConstraints:
    def test_one_article_of_each_version(self) -> None:
        first = make_article()
        make_article(slug="two", revises=first)
        with refused("There is such a version of this article already."):
            row(lineage="strikes", version_number=1)

    def test_one_latest_version(self) -> None:
        two = make_article(slug="two", revises=make_article())
        with refused("Another version of this article is the latest."):
            Article.objects.filter(pk=two.revises_id).update(is_latest=True)

    def test_one_article_of_each_text_under_a_key(self) -> None:
        row(import_key="key", sha256="x")
        row(import_key="key", sha256="y", slug="b")
        row(import_key="other", sha256="x", slug="c")
        with refused("This text has been imported before."):
            row(import_key="key", sha256="x", slug="d")

    def test_texts_without_a_key_may_be_the_same(self) -> None:
        row(), row(slug="b")

    def test_revising_itself(self) -> None:
        two = make_article(slug="two", revises=make_article())
        with refused("An article cannot revise itself."):
            Article.objects.filter(pk=two.pk).update(revises=two)

    def test_revised_once(self) -> None:
        first = make_article()
        make_article(slug="two", revises=first)
        with refused("Another article has this revises."):
            row(lineage="c", version_number=2, revises=first)

    def test_a_first_version_revises_none(self) -> None:
        first = make_article()
        with refused("Version 1 revises nothing, and later versions revise one."):
            row(version_number=2)
        with refused("Version 1 revises nothing, and later versions revise one."):
            row(version_number=1, revises=first)

    def test_what_others_point_to_cannot_be_deleted(self) -> None:
        first = make_article(story=make_story())
        make_article(slug="two", revises=first)
        make_claim(article=make_article(slug="three"))
        for rows in (Article.objects.filter(slug="strikes"), Article.objects.filter(slug="three"), Story.objects.all()):
            with pytest.raises(ProtectedError):
                rows.delete()

    def test_its_text_goes_with_it(self) -> None:
        article = make_article()
        ArticleText.objects.create(article=article, content=b"x")
        article.delete()
        assert not ArticleText.objects.exists()


class TestVisibleTo:
    @pytest.fixture(autouse=True)
    def articles(self) -> None:
        for status in Article.Status:
            make_article(slug=status, status=status)

    def test_readers_see_what_is_published(self) -> None:
        for reader in (AnonymousUser(), make_user("reader")):
            assert slugs(Article.objects.visible_to(reader)) == ["published"]

    def test_editors_see_all(self) -> None:
        administrator = User.objects.create_superuser("administrator")
        for editor in (make_editor(), administrator):
            assert slugs(Article.objects.visible_to(editor)) == ["draft", "published", "withdrawn"]


class TestQuerysets:
    def test_narrowing(self) -> None:
        story = make_story()
        first = make_article(story=story, import_key="key")
        make_article(slug="two", paragraphs=["Two."], revises=first, import_key="key", status="withdrawn")
        other = make_article(slug="other")
        claim = make_claim(article=other)
        assert slugs(Article.objects.with_key("key")) == ["strikes", "two"]
        assert slugs(Article.objects.named("two")) == slugs(Article.objects.withdrawn()) == ["two"]
        assert slugs(Article.objects.of_claim(claim.uid)) == ["other"]
        assert slugs(Article.objects.of_story(story)) == slugs(Article.objects.in_stories(["khusham"])) == ["strikes"]
        assert slugs(Article.objects.versions_of(first)) == ["strikes", "two"]
        assert slugs(Article.objects.latest_versions()) == ["other", "strikes"]

    def test_counts(self) -> None:
        make_article()
        make_article(slug="two", status="draft")
        make_article(slug="three")
        assert Article.objects.counts_by("status") == {"published": 2, "draft": 1}

    def test_newest_first_and_the_undated_last(self) -> None:
        make_article(slug="undated")
        make_article(slug="old", published_at=datetime(2018, 2, 7, tzinfo=UTC))
        make_article(slug="new", published_at=datetime(2018, 2, 8, tzinfo=UTC))
        assert slugs(Article.objects.newest_first()) == ["new", "old", "undated"]
        assert slugs(Article.objects.for_list(AnonymousUser())) == ["new", "old", "undated"]

    def test_for_reading_takes_two_queries(self, django_assert_num_queries: Any) -> None:
        make_article(paragraphs=["One.", "Two."], story=make_story())
        with django_assert_num_queries(2):
            article = Article.objects.for_reading().get()
            assert [paragraph.text for paragraph in article.paragraphs.all()] == ["One.", "Two."]
            assert (str(article.story), article.outlet) == ("Khusham", None)


def test_a_first_version_begins_a_lineage() -> None:
    article = row(slug="strikes")
    assert article.lineage == "strikes"
    article.slug = "renamed"
    article.save()
    assert article.lineage == "strikes"


def test_a_later_version_says_which_it_is() -> None:
    first = make_article()
    assert str(first) == "Strikes in Syria"
    assert str(make_article(slug="two", revises=first)) == "Strikes in Syria (version 2)"
    assert first.get_absolute_url() == "/articles/strikes/"


@pytest.mark.parametrize(
    ("moment", "offset", "local"),
    [
        (None, 0, None),
        (datetime(2018, 2, 8, 4, 30, tzinfo=UTC), 0, "2018-02-08T04:30:00+00:00"),
        (datetime(2018, 2, 8, 4, 30, tzinfo=UTC), -300, "2018-02-07T23:30:00-05:00"),
        (datetime(2018, 2, 7, 21, 30, tzinfo=UTC), 180, "2018-02-08T00:30:00+03:00"),
    ],
)
def test_published_on_the_outlets_clock(moment: datetime | None, offset: int, local: str | None) -> None:
    found = Article(published_at=moment, published_offset=offset).published_local
    assert (found.isoformat() if found else None) == local


@pytest.mark.parametrize(
    ("language", "rtl"), [("en", False), ("ar", True), ("AR-sy", True), ("fa", True), ("ru", False), ("arn", False)]
)
def test_direction(language: str, rtl: bool) -> None:
    assert Article(language=language).is_rtl is rtl


def test_the_text_kept_says_whose_it_is() -> None:
    article = make_article()
    assert str(ArticleText(article=article)) == f"text of {article.pk}"
