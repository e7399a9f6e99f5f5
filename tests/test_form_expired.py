"""A form whose token does not hold: a page says what to do, and the desk's own forms can be sent again from there."""

from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from articles.models import Article
from tests.article_forms import ADDRESS, TEXT, fields_of, upload
from tests.factories import make_claim
from tests.pages import PageClient, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

OWN = {"origin": "http://testserver"}
FORM = {"text": TEXT, "title": "Strikes <at> night", "language": "en", "step": "publish", "byline": " two  blanks "}


@pytest.fixture
def browser(editor: User) -> PageClient:
    """Of an editor who has signed in anew; its forms are as they were before."""
    client = PageClient(enforce_csrf_checks=True)
    client.force_login(editor)
    client.get(ADDRESS)
    return client


def form() -> dict[str, Any]:
    old = {"token": str(uuid4()), "checked": sha256(TEXT.encode()).hexdigest(), "csrfmiddlewaretoken": "a" * 64}
    return {**FORM, **old}


def send(browser: PageClient, address: str = ADDRESS, headers: dict[str, str] = OWN, **fields: Any) -> Any:
    page = browser.post(address, {**form(), **fields}, headers=headers)
    assert page.status_code == 403
    assert not Article.objects.exists(), "nothing is written"
    return page


def buttons(page: Any) -> list[str]:
    return [words(one) for one in main_of(page).iter("button")]


def test_it_is_a_page_of_the_desk_that_says_what_to_do(browser: PageClient) -> None:
    page = send(browser)
    assert "This form has expired" in words(tree_of(page).find(".//title"))
    assert "/stories/" in links(tree_of(page)), "with a masthead"
    said = words(main_of(page))
    assert "nothing that you entered is lost: send it again" in said and "You are signed in as editor." in said


def test_it_is_sent_again_as_it_was(browser: PageClient) -> None:
    page = send(browser)
    fields = fields_of(page)
    assert FORM.items() <= fields.items() and fields["csrfmiddlewaretoken"] != "a" * 64
    assert buttons(page) == ["Send it again"]
    (sent,) = main_of(page).iter("form")
    assert sent.get("action") is None and sent.get("method") == "post", "to the same address"
    assert browser.post(ADDRESS, fields, headers=OWN).status_code == 302
    assert Article.objects.get().title == "Strikes <at> night"


def test_whoever_is_signed_out_signs_in_next(browser: PageClient) -> None:
    browser.logout()
    page = send(browser)
    assert "You are not signed in: you are asked to" in words(main_of(page))
    again = browser.post(ADDRESS, fields_of(page), headers=OWN)
    assert again.status_code == 401
    signed = {"sign-in-username": "editor", "sign-in-password": "a long pass phrase"}
    assert browser.post(ADDRESS, {**fields_of(again), **signed}, headers=OWN).status_code == 302
    assert Article.objects.get().byline == "two  blanks"


def test_a_password_that_was_sent_along_stands_in_no_page(browser: PageClient) -> None:
    browser.logout()
    page = send(browser, **{"sign-in-username": "editor", "sign-in-password": "a long pass phrase"})
    assert b"a long pass phrase" not in page.content and fields_of(page)["text"]


def test_a_file_has_to_be_chosen_anew(browser: PageClient) -> None:
    assert "Choose it anew afterwards" in words(main_of(send(browser, file=upload(b"It struck."))))
    assert "Choose it anew" not in words(main_of(send(browser)))


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "https://elsewhere.example"}, {"origin": "null"}, {"origin": "https://testserver"}],
    ids=str,
)
def test_what_may_be_a_strangers_form_is_not_sent_by_a_click(browser: PageClient, headers: dict[str, str]) -> None:
    page = send(browser, headers=headers)
    assert buttons(page) == [] and TEXT.split("\n")[0] not in words(main_of(page))
    assert "Go back in your browser: what you wrote is still there" in words(main_of(page))
    assert "/" in links(main_of(page))


def test_nor_is_a_form_with_passwords(browser: PageClient) -> None:
    for address in ("/sign-in/", "/account/password/", "/admin/articles/source/add/"):
        page = send(browser, address, password="a long pass phrase")
        assert buttons(page) == [] and b"a long pass phrase" not in page.content


def test_an_act_on_a_claim_can_be_sent_again(browser: PageClient) -> None:
    claim = make_claim()
    address = f"/claims/{claim.uid}/act/"
    act = {"act": "delete", "based_on": "1", "token": str(uuid4())}
    page = browser.post(address, act, headers=OWN)
    assert page.status_code == 403 and act.items() <= fields_of(page).items()
    assert browser.post(address, fields_of(page), headers=OWN).status_code == 302
    assert not type(claim).objects.filter(pk=claim.pk).exists()
