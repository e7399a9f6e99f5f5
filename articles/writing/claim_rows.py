"""Rows of claims that exist, locked and removed by statements that are made once."""

from collections.abc import Sequence

from django.db import connection
from django.db.transaction import TransactionManagementError

from articles.models import Answer, Claim, Highlight
from articles.models.words import ClaimWords
from newsdesk.compiled import Compiled

_LOCKED = Compiled(
    lambda keys: Claim.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", "version")
)
_HIGHLIGHTS = Compiled(lambda keys: Highlight.objects.filter(claim__in=keys), removes=True)
_ANSWERS = Compiled(lambda keys: Answer.objects.filter(claim__in=keys), removes=True)
_CLAIMS = Compiled(lambda keys: Claim.objects.filter(pk__in=keys), removes=True)
# What goes with a claim: Django would look for it anew each time. `unlist` takes it from the lists.
PARTS = {
    Answer: _ANSWERS,
    ClaimWords: Compiled(lambda keys: ClaimWords.objects.filter(claim__in=keys), removes=True),
    Highlight: _HIGHLIGHTS,
}


def locked_versions(keys: Sequence[int]) -> dict[int, int]:
    """By the keys of those that are there. No other transaction changes them until this one ends. One query. Raises
    TransactionManagementError outside of any, as Django does the first time alone."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("Claims are locked within a transaction.")
    return dict(_LOCKED.rows(list(keys)))


def remove_highlights(claim: Claim) -> None:
    _HIGHLIGHTS.carry_out([claim.pk])


def remove_answers(claim: Claim) -> None:
    _ANSWERS.carry_out([claim.pk])


def remove(keys: Sequence[int]) -> None:
    """With all that belongs to them, once they are in no list. No claim that stays may continue one of these. Four
    queries."""
    for part in PARTS.values():
        part.carry_out(list(keys))
    _CLAIMS.carry_out(list(keys))
