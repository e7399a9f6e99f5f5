"""Claims in the admin: bulk actions, each one change of all the claims chosen."""

from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client

from articles.models import Answer, Changeset, Claim, Revision
from articles.writing.checking import check_articles
from tests.admin.test_claims import act, problems, save, two_claims, versions
from tests.admin.test_desk import list_of, said
from tests.factories import (
    QUOTE,
    make_claim,
    make_question,
    make_source,
    make_story,
)
from tests.pages import check_page, main_of

pytestmark = pytest.mark.django_db


def test_setting_a_source_is_one_change_of_all_claims(admin_browser: Client) -> None:
    one, two = two_claims()
    sana = make_source(name="SANA")
    words = act(admin_browser, "set_source", one, two, source=sana.pk)
    assert words == "2 claims changed: source: SANA."
    assert {claim.source for claim in Claim.objects.all()} == {sana}
    changeset = Changeset.objects.get(kind="bulk")
    assert (changeset.editor.username if changeset.editor else "") == "administrator"
    assert sorted(changeset.revisions.values_list("claim_uid", "version")) == sorted([(one.uid, 2), (two.uid, 2)])
    assert versions(one, two) == [2, 2]
    assert problems() == []


@pytest.mark.parametrize(("action", "status"), [("accept", "accepted"), ("reject", "rejected")])
def test_accepting_and_rejecting(action: str, status: str, admin_browser: Client) -> None:
    claim = make_claim(source=make_source(), status="suggested")
    assert act(admin_browser, action, claim) == f"1 claim changed: status: {status}."
    assert Claim.objects.get().status == status
    assert versions(claim) == [2] and Revision.objects.count() == 2
    assert problems() == []


@pytest.mark.parametrize("action", ["accept", "reject"])
def test_a_claim_without_a_source_is_refused_with_a_reason_and_nothing_is_written(
    action: str, admin_browser: Client
) -> None:
    one, two = two_claims()
    words = act(admin_browser, action, one, two)
    assert words.startswith("Nothing was changed.") and "no source yet" in words
    assert versions(one, two) == [1, 1]
    assert not Revision.objects.exists() and not Changeset.objects.filter(kind="bulk").exists()


def test_setting_a_question_lets_claims_answer_it_with_their_words(admin_browser: Client) -> None:
    one, two = two_claims()
    question = make_question(kind="words")
    assert act(admin_browser, "set_question", one, two, question=question.pk).startswith("2 claims changed: question")
    assert set(Answer.objects.values_list("words", flat=True)) == {QUOTE, "it won"}
    assert versions(one, two) == [2, 2]
    assert problems() == []


def test_a_question_whose_answers_have_values_is_refused(admin_browser: Client) -> None:
    one, _ = two_claims()
    words = act(admin_browser, "set_question", one, question=make_question().pk)
    assert words.startswith("Nothing was changed.") and "asks for a number" in words
    assert not Answer.objects.exists() and versions(one) == [1]


def test_a_question_of_another_story_is_refused(admin_browser: Client) -> None:
    one, two = two_claims()
    question = make_question(story=make_story(title="Afrin", slug="afrin"), kind="words")
    assert "another story" in act(admin_browser, "set_question", one, two, question=question.pk)
    assert not Answer.objects.exists() and problems() == []


def test_an_action_that_needs_a_choice_asks_for_it(admin_browser: Client) -> None:
    one, _ = two_claims()
    assert act(admin_browser, "set_source", one) == "Choose a source beside the action first."
    assert act(admin_browser, "set_question", one, question="") == "Choose a question beside the action first."
    assert act(admin_browser, "set_source", one, source="999") == "No action selected."
    assert versions(one) == [1]


def boxes(page: Any) -> dict[str, bool]:
    """Which rows are ticked, by their keys."""
    found = [one for one in main_of(page).iter("input") if one.get("name") == ACTION_CHECKBOX_NAME]
    return {one.get("value"): one.get("checked") is not None for one in found}


def chosen(page: Any) -> dict[str, str]:
    """What is chosen in the fields of the actions."""
    selects = [one for one in main_of(page).iter("select") if one.get("name")]
    options = [(one.get("name"), option) for one in selects for option in one.iter("option")]
    return {name: option.get("value") for name, option in options if option.get("selected") is not None}


@pytest.mark.parametrize("action", ["set_source", "set_question", "accept", ""])
def test_a_refusal_keeps_ticks_and_what_was_chosen(action: str, admin_browser: Client) -> None:
    one, two = two_claims()
    question = make_question()
    sent = {"action": action, "question": question.pk, "index": 0, ACTION_CHECKBOX_NAME: [one.pk]}
    page = admin_browser.post(f"{list_of(Claim)}?article__id__exact={one.article_id}", {**sent, "select_across": 1})
    check_page(page)
    assert page.status_code == 200 and boxes(page) == {str(one.pk): True, str(two.pk): False}
    assert {"action": action, "question": str(question.pk)}.items() <= chosen(page).items()
    assert page.context["action_form"]["select_across"].value() == 0
    assert 'id="action-toggle"' in page.content.decode() and said(page)
    assert versions(one, two) == [1, 1]
    assert not any(boxes(admin_browser.get(list_of(Claim))).values())


def test_a_refusal_keeps_nothing_that_there_is_not(admin_browser: Client) -> None:
    one, _ = two_claims()
    sent = {"action": "set_source", "source": "none", "question": "999", "index": "x", ACTION_CHECKBOX_NAME: [one.pk]}
    page = admin_browser.post(list_of(Claim), sent)
    assert said(page) == "No action selected." and chosen(page) == {"action": "set_source"}


def test_actions_are_for_those_who_may_change_claims(editor: Any, client: Client) -> None:
    claim = make_claim()
    editor.is_staff = True
    editor.save()
    client.force_login(editor)
    act(client, "reject", claim)
    assert Claim.objects.get().status == "rejected"
    editor.groups.clear()
    assert client.post(list_of(Claim), {"action": "accept", ACTION_CHECKBOX_NAME: [claim.pk]}).status_code == 403


def test_the_desk_is_clean_after_all_of_it(admin_browser: Client) -> None:
    one, two = two_claims()
    sana = make_source(name="SANA")
    act(admin_browser, "set_source", one, two, source=sana.pk)
    act(admin_browser, "set_question", one, two, question=make_question(kind="words").pk)
    act(admin_browser, "accept", one, two)
    act(admin_browser, "reject", two)
    save(admin_browser, one, speaker="SANA", note="Checked.")
    act(admin_browser, "delete_selected", two, post="yes")
    assert versions(one) == [5]
    assert problems() == []
    assert not [problem for problem in check_articles() if "paragraphs" in problem.what]
