"""One change to many claims at once: a source, a status, a question. Each is one changeset."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import prefetch_related_objects

from articles.models import Answer, Changeset, Claim, Question, Source
from articles.models.roles import Visitor
from articles.writing.editing import EditError, changing, open_changeset


def set_source(claims: Sequence[Claim], source: Source, editor: Visitor) -> Changeset:
    return _set(claims, f"source: {source}", editor, source=source)


def set_status(claims: Sequence[Claim], status: Claim.Status, editor: Visitor) -> Changeset:
    """Raises EditError when a claim without a source would be accepted or rejected."""
    without = [claim for claim in claims if claim.source_id is None]
    if without and status != Claim.Status.SUGGESTED:
        raise EditError(f"{len(without)} of these claims have no source yet: set it first.")
    return _set(claims, f"status: {status.label}", editor, status=status)


def set_question(claims: Sequence[Claim], question: Question, editor: Visitor) -> Changeset:
    """Lets each claim answer a question of words with its own quote, unless it answers that question already.

    Raises EditError for a question of another kind: its answers have a value that only a reader can give.
    """
    if question.kind != Question.Kind.WORDS:
        raise EditError(
            f"“{question}” asks for a {question.kind}, which differs from claim to claim: answer it claim by claim."
        )
    answered = set(question.answers.values_list("claim_id", flat=True))
    claims = [claim for claim in claims if claim.pk not in answered]
    with transaction.atomic():
        prefetch_related_objects(claims, "highlights")
        changeset = open_changeset(Changeset.Kind.BULK, editor, summary=f"question: {question}"[:300])
        with changing(claims, changeset):
            Answer.objects.bulk_create(
                Answer(claim=claim, question=question, words=claim.quote, as_worded=claim.quote) for claim in claims
            )
    return changeset


def _set(claims: Sequence[Claim], summary: str, editor: Visitor, **values: object) -> Changeset:
    with transaction.atomic():
        changeset = open_changeset(Changeset.Kind.BULK, editor, summary=summary[:300])
        with changing(claims, changeset):
            for claim in claims:
                for name, value in values.items():
                    setattr(claim, name, value)
            Claim.objects.bulk_update(claims, list(values))
    return changeset
