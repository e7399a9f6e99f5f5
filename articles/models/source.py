"""Sources: who makes claims."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Lower

from articles.models.address import address_of
from articles.tones import TONES
from newsdesk.compiled import Compiled


class SourceQuerySet(models.QuerySet["Source"]):
    def in_use(self) -> Self:
        """Without those that were merged into another."""
        return self.filter(merged_into=None)

    def merged(self) -> Self:
        return self.filter(merged_into__isnull=False)

    def outlets(self) -> Self:
        return self.in_use().filter(kind=Source.Kind.OUTLET)

    def living(self, slug: str) -> "Source | None":
        """The source with this slug, or the one that a merged one now stands for."""
        source = self.filter(slug=slug).select_related("merged_into").first()
        return source.living() if source else None

    def with_code(self, code: str) -> Self:
        return self.filter(code__iexact=code)

    def named(self, slugs: list[str]) -> Self:
        return self.filter(slug__in=slugs)

    def living_slugs(self, slugs: list[str]) -> list[str]:
        """The same, with a merged source's slug replaced by that of the one it was merged into. One query."""
        merged = {one.slug: one.living().slug for one in _MERGED.models(slugs)}
        return list(dict.fromkeys(merged.get(slug, slug) for slug in slugs))

    def called(self, name: str) -> Self:
        """Those with this slug, name or alias, whatever its case."""
        return self.filter(Q(slug=name) | Q(name__iexact=name) | Q(aliases__name__iexact=name)).distinct()

    def by_name(self) -> Self:
        """As people look names up: “coalition” before “SANA”."""
        return self.order_by(Lower("name"), "name")

    def worded(self, words: str) -> Self:
        """Those whose name holds these words."""
        return self.filter(name__icontains=words)

    def completing(self, words: str) -> Self:
        """Those of which a name holds these words, or whose code begins with them; what is called so first."""
        aliases = Alias.objects.filter(name__icontains=words).values("source")
        found = self.filter(Q(name__icontains=words) | Q(code__istartswith=words) | Q(pk__in=aliases))
        called = Q(name__istartswith=words) | Q(code__iexact=words)
        return found.order_by(Case(When(called, then=0), default=1), Lower("name"), "name")


class Source(models.Model):
    class Kind(models.TextChoices):
        MILITARY = "military", "military"
        GOVERNMENT = "government", "government"
        OFFICIALS = "officials", "officials, unnamed"
        AGENCY = "agency", "news agency"
        OUTLET = "outlet", "news outlet"
        ORGANISATION = "organisation", "organisation"
        PERSON = "person", "person"
        OTHER = "other", "other"

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    code = models.CharField(
        max_length=5,
        unique=True,
        validators=[RegexValidator(r"^[^\W\d_]{2,5}$", "A code has two to five letters.")],
        help_text="Two to five letters, shown at the end of each mark.",
    )
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.OTHER)
    tone = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(TONES)],
        help_text=f"Colour and line style, 1 to {TONES}.",
    )
    description = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_sources",
        help_text="The source that took this one over; its address leads there.",
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tone__gte=1, tone__lte=TONES),
                name="source_tone_in_range",
                violation_error_message=f"A tone is a number from 1 to {TONES}.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                name="source_not_merged_into_itself",
                violation_error_message="A source cannot be merged into itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("source_detail", self.slug)

    @property
    def name_key(self) -> tuple[str, str]:
        """Sorts names that are read already, whatever their case."""
        return self.name.casefold(), self.name

    def own_name(self, name: str, *, may_be_of_merged: bool = False) -> str:
        """The name as it is given. Raises ValidationError where another source is called so: who types the name would
        get that one. One that was merged into this one may be called so where it gives the name up."""
        for owner in Source.objects.called(name).exclude(pk=self.pk):
            if not may_be_of_merged or owner.living().pk != self.pk:
                raise ValidationError(f"“{name}” is a name of {owner}. An administrator can merge two that are one.")
        return name

    def own_code(self, code: str) -> str:
        """The code in capitals. Raises ValidationError for that of another source, whatever its case."""
        if owner := Source.objects.with_code(code).exclude(pk=self.pk).first():
            raise ValidationError(f"{code.upper()} is the code of {owner}.")
        return code.upper()

    def living(self) -> "Source":
        """This source, or the one that a merged one now stands for. One query for each merge on the way."""
        source, seen = self, {self.pk}
        while source.merged_into and source.merged_into_id not in seen:
            source = source.merged_into
            seen.add(source.pk)
        return source


class Alias(models.Model):
    """Another name under which a source is met in texts and files. Compared without regard to case."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="alias_unique",
                violation_error_message="Another source has this alias.",
            )
        ]

    def __str__(self) -> str:
        return self.name


_MERGED = Compiled(lambda slugs: Source.objects.filter(slug__in=slugs).exclude(merged_into=None))
