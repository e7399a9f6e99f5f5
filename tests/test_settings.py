import gc
import gzip
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import Client, override_settings

from newsdesk import environment, gunicorn
from newsdesk.caches import cache
from newsdesk.databases import database
from newsdesk.mail import mail
from tests.factories import make_article
from tests.pages import PageClient

ROOT = Path(__file__).parent.parent


class TestDatabase:
    def test_sqlite_queues_its_writers(self) -> None:
        made = database("sqlite:////srv/a%20b.sqlite3", pool=8)
        assert (made["NAME"], made["OPTIONS"]["transaction_mode"]) == ("/srv/a b.sqlite3", "IMMEDIATE")

    def test_postgresql_has_a_pool(self) -> None:
        made = database("postgresql://desk:p%40ss@db.example:5433/news?sslmode=require", pool=5)
        assert (made["USER"], made["PASSWORD"], made["HOST"], made["PORT"], made["NAME"]) == (
            *("desk", "p@ss", "db.example"),
            *(5433, "news"),
        )
        assert (made["OPTIONS"]["pool"]["max_size"], made["OPTIONS"]["sslmode"]) == (5, "require")
        assert made["CONN_MAX_AGE"] == 0, "Django refuses a pool of connections that are kept besides"

    def test_or_a_connection_to_a_thread(self) -> None:
        made = database("postgres://desk@db.example/news", pool=0)
        assert made["CONN_MAX_AGE"] is None
        assert "pool" not in made["OPTIONS"]

    def test_postgresql_gives_up_what_takes_too_long(self) -> None:
        for seconds in (0, 30):
            options = database("postgresql://desk@db.example/news", pool=0, seconds=seconds)["OPTIONS"]
            assert f"statement_timeout={seconds}s" in options["options"]

    @pytest.mark.parametrize("url", ["", "news", "mysql://desk@db.example/news", "redis://x", "postgresql://a:b:c/d"])
    def test_what_cannot_be_read_is_said_with_what_to_write(self, url: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="DATABASE_URL cannot be read: .*Write sqlite:"):
            database(url, pool=8)

    def test_no_part_of_a_password_is_said(self) -> None:
        with pytest.raises(ImproperlyConfigured) as raised:
            database("postgresql://desk:open/sesame@db.example/news", pool=8)
        assert "open" not in str(raised.value) and "sesame" not in str(raised.value)


class TestCache:
    def test_is_the_memory_of_each_process(self) -> None:
        assert cache("")["BACKEND"].endswith("LocMemCache")

    @pytest.mark.parametrize("url", ["redis://127.0.0.1", "rediss://desk:p%40ss@cache.example:6380/3"])
    def test_or_redis(self, url: str) -> None:
        made = cache(url)
        assert made["BACKEND"] == "newsdesk.forgiving.ForgivingRedisCache"
        assert made["LOCATION"] == url
        assert made["OPTIONS"]["socket_timeout"] <= 2, "a cache that hangs lets nobody wait for long"

    @pytest.mark.parametrize(
        "url",
        ["memory", "memcached://cache", "redis://", "redis://desk:sesame@cache:port", "redis://:sesame@cache/news"],
    )
    def test_what_cannot_be_read_is_said_without_its_password(self, url: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="CACHE_URL cannot be read. Write redis:") as raised:
            cache(url)
        assert "sesame" not in str(raised.value)


class TestMail:
    def test_is_printed_to_developers_and_not_sent_by_a_desk_without_a_server(self) -> None:
        assert (mail("", debug=True).backend, mail("", debug=True).is_sent) == (
            "django.core.mail.backends.console.EmailBackend",
            True,
        )
        assert (mail("", debug=False).backend, mail("", debug=False).is_sent) == (
            "django.core.mail.backends.dummy.EmailBackend",
            False,
        )
        assert mail("console:", debug=False).backend == mail("", debug=True).backend

    @pytest.mark.parametrize(
        ("url", "port", "starttls", "tls"),
        [
            ("smtp://desk:p%40ss@mail.example", 25, False, False),
            ("smtp+starttls://desk:p%40ss@mail.example", 587, True, False),
            ("smtps://desk:p%40ss@mail.example", 465, False, True),
            ("smtps://desk:p%40ss@mail.example:2465/", 2465, False, True),
        ],
    )
    def test_goes_through_a_server(self, url: str, port: int, starttls: bool, tls: bool) -> None:
        made = mail(url, debug=False)
        assert (made.host, made.port, made.user, made.password) == ("mail.example", port, "desk", "p@ss")
        assert (made.starttls, made.tls, made.is_sent) == (starttls, tls, True)

    @pytest.mark.parametrize(
        "url", ["mail.example", "smtp://", "http://mail", "smtp://a:sesame@b:c", "smtps://b/sesame"]
    )
    def test_what_cannot_be_read_is_said_without_its_password(self, url: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="EMAIL_URL cannot be read. Write smtp") as raised:
            mail(url, debug=True)
        assert "sesame" not in str(raised.value)


class TestEnvironment:
    def test_a_text_is_taken_as_it_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert environment.text("DESK", "none") == "none"
        monkeypatch.setenv("DESK", " a b ")
        assert environment.text("DESK", "none") == " a b "

    @pytest.mark.parametrize("value", ["1", "true", "YES", "On"])
    def test_a_switch_is_on(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("DESK", value)
        assert environment.switch("DESK", False) is True

    @pytest.mark.parametrize("value", ["0", "False", "no", "OFF", ""])
    def test_a_switch_is_off(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("DESK", value)
        assert environment.switch("DESK", True) is False

    def test_a_switch_that_nobody_set_is_as_it_was(self) -> None:
        assert environment.switch("DESK", True) is True
        assert environment.switch("DESK", False) is False

    @pytest.mark.parametrize("value", ["maybe", "2", "tru"])
    def test_a_switch_is_never_in_between(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("DESK", value)
        with pytest.raises(ImproperlyConfigured, match=f"DESK='{value}'.*set DESK=1 or DESK=0"):
            environment.switch("DESK", False)

    def test_a_number(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert environment.number("DESK", 8000) == 8000
        monkeypatch.setenv("DESK", "8123")
        assert environment.number("DESK", 8000) == 8123

    @pytest.mark.parametrize("value", ["", "8k", "1.5"])
    def test_what_is_no_number_is_said(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("DESK", value)
        with pytest.raises(ImproperlyConfigured, match="DESK=.* is not a whole number"):
            environment.number("DESK", 8000)

    @pytest.mark.parametrize("value", ["0", "-1", "65536"])
    def test_what_is_no_such_number_is_said(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("DESK", value)
        with pytest.raises(ImproperlyConfigured, match=f"DESK={value} is not between 1 and 65535"):
            environment.number("DESK", 8000, least=1, most=65_535)

    def test_one_of_several_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert environment.one_of("DESK", "INFO", environment.LOG_LEVELS) == "INFO"
        monkeypatch.setenv("DESK", " debug")
        assert environment.one_of("DESK", "INFO", environment.LOG_LEVELS) == "DEBUG"
        monkeypatch.setenv("DESK", "loud")
        with pytest.raises(ImproperlyConfigured, match="DESK='LOUD' is none of DEBUG, INFO"):
            environment.one_of("DESK", "INFO", environment.LOG_LEVELS)

    def test_a_mail_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert environment.mail_address("DESK", "a@b.example") == "a@b.example"
        monkeypatch.setenv("DESK", "desk")
        with pytest.raises(ImproperlyConfigured, match="DESK='desk' is no mail address: write name@example.org"):
            environment.mail_address("DESK", "a@b.example")

    @pytest.mark.parametrize(
        "value", ["*", ".a.example", "news.example.org", "10.0.0.1", "[::1]", "a_b, [2001:db8::1]"]
    )
    def test_hosts(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("DESK", value)
        assert ", ".join(environment.hosts("DESK", "")) == value

    @pytest.mark.parametrize("value", ["https://news.example.org", "news.example.org:8000", "news/desk", "a b"])
    def test_what_is_no_host_is_said(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("DESK", f"localhost,{value}")
        with pytest.raises(ImproperlyConfigured, match=f"DESK names '{value}': write the host alone"):
            environment.hosts("DESK", "")

    def test_origins(self, monkeypatch: pytest.MonkeyPatch) -> None:
        value = "https://news.example.org, https://*.example.org, http://[::1]:8000"
        monkeypatch.setenv("DESK", value)
        assert ", ".join(environment.origins("DESK", "")) == value

    @pytest.mark.parametrize("value", ["news.example.org", "https://news.example.org/", "ftp://news.example.org"])
    def test_what_is_no_origin_is_said(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("DESK", value)
        with pytest.raises(ImproperlyConfigured, match=f"DESK names '{value}': write https://"):
            environment.origins("DESK", "")

    def test_a_list_of_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert environment.words("DESK", "a,b") == ["a", "b"]
        monkeypatch.setenv("DESK", " one, two ,,")
        assert environment.words("DESK", "a,b") == ["one", "two"]

    def test_a_folder_is_made_for_its_owner_alone(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        assert environment.folder("DESK", tmp_path) == tmp_path
        monkeypatch.setenv("DESK", str(tmp_path / "new" / "desk"))
        assert environment.folder("DESK", tmp_path).stat().st_mode & 0o777 == 0o700

    def test_what_cannot_be_a_folder_is_said(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        monkeypatch.setenv("DESK", str(tmp_path / "file"))
        with pytest.raises(ImproperlyConfigured, match="is no folder that can be written to"):
            environment.folder("DESK", tmp_path)

    def test_the_secret_is_that_of_the_environment(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("SECRET_KEY", "of the environment")
        assert environment.secret_key(tmp_path, debug=True) == "of the environment"
        assert not list(tmp_path.iterdir())

    def test_production_has_no_secret_of_its_own(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.delenv("SECRET_KEY", raising=False)
        with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
            environment.secret_key(tmp_path, debug=False)

    def test_a_developers_secret_is_made_once_for_its_owner_alone(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.delenv("SECRET_KEY", raising=False)
        made = environment.secret_key(tmp_path, debug=True)
        assert len(made) >= 50
        assert environment.secret_key(tmp_path, debug=True) == made
        (file,) = tmp_path.iterdir()
        assert file.stat().st_mode & 0o777 == 0o600

    def test_an_empty_file_is_no_secret(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.delenv("SECRET_KEY", raising=False)
        (tmp_path / "secret-key").touch(mode=0o600)
        made = environment.secret_key(tmp_path, debug=True)
        assert len(made) >= 50
        assert environment.secret_key(tmp_path, debug=True) == made


def settings_under(tmp_path: Path, expression: str, **variables: str) -> str:
    """What an expression over the settings gives in a process of its own, or the last line of why it failed."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    code = f"from newsdesk import settings; print({expression})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, "DATA_DIR": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return (done.stdout or done.stderr).strip().splitlines()[-1]


def started_with(tmp_path: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**kept, "DATA_DIR": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


WRONG: list[tuple[dict[str, str], str]] = [
    ({}, "SECRET_KEY is not set."),
    ({"DEBUG": "maybe"}, "DEBUG='maybe' is neither on nor off: set DEBUG=1 or"),
]


@pytest.mark.parametrize("command", ["check", "migrate", "runserver"])
@pytest.mark.parametrize(("variables", "said"), WRONG)
def test_commands_say_what_is_wrong_with_the_settings_in_a_line(
    tmp_path: Path, command: str, variables: dict[str, str], said: str
) -> None:
    done = started_with(tmp_path, "manage.py", command, **variables)
    assert done.returncode == 1
    assert done.stderr.startswith(said) and len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "name",
    [
        *(
            "DATABASE_URL",
            "DATABASE_POOL",
            "STATEMENT_SECONDS",
            "CACHE_URL",
            "ALLOWED_HOSTS",
            "CSRF_TRUSTED_ORIGINS",
            "BEHIND_HTTPS_PROXY",
        ),
        *("EMAIL_URL", "EMAIL_FROM", "ERRATA_EMAIL", "LOG_LEVEL"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    done = started_with(tmp_path, "manage.py", "check", DEBUG="1", **{name: "no such thing"})
    assert done.returncode == 1
    assert done.stderr.startswith(name) and len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        *WRONG,
        ({"SECRET_KEY": "x", "PORT": "http"}, "PORT='http' is not a whole number."),
        ({"SECRET_KEY": "x", "PORT": "0"}, "PORT=0 is not between 1 and 65535."),
        ({"SECRET_KEY": "x", "WEB_WORKERS": "0"}, "WEB_WORKERS=0 is not between 1 and 1000."),
        ({"SECRET_KEY": "x", "WEB_THREADS": "-1"}, "WEB_THREADS=-1 is not between 1 and 1000."),
    ],
)
def test_the_server_says_what_is_wrong_in_a_line(tmp_path: Path, variables: dict[str, str], said: str) -> None:
    server = Path(sys.executable).with_name("gunicorn")
    done = started_with(tmp_path, str(server), "--config", "newsdesk/gunicorn.py", "newsdesk.wsgi", **variables)
    assert done.returncode == 1
    assert done.stderr.startswith(said) and len(done.stderr.splitlines()) == 1


class TestModes:
    def test_without_a_word_it_is_production_and_asks_for_a_secret(self, tmp_path: Path) -> None:
        assert "SECRET_KEY is not set" in settings_under(tmp_path, "settings.DEBUG")

    def test_production_keeps_cookies_to_secure_connections(self, tmp_path: Path) -> None:
        asked = "settings.DEBUG, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE"
        assert settings_under(tmp_path, asked, SECRET_KEY="x") == "False True True"
        assert settings_under(tmp_path, asked, DEBUG="1") == "True False False"

    def test_behind_a_proxy_everything_is_https(self, tmp_path: Path) -> None:
        asked = "getattr(settings, 'SECURE_SSL_REDIRECT', None)"
        assert settings_under(tmp_path, asked, SECRET_KEY="x") == "None"
        assert settings_under(tmp_path, asked, SECRET_KEY="x", BEHIND_HTTPS_PROXY="1") == "True"

    def test_production_serves_hashed_files(self, tmp_path: Path) -> None:
        asked = "settings.STORAGES['staticfiles']['BACKEND']"
        assert "WholeSheets" in settings_under(tmp_path, asked, SECRET_KEY="x")
        assert "Manifest" not in settings_under(tmp_path, asked, DEBUG="1")

    def test_the_server_listens_on_this_machine_alone(self) -> None:
        assert gunicorn.bind == f"127.0.0.1:{environment.number('PORT', 8000)}"
        assert gunicorn.accesslog is None

    def test_what_is_there_before_requests_is_left_out_when_garbage_is_collected(self) -> None:
        there: list[object] = []
        assert any(one is there for one in gc.get_objects())
        gunicorn.pre_fork(None, None)
        assert not any(one is there for one in gc.get_objects())


@pytest.mark.django_db
class TestCookies:
    def test_a_session_is_out_of_reach_of_scripts_and_other_sites(self, reader: PageClient, editor: Any) -> None:
        response = reader.post("/sign-in/", {"username": "editor", "password": "a long pass phrase"})
        for name in ("sessionid", "csrftoken"):
            assert response.cookies[name]["httponly"]
            assert response.cookies[name]["samesite"] == "Lax"


@pytest.mark.django_db
class TestServerTiming:
    def test_readers_are_not_told(self, reader: PageClient) -> None:
        assert "Server-Timing" not in reader.get("/")

    def test_editors_are_not_told(self, editors_browser: PageClient) -> None:
        assert "Server-Timing" not in editors_browser.get("/")

    def test_staff_are_told_time_and_queries(self, admin_browser: Client) -> None:
        make_article()
        timing = admin_browser.get("/articles/")["Server-Timing"]
        assert timing.startswith("total;dur=")
        assert ", db;dur=" in timing
        queries = int(timing.split('desc="')[1].removesuffix(' queries"'))
        assert queries >= 3

    def test_developers_are_told(self, reader: PageClient, settings: Any) -> None:
        settings.DEBUG = True
        assert 'queries"' in reader.get("/")["Server-Timing"]

    def test_a_session_that_nobody_has_tells_nothing(self, reader: PageClient) -> None:
        reader.cookies["sessionid"] = "0" * 32
        assert "Server-Timing" not in reader.get("/")


class TestCompression:
    @pytest.mark.django_db
    def test_pages_are_compressed(self, reader: PageClient) -> None:
        make_article(paragraphs=["word " * 500])
        response = Client().get("/articles/strikes/", headers={"Accept-Encoding": "gzip"})
        assert response["Content-Encoding"] == "gzip"
        assert b"word word" in gzip.decompress(response.content)
        assert "Accept-Encoding" in response["Vary"]


HASHED = {"staticfiles": {"BACKEND": "newsdesk.static_files.WholeSheetsStorage"}}


@pytest.fixture(scope="module")
def collected_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All static files, as production has them."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES=HASHED):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


class TestStaticFiles:
    @pytest.fixture
    def collected(self, collected_once: Path, settings: Any) -> Path:
        settings.STATIC_ROOT, settings.STORAGES = collected_once, HASHED
        return collected_once

    def test_one_htmx_is_served_and_no_maps(self, collected: Path) -> None:
        names = [path.name for path in collected.rglob("*") if path.is_file()]
        htmx = {name.split(".")[0] for name in names if name.startswith("htm")}
        assert htmx == {"htmx-2"}
        assert not [name for name in names if name.endswith(".map")]

    def test_files_are_hashed_and_compressed(self, collected: Path) -> None:
        hashed = collected / Path(staticfiles_storage.url("css/base.css")).relative_to("/static")
        assert hashed.name != "base.css"
        assert hashed.exists()
        for ending in (".gz", ".br"):
            assert hashed.with_name(hashed.name + ending).stat().st_size < hashed.stat().st_size

    @pytest.mark.django_db
    def test_pages_name_only_files_that_are_there(self, collected: Path) -> None:
        make_article()
        page = Client().get("/articles/strikes/").content.decode()
        named = {part.split('"')[0] for part in page.split('"/static/')[1:]}
        assert {name for name in named if not (collected / name).exists()} == set()
        assert any("htmx-2" in name for name in named)
        assert '"/static/css/base.css"' not in (home := Client().get("/").content.decode())
        assert '"/static/css/base.' in home
