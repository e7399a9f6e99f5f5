"""The forms around claims: what stands beside the actions, and what they look up."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Answer, Claim
from tests.admin.test_desk import filled_in, list_of, page_of
from tests.factories import make_article, make_claim, make_question, make_source, make_story

pytestmark = pytest.mark.django_db


def test_the_source_and_the_question_of_an_action_are_searched_for(admin_browser: Client) -> None:
    make_claim(source=make_source())
    page = admin_browser.get(list_of(Claim)).content.decode()
    actions = page.split('class="actions"')[1].split("</div>")[0]
    for name in ("source", "question"):
        select = actions.split(f'name="{name}"')[1].split("</select>")[0]
        assert "admin-autocomplete" in select and "Coalition" not in select


def test_the_answers_of_a_claim_are_shown_without_looking_up_each_choice(admin_browser: Client) -> None:
    story = make_story()
    answers = [
        Answer(question=make_question(slug=f"q-{number}", kind="words"), words="x", as_worded="x")
        for number in range(5)
    ]
    claim = make_claim(article=make_article(story=story), answers=answers)
    with CaptureQueriesContext(connection) as captured:
        admin_browser.get(page_of(claim))
    assert not [query for query in captured if '"articles_question"."id" IN' in query["sql"]]


def test_the_form_carries_the_version_it_is_based_on(admin_browser: Client) -> None:
    assert filled_in(admin_browser, page_of(make_claim()))["based_on"] == 1
