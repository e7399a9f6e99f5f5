from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from articles.editing import EditError
from articles.merging import last_merge, merge, unmerge
from articles.models import Alias, Source


class AliasInline(admin.TabularInline):
    model = Alias
    extra = 0


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(Source.objects.none(), label="Merge into")

    def __init__(self, data: Any, source: Source) -> None:
        super().__init__(data)
        field: Any = self.fields["into"]
        field.queryset = Source.objects.in_use().exclude(pk=source.pk)


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "kind", "tone", "claim_count", "merging"]
    list_filter = ["kind", "tone", ("merged_into", admin.EmptyFieldListFilter)]
    list_select_related = ["merged_into"]
    search_fields = ["name", "slug", "code", "aliases__name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AliasInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).annotate(claim_count=Count("claims", distinct=True))

    @admin.display(description="claims", ordering="claim_count")
    def claim_count(self, source: Any) -> str:
        address = reverse("admin:articles_claim_changelist")
        return format_html('<a href="{}?source__id__exact={}">{}</a>', address, source.pk, source.claim_count)

    @admin.display(description="merging")
    def merging(self, source: Source) -> str:
        words = f"merged into {source.merged_into}" if source.merged_into else "merge"
        return format_html('<a href="{}">{}</a>', reverse("admin:articles_source_merge", args=[source.pk]), words)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<int:pk>/merge/", view, name="articles_source_merge"), *super().get_urls()]

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose the other source, see what would move, confirm; for a merged source, take it back."""
        source = get_object_or_404(Source.objects.select_related("merged_into"), pk=pk)
        if not self.has_change_permission(request, source):
            raise PermissionDenied
        form = MergeForm(request.POST or request.GET or None, source)
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
            "title": f"Merge {source}",
            "source": source,
            "form": form,
            "into": form.cleaned_data["into"] if form.is_bound and form.is_valid() else None,
            "claims": source.claims.count(),
            "aliases": source.aliases.count(),
            "articles": source.published_articles.count(),
        }
        return render(request, "admin/articles/source/merge.html", context)

    def _merge(self, request: HttpRequest, source: Source, into: Source) -> HttpResponse:
        changeset = merge(source, into, request.user)
        self.log_change(request, source, f"Merged into {into}.")
        self.message_user(
            request, f"{changeset.revisions.count()} claims moved to {into}. This can be taken back here."
        )
        return HttpResponseRedirect(reverse("admin:articles_source_merge", args=[source.pk]))

    def _undo(self, request: HttpRequest, source: Source) -> HttpResponse:
        undone = unmerge(last_merge(source), request.user)
        self.log_change(request, source, "Merge taken back.")
        kept = f"; {undone.kept} were changed since and stay where they are" if undone.kept else ""
        self.message_user(request, f"{undone.returned} claims given back{kept}.")
        return HttpResponseRedirect(reverse("admin:articles_source_merge", args=[source.pk]))
