"""What is answered when the database cannot do its part. With real servers and real faults: tests/faults/."""

import sqlite3
from typing import Any

import psycopg
import psycopg_pool
import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from newsdesk.unavailable import AWAY, BROKEN, BUSY, FULL, MOVING, READ_ONLY, Cause, cause_of
from tests.htmx import HEADERS
from tests.pages import PageClient, links, main_of, words


def of_sqlite(code: int) -> BaseException:
    error = sqlite3.OperationalError("as SQLite words it")
    error.sqlite_errorcode = code
    return as_django(error)


def of_postgresql(code: str) -> BaseException:
    return as_django(psycopg.errors.lookup(code)("as PostgreSQL words it"))


def as_django(error: BaseException) -> BaseException:
    try:
        raise OperationalError(str(error)) from error
    except OperationalError as wrapped:
        return wrapped


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (of_sqlite(sqlite3.SQLITE_BUSY), BUSY),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), BUSY),
        (of_sqlite(sqlite3.SQLITE_FULL), FULL),
        (of_sqlite(sqlite3.SQLITE_READONLY_DBMOVED), READ_ONLY),
        (of_sqlite(sqlite3.SQLITE_IOERR_WRITE), BROKEN),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), AWAY),
        (of_sqlite(sqlite3.SQLITE_ERROR), None),
        (of_postgresql("57P01"), AWAY),
        (of_postgresql("08006"), AWAY),
        (of_postgresql("53100"), FULL),
        (of_postgresql("53300"), BUSY),
        (of_postgresql("55P03"), BUSY),
        (of_postgresql("40P01"), BUSY),
        (of_postgresql("25006"), READ_ONLY),
        (of_postgresql("58030"), BROKEN),
        (of_postgresql("42601"), None),
        (as_django(psycopg.OperationalError("connection refused")), AWAY),
        (as_django(psycopg.InterfaceError("the connection is closed")), AWAY),
        (as_django(psycopg_pool.PoolTimeout("no connection in time")), BUSY),
        (ValueError("our own"), None),
        (None, None),
    ],
)
def test_the_cause_of_an_error(error: BaseException | None, cause: Cause | None) -> None:
    assert cause_of(error) == cause


def test_the_cause_is_found_behind_what_was_raised_meanwhile() -> None:
    try:
        try:
            raise of_sqlite(sqlite3.SQLITE_FULL)
        finally:
            raise ValueError("our own")
    except ValueError as error:
        assert cause_of(error) == FULL


@pytest.mark.parametrize(
    "error",
    [of_postgresql("42703"), as_django(sqlite3.OperationalError("no such column: articles_claim.mood"))],
    ids=["postgresql", "sqlite"],
)
def test_what_is_missing_while_migrations_wait(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = frozenset({("articles", "0099_mood")})
    monkeypatch.setattr("newsdesk.unavailable.migrations_waiting", lambda: waiting)
    assert cause_of(error) == MOVING
    monkeypatch.setattr("newsdesk.unavailable.migrations_waiting", lambda: frozenset())
    assert cause_of(error) is None, "an error of our own"


@csrf_exempt
def full(request: HttpRequest) -> HttpResponse:
    raise of_sqlite(sqlite3.SQLITE_FULL)


@csrf_exempt
def away(request: HttpRequest) -> HttpResponse:
    raise as_django(psycopg.OperationalError("connection refused"))


@csrf_exempt
def own(request: HttpRequest) -> HttpResponse:
    raise ValueError


urlpatterns = [path("full/", full), path("away/", away), path("own/", own)]
handler500 = "newsdesk.unavailable.server_error"


@pytest.mark.urls(__name__)
class TestAnswers:
    @pytest.fixture
    def client(self) -> Client:
        client = PageClient()
        client.raise_request_exception = False
        return client

    def test_a_page_says_why_and_when(self, client: Client) -> None:
        response = client.get("/full/?a=1")
        assert (response.status_code, response["Retry-After"]) == (503, "60")
        assert "no-store" in response["Cache-Control"]
        assert "The desk's disk is full." in words(main_of(response))
        assert links(main_of(response)) == {"/full/?a=1": "Try again"}

    def test_no_query_is_made_for_it(self, client: Client) -> None:
        client.cookies["sessionid"] = "a" * 32
        assert client.get("/away/").status_code == 503, "this test has no database"

    def test_htmx_gets_a_sentence(self, client: Client) -> None:
        response = client.post("/full/", {"speaker": "A"}, headers=HEADERS)
        assert (response.status_code, response["Content-Type"]) == (503, "text/plain; charset=utf-8")
        assert response.content.decode() == (
            "The desk's disk is full. Whoever runs the desk has to make room. "
            "So nothing was saved. What you entered is still here."
        )

    def test_a_form_comes_back_to_be_sent_again(self, client: Client) -> None:
        response = client.post("/away/?b=2", {"speaker": ["A <b>", "B"], "token": "t"})
        assert response.status_code == 503
        main = main_of(response)
        form = main.find(".//form")
        fields = [(one.get("name"), one.get("value")) for one in form.iter("input")]
        assert fields == [("speaker", "A <b>"), ("speaker", "B"), ("token", "t")]
        assert form.get("action") == "/away/?b=2"
        assert "So it is not certain whether this was saved." in words(main)

    def test_a_password_does_not_come_back(self, client: Client) -> None:
        response = client.post("/away/", {"username": "editor", "password": "secret words"})
        assert b"secret words" not in response.content
        assert "Go back in your browser" in words(main_of(response))

    def test_what_cannot_be_read_does_not_come_back(self, client: Client) -> None:
        response = client.post("/full/", "a=1&" * 1100, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 503

    def test_another_error_is_another_page(self, client: Client) -> None:
        response: Any = client.get("/own/")
        assert (response.status_code, "Retry-After" in response) == (500, False)
