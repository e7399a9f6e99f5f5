"""A new password by mail, which tells nobody who has an account."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from newsdesk.people import views
from newsdesk.people.models import SignedInBrowser, SignInEvent
from tests.pages import PageClient, main_of, words

pytestmark = pytest.mark.django_db
ADDRESS = "/forgotten/"
MAIL = "editor@example.org"
NEW = "correct horse battery staple"


@pytest.fixture(autouse=True)
def known(editor: User) -> User:
    editor.email = MAIL
    editor.save()
    return editor


def link() -> str:
    found = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_a_link_comes_by_mail_and_works_once(reader: PageClient, known: User) -> None:
    other = PageClient()
    other.force_login(known)
    assert reader.post(ADDRESS, {"email": MAIL})["Location"] == "/forgotten/sent/"
    form = reader.get(link())["Location"]
    assert "set-password" in form, "the token leaves the address at once"
    done = reader.post(form, {"new_password1": NEW, "new_password2": NEW})
    assert done["Location"] == "/sign-in/"
    assert "Your new password is saved" in words(main_of(reader.get("/sign-in/")))
    assert other.get("/account/").status_code == 302 and not SignedInBrowser.objects.exists()
    assert "no longer works" in words(main_of(reader.get(link())))
    assert reader.post("/sign-in/", {"username": "editor", "password": NEW}).status_code == 302


def test_the_mail_says_who_it_is_for_as_it_is(reader: PageClient, known: User) -> None:
    User.objects.filter(pk=known.pk).update(username="o'editor&co")
    reader.post(ADDRESS, {"email": MAIL})
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([MAIL], "Newsdesk: a new password")
    assert "o'editor&co" in sent.body


def test_strangers_get_the_same_answer_and_no_mail(reader: PageClient) -> None:
    answers = [reader.post(ADDRESS, {"email": one}) for one in (MAIL, "stranger@example.org")]
    assert len({(one.status_code, one["Location"], one.content) for one in answers}) == 1
    assert [one.to for one in mail.outbox] == [[MAIL]]


def test_nothing_is_sent_before_the_answer(
    reader: PageClient, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    """Else the time that it takes would tell who has an account."""
    order: list[str] = []
    monkeypatch.setattr(EmailBackend, "send_messages", lambda backend, messages: order.append("mail"))
    close = views.Afterwards.close
    monkeypatch.setattr(views.Afterwards, "close", lambda answer: (order.append("answer"), close(answer))[1])
    reader.post(ADDRESS, {"email": MAIL})
    assert order == ["answer", "mail"]


def test_a_mail_server_that_is_away_tells_nothing(
    reader: PageClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(backend: Any, messages: Any) -> None:
        raise OSError("no mail server")

    monkeypatch.setattr(EmailBackend, "send_messages", away)
    assert reader.post(ADDRESS, {"email": MAIL}).status_code == 302
    assert "Failed to send password reset email" in caplog.text


def test_it_is_asked_for_three_times_an_hour(reader: PageClient) -> None:
    for address in (MAIL, "stranger@example.org"):
        answers = [PageClient(REMOTE_ADDR=f"192.0.2.{one}").post(ADDRESS, {"email": address}) for one in range(4)]
        assert [one.status_code for one in answers] == [302, 302, 302, 422]
        assert "Try again in 60 minutes" in words(main_of(answers[-1]))
    assert len(mail.outbox) == 3


def test_and_ten_times_from_one_address(reader: PageClient) -> None:
    answers = [reader.post(ADDRESS, {"email": f"a{one}@example.org"}).status_code for one in range(11)]
    assert answers == [302] * 10 + [422]


def test_a_link_that_nobody_sent_does_not_work(reader: PageClient) -> None:
    for address in ("/forgotten/MQ/abc-123/", "/forgotten/x/set-password/", "/forgotten/%00/%00/"):
        assert reader.get(address).status_code in (200, 404)
        if reader.get(address).status_code == 200:
            assert "no longer works" in words(main_of(reader.get(address)))


def test_it_is_on_record_without_the_address(reader: PageClient) -> None:
    reader.post(ADDRESS, {"email": MAIL})
    assert MAIL not in str(SignInEvent.objects.get().__dict__)


def test_a_desk_without_mail_says_so(reader: PageClient, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "sends no mail" in words(main_of(reader.get(ADDRESS)))
