"""What is in use cannot be deleted, and the page says what uses it."""

from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from articles.admin.uses import uses_of
from articles.models import Answer, Choice, Place, Question, Source, Story
from tests.admin.test_desk import list_of
from tests.factories import make_article, make_choice, make_claim, make_place, make_question, make_source, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def used() -> dict[type[Model], Any]:
    story, source = make_story(), make_source()
    question = make_question(slug="who", text="Who?", kind="choice")
    where = make_question(slug="where", text="Where?", kind="place")
    choice, place = make_choice(question, "sana"), make_place()
    answers = [
        Answer(question=question, choice=choice, as_worded="self-defence"),
        Answer(question=where, place=place, as_worded="self-defence"),
    ]
    make_claim(article=make_article(story=story), source=source, answers=answers)
    return {Source: source, Question: question, Choice: choice, Place: place, Story: story}


@pytest.mark.parametrize(
    ("noun", "use"),
    [
        (Source, "Coalition: <a>1 claim</a>"),
        (Question, "Who?: <a>1 answer</a>"),
        (Choice, "Sana: <a>1 answer</a>"),
        (Place, "Khusham-Town: <a>1 answer</a>"),
        (Story, "Khusham: <a>1 article</a>"),
    ],
)
def test_it_is_kept_and_its_uses_are_counted_with_a_link(
    noun: type[Model], use: str, used: dict[type[Model], Any], admin_browser: Client
) -> None:
    row = used[noun]
    address = reverse(f"admin:articles_{noun._meta.model_name}_delete", args=[row.pk])
    page = admin_browser.get(address)
    assert "cannot be deleted, because it is in use" in page.content.decode()
    assert 'name="post"' not in page.content.decode()
    found = page.context["protected"][0]
    link = found.split('href="')[1].split('"')[0]
    assert found.replace(f' href="{link}"', "") == use
    assert admin_browser.get(link).context["cl"].result_count == 1
    admin_browser.post(address, {"post": "yes"})
    assert noun._default_manager.filter(pk=row.pk).exists()


def test_several_are_kept_together(used: dict[type[Model], Any], admin_browser: Client) -> None:
    free = make_source(name="Nobody")
    chosen = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [used[Source].pk, free.pk]}
    page = admin_browser.post(list_of(Source), chosen)
    assert "merged into another one instead" in page.content.decode()
    admin_browser.post(list_of(Source), {**chosen, "post": "yes"})
    assert Source.objects.count() == 2


def test_what_nothing_uses_is_deleted(admin_browser: Client) -> None:
    free, other = make_source(name="Nobody"), make_source(name="Noone")
    page = admin_browser.post(list_of(Source), {"action": "delete_selected", ACTION_CHECKBOX_NAME: [other.pk]})
    assert "Are you sure" in page.content.decode()
    chosen = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [other.pk], "post": "yes"}
    admin_browser.post(list_of(Source), chosen)
    admin_browser.post(reverse("admin:articles_source_delete", args=[free.pk]), {"post": "yes"})
    assert not Source.objects.exists()


def test_the_article_of_an_outlet_and_the_places_within_a_place_are_uses() -> None:
    outlet, region = make_source(name="Wire", kind="outlet"), make_place(slug="region")
    make_article(outlet=outlet)
    make_place(within=region)
    make_place(slug="another", within=region)
    assert [str(use).split(">")[1].split("<")[0] for use in uses_of(outlet)] == ["1 article"]
    assert [str(use).split(">")[1].split("<")[0] for use in uses_of(region)] == ["2 places"]
