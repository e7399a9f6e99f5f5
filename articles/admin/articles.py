from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import pluralize
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.desk import DeskAdmin, count_of, link_to_list
from articles.admin.filters import RelatedFilter
from articles.admin.readonly import PagedInline, ReadOnlyAdmin
from articles.editors.article_fields import LanguageField, refuse_to_come
from articles.editors.leaving_story import leaving_of
from articles.models import Article, ArticleRevision, Changeset, Claim, Paragraph
from articles.pages.article_history import metadata_history
from articles.pages.formats import clock
from articles.writing.editing import open_changeset
from articles.writing.metadata import MetadataConflict
from articles.writing.publishing import save_metadata, set_status_of

_INFERRED = ["title", "published", "outlet", "byline", "language", "url"]


class ParagraphInline(PagedInline):
    model = Paragraph
    fields = ["number", "kind", "text"]
    readonly_fields = ["number", "kind", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Paragraph]:
        return Paragraph.objects.order_by("position")


class ClaimInline(PagedInline):
    model = Claim
    fields = ["quoted", "source", "speaker", "status"]
    readonly_fields = ["quoted", "source", "speaker", "status"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return Claim.objects.select_related("source").prefetch_related("highlights").in_reading_order()

    @admin.display(description="claim")
    def quoted(self, claim: Claim) -> str:
        return claim.stated


class ArticleForm(forms.ModelForm):
    """Carries the revision that it was filled in from, so that two editors do not overwrite each other."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    inferred = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What the report itself does not state. The reading page says so of the title and the date.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "inferred" in self.fields:
            names = dict.fromkeys([*_INFERRED, *self.instance.inferred])
            inferred: Any = self.fields["inferred"]
            inferred.choices = [(name, name) for name in names]
        if not self.is_bound:
            self.fields["based_on"].initial = ArticleRevision.objects.last_number(self.instance)

    def clean_language(self) -> str:
        return LanguageField().clean(self.cleaned_data["language"])

    def clean_published_at(self) -> datetime | None:
        refuse_to_come(self.cleaned_data["published_at"])
        return self.cleaned_data["published_at"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.changed = [name for name in self.changed_data if name != "based_on"]
        if data.get("based_on") != ArticleRevision.objects.last_number(self.instance):
            self.add_error(None, self._conflict())
        if data.get("status") == Article.Status.WITHDRAWN and not data.get("withdrawal_notice"):
            self.add_error("withdrawal_notice", "Say why it is withdrawn: readers see this in place of the article.")
        if "story" in self.changed_data and leaving_of(self.instance, data["story"].slug if data.get("story") else ""):
            self.add_error("story", self._leaving())
        return data

    def _leaving(self) -> SafeString:
        return format_html(
            "Its claims answer questions of the story it has. To take these answers away and move it, use "
            '<a href="{}">The article’s data</a> on the desk.',
            reverse("article_edit", args=[self.instance.slug]),
        )

    def _conflict(self) -> str:
        """A hidden field's error is not shown, so this one stands at the top, and says what is saved now."""
        saved = Article.objects.select_related("story", "outlet").get(pk=self.instance.pk)
        now = "; ".join(f"{self.fields[name].label}: {getattr(saved, name) or 'empty'}" for name in self.changed)
        return (
            "Somebody else changed this article in the meantime. Nothing was saved, and what you entered is still "
            f"below. {f'Saved now are: {now}. ' if now else ''}"
            "Open the article in a new tab to see what it is now, and enter there what should change."
        )


class WithdrawalForm(forms.Form):
    """`required` when one of the articles has no notice yet."""

    notice = forms.CharField(label="Notice", widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}))

    def __init__(self, data: Any, *, required: bool) -> None:
        super().__init__(data)
        self.fields["notice"].required = required


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    origin = (
        "Editors add articles on the desk (Articles, “Add an article”), or they come from files (python manage.py "
        "import_articles PATH). Their text never changes; a corrected report is a new version. They are withdrawn, "
        "not deleted."
    )
    form = ArticleForm
    list_display = ["title", "outlet", "story", "status", "version_number", "published", "claim_count"]
    list_filter = ["status", "is_latest", ("story", RelatedFilter), ("outlet", RelatedFilter)]
    list_select_related = ["outlet", "story"]
    search_fields = ["title", "slug", "byline"]
    autocomplete_fields = ["outlet", "story"]
    date_hierarchy = "published_at"
    save_on_top = True
    actions = ["publish", "withdraw"]
    inlines = [ClaimInline, ParagraphInline]
    readonly_fields = [
        *("slug", "revises", "version_number", "import_key", "sha256", "imported_at"),
        *("text", "all_claims", "history"),
    ]
    fieldsets = [
        (None, {"fields": ["title", "status", "withdrawal_notice", "story", "outlet", "byline", "all_claims"]}),
        (
            "Publication",
            {"fields": [("published_at", "published_time_known"), "published_offset", "url", "archive_url"]},
        ),
        ("Text", {"fields": ["language", "inferred", "slug", "revises", "version_number"]}),
        ("Import", {"fields": ["import_key", "text", "sha256", "imported_at"]}),
        ("Changes of the metadata", {"fields": ["history", "based_on"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).annotate(claim_count=count_of(Article.claims))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles come from files."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Articles are withdrawn, not deleted."""
        return False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except MetadataConflict:
            # Changed between reading and writing. The form sees that now, and shows what was entered.
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """A form sent as it was opened makes no revision."""
        if form.changed:
            changeset = open_changeset(Changeset.Kind.EDIT, request.user, obj, summary="metadata, in the admin")
            save_metadata(obj, form.changed, changeset, form.cleaned_data["based_on"])

    @admin.display(description="published", ordering="published_at")
    def published(self, article: Article) -> str:
        """On the outlet's clock, as on the desk; midnight only where it was midnight."""
        return clock(article.published_local, article.published_time_known)

    @admin.display(description="history")
    def history(self, article: Article) -> str:
        return render_to_string("admin/articles/article/history.html", {"changes": metadata_history(article)})

    @admin.display(description="claims", ordering="claim_count")
    def claim_count(self, article: Any) -> SafeString:
        return link_to_list(Claim, "article", article, article.claim_count)

    @admin.display(description="claims")
    def all_claims(self, article: Any) -> SafeString:
        return link_to_list(Claim, "article", article, f"{article.claim_count}, in a list to search and change")

    @admin.display(description="text as given")
    def text(self, article: Article) -> SafeString:
        return format_html('<a href="{}">Download</a>', reverse("admin:articles_article_text", args=[article.pk]))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.text_view)
        return [path("<int:pk>/text/", view, name="articles_article_text"), *super().get_urls()]

    def text_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bytes as they were imported."""
        article = get_object_or_404(Article.objects.select_related("original"), pk=pk, original__isnull=False)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        response = HttpResponse(bytes(article.original.content), content_type="application/octet-stream")
        response["Content-Disposition"] = f'attachment; filename="{article.sha256[:12]}.txt"'
        return response

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        self._set_status(request, articles, Article.Status.PUBLISHED)

    @admin.action(description="Withdraw …", permissions=["change"])
    def withdraw(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
        """Asks for the notice first. Left empty, each article keeps the notice that it has."""
        chosen, already = _parted(articles, Article.Status.WITHDRAWN)
        sent = request.POST if "notice" in request.POST else None
        form = WithdrawalForm(sent, required=not all(article.withdrawal_notice for article in chosen))
        if not chosen or form.is_valid():
            self._set_status(request, articles, Article.Status.WITHDRAWN, form.cleaned_data["notice"] if chosen else "")
            return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Withdraw articles",
            "articles": chosen,
            "already": already,
            "form": form,
        }
        return render(request, "admin/articles/article/withdraw.html", context)

    def _set_status(
        self, request: HttpRequest, articles: QuerySet[Article], status: Article.Status, notice: str = ""
    ) -> None:
        """Of those that have another. A notice is not put in place of that of an article withdrawn before."""
        chosen, already = _parted(articles, status)
        with transaction.atomic():
            set_status_of(chosen, status, notice, request.user)
            for article in chosen:
                self.log_change(request, article, f"Status: {status.label}.")
        words = [f"{len(chosen)} article{pluralize(len(chosen))} {status.label}."] if chosen else []
        if already:
            words.append(f"{len(already)} {pluralize(len(already), 'was,were')} {status.label} already.")
        self.message_user(request, " ".join(words), messages.SUCCESS if chosen else messages.WARNING)


def _parted(articles: QuerySet[Article], status: Article.Status) -> tuple[list[Article], list[Article]]:
    """Those that have another status, and those that have this one."""
    rows = list(articles)
    return [one for one in rows if one.status != status], [one for one in rows if one.status == status]


@admin.register(Paragraph)
class ParagraphAdmin(ReadOnlyAdmin):
    origin = "The text of an article never changes: paragraphs are looked at here, not edited."
    list_display = ["__str__", "article", "kind", "text"]
    list_filter = ["kind", ("article__story", RelatedFilter), ("article", RelatedFilter)]
    list_select_related = ["article"]
    search_fields = ["text", "article__title", "article__slug"]
