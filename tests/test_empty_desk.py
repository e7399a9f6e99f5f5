"""A desk with nothing on it: each list says so, and editors how to begin."""

import pytest

from tests.factories import make_article
from tests.pages import PageClient, links, main_of, words

pytestmark = pytest.mark.django_db
COMMAND = "python manage.py import_articles FOLDER"
ADD = "/articles/new/"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/", "There is no story yet."),
        ("/", "There is no article yet."),
        ("/stories/", "There is no story yet."),
        ("/articles/", "There is no article yet."),
        ("/claims/", "There is no claim yet."),
        ("/sources/", "There is no source yet."),
    ],
)
def test_readers_are_told_what_there_is_not_and_nothing_of_commands(
    reader: PageClient, address: str, said: str
) -> None:
    page = main_of(reader.get(address))
    assert said in words(page)
    assert COMMAND not in words(page) and ADD not in links(page)


@pytest.mark.parametrize("address", ["/", "/stories/", "/articles/"])
def test_editors_are_told_how_to_begin(editors_browser: PageClient, address: str) -> None:
    page = main_of(editors_browser.get(address))
    assert ADD in links(page) and COMMAND in words(page)


def test_where_no_claim_is_marked_editors_are_led_to_the_texts(editors_browser: PageClient) -> None:
    make_article()
    page = main_of(editors_browser.get("/claims/"))
    assert links(page)["/articles/"] == "an article"
    assert "Set for those ticked" not in words(page)
    assert "No claim fits all of this" in words(main_of(editors_browser.get("/claims/?q=nothing")))
