"""Suggestions as claims: who is proposed, what is left out, and that nothing is done twice."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Changeset, Claim, Revision, Suggestion
from articles.pages.history import history_of
from articles.suggestions.making import suggest
from articles.suggestions.matching import Known
from articles.writing.checking import check_claims
from articles.writing.editing import delete_claims, open_changeset
from articles.writing.merging import merge
from articles.writing.passages import Passage
from articles.writing.tagging import Act, Entry, edit_claim, reject_suggestion, stored
from articles.writing.undoing import undo
from articles.writing.versions import carry_over
from tests.factories import answer, make_article, make_claim, make_question, make_source, make_story
from tests.suggestions.reports import NEWS, PARAGRAPHS, board, harbour

pytestmark = pytest.mark.django_db


def said(article: Article) -> dict[str, tuple[str, str, str]]:
    """For each suggestion its words → source, proposed name, speaker."""
    rows = Claim.objects.in_article(article).filter(status="suggested").in_reading_order()
    return {
        row.quote: (row.source.name if row.source else "", row.proposed_source, row.speaker)
        for row in rows.select_related("source").prefetch_related("highlights")
    }


def the_claim(article: Article, quote: str) -> Claim:
    (found,) = (row for row in Claim.objects.in_article(article) if quote in row.quote)
    claim = stored(found.uid)
    assert claim
    return claim


class TestWhatIsProposed:
    def test_claims_with_their_speakers_and_sources(self) -> None:
        board()
        article = harbour()
        result = suggest(article)
        assert said(article) == {
            "The harbour is closed": ("Harbour Board", "", "the Harbour Board"),
            "“Nobody was hurt by the fall,”": ("Harbour Board", "", "Ann Moor"),
            "the crane had been checked in May": ("Harbour Board", "", "Ann Moor"),
            "The crane had not been checked for years": ("", "the dockers’ union", "the dockers’ union"),
            "the fall had been foreseen": ("", "A critic of the Harbour Board", "A critic of the Harbour Board"),
        }
        assert (result.made, result.without_source) == (5, 2)
        assert str(result) == "5 claims suggested, 2 of them without a source"
        assert not list(check_claims(repair=False))

    def test_how_sure_and_why_is_kept(self) -> None:
        article = harbour()
        suggest(article)
        rows = {row.claim_uid: row for row in Suggestion.objects.in_article(article)}
        row = rows[the_claim(article, "Nobody was hurt").uid]
        assert (row.word, row.reasons) == ("tell", ["quoted", "set off", "says", "named"])
        assert all(30 <= one.confidence <= 100 for one in rows.values())
        assert the_claim(article, "Nobody").cue == "told reporters"

    def test_the_history_tells_whose_work_it_is(self, editor: User) -> None:
        article = harbour()
        changeset = suggest(article, editor).changeset
        assert changeset
        assert changeset.by_whom == "the desk’s rules, asked by editor"
        history = history_of(the_claim(article, "Nobody").uid)
        assert history
        assert [entry.changeset.kind for entry in history.entries] == ["suggest"]
        revision = Revision.objects.get(claim_uid=history.uid)
        assert revision.snapshot["status"] == "suggested"
        assert not Revision.objects.by_editors().exists()

    def test_by_command_nobody_asked(self) -> None:
        changeset = suggest(harbour()).changeset
        assert changeset
        assert changeset.by_whom == "the desk’s rules"

    def test_an_alias_and_a_code(self) -> None:
        source = board()
        text = "The port authority said the crane was old. HB said the crane was new."
        article = make_article(paragraphs=[text])
        suggest(article)
        assert [row[0] for row in said(article).values()] == [source.name, source.name]
        assert Known(article).source_of("hb") is None

    def test_the_name_of_one_that_was_merged_is_the_one_that_it_is(self, editor: User) -> None:
        port, quay, last = board(), make_source(name="Quay Trust", code="QT"), make_source(name="Union", code="UN")
        merge(quay, port, editor)
        merge(port, last, editor)
        article = make_article(paragraphs=["The Quay Trust said the crane was old. The Harbour Board said it was new."])
        suggest(article)
        assert [row[0] for row in said(article).values()] == ["Union", "Union"]
        assert Known(article).source_of("QT") is None, "its code is on no mark any more"

    def test_two_sources_of_one_name_are_none(self) -> None:
        board()
        union = make_source(name="Union", code="UN")
        article = make_article(paragraphs=["A spokesman for the Union said the crane was old."])
        make_claim(article=make_article(slug="other"), source=union, speaker="the spokesman")
        suggest(article)
        assert [row[0] for row in said(article).values()] == ["Union"]

    def test_what_editors_chose_for_the_speaker_in_this_story(self) -> None:
        union, story = make_source(name="Union", code="UN"), make_story(title="The crane", slug="crane")
        earlier = make_article(slug="earlier", story=story)
        make_claim(article=earlier, source=union, speaker="The dockers’ union")
        elsewhere = make_article(slug="elsewhere", story=make_story(slug="other"))
        make_claim(article=elsewhere, source=union, speaker="a critic of the Harbour Board")
        make_claim(article=earlier, source=union, speaker="Ann Moor", status="rejected")
        article = harbour(story=story)
        suggest(article)
        found = {quote: row[0] for quote, row in said(article).items()}
        assert found["The crane had not been checked for years"] == "Union"
        assert found["the fall had been foreseen"] == found["“Nobody was hurt by the fall,”"] == ""

    def test_chosen_differently_is_chosen_for_nobody(self) -> None:
        story = make_story(title="The crane", slug="crane")
        earlier = make_article(slug="earlier", story=story)
        for name in ("Union", "Dockers"):
            make_claim(article=earlier, source=make_source(name=name, code=name[:2].upper()), speaker="dockers’ union")
        article = harbour(story=story)
        suggest(article)
        assert said(article)["The crane had not been checked for years"][0] == ""

    def test_a_pronoun_that_means_nobody_known_names_nobody(self) -> None:
        article = make_article(paragraphs=["They said the harbour was closed and late."])
        suggest(article)
        assert [row[1:] for row in said(article).values()] == [("", "")]

    def test_two_statements_of_one_sentence_are_two_claims(self) -> None:
        article = make_article(paragraphs=["A US naval officer said the crane was old but that it had been checked."])
        suggest(article)
        assert said(article) == {
            "the crane was old": ("", "A US naval officer", "A US naval officer"),
            "it had been checked": ("", "A US naval officer", "A US naval officer"),
        }

    def test_who_was_introduced_as_one_of_a_source_speaks_for_it_from_then_on(self) -> None:
        officials = make_source(name="US officials", code="USO")
        article = make_article(
            paragraphs=["A US defense official said it was late.", "The official said it was old. He said it was red."]
        )
        suggest(article)
        assert [row[0] for row in said(article).values()] == [officials.name] * 3

    def test_who_was_described_and_is_named_later(self) -> None:
        story, board_ = make_story(title="The crane", slug="crane"), make_source(name="Board", code="BO")
        make_claim(
            article=make_article(slug="earlier", story=story), source=board_, speaker="Harbour spokesman Al Moor"
        )
        article = make_article(paragraphs=["Al Moor said it was late. Moor said it was old."], story=story)
        suggest(article)
        assert [row[0] for row in said(article).values()] == ["Board", "Board"]

    def test_the_official_is_another_one_in_each_report(self) -> None:
        story = make_story(title="The crane", slug="crane")
        union = make_source(name="Union", code="UN")
        earlier = make_article(slug="earlier", story=story)
        make_claim(article=earlier, source=union, speaker="the official")
        article = make_article(
            paragraphs=["A city official said it was late. The official said it was old."], story=story
        )
        suggest(article)
        assert [row[:2] for row in said(article).values()] == [("", "A city official")] * 2

    def test_little_words_alone_are_no_claim(self) -> None:
        article = make_article(paragraphs=["The mayor said the harbour would be closed."])
        suggest(article)
        assert "the" not in said(article)

    def test_what_nobody_is_said_to_think_of_whom_is_no_claim(self) -> None:
        article = make_article(paragraphs=["They struck forces who were perceived as posing a threat to the port."])
        assert suggest(article).changeset is None

    @pytest.mark.parametrize(
        "text",
        [
            "The port did not respond to a request for comment.",
            "The port declined to comment on the crane.",
            "The port did not reply to emailed questions.",
            "A clerk, who asked not to be named, left.",
        ],
    )
    def test_whoever_says_nothing_makes_no_claim(self, text: str) -> None:
        assert suggest(make_article(paragraphs=[text])).changeset is None

    def test_headings_and_credits_say_nothing(self) -> None:
        article = harbour()
        article.paragraphs.filter(position__lt=5).update(kind="heading", number=None)
        assert suggest(article).made == 0


class TestQuestions:
    def test_words_that_answered_before_answer_again(self) -> None:
        story = make_story(title="The crane", slug="crane")
        question = make_question(story=story)
        earlier = make_article(
            slug="earlier", story=story, paragraphs=["About 12 ships were kept in port by the fall."]
        )
        quote = "About 12 ships were kept in port by the fall"
        make_claim(article=earlier, quote=quote, answers=[answer(question, 12, as_worded="12 ships")])
        article = harbour(
            "The mayor said 12 ships were kept in port by the fall.",
            "The mayor said 15 ships were kept in port by the fall.",
            story=story,
        )
        suggest(article)
        first, second = (the_claim(article, words) for words in ("12 ships", "15 ships"))
        (given,) = first.answers.all()
        assert (given.question, given.low, given.high, given.as_worded) == (question, 12, 12, "12 ships")
        assert not second.answers.exists()
        rows = {row.claim_uid: row.question for row in Suggestion.objects.in_article(article)}
        assert rows[second.uid] == question
        assert rows[first.uid] is None
        assert rows[the_claim(article, "Nobody").uid] is None


class TestWhatIsLeftOut:
    def test_running_again_adds_nothing(self) -> None:
        article = harbour()
        suggest(article)
        before = list(Claim.objects.values_list("uid", "version"))
        again = suggest(article)
        assert (again.made, again.changeset) == (0, None)
        assert str(again) == "0 claims suggested; left out: 5 that wait already"
        assert list(Claim.objects.values_list("uid", "version")) == before
        assert Changeset.objects.filter(kind="suggest").count() == 1

    def test_what_lies_on_an_accepted_claim(self) -> None:
        article = harbour()
        made = make_claim(article=article, quote="harbour is")
        result = suggest(article)
        assert str(result).endswith("; left out: 1 that overlaps what is marked already")
        assert "The harbour is closed" not in said(article)
        made.refresh_from_db()
        assert made.version == 1

    def test_what_was_rejected_does_not_come_back(self, editor: User) -> None:
        board()
        article = harbour()
        suggest(article)
        for quote in ("The harbour is closed", "not been checked"):
            reject_suggestion(the_claim(article, quote), Act(editor))
        result = suggest(article)
        assert result.made == 0
        assert "left out: 2 that were rejected before, 3 that wait already" in str(result)
        assert len(said(article)) == 3

    def test_nor_what_an_editor_deleted(self, editor: User) -> None:
        article = harbour()
        suggest(article)
        delete_claims([the_claim(article, "Nobody")], open_changeset(Changeset.Kind.DELETE, editor, article))
        assert suggest(article).made == 0

    def test_what_was_undone_may_come_again(self, editor: User) -> None:
        article = harbour()
        first = suggest(article, editor).changeset
        assert first
        undo(first, editor)
        assert not Claim.objects.in_article(article).exists()
        assert suggest(article).made == 5
        assert Suggestion.objects.count() == 5
        assert not list(check_claims(repair=False))

    def test_a_claim_that_an_editor_moved_away_is_not_made_again(self, editor: User) -> None:
        article = harbour()
        suggest(article)
        moved = Passage(article.paragraphs.get(position=5), 0, 11, "The harbour")
        edit_claim(the_claim(article, "Nobody"), Entry((moved,), source=make_source()), Act(editor))
        assert suggest(article).made == 0

    def test_of_a_later_version_only_new_and_changed_paragraphs(self) -> None:
        first = harbour()
        make_claim(article=first, quote="The harbour opened in 1901")
        second = harbour(NEWS, slug="harbour-2", revises=first)
        carry_over(second)
        result = suggest(second)
        assert list(said(second)) == ["the harbour would be open again on Friday"]
        assert str(result) == (
            "1 claim suggested, without a source; "
            "left out: 5 that stand in paragraphs as they were in the version before"
        )

    def test_of_one_whose_version_before_had_nothing_all(self) -> None:
        second = harbour(NEWS, slug="harbour-2", revises=harbour())
        assert suggest(second).made == 6

    def test_suggestions_of_the_version_before_come_over_and_are_not_doubled(self) -> None:
        first = harbour()
        suggest(first)
        second = harbour(NEWS, slug="harbour-2", revises=first)
        carry_over(second)
        assert suggest(second).made == 1
        assert len(said(second)) == 6

    def test_no_english_no_suggestions(self) -> None:
        article = make_article(
            paragraphs=["„Niemand wurde verletzt“, sagte die Sprecherin der Hafenbehörde am Montag in der Stadt."]
        )
        result = suggest(article)
        assert str(result) == "no suggestions: the text is not English, and the rules know no other language"
        assert not Changeset.objects.exists()


@pytest.mark.parametrize("times", [1, 12])
def test_the_queries_do_not_grow(times: int, django_assert_num_queries: Any) -> None:
    board()
    article = make_article(paragraphs=PARAGRAPHS * times, story=make_story())
    with django_assert_num_queries(27):
        suggest(article)
