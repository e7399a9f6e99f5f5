"""What editors ruled on how two sources relate on a question, as far as it is in force."""

from collections.abc import Iterable, Mapping

from articles.accounts import Pair, Relation, Rulings
from articles.models import Question, Ruling


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
