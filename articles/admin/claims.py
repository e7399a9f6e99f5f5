from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.forms.models import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from articles import bulk
from articles.admin.readonly import PagedInline, ReadOnlyAdmin
from articles.cards import Card, with_parts
from articles.editing import EditError, changing, delete_claims, open_changeset
from articles.marking import mark
from articles.models import Answer, Changeset, Claim, Highlight, Question, Revision, Source


class ClaimForm(ModelForm):
    """Carries the version that it was filled in from, so that two editors do not overwrite each other."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Claim
        fields = ["source", "proposed_source", "speaker", "cue", "note", "status", "continues"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["based_on"].initial = self.instance.version

    def clean_based_on(self) -> int:
        version: int = self.cleaned_data["based_on"]
        if version != self.instance.version:
            raise forms.ValidationError(
                "Somebody else changed this claim in the meantime, and nothing was saved. Copy what you entered, "
                "open the claim again and enter it there."
            )
        return version


class ClaimActionForm(ActionForm):
    source = forms.ModelChoiceField(Source.objects.in_use(), required=False, empty_label="Source …")
    question = forms.ModelChoiceField(
        Question.objects.filter(kind=Question.Kind.WORDS), required=False, empty_label="Question of words …"
    )


class AnswerInline(admin.StackedInline):
    model = Answer
    extra = 0
    autocomplete_fields = ["question", "choice", "place"]
    fields = [("question", "as_worded"), ("low", "high", "about"), ("choice", "place"), "words"]


class HighlightInline(PagedInline):
    model = Highlight
    fields = ["quote", "state", "paragraph", "start", "end"]
    readonly_fields = ["quote", "state", "paragraph", "start", "end"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Highlight]:
        return Highlight.objects.select_related("paragraph").order_by("position")


@admin.register(Claim)
class ClaimAdmin(admin.ModelAdmin):
    form = ClaimForm
    action_form = ClaimActionForm
    list_display = ["words", "source", "speaker", "status", "article"]
    list_display_links = ["words"]
    list_filter = ["status", "source", "article__story", "article"]
    list_select_related = ["source", "article"]
    list_per_page = 50
    search_fields = ["uid", "speaker", "note", "highlights__quote"]
    autocomplete_fields = ["source", "continues"]
    actions = ["set_source", "set_question", "accept", "reject"]
    inlines = [AnswerInline, HighlightInline]
    readonly_fields = ["in_context", "page", "article", "uid", "version", "history"]
    fieldsets = [
        (None, {"fields": ["in_context", "article", "page"]}),
        ("Attribution", {"fields": ["source", "proposed_source", "speaker", "cue", "status", "note", "continues"]}),
        ("Record", {"fields": ["uid", "version", "history", "based_on"]}),
    ]

    class Media:
        css = {"all": ["css/tokens.css", "css/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return super().get_queryset(request).prefetch_related("highlights")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A claim marks words: it is made where the words are, on the reading page."""
        return False

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except EditError as error:
            self.message_user(request, f"Nothing was saved. {error}", messages.ERROR)
            return HttpResponseRedirect(request.path)

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        """Left to `save_related`: a claim is written with its answers, or not at all."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        claim: Claim = form.instance
        changeset = open_changeset(Changeset.Kind.EDIT, request.user, claim.article, summary="in the admin")
        with changing([claim], changeset):
            super().save_model(request, claim, form, change)
            super().save_related(request, form, formsets, change)

    def delete_model(self, request: HttpRequest, obj: Claim) -> None:
        delete_claims([obj], open_changeset(Changeset.Kind.DELETE, request.user, obj.article))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> None:
        claims = list(queryset)
        delete_claims(claims, open_changeset(Changeset.Kind.DELETE, request.user, summary=f"{len(claims)} claims"))

    @admin.display(description="claim")
    def words(self, claim: Claim) -> str:
        return claim.quote[:160] or claim.uid

    @admin.display(description="page")
    def page(self, claim: Claim) -> str:
        return format_html('<a href="{0}">{0}</a>', claim.get_absolute_url())

    @admin.display(description="revisions")
    def history(self, claim: Claim) -> str:
        address = reverse("admin:articles_revision_changelist")
        count = Revision.objects.of_claims([claim.uid]).count()
        return format_html('<a href="{}?claim_uid={}">{}</a>', address, claim.uid, count)

    @admin.display(description="in context")
    def in_context(self, claim: Claim) -> str:
        """The paragraphs in which the claim is marked."""
        claim = with_parts(Claim.objects.with_uid(claim.uid)).get()
        tone = claim.source.tone if claim.source else 0
        marked = mark(claim.article.paragraphs.order_by("position"), [Card(claim, 1, tone, None, ())])
        passages = [one for one in marked if any(segment.marks for segment in one.segments)]
        return render_to_string("admin/articles/context.html", {"passages": passages, "claim": claim})

    @admin.action(description="Set the source (choose it beside)", permissions=["change"])
    def set_source(self, request: HttpRequest, claims: QuerySet[Claim]) -> None:
        source = Source.objects.in_use().filter(pk=request.POST.get("source") or 0).first()
        if source is None:
            return self.message_user(request, "Choose a source beside the action first.", messages.ERROR)
        self._in_bulk(request, claims, lambda rows: bulk.set_source(rows, source, request.user))

    @admin.action(description="Set the question (choose it beside)", permissions=["change"])
    def set_question(self, request: HttpRequest, claims: QuerySet[Claim]) -> None:
        question = Question.objects.filter(pk=request.POST.get("question") or 0).first()
        if question is None:
            return self.message_user(request, "Choose a question beside the action first.", messages.ERROR)
        self._in_bulk(request, claims, lambda rows: bulk.set_question(rows, question, request.user))

    @admin.action(description="Accept", permissions=["change"])
    def accept(self, request: HttpRequest, claims: QuerySet[Claim]) -> None:
        self._in_bulk(request, claims, lambda rows: bulk.set_status(rows, Claim.Status.ACCEPTED, request.user))

    @admin.action(description="Reject", permissions=["change"])
    def reject(self, request: HttpRequest, claims: QuerySet[Claim]) -> None:
        self._in_bulk(request, claims, lambda rows: bulk.set_status(rows, Claim.Status.REJECTED, request.user))

    def _in_bulk(self, request: HttpRequest, claims: QuerySet[Claim], change: Any) -> None:
        try:
            changeset = change(list(claims))
        except EditError as error:
            self.message_user(request, f"Nothing was changed. {error}", messages.ERROR)
        else:
            self.message_user(request, f"{changeset.revisions.count()} claims changed: {changeset.summary}.")


@admin.register(Highlight)
class HighlightAdmin(ReadOnlyAdmin):
    list_display = ["quote", "state", "claim", "paragraph"]
    list_filter = ["state"]
    list_select_related = ["claim__source", "paragraph"]
    search_fields = ["quote", "uid"]
