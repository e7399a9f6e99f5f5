"""Articles: published texts, never changed after import."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Q, When

from articles.models.address import address_of
from articles.models.refusals import refuse_invisible_in
from articles.models.roles import Visitor, is_editor
from articles.models.source import Source
from articles.models.story import Story
from articles.text.seeking import Sought

_NEWEST_FIRST = (models.F("published_at").desc(nulls_last=True), "-version_number", "slug")


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, visitor: Visitor) -> Self:
        """What the visitor may read: everything for editors, published articles for all others."""
        return self.all() if is_editor(visitor) else self.filter(status=Article.Status.PUBLISHED)

    def with_key(self, key: str) -> Self:
        """Every text that was imported under this key, the first one first."""
        return self.filter(import_key=key).order_by("version_number")

    def named(self, slug: str) -> Self:
        return self.filter(slug=slug)

    def of_changeset(self, changeset: models.Model) -> Self:
        return self.filter(changesets=changeset)

    def of_claim(self, uid: str) -> Self:
        return self.filter(claims__uid=uid)

    def withdrawn(self) -> Self:
        return self.filter(status=Article.Status.WITHDRAWN)

    def latest_versions(self) -> Self:
        """The latest published version of each article, and drafts that have no published version."""
        return self.filter(is_latest=True)

    def by_outlet(self, outlet: Source) -> Self:
        return self.filter(outlet=outlet)

    def in_stories(self, slugs: list[str]) -> Self:
        return self.filter(story__slug__in=slugs)

    def asked(self, question: str) -> Self:
        """In whose story it is asked."""
        return self.filter(story__questions__slug=question)

    def counts_by(self, field: str) -> dict[Any, int]:
        """How many of these articles there are for each value of the field. One query."""
        return dict(self.order_by().values_list(field).annotate(Count("id")))

    def of_story(self, story: Story) -> Self:
        return self.filter(story=story)

    def versions_of(self, article: "Article") -> Self:
        return self.filter(lineage=article.lineage).order_by("version_number")

    def drafts(self) -> Self:
        return self.filter(status=Article.Status.DRAFT)

    def not_read_through(self) -> Self:
        """Of which nobody has said that all claims are marked: drafts, and the versions that lists show."""
        unread = self.filter(read_through_at=None).exclude(status=Article.Status.WITHDRAWN)
        return unread.filter(Q(is_latest=True) | Q(status=Article.Status.DRAFT))

    def to_suggest_for(self, slugs: Sequence[str]) -> Self:
        """These; of none named all that lists show, and drafts of later versions."""
        rows = self.for_suggesting().order_by("pk")
        if slugs:
            return rows.filter(slug__in=slugs)
        drafts = Q(status=Article.Status.DRAFT, revised_by=None)
        return rows.filter(Q(is_latest=True) | drafts).exclude(status=Article.Status.WITHDRAWN)

    def locked(self, article: "Article") -> None:
        """Until the transaction ends nobody else locks it. One query."""
        self.select_for_update().values_list("pk").get(pk=article.pk)

    def for_suggesting(self) -> Self:
        """With what suggesting asks of the article itself. One query."""
        return self.select_related("story", "revises")

    def imported_since(self, changeset: int) -> Self:
        """Those that an import has made or changed since, by the key of the last changeset before. One query."""
        return self.filter(changesets__kind="import", changesets__pk__gt=changeset).distinct()

    def last_versions(self) -> Self:
        """Those that nothing revises yet, so that a new version may."""
        return self.filter(revised_by=None)

    def for_editing(self) -> Self:
        """With all that the page of its data shows of the article itself. One query."""
        return self.select_related("outlet", "story", "read_through_by")

    def for_work(self) -> Self:
        """With what a row of the work list shows. One query."""
        return self.unfinished_first().select_related("outlet", "story")

    def of_text(self, sha256: str) -> Self:
        """Those that hold just these bytes, whoever brought them in."""
        return self.filter(sha256=sha256).order_by("pk")

    def found_by(self, sought: Sought) -> Self:
        """Those whose title and text hold all that is sought. None if that is nothing."""
        return self.filter(words__index__matches=sought) if sought else self.none()

    def last_indexed_first(self) -> Self:
        """Of those found: in the index's own order."""
        return self.order_by("-words__article_id")

    def newest_first(self) -> Self:
        return self.order_by(*_NEWEST_FIRST)

    def unfinished_first(self) -> Self:
        """For editors: drafts that have no date yet, what came in last first; then as everybody finds them."""
        undated = Case(When(status=Article.Status.DRAFT, published_at=None, then="pk"), default=0)
        return self.order_by(undated.desc(), *_NEWEST_FIRST)

    def for_list(self, visitor: Visitor) -> Self:
        return self.visible_to(visitor).select_related("outlet", "story").newest_first()

    def for_reading(self) -> Self:
        """With all that the reading page shows of the article itself. One query."""
        return self.select_related("outlet", "story")

    def worded(self, words: str) -> Self:
        """Those whose title holds these words."""
        return self.filter(title__icontains=words)


class Article(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        PUBLISHED = "published", "published"
        WITHDRAWN = "withdrawn", "withdrawn"

    story = models.ForeignKey(Story, on_delete=models.PROTECT, null=True, blank=True, related_name="articles")
    outlet = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="published_articles",
        limit_choices_to={"kind": Source.Kind.OUTLET},
    )
    title = models.CharField(max_length=300)
    slug = models.SlugField(max_length=140, unique=True, allow_unicode=True)
    url = models.URLField("address at the outlet", max_length=500, blank=True)
    archive_url = models.URLField("archived copy", max_length=500, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=35, default="en", help_text="A BCP 47 tag: en, ar, ru, pt-BR …")
    published_at = models.DateTimeField(
        null=True, blank=True, help_text="In UTC. Midnight in the outlet’s zone where only the day is known."
    )
    published_offset = models.SmallIntegerField(
        default=0, help_text="The outlet’s distance from UTC at that time, in minutes."
    )
    published_time_known = models.BooleanField(default=False)
    inferred = models.JSONField(
        default=list, blank=True, help_text="Names of the fields that were inferred rather than stated."
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    withdrawal_notice = models.TextField(blank=True, help_text="Shown in place of a withdrawn article.")
    revises = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="revised_by", editable=False
    )
    lineage = models.CharField(
        max_length=140, editable=False, help_text="Slug of the first version; the same for all versions."
    )
    version_number = models.PositiveSmallIntegerField(default=1, editable=False)
    is_latest = models.BooleanField(
        default=False, editable=False, help_text="The version that lists show; kept by publishing.py."
    )
    import_key = models.CharField(max_length=300, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, editable=False, help_text="Of the text, as given.")
    imported_at = models.DateTimeField(auto_now_add=True)
    public_since = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the desk first published it; kept when it is withdrawn."
    )
    read_through_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When an editor said that all its claims are marked."
    )
    read_through_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    stamp = models.PositiveBigIntegerField(default=0, editable=False, help_text="Moved by stamps.py.")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        indexes = [
            models.Index(fields=["status", "-published_at"], name="article_by_status_and_date"),
            models.Index(fields=["import_key"], name="article_by_import_key"),
            models.Index(fields=["sha256"], name="article_by_text"),
            models.Index(fields=["language"], name="article_by_language"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["lineage", "version_number"],
                name="article_version_unique",
                violation_error_message="There is such a version of this article already.",
            ),
            models.UniqueConstraint(
                fields=["lineage"],
                condition=Q(is_latest=True),
                name="article_one_latest_version",
                violation_error_message="Another version of this article is the latest.",
            ),
            models.UniqueConstraint(
                fields=["import_key", "sha256"],
                condition=~Q(import_key=""),
                name="article_text_unique_per_key",
                violation_error_message="This text has been imported before.",
            ),
            models.CheckConstraint(
                condition=Q(revises=None) | ~Q(revises=models.F("id")),
                name="article_not_revising_itself",
                violation_error_message="An article cannot revise itself.",
            ),
            models.CheckConstraint(
                condition=Q(revises=None, version_number=1) | Q(revises__isnull=False, version_number__gt=1),
                name="article_first_version_revises_none",
                violation_error_message="Version 1 revises nothing, and later versions revise one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.version_number})" if self.version_number > 1 else self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.lineage = self.lineage or self.slug
        super().save(*args, **kwargs)

    def clean(self) -> None:
        refuse_invisible_in(self, "title")

    def get_absolute_url(self) -> str:
        return address_of("article_detail", self.slug)

    def is_visible_to(self, visitor: Visitor) -> bool:
        """As `visible_to` has it."""
        return self.status == self.Status.PUBLISHED or is_editor(visitor)

    @property
    def published_local(self) -> datetime | None:
        """The time of publication on the outlet's clock."""
        zone = timezone(timedelta(minutes=self.published_offset)) if self.published_offset else UTC
        return self.published_at.astimezone(zone) if self.published_at else None

    @property
    def is_rtl(self) -> bool:
        return self.language.split("-")[0].lower() in {
            "ar",
            "arc",
            "ckb",
            "dv",
            "fa",
            "he",
            "ps",
            "sd",
            "ug",
            "ur",
            "yi",
        }


class ArticleText(models.Model):
    """The bytes as given, kept apart so that no page loads them."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="original")
    content = models.BinaryField(editable=False)

    def __str__(self) -> str:
        return f"text of {self.article_id}"
