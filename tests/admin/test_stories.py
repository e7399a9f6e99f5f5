"""Stories, questions, choices and places: what answers rely on stays as it is."""

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils.text import slugify

from articles.models import Answer, Article, Choice, Claim, Place, Question, Story
from tests.admin.test_claims import problems
from tests.admin.test_desk import filled_in, list_of, page_of
from tests.factories import make_article, make_choice, make_claim, make_place, make_question, make_story
from tests.pages import main_of, tree_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered() -> dict[type[Model], Any]:
    """A question with a choice and a place, each the answer of a claim."""
    question = make_question(slug="who", text="Who?", kind="choice")
    where = make_question(slug="where", text="Where?", kind="place")
    choice, place = make_choice(question, "sana"), make_place()
    answers = [
        Answer(question=question, choice=choice, as_worded="x"),
        Answer(question=where, place=place, as_worded="x"),
    ]
    claim = make_claim(article=make_article(story=make_story()), answers=answers)
    return {Claim: claim, Question: question, Choice: choice, Place: place, Story: make_story()}


def test_what_answers_rely_on_stays(answered: dict[type[Model], Any], admin_browser: Client) -> None:
    other = make_story(title="Afrin", slug="afrin")
    elsewhere = make_question(story=other, slug="else", text="Else?", kind="choice")
    changes = {
        Question: {"story": other.pk, "kind": "words", "text": "Who attacked?"},
        Choice: {"question": elsewhere.pk, "label": "The agency"},
        Place: {"story": other.pk, "name": "Khusham"},
    }
    for noun, values in changes.items():
        address = page_of(answered[noun])
        assert "it stays" in admin_browser.get(address).content.decode()
        response = admin_browser.post(address, {**filled_in(admin_browser, address), **values})
        assert response.status_code == 302, noun
        answered[noun].refresh_from_db()
    question, choice, place = answered[Question], answered[Choice], answered[Place]
    assert (question.story, question.kind, question.text) == (answered[Story], "choice", "Who attacked?")
    assert (choice.question, choice.label) == (question, "The agency")
    assert (place.story, place.name) == (answered[Story], "Khusham")
    assert problems() == []


@pytest.mark.parametrize(
    ("model", "field"), [(Story, "title"), (Question, "text"), (Choice, "label"), (Place, "name")], ids=str
)
def test_what_nothing_can_be_seen_of_is_not_saved(
    answered: dict[type[Model], Any], admin_browser: Client, model: type[Model], field: str
) -> None:
    row = answered[model]
    address, before = page_of(row), getattr(row, field)
    page = admin_browser.post(address, {**filled_in(admin_browser, address), field: "\u200f\u200f"})
    assert f"Nothing of this {field} can be seen." in words(main_of(page))
    row.refresh_from_db()
    assert getattr(row, field) == before


def test_what_nothing_relies_on_may_be_moved(admin_browser: Client) -> None:
    other = make_story(title="Afrin", slug="afrin")
    question, place = make_question(slug="who", kind="choice"), make_place()
    choice = make_choice(question, "sana")
    into = make_question(slug="which", kind="choice")
    for row, values in ((place, {"story": other.pk}), (choice, {"question": into.pk}), (question, {"story": other.pk})):
        address = page_of(row)
        sent = {name: value for name, value in filled_in(admin_browser, address).items() if "choices-0" not in name}
        sent |= {name: 0 for name in sent if name.startswith("choices-") and name.endswith("INITIAL_FORMS")}
        sent |= {name: 0 for name in sent if name.startswith("choices-") and name.endswith("TOTAL_FORMS")}
        assert admin_browser.post(address, {**sent, **values}).status_code == 302
        row.refresh_from_db()
    assert (place.story, question.story, choice.question) == (other, other, into)


def test_questions_are_edited_on_the_page_of_their_story(
    answered: dict[type[Model], Any], admin_browser: Client
) -> None:
    address = page_of(answered[Story])
    sent = filled_in(admin_browser, address)
    sent |= {"questions-0-text": "Who attacked first?", "questions-0-kind": "words", "questions-0-slug": "forged"}
    sent |= {"questions-TOTAL_FORMS": 3, "questions-2-text": "Why?", "questions-2-slug": "why"}
    sent |= {"questions-2-kind": "words", "questions-2-position": 2}
    assert admin_browser.post(address, sent).status_code == 302
    who, _, why = Question.objects.order_by("id")
    assert (who.text, who.kind, who.slug) == ("Who attacked first?", "choice", "who")
    assert why.story == answered[Story]


def test_a_question_in_use_is_not_deleted_from_the_page_of_its_story(
    answered: dict[type[Model], Any], admin_browser: Client
) -> None:
    for row, prefix in ((answered[Story], "questions"), (answered[Question], "choices")):
        address = page_of(row)
        page = admin_browser.post(address, {**filled_in(admin_browser, address), f"{prefix}-0-DELETE": "on"})
        assert "would require deleting the following protected related objects" in page.content.decode()
    assert Question.objects.count() == 2 and Choice.objects.count() == 1


def test_a_number_question_says_what_is_counted(admin_browser: Client) -> None:
    sent = {"story": make_story().pk, "text": "How many?", "slug": "many", "kind": "number", "position": 0}
    sent |= {"choices-TOTAL_FORMS": 0, "choices-INITIAL_FORMS": 0}
    add = reverse("admin:articles_question_add")
    assert "says what is counted, and of whom" in admin_browser.post(add, sent).content.decode()
    assert admin_browser.post(add, {**sent, "counted": "fighters killed"}).status_code == 302


def test_a_place_does_not_lie_within_itself(admin_browser: Client) -> None:
    region = make_place(slug="region")
    town = make_place(slug="town", within=region)
    sent = {**filled_in(admin_browser, page_of(region)), "within": town.pk}
    assert "A place cannot lie within itself." in admin_browser.post(page_of(region), sent).content.decode()
    sent = {**filled_in(admin_browser, page_of(town)), "latitude": 91, "longitude": 40}
    assert "Latitude is" in admin_browser.post(page_of(town), sent).content.decode()


def test_counts_lead_to_what_they_count(answered: dict[type[Model], Any], admin_browser: Client) -> None:
    counts = [
        (Story, Article, "story", 1),
        (Story, Question, "story", 2),
        (Question, Claim, "answers__question", 1),
        (Choice, Claim, "answers__choice", 1),
        (Place, Claim, "answers__place", 1),
    ]
    for noun, counted, lookup, count in counts:
        link = f"{list_of(counted)}?{lookup}__id__exact={answered[noun].pk}"
        assert f'<a href="{link}">{count}</a>' in admin_browser.get(list_of(noun)).content.decode()
        assert admin_browser.get(link).context["cl"].result_count == count


def test_counts_of_two_kinds_do_not_multiply_each_other(admin_browser: Client) -> None:
    story = make_story()
    for number in range(3):
        make_article(slug=f"a-{number}", story=story)
        make_question(slug=f"q-{number}", text="Why?", kind="words")
    row = admin_browser.get(list_of(Story)).context["cl"].result_list[0]
    assert (row.article_count, row.question_count) == (3, 3)


class TestNearlyTheSame:
    """A story is public as soon as it is made: one whose name is nearly another's is made only once that is said."""

    ADD = "/admin/articles/story/add/"

    def send(self, browser: Client, title: str, **fields: Any) -> Any:
        made = {"title": title, "slug": slugify(title), **fields}
        made |= {"questions-TOTAL_FORMS": 0, "questions-INITIAL_FORMS": 0}
        return browser.post(self.ADD, made)

    def test_it_is_asked_once(self, admin_browser: Client) -> None:
        make_story(title="Khusham, February 2018", slug="khusham-february-2018")
        slip = "Khusham, Febuary 2018"
        page = self.send(admin_browser, slip)
        said = words(main_of(page))
        assert "There is a story “Khusham, February 2018”. Open that one, or say that yours is another one." in said
        assert f"“{slip}” is another story than “Khusham, February 2018”." in said
        (tick,) = [node for node in tree_of(page).iter("input") if node.get("name") == "other_story"]
        assert (tick.get("type"), tick.get("value"), tick.get("checked")) == ("checkbox", slip, None)
        assert Story.objects.count() == 1
        again = self.send(admin_browser, slip, other_story=slip, happened_on="no day")
        (tick,) = [node for node in tree_of(again).iter("input") if node.get("name") == "other_story"]
        assert tick.get("checked") is not None and "There is a story" not in words(main_of(again))
        assert self.send(admin_browser, slip, other_story=slip).status_code == 302
        assert Story.objects.filter(title=slip).exists()

    def test_it_is_asked_of_each_title_anew(self, admin_browser: Client) -> None:
        make_story(title="Khusham, February 2018", slug="khusham-february-2018")
        page = self.send(admin_browser, "Khusham, Febuary 2018", other_story="Khusham, Feb 2018")
        assert "There is a story" in words(main_of(page))

    def test_the_same_title_under_another_address_is_asked_about(self, admin_browser: Client) -> None:
        make_story(title="Khusham, February 2018", slug="khusham")
        page = self.send(admin_browser, "Khusham, February 2018", slug="khusham-2018")
        assert "There is a story “Khusham, February 2018”" in words(main_of(page))

    def test_nothing_is_asked_of_what_is_unlike_or_there_already(self, admin_browser: Client) -> None:
        story = make_story(title="Khusham, February 2018", slug="khusham-february-2018")
        assert self.send(admin_browser, "The flood").status_code == 302
        (hidden,) = [
            one for one in tree_of(admin_browser.get(self.ADD)).iter("input") if one.get("name") == "other_story"
        ]
        assert hidden.get("type") == "hidden"
        address = page_of(story)
        sent = {**filled_in(admin_browser, address), "title": "The floods"}
        assert "other_story" not in sent
        assert admin_browser.post(address, sent).status_code == 302
