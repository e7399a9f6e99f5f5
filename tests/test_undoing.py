"""Undoing: all that one changeset did to claims is taken back, or nothing is."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Answer, Article, Changeset, Claim, Highlight, Question, Revision, Source
from articles.snapshots import Draft, snapshot
from articles.writing.bulk import set_source
from articles.writing.checking import check_all
from articles.writing.editing import EditConflict, EditError, open_changeset
from articles.writing.passages import passages_of
from articles.writing.restoring import restore
from articles.writing.tagging import (
    Act,
    Entry,
    delete_claim,
    edit_claim,
    join_claims,
    retag_claim,
    split_claim,
    stored,
)
from articles.writing.undoing import undo
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story

pytestmark = pytest.mark.django_db

TEXT = "The coalition said alpha. It added beta and gamma."


@pytest.fixture
def article() -> Article:
    return make_article(paragraphs=[TEXT], story=make_story())


@pytest.fixture
def question() -> Question:
    return make_question()


@pytest.fixture
def sana() -> Source:
    return make_source(name="SANA")


def whole(uid: str) -> Claim:
    claim = stored(uid)
    assert claim
    return claim


def made(article: Article, *quotes: str, **more: Any) -> Claim:
    return whole(make_claim(article=article, quote=quotes, **more).uid)


def noted(claim: Claim, note: str, editor: User) -> Changeset:
    claim = whole(claim.uid)
    entry = Entry(tuple(passages_of(claim)), claim.source, note=note, answers=tuple(claim.answers.all()))
    return edit_claim(claim, entry, Act(editor))


def state() -> dict[str, Any]:
    """Every claim as it is, with the ids of its highlights."""
    return {uid: snapshot(Draft.of(whole(uid))) for uid in Claim.objects.values_list("uid", flat=True)}


def everything() -> list[list[dict[str, Any]]]:
    models: tuple[Any, ...] = (Claim, Highlight, Answer, Revision, Changeset)
    return [list(model.objects.order_by("pk").values()) for model in models]


def assert_sound() -> None:
    assert [problem.what for problem in check_all() if "text as given" not in problem.what] == []


class TestEachKind:
    def test_a_new_claim_goes(self, article: Article, editor: User) -> None:
        kept = made(article, "beta")
        claim = made(article, "alpha", editor=editor)
        undone = undo(claim.made_in, editor)
        assert list(Claim.objects.all()) == [kept]
        assert (undone.kind, undone.editor, undone.article) == ("restore", editor, article)
        assert undone.summary.startswith("undone: made on ")
        assert_sound()

    def test_an_edit(self, article: Article, question: Question, editor: User) -> None:
        claim = made(article, "alpha", "beta", answers=[answer(question, 7)], speaker="S", note="n")
        before = state()
        entry = Entry(tuple(passages_of(claim)[1:]), claim.source, speaker="T", status="rejected")
        undo(edit_claim(claim, entry, Act(editor)), editor)
        assert state() == before
        assert whole(claim.uid).version == 3
        assert_sound()

    def test_another_source(self, article: Article, sana: Source, editor: User) -> None:
        claim = made(article, "alpha", source=None, status="suggested", proposed_source="somebody")
        before = state()
        changeset = retag_claim(claim, sana, Act(editor))
        assert whole(claim.uid).source == sana
        undo(changeset, editor)
        assert state() == before

    def test_many_at_once(self, article: Article, sana: Source, editor: User) -> None:
        claims = [made(article, quote) for quote in ("alpha", "beta")]
        before = state()
        set_source(list(Claim.objects.all()), sana, editor)
        undo(Changeset.objects.get(kind="bulk"), editor)
        assert state() == before and len(claims) == 2
        assert_sound()

    def test_a_deletion(self, article: Article, question: Question, editor: User) -> None:
        claim = made(article, "alpha", "beta", answers=[answer(question, 7)])
        before = state()
        undo(delete_claim(claim, Act(editor)), editor)
        assert state() == before
        assert whole(claim.uid).version == 3
        assert_sound()

    def test_a_deletion_in_an_earlier_version_links_what_continued_it(self, article: Article, editor: User) -> None:
        claim = made(article, "alpha", editor=editor)
        newer = make_article(slug="newer", paragraphs=[TEXT], story=article.story, revises=article)
        later = made(newer, "alpha", continues=claim)
        before = state()
        undo(delete_claim(claim, Act(editor)), editor)
        assert whole(later.uid).continues == whole(claim.uid)
        assert state() == before
        assert_sound()

    def test_a_split(self, article: Article, question: Question, editor: User) -> None:
        claim = made(article, "alpha", "beta", answers=[answer(question, 7)])
        before = state()
        undo(split_claim(claim, claim.highlights.all()[0].uid, Act(editor)), editor)
        assert state() == before
        assert_sound()

    def test_a_join_gives_both_back_with_their_ids(
        self, article: Article, question: Question, sana: Source, editor: User
    ) -> None:
        claim = made(article, "alpha", answers=[answer(question, 7)])
        other = made(article, "beta", "gamma", source=sana, answers=[answer(question, 8)])
        before = state()
        undo(join_claims(claim, other, Act(editor)), editor)
        assert state() == before
        assert_sound()

    def test_a_join_in_an_earlier_version_links_what_continued_each(self, article: Article, editor: User) -> None:
        claim, other = made(article, "alpha", editor=editor), made(article, "beta", editor=editor)
        newer = make_article(slug="newer", paragraphs=[TEXT], story=article.story, revises=article)
        one, two = made(newer, "alpha", continues=claim), made(newer, "beta", continues=other)
        before = state()
        undo(join_claims(whole(claim.uid), whole(other.uid), Act(editor)), editor)
        assert [whole(later.uid).continues for later in (one, two)] == [whole(claim.uid), whole(other.uid)]
        assert state() == before
        assert_sound()


class TestOneAfterAnother:
    def test_what_was_made_and_edited_is_undone_step_by_step(self, article: Article, editor: User) -> None:
        claim = made(article, "alpha", editor=editor)
        edited = noted(claim, "n", editor)
        undo(edited, editor)
        assert whole(claim.uid).note == ""
        undo(claim.made_in, editor)
        assert state() == {}
        assert_sound()

    def test_edits_are_undone_from_the_last_to_the_first(self, article: Article, editor: User) -> None:
        claim = made(article, "alpha", editor=editor)
        edits = [noted(claim, note, editor) for note in ("one", "two", "three")]
        notes = []
        for changeset in reversed(edits):
            undo(changeset, editor)
            notes.append(whole(claim.uid).note)
        assert notes == ["two", "one", ""]

    def test_a_split_and_a_join_of_it(self, article: Article, editor: User) -> None:
        claim = made(article, "alpha", "beta", editor=editor)
        before = state()
        split = split_claim(claim, claim.highlights.all()[1].uid, Act(editor))
        between = state()
        (other,) = Claim.objects.exclude(uid=claim.uid)
        joined = join_claims(whole(claim.uid), whole(other.uid), Act(editor))
        undo(joined, editor)
        assert state() == between
        undo(split, editor)
        assert state() == before
        assert_sound()

    def test_twice_does_it_once(self, article: Article, editor: User) -> None:
        claim = made(article, "alpha", editor=editor)
        edited = noted(claim, "n", editor)
        first = undo(edited, editor)
        before = everything()
        assert undo(edited, editor) == first
        assert everything() == before

    def test_twice_does_it_once_whatever_came_after(self, article: Article, editor: User) -> None:
        claim = made(article, "alpha", editor=editor)
        edited = noted(claim, "n", editor)
        undo(edited, editor)
        noted(claim, "n", editor)
        undo(edited, editor)
        assert whole(claim.uid).note == "n"


class TestRefused:
    def refused(
        self, changeset: Changeset, editor: User, error: type[EditError] = EditConflict, why: str = "meantime"
    ) -> None:
        before = everything()
        with pytest.raises(error, match=why):
            undo(changeset, editor)
        assert everything() == before

    def test_when_it_was_changed_since(self, article: Article, editor: User) -> None:
        claim = made(article, "alpha", editor=editor)
        first = noted(claim, "one", editor)
        noted(claim, "two", editor)
        for changeset in (claim.made_in, first):
            self.refused(changeset, editor, why=claim.uid)

    def test_when_it_was_deleted_since(self, article: Article, editor: User) -> None:
        claim = made(article, "alpha", editor=editor)
        delete_claim(claim, Act(editor))
        self.refused(claim.made_in, editor)

    def test_when_one_of_many_was_changed_since_all_stay(self, article: Article, sana: Source, editor: User) -> None:
        one, _ = made(article, "alpha"), made(article, "beta")
        set_source(list(Claim.objects.all()), sana, editor)
        noted(one, "n", editor)
        self.refused(Changeset.objects.get(kind="bulk"), editor, why=one.uid)

    def test_when_what_a_split_made_was_changed_since(self, article: Article, editor: User) -> None:
        claim = made(article, "alpha", "beta")
        split = split_claim(claim, claim.highlights.all()[1].uid, Act(editor))
        noted(Claim.objects.exclude(uid=claim.uid).get(), "n", editor)
        self.refused(split, editor)

    def test_when_what_was_joined_was_deleted_since(self, article: Article, editor: User) -> None:
        claim, other = made(article, "alpha"), made(article, "beta")
        joined = join_claims(claim, other, Act(editor))
        delete_claim(whole(claim.uid), Act(editor))
        self.refused(joined, editor)

    def test_when_what_was_deleted_came_back_and_went_again(self, article: Article, editor: User) -> None:
        claim = made(article, "alpha", editor=editor)
        first = delete_claim(claim, Act(editor))
        restore(Revision.objects.of_claims([claim.uid]).newest_first()[0], editor)
        delete_claim(whole(claim.uid), Act(editor))
        self.refused(first, editor)

    @pytest.mark.parametrize(("kind", "said"), [("import", "imported"), ("merge", "merged"), ("restore", "restored")])
    def test_what_is_no_act_on_claims(self, article: Article, editor: User, kind: str, said: str) -> None:
        changeset = open_changeset(Changeset.Kind(kind), editor, article)
        self.refused(changeset, editor, EditError, f"{said} is not undone here")

    def test_what_changed_no_claim(self, article: Article, editor: User) -> None:
        changeset = open_changeset(Changeset.Kind.EDIT, editor, article, summary="the article's data")
        self.refused(changeset, editor, EditError, "No claim was edited there")

    def test_an_undoing(self, article: Article, editor: User) -> None:
        claim = made(article, "alpha", editor=editor)
        self.refused(undo(noted(claim, "n", editor), editor), editor, EditError, "restored is not undone here")
