"""How often one may try to sign in, and that nobody is locked out from elsewhere."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.utils import timezone

from newsdesk import environment
from newsdesk.people import throttling
from newsdesk.people.addresses import address_of, place_of
from newsdesk.people.models import SignInEvent
from tests.factories import make_administrator, make_editor
from tests.pages import PageClient, main_of, words

pytestmark = pytest.mark.django_db
ADDRESS = "/sign-in/"
RIGHT = {"username": "editor", "password": "a long pass phrase"}
WRONG = {**RIGHT, "password": "wrong"}


def from_address(address: str) -> PageClient:
    return PageClient(REMOTE_ADDR=address)


def fail(client: Client, times: int, **sent: str) -> None:
    for _ in range(times):
        client.post(ADDRESS, WRONG | sent)


@pytest.fixture
def here() -> PageClient:
    return from_address("192.0.2.1")


class TestNameFromAnAddress:
    def test_five_tries_are_judged(self, here: PageClient, editor: User) -> None:
        fail(here, 4)
        assert here.post(ADDRESS, RIGHT).status_code == 302

    def test_the_sixth_is_told_when_to_try_again(self, here: PageClient, editor: User) -> None:
        fail(here, 5)
        refused = here.post(ADDRESS, RIGHT)
        assert refused.status_code == 429
        (alert,) = [node for node in main_of(refused).iter() if node.get("role") == "alert"]
        assert words(alert) == "Too many tries. Try again in 15 minutes."
        assert "_auth_user_id" not in here.session

    def test_from_another_address_the_editor_gets_in(self, here: PageClient, editor: User) -> None:
        fail(here, 10)
        assert from_address("192.0.2.2").post(ADDRESS, RIGHT).status_code == 302

    def test_another_name_from_there_gets_in(self, here: PageClient, editor: User) -> None:
        make_editor("other")
        fail(here, 5)
        assert here.post(ADDRESS, {**RIGHT, "username": "other"}).status_code == 302

    def test_the_name_may_be_written_otherwise(self, here: PageClient, editor: User) -> None:
        fail(here, 5, username="Editor")
        assert here.post(ADDRESS, RIGHT).status_code == 429

    def test_it_is_over_after_a_quarter_of_an_hour(self, here: PageClient, editor: User) -> None:
        fail(here, 5)
        SignInEvent.objects.update(at=timezone.now() - timedelta(minutes=15, seconds=1))
        assert here.post(ADDRESS, RIGHT).status_code == 302

    def test_what_was_refused_does_not_make_it_longer(self, here: PageClient, editor: User) -> None:
        fail(here, 5)
        SignInEvent.objects.update(at=timezone.now() - timedelta(minutes=14))
        fail(here, 5)
        assert "Try again in a minute" in words(main_of(here.post(ADDRESS, RIGHT)))

    def test_whoever_got_in_starts_counting_anew(self, here: PageClient, editor: User) -> None:
        for _ in range(3):
            fail(here, 4)
            assert here.post(ADDRESS, RIGHT).status_code == 302

    def test_names_that_nobody_has_count_too(self, here: PageClient, editor: User) -> None:
        fail(here, 5, username="nobody")
        assert here.post(ADDRESS, {**RIGHT, "username": "nobody"}).status_code == 429

    def test_many_at_once_are_counted_as_they_start(self, rf: RequestFactory, editor: User) -> None:
        """None of them has been judged yet."""
        request = rf.post(ADDRESS)
        tries = [
            throttling.start(SignInEvent.Kind.WRONG_PASSWORD, throttling.PASSWORD, request, "editor") for _ in range(8)
        ]
        assert [one.again_at is None for one in tries] == [True] * 5 + [False] * 3


class TestAddress:
    def test_many_names_from_one_address_are_refused(self, here: PageClient, editor: User) -> None:
        for number in range(50):
            here.post(ADDRESS, {**WRONG, "username": f"name{number}"})
        assert here.post(ADDRESS, RIGHT).status_code == 429
        assert from_address("192.0.2.2").post(ADDRESS, RIGHT).status_code == 302

    def test_a_network_of_ipv6_is_one_address(self, editor: User) -> None:
        for number in range(5):
            fail(from_address(f"2001:db8::{number}"), 1)
        assert from_address("2001:db8::ffff").post(ADDRESS, RIGHT).status_code == 429
        assert from_address("2001:db8:0:1::1").post(ADDRESS, RIGHT).status_code == 302


class TestOtherDoors:
    def test_the_admins_leads_to_the_same(self, here: PageClient) -> None:
        make_administrator("boss")
        assert here.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
        assert here.get("/admin/login/?next=/admin/")["Location"] == "/sign-in/?next=/admin/"
        sent = {"username": "boss", "password": "wrong", "next": "/admin/"}
        fail(here, 5, **sent)
        assert here.post("/admin/login/", sent | {"password": "a long pass phrase"}).status_code == 302
        assert "_auth_user_id" not in here.session

    def test_signing_in_in_the_middle_of_a_form_counts_too(self, here: PageClient, editor: User) -> None:
        for _ in range(5):
            here.post("/articles/new/", {"sign-in-username": "editor", "sign-in-password": "wrong"})
        again = here.post(
            "/articles/new/", {"sign-in-username": "editor", "sign-in-password": "a long pass phrase", "text": "kept"}
        )
        assert again.status_code == 401
        assert "Try again in 15 minutes" in words(main_of(again))
        assert b'value="kept"' in again.content

    def test_htmx_too(self, here: PageClient, editor: User) -> None:
        fail(here, 5)
        refused = here.post(ADDRESS, RIGHT, headers={"HX-Request": "true"})
        assert refused.status_code == 422
        assert "Try again in 15 minutes" in refused.content.decode()


class TestWhereARequestComesFrom:
    def of(self, rf: RequestFactory, remote: str, forwarded: str = "") -> str:
        headers = {"X-Forwarded-For": forwarded} if forwarded else {}
        return str(address_of(rf.get("/", REMOTE_ADDR=remote, headers=headers)))

    def test_what_it_says_of_itself_is_not_believed(self, rf: RequestFactory) -> None:
        assert self.of(rf, "192.0.2.1", "10.9.9.9") == "192.0.2.1"

    @pytest.mark.parametrize(
        ("remote", "forwarded", "found"),
        [
            ("10.0.0.1", "192.0.2.1", "192.0.2.1"),
            ("10.0.0.1", "1.1.1.1, 192.0.2.1", "192.0.2.1"),
            ("10.0.0.1", "1.1.1.1, 192.0.2.1, 10.0.0.2", "192.0.2.1"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("10.0.0.1", "rubbish", "10.0.0.1"),
            ("10.0.0.1", "192.0.2.1, rubbish", "10.0.0.1"),
            ("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
            ("10.0.0.1", "192.0.2.1:4711", "192.0.2.1"),
            ("10.0.0.1", "::ffff:192.0.2.1", "192.0.2.1"),
            ("192.0.2.9", "10.9.9.9", "192.0.2.9"),
            ("", "192.0.2.1", "192.0.2.1"),
        ],
    )
    def test_what_a_proxy_of_ours_says_is(
        self, rf: RequestFactory, settings: Any, monkeypatch: Any, remote: str, forwarded: str, found: str
    ) -> None:
        monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.0/24")
        settings.TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES", "")
        assert self.of(rf, remote, forwarded) == found

    def test_behind_a_socket_of_this_machine_there_is_no_telling(self, rf: RequestFactory) -> None:
        assert address_of(rf.get("/", REMOTE_ADDR="")) is None
        assert place_of(None) == ""


class TestPasswords:
    def test_are_kept_by_argon2(self, settings: Any, editor: User, here: PageClient) -> None:
        """An old one is kept anew when its owner signs in."""
        assert editor.password.startswith("md5")
        settings.PASSWORD_HASHERS = [
            "newsdesk.people.hashers.DeskArgon2",
            "django.contrib.auth.hashers.MD5PasswordHasher",
        ]
        assert here.post(ADDRESS, RIGHT).status_code == 302
        editor.refresh_from_db()
        assert editor.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
        assert here.get("/account/").status_code == 200, "and the session goes on"

    def test_production_has_argon2_first(self) -> None:
        from newsdesk import settings as production

        assert production.PASSWORD_HASHERS[0] == "newsdesk.people.hashers.DeskArgon2"
        for path in production.PASSWORD_HASHERS:
            name = path.rpartition(".")[2]
            assert name in ("DeskArgon2", "PBKDF2PasswordHasher", "PBKDF2SHA1PasswordHasher", "ScryptPasswordHasher")

    def test_others_are_still_understood(self, settings: Any) -> None:
        from newsdesk import settings as production

        settings.PASSWORD_HASHERS = production.PASSWORD_HASHERS
        for name in ("pbkdf2_sha256", "scrypt"):
            assert identify_hasher(make_password("x", hasher=name)).algorithm == name

    def test_longer_than_can_be_are_not_looked_at(self, here: PageClient, editor: User) -> None:
        assert here.post(ADDRESS, {**RIGHT, "password": "x" * 5_000}).status_code == 200
        assert not SignInEvent.objects.exists()


class TestRecords:
    def test_name_no_name_that_was_typed(self, here: PageClient, editor: User) -> None:
        """People type passwords into that field."""
        here.post(ADDRESS, {"username": "hunter2", "password": "x"})
        event = SignInEvent.objects.get()
        assert "hunter2" not in str(event.__dict__)
        assert (event.kind, event.user, event.address) == ("wrong-password", None, "192.0.2.1")

    def test_are_told_to_the_log_without_what_was_typed(
        self, here: PageClient, editor: User, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO, "newsdesk.people")
        here.post(ADDRESS, {"username": "evil\nsign-in: signed-in, user 1", "password": "x"})
        here.post(ADDRESS, RIGHT)
        assert [one.getMessage() for one in caplog.records if one.name.startswith("newsdesk.people")] == [
            "sign-in: wrong-password, user -, from 192.0.2.1",
            f"sign-in: signed-in, user {editor.pk}, from 192.0.2.1",
        ]
