"""Paragraphs: the blocks of an article, in order."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q

from articles.text.kinds import Kind


class ParagraphQuerySet(models.QuerySet["Paragraph"]):
    def of_articles(self, articles: Iterable[models.Model]) -> Self:
        return self.filter(article__in=articles).order_by("article_id", "position")

    def at(self, positions: Iterable[int]) -> Self:
        """Those that stand at these positions, counted from 0 over all blocks of an article."""
        return self.filter(position__in=positions)


class Paragraph(models.Model):
    class Kind(models.TextChoices):
        TEXT = Kind.TEXT.value, "text"
        HEADING = Kind.HEADING.value, "heading"
        DATELINE = Kind.DATELINE.value, "dateline"
        CREDIT = Kind.CREDIT.value, "credit"

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="paragraphs", db_index=False)
    position = models.PositiveIntegerField(help_text="From 0, over all blocks of the article.")
    number = models.PositiveIntegerField(
        null=True, blank=True, help_text="From 1, over the blocks of kind text; printed beside the text."
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.TEXT)
    text = models.TextField(help_text="NFC, one line, no outer space.")
    dateline_length = models.PositiveSmallIntegerField(
        default=0, help_text="Code points of an inline dateline at the start of the text."
    )

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        ordering = ["article_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="paragraph_position_unique"),
            models.UniqueConstraint(fields=["article", "number"], name="paragraph_number_unique"),
            models.CheckConstraint(
                condition=Q(kind="text", number__isnull=False, number__gte=1) | (~Q(kind="text") & Q(number=None)),
                name="paragraph_number_for_text_only",
                violation_error_message="Paragraphs of kind text have a number, others have none.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="paragraph_not_empty", violation_error_message="A paragraph has a text."
            ),
        ]

    def __str__(self) -> str:
        return f"¶{self.number}" if self.number else self.kind

    @property
    def anchor(self) -> str:
        """The id of the paragraph in the page: p12 is the twelfth of kind text."""
        return f"p{self.number}" if self.number else f"b{self.position}"
