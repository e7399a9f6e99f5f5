"""A code beside the password: set up, asked for, required, lost."""

import re
import time
from importlib import import_module
from typing import Any

import pyotp
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from newsdesk.people import second_factor
from newsdesk.people.models import RecoveryCode, SecondFactor, SignInEvent
from newsdesk.people.sealed import opened, sealed
from tests.factories import make_administrator, make_article, make_user
from tests.pages import PageClient, by_id, main_of, tree_of, words

pytestmark = pytest.mark.django_db
ADDRESS, SET_UP = "/sign-in/", "/account/second-factor/"
RIGHT = {"username": "editor", "password": "a long pass phrase"}
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str = SECRET, *, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(time.time() + 30 * steps)


@pytest.fixture
def codes(editor: User) -> list[str]:
    """The editor's recovery codes; their app has SECRET, and has shown no code yet."""
    return second_factor.set_up(editor, SECRET, 0)


def names_of(response: Any) -> set[str]:
    return {field.get("name") for field in main_of(response).iter("input") if field.get("type") != "hidden"}


class TestCodes:
    @pytest.mark.parametrize(
        ("at", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
    )
    def test_are_those_of_the_standard(self, monkeypatch: pytest.MonkeyPatch, at: int, code: str) -> None:
        """RFC 6238, appendix B: SHA-1, the last six of eight digits."""
        monkeypatch.setattr(time, "time", lambda: at)
        assert second_factor.step_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", code) == at // 30

    def test_of_the_half_minute_before_and_after_are_let_pass(self) -> None:
        assert [second_factor.step_of(SECRET, code_of(steps=steps)) is not None for steps in (-2, -1, 0, 1, 2)] == [
            *(False, True, True, True, False),
        ]

    def test_may_be_typed_in_groups(self, editor: User, codes: list[str]) -> None:
        code = code_of()
        assert second_factor.is_one_time_code(f"{code[:3]} {code[3:]}")
        assert second_factor.use_one_time_code(editor, f"{code[:3]} {code[3:]}")

    def test_are_good_once(self, editor: User, codes: list[str]) -> None:
        code = code_of()
        assert [second_factor.use_one_time_code(editor, code) for _ in range(2)] == [True, False]
        assert not second_factor.use_one_time_code(editor, code_of(steps=-1)), "nor any before it"
        assert second_factor.use_one_time_code(editor, code_of(steps=1))

    @pytest.mark.parametrize("code", ["", "1", "½½½½½½", "٠١٢٣٤٥", "0" * 400, "000000\0"])
    def test_that_are_none_are_wrong(self, editor: User, codes: list[str], code: str) -> None:
        assert not second_factor.use_one_time_code(editor, code)
        assert not second_factor.use_recovery_code(editor, code)

    def test_come_from_a_secret_that_is_kept_sealed(self, editor: User, codes: list[str]) -> None:
        kept = SecondFactor.objects.get().secret
        assert SECRET not in kept and opened(kept) == SECRET
        assert sealed(SECRET) != kept, "equal secrets do not look alike"

    def test_of_a_key_before_this_one_are_taken_and_sealed_by_this_one(
        self, editor: User, codes: list[str], settings: Any
    ) -> None:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
        assert second_factor.use_one_time_code(editor, code_of())
        settings.SECRET_KEY_FALLBACKS = []
        assert opened(SecondFactor.objects.get().secret) == SECRET

    def test_open_nothing_without_the_key(
        self, editor: User, codes: list[str], settings: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.SECRET_KEY = "another"
        assert not second_factor.use_one_time_code(editor, code_of())
        assert "no secret key opens a second factor" in caplog.text
        assert second_factor.use_recovery_code(editor, codes[0])

    def test_of_a_release_before_are_sealed_by_its_migration(self, editor: User, codes: list[str]) -> None:
        SecondFactor.objects.update(secret=SECRET)
        assert second_factor.use_one_time_code(editor, code_of(steps=-1)), "also while it has not run yet"
        SecondFactor.objects.update(secret=SECRET)
        migration = import_module("newsdesk.people.migrations.0002_sealed_secrets")
        for _ in range(2):
            migration.seal(apps, None)
            kept = SecondFactor.objects.get().secret
            assert kept != SECRET and opened(kept) == SECRET
        migration.unseal(apps, None)
        assert SecondFactor.objects.get().secret == SECRET

    def test_for_recovery_are_kept_as_digests(self, codes: list[str]) -> None:
        assert len(set(codes)) == 10
        kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
        assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


class TestSettingUp:
    def secret(self, client: Client) -> str:
        found = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get(SET_UP).content.decode())
        assert found
        return found[1].replace(" ", "")

    def test_shows_a_picture_and_the_words(self, editors_browser: PageClient) -> None:
        page = main_of(editors_browser.get(SET_UP))
        svg = page.find(".//{http://www.w3.org/2000/svg}svg")
        width, path = second_factor.drawn(
            f"otpauth://totp/Newsdesk%20testserver:editor?secret={self.secret(editors_browser)}"
            "&issuer=Newsdesk%20testserver"
        )
        assert svg.find("{http://www.w3.org/2000/svg}path").get("d") == path
        assert svg.get("viewBox") == f"0 0 {width} {width}"

    def test_works_without_scripts(self, editors_browser: PageClient, editor: User) -> None:
        secret = self.secret(editors_browser)
        done = editors_browser.post(SET_UP, {"password": RIGHT["password"], "code": code_of(secret)})
        shown = [words(one) for one in main_of(done).iter("code")]
        assert (done.status_code, len(shown)) == (200, 10)
        assert SecondFactor.objects.get().user == editor
        assert second_factor.use_recovery_code(editor, shown[0].upper())

    def test_asks_for_the_password(self, editors_browser: PageClient) -> None:
        secret = self.secret(editors_browser)
        refused = editors_browser.post(SET_UP, {"password": "wrong", "code": code_of(secret)})
        assert refused.status_code == 422
        assert not SecondFactor.objects.exists()
        assert self.secret(editors_browser) == secret, "what the app was shown still stands"

    def test_asks_for_a_code_that_is_right(self, editors_browser: PageClient) -> None:
        refused = editors_browser.post(SET_UP, {"password": RIGHT["password"], "code": "000000"})
        assert "That code is not right" in words(main_of(refused))
        assert not SecondFactor.objects.exists()

    def test_is_on_record(self, editors_browser: PageClient) -> None:
        secret = self.secret(editors_browser)
        editors_browser.post(SET_UP, {"password": RIGHT["password"], "code": code_of(secret)})
        assert "Second factor set up" in words(main_of(editors_browser.get("/account/")))


class TestSigningIn:
    def test_takes_two_steps(self, reader: PageClient, codes: list[str]) -> None:
        asked = reader.post(ADDRESS, {**RIGHT, "next": "/claims/"})
        assert (asked.status_code, names_of(asked)) == (200, {"code"})
        assert "_auth_user_id" not in reader.session, "nobody is signed in between them"
        assert "Sign in" in words(tree_of(reader.get("/")).find(".//header"))
        assert reader.post(ADDRESS, {"code": code_of(), "next": "/claims/"})["Location"] == "/claims/"
        assert "editor" in words(tree_of(reader.get("/")).find(".//header"))

    def test_by_a_recovery_code_once(self, reader: PageClient, codes: list[str]) -> None:
        for status in (302, 200):
            client = PageClient()
            client.post(ADDRESS, RIGHT)
            assert client.post(ADDRESS, {"code": codes[3]}).status_code == status
        assert SignInEvent.objects.filter(kind="code-used").count() == 1

    def test_by_a_wrong_code_does_not_work(self, reader: PageClient, codes: list[str]) -> None:
        reader.post(ADDRESS, RIGHT)
        again = reader.post(ADDRESS, {"code": "000000"})
        assert names_of(again) == {"code"}
        assert "That code is not right" in words(main_of(again))
        assert "_auth_user_id" not in reader.session

    def test_by_a_code_alone_does_not_work(self, reader: PageClient, codes: list[str]) -> None:
        assert names_of(reader.post(ADDRESS, {"code": code_of()})) == {"username", "password"}
        assert "_auth_user_id" not in reader.session

    def test_by_a_password_that_was_given_long_ago_does_not_work(
        self, reader: PageClient, codes: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reader.post(ADDRESS, RIGHT)
        late = time.time() + 301
        monkeypatch.setattr(time, "time", lambda: late)
        again = reader.post(ADDRESS, {"code": code_of()})
        assert "longer than five minutes" in words(main_of(again))
        assert "_auth_user_id" not in reader.session

    def test_of_somebody_else_does_not_inherit_it(self, reader: PageClient, codes: list[str]) -> None:
        make_user("other")
        reader.post(ADDRESS, RIGHT)
        reader.post(ADDRESS, {**RIGHT, "username": "other"})
        assert reader.session["_auth_user_id"] == str(User.objects.get(username="other").pk)
        assert "people-half-way" not in reader.session

    def test_in_a_piece(self, reader: PageClient, codes: list[str]) -> None:
        headers = {"HX-Request": "true"}
        assert b'name="code"' in reader.post(ADDRESS, RIGHT, headers=headers).content
        assert reader.post(ADDRESS, {"code": code_of()}, headers=headers).status_code == 204

    def test_in_the_middle_of_a_form(self, reader: PageClient, codes: list[str]) -> None:
        kept = {"sign-in-username": "editor", "sign-in-password": RIGHT["password"], "text": "kept"}
        asked = reader.post("/articles/new/", kept)
        assert names_of(asked) == {"sign-in-code"}
        assert b'value="kept"' in asked.content and b"a long pass phrase" not in asked.content
        went_on = reader.post("/articles/new/", {"sign-in-code": code_of(), "text": "kept"})
        assert went_on.status_code != 401 and "_auth_user_id" in reader.session

    def test_is_tried_five_times(self, reader: PageClient, codes: list[str]) -> None:
        reader.post(ADDRESS, RIGHT)
        for _ in range(5):
            reader.post(ADDRESS, {"code": "000000"})
        assert reader.post(ADDRESS, {"code": code_of()}).status_code == 429

    def test_of_many_addresses_is_refused_but_for_recovery(self, codes: list[str]) -> None:
        """Whoever has the password guesses no codes from a thousand addresses, and locks nobody out by it."""
        for number in range(20):
            client = Client(REMOTE_ADDR=f"192.0.2.{number}")
            client.post(ADDRESS, RIGHT)
            client.post(ADDRESS, {"code": "000000"})
        owner = Client(REMOTE_ADDR="198.51.100.1")
        owner.post(ADDRESS, RIGHT)
        assert owner.post(ADDRESS, {"code": code_of()}).status_code == 429
        assert owner.post(ADDRESS, {"code": codes[0]}).status_code == 302


class TestTakingAway:
    @pytest.fixture
    def browser(self, codes: list[str], reader: PageClient) -> PageClient:
        reader.post(ADDRESS, RIGHT)
        reader.post(ADDRESS, {"code": codes[0]})
        return reader

    def test_asks_for_a_code(self, browser: PageClient) -> None:
        assert browser.post("/account/second-factor/off/", {"code": "000000"}).status_code == 422
        assert SecondFactor.objects.exists()
        assert browser.post("/account/second-factor/off/", {"code": code_of()})["Location"] == "/account/"
        assert not SecondFactor.objects.exists() and not RecoveryCode.objects.exists()

    def test_new_recovery_codes_make_the_old_ones_useless(
        self, browser: PageClient, codes: list[str], editor: User
    ) -> None:
        page = browser.get(SET_UP)
        assert "9 recovery codes left" in words(main_of(page))
        assert browser.post("/account/recovery-codes/", {"code": ""}).status_code == 422
        made = browser.post("/account/recovery-codes/", {"code": code_of()})
        assert len(list(main_of(made).iter("code"))) == 10
        assert not second_factor.use_recovery_code(editor, codes[1])

    def test_an_administrator_does_it_by_a_command(self, browser: PageClient, codes: list[str]) -> None:
        call_command("take_away_second_factor", "editor")
        assert not SecondFactor.objects.exists()
        assert browser.get("/account/").status_code == 302, "its sessions have ended"
        with pytest.raises(CommandError, match="has no second factor"):
            call_command("take_away_second_factor", "editor")


class TestRequired:
    @pytest.fixture(autouse=True)
    def _required(self, settings: Any) -> None:
        settings.SECOND_FACTOR_REQUIRED = True

    @pytest.mark.parametrize("address", ["/", "/articles/new/", "/work/", "/account/", "/claims/"])
    def test_an_editor_without_one_is_led_to_set_it_up(self, editors_browser: PageClient, address: str) -> None:
        assert editors_browser.get(address)["Location"] == SET_UP
        assert "asks a second factor" in words(main_of(editors_browser.get(SET_UP)))

    def test_an_administrator_too(self, admin_browser: Client) -> None:
        assert admin_browser.get("/admin/")["Location"] == SET_UP

    def test_nothing_can_be_written_before(self, editors_browser: PageClient) -> None:
        make_article()
        sent = editors_browser.post("/articles/strikes/claims/new/", {}, headers={"HX-Request": "true"})
        assert (sent.status_code, sent["HX-Redirect"]) == (204, SET_UP)

    def test_a_reader_is_asked_nothing(self, reader: PageClient) -> None:
        assert reader.get("/").status_code == 200
        reader.force_login(make_user("anybody"))
        assert reader.get("/").status_code == 200

    def test_signing_out_is_possible(self, editors_browser: PageClient) -> None:
        assert editors_browser.post("/sign-out/")["Location"] == "/signed-out/"

    def test_once_it_is_set_up_the_desk_is_open(self, editors_browser: PageClient) -> None:
        page = editors_browser.get(SET_UP).content.decode()
        found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
        assert found
        sent = {"password": RIGHT["password"], "code": code_of(found[1].replace(" ", ""))}
        assert editors_browser.post(SET_UP, sent).status_code == 200
        assert editors_browser.get("/work/").status_code == 200

    def test_who_signs_in_with_it_goes_on(self, reader: PageClient, codes: list[str]) -> None:
        reader.post(ADDRESS, RIGHT)
        reader.post(ADDRESS, {"code": codes[0]})
        assert reader.get("/work/").status_code == 200

    def test_a_session_from_before_without_a_code_is_led_to_sign_in_with_one(
        self, editors_browser: PageClient, codes: list[str]
    ) -> None:
        """It was set up in another browser meanwhile: this one has never shown a code."""
        assert editors_browser.get("/work/")["Location"] == SET_UP
        main = main_of(editors_browser.get(SET_UP))
        assert by_id(tree_of(editors_browser.get(SET_UP)), "id_code") is not None
        assert "Go on" in words(main)
        assert editors_browser.post(SET_UP, {"code": code_of()})["Location"] == "/"
        assert editors_browser.get("/work/").status_code == 200


def test_an_administrator_must_have_one_as_well(settings: Any) -> None:
    boss = make_administrator("boss")
    assert not second_factor.must_have(boss)
    settings.SECOND_FACTOR_REQUIRED = True
    assert second_factor.must_have(boss)
