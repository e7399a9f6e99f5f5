from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import StackedInline
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import pluralize
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from articles.admin.choosing import Choosing, ChoosingView
from articles.admin.claim_forms import AnswerForm, ClaimActionForm, ClaimForm
from articles.admin.filters import RelatedFilter
from articles.admin.readonly import PagedInline, ReadOnlyAdmin
from articles.admin.refusing import RefusingActions
from articles.loading import with_parts
from articles.models import Answer, Changeset, Claim, Highlight, Paragraph, Question, Revision, Source
from articles.pages.cards import Card
from articles.pages.marking import mark
from articles.search import languages
from articles.text.seeking import read_query
from articles.tones import tones_in_article
from articles.writing import bulk
from articles.writing.editing import EditConflict, EditError, changing, delete_claims, open_changeset


class AnswerInline(Choosing, StackedInline):
    model = Answer
    form = AnswerForm
    extra = 0
    autocomplete_fields = ["question", "choice", "place"]
    fields = [("question", "as_worded"), ("low", "high", "about"), ("choice", "place"), "words"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Answer]:
        return super().get_queryset(request).select_related("question", "choice__question", "place")


class FoundFilter(admin.SimpleListFilter):
    title = "passage"
    parameter_name = "found"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", "found in the text"), ("no", "not found in the text")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        value = self.value()
        return queryset.filter(reading_order__isnull=value == "no") if value else queryset


class HighlightInline(PagedInline):
    model = Highlight
    fields = ["quote", "state", "paragraph", "start", "end"]
    readonly_fields = ["quote", "state", "paragraph", "start", "end"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Highlight]:
        return Highlight.objects.select_related("paragraph").order_by("position")


@admin.register(Claim)
class ClaimAdmin(Choosing, RefusingActions):
    origin = (
        "A claim marks words of an article, so it is made where the words are: by an editor on the article’s page, or "
        "with an import. Set a source, a question or a status for several at once below."
    )
    form = ClaimForm
    action_form = ClaimActionForm
    list_display = ["quoted", "source", "speaker", "status", "article", "article_version"]
    list_display_links = ["quoted"]
    list_filter = [
        "status",
        ("source", RelatedFilter),
        ("article__story", RelatedFilter),
        ("article", RelatedFilter),
        FoundFilter,
    ]
    list_select_related = ["source", "article"]
    search_fields = ["uid", "speaker", "note", "proposed_source", "highlights__quote"]
    autocomplete_fields = ["source", "continues"]
    save_on_top = True
    actions = ["set_source", "set_question", "accept", "reject"]
    inlines = [AnswerInline, HighlightInline]
    readonly_fields = ["in_context", "article", "uid", "version", "history"]
    fieldsets = [
        (None, {"fields": ["in_context", "article"]}),
        (
            "Attribution",
            {"fields": ["source", "proposed_source", ("speaker", "cue"), "status", "note", "continues"]},
        ),
        ("Record", {"fields": [("uid", "version"), "based_on"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return super().get_queryset(request).prefetch_related("highlights")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Claim], search_term: str
    ) -> tuple[QuerySet[Claim], bool]:
        """As the site finds words while somebody types, by its index: Django would look through all claims for each.
        The index has no ids, and no names of sources that claims wait for."""
        if not (asked := search_term.strip()):
            return queryset, False
        sought = read_query(asked, languages(), in_notes=True, is_typing=True)
        named = Claim.objects.filter(source=None, proposed_source__icontains=asked)
        others = named | Claim.objects.filter(uid=asked.lower())
        found = Claim.objects.found_by(sought).order_by().values("pk")
        return queryset.filter(pk__in=found.union(others.order_by().values("pk"), all=True)), False

    def get_fieldsets(self, request: HttpRequest, obj: Claim | None = None) -> Any:
        """With a link to the revisions for those who may see them."""
        history = [(None, {"fields": ["history"]})] if request.user.has_perm("articles.view_revision") else []
        return [*super().get_fieldsets(request, obj), *history]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Questions, choices and places lead to the claims that answer with them."""
        return lookup.startswith("answers__") or super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A claim marks words: it is made where the words are."""
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(ChoosingView.as_view(admin_site=self.admin_site))
        return [path("choosing/", view, name="articles_claim_choosing"), *super().get_urls()]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except EditConflict:
            # Changed between reading and writing. The form sees that now, and shows what was entered.
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        """Left to `save_related`: a claim is written with its answers, or not at all."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A form sent as it was opened makes no revision."""
        if not form.has_changed() and not any(formset.has_changed() for formset in formsets):
            return super().save_related(request, form, formsets, change)
        claim: Claim = form.instance
        changeset = open_changeset(Changeset.Kind.EDIT, request.user, claim.article, summary="in the admin")
        with changing([claim], changeset):
            super().save_model(request, claim, form, change)
            super().save_related(request, form, formsets, change)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except EditConflict as error:
            return self._nothing_deleted(request, error, reverse("admin:articles_claim_change", args=[object_id]))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """An action is carried out and logged as a whole, or not at all."""
        try:
            with transaction.atomic() if request.method == "POST" else nullcontext():
                return super().changelist_view(request, extra_context)
        except EditConflict as error:
            return self._nothing_deleted(request, error, request.get_full_path())

    def _nothing_deleted(self, request: HttpRequest, error: EditConflict, address: str) -> HttpResponse:
        words = f"Nothing was deleted. {error}. Look at what is there now, and delete it then."
        self.message_user(request, words, messages.ERROR)
        return HttpResponseRedirect(address)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Who may delete a claim deletes its highlights with it, which nobody may delete alone."""
        rows, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return rows, counts, set(lacking) - {Highlight._meta.verbose_name}, protected

    def delete_model(self, request: HttpRequest, obj: Claim) -> None:
        delete_claims([obj], open_changeset(Changeset.Kind.DELETE, request.user, obj.article))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> None:
        claims = list(queryset)
        words = f"{len(claims)} claim{pluralize(len(claims))}"
        with transaction.atomic():
            delete_claims(claims, open_changeset(Changeset.Kind.DELETE, request.user, summary=words))

    @admin.display(description="claim")
    def quoted(self, claim: Claim) -> str:
        return Truncator(claim.stated).chars(160) or claim.uid

    @admin.display(description="article’s version", ordering="article__version_number")
    def article_version(self, claim: Claim) -> int:
        return claim.article.version_number

    @admin.display(description="revisions")
    def history(self, claim: Claim) -> str:
        count = Revision.objects.of_claims([claim.uid]).count()
        address = reverse("admin:articles_revision_changelist")
        return format_html('<a href="{}?claim_uid={}">{}</a>', address, claim.uid, count)

    @admin.display(description="in context")
    def in_context(self, claim: Claim) -> str:
        """The paragraphs in which the claim is marked, as on the reading page."""
        [claim] = with_parts(Claim.objects.with_uid(claim.uid).select_related("article"))
        paragraphs = Paragraph.objects.filter(highlights__claim=claim).order_by("position").distinct()
        passages = mark(paragraphs, [Card(claim, "1", _tone(claim), None, (), tuple(claim.highlights.all()))])
        orphans = [one for one in claim.highlights.all() if not one.is_placed]
        context = {"passages": passages, "claim": claim, "orphans": orphans}
        return render_to_string("admin/articles/context.html", context)

    @admin.action(description="Set the source (chosen beside)", permissions=["change"])
    def set_source(self, request: HttpRequest, claims: QuerySet[Claim]) -> HttpResponse | None:
        source = _chosen(Source.objects.in_use(), request.POST.get("source"))
        if source is None:
            return self.refuse(request, "Choose a source beside the action first.")
        return self._in_bulk(request, claims, lambda rows: bulk.set_source(rows, source, request.user))

    @admin.action(description="Set the question (chosen beside)", permissions=["change"])
    def set_question(self, request: HttpRequest, claims: QuerySet[Claim]) -> HttpResponse | None:
        question = _chosen(Question.objects.all(), request.POST.get("question"))
        if question is None:
            return self.refuse(request, "Choose a question beside the action first.")
        return self._in_bulk(request, claims, lambda rows: bulk.set_question(rows, question, request.user))

    @admin.action(description="Accept", permissions=["change"])
    def accept(self, request: HttpRequest, claims: QuerySet[Claim]) -> HttpResponse | None:
        return self._in_bulk(request, claims, lambda rows: bulk.set_status(rows, Claim.Status.ACCEPTED, request.user))

    @admin.action(description="Reject", permissions=["change"])
    def reject(self, request: HttpRequest, claims: QuerySet[Claim]) -> HttpResponse | None:
        return self._in_bulk(request, claims, lambda rows: bulk.set_status(rows, Claim.Status.REJECTED, request.user))

    def _in_bulk(
        self, request: HttpRequest, claims: QuerySet[Claim], change: Callable[..., Changeset]
    ) -> HttpResponse | None:
        try:
            changeset = change(list(claims))
        except EditError as error:
            return self.refuse(request, f"Nothing was changed. {error}")
        count = Revision.objects.filter(changeset=changeset).values("claim_uid").distinct().count()
        words = f"{count} claim{pluralize(count)} changed: {changeset.summary}."
        self.message_user(request, words, messages.SUCCESS)
        return None


def _chosen(rows: QuerySet, key: str | None) -> Any:
    return rows.filter(pk=key).first() if key else None


def _tone(claim: Claim) -> int:
    """The tone that the reading page gives the claim's source beside the others of its article."""
    if claim.source is None:
        return 0
    read = Claim.objects.on_the_page().in_article(claim.article).exclude(source=None)
    own = dict(read.order_by().values_list("source", F("source__tone")).distinct())
    return tones_in_article({claim.source.pk: claim.source.tone, **own})[claim.source.pk]


@admin.register(Highlight)
class HighlightAdmin(ReadOnlyAdmin):
    origin = (
        "Highlights belong to claims and follow the text: they are looked at here, and moved by editing their claim on "
        "the article’s page."
    )
    list_display = ["quote", "state", "claim", "paragraph", "article"]
    list_filter = [
        "state",
        ("claim__source", RelatedFilter),
        ("claim__article__story", RelatedFilter),
        ("claim__article", RelatedFilter),
    ]
    list_select_related = ["claim__source", "claim__article", "paragraph"]
    search_fields = ["quote", "uid"]
    # By claim and article, as they are read, a million would be sorted for each page.
    ordering = ["-id"]

    @admin.display(description="article", ordering="claim__article")
    def article(self, highlight: Highlight) -> str:
        return str(highlight.claim.article)
