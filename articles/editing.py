"""The one way in which claims are written, whoever writes: view, admin, import, command.

It checks the rules that span tables, keeps the counters (`Claim.reading_order`), moves
`Claim.version` and records what each claim was. Callers open `changing` around whatever they
do to the rows of existing claims, and hand new claims over as drafts.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, prefetch_related_objects

from articles.models import Answer, Article, Changeset, Claim, Highlight, Revision
from articles.models.refusals import refusal
from articles.models.roles import Visitor
from articles.snapshots import Draft, snapshot, whole
from articles.stamps import move_for_articles
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
    kind: Changeset.Kind,
    editor: Visitor | None = None,
    article: Article | None = None,
    summary: str = "",
    *,
    token: str = "",
    details: dict[str, Any] | None = None,
) -> Changeset:
    """Raises IntegrityError for a token that a changeset has already."""
    return Changeset.objects.create(
        kind=kind,
        editor=editor if isinstance(editor, User) else None,
        article=article,
        summary=summary,
        token=token or None,
        details=details or {},
    )


@contextmanager
def changing(claims: Sequence[Claim], changeset: Changeset) -> Iterator[None]:
    """Around any change to the rows of these claims, of their highlights and of their answers.

    The instances say which version the change is based on. Raises EditConflict when one of them
    has moved since, and EditError when a rule is broken afterwards; in both cases nothing is written.
    """
    with _as_one():
        for some in batches(claims):
            _refuse_stale(some)
            _keep_first_revision(some)
        yield
        for some in batches(claims):
            _record(some, changeset)
        move_for_articles(claim.article_id for claim in claims)
    for claim in claims:
        claim.version += 1


def create_claims(drafts: Sequence[Draft], changeset: Changeset) -> list[Claim]:
    """Makes claims of the drafts, whose `claim.article` and `highlight.paragraph` are saved rows.

    Runs a fixed number of queries for each 500 rows. Raises EditError for a draft that breaks a
    rule, and then writes nothing. What an import makes is recorded by its changeset alone, but for
    a claim that there has been before: its versions go on where they ended.
    """
    for draft in drafts:
        draft.claim.made_in = changeset
        prepare(draft)
    with _as_one():
        _continue_versions([draft.claim for draft in drafts])
        claims = Claim.objects.bulk_create([draft.claim for draft in drafts], batch_size=BATCH)
        _create_parts(drafts)
        drafts_by_key = {draft.claim.pk: draft for draft in drafts}
        imported = changeset.kind == Changeset.Kind.IMPORT
        for some in batches([claim for claim in claims if claim.version > 1 or not imported]):
            _add_revisions(_new([drafts_by_key[claim.pk] for claim in some]), changeset)
        move_for_articles(claim.article_id for claim in claims)
    return claims


def replace_claim(claim: Claim, draft: Draft) -> None:
    """Gives the claim what the draft says, highlights and answers included. To be called within `changing`."""
    for name in ("source", "proposed_source", "speaker", "cue", "note", "status", "continues"):
        setattr(claim, name, getattr(draft.claim, name))
    draft.claim = claim
    prepare(draft)
    claim.save()
    claim.highlights.all().delete()
    claim.answers.all().delete()
    _create_parts([draft])


def delete_claims(claims: Sequence[Claim], changeset: Changeset) -> None:
    """Deletes the claims. Their revisions stay, the last of them with all that is deleted.

    Claims that continued one of them continue none from now on, which is a change of theirs.
    """
    with _as_one():
        for some in batches(claims):
            _refuse_stale(some)
            _keep_first_revision(some)
            _record_last(some, changeset)
        for some in batches(claims):
            _cut_off(some, {claim.pk for claim in claims}, changeset)
        for some in batches(claims):
            Claim.objects.filter(pk__in=[claim.pk for claim in some]).delete()
        move_for_articles(claim.article_id for claim in claims)


@contextmanager
def _as_one() -> Iterator[None]:
    """All or nothing; a constraint that the database holds is a rule like any other."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise EditError(refusal(error)) from error


def batches(claims: Sequence[Claim]) -> Iterator[Sequence[Claim]]:
    """A database takes a limited number of values in one query."""
    return (claims[start : start + BATCH] for start in range(0, len(claims), BATCH))


def _refuse_stale(claims: Sequence[Claim]) -> None:
    rows = Claim.objects.select_for_update().filter(pk__in=[claim.pk for claim in claims]).order_by("pk")
    versions = dict(rows.values_list("pk", "version"))
    if stale := [claim for claim in claims if versions.get(claim.pk) != claim.version]:
        raise EditConflict(stale)


def _keep_first_revision(claims: Iterable[Claim]) -> None:
    """Claims that only an import has written get the revision that the import did not make."""
    by_uid = {claim.uid: claim for claim in claims}
    known = set(Revision.objects.of_claims(list(by_uid)).values_list("claim_uid", flat=True))
    missing = whole(Claim.objects.filter(uid__in=by_uid.keys() - known)).select_related("made_in")
    Revision.objects.bulk_create(_revision(Draft.of(claim), claim.made_in) for claim in missing)


def _record(claims: Sequence[Claim], changeset: Changeset) -> None:
    drafts = _reread(claims)
    following = {row.pk: _following(row) for draft in drafts for row in draft.highlights}
    for draft in drafts:
        prepare(draft)
        draft.claim.version += 1
    changed = [row for draft in drafts for row in draft.highlights if _following(row) != following[row.pk]]
    Highlight.objects.bulk_update(changed, ["position", "prefix", "suffix"], batch_size=BATCH)
    Claim.objects.bulk_update([draft.claim for draft in drafts], ["version", "reading_order"], batch_size=BATCH)
    _add_revisions(drafts, changeset)


def _following(row: Highlight) -> tuple[int, str, str]:
    """What follows from the rest of it."""
    return row.position, row.prefix, row.suffix


def _new(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """As their rows will be read: answers in the order of the questions. What continues them is read with one query."""
    prefetch_related_objects([draft.claim for draft in drafts], "continued_by")
    for draft in drafts:
        draft.answers.sort(key=lambda answer: answer.question_id)
    return drafts


def _record_last(claims: Sequence[Claim], changeset: Changeset) -> None:
    """The revision that a claim leaves behind when it goes."""
    drafts = _reread(claims)
    for draft in drafts:
        draft.claim.version += 1
    _add_revisions(drafts, changeset)


def _cut_off(claims: Sequence[Claim], gone: Set[int], changeset: Changeset) -> None:
    found = Claim.objects.filter(continues__in=[claim.pk for claim in claims])
    later = [claim for claim in found if claim.pk not in gone]
    if not later:
        return
    with changing(later, changeset):
        Claim.objects.filter(pk__in=[claim.pk for claim in later]).update(continues=None)


def _reread(claims: Sequence[Claim]) -> list[Draft]:
    return [Draft.of(claim) for claim in whole(Claim.objects.filter(pk__in=[claim.pk for claim in claims]))]


def _add_revisions(drafts: Iterable[Draft], changeset: Changeset) -> None:
    Revision.objects.bulk_create(_revision(draft, changeset) for draft in drafts)


def _revision(draft: Draft, changeset: Changeset) -> Revision:
    claim = draft.claim
    return Revision(changeset=changeset, claim_uid=claim.uid, version=claim.version, snapshot=snapshot(draft))


def _continue_versions(claims: Sequence[Claim]) -> None:
    for some in batches(claims):
        revisions = Revision.objects.of_claims([claim.uid for claim in some])
        last = dict(revisions.order_by().values_list("claim_uid").annotate(Max("version")))
        for claim in some:
            claim.version = last.get(claim.uid, 0) + 1


def prepare(draft: Draft) -> None:
    """Checks the rules and fills in what follows from the rest: order, context, counter."""
    draft.highlights = ordered(draft.highlights)
    for position, highlight in enumerate(draft.highlights):
        highlight.claim = draft.claim
        highlight.position = position
        if highlight.paragraph and highlight.start is not None and highlight.end is not None:
            highlight.prefix, highlight.suffix = context(highlight.paragraph.text, highlight.start, highlight.end)
    for answer in draft.answers:
        answer.claim = draft.claim
    check(draft)
    draft.claim.reading_order = draft.highlights[0].reading_order


def ordered(highlights: Iterable[Highlight]) -> list[Highlight]:
    """As they are read; orphaned ones last, as they were entered. Their paragraphs must be loaded."""
    return sorted(highlights, key=lambda one: (one.reading_order is None, one.reading_order or 0))


def check(draft: Draft) -> None:
    """Raises EditError, with a sentence for each rule that the claim breaks."""
    if not draft.highlights:
        raise EditError("A claim has at least one highlight.")
    try:
        for row in (draft.claim, *draft.highlights, *draft.answers):
            row.clean()
    except ValidationError as error:
        raise EditError(" ".join(error.messages)) from error
    questions = [answer.question_id for answer in draft.answers]
    if len(questions) != len(set(questions)):
        raise EditError("A claim answers a question once.")
    if draft.claim.source is None and draft.claim.status != Claim.Status.SUGGESTED:
        raise EditError("Only a suggested claim may have no source: choose one.")


def _create_parts(drafts: Iterable[Draft]) -> None:
    highlights = [highlight for draft in drafts for highlight in draft.highlights]
    answers = [answer for draft in drafts for answer in draft.answers]
    Highlight.objects.bulk_create(highlights, batch_size=BATCH)
    Answer.objects.bulk_create(answers, batch_size=BATCH)
