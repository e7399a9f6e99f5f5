"""Revisions: what was done to claims, by whom and when. Rows are added, never changed."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.fields.json import KT

from articles.models.article import Article
from articles.models.readable_json import ReadableJSON
from articles.models.source import Source
from articles.models.story import Story
from articles.models.uid import uid_field

# Who makes suggestions, in the history of claims.
SUGGESTING_HAND = "the desk’s rules"
# How the token of what takes another change back begins.
UNDOING = "undo-"


class ChangesetQuerySet(models.QuerySet["Changeset"]):
    def imports(self) -> Self:
        return self.filter(kind=Changeset.Kind.IMPORT)

    def last_key(self) -> int:
        """Of the last one, 0 if there is none. One query."""
        return self.order_by("-pk").values_list("pk", flat=True).first() or 0

    def carrying(self, article: Article) -> Self:
        """What carried claims of the version before over into this one; the last one first."""
        return self.filter(article=article, kind=Changeset.Kind.CARRY)

    def of_source(self, source: Source) -> Self:
        """What changed its data; the last one first. Of what belongs to no article there is little."""
        return self.filter(article=None, kind=Changeset.Kind.EDIT, details__source=source.slug)

    def of_story_data(self, story: Story) -> Self:
        """What changed the title of a story and what it asks; the last one first."""
        return self.filter(article=None, kind=Changeset.Kind.EDIT, story=story, details__changes__isnull=False)

    def of_same_import(self, changeset: "Changeset") -> Self:
        """What an import of annotations did to claims of the same article; the last one first. Files of many are taken
        a part at a time."""
        if not (run := changeset.details.get("import")):
            return self.filter(pk=changeset.pk)
        return self.imports().filter(article=changeset.article_id, details__import=run).order_by("-pk")

    def of_an_article(self) -> Self:
        return self.filter(article__isnull=False)

    def with_uid(self, uid: str) -> Self:
        return self.filter(uid=uid)

    def with_uids(self, uids: Iterable[str]) -> Self:
        return self.filter(uid__in=list(uids))

    def with_token(self, token: str) -> Self:
        return self.filter(token=token)

    def last_table(self, imported: Article | Story) -> dict[str, Any]:
        """What the file said at the last import of this article or story; empty if there was none. One query,
        which walks back through the row's own changesets."""
        found = self.imports().filter(**{"story" if isinstance(imported, Story) else "article": imported})
        details = found.filter(details__has_key="table").order_by("-id").values_list("details", flat=True).first()
        table: dict[str, Any] = (details or {}).get("table", {})
        return table

    def last_tables(self, articles: Iterable[int]) -> dict[int, dict[str, Any]]:
        """The same of many articles, by their keys: of those that have one. One query."""
        found = self.imports().filter(article__in=list(articles), details__has_key="table").order_by("id")
        return dict(found.values_list("article_id", "details__table"))


class Changeset(models.Model):
    """One act of one editor, or one import: whatever was changed together."""

    class Kind(models.TextChoices):
        IMPORT = "import", "imported"
        CREATE = "create", "made"
        EDIT = "edit", "edited"
        BULK = "bulk", "edited together"
        MERGE = "merge", "sources merged"
        DELETE = "delete", "deleted"
        RESTORE = "restore", "restored"
        SPLIT = "split", "split"
        JOIN = "join", "joined"
        CARRY = "carry", "carried over"
        DROP = "drop", "dropped by the outlet"
        SUGGEST = "suggest", "suggested"
        REJECT = "reject", "rejected"

    uid = uid_field()
    token = models.CharField(
        max_length=36,
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text="Made by the form that asked for it, so that a form sent twice is carried out once.",
    )
    kind = models.CharField(max_length=8, choices=Kind)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="changesets"
    )
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="changesets")
    story = models.ForeignKey(Story, on_delete=models.SET_NULL, null=True, blank=True, related_name="changesets")
    summary = models.CharField(max_length=300, blank=True)
    details = models.JSONField(
        default=dict, blank=True, encoder=ReadableJSON, help_text="Counts, and what taking it back needs."
    )

    # Of one that was found by its token, rather than made now.
    is_repeated = False
    # Of the one claim that it changed, the first: for what says on a page that it was done.
    words = ""

    objects = ChangesetQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.made_at.day} {self.made_at:%B %Y, %H:%M} UTC"

    @cached_property
    def steps(self) -> dict[str, Any]:
        """What `editing.py` did to each claim in this act, by its id, as a `snapshots.Step`; kept by no database."""
        return {}

    @cached_property
    def moved(self) -> list[set[int]]:
        """For each time that this act has moved stamps, the articles whose it were; kept by no database either."""
        return []

    def looks_at(self, article: int) -> bool:
        """Whether it is something that an editor did to claims of the article with this key. What became of a claim of
        another one is not, and changes what continues it as well; a change of several articles' claims is of no
        article, and those that were deleted so, or came back, are not among those that are left."""
        of_others = self.kind == Changeset.Kind.DELETE
        of_others |= self.kind == Changeset.Kind.RESTORE and (self.token or "").startswith(UNDOING)
        is_own = self.article_id == article or (self.article_id is None and not of_others)
        return is_own and self.kind not in _OF_THE_DESK

    @property
    def by_whom(self) -> str:
        """Who did it; empty for a file. Suggestions are the work of rules, whoever asked for them."""
        name = self.editor.get_username() if self.editor else ""
        if self.kind != Changeset.Kind.SUGGEST:
            return name
        return f"{SUGGESTING_HAND}, asked by {name}" if name else SUGGESTING_HAND

    @property
    def is_deleting(self) -> bool:
        """Whether an editor took a claim away by it, and not what was undone."""
        return self.kind in {Changeset.Kind.DELETE, Changeset.Kind.REJECT, Changeset.Kind.DROP}

    @property
    def is_ending(self) -> bool:
        """Whether a claim of which it changed no part went by it."""
        return self.is_deleting or self.kind == Changeset.Kind.JOIN

    @property
    def is_of_annotations(self) -> bool:
        """Whether it brought claims to an article that was here; else an import's claims go by its file."""
        return self.kind == Changeset.Kind.IMPORT and "annotations" in self.details and self.article_id is not None

    @property
    def is_restoring(self) -> bool:
        return self.kind == Changeset.Kind.RESTORE

    def claim_uids(self) -> list[str]:
        """Of the claims that it changed. One query, none right after the act."""
        return sorted(self.steps) or list(
            self.revisions.order_by("claim_uid").values_list("claim_uid", flat=True).distinct()
        )


# What chooses no words of its own, and looks at none.
_OF_THE_DESK = {Changeset.Kind.IMPORT, Changeset.Kind.MERGE, Changeset.Kind.CARRY, Changeset.Kind.SUGGEST}


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of_claims(self, uids: Iterable[Any]) -> Self:
        return self.filter(claim_uid__in=uids)

    def of_version(self, version: int) -> Self:
        return self.filter(version=version)

    def after_version(self, version: int) -> Self:
        return self.filter(version__gt=version)

    def by_editors(self) -> Self:
        """Without what imports did, and merges: these choose no words, and a file's names lead where they led. Nor
        does carrying over, nor what the desk's rules suggest."""
        return self.exclude(changeset__kind__in=_OF_THE_DESK)

    def looks_at(self, uid: OuterRef, article: OuterRef) -> Self:
        """What editors did to this claim of this article itself (`Changeset.looks_at`)."""
        of_others = Q(changeset__kind=Changeset.Kind.DELETE)
        of_others |= Q(changeset__kind=Changeset.Kind.RESTORE, changeset__token__startswith=UNDOING)
        own = Q(changeset__article=article) | Q(changeset__article=None) & ~of_others
        return self.filter(own, claim_uid=uid).by_editors()

    def by_editors_for_files(self) -> Self:
        """The same, but for imports that were taken back as a whole: what they brought may come again."""
        return self.by_editors().exclude(changeset__kind=Changeset.Kind.RESTORE, changeset__details__has_key="import")

    def continuing(self, uids: list[str], article: Article) -> Self:
        """Of claims in this article, also deleted ones, that continue or continued one of these."""
        return self.filter(snapshot__continues__in=uids, snapshot__article=article.slug)

    def since(self, changeset: Changeset) -> Self:
        """Of the claims that the changeset changed: what it did, and what was done after it, in order."""
        changed = Revision.objects.filter(changeset=changeset)
        later = self.filter(claim_uid__in=changed.values("claim_uid"), id__gte=changed.order_by("id").values("id")[:1])
        return later.order_by("claim_uid", "version")

    def accepted(self) -> Self:
        """Those that left their claim accepted."""
        return self.filter(snapshot__status="accepted")

    def by_version(self) -> Self:
        """Each claim's last one comes last, with what made it."""
        return self.select_related("changeset").order_by("claim_uid", "version")

    def of_suggestions(self) -> Self:
        """All revisions of claims that the desk's rules made, claim by claim, with what made each."""
        made = Revision.objects.filter(changeset__kind=Changeset.Kind.SUGGEST).values("claim_uid")
        return self.filter(claim_uid__in=made).by_version()

    def names_taken_for(self, uid: OuterRef, speaker: OuterRef) -> Subquery:
        """Whom the desk's rules took this speaker for, when they made the claim and found no source: “its spokesman”
        for “Ann Moor”. To annotate claims with."""
        made = self.filter(claim_uid=uid, changeset__kind=Changeset.Kind.SUGGEST)
        as_made = made.annotate(speaker=KT("snapshot__speaker"), name=KT("snapshot__proposed_source"))
        return Subquery(as_made.filter(speaker=speaker).order_by("-pk").values("name")[:1])

    def joined_into(self, uid: str, changesets: list[int]) -> dict[int, str]:
        """By the key of each of these changesets, which joined this claim with another of its article: the other's id.
        One query."""
        found = self.filter(changeset__in=changesets).values_list("changeset", "claim_uid", "snapshot__article")
        rows = list(found.order_by("id"))
        own = {changeset: article for changeset, one, article in rows if one == uid}
        return {key: one for key, one, article in rows if one != uid and article == own.get(key)}

    def last_quotes(self, uids: Iterable[str]) -> dict[str, str]:
        """What claims said last, by their ids, deleted ones too. One query, none for none."""
        if not (uids := list(uids)):
            return {}
        return {row.claim_uid: row.quote for row in self.of_claims(uids).order_by("version")}

    def taken_away(self) -> Self:
        """The last revision of each suggestion that was rejected or deleted and is no more; the newest first."""
        later = Revision.objects.filter(claim_uid=OuterRef("claim_uid"), version__gt=OuterRef("version"))
        kinds = (Changeset.Kind.REJECT, Changeset.Kind.DELETE)
        # What came back has a revision that says so.
        gone = self.filter(changeset__kind__in=kinds, snapshot__status="suggested").exclude(Exists(later))
        return gone.select_related("changeset__article__outlet").order_by("-pk")

    def newest_first(self) -> Self:
        return self.select_related("changeset__editor").order_by("-version")


class Revision(models.Model):
    """A claim as a whole (with its highlights and answers) as one change left it.

    The snapshot's form is that of `snapshots.py`. A claim that only an import has
    written has none: its first revision is taken when it is changed for the first time.
    """

    changeset = models.ForeignKey(Changeset, on_delete=models.PROTECT, related_name="revisions")
    claim_uid = models.CharField("claim", max_length=26)
    version = models.PositiveIntegerField(help_text="The claim’s version after the change.")
    snapshot = models.JSONField(encoder=ReadableJSON)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["claim_uid", "version"], name="revision_version_unique")]

    def __str__(self) -> str:
        return f"{self.claim_uid}, version {self.version}"

    @property
    def quote(self) -> str:
        """The words of all the claim's highlights then, in reading order."""
        return " … ".join(row["quote"] for row in self.snapshot["highlights"])
