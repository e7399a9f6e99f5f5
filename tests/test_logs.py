"""What the log says of each request, and that what strangers send does no harm in it."""

import json
import logging
import sys
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from newsdesk.logs import JsonLines, PlainLines, harmless, logging_settings, request_log
from newsdesk.timing import counting
from tests.factories import make_article
from tests.pages import PageClient

HOSTILE = "a\nERROR forged line\r\x1b[2J\u202egnp.exe\u2028b\u200b\x00"


def line_of(caplog: pytest.LogCaptureFixture) -> Any:
    """The line of the last request, as written."""
    (record,) = [one for one in caplog.records if one.name == "newsdesk.request"][-1:]
    return json.loads(JsonLines().format(record))


def record(message: str, *args: object, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord("desk", logging.INFO, "", 0, message, args, more.pop("exc_info", None))
    made.__dict__.update(more)
    return made


@pytest.mark.django_db
class TestRequest:
    @pytest.fixture(autouse=True)
    def _listened_to(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG, "newsdesk")

    def test_has_a_line(self, caplog: pytest.LogCaptureFixture) -> None:
        make_article()
        response = Client().get("/articles/strikes/?shown=sana")
        line = line_of(caplog)
        assert (line["message"], line["status"], line["view"]) == ("GET /articles/strikes/", 200, "article_detail")
        assert line["user"] is None
        assert line["queries"] >= 3 and line["ms"] >= line["queries_ms"] > 0
        assert line["level"] == "info"
        assert response["X-Request-ID"]

    def test_says_who_it_is(self, caplog: pytest.LogCaptureFixture, editor: User, editors_browser: PageClient) -> None:
        editors_browser.get("/work/")
        assert line_of(caplog)["user"] == editor.pk

    def test_does_not_ask_who_it_is_to_say_it(self, caplog: pytest.LogCaptureFixture) -> None:
        class Unasked(HttpRequest):
            @property
            def user(self) -> User:
                raise AssertionError("this would read the session")

        request = Unasked()
        request.method, request.path = "GET", "/"
        request_log(lambda _: HttpResponse())(request)
        assert line_of(caplog)["user"] is None

    def test_that_fails_has_one_too(self, caplog: pytest.LogCaptureFixture) -> None:
        Client().get("/no/such/page/")
        line = line_of(caplog)
        assert (line["status"], line["view"]) == (404, None)

    def test_has_the_id_that_a_proxy_gave_it(self) -> None:
        response = Client().get("/healthz", headers={"X-Request-ID": "edge-1.a_B"})
        assert response["X-Request-ID"] == "edge-1.a_B"

    @pytest.mark.parametrize("sent", ["", "a b", 'a"', "a" * 65, "ä", "a\x1b"])
    def test_or_one_of_its_own(self, sent: str) -> None:
        first, second = (Client().get("/healthz", headers={"X-Request-ID": sent})["X-Request-ID"] for _ in range(2))
        assert sent not in (first, second) and first != second
        assert len(first) == 32

    @pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/css/base.css"])
    def test_that_comes_all_the_time_is_not_worth_a_line(self, caplog: pytest.LogCaptureFixture, path: str) -> None:
        response = Client().get(path)
        response.close()
        assert response.status_code == 200
        assert line_of(caplog)["level"] == "debug"

    def test_of_a_static_file_that_is_not_there_is(self, caplog: pytest.LogCaptureFixture) -> None:
        Client().get("/static/css/none.css")
        assert line_of(caplog)["level"] == "info"

    def test_to_a_hostile_address_makes_one_line(self, caplog: pytest.LogCaptureFixture) -> None:
        Client().get("/articles/%0aERROR%20forged%1b%5b2J%E2%80%AE/" + "x" * 10_000)
        line = line_of(caplog)
        assert line["message"].startswith("GET /articles/\nERROR forged\x1b[2J")
        assert len(line["message"]) < 400


class TestQueries:
    @pytest.mark.django_db
    def test_a_slow_one_is_named_without_its_values(self, caplog: pytest.LogCaptureFixture, settings: Any) -> None:
        settings.SLOW_QUERY_MS = 0
        with counting() as clock, connection.cursor() as cursor:
            cursor.execute("SELECT %s", ["sesame"])
        assert clock.count == 1
        (said,) = [one for one in caplog.records if one.name == "newsdesk.queries"]
        assert said.fields["sql"] == "SELECT %s" and said.fields["ms"] >= 0

    @pytest.mark.django_db
    def test_others_are_not(self, caplog: pytest.LogCaptureFixture) -> None:
        with counting(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        assert not caplog.records

    @pytest.mark.django_db
    def test_say_which_request_they_belong_to(self, settings: Any) -> None:
        settings.SLOW_QUERY_MS = 0
        lines: list[str] = []

        class Kept(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                lines.append(JsonLines().format(record))

        def view(request: HttpRequest) -> HttpResponse:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return HttpResponse()

        kept = Kept()
        logging.getLogger("newsdesk.queries").addHandler(kept)
        try:
            request_log(view)(RequestFactory().get("/", headers={"X-Request-ID": "one"}))
        finally:
            logging.getLogger("newsdesk.queries").removeHandler(kept)
        assert [json.loads(line)["request"] for line in lines] == ["one"]


class TestLines:
    def test_of_json_hold_any_value_as_it_is_in_one_line_of_ascii(self) -> None:
        line = JsonLines().format(record("said %s", HOSTILE, fields={"view": HOSTILE}))
        assert line.isascii() and line.isprintable()
        assert json.loads(line) | {"time": ""} == {
            "time": "",
            "level": "info",
            "logger": "desk",
            "message": f"said {HOSTILE}",
            "view": HOSTILE,
        }

    def test_of_json_hold_a_traceback(self) -> None:
        try:
            raise ValueError(HOSTILE)
        except ValueError:
            line = JsonLines().format(record("failed", exc_info=sys.exc_info()))
        assert "ValueError" in json.loads(line)["exception"]
        assert line.isascii() and line.isprintable()

    def test_of_json_take_what_json_does_not_know(self) -> None:
        assert json.loads(JsonLines().format(record("x", fields={"path": {1}})))["path"] == "{1}"

    def test_for_people_are_one_line_each(self) -> None:
        line = PlainLines().format(record("said %s", HOSTILE, fields={"view": HOSTILE}))
        assert line.startswith(
            "info desk: said a\\nERROR forged line\\r\\x1b[2J\\u202egnp.exe\\u2028b\\u200b\\x00 view=a"
        )
        assert line.isprintable()

    def test_for_people_show_a_traceback_as_it_is(self) -> None:
        try:
            raise ValueError("no")
        except ValueError:
            line = PlainLines().format(record("failed", exc_info=sys.exc_info()))
        assert line.startswith("info desk: failed\nTraceback") and line.endswith("\nValueError: no")

    @pytest.mark.parametrize("text", ["plain", "Ümläut “quoted” – الضربات 🤔", "C:\\desk"])
    def test_leave_other_text_alone(self, text: str) -> None:
        assert harmless(text) == text

    def test_are_json_in_production_and_plain_for_developers(self) -> None:
        formats = [logging_settings(level="INFO", plain=plain)["formatters"]["lines"]["()"] for plain in (False, True)]
        assert formats == ["newsdesk.logs.JsonLines", "newsdesk.logs.PlainLines"]
