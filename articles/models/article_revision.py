"""Revisions of articles' metadata: what it was, by whom and when it was changed. Rows are added, never changed."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Max, Q

from articles.models.article import Article
from articles.models.readable_json import ReadableJSON
from articles.models.revision import Changeset


class ArticleRevisionQuerySet(models.QuerySet["ArticleRevision"]):
    def of_article(self, article: Article) -> Self:
        return self.filter(article=article).order_by("number")

    def last_numbers(self, articles: Iterable[int]) -> dict[int, int]:
        """For each of these articles that has revisions. One query."""
        found = self.filter(article__in=list(articles)).order_by().values_list("article")
        return dict(found.annotate(Max("number")))

    def last_of_each(self) -> dict[int, int]:
        """The key of the last one of each article that has any. One query."""
        return dict(self.order_by("number").values_list("article", "pk"))

    def last_number(self, article: Article) -> int:
        """What a form that changes the article is based on; 0 as long as nobody has changed it. One query."""
        return self.last_numbers([article.pk]).get(article.pk, 0)


class ArticleRevision(models.Model):
    """An article's metadata as one change left it; its text never changes.

    The snapshot's form is that of `metadata.py`. An article that only its import has written has none: its
    first revision is taken when its metadata is changed for the first time.
    """

    changeset = models.ForeignKey(
        Changeset,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="article_revisions",
        help_text="Empty for the first one, where no import is on record.",
    )
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField(help_text="From 1. The first one is the metadata as imported.")
    snapshot = models.JSONField(encoder=ReadableJSON)

    objects = ArticleRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_revision_number_unique"),
            models.CheckConstraint(
                condition=Q(changeset__isnull=False) | Q(number=1),
                name="article_revision_has_a_changeset",
                violation_error_message="Every change has a changeset.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}, metadata {self.number}"
