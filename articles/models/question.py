"""Questions: what is in dispute in a story, with the choices and places that answers may name."""

from collections.abc import Iterable
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from articles.models.refusals import refuse_invisible_in
from articles.models.story import Story


class QuestionQuerySet(models.QuerySet["Question"]):
    def of_story(self, story: Story) -> Self:
        return self.filter(story=story).order_by("position", "id")

    def in_stories(self, slugs: list[str]) -> Self:
        return self.filter(story__slug__in=slugs)

    def in_any_of(self, stories: Iterable[int | None]) -> Self:
        return self.filter(story__in=[key for key in stories if key])

    def answered_in_words(self) -> Self:
        return self.filter(kind=Question.Kind.WORDS).order_by("story__title", "position", "id")

    def with_slug(self, slug: str) -> Self:
        """With its story. One query."""
        return self.filter(slug=slug).select_related("story")

    def named(self, slugs: list[str]) -> Self:
        return self.filter(slug__in=slugs)

    def disputed(self) -> Self:
        """On which the accounts that readers find conflict."""
        return self.filter(is_disputed=True)

    def worded(self, words: str) -> Self:
        return self.filter(text__icontains=words)


class Question(models.Model):
    class Kind(models.TextChoices):
        NUMBER = "number", "number"
        CHOICE = "choice", "choice"
        PLACE = "place", "place"
        WORDS = "words", "words"

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="questions")
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind)
    counted = models.CharField(
        max_length=120,
        blank=True,
        help_text="What is counted, and of whom: “pro-regime fighters killed”. For number questions.",
    )
    position = models.PositiveIntegerField(default=0)
    has_rulings = models.BooleanField(default=False, editable=False, help_text="Kept by rulings.py.")
    is_disputed = models.BooleanField(
        default=False, editable=False, help_text="Accounts that readers find conflict; kept by disputes.py."
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["story_id", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="number") ^ Q(counted=""),
                name="question_counted_for_numbers",
                violation_error_message="A number question says what is counted, and of whom; others do not.",
            )
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        refuse_invisible_in(self, "text")
        refuse_invisible_in(self, "counted")


class Choice(models.Model):
    """One possible answer to a choice question."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices", db_index=False)
    slug = models.SlugField(max_length=80, allow_unicode=True)
    label = models.CharField(max_length=160)
    leaves_open = models.BooleanField(
        default=False, help_text="Says that it is not known: never in conflict with another choice."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["question_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["question", "slug"], name="choice_unique_in_question")]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        refuse_invisible_in(self, "label")


class PlaceQuerySet(models.QuerySet["Place"]):
    def in_stories(self, slugs: list[str]) -> Self:
        return self.filter(story__slug__in=slugs)


class Place(models.Model):
    """A place that answers may name; it may lie within another."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="places")
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    name = models.CharField(max_length=160)
    within = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    latitude = models.FloatField(null=True, blank=True, help_text="Degrees, WGS 84, north positive.")
    longitude = models.FloatField(null=True, blank=True, help_text="Degrees, WGS 84, east positive.")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, latitude__gte=-90, latitude__lte=90)
                & Q(longitude__isnull=False, longitude__gte=-180, longitude__lte=180),
                name="place_coordinates_in_range",
                violation_error_message="Latitude is −90 to 90 and longitude −180 to 180; give both or neither.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        refuse_invisible_in(self, "name")
        if self.within and self.within.story_id != self.story_id:
            raise ValidationError({"within": "A place lies within one of its own story."})
        seen, place = {self.pk}, self.within
        while place is not None:
            if place.pk in seen:
                raise ValidationError({"within": "A place cannot lie within itself."})
            seen.add(place.pk)
            place = place.within
