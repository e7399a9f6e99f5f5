"""Undoing: takes back all that one changeset did to claims, as long as nobody has changed them since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from articles.loading import changeset_with_token, whole_claims
from articles.models import Changeset, Claim, Revision
from articles.models.revision import UNDOING
from articles.models.roles import Visitor
from articles.snapshots import Draft, content, content_of
from articles.writing.editing import EditConflict, EditError, delete_claims, open_changeset, rewrite_claim
from articles.writing.new_sources import take_new_source_away
from articles.writing.restoring import bring_back, draft_from
from newsdesk.compiled import Compiled

_OWN = Compiled(lambda changeset: Revision.objects.filter(changeset=changeset).order_by("claim_uid", "version"))
_MADE = Compiled(lambda changeset: Claim.objects.filter(made_in=changeset).order_by("uid").values_list("uid"))
_ALL = Compiled(lambda uids: Revision.objects.of_claims(uids).order_by("version"))
_KINDS = {
    Changeset.Kind.CREATE,
    Changeset.Kind.EDIT,
    Changeset.Kind.BULK,
    Changeset.Kind.DELETE,
    Changeset.Kind.SPLIT,
    Changeset.Kind.JOIN,
    Changeset.Kind.DROP,
    Changeset.Kind.SUGGEST,
    Changeset.Kind.REJECT,
}
_DELETING = {Changeset.Kind.DELETE, Changeset.Kind.JOIN, Changeset.Kind.DROP, Changeset.Kind.REJECT}


@dataclass(frozen=True, slots=True)
class _Step:
    """What the changeset did to one claim: what it was before (None: it was not), and what it left (None: it was made
    by an import, and nobody has changed it since)."""

    uid: str
    before: Revision | None
    left: Revision | None


def undo(changeset: Changeset, editor: Visitor) -> Changeset:
    """Claims that it made go, those that it deleted come back, the others are what they were, as new revisions. A
    source that was made for it goes, where it is all that needs it. Of an import of annotations all goes that it did to
    the same article.

    Undoing twice does it once. Raises EditConflict when one of the claims says something else by now than what
    the changeset left, and EditError for what cannot be undone this way: imports of files, merges, restores.
    """
    if changeset.kind not in _KINDS and not changeset.is_of_annotations:
        raise EditError(f"What was {changeset.get_kind_display()} is not undone here: restore an earlier version.")
    token = _token(changeset)
    try:
        with transaction.atomic():
            return changeset_with_token(token) or _undo_whole(changeset, editor)
    except (EditConflict, IntegrityError):
        # A token is kept once: another did it in the meantime.
        if before := changeset_with_token(token):
            return before
        raise


def undo_all(changesets: Iterable[Changeset], editor: Visitor) -> None:
    """All of them, or none; the last one first. Raises what `undo` does."""
    with transaction.atomic():
        for changeset in sorted(changesets, key=lambda one: one.pk, reverse=True):
            undo(changeset, editor)


def claims_brought_by(changeset: Changeset) -> int:
    """How many claims are undone together with one that this import of annotations made or changed. Three queries, and
    two more for each 500 claims."""
    parts = Changeset.objects.of_same_import(changeset)
    return len({step.uid for part in parts for step in _steps(part)})


def _undo_whole(changeset: Changeset, editor: Visitor) -> Changeset:
    if not changeset.is_of_annotations:
        return _undo(changeset, editor)
    done = {part.pk: _undo(part, editor) for part in Changeset.objects.of_same_import(changeset)}
    return done[changeset.pk]


def _undo(changeset: Changeset, editor: Visitor) -> Changeset:
    steps = _steps(changeset)
    if not steps:
        raise EditError(f"No claim was {changeset.get_kind_display()} there: change the data back in its form.")
    claims = {claim.uid: claim for claim in whole_claims(step.uid for step in steps)}
    _refuse_changed(steps, claims, changeset)
    undone = open_changeset(
        Changeset.Kind.RESTORE,
        editor,
        changeset.article,
        f"undone: {changeset}"[:300],
        token=_token(changeset),
        details={"import": changeset.uid} if changeset.is_of_annotations else None,
    )
    _take_back(steps, claims, undone)
    take_new_source_away(changeset, undone)
    return undone


def _token(changeset: Changeset) -> str:
    return f"{UNDOING}{changeset.uid}"


def _steps(changeset: Changeset) -> list[_Step]:
    own: list[Revision] = _OWN.models(changeset.pk)
    # What it brought again had been there, and was not when it came.
    made = {uid for (uid,) in _MADE.rows(changeset.pk)} if changeset.is_of_annotations else set()
    first, last = {row.claim_uid: row for row in reversed(own)}, {row.claim_uid: row for row in own}
    earlier = {row.claim_uid: row for row in _ALL.models(list(first)) if row.version < first[row.claim_uid].version}
    untouched = [_Step(uid, None, None) for uid in sorted(made - last.keys())]
    return untouched + [_Step(uid, None if uid in made else earlier.get(uid), row) for uid, row in last.items()]


def _refuse_changed(steps: Iterable[_Step], claims: Mapping[str, Claim], changeset: Changeset) -> None:
    deleted = changeset.kind in _DELETING
    for step in steps:
        claim = claims.get(step.uid)
        if claim is None and not (deleted and _is_last(step)):
            raise EditConflict([])
        if claim is not None and step.left is None and claim.version > 1:
            raise EditConflict([claim])
        if claim is not None and step.left and content(Draft.of(claim)) != content_of(step.left.snapshot):
            raise EditConflict([claim])


def _is_last(step: _Step) -> bool:
    """Whether the claim has not come and gone again since."""
    assert step.left
    return not Revision.objects.of_claims([step.uid]).after_version(step.left.version).exists()


def _take_back(steps: Iterable[_Step], claims: Mapping[str, Claim], undone: Changeset) -> None:
    """In this order, because a highlight keeps its id when it goes from one claim to another."""
    made = [claims[step.uid] for step in steps if step.before is None]
    delete_claims(made, undone)
    for step in steps:
        if step.before and (claim := claims.get(step.uid)):
            rewrite_claim(claim, draft_from(step.before.snapshot), undone)
    for step in steps:
        if step.before and step.left and step.uid not in claims:
            # What it left names all that continued it, those too that came after `before`.
            bring_back(step.left, draft_from(step.before.snapshot), undone)
