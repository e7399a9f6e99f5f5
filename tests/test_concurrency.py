"""Two writers at once, as on a real desk: the second waits, or gets an EditConflict."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.test import Client

from articles.editors import metadata_edits
from articles.editors.article_forms import ArticleEditForm, fields_of, parts_of
from articles.editors.claim_marking import Marking
from articles.editors.metadata_edits import edit_metadata
from articles.importing.outcomes import Outcome
from articles.importing.pasted import FormError
from articles.importing.run import plan
from articles.importing.trying import writing_nothing
from articles.models import Answer, Article, Changeset, Claim, Highlight, Listed, Question, Revision, Source, Story
from articles.snapshots import Draft
from articles.suggestions.making import _Suggesting, suggest
from articles.writing import editing, merging
from articles.writing.bulk import set_source
from articles.writing.checking import check_all
from articles.writing.editing import EditConflict, EditError, changing, create_claims, delete_claims, open_changeset
from articles.writing.merging import merge, unmerge
from articles.writing.metadata import changing_metadata
from articles.writing.passages import passages_of
from articles.writing.publishing import save_metadata
from articles.writing.source_edits import edit_source, source_parts
from articles.writing.story_edits import edit_story, story_parts
from articles.writing.tagging import Act, Entry, edit_claim, stored
from articles.writing.versions import _Carrying, carry_over
from tests.factories import (
    answer,
    make_article,
    make_claim,
    make_editor,
    make_highlight,
    make_question,
    make_source,
    make_story,
)
from tests.htmx import HEADERS
from tests.reports import claim, put, run

WAIT = 20


IN_MEMORY = connections["default"].vendor == "sqlite"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path | None]:
    """A desk on which several can write at once: on SQLite in a file of its own, in place of the one in memory that
    the other tests share; on PostgreSQL, with None for a file, the one that they share."""
    if not IN_MEMORY:
        yield None
        return
    shared, file = connections["default"], tmp_path / "desk.sqlite3"
    with shared.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    connect(file)
    yield file
    connections["default"].close()
    connections["default"] = shared


def connect(file: Path) -> None:
    """Gives this thread a connection to the file."""
    shared = connections["default"]
    connections["default"] = type(shared)({**shared.settings_dict, "NAME": str(file)}, "default")


def at_once(desk: Path | None, *writers: Callable[[], object]) -> list[BaseException | None]:
    """Runs each in a thread with a connection of its own. What each raised, in order."""

    def work(writer: Callable[[], object]) -> None:
        if desk:
            connect(desk)
        try:
            writer()
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(writers)) as pool:
        return [one.exception(WAIT) for one in [pool.submit(work, writer) for writer in writers]]


def held_once_written(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Is set once the first claim is written, whose transaction stays open for half a second then."""
    written, list_drafts = Event(), editing.list_drafts

    def and_wait(*args: Any, **more: Any) -> None:
        list_drafts(*args, **more)
        if not written.is_set():
            written.set()
            Event().wait(0.5)

    monkeypatch.setattr(editing, "list_drafts", and_wait)
    return written


def speak(row: Claim, speaker: str) -> None:
    with changing([row], open_changeset(Changeset.Kind.EDIT)):
        Claim.objects.filter(pk=row.pk).update(speaker=speaker)


def unrecorded() -> list[str]:
    return [problem.what for problem in check_all() if "text as given" not in problem.what]


def test_of_two_that_change_one_claim_the_second_gets_a_conflict(desk: Path | None) -> None:
    key = make_claim().pk
    both_have_read = Barrier(2, timeout=WAIT)

    def writer(speaker: str) -> Callable[[], None]:
        def write() -> None:
            row = Claim.objects.get(pk=key)
            both_have_read.wait()
            speak(row, speaker)

        return write

    raised = at_once(desk, writer("A"), writer("B"))
    assert sorted(type(error).__name__ for error in raised) == ["EditConflict", "NoneType"]
    row = Claim.objects.get()
    assert (row.speaker, row.version) == ("AB"[raised.index(None)], 2)
    assert Revision.objects.count() == 2
    assert unrecorded() == []


def test_of_two_that_change_different_claims_both_write(desk: Path | None) -> None:
    article = make_article()
    one, other = make_claim(article=article), make_claim(article=article)
    first_has_begun, done = Event(), []

    def first() -> None:
        with changing([one], open_changeset(Changeset.Kind.EDIT)):
            Claim.objects.filter(pk=one.pk).update(speaker="A")
            first_has_begun.set()
            Event().wait(0.5)
            done.append("first")

    def second() -> None:
        first_has_begun.wait(WAIT)
        speak(other, "B")
        done.append("second")

    assert at_once(desk, first, second) == [None, None]
    # SQLite lets one write at a time; elsewhere it depends on what both have to move.
    assert (done if IN_MEMORY else sorted(done)) == ["first", "second"]
    assert set(Claim.objects.values_list("speaker", flat=True)) == {"A", "B"}


def test_what_a_source_is_called_changes_while_its_claims_are_written(desk: Path | None) -> None:
    """Who writes a claim holds its article first, and the source at the end: so does who changes the source."""
    source = make_source(name="SANA", code="SANA")
    claims = [make_claim(article=make_article(slug=slug), source=source) for slug in "ab"]
    begun = Barrier(2, timeout=WAIT)

    def rename() -> None:
        begun.wait()
        for number in range(8):
            filled = source_parts(Source.objects.get(pk=source.pk))
            edit_source(source, filled, {**filled, "name": f"SANA {number}"}, AnonymousUser())

    def write() -> None:
        begun.wait()
        for number in range(8):
            for key in (one.pk for one in claims):
                speak(Claim.objects.get(pk=key), f"speaker {number}")
            create_claims([new_claim(claims[0].article, source)], open_changeset(Changeset.Kind.CREATE))

    assert at_once(desk, rename, write) == [None, None]
    assert Source.objects.get(pk=source.pk).name == "SANA 7" and Claim.objects.count() == 10
    assert unrecorded() == []


# What a writer does with a claim of another source, and with an article that has none yet.
def creates(uid: str, article: Article, source: Source) -> None:
    create_claims([new_claim(article, source)], open_changeset(Changeset.Kind.CREATE))


def edits(uid: str, article: Article, source: Source) -> None:
    row = stored(uid)
    assert row
    edit_claim(row, Entry(tuple(passages_of(row)), source), Act(AnonymousUser()))


def sets(uid: str, article: Article, source: Source) -> None:
    set_source([Claim.objects.get(uid=uid)], source, AnonymousUser())


class TestSavingAndMerging:
    """A claim that is saved while its source is merged away goes with it, or its editor is told: no claim is of a
    source that is merged."""

    WRITERS = pytest.mark.parametrize("write", [creates, edits, sets])

    @pytest.fixture
    def sana(self) -> Source:
        return make_source(name="SANA", code="SANA")

    @pytest.fixture
    def agency(self, sana: Source) -> Source:
        make_claim(article=make_article(slug="other"), source=sana)
        make_claim(article=make_article(slug="own"), source=make_source(name="Army"), uid="aaaa")
        return make_source(name="Agency", code="AGE")

    def in_order(self) -> bool:
        assert not Claim.objects.filter(source__merged_into__isnull=False).exists()
        assert not Listed.objects.filter(source_id__in=Source.objects.merged().values("pk")).exists()
        return unrecorded() == []

    def refused(self, raised: list[BaseException | None]) -> bool:
        return isinstance(raised[0], EditError) and "merged into another" in str(raised[0]) and raised[1] is None

    @WRITERS
    def test_that_was_merged_since_the_editor_read_it(
        self, desk: Path | None, sana: Source, agency: Source, write: Callable[..., None]
    ) -> None:
        read, merged = Event(), Event()

        def writer() -> None:
            source, article = Source.objects.get(pk=sana.pk), Article.objects.get(slug="own")
            read.set()
            assert merged.wait(WAIT)
            write("aaaa", article, source)

        def merger() -> None:
            assert read.wait(WAIT)
            merge(sana, agency, AnonymousUser())
            merged.set()

        assert self.refused(at_once(desk, writer, merger)) and self.in_order()
        assert Claim.objects.get(uid="aaaa").version == 1

    @WRITERS
    def test_that_is_being_merged(
        self,
        desk: Path | None,
        sana: Source,
        agency: Source,
        write: Callable[..., None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """The writer comes when the claims of the source have been counted, and nothing is committed yet."""
        counted, move_aliases = Event(), merging._move_aliases

        def once_counted(*args: Any) -> list[str]:
            counted.set()
            Event().wait(0.5)
            return move_aliases(*args)

        monkeypatch.setattr(merging, "_move_aliases", once_counted)

        def writer() -> None:
            source, article = Source.objects.get(pk=sana.pk), Article.objects.get(slug="own")
            assert counted.wait(WAIT)
            write("aaaa", article, source)

        assert self.refused(at_once(desk, writer, lambda: merge(sana, agency, AnonymousUser()))) and self.in_order()

    @WRITERS
    def test_that_is_merged_before_the_claim_is_seen_by_others(
        self,
        desk: Path | None,
        sana: Source,
        agency: Source,
        write: Callable[..., None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        written = held_once_written(monkeypatch)

        def merger() -> None:
            assert written.wait(WAIT)
            merge(sana, agency, AnonymousUser())

        def writer() -> None:
            write("aaaa", Article.objects.get(slug="own"), Source.objects.get(pk=sana.pk))

        assert at_once(desk, writer, merger) == [None, None]
        assert self.in_order() and Claim.objects.filter(article__slug="own", source=agency).exists()

    @pytest.mark.skipif(IN_MEMORY, reason="on SQLite nobody writes between what is read and written in one go")
    @pytest.mark.parametrize("what", [_Carrying, _Suggesting])
    def test_what_the_desk_read_itself_is_read_again(
        self, desk: Path | None, sana: Source, agency: Source, what: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = "SANA said that the harbour was open again. It was a quiet day."
        before = make_article(slug="before", paragraphs=[said])
        if what is _Carrying:
            make_claim(article=before, source=sana, quote="the harbour was open again")
        after = make_article(slug="after", paragraphs=[said, "More."], revises=before)
        read, merged, write = Event(), Event(), what._write

        def once_merged(*args: Any) -> Any:
            read.set()
            assert merged.wait(WAIT)
            return write(*args)

        monkeypatch.setattr(what, "_write", once_merged)

        def merger() -> None:
            assert read.wait(WAIT)
            merge(sana, agency, AnonymousUser())
            merged.set()

        assert at_once(desk, lambda: (carry_over if what is _Carrying else suggest)(after), merger) == [None, None]
        assert Claim.objects.get(article=after).source == agency and self.in_order()

    def test_again_and_again(self, desk: Path | None, sana: Source, agency: Source) -> None:
        """Whoever merges holds claims, articles and sources in the order in which who saves claims does."""
        begun = Barrier(2, timeout=WAIT)

        def merger() -> None:
            begun.wait()
            for _ in range(6):
                unmerge(merge(Source.objects.get(pk=sana.pk), Source.objects.get(pk=agency.pk), None), None)

        def writer() -> None:
            begun.wait()
            for _ in range(12):
                for slug in ("own", "other"):
                    with suppress(EditError):
                        creates("", Article.objects.get(slug=slug), Source.objects.get(pk=sana.pk))

        assert at_once(desk, merger, writer) == [None, None] and self.in_order()


def new_claim(article: Article, source: Source) -> Draft:
    paragraph = article.paragraphs.all()[0]
    return Draft(
        Claim(article=article, source=source),
        [Highlight(paragraph=paragraph, start=0, end=3, quote=paragraph.text[:3])],
        [],
    )


def test_a_reader_does_not_wait_and_sees_nothing_unfinished(desk: Path | None) -> None:
    row = make_claim(speaker="before")
    written, read = Event(), Event()
    seen: list[str] = []

    def writer() -> None:
        with changing([row], open_changeset(Changeset.Kind.EDIT)):
            Claim.objects.update(speaker="after")
            written.set()
            assert read.wait(WAIT)

    def reader() -> None:
        written.wait(WAIT)
        seen.append(Claim.objects.get().speaker)
        read.set()

    assert at_once(desk, writer, reader) == [None, None]
    assert (seen, Claim.objects.get().speaker) == (["before"], "after")


def test_of_a_deletion_and_a_bulk_change_one_is_refused_whole(desk: Path | None) -> None:
    article = make_article()
    one, other = make_claim(article=article), make_claim(article=article)
    sana = make_source(name="SANA")
    start = Barrier(2, timeout=WAIT)

    def delete() -> None:
        start.wait()
        delete_claims([one], open_changeset(Changeset.Kind.DELETE))

    def change() -> None:
        start.wait()
        set_source([Claim(pk=row.pk, uid=row.uid, version=1, article=article) for row in (one, other)], sana, None)  # type: ignore[arg-type]

    raised = at_once(desk, delete, change)
    assert sorted(type(error).__name__ for error in raised) == ["EditConflict", "NoneType"]
    changed = Claim.objects.filter(source=sana).count()
    assert (Claim.objects.count(), changed) == ((1, 0) if raised[0] is None else (2, 2))
    assert unrecorded() == []


def test_many_writers_lose_nothing(desk: Path | None) -> None:
    claims = [make_claim(article=make_article(slug=f"a{number}")) for number in range(8)]

    def writer(row: Claim) -> Callable[[], None]:
        def write() -> None:
            for number in range(5):
                speak(row, f"speaker {number}")

        return write

    assert at_once(desk, *map(writer, claims)) == [None] * 8
    assert set(Claim.objects.values_list("version", "speaker")) == {(6, "speaker 4")}
    assert Revision.objects.count() == 8 * 6
    assert unrecorded() == []


def test_importing_one_file_twice_at_once_makes_it_once(desk: Path | None, tmp_path: Path) -> None:
    folder = put(tmp_path / "reports", metadata="title = 'Strikes'", claims=[claim("We won", uid="aaaa")])
    outcomes: list[Outcome] = []

    def importer() -> None:
        outcomes.append(run(folder)["report.txt"].outcome)

    assert at_once(desk, importer, importer) == [None, None]
    assert sorted(outcomes) == [Outcome.CREATED, Outcome.UNCHANGED]
    assert (Article.objects.count(), Claim.objects.count()) == (1, 1)


def test_an_edit_while_its_file_is_imported_is_kept_or_waits(desk: Path | None, tmp_path: Path) -> None:
    folder = put(tmp_path / "reports", metadata="title = 'Strikes'", claims=[claim("We won", uid="aaaa")])
    run(folder)
    put(folder, claims=[claim("We struck", uid="aaaa")])
    row = Claim.objects.get()
    start = Barrier(2, timeout=WAIT)

    def importer() -> None:
        start.wait()
        run(folder)

    def editor() -> None:
        start.wait()
        speak(row, "An agency")

    raised = at_once(desk, importer, editor)
    after = Claim.objects.get()
    if isinstance(raised[1], EditConflict):
        assert (after.quote, after.speaker) == ("We struck", "")
    else:
        assert raised == [None, None]
        assert (after.quote, after.speaker) == ("We won", "An agency")
    assert unrecorded() == []


def test_a_dry_run_keeps_nobody_from_writing_and_writes_nothing(desk: Path | None, tmp_path: Path) -> None:
    row = make_claim()
    put(tmp_path / "reports", "a", metadata="title = 'A'")
    (job,) = plan([tmp_path / "reports"])
    with writing_nothing():
        assert job.run().outcome == Outcome.CREATED
        assert at_once(desk, lambda: speak(Claim.objects.get(), "A")) == [None]
        assert Article.objects.filter(slug="a").exists()
    row.refresh_from_db()
    assert (row.speaker, Article.objects.filter(slug="a").exists()) == ("A", False)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["reports"]


EDIT = "/claims/aaaa/edit/"
NEW = "/articles/strikes/claims/new/"


def editors(number: int) -> list[Client]:
    clients = [
        Client(headers={**HEADERS, "HX-Current-URL": "http://testserver/articles/strikes/"}) for _ in range(number)
    ]
    for at, client in enumerate(clients):
        client.force_login(make_editor(f"editor-{at}"))
    return clients


def sent_at_once(desk: Path | None, address: str, forms: list[dict[str, Any]]) -> list[int]:
    """Each form by an editor of their own, all at one time. What was answered, in order."""
    start, answers = Barrier(len(forms), timeout=WAIT), {}

    def sender(at: int, client: Client, data: dict[str, Any]) -> Callable[[], None]:
        def send() -> None:
            start.wait()
            answers[at] = client.post(address, data).status_code

        return send

    senders = [sender(at, *one) for at, one in enumerate(zip(editors(len(forms)), forms, strict=True))]
    assert at_once(desk, *senders) == [None] * len(forms)
    return [answers[at] for at in range(len(forms))]


def form(token: str, **more: Any) -> dict[str, Any]:
    return {"at": "0:0-3", "source": "coalition", "token": token, **more}


def test_of_four_who_save_one_claim_one_does_and_the_others_are_told(desk: Path | None) -> None:
    make_claim(uid="aaaa")
    forms = [form(f"token-{at}", based_on=1, speaker=f"speaker {at}") for at in range(4)]
    answers = sent_at_once(desk, EDIT, forms)
    assert sorted(answers) == [200, 409, 409, 409]
    row = Claim.objects.get()
    assert (row.version, row.speaker) == (2, f"speaker {answers.index(200)}")
    assert Revision.objects.count() == 2
    assert list(Changeset.objects.exclude(token=None).values_list("token", flat=True)) == [
        f"token-{answers.index(200)}"
    ]
    assert unrecorded() == []


def test_of_four_who_edit_what_they_have_read_one_saves(desk: Path | None) -> None:
    make_claim(uid="aaaa")
    all_have_read = Barrier(4, timeout=WAIT)

    def writer(name: str) -> Callable[[], None]:
        def write() -> None:
            row = stored("aaaa")
            assert row
            all_have_read.wait()
            edit_claim(row, Entry(tuple(passages_of(row)), row.source, speaker=name), Act(AnonymousUser()))

        return write

    raised = at_once(desk, *map(writer, "ABCD"))
    assert sorted(type(error).__name__ for error in raised) == ["EditConflict"] * 3 + ["NoneType"]
    row = Claim.objects.get()
    assert (row.version, row.speaker) == (2, "ABCD"[raised.index(None)])
    assert unrecorded() == []


def test_one_form_sent_four_times_at_once_makes_one_claim(desk: Path | None) -> None:
    make_source()
    make_article()
    assert sent_at_once(desk, NEW, [form("token")] * 4) == [200] * 4
    assert (Claim.objects.count(), Changeset.objects.filter(token="token").count()) == (1, 1)
    assert unrecorded() == []


def test_four_forms_sent_at_once_make_four_claims(desk: Path | None) -> None:
    make_source()
    make_article()
    assert sent_at_once(desk, NEW, [form(f"token-{at}") for at in range(4)]) == [200] * 4
    assert Claim.objects.count() == 4
    assert unrecorded() == []


def test_one_form_with_other_words_under_the_same_token_is_refused(desk: Path | None) -> None:
    make_source()
    make_article()
    answers = sent_at_once(desk, NEW, [form("token", speaker=name) for name in "AB"])
    assert sorted(answers) == [200, 409]
    assert Claim.objects.get().speaker == "AB"[answers.index(200)]


def test_undone_twice_at_once_is_undone_once(desk: Path | None) -> None:
    make_claim(uid="aaaa", speaker="before")
    row = stored("aaaa")
    assert row
    done = edit_claim(row, Entry(tuple(passages_of(row)), row.source, speaker="after"), Act(AnonymousUser()))
    assert sent_at_once(desk, f"/changes/{done.uid}/undo/", [{}] * 3) == [200] * 3
    assert Claim.objects.get(uid="aaaa").speaker == "before"
    assert Changeset.objects.filter(token=f"undo-{done.uid}").count() == 1
    assert unrecorded() == []


def move(article: Article, story: Story) -> None:
    article.story = story
    save_metadata(article, ["story"], open_changeset(Changeset.Kind.EDIT, None, article))


def out_of_step() -> list[str]:
    return [problem.where for problem in check_all() if "text as given" not in problem.what]


@pytest.mark.parametrize("address", [NEW, EDIT])
def test_a_claim_is_found_where_its_article_has_gone_while_it_was_saved(
    desk: Path | None, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    elsewhere = make_story(slug="elsewhere", title="Elsewhere")
    make_claim(article=make_article(story=make_story()), uid="aaaa")
    (client,) = editors(1)
    read, moved, save = Event(), Event(), Marking.save

    def once_it_has_moved(self: Marking, *args: Any) -> Any:
        read.set()
        assert moved.wait(WAIT)
        return save(self, *args)

    monkeypatch.setattr(Marking, "save", once_it_has_moved)

    def mover() -> None:
        assert read.wait(WAIT)
        move(Article.objects.get(), elsewhere)
        moved.set()

    raised = at_once(desk, lambda: client.post(address, form("token", based_on=1)), mover)
    assert raised == [None, None] and out_of_step() == []
    assert set(Listed.objects.values_list("story__slug", flat=True)) == {"elsewhere"}


@pytest.mark.skipif(IN_MEMORY, reason="on SQLite one writes after the other")
def test_who_moves_an_article_and_who_saves_a_claim_of_it_both_do(
    desk: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = make_story(slug="elsewhere", title="Elsewhere")
    key = make_claim(article=make_article(story=make_story())).pk
    written, held, move_stamps = Event(), Event(), editing._move_stamps

    def once_it_is_held(*args: Any) -> None:
        written.set()
        assert held.wait(WAIT)
        move_stamps(*args)

    monkeypatch.setattr(editing, "_move_stamps", once_it_is_held)

    def mover() -> None:
        assert written.wait(WAIT)
        article = Article.objects.get()
        with changing_metadata([article], open_changeset(Changeset.Kind.EDIT, None, article)):
            held.set()
            Article.objects.filter(pk=article.pk).update(story=elsewhere)

    assert at_once(desk, lambda: speak(Claim.objects.get(pk=key), "Veale"), mover) == [None, None]
    assert out_of_step() == []


class TestLeavingAStory:
    """An editor moves an article whose claims answer questions of the story that it leaves; another saves a claim."""

    @pytest.fixture
    def article(self) -> Article:
        question = make_question()
        make_story(slug="other", title="Other")
        article = make_article(story=question.story)
        make_claim(article=article, quote="The coalition", uid="bare")
        make_claim(article=article, answers=[answer(question, 25)], uid="told")
        return article

    @pytest.fixture
    def moving(self, article: Article) -> Callable[[], object]:
        """With what the form tells the editor, and his tick."""
        filled = parts_of(article)
        fields = {**fields_of(article), "story": "other", "filled": json.dumps(filled), "leaves": "1:khusham:other"}

        def write() -> None:
            sent = ArticleEditForm(fields)
            assert sent.is_valid(), sent.errors
            edit_metadata(article.slug, sent, AnonymousUser())

        return write

    def saving(self, uid: str, read: Event | None = None, at: Event | None = None) -> Callable[[], object]:
        """Says when it has read the claim, and waits before it saves it."""

        def write() -> None:
            row = stored(uid)
            assert row
            if read and at:
                read.set()
                assert at.wait(WAIT)
            said = (answer(Question.objects.get(), 7),)
            edit_claim(row, Entry(tuple(passages_of(row)), row.source, note="Mine", answers=said), Act(AnonymousUser()))

        return write

    @pytest.mark.skipif(IN_MEMORY, reason="on SQLite one writes after the other")
    @pytest.mark.parametrize("uid", ["bare", "told"])
    def test_who_holds_a_claim_of_it_is_waited_for(
        self, desk: Path | None, monkeypatch: pytest.MonkeyPatch, moving: Callable[[], object], uid: str
    ) -> None:
        """Whoever saves it holds the claim, and then goes for its article."""
        held, move_stamps = Event(), editing._move_stamps
        in_turn = []

        def once_it_is_held(*args: Any) -> None:
            if not in_turn:
                in_turn.append(uid)
                held.set()
                Event().wait(0.5)
            move_stamps(*args)

        monkeypatch.setattr(editing, "_move_stamps", once_it_is_held)

        def mover() -> None:
            assert held.wait(WAIT)
            moving()

        saved, moved = at_once(desk, self.saving(uid), mover)
        assert saved is None, "nobody is stopped by the other"
        if uid == "bare":
            assert isinstance(moved, FormError) and "give 2 answers to questions" in moved.message
        else:
            assert moved is None and not Answer.objects.exists()
        assert out_of_step() == []

    @pytest.mark.skipif(IN_MEMORY, reason="on SQLite one writes after the other")
    @pytest.mark.parametrize("uid", ["bare", "told"])
    def test_no_answer_stays_behind(
        self, desk: Path | None, monkeypatch: pytest.MonkeyPatch, moving: Callable[[], object], uid: str
    ) -> None:
        """That is saved once the answers have been counted and taken away, and before the article has left."""
        read, taken, take = Event(), Event(), metadata_edits.take_answers_away

        def once_they_are_taken(*args: Any) -> None:
            take(*args)
            taken.set()
            Event().wait(0.5)

        monkeypatch.setattr(metadata_edits, "take_answers_away", once_they_are_taken)

        def mover() -> None:
            assert read.wait(WAIT)
            moving()

        self.refused(uid, *at_once(desk, mover, self.saving(uid, read, taken)))

    @pytest.mark.parametrize("uid", ["bare", "told"])
    def test_an_answer_that_was_begun_before_it_left_is_refused(
        self, desk: Path | None, moving: Callable[[], object], uid: str
    ) -> None:
        read, gone = Event(), Event()

        def mover() -> None:
            assert read.wait(WAIT)
            moving()
            gone.set()

        self.refused(uid, *at_once(desk, mover, self.saving(uid, read, gone)))

    def refused(self, uid: str, moved: BaseException | None, saved: BaseException | None) -> None:
        """What has been changed by the move is a conflict; a claim that it did not touch cannot take the answer."""
        assert moved is None and not Answer.objects.exists() and out_of_step() == []
        assert type(saved) is (EditError if uid == "bare" else EditConflict)
        if uid == "bare":
            assert "left behind by the article, which has gone to another story, in the meantime" in str(saved)


def test_a_question_that_is_answered_and_taken_away_at_once(desk: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes second is told."""
    story = make_story()
    who, editor = make_question(story=story, slug="who", kind="words"), make_editor()
    article, filled = make_article(story=story), {name: one.value for name, one in story_parts(story).items()}
    begun, both = Event(), Barrier(2, timeout=WAIT)

    def answering() -> None:
        both.wait()
        begun.set()
        draft = Draft(Claim(article=article, source=make_source()), [make_highlight(article, "The")])
        draft.answers = [answer(who, "Them")]
        create_claims([draft], open_changeset(Changeset.Kind.CREATE, editor))

    def taking() -> None:
        both.wait()
        begun.wait(WAIT)
        edit_story(story, filled, filled, ["who"], editor)

    raised = at_once(desk, answering, taking)
    assert sorted(type(error).__name__ for error in raised) == ["EditError", "NoneType"]
    assert out_of_step() == []
