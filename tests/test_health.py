"""What is said to whoever watches the process: whether it lives, and whether it can work."""

from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tests.kept import how_many_are_kept


def test_a_process_says_that_it_lives_without_asking_anything() -> None:
    """No database is allowed here."""
    response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"healthy": True})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
class TestReady:
    def test_with_all_it_needs(self, django_assert_num_queries: Any) -> None:
        Client().get("/readyz")
        with django_assert_num_queries(3):
            response = Client().get("/readyz")
        assert (response.status_code, response.json()) == (200, {"ready": True, "missing": {}})
        assert "no-store" in response["Cache-Control"]

    def test_not_without_a_migration(self) -> None:
        recorder = MigrationRecorder(connection)
        last = max(name for app, name in recorder.applied_migrations() if app == "articles")
        recorder.record_unapplied("articles", last)
        response = Client().get("/readyz")
        assert response.status_code == 503
        assert response["Retry-After"]
        assert response.json()["missing"] == {"migrations": "1 app(s) have migrations to apply: run manage.py migrate"}

    def test_though_the_database_is_a_release_ahead(self) -> None:
        """While a newer release moves in, the older one goes on answering."""
        MigrationRecorder(connection).record_applied("articles", "9999_of_a_later_release")
        assert Client().get("/readyz").status_code == 200

    def test_not_without_a_database(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse() -> None:
            raise DatabaseError('connection to "db.example" as "desk" with password "sesame" failed')

        monkeypatch.setattr(connection, "cursor", refuse)
        response = Client().get("/readyz")
        assert response.status_code == 503
        assert response.json()["missing"]["database"] == "does not answer"
        assert "sesame" not in response.content.decode() and "db.example" not in response.content.decode()

    def test_not_without_a_cache(self, settings: Any) -> None:
        """A port on which nobody listens."""
        settings.CACHES = {
            "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
        }
        response = Client().get("/readyz")
        assert response.status_code == 503
        assert response.json()["missing"] == {"cache": "does not answer"}

    def test_not_with_a_cache_that_forgets(self, settings: Any) -> None:
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
        assert Client().get("/readyz").json()["missing"] == {"cache": "does not keep what it is given"}

    def test_leaves_nothing_in_the_cache(self) -> None:
        before = how_many_are_kept()
        Client().get("/readyz")
        assert how_many_are_kept() == before


def test_is_asked_past_the_proxy(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^(health|ready)z$"]
    assert Client().get("/healthz").status_code == 200
    assert Client().get("/articles/").status_code == 301


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_nothing_is_sent_there(path: str) -> None:
    assert Client().post(path).status_code == 405
