"""Sessions are Django's, found by one query."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.utils import timezone

from newsdesk.people.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> str:
    """Of one that Django has made, as by the release before."""
    session = db.SessionStore()
    session["desk"] = "news"
    session.create()
    assert session.session_key
    return session.session_key


def test_one_is_found(key: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert SessionStore(key)["desk"] == "news"


def test_one_that_has_run_out_is_not(key: str) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    session = SessionStore(key)
    assert "desk" not in session
    assert session.session_key is None, "nor is its key used again"


@pytest.mark.parametrize("other", ["", "nothing", "x" * 32, "\0" + "x" * 31, "x" * 31 + "é\0", None])
def test_what_is_not_there_is_empty(key: str, other: str | None) -> None:
    assert not SessionStore(other).keys()


def test_what_was_ended_is_gone(key: str) -> None:
    here, elsewhere = SessionStore(key), SessionStore(key)
    here["desk"] = "other news"
    elsewhere.delete()
    assert "desk" not in SessionStore(key)
    with pytest.raises(UpdateError):
        here.save()
