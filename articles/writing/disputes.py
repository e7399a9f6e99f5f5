"""Which questions are disputed: those on which the accounts that readers find conflict. `Question.is_disputed` is kept
in the transaction that writes what is said on them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save

from articles.accounts import Rulings, Stated, conflicting
from articles.models import Answer, Choice, Listed, Place, Question, Tally
from articles.models.listed import Key, Shelf
from articles.writing.at_once import batches
from articles.writing.ruled import relations_on
from articles.writing.stating import Surroundings, names_a_place, stated_in, surroundings_of
from articles.writing.tallying import Row, tallied
from newsdesk.compiled import Compiled

# Of a migration too, whatever questions have got since.
_QUESTION = ("slug", "story", "kind", "has_rulings", "is_disputed")

_ASKED = Compiled(lambda keys: Question.objects.filter(pk__in=keys).only(*_QUESTION).order_by())
_OPEN = Compiled(lambda keys: Question.objects.filter(pk__in=keys, is_disputed=False).only(*_QUESTION).order_by())
_SAYING = Compiled(lambda keys: Answer.objects.filter(question__in=keys, claim__listed__shelf=Shelf.PUBLIC).to_state())


def recount(questions: Iterable[int], *, is_more: bool = False) -> list[str]:
    """The slugs of those of which it was otherwise. `is_more`: answers have come and none has gone, so that a question
    in dispute still is. Two queries where nothing changes, and two more where somebody has ruled or a place is named.
    """
    wrong: list[str] = []
    for some in batches(sorted(set(questions))):
        asked = list(some)
        rows: list[Question] = _OPEN.models(asked) if is_more else _ASKED.models(asked)
        found = disputed(rows) if rows else set()
        changed = [row for row in rows if row.is_disputed != (row.slug in found)]
        for row in changed:
            Question.objects.filter(pk=row.pk).update(is_disputed=row.slug in found)
            _follow(row.pk)
        wrong += (row.slug for row in changed)
    return wrong


def _follow(question: int) -> None:
    """What lists know of the claims that answer it, when it has come into dispute or is out of it."""
    answering = Listed.objects.answering([question])
    disputed = set(answering.on_disputed_questions().values_list("pk", flat=True))
    rows = [Row(*fields) for fields in answering.values_list(*Row._fields)]
    changed = [row for row in rows if row.is_disputed != (row.claim_id in disputed)]
    counts: Counter[Key] = tallied(row._replace(is_disputed=not row.is_disputed) for row in changed)
    counts.subtract(tallied(changed))
    for is_disputed in (True, False):
        keys = [row.claim_id for row in changed if row.is_disputed != is_disputed]
        for some in batches(keys):
            Listed.objects.of_claims(some).update(is_disputed=is_disputed)
    Tally.objects.add(counts)


def disputed(questions: Iterable[Question]) -> set[str]:
    """The slugs of those that are."""
    questions = list(questions)
    return conflicting(_said(questions), _rulings(questions))


def _rulings(questions: Iterable[Question]) -> Rulings:
    return relations_on([one for one in questions if one.has_rulings])


def _said(questions: list[Question]) -> list[Stated]:
    """Each thing that a source says once. Words are compared with nothing, but by an editor who has ruled."""
    asked = [one.pk for one in questions if one.has_rulings or one.kind != Question.Kind.WORDS]
    rows = _SAYING.values(asked)
    return stated_in(rows, _around(questions) if any(map(names_a_place, rows)) else {})


def _around(questions: list[Question]) -> Surroundings:
    return surroundings_of(Place.objects.filter(story__in={one.story_id for one in questions}))


def _after_write(instance: Choice | Place, **kwargs: Any) -> None:
    """Of the places of a story each may lie within each, so all its questions are asked again."""
    match instance:
        case Choice():
            recount([instance.question_id])
        case Place():
            recount(Question.objects.filter(story=instance.story_id).values_list("pk", flat=True))


def connect() -> None:
    """What an answer means changes with the rows that it names, which are saved one by one."""
    for model in (Choice, Place):
        post_save.connect(_after_write, sender=model, dispatch_uid="disputes")
        post_delete.connect(_after_write, sender=model, dispatch_uid="disputes")
