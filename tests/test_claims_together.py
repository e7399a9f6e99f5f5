"""Several claims of the list set at once, by editors."""

from typing import Any

import pytest

from articles.models import Answer, Changeset, Claim, Source
from tests.factories import make_article, make_claim, make_question, make_source, make_story
from tests.pages import PageClient, by_id, links, main_of, tree_of, words

pytestmark = pytest.mark.django_db

ADDRESS = "/claims/set-together/"


@pytest.fixture
def claims() -> list[Claim]:
    article = make_article(paragraphs=["One and two and three."], story=make_story())
    make_source(name="SANA", tone=2)
    return [make_claim(article=article, quote=quote) for quote in ("One", "two", "three")]


def ticks(response: Any) -> list[str]:
    return [field.get("value") for field in tree_of(response).iter("input") if field.get("name") == "chosen"]


def send(browser: PageClient, act: str, value: str, chosen: list[str], query: str = "") -> Any:
    return browser.post(ADDRESS, {"act": act, act: value, "chosen": chosen, "list": query})


def test_a_source_is_set_for_those_ticked_and_undone(claims: list[Claim], editors_browser: PageClient) -> None:
    chosen = ticks(editors_browser.get("/claims/"))
    assert len(chosen) == 3
    response = send(editors_browser, "source", "sana", chosen[:2], "shown=coalition")
    assert [str(claim.source) for claim in Claim.objects.order_by("reading_order")] == ["SANA", "SANA", "Coalition"]
    changeset = Changeset.objects.get(kind="bulk")
    assert response["Location"] == f"/claims/?shown=coalition&done={changeset.uid}"
    undo = by_id(tree_of(editors_browser.get(response["Location"])), f"done-{changeset.uid}").find("form")
    fields = {field.get("name"): field.get("value") for field in undo.iter("input")}
    back = editors_browser.post(undo.get("action"), fields)
    assert back["Location"].startswith("/claims/?shown=coalition&done=")
    assert {str(claim.source) for claim in Claim.objects.all()} == {"Coalition"}


@pytest.mark.parametrize("written", ["SANA", "sana", "Syrian Arab News Agency", "SAN"])
def test_a_source_goes_by_any_of_its_names_and_its_code(
    claims: list[Claim], editors_browser: PageClient, written: str
) -> None:
    sana = Source.objects.get(name="SANA")
    sana.aliases.create(name="Syrian Arab News Agency")
    Source.objects.filter(pk=sana.pk).update(code="SAN")
    assert send(editors_browser, "source", written, [f"{claims[0].uid}:1"]).status_code == 302
    assert Claim.objects.get(pk=claims[0].pk).source == sana


def test_a_status_and_a_question_of_words(claims: list[Claim], editors_browser: PageClient) -> None:
    question = make_question(slug="why", text="Why?", kind="words")
    send(editors_browser, "status", "rejected", [f"{claims[0].uid}:1"])
    send(editors_browser, "question", "why", [f"{claims[1].uid}:1"])
    claims[0].refresh_from_db()
    assert claims[0].status == "rejected"
    assert Answer.objects.get(question=question).claim == claims[1]


@pytest.mark.parametrize(
    ("act", "value", "said"),
    [
        ("source", "", "Name a source first"),
        ("source", "nobody", "There is no source “nobody”"),
        ("question", "", "Choose a question first"),
        ("status", "", "Choose a status first"),
    ],
)
def test_what_was_not_chosen_is_said(
    claims: list[Claim], editors_browser: PageClient, act: str, value: str, said: str
) -> None:
    response = send(editors_browser, act, value, [f"{claims[0].uid}:1"])
    assert response.status_code == 422 and said in words(main_of(response))


def test_a_source_that_is_not_known_can_be_named_again(claims: list[Claim], editors_browser: PageClient) -> None:
    chosen = ticks(editors_browser.get("/claims/"))
    page = main_of(send(editors_browser, "source", "sanna", chosen, "shown=coalition"))
    (form,) = page.iter("form")
    fields = [(field.get("name"), field.get("value")) for field in form.iter("input")]
    assert [value for name, value in fields if name == "chosen"] == chosen
    assert {("list", "shown=coalition"), ("source", "sanna")} <= set(fields)
    assert [option.get("value") for option in form.iter("option")] == ["SANA"]
    assert words(form.find(".//button")) == "Set for the 3 claims ticked"
    assert send(editors_browser, "source", "SANA", chosen, "shown=coalition").status_code == 302


def test_nothing_ticked_is_said(claims: list[Claim], editors_browser: PageClient) -> None:
    response = send(editors_browser, "source", "sana", [], "shown=coalition&done=1")
    assert response.status_code == 422 and "Tick the claims first" in words(main_of(response))
    assert links(main_of(response)) == {"/claims/?shown=coalition": "Back to the list"}


def test_what_was_done_is_said_and_how_many(claims: list[Claim], editors_browser: PageClient) -> None:
    response = send(editors_browser, "status", "rejected", [f"{claim.uid}:1" for claim in claims[:2]])
    done = by_id(tree_of(editors_browser.get(response["Location"])), f"done-{Changeset.objects.get(kind='bulk').uid}")
    assert words(done.find("p")) == "Status: rejected, for 2 claims."
    assert done.find(".//kbd") is None


def test_one_changed_meanwhile_stops_all(claims: list[Claim], editors_browser: PageClient) -> None:
    chosen = [f"{claims[0].uid}:1", f"{claims[1].uid}:9"]
    assert send(editors_browser, "source", "sana", chosen).status_code == 409
    assert {str(claim.source) for claim in Claim.objects.all()} == {"Coalition"}


def test_one_deleted_meanwhile_stops_all(claims: list[Claim], editors_browser: PageClient) -> None:
    chosen = [f"{claims[0].uid}:1", "gone:1"]
    assert send(editors_browser, "source", "sana", chosen).status_code == 422


def test_readers_see_no_ticks_and_may_not(claims: list[Claim], reader: PageClient) -> None:
    assert ticks(reader.get("/claims/")) == []
    assert send(reader, "source", "sana", [f"{claims[0].uid}:1"]).status_code == 401


def test_the_questions_offered_are_those_of_the_stories_in_the_list(
    claims: list[Claim], editors_browser: PageClient
) -> None:
    make_question(slug="why", text="Why?", kind="words")
    other = make_story(slug="elsewhere")
    make_question(slug="whence", text="Whence?", kind="words", story=other)

    def offered(query: str = "") -> list[str]:
        select = by_id(tree_of(editors_browser.get(f"/claims/{query}")), "together-question")
        return [option.get("value") for option in select.iter("option")]

    assert offered() == ["", "why"]
    make_claim(article=make_article(slug="b", story=other, paragraphs=["Four."]), quote="Four.")
    assert set(offered()) == {"", "why", "whence"}
    assert offered("?story=elsewhere") == ["", "whence"]
