"""The one way in which claims are written, whoever writes: view, admin, import, command.

It checks the rules that span tables, keeps the counters (`Claim.reading_order`), moves
`Claim.version` and records what each claim was. Callers open `changing` around whatever they
do to the rows of existing claims, and hand new claims over as drafts.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from articles.models import Answer, Article, Changeset, Claim, Highlight, Revision
from articles.models.roles import Visitor
from articles.snapshots import Draft, snapshots, whole
from articles.text.quotes import context

BATCH = 500


class EditError(Exception):
    """A change that would break a rule. The message is for whoever asked for it. Nothing was written."""


class EditConflict(EditError):
    """The claims were changed by somebody else in the meantime. Nothing was written."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        super().__init__("Changed by somebody else in the meantime: " + ", ".join(claim.uid for claim in claims))
        self.claims = claims


def open_changeset(
    kind: Changeset.Kind, editor: Visitor | None = None, article: Article | None = None, summary: str = ""
) -> Changeset:
    who = editor if isinstance(editor, User) else None
    return Changeset.objects.create(kind=kind, editor=who, article=article, summary=summary)


@contextmanager
def changing(claims: Sequence[Claim], changeset: Changeset) -> Iterator[None]:
    """Around any change to the rows of these claims, of their highlights and of their answers.

    The instances say which version the change is based on. Raises EditConflict when one of them
    has moved since, and EditError when a rule is broken afterwards; in both cases nothing is written.
    """
    with transaction.atomic():
        _refuse_stale(claims)
        _keep_first_revision(claims)
        yield
        _record([claim.pk for claim in claims], changeset)
    for claim in claims:
        claim.version += 1


def create_claims(drafts: Sequence[Draft], changeset: Changeset) -> list[Claim]:
    """Makes claims of the drafts, whose `claim.article` and `highlight.paragraph` are saved rows.

    Runs a fixed number of queries for each 500 rows. Raises EditError for a draft that breaks a
    rule, and then writes nothing. What an import makes is recorded by its changeset alone.
    """
    for draft in drafts:
        draft.claim.made_in = changeset
        _prepare(draft)
    with transaction.atomic():
        claims = Claim.objects.bulk_create([draft.claim for draft in drafts], batch_size=BATCH)
        _create_parts(drafts)
        if changeset.kind != Changeset.Kind.IMPORT:
            _add_revisions(claims, changeset)
    return claims


def replace_claim(claim: Claim, draft: Draft) -> None:
    """Gives the claim what the draft says, highlights and answers included. To be called within `changing`."""
    for name in ("source", "proposed_source", "speaker", "cue", "note", "status", "continues"):
        setattr(claim, name, getattr(draft.claim, name))
    draft.claim = claim
    _prepare(draft)
    claim.save()
    claim.highlights.all().delete()
    claim.answers.all().delete()
    _create_parts([draft])


def delete_claims(claims: Sequence[Claim], changeset: Changeset) -> None:
    """Deletes the claims. Their revisions stay, the last of them with all that is deleted."""
    with transaction.atomic():
        _refuse_stale(claims)
        _keep_first_revision(claims)
        found = list(whole(Claim.objects.filter(pk__in=[claim.pk for claim in claims])))
        for claim in found:
            claim.version += 1
        _add_revisions_of(found, changeset)
        Claim.objects.filter(pk__in=[claim.pk for claim in found]).delete()


def _refuse_stale(claims: Sequence[Claim]) -> None:
    rows = Claim.objects.select_for_update().filter(pk__in=[claim.pk for claim in claims])
    versions = dict(rows.values_list("pk", "version"))
    if stale := [claim for claim in claims if versions.get(claim.pk) != claim.version]:
        raise EditConflict(stale)


def _keep_first_revision(claims: Iterable[Claim]) -> None:
    """Claims that only an import has written get the revision that the import did not make."""
    by_uid = {claim.uid: claim for claim in claims}
    known = set(Revision.objects.of_claims(list(by_uid)).values_list("claim_uid", flat=True))
    missing = whole(Claim.objects.filter(uid__in=by_uid.keys() - known)).select_related("made_in")
    Revision.objects.bulk_create(
        Revision(changeset=claim.made_in, claim_uid=uid, version=claim.version, snapshot=kept)
        for claim in missing
        for uid, kept in snapshots([claim]).items()
    )


def _record(ids: Sequence[int], changeset: Changeset) -> None:
    claims = list(whole(Claim.objects.filter(pk__in=ids)))
    for claim in claims:
        draft = Draft(claim, list(claim.highlights.all()), list(claim.answers.all()))
        _prepare(draft)
        claim.version += 1
        Highlight.objects.bulk_update(draft.highlights, ["position", "prefix", "suffix"])
    Claim.objects.bulk_update(claims, ["version", "reading_order"], batch_size=BATCH)
    _add_revisions_of(claims, changeset)


def _add_revisions(claims: Sequence[Claim], changeset: Changeset) -> None:
    _add_revisions_of(list(whole(Claim.objects.filter(pk__in=[claim.pk for claim in claims]))), changeset)


def _add_revisions_of(claims: Sequence[Claim], changeset: Changeset) -> None:
    versions = {claim.uid: claim.version for claim in claims}
    Revision.objects.bulk_create(
        (
            Revision(changeset=changeset, claim_uid=uid, version=versions[uid], snapshot=kept)
            for uid, kept in snapshots(claims).items()
        ),
        batch_size=BATCH,
    )


def _prepare(draft: Draft) -> None:
    """Checks the rules and fills in what follows from the rest: order, context, counter."""
    draft.highlights.sort(key=_order)
    for position, highlight in enumerate(draft.highlights):
        highlight.claim = draft.claim
        highlight.position = position
        if highlight.paragraph and highlight.start is not None and highlight.end is not None:
            highlight.prefix, highlight.suffix = context(highlight.paragraph.text, highlight.start, highlight.end)
    for answer in draft.answers:
        answer.claim = draft.claim
    check(draft)
    draft.claim.reading_order = draft.highlights[0].reading_order


def _order(highlight: Highlight) -> tuple[bool, int]:
    order = highlight.reading_order
    return (order is None, order or 0)


def check(draft: Draft) -> None:
    """Raises EditError, with a sentence for each rule that the claim breaks."""
    if not draft.highlights:
        raise EditError("A claim has at least one highlight.")
    try:
        for row in (draft.claim, *draft.highlights, *draft.answers):
            row.clean()
    except ValidationError as error:
        raise EditError(" ".join(error.messages)) from error
    if draft.claim.source is None and draft.claim.status != Claim.Status.SUGGESTED:
        raise EditError("Only a suggested claim may have no source: choose one.")


def _create_parts(drafts: Iterable[Draft]) -> None:
    highlights = [highlight for draft in drafts for highlight in draft.highlights]
    answers = [answer for draft in drafts for answer in draft.answers]
    Highlight.objects.bulk_create(highlights, batch_size=BATCH)
    Answer.objects.bulk_create(answers, batch_size=BATCH)


def last_version(uid: str) -> int:
    """The highest version that is recorded for the claim, 0 if none is."""
    return Revision.objects.of_claims([uid]).aggregate(last=Max("version"))["last"] or 0
