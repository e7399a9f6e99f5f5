"""Rulings: where an editor overrules what is computed from two sources' answers. Rows are added, never changed."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.accounts import Relation
from articles.models.question import Question
from articles.models.source import Source


class RulingQuerySet(models.QuerySet["Ruling"]):
    def on_questions(self, keys: Iterable[int]) -> Self:
        """With the names of the sources and of who ruled, the first one first. One query."""
        named = self.select_related("question", "one__merged_into", "other__merged_into", "editor")
        return named.filter(question__in=list(keys)).order_by("id")


class Ruling(models.Model):
    """The last one on a question and two sources is in force. Readers see its reason, editors also whose it is."""

    class Says(models.TextChoices):
        CONFLICT = Relation.CONFLICT, "conflict"
        AGREE = Relation.AGREE, "can agree"
        NOT_COMPARABLE = Relation.NOT_COMPARABLE, "are not comparable"
        COMPUTED = "computed", "as computed again"

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="rulings")
    one = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    says = models.CharField(max_length=16, choices=Says)
    reason = models.TextField()
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(one=F("other")),
                name="ruling_on_two_sources",
                violation_error_message="A ruling is on two different sources.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="ruling_has_a_reason",
                violation_error_message="Readers see the reason: give one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.one} and {self.other} {self.get_says_display()}"
