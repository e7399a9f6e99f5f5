"""Rulings: an editor overrules how two sources relate on a question, with a reason that readers see."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from articles.accounts import Pair, Relation, Rulings
from articles.editing import EditError
from articles.models import Question, Ruling, Source
from articles.models.roles import Visitor, is_editor


def rule(question: Question, one: Source, other: Source, says: str, reason: str, editor: Visitor) -> Ruling:
    """Raises EditError for one source twice, a missing reason, an unknown relation, and who is no editor."""
    if not is_editor(editor) or editor.pk is None:
        raise EditError("Only editors rule on how accounts relate.")
    if one == other:
        raise EditError("Choose two different sources.")
    if says not in Ruling.Says.values:
        raise EditError("Choose how the two accounts relate.")
    if not (reason := reason.strip()):
        raise EditError("Give the reason: readers see it.")
    with transaction.atomic():
        ruling = Ruling.objects.create(
            question=question, one=one, other=other, says=says, reason=reason, editor_id=editor.pk
        )
        question.has_rulings = True
        # Saved one by one, so that the stamps move.
        question.save(update_fields=["has_rulings"])
    return ruling


def in_force(questions: Iterable[Question]) -> dict[tuple[str, Pair], Ruling]:
    """By question and pair of sources, the last ruling on them; none where it gave the word back to computing. A
    source that was merged is the one that took it over. One query, and none where no question has a ruling."""
    ruled = [question.pk for question in questions if question.has_rulings]
    if not ruled:
        return {}
    found = {(row.question.slug, pair_of(row)): row for row in Ruling.objects.on_questions(ruled)}
    return {key: row for key, row in found.items() if row.says != Ruling.Says.COMPUTED and len(key[1]) == 2}


def relations_of(rulings: Mapping[tuple[str, Pair], Ruling]) -> Rulings:
    """The same as `accounts` compares."""
    return {key: Relation(row.says) for key, row in rulings.items()}


def pair_of(ruling: Ruling) -> Pair:
    return frozenset((ruling.one.living().slug, ruling.other.living().slug))


def relations_on(questions: Iterable[Question]) -> Rulings:
    """What `accounts` compares with, of those in force."""
    return relations_of(in_force(questions))
