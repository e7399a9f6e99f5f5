"""Pages for readers without a session: entity tags, 304, what caches are told, and that nobody sees another's page."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import kept_pages
from articles.desk_stamp import missing_triggers, stamp_of_desk, stamp_of_names, watched_tables
from articles.models import (
    Alias,
    Article,
    Changeset,
    Claim,
    DeskStamp,
    Listed,
    NameStamp,
    Place,
    Question,
    Source,
    Story,
    Tally,
)
from articles.pages import kept_reading, story_list
from articles.pages.story_list import Numbers
from articles.writing.checking import check_desk_stamp, check_lists
from articles.writing.editing import changing, delete_claims, open_changeset
from articles.writing.merging import merge
from articles.writing.publishing import set_status
from articles.writing.rulings import rule
from tests.factories import (
    answer,
    make_article,
    make_claim,
    make_editor,
    make_place,
    make_question,
    make_source,
    make_story,
)
from tests.htmx import HEADERS
from tests.pages import PageClient
from tests.plans import query_plan

pytestmark = pytest.mark.django_db

REPORT = "/articles/strikes/"


@pytest.fixture(autouse=True)
def _nothing_seen() -> Iterator[None]:
    yield
    kept_pages._seen.clear()


@pytest.fixture
def addresses() -> list[str]:
    """One of each page that is kept."""
    story = make_story()
    make_question(story=story)
    article = make_article(story=story, outlet=make_source(name="Daily", kind="outlet"))
    claim = make_claim(article=article)
    make_article(slug="strikes-2", story=story, revises=article)
    return [
        "/",
        "/stories/",
        "/stories/khusham/",
        "/stories/khusham/how-many/",
        "/embed/how-many/",
        "/articles/",
        REPORT,
        "/articles/strikes-2/changes/",
        "/claims/",
        f"/claims/{claim.uid}/",
        "/sources/",
        "/sources/coalition/",
        "/search/?q=strikes",
    ]


# Kept under the stamp of the story, or that and the article's.
STORYS_OWN = ["/stories/khusham/", "/stories/khusham/how-many/", "/embed/how-many/", "/stories/khusham/where/", REPORT]


@dataclass
class Told:
    """A story in which two sources answer two questions differently, in one of two articles."""

    article: Article
    claim: Claim
    question: Question
    place: Place
    editor: User


def tell() -> Told:
    story = make_story()
    article = make_article(story=story, outlet=make_source(name="Daily", kind="outlet"))
    question, where = make_question(story=story), make_question(story=story, slug="where", kind="place")
    place = make_place(story=story)
    said = [answer(question, 4), answer(where, place)]
    claim = make_claim(article=article, source=make_source(name="SANA"), answers=said)
    other = make_article(slug="other", story=story)
    make_claim(article=other, source=make_source(name="Ministry"), answers=[answer(question, 9)])
    return Told(article, claim, question, place, make_editor())


NOW = datetime(2018, 2, 8, tzinfo=UTC)


def _save(row: Model, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


WRITES: dict[str, Callable[[Told], object]] = {
    "a claim's words": lambda told: speak("Col. Veale", told.claim),
    "a claim deleted": lambda told: delete_claims([told.claim], open_changeset(Changeset.Kind.EDIT)),
    "a claim more": lambda told: make_claim(article=told.article, answers=[answer(told.question, 7)]),
    "a source's name": lambda told: _save(Source.objects.get(name="SANA"), name="Agency"),
    "an outlet's name": lambda told: _save(Source.objects.get(name="Daily"), name="Weekly"),
    "sources merged": lambda told: merge(*Source.objects.exclude(kind="outlet"), editor=told.editor),
    "a title": lambda told: _save(told.article, title="Another title"),
    "an article withdrawn": lambda told: set_status(Article.objects.get(slug="other"), Article.Status.WITHDRAWN),
    "an article more": lambda told: make_article(slug="third", story=told.article.story),
    "a question's words": lambda told: _save(told.question, text="How many were there?"),
    "a question more": lambda told: make_question(story=told.article.story, slug="why", kind="words"),
    "a place's name": lambda told: _save(told.place, name="The plain"),
    "a story's title": lambda told: _save(Story.objects.get(), title="Another story"),
    "an article read through": lambda told: [_save(one, read_through_at=NOW) for one in Article.objects.all()],
    "a ruling": lambda told: rule(
        told.question,
        editor=told.editor,
        one=Source.objects.get(name="SANA"),
        other=Source.objects.get(name="Ministry"),
        says="agree",
        reason="Both count the same.",
    ),
}


def speak(speaker: str, row: Claim | None = None) -> None:
    row = row or Claim.objects.get()
    with changing([row], open_changeset(Changeset.Kind.EDIT)):
        Claim.objects.filter(pk=row.pk).update(speaker=speaker)


class TestAnonymous:
    def test_each_page_is_answered_with_304_by_one_query(self, reader: PageClient, addresses: list[str]) -> None:
        for address in addresses:
            tag = reader.get(address)["ETag"]
            with CaptureQueriesContext(connection) as captured:
                response = reader.get(address, headers={"If-None-Match": f'"other", {tag}'})
            assert (response.status_code, response.content, len(captured)) == (304, b"", 1), address
            assert response["ETag"] == tag

    def test_each_page_that_is_kept_costs_one_query(self, reader: PageClient, addresses: list[str]) -> None:
        for address in addresses[:-1]:
            first = reader.get(address)
            with CaptureQueriesContext(connection) as captured:
                again = reader.get(address)
            assert (again.status_code, len(captured)) == (200, 1), address
            assert again.content == first.content
            for name in ("ETag", "Cache-Control", "Content-Type", "Vary"):
                assert again[name] == first[name], address

    def test_the_one_query_goes_by_an_index(self, addresses: list[str]) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("PostgreSQL reads so small a table as it likes")
        with CaptureQueriesContext(connection) as captured:
            kept_pages.of_the_article("strikes")
            kept_pages.of_the_story("khusham")
            kept_pages.of_the_question("how-many")
        for query in captured:
            plan = query_plan(query["sql"])
            assert plan and all(step.startswith("SEARCH") for step in plan), plan

    def test_caches_are_told_for_how_long(self, reader: PageClient, addresses: list[str]) -> None:
        for address in addresses:
            response = reader.get(address)
            told = dict(part.strip().partition("=")[::2] for part in response["Cache-Control"].split(","))
            assert "public" in told and int(told["max-age"]) == 0
            assert int(told["s-maxage"]) + int(told["stale-while-revalidate"]) <= 60, "a minute, all in all"
            varied = {one.strip() for one in response["Vary"].split(",")}
            assert varied >= {"HX-Request", "Accept", "Accept-Encoding"}, address
            assert ("Cookie" in varied) != address.startswith("/embed/"), "a card is the same for everybody"
            assert not response.cookies

    def test_what_there_is_not_has_no_tag(self, reader: PageClient) -> None:
        set_status(make_article(slug="gone"), Article.Status.WITHDRAWN)
        for address, status in {"/articles/gone/": 410, "/articles/nothing/": 404, "/claims/?versions=x": 400}.items():
            response = reader.get(address)
            assert (response.status_code, "ETag" in response) == (status, False)
            assert "public" not in response.get("Cache-Control", "")

    def test_a_page_is_kept_compressed(self, client: Client, addresses: list[str]) -> None:
        plain = client.get(REPORT)
        for _ in range(2):
            zipped = client.get(REPORT, headers={"Accept-Encoding": "gzip, br"})
            assert zipped["Content-Encoding"] == "gzip"
            assert gzip.decompress(zipped.content) == plain.content
            assert zipped["ETag"] == plain["ETag"], "the same page, weakly"
        assert "Content-Encoding" not in client.get(REPORT)

    def test_made_up_addresses_are_not_kept(self, reader: PageClient, addresses: list[str]) -> None:
        for address in (f"{REPORT}?shown=nobody", f"{REPORT}?utm=1", "/claims/?q=strikes", "/sources/?kind=army"):
            tag = reader.get(address)["ETag"]
            with CaptureQueriesContext(connection) as captured:
                reader.get(address)
            assert len(captured) > 1, address
            assert reader.get(address, headers={"If-None-Match": tag}).status_code == 304

    def test_hosts_and_filters_have_pages_of_their_own(
        self, reader: PageClient, addresses: list[str], settings: Any
    ) -> None:
        settings.ALLOWED_HOSTS = ["a.example", "b.example"]
        tags = [
            reader.get(address, headers={"Host": host})["ETag"]
            for host in settings.ALLOWED_HOSTS
            for address in (REPORT, f"{REPORT}?shown=coalition", "/")
        ]
        assert len(set(tags)) == len(tags)
        assert b"a.example" not in reader.get(REPORT, headers={"Host": "b.example"}).content


class TestSaves:
    def test_a_save_is_in_the_very_next_answer(self, reader: PageClient, addresses: list[str]) -> None:
        for number, address in enumerate([REPORT, "/claims/?versions=all", f"/claims/{Claim.objects.get().uid}/"]):
            tag = reader.get(address)["ETag"]
            speak(f"Colonel {number}")
            response = reader.get(address, headers={"If-None-Match": tag})
            assert (response.status_code, response["ETag"] != tag) == (200, True), address
            assert f"Colonel {number}".encode() in response.content

    @pytest.mark.parametrize(
        "write",
        [
            lambda: Source.objects.filter(slug="coalition").update(name="Others"),
            lambda: Story.objects.bulk_update([Story(pk=Story.objects.get().pk, summary="More")], ["summary"]),
            lambda: Claim.objects.all().delete(),
            lambda: set_status(Article.objects.get(slug="strikes-2"), Article.Status.WITHDRAWN),
        ],
        ids=["by update", "by bulk_update", "by deleting", "by withdrawing"],
    )
    def test_whatever_writes_moves_the_stamp(self, addresses: list[str], write: Callable[[], object]) -> None:
        before = stamp_of_desk()
        write()
        assert stamp_of_desk() > before

    def test_a_story_s_pages_stay_while_others_are_written(self, reader: PageClient) -> None:
        tell()
        other = make_article(slug="others", story=make_story(slug="other"))
        tags = {address: reader.get(address)["ETag"] for address in STORYS_OWN}
        make_claim(article=other, source=Source.objects.get(name="SANA"), quote="coalition")
        with CaptureQueriesContext(connection) as captured:
            assert {address: reader.get(address)["ETag"] for address in STORYS_OWN} == tags
        assert len(captured) == len(STORYS_OWN)

    @pytest.mark.parametrize("name", WRITES)
    def test_a_story_s_pages_follow_whatever_they_show(self, reader: PageClient, name: str) -> None:
        told = tell()
        for address in STORYS_OWN:
            reader.get(address)
        WRITES[name](told)
        after = {address: reader.get(address).content for address in STORYS_OWN}
        cache.clear()
        assert after == {address: reader.get(address).content for address in STORYS_OWN}

    def test_a_version_s_page_follows_what_becomes_of_later_ones(self, reader: PageClient) -> None:
        later = make_article(slug="later", revises=make_article())
        tag = reader.get(REPORT)["ETag"]
        for status, notice, said in (
            (Article.Status.WITHDRAWN, "Wrong.", "version 2, was withdrawn: <bdi>“Wrong.”</bdi>"),
            (Article.Status.WITHDRAWN, "Wrong on most.", "<bdi>“Wrong on most.”</bdi>"),
            (Article.Status.PUBLISHED, "", "There is a newer version"),
        ):
            set_status(later, status, notice)
            response = reader.get(REPORT, headers={"If-None-Match": tag})
            assert response.status_code == 200 and said in response.content.decode(), status
            tag = response["ETag"]
            assert reader.get(REPORT, headers={"If-None-Match": tag}).status_code == 304

    def test_each_of_these_writes_shows_somewhere(self, reader: PageClient) -> None:
        """Else the test above would find nothing in it."""
        for write in WRITES.values():
            with transaction.atomic():
                told = tell()
                before = [reader.get(address).content for address in STORYS_OWN]
                write(told)
                assert [reader.get(address).content for address in STORYS_OWN] != before, write
                transaction.set_rollback(True)
            cache.clear()

    def test_every_table_that_pages_show_is_watched(self) -> None:
        assert missing_triggers(connection) == []
        assert {"articles_claim", "articles_ruling", "articles_alias", "articles_question"} <= set(watched_tables())
        assert not {"articles_deskstamp", "articles_revision", "articles_claimwords"} & set(watched_tables())

    def test_lists_that_are_mended_move_the_stamp(self, addresses: list[str]) -> None:
        """They are not watched, since what they follow from is."""
        for mend in (lambda: Tally.objects.update(number=F("number") + 1), lambda: Listed.objects.update(place=0)):
            mend()
            before = stamp_of_desk()
            assert [problem.repaired for problem in check_lists(repair=True)]
            assert stamp_of_desk() > before
            assert not list(check_lists(repair=False))

    @pytest.mark.parametrize(
        "write",
        [
            lambda: make_source(name="Ministry"),
            lambda: Source.objects.filter(slug="coalition").update(name="Others"),
            lambda: Source.objects.filter(slug="coalition").update(code="OTH"),
            lambda: Source.objects.filter(slug="coalition").update(merged_into=Source.objects.get(name="SANA")),
            lambda: Alias.objects.create(source=Source.objects.get(name="SANA"), name="The agency"),
            lambda: Story.objects.update(title="Another"),
            lambda: Question.objects.update(text="How many?"),
            lambda: Question.objects.all().delete(),
        ],
    )
    def test_what_is_called_otherwise_moves_the_stamp_of_names(self, write: Callable[[], object]) -> None:
        for name in ("coalition", "SANA"):
            make_source(name=name)
        make_question(story=make_story())
        before = stamp_of_names()
        write()
        assert stamp_of_names() > before

    def test_no_claim_does(self) -> None:
        make_claim()
        before = stamp_of_names()
        speak("Colonel Dillon")
        assert stamp_of_names() == before

    def test_a_trigger_that_is_missing_is_found_and_made(self) -> None:
        with connection.cursor() as cursor:
            on = "" if connection.vendor == "sqlite" else " ON articles_claim"
            cursor.execute(f"DROP TRIGGER desk_stamp_update_articles_claim{on}")
        (problem,) = check_desk_stamp(repair=True)
        assert problem.where == "articles_claim" and problem.repaired
        assert list(check_desk_stamp(repair=False)) == []

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite alone")
    def test_a_trigger_of_an_earlier_release_and_a_row_that_is_gone(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER desk_stamp_update_articles_claim")
            cursor.execute(
                "CREATE TRIGGER desk_stamp_update_articles_claim AFTER UPDATE ON articles_claim BEGIN SELECT 1; END"
            )
        assert [one.where for one in check_desk_stamp(repair=True)] == ["articles_claim"]
        assert list(check_desk_stamp(repair=False)) == []
        DeskStamp.objects.all().delete()
        assert len(list(check_desk_stamp(repair=True))) == 3 * len(watched_tables())
        NameStamp.objects.all().delete()
        assert {one.what.split()[2][:10] for one in check_desk_stamp(repair=True)} == {"name_stamp"}
        assert list(check_desk_stamp(repair=False)) == []
        before = stamp_of_desk()
        make_story()
        assert stamp_of_desk() > before


class TestOthers:
    def test_a_session_is_answered_by_the_desk_each_time(
        self, reader: PageClient, editors_browser: PageClient, addresses: list[str]
    ) -> None:
        for address in addresses:
            tag = reader.get(address)["ETag"]
            response = editors_browser.get(address, headers={"If-None-Match": tag})
            assert response.status_code == 200, address
            assert {"private", "no-store"} <= {one.strip() for one in response["Cache-Control"].split(",")}
            assert "ETag" not in response and "public" not in response["Cache-Control"]

    def test_nobody_sees_another_s_page(
        self, reader: PageClient, editors_browser: PageClient, addresses: list[str]
    ) -> None:
        """Whoever comes first, and whoever comes after them."""
        for address in addresses:
            cache.clear()
            editors_first = editors_browser.get(address).content
            readers = reader.get(address).content
            assert editors_browser.get(address).content.count(b"Sign out") == editors_first.count(b"Sign out")
            assert b"Sign out" not in readers and b"csrfmiddlewaretoken" not in readers, address
            assert reader.get(address).content == readers
            if not address.startswith("/embed/"):
                assert b"Sign out" in editors_first, address

    def test_a_piece_for_htmx_is_no_page(self, reader: PageClient, addresses: list[str]) -> None:
        for address in (REPORT, "/claims/"):
            page = reader.get(address)
            piece = reader.get(address, headers={**HEADERS, "If-None-Match": page["ETag"]})
            assert piece.status_code == 200 and b"<html" not in piece.content
            assert "no-store" in piece["Cache-Control"] and "ETag" not in piece
            assert reader.get(address).content == page.content

    def test_another_format_is_no_page(self, reader: PageClient, addresses: list[str]) -> None:
        tag = reader.get("/claims/")["ETag"]
        response = reader.get("/claims/", headers={"Accept": "text/csv", "If-None-Match": tag})
        assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")


class TestWhileTheDatabaseIsAway:
    @pytest.fixture
    def go_away(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
        def away(*args: object) -> object:
            raise DatabaseError("away")

        def go() -> None:
            for name in ("stamp_of_desk", "_ARTICLE", "_STORY", "_QUESTION"):
                monkeypatch.setattr(kept_pages, name, type("Away", (), {"__call__": away, "rows": away})())

        return go

    def test_readers_get_pages_as_they_were_known_to_be(
        self, reader: PageClient, addresses: list[str], go_away: Callable[[], None]
    ) -> None:
        before = {address: reader.get(address).content for address in addresses[:-1]}
        go_away()
        for address, content in before.items():
            response = reader.get(address)
            assert (response.status_code, response.content) == (200, content), address
            assert response["Cache-Control"] == "no-store" and int(response["Age"]) >= 0
            assert "ETag" not in response

    def test_others_get_none(
        self, reader: PageClient, addresses: list[str], go_away: Callable[[], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reader.get("/")
        go_away()
        reader.raise_request_exception = False
        assert reader.get("/sources/").status_code == 500
        monkeypatch.setattr(kept_pages, "AGE", -1)
        assert reader.get("/").status_code == 500, "too long ago"


def test_another_release_makes_other_pages(settings: Any, tmp_path: Any) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/base.html").write_text("a")
    settings.BASE_DIR = tmp_path
    first = kept_pages._digest_of_files()
    (tmp_path / "templates/base.html").write_text("b")
    assert kept_pages._digest_of_files() != first
    assert kept_pages.release() == kept_pages.release()


def test_what_another_release_kept_of_a_page_is_not_put_into_one_of_this(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_claim(article=make_article(slug="report", story=make_story()))
    pages = [client.get(address).content for address in ("/articles/report/", "/stories/")]
    monkeypatch.setattr(kept_reading, "reading_html", lambda *args, **named: "otherwise")
    monkeypatch.setattr(story_list, "_numbers_of", lambda stories, visitor: dict.fromkeys(stories, Numbers(7, 77, ())))
    assert pages == [client.get(address).content for address in ("/articles/report/", "/stories/")]
    for module in (kept_pages, kept_reading, story_list):
        monkeypatch.setattr(module, "release", lambda: "another")
    assert b"otherwise" in client.get("/articles/report/").content
    assert b"77 claims" in client.get("/stories/").content
