"""Claims: statements that an article attributes to a source."""

from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Q

from articles.models.address import address_of
from articles.models.article import Article, ArticleQuerySet
from articles.models.carried import CarriedQuerySet
from articles.models.loaded import loaded
from articles.models.revision import Changeset, Revision
from articles.models.roles import Visitor, is_editor
from articles.models.source import Source
from articles.models.story import Story
from articles.models.uid import uid_field
from articles.text.attribution_changes import Passage, wording
from articles.text.denials import turns
from articles.text.seeking import Sought


def is_on_the_page(claim: str = "") -> models.Q:
    """`claim` leads to it from rows of another model, as `claim__`."""
    is_rejected = models.Q(**{f"{claim}status": Claim.Status.REJECTED})
    return models.Q(**{f"{claim}reading_order__isnull": False}) & ~is_rejected


class ClaimQuerySet(CarriedQuerySet["Claim"]):
    def visible_to(self, visitor: Visitor) -> Self:
        """What decides what is public: accepted claims, placed somewhere, of published articles."""
        if is_editor(visitor):
            return self.all()
        return self.accepted_and_placed().filter(article__status=Article.Status.PUBLISHED)

    def accepted(self) -> Self:
        """What may be an account: no suggestion is, for nobody."""
        return self.filter(status=Claim.Status.ACCEPTED)

    def accepted_and_placed(self) -> Self:
        """What readers see of an article that is published."""
        return self.filter(status=Claim.Status.ACCEPTED, reading_order__isnull=False)

    def with_uid(self, uid: str) -> Self:
        return self.filter(uid=uid)

    def with_uids(self, uids: Iterable[Any]) -> Self:
        return self.filter(uid__in=uids)

    def changed_in(self, changeset: Changeset) -> Self:
        return self.filter(uid__in=changeset.revisions.values("claim_uid"))

    def for_page(self) -> Self:
        """With what a claim's own page shows around it. One query."""
        return self.select_related("source", "article__story", "article__outlet", "continues__article")

    def marked_in(self, paragraphs: Iterable[int]) -> Self:
        """Those with a highlight in one of these paragraphs."""
        return self.filter(pk__in=self.filter(highlights__paragraph__in=paragraphs).order_by().values("pk"))

    def answering_any(self, questions: Iterable[int]) -> Self:
        return self.filter(answers__question__in=questions)

    def last_before(self, claim: "Claim") -> str | None:
        """The id of the one that is read right before. One query."""
        at = (claim.reading_order, claim.pk)
        before = self.filter(Q(reading_order__lt=at[0]) | Q(reading_order=at[0], id__lt=at[1]))
        return before.order_by("-reading_order", "-id").values_list("uid", flat=True).first()

    def around(self, claim: "Claim", each_way: int) -> list["Claim"]:
        """The ones that are read before and after it, in reading order, with sources and highlights."""
        parts = self.select_related("source").prefetch_related("highlights").exclude(pk=claim.pk)
        before = parts.filter(reading_order__lte=claim.reading_order).order_by("-reading_order", "-id")[:each_way]
        after = parts.filter(reading_order__gt=claim.reading_order).order_by("reading_order", "id")[:each_way]
        return [*reversed(before), *after]

    def speakers_by_source(self) -> models.QuerySet[Any, Any]:
        """Each speaker, as worded, once for each source, by its slug."""
        named = self.exclude(speaker="").exclude(source=None).order_by("speaker", "source__slug")
        return named.values_list("speaker", "source__slug").distinct()

    def chosen_speakers(self) -> list[tuple[str, str, int | None]]:
        """Who speaks for which source in accepted claims: as worded, by the name that the desk's rules took these words
        for, if they did, and the key of the source. One query."""
        accepted = self.filter(status=Claim.Status.ACCEPTED).exclude(speaker="").order_by()
        named = accepted.annotate(taken_for=Revision.objects.names_taken_for(OuterRef("uid"), OuterRef("speaker")))
        rows = named.values_list("speaker", "taken_for", "source_id").distinct()
        return [(speaker, name or "", source) for speaker, name, source in rows]

    def waiting(self) -> Self:
        """Suggestions to review that stand in the text, in its order."""
        placed = self.filter(status=Claim.Status.SUGGESTED, reading_order__isnull=False)
        return placed.order_by("reading_order", "id")

    def waiting_unplaced(self) -> Self:
        """Suggestions none of whose words are found in the text."""
        return self.filter(status=Claim.Status.SUGGESTED, reading_order=None)

    def their_articles(self) -> ArticleQuerySet:
        """But for those that were withdrawn."""
        articles = Article.objects.exclude(status=Article.Status.WITHDRAWN)
        return articles.filter(pk__in=self.order_by().values("article"))

    def for_review(self) -> Self:
        """With what the bar of the review shows. Three queries."""
        return self.select_related("source").prefetch_related("highlights", "answers__question")

    def with_a_source(self) -> Self:
        return self.filter(source__isnull=False)

    def with_answers(self) -> Self:
        """Accepted ones that answer something, with their words and answers. Three queries."""
        accepted = self.filter(status=Claim.Status.ACCEPTED, answers__isnull=False).distinct().order_by("pk")
        return accepted.prefetch_related("highlights", "answers__question", "answers__choice", "answers__place")

    def continuing(self, claim: "Claim") -> Self:
        return self.filter(continues=claim)

    def on_the_page(self) -> Self:
        """Not rejected, and placed somewhere."""
        return self.filter(is_on_the_page())

    def listed_for(self, visitor: Visitor) -> Self:
        """What pages and lists hold, one rule for all of them."""
        return self.visible_to(visitor).on_the_page()

    def counted_for(self, visitor: Visitor) -> Self:
        """What “claims” counts, for editors too: nothing that is only suggested."""
        return self.listed_for(visitor).accepted()

    def among(self, listed: models.QuerySet[Any]) -> Self:
        """Those of these rows of `Listed`."""
        return self.filter(pk__in=listed.order_by().values("claim"))

    def in_article(self, article: Article) -> Self:
        return self.filter(article=article)

    def in_articles(self, slugs: Iterable[str]) -> Self:
        return self.filter(article__slug__in=slugs)

    def in_latest_versions(self) -> Self:
        return self.filter(article__is_latest=True)

    def of_story(self, story: Story) -> Self:
        return self.filter(article__story=story)

    def in_stories(self, slugs: Iterable[str]) -> Self:
        return self.filter(article__story__slug__in=slugs)

    def beside(self, article: Article) -> Self:
        """Those of the latest versions of the other articles of its story."""
        others = self.filter(article__story=article.story_id).in_latest_versions()
        return others.exclude(article__lineage=article.lineage)

    def by_source(self, source: Source) -> Self:
        return self.filter(source=source)

    def by_sources(self, slugs: Iterable[str]) -> Self:
        return self.filter(source__slug__in=slugs)

    def found_by(self, sought: Sought) -> Self:
        """Those whose words hold all that is sought. None if that is nothing."""
        return self.filter(words__index__matches=sought) if sought else self.none()

    def last_indexed_first(self) -> Self:
        """Of those found: in the index's own order, so that the first of a million are there at once."""
        return self.order_by("-words__claim_id")

    def in_reading_order(self) -> Self:
        return self.order_by("reading_order", "id")

    def newest_article_first(self) -> Self:
        return self.order_by(F("article__published_at").desc(nulls_last=True), "article_id", "reading_order", "id")

    def newest_first(self) -> Self:
        """Those that were marked last come first."""
        return self.order_by("-pk")

    def by_story(self) -> Self:
        return self.order_by("article__story__title", "article_id", "reading_order", "id")

    def to_review(self) -> Self:
        """Suggestions that nobody has accepted or rejected yet, in latest versions of articles not withdrawn."""
        left = self.filter(status=Claim.Status.SUGGESTED).in_latest_versions()
        return left._not_withdrawn()

    def rejected(self) -> Self:
        return self.filter(status=Claim.Status.REJECTED)

    def for_work(self) -> Self:
        """By article, in reading order, with what a row of the work list shows. Two queries."""
        return self.newest_article_first().select_related("article", "source").prefetch_related("highlights")

    def as_listed(self) -> Self:
        """By article, in the order of lists: the newest by its outlet's clock."""
        return self.order_by("listed__age", "article_id", "reading_order", "id")

    def with_versions(self) -> Self:
        """With their words and those of the version before, each with its paragraph. Four queries more."""
        rows = self.select_related("article", "source", "made_in", "continues__source")
        return rows.prefetch_related("highlights__paragraph", "continues__highlights__paragraph")

    def speakers(self) -> list[str]:
        """The speaker of each claim that names one, as worded. One query."""
        return list(self.exclude(speaker="").values_list("speaker", flat=True))

    def counts_by(self, field: str) -> dict[Any, int]:
        """How many of these claims there are for each value of the field. One query."""
        return dict(self.order_by().values_list(field).annotate(Count("id", distinct=True)))


class Claim(models.Model):
    class Status(models.TextChoices):
        SUGGESTED = "suggested", "suggested"
        ACCEPTED = "accepted", "accepted"
        REJECTED = "rejected", "rejected"

    uid = uid_field()
    # Where an index of these is missing, another one begins with them.
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="claims", db_index=False)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="claims", db_index=False
    )
    proposed_source = models.CharField(
        max_length=200, blank=True, help_text="The name as found, while no source has been chosen."
    )
    speaker = models.CharField(max_length=200, blank=True, help_text="As worded: “Col. Thomas Veale”.")
    cue = models.CharField(max_length=120, blank=True, help_text="As worded: “said”, “according to”.")
    note = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACCEPTED)
    continues = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="continued_by",
        db_index=False,
        help_text="The same claim in the version before.",
    )
    version = models.PositiveIntegerField(default=1, editable=False, help_text="Moved by every change.")
    reading_order = models.BigIntegerField(
        null=True, editable=False, help_text="Of the first placed highlight; empty when all are orphaned."
    )
    is_doubtful = models.BooleanField(
        default=False,
        editable=False,
        help_text="Carried over, and another speaker or cue stands beside it now; until an editor looks at it.",
    )
    made_in = models.ForeignKey(Changeset, on_delete=models.PROTECT, editable=False, related_name="claims_made")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["article_id", "reading_order", "id"]
        indexes = [
            models.Index(fields=["article", "reading_order"], name="claim_in_reading_order"),
            models.Index(fields=["source", "status"], name="claim_by_source_and_status"),
            # Of few among many, which an index of all does not show: SQLite then reads all of them.
            models.Index(fields=["status", "article"], condition=Q(status="suggested"), name="claim_suggested"),
            models.Index(fields=["status", "article"], condition=Q(status="rejected"), name="claim_rejected"),
            models.Index(fields=["made_in"], condition=Q(is_doubtful=True), name="claim_doubtful"),
            models.Index(fields=["continues"], condition=Q(continues__isnull=False), name="claim_continuing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False) | Q(status="suggested"),
                name="claim_source_unless_suggested",
                violation_error_message="Only a suggested claim may have no source.",
            ),
            models.CheckConstraint(
                condition=Q(continues=None) | ~Q(continues=models.F("id")),
                name="claim_not_continuing_itself",
                violation_error_message="A claim cannot continue itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source or self.proposed_source or 'no source'}: {self.uid}"

    def get_absolute_url(self) -> str:
        return address_of("claim_detail", self.uid)

    @property
    def is_suggested(self) -> bool:
        return self.status == Claim.Status.SUGGESTED

    @property
    def doubt(self) -> str:
        """What readers are told of it meanwhile."""
        return (
            "Carried over from the version before: who says this here is not yet checked." if self.is_doubtful else ""
        )

    @property
    def denial(self) -> str:
        """Its cue, where that turns its words and does not stand among them alone: “denied”, of “it had fired”."""
        if not self.cue or not turns(self.cue):
            return ""
        cue, highlights = self.cue.casefold(), loaded(self, "highlights")
        is_around = any(cue in f"{one.prefix} … {one.suffix}".casefold() for one in highlights)
        return self.cue if is_around or cue not in self.quote.casefold() else ""

    def led(self, words: str) -> str:
        """Its words, in whatever form, led by what turns them: “denied: it had fired”."""
        denial = self.denial
        return f"{denial}: {words}" if denial else words

    @property
    def stated(self) -> str:
        return self.led(self.quote)

    @property
    def attributed(self) -> str:
        """“SANA: the village was shelled”, “SANA denied: it had fired”."""
        who = str(self.source or "A source not yet chosen")
        return f"{who} {self.stated}" if self.denial else f"{who}: {self.quote}"

    def clean(self) -> None:
        if self.source and self.source.merged_into_id:
            raise ValidationError({"source": f"{self.source} has been merged into another source: choose that one."})
        if self.continues and self.continues.article_id != self.article.revises_id:
            raise ValidationError({"continues": "A claim continues one of the version before of its article."})

    @property
    def other_speaker(self) -> str:
        """The speaker as worded; empty where that says no more than the source's name does."""
        name, speaker = (words.lower().removeprefix("the ") for words in (str(self.source or ""), self.speaker))
        return "" if speaker == name else self.speaker

    @property
    def wording(self) -> str:
        """The sentences around its first passage that is found. Its highlights and their paragraphs must be loaded."""
        for highlight in loaded(self, "highlights"):
            if highlight.paragraph and highlight.start is not None and highlight.end is not None:
                return wording(Passage(highlight.paragraph.text, highlight.start, highlight.end))
        return ""

    @property
    def likeness(self) -> int | None:
        """In hundredths, to the words that it was carried over from, if these were found by likeness."""
        found: int | None = self.made_in.details.get("likeness", {}).get(self.uid)
        return found

    @property
    def quote(self) -> str:
        """The words of all its highlights, in reading order."""
        return " … ".join(highlight.quote for highlight in loaded(self, "highlights"))
