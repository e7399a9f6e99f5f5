"""The one way in which claims are written, whoever writes: view, admin, import, command.

It checks the rules that span tables, keeps the counters (`Claim.reading_order`), moves
`Claim.version` and records what each claim was. Callers open `changing` around whatever they
do to the rows of existing claims, and hand new claims over as drafts.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, prefetch_related_objects

from articles.loading import continuing, recorded
from articles.models import Article, Changeset, Claim, Highlight, Revision
from articles.models.refusals import refusal
from articles.models.roles import Visitor
from articles.snapshots import Draft, Step, is_whole, snapshot, whole
from articles.text.quotes import context
from articles.writing.at_once import BATCH, batches, insert_few, rewrite_one
from articles.writing.claim_rows import locked_versions, remove, remove_answers, remove_highlights
from articles.writing.listing import QuestionGone, SourceLost, list_drafts, unlist
from articles.writing.stamps import move_for_articles

# What a draft says of the claim itself.
_FIELDS = ("source", "proposed_source", "speaker", "cue", "note", "status", "continues")
_FOLLOWING = ("version", "reading_order", "is_doubtful")
_REWRITTEN = (*(Claim._meta.get_field(name).attname for name in _FIELDS), *_FOLLOWING)  # type: ignore[union-attr]


class EditError(Exception):
    """A change that would break a rule. The message is for whoever asked for it. Nothing was written."""


class EditConflict(EditError):
    """The claims were changed by somebody else in the meantime. Nothing was written."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        super().__init__("Changed by somebody else in the meantime: " + ", ".join(claim.uid for claim in claims))
        self.claims = claims


class SourceGone(EditError):
    """A source of the claims was merged or taken away in the meantime. Nothing was written."""


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
    changeset = Changeset(
        kind=kind,
        editor=editor if isinstance(editor, User) else None,
        article=article,
        summary=summary,
        token=token or None,
        details=details or {},
    )
    insert_few([changeset])
    return changeset


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
        _move_stamps(claims, changeset)
        for some in batches(claims):
            list_drafts(_record(some, changeset))
    for claim in claims:
        claim.version += 1
        changeset.steps[claim.uid] = Step(claim.article_id, is_known=False)


def rewrite_claim(claim: Claim, draft: Draft, changeset: Changeset) -> None:
    """`replace_claim` within `changing`, for one claim that comes from `whole`: nothing is read again, and only what
    differs is written. The instance stays as it was read. Raises EditConflict and EditError as `changing` does."""
    before, now = Draft.of(claim), copy(claim)
    for name in _FIELDS:
        setattr(now, name, getattr(draft.claim, name))
    draft.claim, now.version = now, claim.version + 1
    now.is_doubtful &= not changeset.looks_at(now.article_id)
    _arrange(draft)
    with _as_one():
        if not rewrite_one(now, _REWRITTEN, version=claim.version):
            raise EditConflict([claim])
        check(draft)
        _keep_first_revision([claim])
        _rewrite_parts(before, draft)
        _add_revisions([draft], changeset)
        _move_stamps([claim], changeset)
        list_drafts([draft])
    _note(changeset, before, draft)


def _rewrite_parts(before: Draft, draft: Draft) -> None:
    was, now = snapshot(before), snapshot(draft)
    if was["highlights"] != now["highlights"]:
        remove_highlights(draft.claim)
        insert_few(draft.highlights)
    if was["answers"] != now["answers"]:
        remove_answers(draft.claim)
        insert_few(draft.answers)


def create_claims(drafts: Sequence[Draft], changeset: Changeset, *, are_new: bool = False) -> list[Claim]:
    """Makes claims of the drafts, whose `claim.article` and `highlight.paragraph` are saved rows.

    Runs a fixed number of queries for each 500 rows. Raises EditError for a draft that breaks a
    rule, and then writes nothing. What an import makes is recorded by its changeset alone, but for
    a claim that there has been before: its versions go on where they ended. `are_new` says that there
    has been none of them, so that nobody needs to look.
    """
    for draft in drafts:
        draft.claim.made_in = changeset
        prepare(draft)
    with _as_one():
        if not are_new:
            _continue_versions([draft.claim for draft in drafts])
        claims = [draft.claim for draft in drafts]
        for some in batches(claims):
            insert_few(some)
        _create_parts(drafts)
        drafts_by_key = {draft.claim.pk: draft for draft in drafts}
        imported = changeset.kind == Changeset.Kind.IMPORT
        for some in batches([claim for claim in claims if claim.version > 1 or not imported]):
            if not are_new:
                prefetch_related_objects(some, "continued_by")
            _add_revisions([drafts_by_key[claim.pk] for claim in some], changeset, [] if are_new else None)
        _move_stamps(claims, changeset)
        list_drafts(drafts, are_new=True)
    for draft in drafts:
        _note(changeset, None, draft)
    return claims


def replace_claim(claim: Claim, draft: Draft) -> None:
    """Gives the claim what the draft says, highlights and answers included. To be called within `changing`."""
    for name in _FIELDS:
        setattr(claim, name, getattr(draft.claim, name))
    draft.claim = claim
    prepare(draft)
    claim.save()
    remove_highlights(claim)
    remove_answers(claim)
    _create_parts([draft])


def delete_claims(claims: Sequence[Claim], changeset: Changeset) -> None:
    """Deletes the claims. Their revisions stay, the last of them with all that is deleted.

    Claims that continued one of them continue none from now on, which is a change of theirs. Those that come from
    `whole` are not read again.
    """
    gone = {claim.pk for claim in claims}
    with _as_one():
        later: list[Claim] = []
        for some in batches(claims):
            _refuse_stale(some)
            _keep_first_revision(some)
            found = continuing([claim.pk for claim in some])
            _record_last(some, changeset, found)
            later += (claim for claim in found if claim.pk not in gone)
        if later:
            _cut_off(later, changeset)
        _move_stamps(claims, changeset)
        for some in batches(claims):
            unlist([claim.pk for claim in some])
            remove([claim.pk for claim in some])


@contextmanager
def _as_one() -> Iterator[None]:
    """All or nothing; a constraint that the database holds is a rule like any other."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise EditError(refusal(error)) from error
    except QuestionGone as error:
        raise EditError(f"A question that this answers has been {error} in the meantime.") from error
    except SourceLost as error:
        raise SourceGone(f"Its source has been {error}.") from error


def _move_stamps(claims: Iterable[Claim], changeset: Changeset) -> None:
    if ids := {claim.article_id for claim in claims}:
        move_for_articles(ids)
        changeset.moved.append(ids)


def _refuse_stale(claims: Sequence[Claim]) -> None:
    versions = locked_versions([claim.pk for claim in claims])
    if stale := [claim for claim in claims if versions.get(claim.pk) != claim.version]:
        raise EditConflict(stale)


def _keep_first_revision(claims: Iterable[Claim]) -> None:
    """Claims that only an import has written get the revision that the import did not make. One that has been
    changed since has it."""
    first = {claim.uid: claim for claim in claims if claim.version == 1}
    if not first:
        return
    known = recorded(list(first))
    missing = _whole([claim for uid, claim in first.items() if uid not in known])
    insert_few([_revision(Draft.of(claim), claim.made_in_id) for claim in missing])


def _record(claims: Sequence[Claim], changeset: Changeset) -> list[Draft]:
    """As they are now."""
    drafts = [Draft.of(claim) for claim in _read(claims)]
    following = {row.pk: _following(row) for draft in drafts for row in draft.highlights}
    for draft in drafts:
        prepare(draft)
        draft.claim.version += 1
        draft.claim.is_doubtful &= not changeset.looks_at(draft.claim.article_id)
    changed = [row for draft in drafts for row in draft.highlights if _following(row) != following[row.pk]]
    Highlight.objects.bulk_update(changed, ["position", "prefix", "suffix"], batch_size=BATCH)
    Claim.objects.bulk_update([draft.claim for draft in drafts], _FOLLOWING, batch_size=BATCH)
    _add_revisions(drafts, changeset)
    return drafts


def _following(row: Highlight) -> tuple[int, str, str]:
    """What follows from the rest of it."""
    return row.position, row.prefix, row.suffix


def _record_last(claims: Sequence[Claim], changeset: Changeset, later: Sequence[Claim]) -> None:
    """The revision that a claim leaves behind when it goes, with the `later` ones that continued it."""
    drafts = []
    for claim in _whole(claims):
        before, last = Draft.of(claim), copy(claim)
        last.version += 1
        drafts.append(Draft(last, before.highlights, before.answers))
        _note(changeset, before, None)
    revisions = [
        _revision(draft, changeset.pk, [one for one in later if one.continues_id == draft.claim.pk]) for draft in drafts
    ]
    insert_few(revisions)


def _cut_off(later: Sequence[Claim], changeset: Changeset) -> None:
    with changing(later, changeset):
        for some in batches(later):
            Claim.objects.filter(pk__in=[claim.pk for claim in some]).update(continues=None)


def _whole(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Read again, but for those that came so that this would only say the same."""
    return claims if all(is_whole(claim) for claim in claims) else _read(claims)


def _read(claims: Sequence[Claim]) -> Sequence[Claim]:
    return list(whole(Claim.objects.filter(pk__in=[claim.pk for claim in claims])))


def _add_revisions(drafts: Iterable[Draft], changeset: Changeset, later: Sequence[Claim] | None = None) -> None:
    insert_few([_revision(draft, changeset.pk, later) for draft in drafts])


def _revision(draft: Draft, changeset: int, later: Sequence[Claim] | None = None) -> Revision:
    """`later` continue it; they are those that are loaded if it is None."""
    claim, kept = draft.claim, snapshot(draft, later)
    return Revision(changeset_id=changeset, claim_uid=claim.uid, version=claim.version, snapshot=kept)


def _note(changeset: Changeset, before: Draft | None, after: Draft | None) -> None:
    """For whoever answers the act. What was noted of the claim before is the beginning of it."""
    draft = after or before
    assert draft
    claim = draft.claim
    first: Step = changeset.steps.get(claim.uid, Step(claim.article_id, before))
    changeset.steps[claim.uid] = Step(claim.article_id, first.before, after, first.is_known)


def _continue_versions(claims: Sequence[Claim]) -> None:
    for some in batches(claims):
        revisions = Revision.objects.of_claims([claim.uid for claim in some])
        last = dict(revisions.order_by().values_list("claim_uid").annotate(Max("version")))
        for claim in some:
            claim.version = last.get(claim.uid, 0) + 1


def prepare(draft: Draft) -> None:
    """Checks the rules and fills in what follows from the rest: order, context, counter."""
    _arrange(draft)
    check(draft)


def _arrange(draft: Draft) -> None:
    """As the rows will be read: highlights in reading order, answers in the order of the questions."""
    draft.highlights = ordered(draft.highlights)
    for position, highlight in enumerate(draft.highlights):
        highlight.claim = draft.claim
        highlight.position = position
        if highlight.paragraph and highlight.start is not None and highlight.end is not None:
            highlight.prefix, highlight.suffix = context(highlight.paragraph.text, highlight.start, highlight.end)
    draft.answers.sort(key=lambda answer: answer.question_id)
    for answer in draft.answers:
        answer.claim = draft.claim
    draft.claim.reading_order = draft.highlights[0].reading_order if draft.highlights else None


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
    for some in (*batches(highlights), *batches(answers)):
        insert_few(some)
