"""Highlights: the marked passages of a claim."""

from collections.abc import Iterable
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from articles.models.article import Article
from articles.models.claim import Claim, ClaimQuerySet
from articles.models.paragraph import Paragraph
from articles.models.uid import uid_field

# A paragraph's position goes above the offset in it: no paragraph has 2**32 code points.
_OFFSET_BITS = 32


def reading_order(position: int, start: int) -> int:
    """A number that sorts passages of an article, by the positions of their paragraphs, as they are read."""
    return (position << _OFFSET_BITS) + start


class HighlightQuerySet(models.QuerySet["Highlight"]):
    def placed_in(self, article: Article) -> Iterable[tuple[int | None, int | None, int | None, str]]:
        """Paragraph, start, end, and the status of the claim. One query."""
        placed = self.filter(claim__article=article, paragraph__isnull=False).order_by()
        return placed.values_list("paragraph", "start", "end", "claim__status")

    def quotes_of(self, uids: Iterable[str]) -> dict[str, str]:
        """The words of each of these claims, by its id, in reading order. One query, none for none."""
        found: dict[str, list[str]] = {}
        if uids := list(uids):
            for uid, quote in self.filter(claim__uid__in=uids).order_by("position").values_list("claim__uid", "quote"):
                found.setdefault(uid, []).append(quote)
        return {uid: " … ".join(quotes) for uid, quotes in found.items()}

    def of_each(self, claims: Iterable[int]) -> Self:
        """Of the claims with these keys."""
        return self.filter(claim__in=claims).order_by("position")

    def of_claims(self, claims: ClaimQuerySet) -> Self:
        """In reading order, each with its claim, that one's source, and where it stands. One query."""
        placed = self.filter(claim__in=claims).select_related("claim__source", "paragraph").defer("paragraph__text")
        return placed.order_by("claim__article_id", "claim__reading_order", "claim_id", "position")


class Highlight(models.Model):
    class State(models.TextChoices):
        PLACED = "placed", "placed"
        REWORDED = "reworded", "reworded"
        ORPHANED = "orphaned", "orphaned"

    uid = uid_field()
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="highlights")
    paragraph = models.ForeignKey(Paragraph, on_delete=models.PROTECT, null=True, blank=True, related_name="highlights")
    position = models.PositiveSmallIntegerField(default=0, help_text="From 0, within the claim.")
    start = models.PositiveIntegerField(null=True, blank=True, help_text="Code points, inclusive.")
    end = models.PositiveIntegerField(null=True, blank=True, help_text="Code points, exclusive.")
    quote = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PLACED)

    objects = HighlightQuerySet.as_manager()

    class Meta:
        ordering = ["claim_id", "position", "id"]
        # Of few among many: see `Claim`.
        indexes = [
            models.Index(fields=["state", "claim"], condition=Q(state="orphaned"), name="highlight_orphaned"),
            models.Index(fields=["state", "claim"], condition=Q(state="reworded"), name="highlight_reworded"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(state="orphaned", paragraph=None, start=None, end=None)
                    # A comparison with null is not false, and what is not false passes.
                    | Q(state__in=["placed", "reworded"], paragraph__isnull=False, start__isnull=False)
                    & Q(end__isnull=False, start__gte=0, end__gt=F("start"))
                ),
                name="highlight_placed_or_orphaned",
                violation_error_message="A highlight lies in a paragraph with start before end, or is orphaned.",
            ),
            models.CheckConstraint(
                condition=~Q(quote=""),
                name="highlight_quote_not_empty",
                violation_error_message="A highlight has a quote.",
            ),
        ]

    def __str__(self) -> str:
        return self.quote

    def clean(self) -> None:
        """The rules that span tables: the quote is what stands there, in a paragraph of the claim's article."""
        if self.paragraph is None or self.start is None or self.end is None:
            return
        if self.paragraph.article_id != self.claim.article_id:
            raise ValidationError("The highlight lies in a paragraph of another article than its claim.")
        found = self.paragraph.text[self.start : self.end]
        if found != self.quote:
            raise ValidationError(f"The quote is “{self.quote}”, but the text there reads “{found}”.")

    @property
    def is_placed(self) -> bool:
        return self.paragraph_id is not None

    @property
    def reading_order(self) -> int | None:
        """A number that sorts highlights of an article as they are read; None when orphaned."""
        if self.paragraph is None or self.start is None:
            return None
        return reading_order(self.paragraph.position, self.start)
