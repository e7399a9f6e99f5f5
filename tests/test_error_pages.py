"""What all pages have in common, those that go wrong too."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from articles.models import Article
from articles.writing.publishing import set_status
from tests.factories import make_article, make_claim, make_story
from tests.htmx import HEADERS
from tests.pages import PageClient, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


def policy_of(client: Client, address: str) -> set[str]:
    """Without the one style sheet that the reading page holds itself (tests/test_static_files.py)."""
    policy = client.get(address)["Content-Security-Policy"]
    return {one.strip() for one in re.sub(r" 'sha256-[^']+'", "", policy).split(";")}


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [path("broken/", break_down), path("forbidden/", forbid), path("", include("newsdesk.urls"))]


@pytest.fixture
def addresses() -> list[str]:
    """One of each page."""
    claim = make_claim(article=make_article(story=make_story()))
    return [
        "/",
        "/stories/",
        "/stories/khusham/",
        "/articles/",
        "/articles/strikes/",
        "/claims/",
        claim.get_absolute_url(),
        "/sources/",
        "/sources/coalition/",
    ]


@pytest.fixture
def failing(settings: Any) -> Iterator[dict[str, int]]:
    """Addresses that answer with an error, and the status of each."""
    settings.ROOT_URLCONF = __name__
    set_status(make_article(slug="gone"), Article.Status.WITHDRAWN)
    yield {
        "/nothing/": 404,
        "/articles/nothing/": 404,
        "/articles/gone/": 410,
        "/claims/?versions=x": 400,
        "/forbidden/": 403,
        "/broken/": 500,
    }


class TestPages:
    def test_each_names_its_language_and_its_address(self, reader: PageClient, addresses: list[str]) -> None:
        for address in addresses:
            tree = tree_of(reader.get(f"{address}?from=mail"))
            assert tree.get("lang") == "en", address
            canonical = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
            assert canonical == [f"http://testserver{address}"]

    def test_each_has_a_title_and_a_description_of_its_own(self, reader: PageClient, addresses: list[str]) -> None:
        titles = {words(tree_of(reader.get(address)).find(".//title")) for address in addresses}
        assert len(titles) == len(addresses)
        for address in addresses:
            (description,) = [
                meta.get("content")
                for meta in tree_of(reader.get(address)).iter("meta")
                if meta.get("name") == "description"
            ]
            assert description.strip(), address

    def test_each_has_a_policy_without_exceptions(self, reader: PageClient, addresses: list[str]) -> None:
        for client, address in [*((reader, one) for one in [*addresses, "/sign-in/"]), (Client(), "/admin/login/")]:
            assert policy_of(client, address) == POLICY, address

    def test_each_can_be_asked_for_its_head(self, reader: PageClient, addresses: list[str]) -> None:
        for address in addresses:
            response = reader.head(address)
            assert (response.status_code, response.content) == (200, b""), address

    def test_none_can_be_written_to(self, reader: PageClient, addresses: list[str]) -> None:
        for address in addresses:
            for method in (reader.post, reader.put, reader.delete, reader.patch):
                assert method(address).status_code == 405, address

    def test_readers_without_a_session_get_no_cookie(self, reader: PageClient, addresses: list[str]) -> None:
        """Whoever sends one gets another page, which is what `Vary` tells caches (tests/test_kept_pages.py)."""
        for address in addresses:
            for headers in ({}, HEADERS):
                response = reader.get(address, headers=headers)
                assert not response.cookies, address

    def test_pages_for_a_session_are_for_its_browser_alone(
        self, editors_browser: PageClient, addresses: list[str]
    ) -> None:
        for address in addresses:
            response = editors_browser.get(address)
            assert "private" in response["Cache-Control"], address
            assert "Cookie" in response["Vary"], address

    def test_pages_for_readers_may_be_kept(self, reader: PageClient, addresses: list[str]) -> None:
        for address in addresses:
            assert "private" not in reader.get(address).get("Cache-Control", ""), address

    def test_answers_to_htmx_are_kept_by_nobody(self, reader: PageClient, addresses: list[str]) -> None:
        for address in [*addresses, "/nothing/", "/claims/?versions=x"]:
            assert "no-store" in reader.get(address, headers=HEADERS)["Cache-Control"], address

    def test_a_session_that_has_ended_is_a_readers(self, reader: PageClient, addresses: list[str]) -> None:
        reader.cookies["sessionid"] = "0" * 32
        for address in addresses:
            assert "Sign in" in links(tree_of(reader.get(address)).find(".//header")).values(), address

    def test_an_address_without_its_last_slash_leads_on(self, reader: PageClient, addresses: list[str]) -> None:
        for address in addresses[1:]:
            assert reader.get(address.rstrip("/"))["Location"] == address


class TestErrors:
    @pytest.fixture
    def client(self) -> Client:
        client = PageClient()
        client.raise_request_exception = False
        return client

    @pytest.mark.parametrize("headers", [{}, HEADERS], ids=["plain", "htmx"])
    def test_each_says_what_happened_and_where_to_go(
        self, client: Client, failing: dict[str, int], headers: dict[str, str]
    ) -> None:
        for address, status in failing.items():
            response = client.get(address, headers=headers)
            assert response.status_code == status, address
            main = main_of(response)
            assert len(words(main)) > 40, address
            assert links(main), address
            assert tree_of(response).get("lang") == "en", address

    def test_each_has_the_policy_of_all_pages(self, client: Client, failing: dict[str, int]) -> None:
        for address in failing:
            assert policy_of(client, address) == POLICY, address

    def test_none_sets_a_cookie(self, client: Client, failing: dict[str, int]) -> None:
        for address in failing:
            response = client.get(address)
            assert not response.cookies, address

    def test_where_they_lead_there_is_something(self, client: Client, failing: dict[str, int]) -> None:
        for address in failing:
            for link in links(main_of(client.get(address))):
                assert client.get(link).status_code == 200, (address, link)

    def test_what_was_asked_for_is_not_repeated_as_markup(self, client: Client) -> None:
        response = client.get("/<script>alert(1)</script>/?shown=<script>alert(2)</script>")
        assert response.status_code == 404
        assert b"<script>alert" not in response.content

    def test_an_address_full_of_parameters_is_refused(self, client: Client) -> None:
        assert client.get("/claims/?" + "a=1&" * 1100).status_code == 400

    @pytest.mark.parametrize("address", ["/articles/%00/", "/claims/%00/", "/sources/a%00b/", "/stories/%FF/"])
    def test_addresses_that_nobody_made_lead_nowhere(self, client: Client, address: str) -> None:
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/claims/set-together/", "/account/sessions/end/", "/sign-out/"])
def test_addresses_that_are_only_sent_to_say_so(reader: PageClient, address: str) -> None:
    response = reader.get(address)
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert words(tree_of(response).find(".//h1")) == "Nothing to open here"
    assert "/" in links(main_of(response))
    assert "no-store" in reader.get(address, headers=HEADERS)["Cache-Control"]
    assert reader.head(address).status_code == 405


def test_addresses_that_are_only_sent_to_say_so_to_editors(editors_browser: PageClient) -> None:
    response = editors_browser.get("/claims/set-together/")
    assert (response.status_code, words(tree_of(response).find(".//h1"))) == (405, "Nothing to open here")
    assert "private" in response["Cache-Control"]


def test_who_may_do_all_is_not_told_to_become_an_editor(admin_browser: Client) -> None:
    response = admin_browser.get("/admin/articles/article/add/")
    assert response.status_code == 403
    main = main_of(response)
    assert words(main).startswith("Not done here") and "editor’s account" not in words(main)
    for address in links(main):
        assert admin_browser.get(address).status_code == 200


def test_an_editor_whom_the_admin_does_not_let_do_all_is_told_to_ask(editors_browser: PageClient) -> None:
    User.objects.update(is_staff=True)
    response = editors_browser.get("/admin/auth/user/")
    assert response.status_code == 403
    assert "Your account may not do that." in words(main_of(response))
