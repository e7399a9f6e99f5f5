"""Bulk: one change to many claims at once."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Answer, Changeset, Claim, Question, Revision, Source
from articles.writing.bulk import set_question, set_source, set_status
from articles.writing.editing import EditConflict, EditError
from tests.factories import make_article, make_claim, make_question, make_source, make_story

pytestmark = pytest.mark.django_db
ACCEPTED, REJECTED, SUGGESTED = Claim.Status.ACCEPTED, Claim.Status.REJECTED, Claim.Status.SUGGESTED


def some_claims(number: int = 2, **fields: Any) -> list[Claim]:
    article = make_article(story=make_story())
    return [make_claim(article=article, **fields) for _ in range(number)]


def nothing_changed() -> bool:
    unchanged = not Claim.objects.exclude(version=1).exists()
    return unchanged and not Revision.objects.exists() and not Changeset.objects.filter(kind="bulk").exists()


def test_setting_a_source_is_one_changeset(editor: User) -> None:
    claims = some_claims()
    changeset = set_source(claims, make_source(name="SANA"), editor)
    assert {(claim.source.name, claim.version) for claim in Claim.objects.all() if claim.source} == {("SANA", 2)}
    assert (changeset.kind, changeset.editor, changeset.summary) == ("bulk", editor, "source: SANA")
    assert set(changeset.revisions.values_list("claim_uid", flat=True)) == {claim.uid for claim in claims}


def test_setting_leaves_other_claims_alone(editor: User) -> None:
    one, other = some_claims()
    set_source([one], make_source(name="SANA"), editor)
    other.refresh_from_db()
    assert (str(other.source), other.version) == ("Coalition", 1)


def test_a_merged_source_is_refused(editor: User) -> None:
    claims = some_claims()
    merged = Source.objects.create(name="Old", slug="old", code="OLD", merged_into=make_source())
    with pytest.raises(EditError, match="merged into another"):
        set_source(claims, merged, editor)
    assert nothing_changed()


@pytest.mark.parametrize("status", [ACCEPTED, REJECTED, SUGGESTED])
def test_setting_a_status(editor: User, status: Claim.Status) -> None:
    changeset = set_status(some_claims(status="suggested", source=make_source()), status, editor)
    assert set(Claim.objects.values_list("status", flat=True)) == {status}
    assert changeset.summary == f"status: {status}"


@pytest.mark.parametrize("status", [ACCEPTED, REJECTED])
def test_a_claim_without_a_source_can_only_be_suggested(editor: User, status: Claim.Status) -> None:
    claims = [
        *some_claims(status="suggested"),
        make_claim(status="suggested", source=make_source(), article=make_article(slug="b")),
    ]
    with pytest.raises(EditError, match="2 of these claims have no source yet"):
        set_status(claims, status, editor)
    assert nothing_changed()
    set_status(claims, SUGGESTED, editor)


def test_a_stale_claim_refuses_all(editor: User) -> None:
    one, other = some_claims()
    Claim.objects.filter(pk=other.pk).update(version=5)
    with pytest.raises(EditConflict) as caught:
        set_source([one, other], make_source(name="SANA"), editor)
    assert caught.value.claims == [other]
    assert not Claim.objects.filter(source__name="SANA").exists()


class TestSetQuestion:
    def test_lets_each_claim_answer_with_its_quote(self, editor: User) -> None:
        claims = some_claims()
        question = make_question(kind="words", text="Why?")
        changeset = set_question(claims, question, editor)
        rows = Answer.objects.values_list("words", "as_worded", "question__text")
        assert list(rows) == [(claim.quote, claim.quote, "Why?") for claim in claims]
        assert changeset.summary == "question: Why?"
        assert changeset.revisions.count() == 2

    def test_leaves_answers_alone(self, editor: User) -> None:
        question = make_question(kind="words")
        one, other = some_claims()
        Answer.objects.create(claim=one, question=question, words="mine", as_worded="mine")
        set_question([one, other], question, editor)
        assert set(Answer.objects.values_list("claim", "words")) == {(one.pk, "mine"), (other.pk, other.quote)}
        assert Claim.objects.get(pk=one.pk).version == 1

    @pytest.mark.parametrize("kind", ["number", "choice", "place"])
    def test_takes_questions_of_words_only(self, editor: User, kind: str) -> None:
        with pytest.raises(EditError, match=f"asks for a {kind}"):
            set_question(some_claims(), make_question(kind=kind), editor)
        assert nothing_changed()

    def test_refuses_a_question_of_another_story(self, editor: User) -> None:
        question = make_question(kind="words", story=make_story(slug="other"))
        with pytest.raises(EditError, match="another story"):
            set_question(some_claims(), question, editor)
        assert nothing_changed() and not Answer.objects.exists()

    def test_runs_a_fixed_number_of_queries(self, editor: User) -> None:
        question: Question = make_question(kind="words")

        def queries(number: int) -> int:
            article = make_article(slug=f"a{number}", story=question.story)
            claims = list(Claim.objects.filter(pk__in=[make_claim(article=article).pk for _ in range(number)]))
            with CaptureQueriesContext(connection) as context:
                set_question(claims, question, editor)
            return len(context)

        assert queries(2) == queries(30)
