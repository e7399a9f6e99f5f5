"""Numbers of sources: the key that stands for a source while an editor marks one article."""

from django.db import models

from articles.models.article import Article
from articles.models.source import Source


class SourceNumber(models.Model):
    """Given once for each source and article, and then fixed: fingers learn it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="source_numbers", db_index=False)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="numbers")
    number = models.PositiveSmallIntegerField(help_text="From 1. Keys exist for 1 to 9.")

    class Meta:
        ordering = ["article_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "source"], name="source_number_once_per_article"),
            models.UniqueConstraint(fields=["article", "number"], name="source_number_unique_in_article"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="source_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.source}"
