"""Importing claims: where they land, what is left alone, what is said."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.importing.outcomes import Imported, Outcome
from articles.models import Answer, Article, Changeset, Claim, Highlight, Revision, Source
from articles.writing.checking import check_all
from articles.writing.editing import changing, delete_claims, open_changeset
from articles.writing.merging import merge, unmerge
from articles.writing.restoring import restore
from tests.factories import make_claim, make_source
from tests.reports import REPORT, STORY, claim, put, run

pytestmark = pytest.mark.django_db
IN_STORY = "title = 'Strikes'\nstory = 'khusham'"


def bring_in(folder: Path, *claims: Any, **more: Any) -> Imported:
    return run(put(folder, claims=claims, **more))["report.txt"]


def edit(uid: str, editor: User, **values: Any) -> None:
    row = Claim.objects.get(uid=uid)
    with changing([row], open_changeset(Changeset.Kind.EDIT, editor)):
        Claim.objects.filter(pk=row.pk).update(**values)


def test_a_claim_lands_on_its_words(tmp_path: Path) -> None:
    result = bring_in(tmp_path, claim("“We struck,”", "“We won.”", uid="aaaa", status="accepted"))
    row = Claim.objects.get()
    assert (row.uid, row.source.slug if row.source else "", row.status) == ("aaaa", "sana", "accepted")
    one, two = row.highlights.all()
    assert (one.quote, one.start, one.end, one.paragraph.number if one.paragraph else 0) == ("“We struck,”", 0, 12, 2)
    assert (two.quote, two.prefix, two.state) == ("“We won.”", "“We struck,” SANA said. ", "placed")
    assert str(result.claims) == "claims: 1 placed"


def test_positions_count_in_the_text_as_given(tmp_path: Path) -> None:
    text = "\ufeffHe\u0301  said “yes”.\r\n\r\n🤔 He\u0301  said “yes”, قال.\r\n"
    start = text.rindex("“yes”")
    target = {
        "selector": [
            {"type": "TextQuoteSelector", "exact": "“yes”"},
            {"type": "TextPositionSelector", "start": start, "end": start + 5},
        ]
    }
    bring_in(tmp_path, {**claim(uid="aaaa"), "target": target}, text=text)
    row = Highlight.objects.get()
    assert row.paragraph is not None and row.paragraph.number == 2
    assert (row.start, row.end, row.quote) == (10, 15, "“yes”")


def test_a_passage_through_two_paragraphs_has_a_highlight_in_each(tmp_path: Path) -> None:
    bring_in(tmp_path, claim("it struck.\n\n“We struck,”"))
    assert [row.quote for row in Highlight.objects.order_by("position")] == ["it struck.", "“We struck,”"]


def test_a_wrong_position_is_no_matter_if_the_words_are_clear(tmp_path: Path) -> None:
    for start, end in ((0, 5), (5000, 5005), (5, 2)):
        shifted = claim("We won")
        shifted["target"][0]["selector"][1] |= {"start": start, "end": end}
        bring_in(tmp_path, shifted)
        assert Highlight.objects.get().quote == "We won"


@pytest.mark.parametrize("quote", ["We lost", "said"])
def test_words_that_are_not_there_or_not_clear_are_kept_as_an_orphan(tmp_path: Path, quote: str) -> None:
    selector = {"type": "TextQuoteSelector", "exact": quote, "prefix": "x" * 99}
    result = bring_in(tmp_path, {**claim(uid="aaaa"), "target": {"selector": selector}})
    row = Highlight.objects.get()
    assert (row.state, row.paragraph, row.quote, len(row.prefix)) == ("orphaned", None, quote, 64)
    assert Claim.objects.get().reading_order is None
    assert str(result.claims) == "claims: 1 orphaned"
    assert "report.jsonld, line 4: these words are not in the text" in result.notes[-1]
    assert f"“{quote}”. Kept for editors; correct “exact”" in result.notes[-1]


def test_a_new_source_is_made_and_named(tmp_path: Path) -> None:
    result = bring_in(tmp_path, claim("We won", source="russian-mod"), metadata="title = 'A'")
    assert [(row.name, row.slug, row.code, row.tone) for row in Source.objects.all()] == [
        ("Russian mod", "russian-mod", "RM", 1)
    ]
    assert result.notes[0].endswith("the source “Russian mod” is new.")


def test_a_merged_source_gives_the_one_that_took_it_over(tmp_path: Path) -> None:
    kept = make_source(name="SANA agency")
    Source.objects.create(name="SANA", slug="sana", code="SAN", merged_into=kept)
    bring_in(tmp_path, claim("We won"))
    assert Claim.objects.get().source == kept


def test_answers_of_every_kind(tmp_path: Path) -> None:
    story = STORY + "[[question]]\nslug = 'where'\ntext = 'Where?'\nkind = 'place'\n"
    answers = [
        {"question": "hurt", "low": 0, "high": 0, "asWorded": "Nobody"},
        {"question": "who", "choice": "sana", "asWorded": "We"},
        {"question": "where", "place": "khusham-town", "asWorded": "SYRIA"},
    ]
    bring_in(tmp_path, claim("Nobody was hurt", answers=answers), metadata=IN_STORY, story=story)
    assert [answer.value for answer in Answer.objects.order_by("question__position")] == ["0", "SANA", "Khusham"]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            {"question": "hurd", "low": 1, "asWorded": "x"},
            "There is no question “hurd” in this story. Did you mean “hurt”?",
        ),
        ({"question": "xyz", "low": 1, "asWorded": "x"}, "Add it to the story first, or correct it in this file."),
        (
            {"question": "who", "choice": "sanna", "asWorded": "x"},
            "no choice “sanna” in this story. Did you mean “sana”?",
        ),
        ({"question": "who", "place": "nix", "asWorded": "x"}, "There is no place “nix”"),
        ({"question": "hurt", "low": 1}, "has no “asWorded”"),
        ({"question": "hurt", "asWorded": "x"}, "says nothing"),
        ({"question": "hurt", "choice": "sana", "asWorded": "x"}, "There is no choice “sana”"),
        ({"question": "who", "low": 5, "asWorded": "x"}, "The question asks for a choice, the answer is a number"),
        ({"question": "hurt", "low": 5, "high": 4, "asWorded": "x"}, "line 4: The answer on “hurt” has a lower bound"),
        ({"question": "who", "choice": "sana", "low": 1, "asWorded": "x"}, "An answer is a number, a choice"),
    ],
)
def test_a_mistake_in_an_answer_is_named(tmp_path: Path, answer: Any, message: str) -> None:
    result = bring_in(tmp_path, claim("We won", uid="aaaa", answers=[answer]), metadata=IN_STORY, story=STORY)
    assert result.outcome == Outcome.FAILED
    assert message in result.notes[0]
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"source": ""}, "This claim has no source: name one, or give it the status “suggested”"),
        ({"speaker": "x" * 201}, "“speaker”: Ensure this value has at most 200 characters"),
    ],
)
def test_a_mistake_in_a_claim_is_named(tmp_path: Path, more: Any, message: str) -> None:
    wrong = claim("We won", uid="aaaa")
    wrong["body"] |= more
    result = bring_in(tmp_path, wrong)
    assert message in result.notes[0] and "report.jsonld, line 4" in result.notes[0]


def test_a_suggested_claim_needs_no_source(tmp_path: Path) -> None:
    bring_in(tmp_path, claim("We won", source="", status="suggested"))
    assert Claim.objects.get().source is None


class TestAgain:
    def test_changes_nothing(self, tmp_path: Path) -> None:
        rows = [claim("We won", uid="aaaa"), claim("“We struck,”", "it struck"), claim("gone")]
        bring_in(tmp_path, *rows)
        before = list(Claim.objects.values()), list(Highlight.objects.values())
        again = bring_in(tmp_path, *rows)
        assert again.outcome == Outcome.UNCHANGED
        assert str(again.claims) == "claims: 2 placed, 1 orphaned"
        assert (list(Claim.objects.values()), list(Highlight.objects.values())) == before

    def test_updates_what_no_editor_touched(self, tmp_path: Path) -> None:
        bring_in(tmp_path, claim("We won", uid="aaaa"))
        result = bring_in(tmp_path, claim("We struck", uid="aaaa", source="coalition"))
        row = Claim.objects.get()
        assert result.outcome == Outcome.UPDATED
        assert (str(row.source), row.quote, row.version) == ("Coalition", "We struck", 2)

    def test_keeps_what_an_editor_changed(self, tmp_path: Path, editor: User) -> None:
        bring_in(tmp_path, claim("We won", uid="aaaa"))
        edit("aaaa", editor, speaker="An agency")
        result = bring_in(tmp_path, claim("We struck", uid="aaaa"))
        row = Claim.objects.get()
        assert (row.speaker, row.quote) == ("An agency", "We won")
        assert (result.outcome, str(result.claims)) == (Outcome.UNCHANGED, "claims: 1 kept (edited)")

    def test_does_not_bring_back_what_an_editor_deleted(self, tmp_path: Path, editor: User) -> None:
        bring_in(tmp_path, claim("We won", uid="aaaa"))
        delete_claims([Claim.objects.get()], open_changeset(Changeset.Kind.DELETE, editor))
        result = bring_in(tmp_path, claim("We won", uid="aaaa"))
        assert not Claim.objects.exists()
        assert result.claims.kept == 1

    def test_removes_what_the_file_no_longer_has(self, tmp_path: Path) -> None:
        bring_in(tmp_path, claim("We won", uid="aaaa"), claim("We struck", uid="bbbb"))
        result = bring_in(tmp_path, claim("We won", uid="aaaa"))
        assert Claim.objects.get().uid == "aaaa"
        assert str(result.claims) == "claims: 1 placed, 1 removed"

    def test_keeps_what_the_file_no_longer_has_but_an_editor_changed(self, tmp_path: Path, editor: User) -> None:
        bring_in(tmp_path, claim("We won", uid="aaaa"))
        edit("aaaa", editor, speaker="An agency")
        assert str(bring_in(tmp_path).claims) == "claims: 1 kept (edited)"
        assert Claim.objects.exists()

    def test_without_a_file_of_claims_leaves_them_alone(self, tmp_path: Path) -> None:
        bring_in(tmp_path, claim("We won", uid="aaaa"))
        (tmp_path / "report.jsonld").unlink()
        assert run(tmp_path)["report.txt"].outcome == Outcome.UNCHANGED
        assert Claim.objects.exists()

    def test_brings_back_by_restoring_after_an_import_removed(self, tmp_path: Path, editor: User) -> None:
        bring_in(tmp_path, claim("We won", uid="aaaa"))
        bring_in(tmp_path)
        assert not Claim.objects.exists()
        restored = restore(Revision.objects.of_claims(["aaaa"]).order_by("-version")[0], editor)
        assert (restored.uid, restored.quote) == ("aaaa", "We won")

    def test_keeps_a_merge_and_is_not_stopped_by_it(self, tmp_path: Path, editor: User) -> None:
        bring_in(tmp_path, claim("We won", uid="aaaa"))
        agency = make_source(name="Agency")
        merge(Source.objects.get(slug="sana"), agency, editor)
        assert bring_in(tmp_path, claim("We won", uid="aaaa")).outcome == Outcome.UNCHANGED
        assert bring_in(tmp_path, claim("We struck", uid="aaaa")).outcome == Outcome.UPDATED
        row = Claim.objects.get()
        assert (row.source, row.quote) == (agency, "We struck")

    def test_goes_back_to_the_source_of_the_file_when_a_merge_is_taken_back(self, tmp_path: Path, editor: User) -> None:
        bring_in(tmp_path, claim("We won", uid="aaaa"))
        sana = Source.objects.get(slug="sana")
        changeset = merge(sana, make_source(name="Agency"), editor)
        bring_in(tmp_path, claim("We struck", uid="aaaa"))
        unmerge(changeset, editor)
        assert bring_in(tmp_path, claim("We struck", uid="aaaa")).outcome == Outcome.UNCHANGED
        assert Claim.objects.get().source == sana

    def test_brings_a_claim_back_into_the_file_and_goes_on_counting(self, tmp_path: Path, editor: User) -> None:
        for rows in ([claim("We won", uid="aaaa")], [], [claim("We won", uid="aaaa")]):
            bring_in(tmp_path, *rows)
        edit("aaaa", editor, speaker="An agency")
        versions = Revision.objects.of_claims(["aaaa"]).order_by("version").values_list("version", flat=True)
        assert list(versions) == [1, 2, 3, 4]
        assert list(check_all()) == []

    def test_makes_no_source_for_a_claim_that_is_kept(self, tmp_path: Path, editor: User) -> None:
        bring_in(tmp_path, claim("We won", uid="aaaa"))
        edit("aaaa", editor, speaker="An agency")
        bring_in(tmp_path, claim("We won", uid="aaaa", source="somebody-new"))
        assert not Source.objects.filter(slug="somebody-new").exists()

    def test_leaves_alone_the_claims_that_editors_made(self, tmp_path: Path, editor: User) -> None:
        bring_in(tmp_path, claim("We won", uid="aaaa"))
        make_claim(article=Article.objects.get(), quote="We struck", uid="bbbb", editor=editor)
        result = bring_in(tmp_path)
        assert Claim.objects.get().uid == "bbbb"
        assert str(result.claims) == "claims: 1 removed"

    def test_loses_no_claim_without_counting_it(self, tmp_path: Path, editor: User) -> None:
        rows = [claim("We won", uid="aaaa"), claim("We struck", uid="bbbb"), claim("gone"), claim("SANA", uid="cccc")]
        bring_in(tmp_path, *rows)
        edit("aaaa", editor, speaker="An agency")
        counts = bring_in(tmp_path, *rows[:3]).claims
        assert counts.placed + counts.reworded + counts.orphaned + counts.kept + counts.removed == len(rows)
        assert (counts.kept, counts.removed) == (1, 1)


class TestVersions:
    def test_a_claim_under_the_same_id_continues_the_one_before(self, tmp_path: Path) -> None:
        bring_in(tmp_path, claim("We won", uid="aaaa"))
        later = "More.\n\n" + REPORT
        bring_in(tmp_path, claim("We won", uid="aaaa", text=later), text=later)
        one, two = Claim.objects.order_by("id")
        assert one.uid == "aaaa" != two.uid
        assert two.continues == one
        again = bring_in(tmp_path, claim("We won", uid="aaaa", text=later), text=later)
        assert again.outcome == Outcome.UNCHANGED

    def test_a_claim_continues_the_one_that_it_names(self, tmp_path: Path) -> None:
        put(tmp_path, "a", claims=[claim("We won", uid="aaaa")])
        put(tmp_path, "b", text=REPORT + "x", metadata="revises = 'a'")
        continuing = claim("We won", uid="bbbb", continues="urn:newsdesk:claim:aaaa")
        run(put(tmp_path, "b", text=REPORT + "x", claims=[continuing]))
        later = Claim.objects.get(uid="bbbb")
        assert later.continues == Claim.objects.get(uid="aaaa")

    def test_one_that_is_not_in_the_version_before_is_said(self, tmp_path: Path) -> None:
        result = bring_in(tmp_path, claim("We won", uid="bbbb", continues="urn:newsdesk:claim:aaaa"))
        assert Claim.objects.get().continues is None
        assert any("it continues aaaa, which the version before does not have" in note for note in result.notes)


def test_an_id_of_another_article_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "a", claims=[claim("We won", uid="aaaa")])
    put(tmp_path, "b", claims=[claim("We won", uid="aaaa")])
    results = run(tmp_path)
    assert "The id aaaa belongs to a claim of another article" in results["b.txt"].notes[0]


def test_foreign_ids_give_the_same_claim_each_time(tmp_path: Path) -> None:
    foreign = {**claim("We won"), "id": "https://example.org/anno/1"}
    bring_in(tmp_path, foreign)
    assert bring_in(tmp_path, foreign).outcome == Outcome.UNCHANGED


def test_ids_of_highlights_are_kept_where_they_are_free(tmp_path: Path) -> None:
    one = claim("We won", uid="aaaa")
    one["target"][0]["id"] = "urn:newsdesk:highlight:hhhh"
    two = claim("We struck", uid="bbbb")
    bring_in(tmp_path, one, two)
    assert Highlight.objects.get(uid="hhhh").quote == "We won"
    two["target"][0]["id"] = "urn:newsdesk:highlight:hhhh"
    two["body"]["speaker"] = "He"
    bring_in(tmp_path, one, two)
    assert Highlight.objects.get(uid="hhhh").quote == "We won"
    assert Claim.objects.get(uid="bbbb").speaker == "He"


def test_an_id_is_given_to_one_highlight_only(tmp_path: Path) -> None:
    one, two = claim("We won", "SANA", uid="aaaa"), claim("We struck", uid="bbbb")
    for target in (*one["target"], *two["target"]):
        target["id"] = "urn:newsdesk:highlight:hhhh"
    for _ in range(2):
        result = bring_in(tmp_path, one, two)
    assert result.outcome == Outcome.UNCHANGED
    assert Highlight.objects.get(uid="hhhh").quote == "We won"
    assert Highlight.objects.count() == 3


def test_the_same_words_twice_without_ids_are_two_claims(tmp_path: Path) -> None:
    rows = [claim("said"), claim("said")]
    start = REPORT.rindex("said")
    rows[1]["target"][0]["selector"][1] |= {"start": start, "end": start + 4}
    bring_in(tmp_path, *rows)
    assert [row.paragraph.number for row in Highlight.objects.select_related("paragraph") if row.paragraph] == [1, 3]
    assert bring_in(tmp_path, *rows).outcome == Outcome.UNCHANGED


def test_a_claim_half_of_which_is_lost_is_placed_and_says_what_is_missing(tmp_path: Path) -> None:
    result = bring_in(tmp_path, claim("We lost", "We won", uid="aaaa"))
    rows = [(row.quote, row.state) for row in Highlight.objects.order_by("position")]
    assert rows == [("We won", "placed"), ("We lost", "orphaned")]
    assert str(result.claims) == "claims: 1 placed"
    assert "“We lost”. Kept for editors" in result.notes[-1]
    assert Claim.objects.get().reading_order is not None


def test_names_that_differ_in_signs_only_are_one_source(tmp_path: Path) -> None:
    bring_in(tmp_path, claim("We won", source="Col. Veale"), claim("We struck", source="Col Veale"))
    assert Source.objects.get().name == "Col. Veale"


@pytest.mark.parametrize("name", ["…", "x" * 121])
def test_a_source_that_cannot_be_made_is_named(tmp_path: Path, name: str) -> None:
    result = bring_in(tmp_path, claim("We won", uid="aaaa", source=name))
    assert result.outcome == Outcome.FAILED
    assert f"report.jsonld, line 4: The source “{name[:80]}" in result.notes[0]
    assert not (Source.objects.exists() or Article.objects.exists())


def test_a_question_answered_twice_is_named_with_its_line(tmp_path: Path) -> None:
    answers = [{"question": "hurt", "low": number, "asWorded": "x"} for number in (1, 2)]
    result = bring_in(tmp_path, claim("We won", uid="aaaa", answers=answers), metadata=IN_STORY, story=STORY)
    assert "report.jsonld, line 4: A claim answers a question once." in result.notes[0]


def queries_of_importing(folder: Path, *, claims: int) -> int:
    text = "\n\n".join(f"Number {number} said “{number} were hurt”." for number in range(claims))
    answers = [{"question": "hurt", "low": 1, "asWorded": "were hurt"}]
    rows = [claim(f"“{number} were hurt”", answers=answers, text=text) for number in range(claims)]
    with CaptureQueriesContext(connection) as queries:
        bring_in(folder, *rows, text=text, metadata=f"story = 'khusham'\nid = 'of-{claims}'")
    return len(queries)


def test_queries_do_not_grow_with_the_number_of_claims(tmp_path: Path) -> None:
    run(put(tmp_path / "story", story=STORY, claims=[claim("We won")]))
    few, many = (queries_of_importing(tmp_path / str(number), claims=number) for number in (2, 60))
    assert Answer.objects.count() == 62
    assert few == many


def test_queries_of_changing_do_not_grow_with_the_number_of_claims(tmp_path: Path) -> None:
    counts = []
    for number in (2, 40):
        text = "\n\n".join(f"Number {one} said “{one} were hurt”." for one in range(number))
        rows = [claim(f"“{one} were hurt”", uid=f"{number:02}{one:02}", text=text) for one in range(number)]
        bring_in(tmp_path / str(number), *rows, text=text)
        for row in rows:
            row["body"]["speaker"] = "He"
        with CaptureQueriesContext(connection) as queries:
            bring_in(tmp_path / str(number), *rows, text=text)
        counts.append(len(queries))
    assert Claim.objects.filter(speaker="He").count() == 42
    assert counts[1] <= counts[0] + 38 * 5
