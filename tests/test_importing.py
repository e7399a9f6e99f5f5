"""Importing articles: what becomes of each file."""

import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError

from articles.importing.outcomes import Imported, Outcome
from articles.importing.run import plan
from articles.importing.sources import source_named
from articles.models import Article, Changeset, Choice, Paragraph, Place, Question, Source, Story
from articles.writing.merging import merge
from articles.writing.publishing import set_status
from tests.factories import make_source
from tests.reports import REPORT, STORY, claim, put, run

pytestmark = pytest.mark.django_db
CREATED, UPDATED, UNCHANGED = Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED


def test_a_text_becomes_an_article(tmp_path: Path) -> None:
    result = run(put(tmp_path))["report.txt"]
    article = Article.objects.get()
    assert result.outcome == CREATED
    assert (article.slug, article.import_key, article.status, article.is_latest) == (
        "report",
        "report",
        "published",
        True,
    )
    assert article.sha256 == sha256(REPORT.encode()).hexdigest()
    assert bytes(article.original.content) == REPORT.encode()
    rows = [(row.position, row.number, row.kind, row.dateline_length) for row in article.paragraphs.all()]
    assert rows == [(0, 1, "text", 8), (1, 2, "text", 0), (2, 3, "text", 0)]


def test_a_text_without_a_title_gets_its_first_sentence_and_says_so(tmp_path: Path) -> None:
    result = run(put(tmp_path))["report.txt"]
    article = Article.objects.get()
    assert article.title == "The coalition said it struck"
    assert article.inferred == ["title"]
    assert result.notes == ["No title is given; the first sentence makes one: “The coalition said it struck”"]


def test_a_heading_that_a_text_begins_with_is_its_title(tmp_path: Path) -> None:
    result = run(put(tmp_path, text=f"Strikes in Syria\n\n{REPORT}"))["report.txt"]
    article = Article.objects.get()
    assert (article.title, article.inferred) == ("Strikes in Syria", [])
    assert result.notes == ["No title is given; the heading above it makes one: “Strikes in Syria”"]


def test_metadata(tmp_path: Path) -> None:
    metadata = """
        title = "Strikes"
        outlet = "CNN"
        published = 2018-02-08T00:30:00+03:00
        byline = "A. B."
        language = "en-US"
        url = "https://example.org/a"
        archive_url = "https://example.org/b"
        status = "draft"
        story = "night-raid"
    """
    notes = run(put(tmp_path, metadata=metadata))["report.txt"].notes
    article = Article.objects.get()
    assert (article.title, article.byline, article.language, article.status) == ("Strikes", "A. B.", "en-US", "draft")
    assert article.published_at == datetime(2018, 2, 7, 21, 30, tzinfo=UTC)
    assert (article.published_offset, article.published_time_known) == (180, True)
    assert article.published_local is not None and article.published_local.day == 8
    assert (str(article.outlet), str(article.story)) == ("CNN", "Night raid")
    assert Source.objects.get().kind == "outlet"
    assert notes == ["The outlet “CNN” is new.", "The story “Night raid” is new: no file describes it."]


def test_a_date_without_a_time(tmp_path: Path) -> None:
    run(put(tmp_path, metadata="published = 2018-02-08"))
    article = Article.objects.get()
    assert article.published_at == datetime(2018, 2, 8, tzinfo=UTC)
    assert (article.published_offset, article.published_time_known) == (0, False)


def test_importing_twice_changes_nothing(tmp_path: Path, django_assert_max_num_queries: object) -> None:
    folder = put(tmp_path, metadata="title = 'Strikes'\noutlet = 'CNN'", claims=[claim("We struck")])
    first = run(folder)["report.txt"]
    before = (Article.objects.values().get(), Changeset.objects.count(), Paragraph.objects.count())
    second = run(folder)["report.txt"]
    assert (first.outcome, second.outcome) == (CREATED, UNCHANGED)
    assert second.notes == []
    assert (Article.objects.values().get(), Changeset.objects.count(), Paragraph.objects.count()) == before


def test_an_import_is_one_record(tmp_path: Path) -> None:
    run(put(tmp_path, claims=[claim("We struck"), claim("We won")]))
    changeset = Changeset.objects.get()
    assert (changeset.kind, changeset.editor, changeset.article) == ("import", None, Article.objects.get())
    assert changeset.revisions.count() == 0


def test_changed_metadata_updates_the_article(tmp_path: Path) -> None:
    run(put(tmp_path, metadata="title = 'Strikes'"))
    assert run(put(tmp_path, metadata="title = 'More strikes'"))["report.txt"].outcome == UPDATED
    assert Article.objects.get().title == "More strikes"


def test_a_changed_time_updates_all_of_it(tmp_path: Path) -> None:
    run(put(tmp_path, metadata="title = 'A'\npublished = 2018-02-08"))
    result = run(put(tmp_path, metadata="title = 'A'\npublished = 2018-02-08T00:30:00+03:00"))["report.txt"]
    article = Article.objects.get()
    assert result.outcome == UPDATED
    assert article.published_at == datetime(2018, 2, 7, 21, 30, tzinfo=UTC)
    assert (article.published_offset, article.published_time_known) == (180, True)


def test_what_an_administrator_changed_stays_unless_the_file_changes_it_too(tmp_path: Path) -> None:
    run(put(tmp_path, metadata="title = 'Strikes'\nbyline = 'A.'"))
    Article.objects.update(title="Better title", byline="B.")
    assert run(put(tmp_path, metadata="title = 'Strikes'\nbyline = 'C.'"))["report.txt"].outcome == UPDATED
    article = Article.objects.get()
    assert (article.title, article.byline) == ("Better title", "C.")


def test_a_file_may_say_that_its_text_was_read_through_until_an_editor_says_otherwise(tmp_path: Path) -> None:
    run(put(tmp_path))
    assert Article.objects.get().read_through_at is None
    files = put(tmp_path, metadata="read_through = true")
    assert run(files)["report.txt"].outcome == UPDATED
    assert Article.objects.get().read_through_at
    Article.objects.update(read_through_at=None)
    run(put(tmp_path, metadata="read_through = true\nbyline = 'A.'"))
    assert Article.objects.get().read_through_at is None


def test_a_title_made_by_the_first_import_is_not_made_again(tmp_path: Path) -> None:
    run(put(tmp_path))
    Article.objects.update(title="Better title")
    run(put(tmp_path, metadata="byline = 'A.'"))
    assert Article.objects.get().title == "Better title"


def test_a_new_text_of_a_known_article_is_a_new_version(tmp_path: Path) -> None:
    run(put(tmp_path, metadata="title = 'Strikes'"))
    result = run(put(tmp_path, text=REPORT + "\nMore.\n"))["report.txt"]
    one, two = Article.objects.order_by("version_number")
    assert result.outcome == Outcome.NEW_VERSION
    assert result.notes == ["The text has changed: it is version 2, and version 1 stays as it was."]
    assert (two.slug, two.revises, two.lineage, two.version_number) == ("report-2", one, "report", 2)
    assert (one.is_latest, two.is_latest) == (False, True)
    assert run(tmp_path)["report.txt"].outcome == UNCHANGED


def test_a_text_that_differs_in_white_space_only_says_so(tmp_path: Path) -> None:
    run(put(tmp_path))
    result = run(put(tmp_path, text=REPORT.replace("\n", "\r\n")))["report.txt"]
    assert result.outcome == Outcome.NEW_VERSION
    assert result.notes[-1] == "The text differs in white space only; it is version 2 all the same."


def test_a_text_that_goes_back_to_an_earlier_version_is_known(tmp_path: Path) -> None:
    run(put(tmp_path))
    run(put(tmp_path, text=REPORT + "More."))
    assert run(put(tmp_path))["report.txt"].outcome == UNCHANGED
    assert Article.objects.count() == 2


def test_an_article_may_revise_one_of_another_file_whatever_the_order(tmp_path: Path) -> None:
    put(tmp_path, "a", text="Later text.", metadata="revises = 'b'")
    put(tmp_path, "b")
    run(tmp_path)
    assert Article.objects.get(slug="a").revises == Article.objects.get(slug="b")
    assert Article.objects.get(slug="a").version_number == 2


def test_a_known_text_under_another_key_is_another_article(tmp_path: Path) -> None:
    put(tmp_path, "a")
    put(tmp_path, "b")
    assert [one.outcome for one in run(tmp_path).values()] == [CREATED, CREATED]


def test_a_folder_around_an_imported_one_makes_no_second_article(tmp_path: Path) -> None:
    put(tmp_path / "reports", claims=[claim("We won")])
    run(tmp_path / "reports")
    result = run(tmp_path)["report.txt"]
    assert (result.outcome, str(result.claims)) == (UNCHANGED, "")
    assert result.notes == [
        "This text has been imported as “report”, and stays that article. If it is to be another one, give it an “id” "
        "of its own in report.toml."
    ]
    put(tmp_path / "reports", metadata="id = 'another'\ntitle = 'Another'")
    assert run(tmp_path)["report.txt"].outcome == CREATED
    assert set(Article.objects.values_list("import_key", flat=True)) == {"report", "another"}


@pytest.mark.parametrize("name", ["khushan", "Kusham", "the-night-at-khusham"])
def test_a_story_that_is_nearly_another_is_not_made(tmp_path: Path, name: str) -> None:
    Story.objects.create(slug="khusham", title="The night near Khusham")
    note = run(put(tmp_path, metadata=f"title = 'A'\nstory = '{name}'"))["report.txt"].notes[0]
    assert f"report.toml, line 2: There is no story “{name}”. Did you mean “khusham”?" in note
    assert Story.objects.count() == 1 and not Article.objects.exists()


def test_a_story_of_a_near_name_is_another_once_a_file_describes_it(tmp_path: Path) -> None:
    Story.objects.create(slug="khusham-1", title="First")
    put(tmp_path, metadata="title = 'A'\nstory = 'khusham'", story="title = 'Khusham'")
    assert run(tmp_path)["report.txt"].outcome == CREATED
    assert Article.objects.get().story == Story.objects.get(slug="khusham")


def test_a_story_whose_file_fails_is_not_made_without_it(tmp_path: Path) -> None:
    results = run(put(tmp_path, metadata="story = 'khusham'", story="titel = 'Khusham'"))
    assert results["khusham.toml"].outcome == Outcome.FAILED
    assert "The file of its story “khusham” could not be imported" in results["report.txt"].notes[0]
    assert not Story.objects.exists() and not Article.objects.exists()


def test_a_slug_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    put(tmp_path, "a", metadata="id = 'x/y'")
    put(tmp_path, "b", metadata="id = 'x-y'")
    run(tmp_path)
    assert set(Article.objects.values_list("slug", flat=True)) == {"x-y", "x-y-2"}


def test_withdrawing_in_the_file_withdraws(tmp_path: Path) -> None:
    run(put(tmp_path, metadata="title = 'A'"))
    run(put(tmp_path, metadata="title = 'A'\nstatus = 'withdrawn'"))
    article = Article.objects.get()
    assert (article.status, article.is_latest) == ("withdrawn", False)


def test_a_new_version_of_what_was_withdrawn_by_hand_is_a_draft(tmp_path: Path) -> None:
    run(put(tmp_path))
    set_status(Article.objects.get(), Article.Status.WITHDRAWN, "By order of a court.")
    result = run(put(tmp_path, text=REPORT + "More."))["report.txt"]
    before, after = Article.objects.order_by("version_number")
    assert (before.status, after.status, before.is_latest) == ("withdrawn", "draft", False)
    assert "so this version is a draft: publish it if it may be read" in " ".join(result.notes)


def test_a_title_that_is_given_later_counts_as_given(tmp_path: Path) -> None:
    run(put(tmp_path))
    assert Article.objects.get().inferred == ["title"]
    run(put(tmp_path, metadata="title = 'Given'"))
    article = Article.objects.get()
    assert (article.title, article.inferred) == ("Given", [])


def test_a_title_that_is_taken_out_again_is_made_of_the_first_sentence(tmp_path: Path) -> None:
    run(put(tmp_path, metadata="title = 'Given'"))
    run(put(tmp_path, metadata=""))
    article = Article.objects.get()
    assert (article.title, article.inferred) == ("The coalition said it struck", ["title"])


def test_a_time_outside_the_calendar_fails_its_file_alone(tmp_path: Path) -> None:
    put(tmp_path, "a", metadata="published = 0001-01-01T00:00:00+14:00")
    results = run(put(tmp_path, "b", text="Another."))
    assert results["a.txt"].outcome == Outcome.FAILED
    assert "line 1: In UTC, this time leaves the calendar" in results["a.txt"].notes[0]
    assert results["b.txt"].outcome == CREATED


def test_a_known_outlet_is_found_by_any_of_its_names(tmp_path: Path) -> None:
    outlet = Source.objects.create(name="Cable News Network", slug="cnn-us", code="CNN", kind="outlet")
    outlet.aliases.create(name="CNN")
    run(put(tmp_path, metadata="outlet = 'cnn'"))
    assert Article.objects.get().outlet == outlet


class TestFailure:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (b"", "The file is empty"),
            (b"PNG\0\0", "This is no text"),
            (b"Report\n\xe9", "Not UTF-8: byte 7 (in line 2) is 0xe9"),
            (b"\xef\xbb\xbf\n", "nothing but white space"),
            ("\u200f\n".encode(), "nothing that can be seen"),
        ],
    )
    def test_of_the_text(self, tmp_path: Path, text: bytes, message: str) -> None:
        (tmp_path / "a.txt").write_bytes(text)
        result = run(tmp_path)["a.txt"]
        assert result.outcome == Outcome.FAILED
        assert str(tmp_path / "a.txt") in result.notes[0] and message in result.notes[0]
        assert not Article.objects.exists()

    def test_of_a_text_of_50_megabytes(self, tmp_path: Path) -> None:
        with (tmp_path / "a.txt").open("wb") as file:
            file.truncate(50_000_000)
        note = run(tmp_path)["a.txt"].notes[0]
        assert "The file has 50 MB; at most 10 MB are read. No report is as long: is it the right file?" in note

    @pytest.mark.parametrize(
        ("metadata", "message"),
        [
            ("titel = 'a'", "Did you mean “title”?"),
            ("title = 'A'\nurl = 'nowhere'", "line 2: url: Enter a valid URL."),
            ("title = 'A'\nlanguage = 'english'", "line 2: There is no language “english”. Write its tag: en, ar,"),
            (f"title = '{'x' * 301}'", "title: Ensure this value has at most 300 characters"),
            ("revises = 'nix'", "line 1: It revises “nix”, which has not been imported"),
            ("revises = 'report'", "revise each other in a circle: report"),
        ],
    )
    def test_of_the_metadata(self, tmp_path: Path, metadata: str, message: str) -> None:
        result = run(put(tmp_path, metadata=metadata))["report.txt"]
        assert result.outcome == Outcome.FAILED
        assert message in result.notes[0] and "report.toml" in result.notes[0]
        assert not Article.objects.exists() and not Changeset.objects.exists()

    def test_of_one_file_leaves_the_others_alone(self, tmp_path: Path) -> None:
        put(tmp_path, "a", claims=[claim("We struck", answers=[{"question": "nix", "low": 1, "asWorded": "x"}])])
        put(tmp_path, "b")
        results = run(tmp_path)
        assert (results["a.txt"].outcome, results["b.txt"].outcome) == (Outcome.FAILED, CREATED)
        assert Article.objects.get().slug == "b"

    def test_of_an_update_leaves_what_was(self, tmp_path: Path) -> None:
        run(put(tmp_path, metadata="title = 'Strikes'"))
        run(put(tmp_path, metadata="title = 'Changed'", claims=[{"target": []}]))
        assert Article.objects.get().title == "Strikes"

    def test_of_two_files_with_one_key(self, tmp_path: Path) -> None:
        put(tmp_path, "a", metadata="id = 'same'")
        put(tmp_path, "b", text="Another.", metadata="id = 'same'")
        results = run(tmp_path)
        assert results["a.txt"].outcome == CREATED
        assert f"It has the key “same”, and so has {tmp_path / 'a.txt'}" in results["b.txt"].notes[0]

    def test_of_a_circle_spares_the_rest(self, tmp_path: Path) -> None:
        put(tmp_path, "a", metadata="revises = 'b'")
        put(tmp_path, "b", text="Another.", metadata="revises = 'a'")
        put(tmp_path, "c", text="A third.")
        results = run(tmp_path)
        assert [results[f"{name}.txt"].outcome for name in "abc"] == [Outcome.FAILED, Outcome.FAILED, CREATED]
        assert "These revise each other in a circle: a, b" in results["a.txt"].notes[0]

    def test_of_a_second_reviser(self, tmp_path: Path) -> None:
        put(tmp_path, "a")
        put(tmp_path, "b", text="Another.", metadata="revises = 'a'")
        put(tmp_path, "c", text="A third.", metadata="revises = 'a'")
        assert "which “b” revises already. Let it revise that one." in run(tmp_path)["c.txt"].notes[0]

    def test_of_a_path(self, tmp_path: Path) -> None:
        (job,) = plan([tmp_path / "nix"])
        assert "no such file or folder" in job.run().notes[0]

    @pytest.mark.parametrize(
        ("metadata", "message"),
        [
            ("outlet = '…'", "The outlet “…” cannot be made"),
            ("outlet = 'Coalition'", "“Coalition” is a source of kind “military”. Make it a “news outlet”, or"),
            ("story = '…'", "The story “…” cannot be made"),
            (f"story = '{'x' * 121}'", "The story “xxx"),
        ],
    )
    def test_of_the_names_in_the_metadata(self, tmp_path: Path, metadata: str, message: str) -> None:
        make_source()
        note = run(put(tmp_path, metadata=metadata))["report.txt"].notes[0]
        assert message in note and "report.toml" in note
        assert not Article.objects.exists() and Source.objects.count() == 1

    def test_of_the_database(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def locked(*args: object) -> None:
            raise OperationalError("database is locked")

        monkeypatch.setattr("articles.importing.run.import_article", locked)
        assert "the database refused it: database is locked" in run(put(tmp_path))["report.txt"].notes[0]


class TestPaths:
    def test_the_same_file_named_twice_is_imported_once(self, tmp_path: Path) -> None:
        put(tmp_path, story=STORY)
        results = [job.run().outcome for job in plan([tmp_path, tmp_path / "report.txt", tmp_path / "khusham.toml"])]
        assert results == [CREATED, CREATED]

    def test_a_story_named_alone_is_imported_alone(self, tmp_path: Path) -> None:
        put(tmp_path, story=STORY)
        (tmp_path / "other.toml").write_text("title = 'Other'")
        assert list(run(tmp_path / "khusham.toml")) == ["khusham.toml"]
        assert Story.objects.get().slug == "khusham"

    def test_a_text_named_alone_brings_the_story_that_it_names_and_no_other(self, tmp_path: Path) -> None:
        put(tmp_path, metadata="story = 'khusham'", story=STORY)
        (tmp_path / "pyproject.toml").write_text("[project]")
        assert list(run(tmp_path / "report.txt")) == ["khusham.toml", "report.txt"]
        assert Story.objects.get().title == "Khusham"

    def test_a_file_that_goes_with_a_text_is_no_story(self, tmp_path: Path) -> None:
        put(tmp_path, metadata="story = 'raid'")
        put(tmp_path, "raid", text="Another.", metadata="byline = 'A.'")
        assert [one.outcome for one in run(tmp_path / "report.txt").values()] == [CREATED]

    def test_a_text_that_names_a_story_without_a_file(self, tmp_path: Path) -> None:
        put(tmp_path, metadata="story = '../khusham'")
        assert list(run(tmp_path / "report.txt")) == ["report.txt"]

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("report.toml", "It goes with a text. Name that one: .*report.txt"),
            ("report.jsonld", "It goes with a text. Name that one: .*report.txt"),
            ("notes.md", "neither a text .* nor a story"),
        ],
    )
    def test_any_other_file_is_refused(self, tmp_path: Path, name: str, message: str) -> None:
        put(tmp_path, metadata="title = 'A'", claims=[])
        (tmp_path / "notes.md").write_text("x")
        (job,) = plan([tmp_path / name])
        assert re.search(message, job.run().notes[0])


class TestStories:
    def bring_in(self, folder: Path, story: str) -> Imported:
        return run(put(folder, story=story))["khusham.toml"]

    def test_make_sources_questions_choices_and_places(self, tmp_path: Path) -> None:
        story = STORY.replace("tone = 1", "tone = 3\nkind = 'military'\naliases = ['US-led coalition']")
        assert self.bring_in(tmp_path, story).outcome == CREATED
        source = Source.objects.get()
        assert (source.name, source.slug, source.code, source.tone, source.kind) == (
            "Coalition",
            "coalition",
            "COA",
            3,
            "military",
        )
        assert source.aliases.get().name == "US-led coalition"
        rows = Question.objects.values_list("slug", "kind", "counted", "position")
        assert list(rows) == [("hurt", "number", "fighters hurt", 0), ("who", "choice", "", 1)]
        assert Choice.objects.get().label == "SANA"
        assert str(Place.objects.get(slug="khusham-town").within) == "Valley"

    def test_twice_change_nothing(self, tmp_path: Path) -> None:
        self.bring_in(tmp_path, STORY)
        before = Changeset.objects.count()
        assert self.bring_in(tmp_path, STORY).outcome == UNCHANGED
        assert Changeset.objects.count() == before

    def test_keep_what_an_administrator_changed(self, tmp_path: Path) -> None:
        self.bring_in(tmp_path, STORY)
        Source.objects.update(name="The coalition")
        Question.objects.filter(slug="hurt").update(text="How many hurt?", position=5)
        result = self.bring_in(tmp_path, STORY.replace("Who attacked?", "Who attacked first?"))
        assert result.outcome == UPDATED
        assert Source.objects.get().name == "The coalition"
        assert list(Question.objects.values_list("text", "position")) == [
            ("Who attacked first?", 1),
            ("How many hurt?", 5),
        ]

    def test_keep_a_choice_that_an_administrator_changed(self, tmp_path: Path) -> None:
        two = STORY.replace('label = "SANA" }', 'label = "SANA" }, { slug = "us", label = "US" }')
        self.bring_in(tmp_path, two)
        Choice.objects.filter(slug="sana").update(label="The agency")
        self.bring_in(tmp_path, two.replace('label = "US"', 'label = "the US"'))
        assert [str(choice) for choice in Choice.objects.order_by("position")] == ["The agency", "the US"]

    def test_in_another_order_put_questions_in_that_order(self, tmp_path: Path) -> None:
        self.bring_in(tmp_path, STORY)
        first = "[[question]]\nslug = 'why'\ntext = 'Why?'\nkind = 'words'\n[[question]]\nslug = \"hurt\""
        self.bring_in(tmp_path, STORY.replace('[[question]]\nslug = "hurt"', first))
        assert list(Question.objects.order_by("position").values_list("slug", flat=True)) == ["why", "hurt", "who"]

    def test_find_a_source_by_any_of_its_names(self, tmp_path: Path) -> None:
        known = Source.objects.create(name="coalition", slug="us-led", code="USC")
        self.bring_in(tmp_path, STORY)
        known.refresh_from_db()
        assert (Source.objects.count(), known.name, known.code) == (1, "Coalition", "COA")

    def test_leave_a_merged_source_and_the_one_that_took_it_over(self, tmp_path: Path, editor: User) -> None:
        self.bring_in(tmp_path, STORY)
        allies = make_source(name="Allies", code="ALL")
        merge(Source.objects.get(slug="coalition"), allies, editor)
        changed = STORY.replace("tone = 1", "tone = 5\naliases = ['US-led coalition']")
        assert self.bring_in(tmp_path, changed).outcome == UPDATED
        allies.refresh_from_db()
        assert (allies.tone, allies.name) == (1, "Allies")
        assert allies.aliases.get().name == "US-led coalition"

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("COA", "C0A", "line 6: Coalition: code: A code has two to five letters"),
            ("tone = 1", "tone = 13", "line 7: Coalition: tone: Ensure this value is less than or equal to 12"),
            ("tone = 1", "kind = 'army'", "line 7: “kind” is one of: military, government, officials, agency, outlet"),
            ('code = "COA"', "code = 'COA'\naliases = ['SANA']", "line 7: “SANA” is a name of SANA already"),
            (
                'within = "valley"',
                "within = 'valey'",
                "line 21: “khusham-town” lies within “valey”, which is no place here. Did you mean “valley”?",
            ),
            ('name = "Valley"', "name = 'Valley'\nwithin = 'khusham-town'", "line 25: Valley: within: A place cannot"),
            ('name = "Valley"', "name = 'Valley'\nlatitude = 91.0\nlongitude = 0", "line 22: Valley: Latitude is −90"),
            ('name = "Valley"', "name = 'Valley'\nlatitude = nan\nlongitude = 0", "line 25: “latitude” is a number"),
            ('counted = "fighters hurt"', "", "line 8: How many were hurt?: A number question says what is counted"),
            ('label = "SANA"', f"label = '{'x' * 161}'", "line 17: x"),
        ],
    )
    def test_that_are_wrong_leave_nothing_behind(self, tmp_path: Path, old: str, new: str, message: str) -> None:
        Source.objects.create(name="SANA", slug="sana", code="SAN")
        result = self.bring_in(tmp_path, STORY.replace(old, new))
        assert result.outcome == Outcome.FAILED
        assert message in result.notes[0] and "khusham.toml" in result.notes[0]
        assert not Story.objects.exists() and Source.objects.count() == 1

    @pytest.mark.parametrize(
        ("other", "message"),
        [
            ("[[question]]\nslug = 'hurt'\ntext = 'x'\nkind = 'words'", "The question “hurt” belongs to another story"),
            ("[[place]]\nslug = 'valley'\nname = 'x'", "The place “valley” belongs to another story"),
        ],
    )
    def test_take_nothing_from_another_story(self, tmp_path: Path, other: str, message: str) -> None:
        (tmp_path / "zweite.toml").write_text(f"title = 'Second'\n{other}")
        results = run(put(tmp_path, story=STORY))
        assert message in results["zweite.toml"].notes[0]
        assert Place.objects.get(slug="valley").name == "Valley"

    def test_do_not_change_the_kind_of_an_answered_question(self, tmp_path: Path) -> None:
        answer = {"question": "hurt", "low": 1, "asWorded": "x"}
        put(tmp_path, metadata="story = 'khusham'", claims=[claim("We won", answers=[answer])])
        self.bring_in(tmp_path, STORY)
        changed = STORY.replace('kind = "number"\ncounted = "fighters hurt"', "kind = 'words'")
        assert "has answers of kind number: its kind cannot change" in self.bring_in(tmp_path, changed).notes[0]

    def test_are_there_before_the_articles_that_name_them(self, tmp_path: Path) -> None:
        run(put(tmp_path, metadata="story = 'khusham'", story="title = 'Khusham, 2018'"))
        assert Story.objects.get().title == "Khusham, 2018"
        assert Article.objects.get().story == Story.objects.get()


class TestCodes:
    def test_are_such_as_no_other_source_has(self) -> None:
        for name, code in (("Russian Ministry of Defence", "RMOD"), ("Russian Defence Ministry", "RUMOD")):
            source, _ = source_named(name, Source.Kind.GOVERNMENT)
            assert source.code == code
