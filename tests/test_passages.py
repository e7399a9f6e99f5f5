"""Passages: what an editor has selected, as it is written, read, united and made rows of."""

from dataclasses import replace

import pytest

from articles.models import Article, Claim, Highlight
from articles.snapshots import Draft
from articles.writing.editing import prepare
from articles.writing.passages import (
    MOST,
    Passage,
    PassageError,
    highlights_of,
    passages_of,
    read_passages,
    united,
    with_edge_moved,
    without,
)
from articles.writing.tagging import stored
from tests.factories import make_article, make_claim, make_highlight, orphan

pytestmark = pytest.mark.django_db

FIRST = "A 👩🏽‍🚀 said cafe\u0301s are “open 24/7”."
SECOND = "قال إنهم هنا. He left."


@pytest.fixture
def article() -> Article:
    return make_article(paragraphs=[FIRST, SECOND])


@pytest.fixture
def claim(article: Article) -> Claim:
    lost = orphan("lost words")
    lost.prefix, lost.suffix = "before", "after"
    rows = [make_highlight(article, "said"), make_highlight(article, "He left"), lost]
    return whole(make_claim(article=article, highlights=rows).uid)


def whole(uid: str) -> Claim:
    claim = stored(uid)
    assert claim
    return claim


def at(quote: str, text: str = FIRST) -> str:
    position = [FIRST, SECOND].index(text)
    return f"{position}:{text.index(quote)}-{text.index(quote) + len(quote)}"


def quotes(article: Article, *written: str) -> list[str]:
    return [one.quote for one in read_passages(written, article)]


class TestReading:
    def test_code_points_of_a_paragraph(self, article: Article) -> None:
        (one,) = read_passages([at("He left", SECOND)], article)
        assert (one.quote, one.uid, one.written) == ("He left", "", "1:14-21")
        assert one.paragraph and one.paragraph.position == 1

    def test_a_sign_before_it_widens_it_to_whole_words(self, article: Article) -> None:
        assert quotes(article, at("pen 24")) == ["pen 24"]
        assert quotes(article, "~" + at("pen 24")) == ["open 24/7"]
        assert quotes(article, "~" + at("ال إن", SECOND)) == ["قال إنهم"]

    @pytest.mark.parametrize(("start", "end", "whole"), [(3, 4, "👩🏽‍🚀"), (2, 3, "👩🏽‍🚀"), (15, 16, "e\u0301")])
    def test_no_character_is_cut_from_what_belongs_to_it(
        self, article: Article, start: int, end: int, whole: str
    ) -> None:
        assert quotes(article, f"0:{start}-{end}") == [whole]

    def test_blanks_around_it_are_left_out_and_what_lies_beyond_the_end(self, article: Article) -> None:
        assert quotes(article, at(" said ")) == ["said"]
        assert quotes(article, "1:14-999999999") == ["He left."]

    def test_either_way_round(self, article: Article) -> None:
        assert quotes(article, "1:21-14") == ["He left"]

    def test_what_is_written_is_read_as_the_same(self, article: Article, claim: Claim) -> None:
        written = [one.written for one in passages_of(claim)]
        uids = [row.uid for row in claim.highlights.all()]
        assert written == [f"{uids[0]}@{at('said')}", f"{uids[1]}@{at('He left', SECOND)}", f"{uids[2]}@"]
        assert read_passages(written, article, claim) == passages_of(claim)

    def test_a_highlight_with_a_new_place_keeps_its_id(self, article: Article, claim: Claim) -> None:
        uid = claim.highlights.all()[0].uid
        (one,) = read_passages([f"~{uid}@{at('pen')}"], article, claim)
        assert (one.uid, one.quote) == (uid, "open")

    def test_empty_ones_are_none(self, article: Article) -> None:
        assert read_passages(["", ""], article) == []

    @pytest.mark.parametrize(
        ("written", "why"),
        [
            ("nonsense", "could not be read"),
            ("~", "could not be read"),
            ("0:1", "could not be read"),
            ("0:-1-4", "could not be read"),
            ("0:1234567890-4", "could not be read"),
            ("~~0:1-4", "could not be read"),
            ("ab@0:1-4", "could not be read"),
            ("2:0-4", "no such paragraph"),
            ("0:3-3", "no words"),
            ("0:1-2", "no words"),
            ("0:500-600", "no words"),
            ("abcd@", "no longer part"),
            ("abcd@0:0-1", "no longer part"),
            ("~abcd@", "no longer part"),
        ],
    )
    def test_what_is_none_is_refused_in_words(self, article: Article, claim: Claim, written: str, why: str) -> None:
        with pytest.raises(PassageError, match=why):
            read_passages([written], article, claim)

    def test_a_highlight_of_no_claim_is_refused(self, article: Article, claim: Claim) -> None:
        with pytest.raises(PassageError, match="no longer part"):
            read_passages([passages_of(claim)[0].written], article)

    def test_there_is_a_most(self, article: Article) -> None:
        assert len(read_passages([at("said")] * MOST, article)) == 1
        with pytest.raises(PassageError, match=f"at most {MOST}"):
            read_passages([at("said")] * (MOST + 1), article)


class TestUniting:
    def test_overlapping_ones_become_one_in_reading_order(self, article: Article) -> None:
        written = [at("He left", SECOND), at("are “open"), at("said cafe\u0301s are"), at("open")]
        assert quotes(article, *written) == ["said cafe\u0301s are “open", "He left"]

    def test_those_that_only_touch_stay_two(self, article: Article) -> None:
        assert quotes(article, at("open"), at("“")) == ["“", "open"]

    def test_the_same_places_of_two_paragraphs_stay_two(self, article: Article) -> None:
        assert len(read_passages(["0:0-4", "1:0-4"], article)) == 2

    @pytest.mark.parametrize("own", ["said", "said cafe\u0301s"])
    def test_one_that_is_a_highlight_lends_its_id(self, article: Article, claim: Claim, own: str) -> None:
        uid = claim.highlights.all()[0].uid
        (one,) = read_passages([at("A 👩🏽‍🚀 said"), f"{uid}@{at(own)}"], article, claim)
        assert (one.uid, one.quote) == (uid, f"A 👩🏽‍🚀 {own}")

    def test_orphaned_ones_are_kept_and_come_last(self, article: Article, claim: Claim) -> None:
        said, left, lost = passages_of(claim)
        assert united([lost, left, said]) == [said, left, lost]

    def test_two_orphaned_ones_stay_two(self) -> None:
        lost = [Passage(None, 0, 0, "lost", "aaaa"), Passage(None, 0, 0, "too", "bbbb")]
        assert united(lost) == lost


class TestEdges:
    def test_move_by_words_and_keep_the_id(self, claim: Claim) -> None:
        said, left, lost = passages_of(claim)
        moved = with_edge_moved([said, left, lost], 0, "end", 2)
        assert [one.quote for one in moved] == ["said cafe\u0301s are", "He left", "lost words"]
        assert moved[0].uid == said.uid
        back = with_edge_moved(moved, 0, "end", -2)
        assert back == [said, left, lost]

    def test_at_least_one_word_stays(self, claim: Claim) -> None:
        assert with_edge_moved(passages_of(claim), 1, "start", 9)[1].quote == "left"

    def test_onto_another_passage_unites_them(self, claim: Claim, article: Article) -> None:
        passages = read_passages([at("said"), at("are")], article)
        assert [one.quote for one in with_edge_moved(passages, 1, "start", -2)] == ["said cafe\u0301s are"]

    def test_of_an_orphaned_one_stay(self, claim: Claim) -> None:
        assert with_edge_moved(passages_of(claim), 2, "start", -1) == passages_of(claim)

    def test_of_one_that_is_not_there_changes_nothing(self, claim: Claim) -> None:
        assert with_edge_moved(passages_of(claim), 7, "end", 1) == passages_of(claim)


class TestTakingOut:
    def test_all_but_one(self, claim: Claim) -> None:
        said, left, lost = passages_of(claim)
        assert without([said, left, lost], 1) == [said, lost]

    def test_the_last_one_is_refused_in_words(self, claim: Claim) -> None:
        with pytest.raises(PassageError, match="Delete the claim instead"):
            without(passages_of(claim)[:1], 0)

    def test_what_stands_around_it(self, claim: Claim) -> None:
        said, _, lost = passages_of(claim)
        assert (said.before, said.after) == ("A 👩🏽‍🚀 ", " cafe\u0301s are “open 24/7”.")
        assert (lost.before, lost.after) == ("", "")


class TestRows:
    def test_one_whose_words_are_the_same_keeps_its_state(self, article: Article) -> None:
        row = make_highlight(article, "said")
        row.state = Highlight.State.REWORDED
        claim = whole(make_claim(article=article, highlights=[row]).uid)
        (same,) = highlights_of(passages_of(claim), claim)
        assert (same.uid, same.state) == (row.uid, "reworded")
        (other,) = highlights_of(with_edge_moved(passages_of(claim), 0, "end", 1), claim)
        assert (other.uid, other.state, other.quote) == (row.uid, "placed", "said cafe\u0301s")

    def test_an_orphaned_one_stays_what_it_is_context_and_all(self, claim: Claim) -> None:
        lost = highlights_of(passages_of(claim), claim)[-1]
        before = claim.highlights.all()[2]
        names = ("uid", "quote", "state", "prefix", "suffix", "paragraph", "start", "end")
        assert [getattr(lost, name) for name in names] == [getattr(before, name) for name in names]
        assert (lost.prefix, lost.suffix) == ("before", "after")

    def test_an_orphaned_one_that_is_found_is_placed(self, article: Article) -> None:
        claim = whole(make_claim(article=article, highlights=[orphan("said")]).uid)
        uid = claim.highlights.all()[0].uid
        (row,) = highlights_of(read_passages([f"{uid}@{at('said')}"], article, claim), claim)
        assert (row.uid, row.state, row.quote) == (uid, "placed", "said")

    def test_new_ones_get_an_id(self, article: Article, claim: Claim) -> None:
        rows = highlights_of(replace(one, uid="") for one in passages_of(claim))
        prepare(Draft(Claim(article=article, source=claim.source), rows))
        assert len({row.uid for row in [*rows, *claim.highlights.all()]}) == 6
        assert all(row.uid for row in rows)


def around(text: str, quote: str) -> tuple[str, str]:
    paragraph = make_article(paragraphs=[text], slug="around").paragraphs.get()
    start = text.index(quote)
    passage = Passage(paragraph, start, start + len(quote), quote)
    return passage.before, passage.after


class TestAround:
    def test_it_is_all_of_the_paragraph_that_there_is_with_its_spaces(self) -> None:
        assert around("The US-led coalition", "US-led") == ("The ", " coalition")

    def test_a_word_that_is_cut_is_left_out(self) -> None:
        before, after = around(f"{'word ' * 20}HERE{' word' * 20}", "HERE")
        assert before == "word " * 11
        assert after == " word" * 11

    def test_without_any_space_there_is_nothing_whole(self) -> None:
        assert around(f"{'x' * 90}HERE{'y' * 90}", "HERE") == ("", "")
