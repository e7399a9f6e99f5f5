import json

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from articles.admin.readonly import PagedInline, ReadOnlyAdmin
from articles.editing import EditError
from articles.models import Changeset, Revision
from articles.restoring import restore


class RevisionInline(PagedInline):
    model = Revision
    fields = ["claim_uid", "version"]
    readonly_fields = ["claim_uid", "version"]


@admin.register(Changeset)
class ChangesetAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "kind", "editor", "article", "summary", "revision_count"]
    list_filter = ["kind", "editor"]
    list_select_related = ["editor", "article"]
    search_fields = ["summary", "uid", "revisions__claim_uid"]
    date_hierarchy = "made_at"
    inlines = [RevisionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Changeset]:
        return super().get_queryset(request).annotate(revision_count=Count("revisions", distinct=True))

    @admin.display(description="claims", ordering="revision_count")
    def revision_count(self, changeset: Changeset) -> int:
        count: int = changeset.revision_count  # type: ignore[attr-defined]
        return count


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    """What each claim was. Restoring one makes a new revision; nothing is ever overwritten."""

    list_display = ["claim_uid", "version", "changeset", "editor"]
    list_filter = ["changeset__kind"]
    list_select_related = ["changeset__editor"]
    search_fields = ["claim_uid"]
    fields = ["claim_uid", "version", "changeset", "content"]
    readonly_fields = ["content"]
    actions = ["restore"]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "claim_uid" or super().lookup_allowed(lookup, value, request)

    def has_restore_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_claim")

    @admin.display(description="editor")
    def editor(self, revision: Revision) -> str:
        return str(revision.changeset.editor or "import")

    @admin.display(description="snapshot")
    def content(self, revision: Revision) -> str:
        return format_html("<pre>{}</pre>", json.dumps(revision.snapshot, ensure_ascii=False, indent=2))

    @admin.action(description="Restore the claim as of this revision", permissions=["restore"])
    def restore(self, request: HttpRequest, revisions: QuerySet[Revision]) -> None:
        for revision in revisions:
            try:
                claim = restore(revision, request.user)
            except EditError as error:
                self.message_user(request, f"{revision}: {error}", messages.ERROR)
            else:
                self.message_user(request, f"Restored as of version {revision.version}: {claim}.")
