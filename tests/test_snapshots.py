"""Snapshots: a claim as a whole, as plain data, and back."""

import json
import re
from copy import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import Answer, Article, Claim, Highlight, Source
from articles.snapshots import Draft, content, content_of, snapshot, whole
from articles.writing.restoring import draft_from
from tests.examples import examples
from tests.factories import (
    make_article,
    make_choice,
    make_claim,
    make_highlight,
    make_place,
    make_question,
    make_source,
    make_story,
    orphan,
)

TEXT = "🤔 He\u0301 said “yes”, قال, and then said no more."
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
LOST = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


def kept(claim: Claim) -> dict[str, Any]:
    return snapshot(Draft.of(whole(Claim.objects.with_uid(claim.uid)).get()))


def answers_of_every_kind() -> list[Answer]:
    kinds = ("number", "choice", "place", "words")
    number, choice, place, words = (make_question(slug=kind, kind=kind) for kind in kinds)
    return [
        Answer(question=words, words="why", as_worded="because"),
        Answer(question=number, low=1, high=None, about=True, as_worded="one or more"),
        Answer(question=choice, choice=make_choice(choice, "sana"), as_worded="SANA"),
        Answer(question=place, place=make_place(), as_worded="Khusham"),
    ]


def make_whole_claim() -> Claim:
    story = make_story()
    first = make_article(paragraphs=[TEXT], story=story)
    before = make_claim(article=first, quote="yes", uid="bbbb")
    article = make_article(slug="second", paragraphs=[TEXT], story=story, revises=first)
    return make_claim(
        article=article,
        uid="aaaa",
        highlights=[make_highlight(article, "قال"), orphan("gone"), make_highlight(article, "He\u0301")],
        answers=answers_of_every_kind(),
        speaker="Veale",
        cue="said",
        note="a note",
        status="suggested",
        source=make_source(),
        proposed_source="the coalition",
        continues=before,
    )


@pytest.mark.django_db
class TestSnapshot:
    def test_holds_all_of_a_claim(self) -> None:
        found = kept(make_whole_claim())
        names = ("article", "source", "proposed_source", "speaker", "cue", "note", "status", "continues")
        assert {name: found[name] for name in names} == {
            "article": "second",
            "source": "coalition",
            "proposed_source": "the coalition",
            "speaker": "Veale",
            "cue": "said",
            "note": "a note",
            "status": "suggested",
            "continues": "bbbb",
        }
        rows = [(row["quote"], row["paragraph"], row["start"], row["end"], row["state"]) for row in found["highlights"]]
        at = TEXT.index("قال")
        assert rows == [
            ("He\u0301", 0, 2, 5, "placed"),
            ("قال", 0, at, at + 3, "placed"),
            ("gone", None, None, None, "orphaned"),
        ]
        assert {row["question"]: row["as_worded"] for row in found["answers"]} == {
            "number": "one or more",
            "choice": "SANA",
            "place": "Khusham",
            "words": "because",
        }

    def test_names_no_primary_key_and_is_plain_data(self) -> None:
        claim = make_whole_claim()
        Source.objects.filter(pk=claim.source_id).update(tone=1)
        said = json.dumps(kept(claim))
        assert json.loads(said) == kept(claim)
        assert not re.search(r'"(id|pk|\w+_id)":', said)

    def test_says_which_claims_continue_it(self) -> None:
        make_whole_claim()
        assert kept(Claim.objects.get(uid="bbbb"))["continued_by"] == ["aaaa"]

    def test_runs_a_fixed_number_of_queries(self, django_assert_num_queries: Any) -> None:
        make_whole_claim()
        with django_assert_num_queries(4):
            for claim in whole(Claim.objects.all()):
                snapshot(Draft.of(claim))


@pytest.mark.django_db
class TestContent:
    def test_of_a_snapshot_is_that_of_the_claim(self) -> None:
        claim = whole(Claim.objects.with_uid(make_whole_claim().uid)).get()
        assert content_of(kept(claim)) == content(Draft.of(claim))

    def test_does_not_depend_on_the_order_of_entering(self) -> None:
        draft = Draft.of(whole(Claim.objects.with_uid(make_whole_claim().uid)).get())
        one, two, lost = draft.highlights
        turned = Draft(draft.claim, [lost, two, one], draft.answers[::-1])
        assert content(turned) == content(draft)

    def test_leaves_out_what_follows_from_the_rest(self) -> None:
        draft = Draft.of(whole(Claim.objects.with_uid(make_whole_claim().uid)).get())
        before = content(draft)
        for row in draft.highlights:
            row.uid, row.prefix, row.suffix = "cccc", "x", "y"
        assert content(draft) == before

    @pytest.mark.parametrize(
        ("name", "value"),
        [("speaker", "x"), ("cue", "x"), ("note", "x"), ("status", "rejected"), ("source", None), ("continues", None)],
    )
    def test_of_different_claims_differs(self, name: str, value: Any) -> None:
        draft = Draft.of(whole(Claim.objects.with_uid(make_whole_claim().uid)).get())
        before = content(draft)
        setattr(draft.claim, name, value)
        assert content(draft) != before

    @pytest.mark.parametrize(("name", "value"), [("quote", "x"), ("start", 1), ("state", "reworded")])
    def test_of_different_highlights_differs(self, name: str, value: Any) -> None:
        draft = Draft.of(whole(Claim.objects.with_uid(make_whole_claim().uid)).get())
        before = content(draft)
        setattr(draft.highlights[0], name, value)
        assert content(draft) != before


class TestRoundTrip(TestCase):
    """Whatever a claim says, its snapshot says again."""

    article: Article
    source: Source

    @classmethod
    def setUpTestData(cls) -> None:
        story = make_story()
        cls.article = make_article(paragraphs=[TEXT, "Second."], story=story)
        cls.source = make_source()
        cls.answers = answers_of_every_kind()

    @settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def test_of_any_claim(self, data: st.DataObject) -> None:
        claim = self.save(data)
        drawn = Draft.of(whole(Claim.objects.with_uid(claim.uid)).get())
        again = draft_from(json.loads(json.dumps(snapshot(drawn))))
        assert content(again) == content(drawn)
        assert [row.uid for row in again.highlights] == [row.uid for row in drawn.highlights]

    def save(self, data: st.DataObject) -> Claim:
        rows = [self.passage(data) for _ in range(data.draw(st.integers(0, 3)))]
        rows += [orphan(quote) for quote in data.draw(st.lists(LOST, min_size=not rows, max_size=2))]
        drawn = data.draw(st.lists(st.sampled_from(self.answers), unique_by=lambda one: one.question_id))
        answers = [copy(answer) for answer in drawn]
        texts = {name: data.draw(PLAIN) for name in ("speaker", "cue", "note", "proposed_source")}
        status = data.draw(st.sampled_from(Claim.Status.values))
        return make_claim(
            article=self.article, source=self.source, highlights=rows, answers=answers, status=status, **texts
        )

    def passage(self, data: st.DataObject) -> Highlight:
        paragraph = data.draw(st.sampled_from(list(self.article.paragraphs.all())))
        start = data.draw(st.integers(0, len(paragraph.text) - 1))
        end = data.draw(st.integers(start + 1, len(paragraph.text)))
        return Highlight(paragraph=paragraph, start=start, end=end, quote=paragraph.text[start:end])
