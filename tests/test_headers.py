"""What every answer says to browsers of who may load, frame and open it."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory

from articles.models import Article
from newsdesk import headers
from tests.factories import answer, make_article, make_claim, make_question, make_story
from tests.observatory import directives, reckon
from tests.pages import tree_of
from tests.test_settings import settings_under

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parent.parent


@pytest.fixture
def secure(settings: Any) -> Client:
    """As behind a proxy that ends TLS, with DEBUG off."""
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    return Client(raise_request_exception=False)


@pytest.fixture
def card() -> str:
    """The address of the one page that others may frame."""
    story = make_story()
    question = make_question(story=story, text="How many?")
    make_claim(article=make_article(story=story), answers=[answer(question, 4)])
    return "/embed/how-many/"


ANSWERS = {
    "/": 200,
    "/sign-in/": 200,
    "/admin/": 302,
    "/articles": 301,
    "/nothing/": 404,
    "/claims/?versions=x": 400,
    "/claims/?" + "a=1&" * 1100: 400,
    "/articles/feed.atom": 200,
    "/claims/?format=csv": 200,
    "/robots.txt": 200,
    "/static/css/base.css": 200,
    "/static/js/desk.js": 200,
    "/static/nothing.css": 404,
}


class TestEveryAnswer:
    # To close an answer, as the server does, closes the connection; a test's own transaction would be lost with it.
    @pytest.mark.django_db(transaction=True)
    def test_is_strict(self, secure: Client) -> None:
        for address, status in ANSWERS.items():
            response = secure.get(address, secure=True)
            response.getvalue()
            assert response.status_code == status, address
            check_strict(response, address)
            response.close()

    def test_of_another_method_too(self, secure: Client) -> None:
        for method in (secure.post, secure.put, secure.delete, secure.options, secure.trace):
            check_strict(method("/", secure=True), method.__name__)

    def test_for_a_host_that_is_not_ours_too(self, secure: Client) -> None:
        response = secure.get("/", secure=True, headers={"Host": "evil.example"})
        assert response.status_code == 400
        check_strict(response, "another host")

    def test_that_leads_to_https_too(self, secure: Client, settings: Any) -> None:
        settings.SECURE_SSL_REDIRECT = True
        response = Client().get("/")
        assert response["Location"] == "https://testserver/"
        assert "default-src 'none'" in response["Content-Security-Policy"]


def check_strict(response: HttpResponse, what: str) -> None:
    policy = directives(response["Content-Security-Policy"])
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == {"'none'"}, what
    assert set().union(*policy.values()) == {"'none'", "'self'"}, what
    assert response["X-Frame-Options"] == "DENY", what
    assert response["X-Content-Type-Options"] == "nosniff", what
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin", what
    assert response["Cross-Origin-Opener-Policy"] == "same-origin", what
    assert response["Cross-Origin-Embedder-Policy"] == "require-corp", what
    assert response["Cross-Origin-Resource-Policy"] == "same-origin", what
    assert "camera=()" in response["Permissions-Policy"], what
    assert response["Strict-Transport-Security"] == "max-age=31536000", what


class TestCard:
    def test_may_be_framed_by_pages_that_let_in_only_what_allows_it(self, secure: Client, card: str) -> None:
        response = secure.get(card, secure=True)
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response["Cross-Origin-Embedder-Policy"] == "require-corp", "such a page asks for it as well"
        assert directives(response["Content-Security-Policy"])["frame-ancestors"] == {"*"}
        assert "X-Frame-Options" not in response

    def test_that_is_not_there_may_not(self, secure: Client) -> None:
        check_strict(secure.get("/embed/nothing/", secure=True), "no card")


def test_each_page_has_its_own_policy_however_often_it_is_asked_for(secure: Client, card: str) -> None:
    """Policies are put together once for all pages that ask for the same."""
    (article,) = Article.objects.all()
    pages = ("/", card, article.get_absolute_url(), "/embed/nothing/")
    said = [[secure.get(page, secure=True)["Content-Security-Policy"] for page in pages] for _ in range(3)]
    assert said[0] == said[1] == said[2]
    start, framed, reading, nothing = (directives(policy) for policy in said[0])
    assert start == nothing
    assert framed == {**start, "frame-ancestors": {"*"}}
    assert len(reading["style-src"]) == 2 and {**reading, "style-src": {"'self'"}} == start


def test_what_one_answer_says_for_itself_is_said_of_no_other(rf: RequestFactory, settings: Any) -> None:
    policy = headers.ContentPolicy(lambda request: HttpResponse())

    def answer(**attributes: Any) -> str:
        response = HttpResponse("", headers=attributes.pop("headers", {}))
        vars(response).update(attributes)
        return policy.process_response(rf.get("/"), response).headers.get("Content-Security-Policy", "")

    assert answer(headers={"Content-Security-Policy": "default-src *"}) == "default-src *"
    assert answer(_csp_exempt=True) == ""
    plain = answer()
    assert "default-src 'none'" in plain
    assert answer(_csp_exempt=True) == "" and answer() == plain


class TestCookies:
    def test_are_for_this_host_and_out_of_reach_of_scripts(self, secure: Client, editor: Any) -> None:
        answers = [secure.get("/sign-in/", secure=True)]
        sent = {"username": "editor", "password": "a long pass phrase"}
        answers.append(secure.post("/sign-in/", sent, secure=True))
        cookies = [cookie for one in answers for cookie in one.cookies.values()]
        assert {cookie.key for cookie in cookies} == {"__Host-sessionid", "__Host-csrftoken"}
        for cookie in cookies:
            assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
            assert (cookie["path"], cookie["domain"]) == ("/", "")

    def test_have_such_names_in_production(self, tmp_path: Path) -> None:
        asked = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME"
        assert settings_under(tmp_path, asked, SECRET_KEY="x") == "__Host-sessionid __Host-csrftoken"

    def test_are_two_at_most(self) -> None:
        assert configured.MESSAGE_STORAGE.endswith("session.SessionStorage")


class TestReckoning:
    """By the Observatory's published table; our own reckoning, not its score."""

    def test_of_the_start_page(self, secure: Client) -> None:
        reckoned = reckon(secure.get("/", secure=True))
        assert reckoned.modifiers == {
            "content-security-policy": 10,
            "cookies": 0,
            "referrer-policy": 5,
            "strict-transport-security": 0,
            "subresource-integrity": 0,
            "x-content-type-options": 0,
            "x-frame-options": 5,
            "cross-origin-resource-policy": 10,
            "cross-origin-resource-sharing": 0,
        }
        assert reckoned.score == 130

    def test_of_the_page_to_sign_in_on_a_host_that_is_preloaded(self, secure: Client) -> None:
        response = secure.get("/sign-in/", secure=True)
        scripts = [dict(one.attrib) for one in tree_of(response).iter("script")]
        assert reckon(response, scripts, preloaded=True).score == 140

    def test_finds_what_is_missing(self) -> None:
        assert reckon(HttpResponse()).score == 100 - 25 - 5 - 20 - 5 - 20


def test_preloading_is_for_the_owner_of_the_domain(tmp_path: Path) -> None:
    asked = "settings.SECURE_HSTS_PRELOAD, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS"
    behind = {"SECRET_KEY": "x", "BEHIND_HTTPS_PROXY": "1"}
    assert settings_under(tmp_path, asked, **behind) == "False False"
    assert settings_under(tmp_path, asked, **behind, HSTS_PRELOAD="1") == "True True"


def test_a_view_may_say_otherwise_for_itself() -> None:
    said = HttpResponse(headers={"Cross-Origin-Resource-Policy": "cross-origin"})
    assert headers.policies(lambda request: said)(None)["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_django_finds_nothing_to_complain_of(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 365 * 24 * 3600, True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECRET_KEY = "a key of fifty letters and more, as the check asks for it, 0123456789"
    call_command("check", tags=["security"], deploy=True, fail_level="WARNING")
