"""Stories: events that one or more articles cover."""

from typing import Self

from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Lower

from articles.models.address import address_of
from articles.models.refusals import refuse_invisible_in


class StoryQuerySet(models.QuerySet["Story"]):
    def named(self, slug: str) -> Self:
        return self.filter(slug=slug)

    def newest_first(self) -> Self:
        return self.order_by(models.F("happened_on").desc(nulls_last=True), "title")

    def worded(self, words: str) -> Self:
        """Those whose title holds these words."""
        return self.filter(title__icontains=words)

    def called(self, name: str) -> Self:
        """Those with this title, whatever its case, or with this slug."""
        return self.filter(Q(title__iexact=name) | Q(slug=name))

    def completing(self, words: str) -> Self:
        """Those whose title holds these words; what begins with them first."""
        begins = Case(When(title__istartswith=words, then=0), default=1)
        return self.worded(words).order_by(begins, Lower("title"), "slug")


class Story(models.Model):
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    summary = models.TextField(blank=True)
    happened_on = models.DateField("date of the event", null=True, blank=True)
    stamp = models.PositiveBigIntegerField(default=0, editable=False, help_text="Moved by stamps.py.")

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        refuse_invisible_in(self, "title")

    def get_absolute_url(self) -> str:
        return address_of("story_detail", self.slug)
