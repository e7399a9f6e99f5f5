"""What somebody sees and does about their own account."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from newsdesk.people import browsers
from newsdesk.people.models import SignedInBrowser, SignInEvent
from tests.factories import make_editor, make_user
from tests.pages import PageClient, by_id, ids, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db
RIGHT = {"username": "editor", "password": "a long pass phrase"}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
    "Mobile/15E148 Safari/604.1"
)


def signed_in(browser: str = FIREFOX, address: str = "192.0.2.1", **sent: str) -> PageClient:
    client = PageClient(REMOTE_ADDR=address, HTTP_USER_AGENT=browser)
    assert client.post("/sign-in/", RIGHT | sent).status_code == 302
    return client


class TestPage:
    def test_is_linked_for_whoever_has_signed_in(self, reader: PageClient, editors_browser: PageClient) -> None:
        shown = [
            "/account/" in links(tree_of(client.get("/")).find(".//header")) for client in (reader, editors_browser)
        ]
        assert shown == [False, True]

    @pytest.mark.parametrize("address", ["/account/", "/account/password/", "/account/second-factor/"])
    def test_asks_others_to_sign_in(self, reader: PageClient, address: str) -> None:
        assert reader.get(address)["Location"] == f"/sign-in/?next={address}"

    def test_is_kept_by_nobody(self, editors_browser: PageClient) -> None:
        assert "no-store" in editors_browser.get("/account/")["Cache-Control"]

    def test_lists_sessions_by_browser_and_address(self, editor: User) -> None:
        signed_in(PHONE, "2001:db8::7")
        main = words(main_of(signed_in().get("/account/")))
        assert "Firefox on Linux this one 192.0.2.1 used" in main
        assert "Safari on iPhone 2001:db8::7 used" in main

    def test_shows_nobody_elses(self, editor: User) -> None:
        make_editor("other")
        signed_in(PHONE, "198.51.100.9", username="other")
        assert "198.51.100.9" not in words(main_of(signed_in().get("/account/")))

    def test_tells_of_tries_by_others(self, editor: User) -> None:
        Client(REMOTE_ADDR="198.51.100.9").post("/sign-in/", {**RIGHT, "password": "x"})
        assert "Wrong password 198.51.100.9" in words(main_of(signed_in().get("/account/")))

    @pytest.mark.parametrize(("name", "role"), [("editor", "Editor"), ("anybody", "Reader")])
    def test_says_the_role(self, reader: PageClient, editor: User, name: str, role: str) -> None:
        user = editor if name == "editor" else make_user(name)
        reader.force_login(user)
        assert f"Role {role}" in words(main_of(reader.get("/account/")))

    def test_survives_a_browser_that_calls_itself_markup(self, editor: User) -> None:
        client = signed_in("<script>alert(1)</script>" + "x" * 500)
        assert b"<script>alert" not in client.get("/account/").content
        assert len(SignedInBrowser.objects.get().browser) == 300


@pytest.mark.parametrize(
    ("browser", "name"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/139.0 Safari/537.36 Edg/139.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/139.0 Mobile Safari/537.36", "Chrome on Android"),
        ("", "Another browser"),
        ("curl/8.5", "curl"),
    ],
)
def test_browsers_have_short_names(browser: str, name: str) -> None:
    assert browsers.in_words(browser) == name


class TestSessions:
    def test_one_is_ended_by_its_owner(self, editor: User) -> None:
        here, there = signed_in(), signed_in(PHONE)
        uid = SignedInBrowser.objects.get(browser=PHONE).uid
        assert here.post("/account/sessions/end/", {"uid": uid})["Location"] == "/account/"
        assert there.get("/account/").status_code == 302
        main = words(main_of(here.get("/account/")))
        assert "One other session is ended." in main and "Safari on iPhone this" not in main

    def test_all_others_at_once(self, editor: User) -> None:
        others = [signed_in(PHONE), signed_in()]
        here = signed_in()
        here.post("/account/sessions/end/")
        assert [client.get("/account/").status_code for client in (here, *others)] == [200, 302, 302]

    def test_nobody_ends_those_of_others(self, editor: User) -> None:
        make_editor("other")
        there = signed_in(username="other")
        uid = SignedInBrowser.objects.get(user__username="other").uid
        signed_in().post("/account/sessions/end/", {"uid": uid})
        assert there.get("/account/").status_code == 200

    def test_signing_out_forgets_it(self, editor: User) -> None:
        signed_in().post("/sign-out/")
        assert not SignedInBrowser.objects.exists()
        assert SignInEvent.objects.filter(kind="signed-out", user=editor).exists()

    def test_one_that_ran_out_is_not_listed(self, editor: User) -> None:
        gone, here = signed_in(PHONE), signed_in()
        gone.session.flush()
        assert "iPhone" not in words(main_of(here.get("/account/"))).split("What happened")[0]
        assert SignedInBrowser.objects.count() == 1

    def test_use_is_noted_now_and_then(self, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
        here = signed_in()
        SignedInBrowser.objects.update(last_used=timezone.now() - timedelta(hours=1))
        before = SignedInBrowser.objects.get().last_used
        here.get("/")
        assert SignedInBrowser.objects.get().last_used == before, "signed in a moment ago"
        monkeypatch.setattr(browsers, "SELDOM", -1)
        here.get("/", REMOTE_ADDR="192.0.2.77")
        now = SignedInBrowser.objects.get()
        assert now.last_used > before and now.address == "192.0.2.77"

    def test_a_session_from_before_they_were_listed_gets_its_row(self, editor: User) -> None:
        here = signed_in()
        SignedInBrowser.objects.all().delete()
        session = here.session
        del session[browsers.NOTED]
        session.save()
        assert "this one" in words(main_of(here.get("/account/"))) or SignedInBrowser.objects.exists()


class TestPassword:
    NEW = "correct horse battery staple"

    def sent(self, **fields: str) -> dict[str, str]:
        return {
            "old_password": RIGHT["password"],
            "new_password1": self.NEW,
            "new_password2": self.NEW,
        } | fields

    def test_is_changed_and_other_sessions_end(self, editor: User) -> None:
        here, there = signed_in(), signed_in(PHONE)
        assert here.post("/account/password/", self.sent())["Location"] == "/account/"
        assert "Your password is changed. One other session is ended." in words(main_of(here.get("/account/")))
        assert there.get("/account/").status_code == 302
        assert SignedInBrowser.objects.get().session_key == here.session.session_key
        signed_in(password=self.NEW)

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"old_password": "wrong"}, "That is not your password"),
            ({"new_password2": "other"}, "match"),
            ({"new_password1": "short", "new_password2": "short"}, "too short"),
            ({"new_password1": "x" * 5000, "new_password2": "x" * 5000}, "at most 4096"),
        ],
    )
    def test_is_refused_with_why(self, editors_browser: PageClient, fields: dict[str, str], said: str) -> None:
        refused = editors_browser.post("/account/password/", self.sent(**fields))
        assert refused.status_code == 422
        assert said in words(main_of(refused))

    def test_what_is_wrong_with_it_stands_beside_it(self, editors_browser: PageClient) -> None:
        short = self.sent(new_password1="short", new_password2="short")
        tree = tree_of(editors_browser.post("/account/password/", short))
        assert "too short" in words(by_id(tree, "id_new_password1_error"))
        assert "id_new_password2_error" not in ids(tree)

    def test_is_not_guessed_in_an_open_browser(self, editors_browser: PageClient) -> None:
        for _ in range(5):
            editors_browser.post("/account/password/", self.sent(old_password="wrong"))
        assert "Too many tries" in words(main_of(editors_browser.post("/account/password/", self.sent())))


def test_records_are_deleted_after_the_stated_time(editor: User, settings: Any, capsys: Any) -> None:
    settings.SIGN_INS_KEPT_DAYS = 30
    signed_in(PHONE)
    SignInEvent.objects.update(at=timezone.now() - timedelta(days=30, seconds=5))
    SignedInBrowser.objects.update(last_used=timezone.now() - timedelta(days=15))
    call_command("forget_sign_ins")
    assert "Deleted 1 records" in capsys.readouterr().out
    assert not SignInEvent.objects.exists() and not SignedInBrowser.objects.exists()


def test_each_sign_in_deletes_old_records_too(editor: User, settings: Any) -> None:
    signed_in()
    SignInEvent.objects.update(at=timezone.now() - timedelta(days=settings.SIGN_INS_KEPT_DAYS, seconds=5))
    signed_in()
    assert SignInEvent.objects.count() == 1
