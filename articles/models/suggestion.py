"""Suggestions: what the desk's own rules proposed, and how sure they were. Rows are added, never changed.

The claim itself, with the words, the source and the speaker that were proposed, is a claim like any other, and its
first revision keeps it as it was proposed.
"""

from collections.abc import Iterable
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from articles.models.article import Article
from articles.models.claim import Claim
from articles.models.question import Question
from articles.models.readable_json import ReadableJSON


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def in_article(self, article: Article) -> Self:
        return self.filter(article=article)

    def of_claims(self, uids: Iterable[str]) -> Self:
        return self.filter(claim_uid__in=uids)

    def sure(self, least: int) -> Self:
        return self.filter(confidence__gte=least)

    def without_claim(self) -> Self:
        """Those whose claim has been deleted."""
        return self.exclude(claim_uid__in=Claim.objects.values("uid"))


class Suggestion(models.Model):
    """Kept by the claim's public id, so that it outlives a claim that is deleted, and is found again once that one
    comes back."""

    claim_uid = models.CharField("claim", max_length=26, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="suggestions")
    confidence = models.PositiveSmallIntegerField(
        validators=[MaxValueValidator(100)], help_text="In hundredths: how likely it is right as it stands."
    )
    word = models.CharField(max_length=40, help_text="The reporting word, as the lexicon has it: “say”.")
    reasons = models.JSONField(default=list, encoder=ReadableJSON, help_text="Why the rules are as sure as they are.")
    question = models.ForeignKey(
        Question,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="What a claim with like words answered, where these words do not give the answer.",
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence__lte=100),
                name="suggestion_confidence_in_hundredths",
                violation_error_message="A confidence is between 0 and 100 hundredths.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim_uid}, {self.confidence} %"
