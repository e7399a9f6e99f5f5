from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from articles.admin.readonly import PagedInline, ReadOnlyAdmin
from articles.models import Article, Claim, Paragraph
from articles.publishing import mark_latest, set_status


class ParagraphInline(PagedInline):
    model = Paragraph
    fields = ["number", "kind", "text"]
    readonly_fields = ["number", "kind", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Paragraph]:
        return Paragraph.objects.order_by("position")


class ClaimInline(PagedInline):
    model = Claim
    fields = ["words", "source", "speaker", "status"]
    readonly_fields = ["words", "source", "speaker", "status"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return Claim.objects.select_related("source").prefetch_related("highlights").in_reading_order()

    @admin.display(description="claim")
    def words(self, claim: Claim) -> str:
        return claim.quote


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = ["title", "outlet", "story", "status", "version_number", "published_at", "claim_count"]
    list_filter = ["status", "is_latest", "story", "outlet"]
    list_select_related = ["outlet", "story"]
    search_fields = ["title", "slug", "byline"]
    autocomplete_fields = ["outlet", "story"]
    date_hierarchy = "published_at"
    actions = ["publish", "withdraw"]
    inlines = [ClaimInline, ParagraphInline]
    readonly_fields = ["page", "slug", "revises", "version_number", "import_key", "sha256", "imported_at"]
    fieldsets = [
        (None, {"fields": ["page", "title", "status", "withdrawal_notice", "story", "outlet", "byline"]}),
        ("Publication", {"fields": ["published_at", "published_offset", "published_time_known", "url", "archive_url"]}),
        ("Text", {"fields": ["language", "inferred", "slug", "revises", "version_number"]}),
        ("Import", {"fields": ["import_key", "sha256", "imported_at"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).annotate(claim_count=Count("claims"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles come from files: `import_articles`."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Articles are withdrawn, not deleted."""
        return False

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        mark_latest(obj.lineage)

    @admin.display(description="claims", ordering="claim_count")
    def claim_count(self, article: Any) -> str:
        address = reverse("admin:articles_claim_changelist")
        return format_html('<a href="{}?article__id__exact={}">{}</a>', address, article.pk, article.claim_count)

    @admin.display(description="page")
    def page(self, article: Article) -> str:
        return format_html('<a href="{0}">{0}</a>', article.get_absolute_url())

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        self._set_status(request, articles, Article.Status.PUBLISHED)

    @admin.action(description="Withdraw", permissions=["change"])
    def withdraw(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        self._set_status(request, articles, Article.Status.WITHDRAWN)

    def _set_status(self, request: HttpRequest, articles: QuerySet[Article], status: Article.Status) -> None:
        for article in articles:
            set_status(article, status, article.withdrawal_notice)
            self.log_change(request, article, f"Status: {status.label}.")
        self.message_user(request, f"{len(articles)} set to {status.label}.")


@admin.register(Paragraph)
class ParagraphAdmin(ReadOnlyAdmin):
    """The text of an article never changes."""

    list_display = ["__str__", "article", "kind", "text"]
    list_filter = ["kind"]
    list_select_related = ["article"]
    search_fields = ["text", "article__title", "article__slug"]
