"""The data of a story, for editors: what it is called, what it asks, and what these were before."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.editors.answer_forms import NOT_COUNTED
from articles.importing.outcomes import Outcome
from articles.importing.stories import import_story
from articles.models import Article, Changeset, Choice, Claim, Place, Question, Ruling, Story
from articles.pages.story_history import story_history
from articles.writing.editing import EditError
from articles.writing.passages import passages_of
from articles.writing.story_edits import StoryConflict, edit_story, story_parts, unanswered
from articles.writing.tagging import Act, Entry, edit_claim, stored
from tests.factories import (
    answer,
    make_article,
    make_choice,
    make_claim,
    make_editor,
    make_place,
    make_question,
    make_source,
    make_story,
)
from tests.pages import PageClient, by_id, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db
ADDRESS = "/stories/khusham/data/edit/"


@pytest.fixture
def story() -> Story:
    """It asks three things: a number that a claim gives, who did it, and where that was."""
    story = make_story()
    number = make_question(story=story, text="How many were kiled?")
    who = make_question(story=story, slug="who", text="Who fired?", kind="choice")
    where = make_question(story=story, slug="where", text="Where?", kind="place")
    for position, question in enumerate((number, who, where)):
        Question.objects.filter(pk=question.pk).update(position=position)
    make_choice(who, "rebels"), make_choice(who, "army")
    make_place(slug="town"), make_place(slug="village")
    make_claim(article=make_article(story=story), answers=[answer(number, 25)])
    return story


def fields_of(page: Any) -> dict[str, str]:
    form = next(one for one in main_of(page).iter("form"))
    found = {one.get("name"): one.get("value") or "" for one in form.iter("input") if one.get("type") != "checkbox"}
    for select in form.iter("select"):
        (found[select.get("name")],) = [
            one.get("value") for one in select.iter("option") if one.get("selected") is not None
        ]
    return found | {one.get("name"): (one.text or "").strip() for one in form.iter("textarea")}


def save(browser: Client, page: Any = None, **changes: str) -> Any:
    named = {name.replace("__", "-"): value for name, value in changes.items()}
    return browser.post(ADDRESS, {**fields_of(page or browser.get(ADDRESS)), **named})


def trouble(page: Any, status: int = 422) -> str:
    assert page.status_code == status
    return " ".join(words(node) for node in main_of(page).iter() if node.get("role") == "alert")


def asked(story: Story) -> list[str]:
    return list(Question.objects.of_story(story).values_list("slug", flat=True))


def test_what_is_corrected_stands_everywhere_at_once(editors_browser: PageClient, story: Story) -> None:
    reader = Client()
    assert "kiled" in reader.get("/stories/khusham/").content.decode()
    assert ADDRESS in links(main_of(editors_browser.get("/stories/khusham/")))
    assert ADDRESS not in reader.get("/stories/khusham/").content.decode()
    response = save(
        editors_browser,
        title="Khusham, February 2018",
        summary="One night.\r\nTwo accounts.",
        happened_on="2018-02-07",
        **{"text.how-many": "How many were killed?", "counted.how-many": "pro-regime fighters killed"},
        **{"label.who.army": "The army", "place.town": "The town"},
    )
    assert response.status_code == 302 and response["Location"] == f"{ADDRESS}?saved=data"
    assert "Saved." in words(main_of(editors_browser.get(response["Location"])))
    now = Story.objects.get()
    assert (now.title, now.summary, str(now.happened_on)) == (
        *("Khusham, February 2018", "One night.\nTwo accounts."),
        "2018-02-07",
    )
    question = Question.objects.get(slug="how-many")
    assert (question.text, question.counted) == ("How many were killed?", "pro-regime fighters killed")
    assert Choice.objects.get(slug="army").label == "The army" and Place.objects.get(slug="town").name == "The town"
    text = reader.get("/stories/khusham/").content.decode()
    assert "How many were killed?" in text and "kiled" not in text and "Khusham, February 2018" in text
    assert "How many were killed?" in reader.get("/articles/strikes/").content.decode()


def test_its_history_says_what_it_was(editors_browser: PageClient, story: Story, editor: User) -> None:
    assert story_history(story) == []
    save(editors_browser, title="Another night", **{"text.who": "Who shot?"})
    save(editors_browser)
    (change,) = story_history(story)
    assert [(one.part, one.before, one.after) for one in change.parts] == [
        ("Title", "Khusham", "Another night"),
        ("Question “Who fired?”", "Who fired?", "Who shot?"),
    ]
    assert change.changeset.editor == editor
    history = words(by_id(tree_of(editors_browser.get(ADDRESS)), "history"))
    assert "Khusham → Another night" in history and "Who fired? → Who shot?" in history


@pytest.mark.parametrize(
    ("slug", "place", "order"),
    [
        ("where", "1", ["where", "how-many", "who"]),
        ("how-many", "3", ["who", "where", "how-many"]),
        ("who", "3", ["how-many", "where", "who"]),
        ("who", "2", ["how-many", "who", "where"]),
        ("how-many", "99", ["who", "where", "how-many"]),
    ],
)
def test_questions_change_places(
    editors_browser: PageClient, story: Story, slug: str, place: str, order: list[str]
) -> None:
    save(editors_browser, **{f"order.{slug}": place})
    assert asked(story) == order


def test_a_question_that_nothing_answers_can_go(editors_browser: PageClient, story: Story) -> None:
    page = editors_browser.get(ADDRESS)
    boxes = {one.get("name") for one in main_of(page).iter("input") if one.get("type") == "checkbox"}
    assert boxes == {"gone.who", "gone.where"}
    assert "“How many were kiled?” has been answered" in trouble(save(editors_browser, **{"gone.how-many": "on"}))
    assert asked(story) == ["how-many", "who", "where"]
    save(editors_browser, **{"gone.who": "on", "text.who": "Who shot?"})
    assert asked(story) == ["how-many", "where"]
    assert not Choice.objects.exists()
    (change,) = story_history(story)
    assert [one.before for one in change.parts] == ["Who fired? (choice: Rebels, Army)"]
    assert change.changeset.details["removed"][0]["slug"] == "who"
    reader = Client()
    assert reader.get("/stories/khusham/who/").status_code == 410
    assert "was taken away" in reader.get("/stories/khusham/who/").content.decode()
    assert reader.get("/stories/khusham/whom/").status_code == 404
    assert reader.get("/stories/khusham/where/").status_code == 200


def test_one_that_has_been_answered_or_ruled_on_stays(story: Story, editor: User) -> None:
    filled = {name: part.value for name, part in story_parts(story).items()}
    assert unanswered(story) == {"who", "where"}
    with pytest.raises(EditError, match="has been answered"):
        edit_story(story, filled, {**filled, "title": "Never"}, ["how-many", "who"], editor)
    where = Question.objects.get(slug="where")
    one, other = make_source(name="One"), make_source(name="Other")
    Ruling.objects.create(question=where, one=one, other=other, says="agree", reason="So.", editor=editor)
    Question.objects.filter(pk=where.pk).update(has_rulings=True)
    with pytest.raises(EditError, match="has been answered"):
        edit_story(story, filled, filled, ["where"], editor)
    assert asked(story) == ["how-many", "who", "where"] and Story.objects.get().title == "Khusham"
    assert not Changeset.objects.of_story_data(story).exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"title": "elsewhere"}, "“Elsewhere” is another story."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"happened_on": "yesterday"}, "Enter a valid date"),
        ({"happened_on": "02/07/2018"}, "Enter a valid date"),
        ({"happened_on": "0018-02-07"}, "1900"),
        ({"text.who": " "}, "This field is required"),
        ({"counted.how-many": ""}, "This field is required"),
        ({"label.who.army": "Rebels"}, "“Rebels” is another answer to this question"),
        ({"place.town": "village"}, "“village” is another place of this story"),
        ({"place.town": ""}, "This field is required"),
        ({"title": "\u200f\u200f"}, "Nothing of this title can be seen. Write one with letters."),
        ({"text.who": "\u200b"}, "Nothing of this question can be seen."),
        ({"counted.how-many": "\u200f"}, "Nothing of this name can be seen."),
        ({"label.who.army": "\u200f"}, "Nothing of this answer can be seen."),
        ({"place.town": "\u3164"}, "Nothing of this name can be seen."),
        ({"order.who": "0"}, "greater than or equal to 1"),
        ({"order.who": "first"}, "Enter a whole number"),
    ],
)
def test_what_cannot_be_saved_is_told_and_kept(
    editors_browser: PageClient, story: Story, changes: dict[str, str], said: str
) -> None:
    make_story(slug="elsewhere", title="Elsewhere")
    page = save(editors_browser, **{"text.where": "Where was it?", **changes})
    assert said in trouble(page)
    assert fields_of(page)["text.where"] == "Where was it?"
    assert Question.objects.get(slug="where").text == "Where?"


def test_two_editors_who_change_different_parts_both_do(editors_browser: PageClient, story: Story) -> None:
    other = Client()
    other.force_login(make_editor("other"))
    mine = editors_browser.get(ADDRESS)
    assert save(other, title="Theirs").status_code == 302
    assert save(editors_browser, mine, **{"text.who": "Mine?"}).status_code == 302
    assert (Story.objects.get().title, Question.objects.get(slug="who").text) == ("Theirs", "Mine?")


def test_of_two_who_change_the_same_the_second_is_told(editors_browser: PageClient, story: Story) -> None:
    other = Client()
    other.force_login(make_editor("other"))
    mine = editors_browser.get(ADDRESS)
    save(other, title="Theirs", **{"text.who": "Theirs?"})
    page = save(editors_browser, mine, title="Mine", **{"text.where": "Mine?"})
    assert "Title is now: Theirs" in trouble(page, 409)
    assert Story.objects.get().title == "Theirs"
    kept = fields_of(page)
    assert (kept["title"], kept["text.where"], kept["text.who"]) == ("Mine", "Mine?", "Theirs?")
    assert save(editors_browser, page).status_code == 302
    assert Story.objects.get().title == "Mine"
    assert [one.text for one in Question.objects.of_story(story)][1:] == ["Theirs?", "Mine?"]


def test_a_question_that_has_gone_meanwhile(editors_browser: PageClient, story: Story) -> None:
    other = Client()
    other.force_login(make_editor("other"))
    mine = editors_browser.get(ADDRESS)
    save(other, **{"gone.who": "on"})
    page = save(editors_browser, mine, **{"text.who": "Mine?", "title": "Mine"})
    assert "has been taken away in the meantime, with what you wrote there: “Mine?”" in trouble(page)
    assert save(editors_browser, page).status_code == 302
    assert asked(story) == ["how-many", "where"] and Story.objects.get().title == "Mine"
    assert save(other, mine, title="Theirs").status_code == 409
    assert save(other, title="Theirs").status_code == 302


def test_what_has_come_meanwhile_hinders_nobody(editors_browser: PageClient, story: Story) -> None:
    mine = editors_browser.get(ADDRESS)
    make_choice(Question.objects.get(slug="who"), "nobody")
    make_question(story=story, slug="why", text="Why?", kind="words")
    make_place(slug="hamlet")
    assert save(editors_browser, mine, title="Mine").status_code == 302
    assert Story.objects.get().title == "Mine"
    assert Choice.objects.get(slug="nobody").label == "Nobody"
    assert set(asked(story)) == {"how-many", "who", "where", "why"}


def test_what_nobody_has_changed_counts_as_unchanged(editors_browser: PageClient, story: Story) -> None:
    """As files and the admin write it, and where rules are broken that came later."""
    Story.objects.update(summary="One.\r\nTwo.\n")
    make_story(slug="elsewhere", title="Khusham")
    Choice.objects.update(label="The same")
    mine = editors_browser.get(ADDRESS)
    assert save(editors_browser, mine, **{"text.who": "Who shot?"}).status_code == 302
    assert save(editors_browser, mine, **{"text.where": "Where was it?"}).status_code == 302
    assert Story.objects.get(slug="khusham").summary == "One.\r\nTwo.\n"
    assert [len(one.parts) for one in story_history(story)] == [1, 1]


def test_answers_with_like_slugs_are_told_apart(editors_browser: PageClient, story: Story) -> None:
    for slug, choice in (("a", "b-c"), ("a-b", "c")):
        make_choice(make_question(story=story, slug=slug, text=f"{slug}?", kind="choice"), choice)
    assert save(editors_browser, **{"label.a.b-c": "One", "label.a-b.c": "Other"}).status_code == 302
    assert [Choice.objects.get(slug=slug).label for slug in ("b-c", "c")] == ["One", "Other"]


def test_of_very_many_questions_one_is_corrected_at_a_time(
    editors_browser: PageClient, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.editors.story_form.MOST_QUESTIONS", 2)
    page = editors_browser.get(ADDRESS)
    assert not [name for name in fields_of(page) if name.startswith("text.")]
    assert f"{ADDRESS}?question=who" in links(main_of(page))
    page = editors_browser.get(f"{ADDRESS}?question=who")
    assert [name for name in fields_of(page) if name.startswith("text.")] == ["text.who"]
    assert save(editors_browser, page, **{"text.who": "Who shot?", "order.who": "3"}).status_code == 302
    assert Question.objects.get(slug="who").text == "Who shot?"
    assert asked(story) == ["how-many", "where", "who"]


def test_a_file_does_not_ask_again_what_was_taken_away(tmp_path: Path, editor: User) -> None:
    file = tmp_path / "night.toml"
    file.write_text(
        'title = "Night"\n[[question]]\nslug = "who"\ntext = "Who?"\nkind = "words"\n'
        '[[question]]\nslug = "why"\ntext = "Why?"\nkind = "words"\n'
    )
    import_story(file)
    story = Story.objects.get()
    filled = {name: part.value for name, part in story_parts(story).items()}
    edit_story(story, filled, filled, ["why"], editor)
    again = import_story(file)
    assert (again.outcome, again.notes) == (
        *(Outcome.UNCHANGED, ["“Why?” was taken away on the desk, and is not asked again."]),
    )
    assert asked(story) == ["who"]
    file.write_text(file.read_text().replace("Why?", "Why then?"))
    import_story(file)
    assert asked(story) == ["who", "why"]


def test_an_answer_to_what_was_taken_away_is_told(editors_browser: PageClient, story: Story) -> None:
    sent = {
        "at": "0:0-3",
        "source": "coalition",
        "token": "token",
        "q-why-value": "They had to.",
        "q-why-as_worded": "",
    }
    page = editors_browser.post("/articles/strikes/claims/new/", sent)
    assert "A question has been taken away in the meantime (why)" in words(main_of(page))
    assert Claim.objects.count() == 1


def test_a_part_that_nobody_knows_is_a_conflict(story: Story, editor: User) -> None:
    filled = {name: part.value for name, part in story_parts(story).items()}
    with pytest.raises(StoryConflict):
        edit_story(story, {**filled, "text.gone": "Gone?"}, {**filled, "text.gone": "New?"}, [], editor)


@pytest.mark.parametrize("filled", ["[]", "7", "nothing", '{"title": {"a": 1}}', "{}"])
def test_a_form_that_was_tampered_with_changes_nothing_by_mistake(
    editors_browser: PageClient, story: Story, filled: str
) -> None:
    page = save(editors_browser, filled=filled, title="Another")
    assert page.status_code in (409, 422)
    assert Story.objects.get().title == "Khusham"


def test_a_story_that_is_none(editors_browser: PageClient) -> None:
    assert editors_browser.get("/stories/nowhere/data/edit/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_its_queries_do_not_grow(
    editors_browser: PageClient, story: Story, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        make_choice(make_question(story=story, slug=f"q{number}", text=f"Q{number}?", kind="choice"), f"c{number}")
    with django_assert_max_num_queries(11):
        assert editors_browser.get(ADDRESS).status_code == 200


class TestWhatAnswersIt:
    """A number, a choice, a place or words: as long as nothing does."""

    @pytest.fixture
    def words_of(self, story: Story) -> Question:
        return make_question(story=story, slug="hurt", text="How many were hurt?", kind="words")

    def kind(self) -> tuple[str, str]:
        return Question.objects.values_list("kind", "counted").get(slug="hurt")

    def test_becomes_a_number_and_words_again(self, editors_browser: PageClient, words_of: Question) -> None:
        number = {"kind.hurt": "number", "counted.hurt": "people hurt"}
        assert save(editors_browser, **number).status_code == 302 and self.kind() == ("number", "people hurt")
        assert save(editors_browser, **{"kind.hurt": "words"}).status_code == 302 and self.kind() == ("words", "")
        history = words(by_id(tree_of(editors_browser.get(ADDRESS)), "history"))
        assert "What answers “How many were hurt?” words → number" in history
        assert "What “How many were hurt?” counts people hurt →" in history

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"kind.hurt": "number"}, "Say what is counted, and of whom"),
            ({"counted.hurt": "people hurt"}, NOT_COUNTED),
            ({"kind.hurt": "place", "counted.hurt": "people hurt"}, NOT_COUNTED),
            ({"kind.hurt": "robots"}, "Select a valid choice"),
        ],
        ids=str,
    )
    def test_goes_with_what_is_counted(
        self, editors_browser: PageClient, words_of: Question, changes: dict[str, str], said: str
    ) -> None:
        page = save(editors_browser, **changes)
        assert said in words(main_of(page)) and page.status_code == 422 and self.kind() == ("words", "")

    def test_choices_are_there_again_once_it_is_one_again(self, editors_browser: PageClient, story: Story) -> None:
        save(editors_browser, **{"kind.who": "words"})
        assert "label.who.army" not in fields_of(editors_browser.get(ADDRESS))
        save(editors_browser, **{"kind.who": "choice"})
        assert fields_of(editors_browser.get(ADDRESS))["label.who.army"] == "Army"

    def test_stays_once_something_does(self, editors_browser: PageClient, words_of: Question) -> None:
        page = editors_browser.get(ADDRESS)
        assert "kind.how-many" not in fields_of(page) and "kind.hurt" in fields_of(page)
        assert "or ruled on, so it stays answered by a number." in words(main_of(page))
        make_claim(article=Article.objects.get(), quote="the strikes", answers=[answer(words_of, "many")])
        refused = save(editors_browser, page, **{"kind.hurt": "place"})
        assert "“How many were hurt?” has been answered, or ruled on" in words(main_of(refused))
        assert self.kind() == ("words", "")
        assert save(editors_browser, refused, **{"kind.hurt": "words"}).status_code == 302

    def test_and_whoever_saves_without_the_form_is_told(self, story: Story, editor: User) -> None:
        filled = {name: part.value for name, part in story_parts(story).items()}
        with pytest.raises(EditError, match="to be answered by something else has just been answered"):
            edit_story(story, filled, {**filled, "kind.how-many": "words", "counted.how-many": ""}, (), editor)
        assert Question.objects.get(slug="how-many").kind == "number"

    def test_an_answer_of_the_old_kind_is_told(self, editors_browser: PageClient, words_of: Question) -> None:
        """That of an editor who opened the form before."""
        claim = make_claim(article=Article.objects.get(), quote="the strikes")
        whole = stored(claim.uid)
        assert whole
        old = Question.objects.get(pk=words_of.pk)
        save(editors_browser, **{"kind.hurt": "number", "counted.hurt": "people hurt"})
        entry = Entry(tuple(passages_of(whole)), whole.source, answers=(answer(old, "many"),))
        with pytest.raises(EditError, match="has been changed to be answered by something else in the meantime"):
            edit_claim(whole, entry, Act(make_editor("other")))
        assert not claim.answers.exists()
