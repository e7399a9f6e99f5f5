from contextlib import nullcontext
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.desk import DeskAdmin, DeskOptions, LastingForm, count_of, link_to_list
from articles.admin.named_fields import NamedRows
from articles.admin.near_names import ask_whether_other
from articles.editors.near_sources import source_nearly_called, there_is
from articles.editors.source_form import SourceNameForm
from articles.models import Alias, Article, Claim, Source
from articles.writing.editing import EditError
from articles.writing.merging import last_merge, merge, unmerge
from articles.writing.source_edits import changing_source

PREVIEWED = 10


class MergedFilter(admin.SimpleListFilter):
    title = "merging"
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", "in use"), ("yes", "merged into another")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Source]) -> QuerySet[Source]:
        value = self.value()
        return queryset.filter(merged_into__isnull=value == "no") if value else queryset


class AliasForm(forms.ModelForm):
    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if "name" in self.changed_data:
            if Alias.objects.filter(source=self.instance.source_id, name__iexact=name).exclude(pk=self.instance.pk):
                raise forms.ValidationError(f"“{name}” is a name of this source already.")
            Source(pk=self.instance.source_id).own_name(name)
        return name


class AliasFormSet(NamedRows):
    def clean(self) -> None:
        super().clean()
        known, into = {self.instance.name.casefold()}, self.instance.merged_into
        for form in self.forms:
            name = form.cleaned_data.get("name", "")
            if name and into:
                form.add_error("name", f"This source was merged into {into}. Give the name to that one.")
            elif name.casefold() in known and "name" in form.changed_data:
                form.add_error("name", f"“{name}” is a name of this source already.")
            known.add(name.casefold())


class AliasInline(DeskOptions, admin.TabularInline):
    model = Alias
    form = AliasForm
    formset = AliasFormSet
    extra = 0


class SourceForm(SourceNameForm, LastingForm):
    """`other_source` is the name again where somebody says that it is another source than one that is nearly called
    so."""

    other_source = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        name = data.get("name", "")
        if not self.instance.pk and name and (near := source_nearly_called(name)):
            told = f"{there_is(near, name)} Open that one, or say that yours is another one."
            ask_whether_other(self, "name", near, told)
        return data

    def hold_what_is_used(self) -> None:
        if self.instance.article_count:
            self.hold("kind", why="It is the outlet of articles, so it stays an outlet.")


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(Source.objects.none(), label="Merge into")

    def __init__(self, data: Any, source: Source, site: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["into"]
        field.widget = AutocompleteSelect(Source._meta.get_field("merged_into"), site)
        field.queryset = Source.objects.in_use().exclude(pk=source.pk)


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    form = SourceForm
    ordering = [Lower("name"), "name"]
    list_display = ["name", "code", "kind", "toned", "claim_count", "article_count", "merging"]
    list_filter = ["kind", "tone", MergedFilter]
    list_select_related = ["merged_into"]
    search_fields = ["name", "slug", "code", "aliases__name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AliasInline]

    def get_fields(self, request: HttpRequest, obj: Source | None = None) -> Any:
        named = ["name"] if obj else ["name", "other_source"]
        return [*named, "slug", "code", "kind", "tone", "description"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        rows = super().get_queryset(request)
        return rows.annotate(claim_count=count_of(Source.claims), article_count=count_of(Source.published_articles))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """A merged source is found in the list, and not offered to be chosen."""
        rows, doubled = super().get_search_results(request, queryset, search_term)
        return (rows.filter(merged_into=None) if "field_name" in request.GET else rows), doubled

    @admin.display(description="tone", ordering="tone")
    def toned(self, source: Source) -> SafeString:
        return format_html('<span class="tone" data-tone="{0}">{0}</span>', source.tone)

    @admin.display(description="claims", ordering="claim_count")
    def claim_count(self, source: Any) -> SafeString:
        return link_to_list(Claim, "source", source, source.claim_count)

    @admin.display(description="articles", ordering="article_count")
    def article_count(self, source: Any) -> SafeString:
        return link_to_list(Article, "outlet", source, source.article_count)

    @admin.display(description="merging")
    def merging(self, source: Source) -> SafeString:
        words = f"merged into {source.merged_into}" if source.merged_into else "merge …"
        return format_html('<a href="{}">{}</a>', _merge_page(source), words)

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        """On the same record as what editors change."""
        with changing_source(obj, obj.name, request.user) if change else nullcontext():
            super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<int:pk>/merge/", view, name="articles_source_merge"), *super().get_urls()]

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose the other source, see what would move, confirm; for a merged source, take it back."""
        source = get_object_or_404(Source.objects.select_related("merged_into"), pk=pk)
        if not self.has_change_permission(request, source):
            raise PermissionDenied
        form = MergeForm(request.POST or request.GET or None, source, self.admin_site)
        try:
            if request.method == "POST" and "undo" in request.POST:
                return self._undo(request, source)
            if request.method == "POST" and form.is_valid():
                return self._merge(request, source, form.cleaned_data["into"])
        except EditError as error:
            self.message_user(request, str(error), messages.ERROR)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": f"Merge {source}",
            "source": source,
            "form": form,
            **_preview(source, form.cleaned_data["into"] if form.is_bound and form.is_valid() else None),
        }
        return render(request, "admin/articles/source/merge.html", context)

    def _merge(self, request: HttpRequest, source: Source, into: Source) -> HttpResponse:
        count = source.claims.count()
        merge(source, into, request.user)
        self.log_change(request, source, f"Merged into {into}.")
        words = f"{count} claim{pluralize(count)} moved to {into}. This can be taken back here."
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(_merge_page(source))

    def _undo(self, request: HttpRequest, source: Source) -> HttpResponse:
        undone = unmerge(last_merge(source), request.user)
        self.log_change(request, source, "Merge taken back.")
        kept = f" {undone.kept} stayed, because an editor has chosen another source since." if undone.kept else ""
        words = f"{undone.returned} claim{pluralize(undone.returned)} given back.{kept}"
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(_merge_page(source))


def _preview(source: Source, into: Source | None) -> dict[str, Any]:
    """What would move, and what the other source has already."""
    claims = source.claims.prefetch_related("highlights").select_related("article").in_reading_order()
    return {
        "into": into,
        "aliases": list(source.aliases.all()),
        "articles": list(source.published_articles.all()[:PREVIEWED]),
        "claims": list(claims[:PREVIEWED]),
        "claim_count": claims.count(),
        "article_count": source.published_articles.count(),
        "has_already": into.claims.count() if into else 0,
    }


def _merge_page(source: Source) -> str:
    return reverse("admin:articles_source_merge", args=[source.pk])
