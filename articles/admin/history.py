import json
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from articles.admin.desk import count_of, link_to_list
from articles.admin.filters import RelatedFilter
from articles.admin.readonly import PagedInline, ReadOnlyAdmin
from articles.models import Changeset, Claim, Revision
from articles.snapshots import Snapshot
from articles.writing.editing import EditError
from articles.writing.restoring import restore


class RevisionInline(PagedInline):
    model = Revision
    fields = ["claim_uid", "version"]
    readonly_fields = ["claim_uid", "version"]


@admin.register(Changeset)
class ChangesetAdmin(ReadOnlyAdmin):
    origin = (
        "What was changed together: each import, each act on claims, each change of articles’ metadata, each change of "
        "the data of a source or of a story, each merge of sources and each merge taken back. Written by the desk, "
        "never edited."
    )
    list_display = ["made_at", "kind", "editor", "article", "summary", "revision_count"]
    list_filter = ["kind", ("editor", RelatedFilter), ("article", RelatedFilter)]
    list_select_related = ["editor", "article"]
    search_fields = ["summary", "uid", "revisions__claim_uid"]
    date_hierarchy = "made_at"
    readonly_fields = ["metadata"]
    inlines = [RevisionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Changeset]:
        return super().get_queryset(request).annotate(revision_count=count_of(Changeset.revisions))

    @admin.display(description="metadata changed of")
    def metadata(self, changeset: Changeset) -> SafeString | str:
        """The articles, whose pages say what was changed; the first hundred."""
        changed = changeset.article_revisions.filter(number__gt=1).select_related("article")[:100]
        links = [(reverse("admin:articles_article_change", args=[row.article_id]), row.article) for row in changed]
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "no article"

    @admin.display(description="revisions", ordering="revision_count")
    def revision_count(self, changeset: Any) -> SafeString:
        return link_to_list(Revision, "changeset", changeset, changeset.revision_count)


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    """What each claim was. Restoring one makes a new revision; nothing is ever overwritten."""

    origin = (
        "What each claim was after each change. To bring a claim back, deleted ones too: choose the revision, "
        "then the action “Restore”. That makes a new revision; nothing is overwritten."
    )
    list_display = ["claim_uid", "words", "version", "changed", "changeset", "editor"]
    list_filter = ["changeset__kind", ("changeset__editor", RelatedFilter)]
    list_select_related = ["changeset__editor"]
    search_fields = ["claim_uid", "snapshot"]
    fields = ["claim_uid", "version", "changeset", "changes", "content"]
    readonly_fields = ["changes", "content"]
    actions = ["restore"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        """With the snapshot before each."""
        earlier = Revision.objects.filter(claim_uid=OuterRef("claim_uid"), version__lt=OuterRef("version"))
        before = Subquery(earlier.order_by("-version").values("snapshot")[:1])
        return super().get_queryset(request).annotate(before=before)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.restore_view))
        return [path("<int:pk>/restore/", view, name="articles_revision_restore"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """With what restoring it would be based on: the claim's version now, 0 if it is deleted."""
        revision = self.get_object(request, object_id)
        claim = Claim.objects.with_uid(revision.claim_uid).first() if revision else None
        more = {"current": claim.version if claim else 0, "may_restore": self.has_restore_permission(request)}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **more})

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_restore_permission(request):
            raise PermissionDenied
        revision = get_object_or_404(Revision, pk=pk)
        based_on = request.POST.get("based_on", "")
        claim = self._restore(request, revision, int(based_on) if based_on.isdecimal() else None)
        return HttpResponseRedirect(
            reverse("admin:articles_claim_change", args=[claim.pk])
            if claim
            else reverse("admin:articles_revision_change", args=[pk])
        )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "claim_uid" or super().lookup_allowed(lookup, value, request)

    def has_restore_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.change_claim")

    @admin.display(description="words")
    def words(self, revision: Revision) -> str:
        quotes = (highlight["quote"] for highlight in revision.snapshot["highlights"])
        return Truncator(" … ".join(quotes)).chars(160)

    @admin.display(description="changed")
    def changed(self, revision: Any) -> str:
        """The parts that it changed, by name; where there are none, what became of the claim as a whole."""
        if revision.before is None:
            return "first on record"
        parts = ", ".join(name for name, _, _ in _changed(revision.before, revision.snapshot))
        return parts or (revision.changeset.get_kind_display() if revision.changeset.is_ending else "nothing")

    @admin.display(description="editor")
    def editor(self, revision: Revision) -> str:
        return revision.changeset.by_whom or revision.changeset.get_kind_display()

    @admin.display(description="changes")
    def changes(self, revision: Revision) -> str:
        """What it changed, beside the revision before it; the first one changed nothing."""
        earlier = Revision.objects.of_claims([revision.claim_uid]).filter(version__lt=revision.version)
        before = earlier.order_by("-version").first()
        changed = _changed(before.snapshot, revision.snapshot) if before else []
        return render_to_string("admin/articles/revision/changes.html", {"before": before, "changed": changed})

    @admin.display(description="the claim as a whole")
    def content(self, revision: Revision) -> str:
        return render_to_string("admin/articles/revision/snapshot.html", {"snapshot": _lines(revision.snapshot)})

    @admin.action(description="Restore the claim as of this revision", permissions=["restore"])
    def restore(self, request: HttpRequest, revisions: QuerySet[Revision]) -> None:
        for revision in revisions:
            self._restore(request, revision, None)

    def _restore(self, request: HttpRequest, revision: Revision, based_on: int | None) -> Claim | None:
        try:
            claim = restore(revision, request.user, based_on)
        except EditError as error:
            self.message_user(request, f"{revision}: {error}", messages.ERROR)
            return None
        self.message_user(request, f"Restored as of version {revision.version}: {claim}.", messages.SUCCESS)
        return claim


def _changed(before: Snapshot, after: Snapshot) -> list[tuple[str, str, str]]:
    """Name, value before, value after, of each part that differs."""
    names = dict.fromkeys([*after, *before])
    return [
        (name.replace("_", " "), _lines(before.get(name)), _lines(after.get(name)))
        for name in names
        if before.get(name) != after.get(name)
    ]


def _lines(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=2)
    return str(value or "—")
