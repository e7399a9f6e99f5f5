"""Rows of claims, removed and rewritten past Django, are as Django leaves them."""

from typing import Any

import pytest
from django.db import transaction
from django.db.models import CASCADE, SET_NULL
from django.db.models.signals import post_delete, pre_delete
from django.db.transaction import TransactionManagementError

from articles.models import Answer, Claim, Highlight, Listed
from articles.models.words import ClaimWords
from articles.writing.at_once import rewrite_one
from articles.writing.claim_rows import PARTS, locked_versions, remove
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story

pytestmark = pytest.mark.django_db


def test_all_that_goes_with_a_claim_is_known() -> None:
    """A new model that belongs to claims has to be given its place there."""
    belonging = {one.related_model: one.on_delete for one in Claim._meta.related_objects}
    assert belonging == {**dict.fromkeys([*PARTS, Listed], CASCADE), Claim: SET_NULL}
    for model in (Claim, *PARTS):
        assert not model._meta.many_to_many
        assert model is Claim or not model._meta.related_objects
        assert not any(signal.has_listeners(model) for signal in (pre_delete, post_delete))


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_within_a_transaction_alone() -> None:
    claim = make_claim()
    for _ in range(2):
        with transaction.atomic():
            assert locked_versions([claim.pk, claim.pk + 1]) == {claim.pk: claim.version}
        with pytest.raises(TransactionManagementError):
            locked_versions([claim.pk])


def test_a_claim_is_removed_with_its_parts_and_no_other(django_assert_num_queries: Any) -> None:
    story = make_story()
    question, article = make_question(story=story), make_article(story=story)
    stays, goes = (make_claim(article=article, answers=[answer(question, 4)]) for _ in range(2))
    Listed.objects.filter(claim=goes).delete()
    with django_assert_num_queries(4):
        remove([goes.pk])
    assert list(Claim.objects.all()) == [stays]
    for model in (Answer, ClaimWords, Highlight):
        assert {row.claim_id for row in model.objects.all()} == {stays.pk}


def test_a_row_is_rewritten_while_it_is_of_its_version() -> None:
    claim, other = make_claim(speaker="one"), make_source(name="Other")
    claim.speaker, claim.cue, claim.source, claim.reading_order = "two", "said", other, None
    assert rewrite_one(claim, ("speaker", "source_id", "reading_order"), version=claim.version)
    row = Claim.objects.get()
    assert (row.speaker, row.source, row.reading_order) == ("two", other, None)
    assert row.cue != "said", "it was not named"
    assert not rewrite_one(claim, ("cue",), version=claim.version + 1)
    assert Claim.objects.get().cue == row.cue
