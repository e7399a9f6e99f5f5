"""Naming a source in the form of a claim: one that the desk knows however it is written, or a new one."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from articles.editors.claim_marking import AT_ONCE
from articles.importing.sources import source_named
from articles.models import Alias, Article, Claim, Source
from articles.writing.merging import merge
from tests.factories import make_article, make_claim, make_source
from tests.pages import PageClient, by_id, main_of, words
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


def test_two_who_name_the_same_one_at_once(editors_browser: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of them is told, by the database alone where neither saw the other’s."""

    def too_late(*args: Any) -> None:
        raise IntegrityError("UNIQUE constraint failed: articles_source.name")

    monkeypatch.setattr("articles.editors.new_sources.make_named", too_late)
    page = name_source(editors_browser, "Harbour Board", speaker="a spokesman")
    assert page.status_code == 422 and AT_ONCE in words(main_of(page))
    assert form_of(page)["speaker"] == ["a spokesman"] and not Claim.objects.exists()


class TestNearly:
    ASKED = "There is a source “Health directorate”, and “Health Directorat” would be a new one."

    def test_one_that_is_nearly_called_so_is_asked_about(self, editors_browser: PageClient) -> None:
        page = name_source(editors_browser, " Health  Directorat", speaker="Dr. Haddad")
        assert page.status_code == 409 and self.ASKED in words(main_of(page)) and not Claim.objects.exists()
        assert form_of(page)["speaker"] == ["Dr. Haddad"]
        assert editors_browser.post(ADD, form_of(page)).status_code == 302
        assert Claim.objects.get().source == Source.objects.get(name="Health Directorat")

    def test_another_name_is_asked_about_again(self, editors_browser: PageClient) -> None:
        page = name_source(editors_browser, "Health Directorat")
        again = editors_browser.post(ADD, {**form_of(page), "source_name": "Health directorates"})
        assert again.status_code == 409 and "“Health directorates” would be a new one." in words(main_of(again))

    def test_the_one_that_is_there_is_taken_at_one_press(
        self, editors_browser: PageClient, directorate: Source
    ) -> None:
        page = name_source(editors_browser, "Health Directorat", source_code="HD", speaker="Dr. Haddad")
        (press,) = [one for one in main_of(page).iter("button") if one.get("name") == "instead"]
        assert words(press) == "Save as said by Health directorate"
        assert editors_browser.post(ADD, {**form_of(page), "instead": press.get("value")}).status_code == 302
        claim = Claim.objects.get()
        assert (claim.source, claim.speaker) == (directorate, "Dr. Haddad") and Source.objects.count() == 1

    def test_what_else_is_in_doubt_is_asked_about_then(self, editors_browser: PageClient, directorate: Source) -> None:
        make_claim(article=Article.objects.get(), source=directorate, quote="Nobody was hurt")
        page = name_source(editors_browser, "Health Directorat")
        again = editors_browser.post(ADD, {**form_of(page), "instead": "health-directorate"})
        assert again.status_code == 409 and "Health directorate already has a claim" in words(main_of(again))
        assert form_of(again)["source"] == ["health-directorate"] and form_of(again)["source_name"] == [""]

    @pytest.mark.parametrize("name", ["the health directorates", "HDR"])
    def test_so_is_a_plural_and_a_code(self, editors_browser: PageClient, name: str) -> None:
        assert name_source(editors_browser, name).status_code == 409

    def test_a_name_of_one_that_was_merged_leads_to_where_it_went(
        self, editors_browser: PageClient, directorate: Source, editor: User
    ) -> None:
        merge(make_source(name="Ministry of health"), directorate, editor)
        assert "There is a source “Health directorate”" in words(
            main_of(name_source(editors_browser, "Health ministri"))
        )

    def test_it_is_offered_while_the_name_is_typed(self, editors_browser: PageClient) -> None:
        answer = editors_browser.get("/sources/new/code/", {"source_name": "Health Directorat"}).content.decode()
        assert "HD, unless you type another" in answer and 'hx-swap-oob="true"' in answer
        page = name_source(editors_browser, "Health Directorat", step="find")
        offer = by_id(main_of(page), "source-near")
        assert words(offer) == "Did you mean Health directorate?" and offer.get("hidden") is None
        (press,) = offer.iter("button")
        taken = editors_browser.post(ADD, {**form_of(page), "step": press.get("value")})
        assert taken.status_code == 200 and form_of(taken)["source"] == ["health-directorate"]
        assert not Claim.objects.exists() and by_id(main_of(taken), "source-near").get("hidden") is not None

    def test_another_name_is_no_slip(self, editors_browser: PageClient) -> None:
        assert b"Did you mean" not in editors_browser.get("/sources/new/code/", {"source_name": "Harbour"}).content
        assert name_source(editors_browser, "Harbour Board").status_code == 302

    def test_the_review_says_which_is_near(self, editors_browser: PageClient, article: Article) -> None:
        def shown(name: str) -> str:
            claim = make_claim(
                article=article, source=None, quote="Nobody was hurt", status="suggested", proposed_source=name
            )
            bar = by_id(main_of(editors_browser.get(f"/articles/strikes/?review={claim.uid}")), "review")
            return words(bar)

        assert "“Health directorat”, not a source yet, but Health directorate is:" in shown("Health directorat")
        assert "“Harbour Board”, not a source yet:" in shown("Harbour Board")
        make_source(name="Health directorates", code="HDS")
        assert "Accept as Health directorate a" in shown("Health directorate")
        assert "Accept as Health directorates a" in shown("health directorates")
