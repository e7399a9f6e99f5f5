"""Tagging: each act of an editor on claims is one changeset, carried out once for each token."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Answer, Article, Changeset, Claim, Highlight, Question, Revision, Source
from articles.writing.checking import check_all
from articles.writing.editing import EditConflict, EditError
from articles.writing.passages import passages_of, read_passages
from articles.writing.tagging import (
    Act,
    Entry,
    Repeated,
    add_claim,
    delete_claim,
    edit_claim,
    join_claims,
    retag_claim,
    split_claim,
    stored,
)
from tests.factories import (
    answer,
    make_article,
    make_claim,
    make_highlight,
    make_question,
    make_source,
    make_story,
    orphan,
)

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


@pytest.fixture
def newer(article: Article) -> Article:
    return make_article(slug="newer", paragraphs=[TEXT], story=article.story, revises=article)


def whole(uid: str) -> Claim:
    claim = stored(uid)
    assert claim
    return claim


def made(article: Article, *quotes: str, **more: Any) -> Claim:
    return whole(make_claim(article=article, quote=quotes, **more).uid)


def at(quote: str) -> str:
    return f"0:{TEXT.index(quote)}-{TEXT.index(quote) + len(quote)}"


def entry(article: Article, *quotes: str, source: Source | None = None, **more: Any) -> Entry:
    passages = read_passages([at(quote) for quote in quotes], article)
    return Entry(tuple(passages), source or make_source(), **more)


def uids(claim: Claim) -> list[str]:
    return [row.uid for row in whole(claim.uid).highlights.all()]


def everything() -> list[list[dict[str, Any]]]:
    models: tuple[Any, ...] = (Claim, Highlight, Answer, Revision, Changeset)
    return [list(model.objects.order_by("pk").values()) for model in models]


@contextmanager
def refused(error: type[EditError], why: str) -> Iterator[None]:
    """In these words, and nothing of it is written."""
    before = everything()
    with pytest.raises(error, match=why):
        yield
    assert everything() == before


@pytest.fixture(autouse=True)
def _sound(db: None) -> Iterator[None]:
    yield
    assert [problem.what for problem in check_all() if "text as given" not in problem.what] == []


class TestAdding:
    def test_makes_a_claim_of_what_is_said(self, article: Article, question: Question, editor: User) -> None:
        said = entry(
            article,
            "alpha",
            "gamma",
            speaker="S",
            cue="said",
            note="n",
            status="suggested",
            answers=(answer(question, 7),),
        )
        changeset = add_claim(article, said, Act(editor, "t"))
        claim = Claim.objects.get()
        assert (changeset.kind, changeset.editor, changeset.article) == ("create", editor, article)
        assert changeset.claim_uids() == [claim.uid] and not changeset.is_repeated
        assert (claim.quote, claim.speaker, claim.cue, claim.note) == ("alpha … gamma", "S", "said", "n")
        assert (claim.status, str(claim.answers.get())) == ("suggested", "7")

    def test_without_passages_or_source_is_refused(self, article: Article, editor: User) -> None:
        with refused(EditError, "at least one highlight"):
            add_claim(article, entry(article), Act(editor))
        with refused(EditError, "choose one"):
            add_claim(article, Entry(tuple(read_passages([at("alpha")], article))), Act(editor))

    def test_in_an_article_of_other_words_is_refused(self, article: Article, newer: Article, editor: User) -> None:
        with refused(EditError, "another article"):
            add_claim(newer, entry(article, "alpha"), Act(editor))


class TestEditing:
    def test_replaces_all_of_it_and_keeps_the_ids(self, article: Article, question: Question, editor: User) -> None:
        claim = made(article, "alpha", "beta", answers=[answer(question, 7)], speaker="S")
        first, second = passages_of(claim)
        more = read_passages([at("gamma")], article)
        edit_claim(claim, Entry((second, *more), claim.source, answers=(answer(question, 8),)), Act(editor))
        now = whole(claim.uid)
        assert (now.quote, now.speaker, now.version, str(now.answers.get())) == ("beta … gamma", "", 2, "8")
        assert uids(now)[0] == second.uid and first.uid not in uids(now)

    def test_keeps_what_it_continues(self, article: Article, newer: Article, editor: User) -> None:
        before = made(article, "alpha")
        later = made(newer, "alpha", continues=before)
        edit_claim(later, Entry(tuple(passages_of(later)), later.source, note="n"), Act(editor))
        assert whole(later.uid).continues == before

    def test_keeps_the_context_of_an_orphan(self, article: Article, editor: User) -> None:
        lost = orphan("lost")
        lost.prefix, lost.suffix = "before", "after"
        claim = whole(make_claim(article=article, highlights=[lost]).uid)
        edit_claim(claim, Entry(tuple(passages_of(claim)), claim.source, note="n"), Act(editor))
        row = whole(claim.uid).highlights.get()
        assert (row.uid, row.state, row.prefix, row.suffix) == (lost.uid, "orphaned", "before", "after")


class TestRetagging:
    def test_changes_the_source_alone(self, article: Article, question: Question, sana: Source, editor: User) -> None:
        claim = made(article, "alpha", answers=[answer(question, 7)], speaker="S", status="rejected")
        before = uids(claim)
        retag_claim(claim, sana, Act(editor))
        now = whole(claim.uid)
        assert (now.source, now.speaker, now.status, str(now.answers.get())) == (sana, "S", "rejected", "7")
        assert uids(now) == before

    def test_leaves_a_suggestion_one_and_drops_the_proposed_name(
        self, article: Article, sana: Source, editor: User
    ) -> None:
        claim = made(article, "alpha", source=None, status="suggested", proposed_source="somebody")
        retag_claim(claim, sana, Act(editor))
        now = whole(claim.uid)
        assert (now.source, now.status, now.proposed_source) == (sana, "suggested", "")


class TestDeleting:
    def test_leaves_its_last_revision(self, article: Article, editor: User) -> None:
        claim = made(article, "alpha", note="n")
        changeset = delete_claim(claim, Act(editor))
        assert stored(claim.uid) is None
        assert [row.snapshot["note"] for row in changeset.revisions.all()] == ["n"]


class TestSplitting:
    def test_makes_one_passage_a_claim_of_its_own(self, article: Article, question: Question, editor: User) -> None:
        claim = made(article, "alpha", "beta", "gamma", answers=[answer(question, 7)], speaker="S", cue="c", note="n")
        first, second, third = uids(claim)
        changeset = split_claim(claim, second, Act(editor))
        other = Claim.objects.exclude(uid=claim.uid).get()
        assert (uids(claim), uids(other)) == ([first, third], [second])
        assert (other.source, other.speaker, other.cue, other.note) == (claim.source, "S", "c", "n")
        assert whole(claim.uid).answers.count() == 1 and not other.answers.exists()
        assert sorted(changeset.claim_uids()) == sorted([claim.uid, other.uid])

    def test_only_what_stays_continues(self, article: Article, newer: Article, editor: User) -> None:
        before = made(article, "alpha")
        later = made(newer, "alpha", "beta", continues=before)
        split_claim(later, uids(later)[1], Act(editor))
        assert [one.uid for one in Claim.objects.continuing(before)] == [later.uid]

    def test_an_orphaned_passage_is_split_off_too(self, article: Article, editor: User) -> None:
        claim = whole(make_claim(article=article, highlights=[make_highlight(article, "alpha"), orphan("lost")]).uid)
        split_claim(claim, uids(claim)[1], Act(editor))
        assert sorted(one.quote for one in Claim.objects.all()) == ["alpha", "lost"]

    @pytest.mark.parametrize("quotes", [["alpha"], ["alpha", "beta"]])
    def test_needs_two_and_one_of_them(self, article: Article, editor: User, quotes: list[str]) -> None:
        claim = made(article, *quotes)
        with refused(EditError, "two passages or more"):
            split_claim(claim, uids(claim)[0] if len(quotes) == 1 else "another", Act(editor))


class TestJoining:
    def test_takes_passages_and_answers(self, article: Article, question: Question, sana: Source, editor: User) -> None:
        why = make_question(slug="why", kind="words")
        claim = made(article, "beta", answers=[answer(question, 7)], speaker="S")
        other = made(
            article, "alpha", "gamma", source=sana, answers=[answer(question, 8), answer(why, "w")], speaker="T"
        )
        ids = [uids(other)[0], *uids(claim), uids(other)[1]]
        join_claims(claim, other, Act(editor))
        now = whole(Claim.objects.get().uid)
        assert (now.uid, now.quote, now.speaker, now.source) == (claim.uid, "alpha … beta … gamma", "S", claim.source)
        assert uids(now) == ids
        assert [row.value for row in now.answers.all()] == ["7", "w"]

    def test_what_continued_the_other_continues_it(self, article: Article, newer: Article, editor: User) -> None:
        claim, other = made(article, "alpha"), made(article, "beta")
        one, two = made(newer, "alpha", continues=claim), made(newer, "beta", continues=other)
        changeset = join_claims(claim, other, Act(editor))
        assert [whole(later.uid).continues for later in (one, two)] == [claim, claim]
        assert sorted(changeset.claim_uids()) == sorted([claim.uid, other.uid, two.uid])

    def test_continues_what_the_other_did_if_it_continued_none(
        self, article: Article, newer: Article, editor: User
    ) -> None:
        before = [made(article, "alpha"), made(article, "beta")]
        claim, other = made(newer, "alpha"), made(newer, "beta", continues=before[1])
        third = made(newer, "gamma", continues=before[0])
        join_claims(claim, other, Act(editor))
        assert whole(claim.uid).continues == before[1]
        join_claims(whole(claim.uid), third, Act(editor))
        assert whole(claim.uid).continues == before[1]

    def test_needs_another_of_the_same_article(self, article: Article, newer: Article, editor: User) -> None:
        claim, later = made(article, "alpha"), made(newer, "alpha")
        for other in (claim, later):
            with refused(EditError, "another claim of the same article"):
                join_claims(claim, other, Act(editor))

    def test_when_the_other_was_changed_meanwhile_is_refused(self, article: Article, editor: User) -> None:
        claim, other = made(article, "alpha"), made(article, "beta")
        edit_claim(whole(other.uid), Entry(tuple(passages_of(other)), other.source, note="n"), Act(editor))
        with refused(EditConflict, other.uid):
            join_claims(claim, other, Act(editor))


def acts(claim: Claim, other: Claim, article: Article, editor: User) -> dict[str, Callable[[str], Changeset]]:
    """Every act on a claim, by name, of a token. What they are based on stays what it is."""
    said = Entry(tuple(passages_of(claim)), claim.source, note="changed")
    second = claim.highlights.all()[1].uid
    return {
        "add": lambda token: add_claim(article, entry(article, "gamma"), Act(editor, token)),
        "edit": lambda token: edit_claim(claim, said, Act(editor, token)),
        "retag": lambda token: retag_claim(claim, make_source(name="SANA"), Act(editor, token)),
        "delete": lambda token: delete_claim(claim, Act(editor, token)),
        "split": lambda token: split_claim(claim, second, Act(editor, token)),
        "join": lambda token: join_claims(claim, other, Act(editor, token)),
    }


@pytest.fixture
def act(article: Article, editor: User, request: pytest.FixtureRequest) -> Callable[[str], Changeset]:
    claim, other = made(article, "alpha", "beta", editor=editor), made(article, "said", editor=editor)
    make_source(name="SANA")
    return acts(claim, other, article, editor)[request.param]


EVERY = ["add", "edit", "retag", "delete", "split", "join"]
ON_A_CLAIM = EVERY[1:]


class TestTokens:
    @pytest.mark.parametrize("act", EVERY, indirect=True)
    def test_the_same_twice_is_done_once(self, act: Callable[[str], Changeset]) -> None:
        first = act("t")
        before = everything()
        again = act("t")
        assert (again, again.is_repeated, first.is_repeated) == (first, True, False)
        assert everything() == before

    @pytest.mark.parametrize("act", EVERY, indirect=True)
    def test_one_that_did_something_else_is_refused(
        self, act: Callable[[str], Changeset], article: Article, editor: User
    ) -> None:
        first = add_claim(article, entry(article, "It added"), Act(editor, "t"))
        with refused(Repeated, "saved before, with other words"):
            act("t")
        with pytest.raises(Repeated) as caught:
            act("t")
        assert caught.value.changeset == first

    def test_other_words_under_one_token_are_refused(self, article: Article, editor: User) -> None:
        add_claim(article, entry(article, "alpha"), Act(editor, "t"))
        for other in (entry(article, "beta"), entry(article, "alpha", note="n")):
            with refused(Repeated, "other words"):
                add_claim(article, other, Act(editor, "t"))

    def test_without_one_twice_is_done_twice(self, article: Article, editor: User) -> None:
        for _ in range(2):
            add_claim(article, entry(article, "alpha"), Act(editor))
        assert Claim.objects.count() == 2

    def test_of_a_refused_act_may_come_again(self, article: Article, editor: User) -> None:
        with refused(EditError, "at least one"):
            add_claim(article, entry(article), Act(editor, "t"))
        assert not add_claim(article, entry(article, "alpha"), Act(editor, "t")).is_repeated


class TestStale:
    @pytest.mark.parametrize("act", ON_A_CLAIM, indirect=True)
    def test_after_another_change_nothing_is_written(
        self, act: Callable[[str], Changeset], article: Article, editor: User
    ) -> None:
        claim = whole(Claim.objects.order_by("pk")[0].uid)
        edit_claim(claim, Entry(tuple(passages_of(claim)), claim.source, speaker="Theirs"), Act(editor))
        with refused(EditConflict, claim.uid):
            act("t")

    @pytest.mark.parametrize("act", ON_A_CLAIM, indirect=True)
    def test_after_a_deletion_nothing_is_written(
        self, act: Callable[[str], Changeset], article: Article, editor: User
    ) -> None:
        claim = whole(Claim.objects.order_by("pk")[0].uid)
        delete_claim(claim, Act(editor))
        with refused(EditConflict, claim.uid):
            act("t")
