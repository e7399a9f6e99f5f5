"""Naming a source in the form of a claim: one that the desk knows however it is written, or a new one."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from articles.importing.sources import source_named
from articles.models import Alias, Article, Claim, Source
from tests.factories import make_article, make_source
from tests.pages import PageClient, main_of, words
from tests.test_marking_claims import form_of

pytestmark = pytest.mark.django_db

ADD = "/articles/strikes/claims/new/"


@pytest.fixture(autouse=True)
def directorate(db: None) -> Source:
    return make_source(name="Health directorate", code="HDR", kind="government")


@pytest.fixture(autouse=True)
def article(db: None) -> Article:
    return make_article(paragraphs=["Nobody was hurt, it said."])


def name_source(client: PageClient, name: str, **more: Any) -> Any:
    form = {**form_of(client.get(ADD)), "quote": "Nobody was hurt", "source": "+", "source_name": name, **more}
    return client.post(ADD, form)


@pytest.mark.parametrize(
    "name",
    ["health  directorate", "HEALTH-DIRECTORATE", "Health\u200b directorate", "\u200fHealth directorate", "hdr-q"],
)
def test_one_that_is_known_is_known_however_it_is_written(
    editors_browser: PageClient, directorate: Source, name: str
) -> None:
    Alias.objects.create(source=directorate, name="HDR-Q")
    assert name_source(editors_browser, name).status_code == 302
    assert Claim.objects.get().source == directorate == Source.objects.get()
    told = editors_browser.get("/sources/new/code/", {"source_name": name}).content.decode()
    assert "the desk has it: <bdi>Health directorate</bdi>" in " ".join(told.split())


def test_a_new_one_is_kept_as_it_is_seen(editors_browser: PageClient) -> None:
    assert name_source(editors_browser, "The \u200b Harbour\u00a0 Board\u200f ").status_code == 302
    source = Source.objects.get(name="The Harbour Board")
    assert source.slug == "the-harbour-board"


@pytest.mark.parametrize(
    ("name", "told"),
    [("🙂", "Write a name with letters."), ("–", "Write a name with letters."), ("\u200f\u200f", "Write a name with")],
)
def test_a_name_without_letters_is_refused_where_it_stands(editors_browser: PageClient, name: str, told: str) -> None:
    page = name_source(editors_browser, name)
    assert page.status_code == 422 and told in words(main_of(page))
    assert "cannot be blank" not in words(main_of(page)) and form_of(page)["source_name"] == [name]
    assert Source.objects.count() == 1 and not Claim.objects.exists()
    assert b"left empty, the desk" in editors_browser.get("/sources/new/code/", {"source_name": name}).content


def test_no_name_at_all_is_asked_for(editors_browser: PageClient) -> None:
    assert "Name the source." in words(main_of(name_source(editors_browser, "  ")))


def test_a_file_too_names_one_that_is_known_however_it_is_written(directorate: Source) -> None:
    assert source_named("Health\u00a0 Directorate\u200f") == (directorate, False)
    with pytest.raises(ValidationError, match="“🙂” is no name of a source: write one with letters."):
        source_named("🙂")
