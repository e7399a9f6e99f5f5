"""Rulings: an editor overrules how two sources relate on a question, with a reason that readers see."""

from django.db import transaction

from articles.models import Question, Ruling, Source
from articles.models.roles import Visitor, is_editor
from articles.writing.disputes import recount
from articles.writing.editing import EditError
from articles.writing.ruled import in_force, pair_of, relations_of, relations_on

__all__ = ["in_force", "pair_of", "relations_of", "relations_on", "rule"]


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
        recount([question.pk])
    return ruling
