"""Choosing what a claim points to: what fits it, with a word that tells one row from another."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Claim
from tests.admin.test_desk import page_of
from tests.factories import (
    make_article,
    make_choice,
    make_claim,
    make_place,
    make_question,
    make_source,
    make_story,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    first = make_article(story=make_story())
    make_claim(article=first)
    return make_claim(article=make_article(slug="second", story=make_story(), revises=first))


def offered(client: Client, claim: Any, model: str, field: str, term: str = "") -> list[str]:
    data = {"app_label": "articles", "model_name": model, "field_name": field, "term": term, "claim": claim}
    response = client.get(reverse("admin:articles_claim_choosing"), data)
    assert response.status_code == 200
    return [row["text"] for row in response.json()["results"]]


def test_a_claim_continues_one_of_the_version_before(claim: Claim, admin_browser: Client) -> None:
    words = "Coalition: “the strikes were an act of self-defence”"
    assert offered(admin_browser, claim.pk, "claim", "continues") == [words]
    first = Claim.objects.exclude(pk=claim.pk).get()
    assert offered(admin_browser, first.pk, "claim", "continues") == []


def test_questions_choices_and_places_are_of_the_claims_story(claim: Claim, admin_browser: Client) -> None:
    other = make_story(title="Afrin", slug="afrin")
    for story, name in ((None, "here"), (other, "there")):
        question = make_question(story=story, slug=f"who-{name}", text=f"Who {name}?", kind="choice")
        make_choice(question, "unknown")
        make_place(story=story, slug=name)
    assert offered(admin_browser, claim.pk, "answer", "question") == ["Who here? (choice)"]
    assert offered(admin_browser, claim.pk, "answer", "choice") == ["Who here?: Unknown"]
    assert offered(admin_browser, claim.pk, "answer", "place") == ["Here"]


def test_sources_are_offered_whole(claim: Claim, admin_browser: Client) -> None:
    make_source(name="SANA")
    assert offered(admin_browser, claim.pk, "claim", "source", "san") == ["SANA"]


@pytest.mark.parametrize("number", ["", "0", "x"])
def test_without_a_claim_nothing_is_offered(number: str, claim: Claim, admin_browser: Client) -> None:
    assert offered(admin_browser, number, "claim", "continues") == []


def test_the_page_shows_what_is_chosen_in_the_same_words(claim: Claim, admin_browser: Client) -> None:
    claim.continues = Claim.objects.exclude(pk=claim.pk).get()
    claim.save()
    page = admin_browser.get(page_of(claim)).content.decode()
    assert f'<option value="{claim.continues.pk}" selected>Coalition: “the strikes were' in page
    assert f"{reverse('admin:articles_claim_choosing')}?claim={claim.pk}" in page


def test_what_was_chosen_last_is_shown_again_after_a_mistake(claim: Claim, admin_browser: Client) -> None:
    sana = make_source(name="SANA")
    response = admin_browser.post(page_of(claim), {"source": sana.pk, "status": "wrong", "based_on": 1})
    assert response.status_code == 200
    assert f'<option value="{sana.pk}" selected>SANA</option>' in response.content.decode()
