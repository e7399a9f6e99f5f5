"""Editing: the one way in which claims are written."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from articles.models import Answer, Article, Changeset, Claim, Highlight, Revision, Source
from articles.models.refusals import refusal
from articles.snapshots import Draft
from articles.writing import at_once
from articles.writing.editing import EditConflict, EditError, changing, create_claims, delete_claims, open_changeset
from tests.factories import (
    QUOTE,
    make_article,
    make_choice,
    make_claim,
    make_highlight,
    make_question,
    make_source,
    make_story,
    orphan,
)

pytestmark = pytest.mark.django_db
EDIT, CREATE, DELETE, IMPORT = (
    Changeset.Kind.EDIT,
    Changeset.Kind.CREATE,
    Changeset.Kind.DELETE,
    Changeset.Kind.IMPORT,
)
TEXT = "“We struck,” he said. “We won.” 🤔 He\u0301 said “yes”, قال."


def drafted(article: Article, *quotes: str, answers: Any = (), **fields: Any) -> Draft:
    fields = {"source": make_source(), **fields}
    rows = [make_highlight(article, quote) for quote in quotes]
    return Draft(Claim(article=article, **fields), rows, list(answers))


def speak(claim: Claim, speaker: str, kind: Changeset.Kind = EDIT) -> None:
    with changing([claim], open_changeset(kind)):
        Claim.objects.filter(pk=claim.pk).update(speaker=speaker)


def versions_of(claim: Claim) -> list[tuple[int, str]]:
    rows = Revision.objects.of_claims([claim.uid]).order_by("version")
    return [(row.version, row.snapshot["speaker"]) for row in rows]


def everything() -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("pk").values()) for model in (Claim, Highlight, Answer, Revision)]


@contextmanager
def refused(message: str, error: type[EditError] = EditError) -> Iterator[None]:
    """The change is refused in these words, and nothing of it is written."""
    before = everything()
    with pytest.raises(error, match=message):
        yield
    assert everything() == before


class TestOpenChangeset:
    def test_names_the_editor(self, editor: User) -> None:
        changeset = open_changeset(EDIT, editor, summary="why")
        assert (changeset.kind, changeset.editor, changeset.summary) == ("edit", editor, "why")

    def test_of_nobody(self) -> None:
        from django.contrib.auth.models import AnonymousUser

        assert open_changeset(EDIT, AnonymousUser()).editor is None


class TestCreate:
    def test_puts_highlights_in_reading_order_and_adds_their_context(self) -> None:
        article = make_article(paragraphs=[TEXT, "Second."])
        (claim,) = create_claims([drafted(article, "Second", "“We won.”", "We struck")], open_changeset(CREATE))
        rows = [(row.position, row.quote, row.prefix, row.suffix) for row in claim.highlights.all()]
        assert rows == [
            (0, "We struck", "“", ",” he said. “We won.” 🤔 He\u0301 said"),
            (1, "“We won.”", "“We struck,” he said. ", " 🤔 He\u0301 said “yes”, قال."),
            (2, "Second", "", "."),
        ]

    def test_counts_the_place_in_the_reading_order(self) -> None:
        article = make_article(paragraphs=["First.", TEXT])
        (claim,) = create_claims([drafted(article, "yes", "We won")], open_changeset(CREATE))
        assert Claim.objects.get().reading_order == claim.reading_order == (1 << 32) + TEXT.index("We won")

    def test_counts_none_where_all_is_orphaned(self) -> None:
        claim = make_claim(highlights=[orphan("gone"), orphan("also gone")])
        assert Claim.objects.get().reading_order is None
        assert [row.quote for row in claim.highlights.all()] == ["gone", "also gone"]

    def test_orphans_come_last(self) -> None:
        article = make_article()
        claim = make_claim(article=article, highlights=[orphan("gone"), make_highlight(article, QUOTE)])
        assert [row.state for row in claim.highlights.all()] == ["placed", "orphaned"]
        assert claim.reading_order == article.paragraphs.get().text.index(QUOTE)

    def test_an_orphan_keeps_its_context(self) -> None:
        lost = Highlight(quote="gone", prefix="before", suffix="after", state="orphaned")
        make_claim(highlights=[lost])
        assert (lost.prefix, lost.suffix) == ("before", "after")
        row = Highlight.objects.get()
        assert (row.prefix, row.suffix) == ("before", "after")

    def test_overlapping_highlights_are_normal(self) -> None:
        article = make_article(paragraphs=[TEXT])
        claim = make_claim(article=article, quote=["We struck,” he", "he said. “We won"])
        make_claim(article=article, quote="We struck,” he said")
        assert claim.highlights.count() == 2

    def test_by_an_editor_is_a_revision(self, editor: User) -> None:
        claim = make_claim(editor=editor, speaker="Veale")
        revision = Revision.objects.get()
        assert versions_of(claim) == [(1, "Veale")]
        assert (revision.changeset.editor, revision.changeset) == (editor, claim.made_in)
        assert [row["quote"] for row in revision.snapshot["highlights"]] == [QUOTE]

    def test_by_an_import_is_recorded_by_its_changeset_alone(self) -> None:
        claim = make_claim()
        assert (claim.made_in.kind, claim.version, Revision.objects.count()) == ("import", 1, 0)

    def test_of_a_claim_that_there_has_been_goes_on_counting(self) -> None:
        old = make_claim(uid="aaaa")
        delete_claims([old], open_changeset(IMPORT))
        new = make_claim(uid="aaaa", article=Article.objects.get(), speaker="Veale")
        assert (new.version, Claim.objects.get().version) == (3, 3)
        speak(new, "Col. Veale")
        assert versions_of(new) == [(1, ""), (2, ""), (3, "Veale"), (4, "Col. Veale")]

    def test_runs_a_fixed_number_of_queries(self) -> None:
        def queries(number: int) -> int:
            article = make_article(slug=f"a{number}")
            drafts = [drafted(article, QUOTE) for _ in range(number)]
            changeset = open_changeset(CREATE)
            with CaptureQueriesContext(connection) as context:
                create_claims(drafts, changeset)
            return len(context)

        assert queries(2) == queries(40)

    def test_more_than_one_batch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(at_once, "BATCH", 2)
        article = make_article()
        claims = create_claims([drafted(article, QUOTE) for _ in range(5)], open_changeset(CREATE))
        speak_all = open_changeset(EDIT)
        with changing(claims, speak_all):
            Claim.objects.update(speaker="Veale")
        assert Revision.objects.filter(version=2, snapshot__speaker="Veale").count() == 5
        delete_claims(claims, open_changeset(DELETE))
        assert (Claim.objects.count(), Revision.objects.filter(version=3).count()) == (0, 5)


class TestRules:
    def test_a_highlight_is_needed(self) -> None:
        with refused("A claim has at least one highlight"):
            create_claims([drafted(make_article())], open_changeset(CREATE))

    def test_a_source_is_needed_unless_suggested(self) -> None:
        article = make_article()
        with refused("Only a suggested claim may have no source"):
            create_claims([drafted(article, QUOTE, source=None)], open_changeset(CREATE))
        create_claims([drafted(article, QUOTE, source=None, status="suggested")], open_changeset(CREATE))

    def test_a_merged_source_speaks_no_more(self) -> None:
        merged = Source.objects.create(name="Old", slug="old", code="OLD", merged_into=make_source())
        with refused("Old has been merged into another source"):
            create_claims([drafted(make_article(), QUOTE, source=merged)], open_changeset(CREATE))

    def test_the_quote_is_what_stands_there(self) -> None:
        article = make_article(paragraphs=[TEXT])
        draft = drafted(article, "We won")
        draft.highlights[0].quote = "We lost"
        with refused("The quote is “We lost”, but the text there reads “We won”"):
            create_claims([draft], open_changeset(CREATE))

    @pytest.mark.parametrize("quote", ["🤔 He\u0301", "قال", "\u0301 said"])
    def test_offsets_are_code_points(self, quote: str) -> None:
        article = make_article(paragraphs=[TEXT])
        row = make_claim(article=article, quote=quote).highlights.get()
        assert row.start == TEXT.index(quote) and (row.end or 0) - row.start == len(quote)

    def test_a_highlight_lies_in_the_article_of_its_claim(self) -> None:
        one, other = make_article(slug="one"), make_article(slug="other")
        draft = drafted(one, QUOTE)
        draft.claim.article = other
        with refused("in a paragraph of another article"):
            create_claims([draft], open_changeset(CREATE))

    def test_a_claim_continues_one_of_the_version_before(self) -> None:
        first = make_article()
        second = make_article(slug="second", revises=first)
        before = make_claim(article=first)
        assert make_claim(article=second, continues=before).continues == before
        with refused("one of the version before"):
            create_claims([drafted(first, QUOTE, continues=before)], open_changeset(CREATE))

    def test_an_answer_is_of_the_story_of_the_article(self) -> None:
        answer = Answer(question=make_question(), low=1, as_worded="one")
        with refused("another story"):
            create_claims([drafted(make_article(), QUOTE, answers=[answer])], open_changeset(CREATE))

    def test_a_question_is_answered_once(self) -> None:
        question = make_question()
        answers = [Answer(question=question, low=number, as_worded="x") for number in (1, 2)]
        article = make_article(story=make_story())
        with refused("A claim answers a question once"):
            create_claims([drafted(article, QUOTE, answers=answers)], open_changeset(CREATE))

    def test_what_the_database_refuses_is_said_in_its_words(self) -> None:
        article = make_article(story=make_story())
        wrong = Answer(question=make_question(), low=2, high=1, as_worded="x")
        with refused("The lower bound is above the upper one"):
            create_claims([drafted(article, QUOTE, answers=[wrong])], open_changeset(CREATE))

    def test_one_bad_draft_refuses_all(self) -> None:
        article = make_article()
        with refused("at least one highlight"):
            create_claims([drafted(article, QUOTE), drafted(article)], open_changeset(CREATE))

    def test_an_id_is_given_once(self) -> None:
        make_claim(uid="aaaa")
        with refused("Another claim has this public id."):
            create_claims([drafted(Article.objects.get(), QUOTE, uid="aaaa")], open_changeset(CREATE))


class TestRefusal:
    @pytest.mark.parametrize(
        ("said", "message"),
        [
            ("CHECK constraint failed: highlight_quote_not_empty", "A highlight has a quote."),
            (
                "UNIQUE constraint failed: articles_answer.claim_id, articles_answer.question_id",
                "A claim answers a question once.",
            ),
            (
                'duplicate key value violates unique constraint "answer_one_per_question"',
                "A claim answers a question once.",
            ),
            ("UNIQUE constraint failed: articles_story.slug", "Another story has this slug."),
            (
                'duplicate key value violates unique constraint "articles_story_slug_key"\n'
                "DETAIL:  Key (slug)=(khusham) already exists.",
                "Another story has this slug.",
            ),
            ("UNIQUE constraint failed: index 'alias_unique'", "Another source has this alias."),
            ("disk on fire", "The database refused it: disk on fire"),
        ],
    )
    def test_names_the_rule(self, said: str, message: str) -> None:
        assert refusal(IntegrityError(said)) == message


class TestChanging:
    def test_moves_the_version_of_row_and_instance(self) -> None:
        claim = make_claim()
        speak(claim, "Veale")
        assert (claim.version, Claim.objects.get().version) == (2, 2)

    def test_keeps_what_an_import_made_as_the_first_revision(self) -> None:
        claim = make_claim(speaker="An official")
        speak(claim, "Veale")
        assert versions_of(claim) == [(1, "An official"), (2, "Veale")]
        first, second = Revision.objects.order_by("version")
        assert (first.changeset, second.changeset.kind) == (claim.made_in, "edit")

    def test_adds_one_revision_each_time(self, editor: User) -> None:
        claim = make_claim(editor=editor)
        speak(claim, "A")
        speak(claim, "B")
        assert versions_of(claim) == [(1, ""), (2, "A"), (3, "B")]

    def test_a_stale_claim_is_refused(self) -> None:
        claim = make_claim()
        stale = Claim.objects.get()
        speak(claim, "Veale")
        with refused(claim.uid, EditConflict):
            speak(stale, "Somebody")
        assert stale.version == 1

    def test_the_conflict_names_the_claims_that_moved_and_no_others(self) -> None:
        article = make_article()
        one, other = make_claim(article=article), make_claim(article=article)
        stale = Claim.objects.get(pk=other.pk)
        speak(other, "Veale")
        with pytest.raises(EditConflict) as caught, changing([one, stale], open_changeset(EDIT)):
            raise AssertionError
        assert caught.value.claims == [stale]

    def test_a_deleted_claim_is_refused(self) -> None:
        claim = make_claim()
        delete_claims([Claim.objects.get()], open_changeset(DELETE))
        with refused(claim.uid, EditConflict):
            speak(claim, "Veale")

    def test_a_broken_rule_undoes_all(self) -> None:
        article = make_article()
        claims = [make_claim(article=article), make_claim(article=article)]
        with refused("at least one highlight"), changing(claims, open_changeset(EDIT)):
            Claim.objects.update(speaker="Veale")
            claims[1].highlights.all().delete()
        assert [claim.version for claim in claims] == [1, 1]

    def test_any_error_undoes_all(self) -> None:
        claim = make_claim()
        before = everything()
        with pytest.raises(ZeroDivisionError), changing([claim], open_changeset(EDIT)):
            Claim.objects.update(speaker=f"{1 / 0}")
        assert everything() == before

    def test_what_the_database_refuses_undoes_all(self) -> None:
        claim = make_claim()
        with refused("Only a suggested claim may have no source"), changing([claim], open_changeset(EDIT)):
            Claim.objects.update(source=None)

    def test_a_highlight_added_before_the_others_is_the_first(self) -> None:
        article = make_article(paragraphs=[TEXT])
        claim = make_claim(article=article, quote="We won")
        with changing([claim], open_changeset(EDIT)):
            added = make_highlight(article, "We struck")
            added.claim, added.position = claim, 7
            added.save()
        rows = [(row.position, row.quote, row.prefix) for row in claim.highlights.order_by("position")]
        assert rows == [(0, "We struck", "“"), (1, "We won", "“We struck,” he said. “")]
        assert Claim.objects.get().reading_order == 1
        snapshot = Revision.objects.get(version=2).snapshot
        assert [row["quote"] for row in snapshot["highlights"]] == ["We struck", "We won"]

    def test_losing_the_last_placed_highlight_empties_the_counter(self) -> None:
        claim = make_claim()
        assert claim.reading_order is not None
        with changing([claim], open_changeset(EDIT)):
            claim.highlights.update(paragraph=None, start=None, end=None, state="orphaned")
        assert Claim.objects.get().reading_order is None

    def test_nothing_is_nothing(self) -> None:
        with changing([], open_changeset(EDIT)):
            pass
        assert not Revision.objects.exists()

    def test_runs_a_fixed_number_of_queries(self) -> None:
        def queries(number: int) -> int:
            article = make_article(slug=f"a{number}")
            claims = [make_claim(article=article) for _ in range(number)]
            with CaptureQueriesContext(connection) as context, changing(claims, open_changeset(EDIT)):
                Claim.objects.filter(article=article).update(speaker="Veale")
            return len(context)

        assert queries(2) == queries(30)


class TestDelete:
    def test_leaves_the_last_revision_with_all_of_it(self) -> None:
        question = make_question(kind="choice")
        answer = Answer(question=question, choice=make_choice(question, "sana"), as_worded="SANA")
        claim = make_claim(article=make_article(story=question.story), answers=[answer])
        delete_claims([claim], open_changeset(DELETE))
        assert not (Claim.objects.exists() or Highlight.objects.exists() or Answer.objects.exists())
        last = Revision.objects.of_claims([claim.uid]).order_by("version").last()
        assert last is not None and (last.version, last.changeset.kind) == (2, "delete")
        assert last.snapshot["highlights"][0]["quote"] == QUOTE
        assert last.snapshot["answers"][0]["choice"] == "sana"

    def test_a_stale_claim_is_not_deleted(self) -> None:
        claim = make_claim()
        stale = Claim.objects.get()
        speak(claim, "Veale")
        with refused(claim.uid, EditConflict):
            delete_claims([stale], open_changeset(DELETE))

    def test_one_stale_claim_keeps_all(self) -> None:
        article = make_article()
        one, other = make_claim(article=article), make_claim(article=article)
        stale = Claim.objects.get(pk=other.pk)
        speak(other, "Veale")
        with refused(other.uid, EditConflict):
            delete_claims([one, stale], open_changeset(DELETE))

    def test_changes_the_claims_that_continued_it(self) -> None:
        first = make_article()
        before = make_claim(article=first)
        later = make_claim(article=make_article(slug="second", revises=first), continues=before)
        delete_claims([before], open_changeset(DELETE))
        row = Claim.objects.get()
        assert (row, row.continues, row.version) == (later, None, 2)
        one, two = Revision.objects.of_claims([later.uid]).order_by("version")
        assert (one.snapshot["continues"], two.snapshot["continues"]) == (before.uid, None)
        assert Revision.objects.of_claims([before.uid]).latest("version").snapshot["continued_by"] == [later.uid]

    def test_of_both_keeps_in_the_record_that_one_continued_the_other(self) -> None:
        first = make_article()
        before = make_claim(article=first)
        later = make_claim(article=make_article(slug="second", revises=first), continues=before)
        delete_claims([before, later], open_changeset(DELETE))
        assert not Claim.objects.exists()
        assert Revision.objects.of_claims([later.uid]).latest("version").snapshot["continues"] == before.uid
