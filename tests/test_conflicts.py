"""Conflicts: what two editors made of one claim, part by part, and choosing between them."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict

from articles.editors.conflicts import WORDS, Clash, clashes, with_theirs
from articles.models import Answer, Article, Claim, Question, Revision, Source
from articles.snapshots import Snapshot, content
from articles.text.differences import Change
from articles.writing.passages import Passage, passages_of
from articles.writing.tagging import Act, Entry, draft_of, edit_claim, stored
from tests.factories import (
    answer,
    make_article,
    make_choice,
    make_claim,
    make_highlight,
    make_question,
    make_source,
    make_story,
)

pytestmark = pytest.mark.django_db

TEXT = "Alpha said seven were hurt. Beta said none were."


@pytest.fixture
def hurt() -> Question:
    return make_question(slug="hurt", text="How many were hurt?")


@pytest.fixture
def claim(hurt: Question) -> Claim:
    article = make_article(paragraphs=[TEXT], story=make_story())
    make_source(name="Beta")
    row = make_claim(
        uid="aaaa", article=article, source=make_source(name="Alpha"), quote="seven were hurt", speaker="A spokesman"
    )
    return whole(row.uid)


def whole(uid: str) -> Claim:
    claim = stored(uid)
    assert claim
    return claim


def entry(claim: Claim, **changes: Any) -> Entry:
    fields = {name: getattr(claim, name) for name in ("source", "speaker", "cue", "note", "status")}
    answers = tuple(claim.answers.all())
    return Entry(**{"passages": tuple(passages_of(claim)), "answers": answers, **fields, **changes})


def passage(article: Article, quote: str, uid: str = "") -> Passage:
    row = make_highlight(article, quote)
    return Passage(row.paragraph, row.start or 0, row.end or 0, quote, uid)


def saved_by_another(editor: User, **changes: Any) -> None:
    claim = whole("aaaa")
    edit_claim(claim, entry(claim, **changes), Act(editor))


def sent(claim: Claim, **changes: Any) -> Snapshot:
    return content(draft_of(claim, entry(claim, **changes)))


def found(claim: Claim, yours: Snapshot, based_on: int = 1) -> dict[str, Clash]:
    return {clash.part: clash for clash in clashes(whole("aaaa"), based_on, yours)}


class TestClashes:
    def test_one_part_that_both_have_changed(self, claim: Claim, editor: User) -> None:
        saved_by_another(editor, speaker="Colonel Jones")
        one = found(claim, sent(claim, speaker="Colonel Smith"))
        assert list(one) == ["Speaker"]
        assert (one["Speaker"].theirs, one["Speaker"].yours) == ("Colonel Jones", "Colonel Smith")
        assert not one["Speaker"].is_theirs_alone
        pieces = one["Speaker"].pieces
        assert [piece.words.strip() for piece in pieces if piece.change is Change.GONE] == ["Jones"]
        assert [piece.words.strip() for piece in pieces if piece.change is Change.NEW] == ["Smith"]

    def test_what_the_other_alone_has_changed_is_marked_so(self, claim: Claim, editor: User) -> None:
        saved_by_another(editor, speaker="Colonel Jones", note="theirs")
        parts = found(claim, sent(claim, note="mine"))
        assert {name: clash.is_theirs_alone for name, clash in parts.items()} == {"Speaker": True, "Note": False}

    def test_what_both_say_is_no_clash(self, claim: Claim, editor: User) -> None:
        saved_by_another(editor, cue="said")
        assert found(claim, sent(claim, cue="said")) == {}

    def test_what_you_alone_have_changed_is_yours_to_choose(self, claim: Claim, editor: User) -> None:
        saved_by_another(editor, cue="said")
        parts = found(claim, sent(claim, speaker=""))
        assert (parts["Speaker"].theirs, parts["Speaker"].yours) == ("A spokesman", "")
        assert not parts["Speaker"].is_theirs_alone and parts["Cue"].is_theirs_alone

    def test_sources_words_status_and_answers_are_parts(self, claim: Claim, hurt: Question, editor: User) -> None:
        there = passage(claim.article, "Beta said none", claim.highlights.all()[0].uid)
        saved_by_another(
            editor,
            source=Source.objects.get(slug="beta"),
            passages=(there,),
            status="rejected",
            answers=(answer(hurt, 7, as_worded="seven"),),
        )
        parts = found(claim, sent(claim, answers=(answer(hurt, 8, as_worded="eight"),)))
        assert {name: (clash.theirs, clash.yours) for name, clash in parts.items()} == {
            "Source": ("Beta", "Alpha"),
            "Status": ("rejected", "accepted"),
            WORDS: ("Beta said none", "seven were hurt"),
            "How many were hurt?": ("7 (as worded: seven)", "8 (as worded: eight)"),
        }
        assert {name for name, clash in parts.items() if clash.is_theirs_alone} == {"Source", "Status", WORDS}

    def test_what_you_sent_is_compared_with_what_you_had_seen(self, claim: Claim, editor: User) -> None:
        saved_by_another(editor, speaker="Second")
        second = whole("aaaa")
        saved_by_another(editor, speaker="Third")
        assert found(second, sent(second), based_on=2)["Speaker"].is_theirs_alone
        assert not found(second, sent(second), based_on=1)["Speaker"].is_theirs_alone

    def test_without_the_revision_that_you_had_seen_nothing_is_theirs_alone(self, claim: Claim, editor: User) -> None:
        saved_by_another(editor, speaker="Second")
        Revision.objects.filter(claim_uid="aaaa", version=1).delete()
        assert not found(claim, sent(claim))["Speaker"].is_theirs_alone


class TestChoosing:
    @pytest.fixture
    def now(self, claim: Claim, hurt: Question, editor: User) -> Claim:
        who = make_question(slug="who", text="Who was it?", kind="choice")
        answers: tuple[Answer, ...] = (
            answer(hurt, 7, as_worded="seven"),
            answer(who, make_choice(who, "rebels"), as_worded="they"),
        )
        saved_by_another(
            editor, speaker="Theirs", note="theirs", source=Source.objects.get(slug="beta"), answers=answers
        )
        return whole("aaaa")

    def data(self, **values: str) -> QueryDict:
        made = QueryDict(mutable=True)
        made.update({"source": "alpha", "speaker": "Mine", "note": "mine", "q-hurt-value": "8", **values})
        made.setlist("at", ["0:0-5", "0:28-32"])
        return made

    def test_nothing_chosen_leaves_all_as_it_was_sent(self, now: Claim) -> None:
        data = self.data()
        assert with_theirs(data, [], now) is data

    def test_a_field(self, now: Claim) -> None:
        chosen = with_theirs(self.data(), ["Speaker"], now)
        assert (chosen["speaker"], chosen["note"], chosen["source"]) == ("Theirs", "mine", "alpha")

    def test_what_was_sent_is_not_changed_itself(self, now: Claim) -> None:
        data = self.data()
        with_theirs(data, ["Speaker", WORDS], now)
        assert data["speaker"] == "Mine" and len(data.getlist("at")) == 2

    def test_the_source_with_the_fields_of_a_new_one(self, now: Claim) -> None:
        data = self.data(source="+", source_name="New", source_code="NEW", source_kind="agency")
        chosen = with_theirs(data, ["Source"], now)
        assert (chosen["source"], chosen["source_name"], chosen["source_code"]) == ("beta", "", "")

    def test_the_words(self, now: Claim) -> None:
        chosen = with_theirs(self.data(), [WORDS], now)
        assert chosen.getlist("at") == [one.written for one in passages_of(now)]

    def test_answers_by_their_questions(self, now: Claim) -> None:
        chosen = with_theirs(self.data(), ["How many were hurt?", "Who was it?"], now)
        assert (chosen["q-hurt-value"], chosen["q-hurt-as_worded"]) == ("7", "seven")
        assert (chosen["q-who-value"], chosen["q-who-as_worded"], chosen["q-who-other"]) == ("rebels", "they", "")

    def test_an_answer_that_they_took_away(self, now: Claim) -> None:
        make_question(slug="why", text="Why?", kind="words")
        chosen = with_theirs(self.data(**{"q-why-value": "because"}), ["Why?"], now)
        assert chosen["q-why-value"] == ""

    def test_a_part_that_there_is_not(self, now: Claim) -> None:
        assert with_theirs(self.data(), ["Nothing", "Continues"], now) == self.data()
