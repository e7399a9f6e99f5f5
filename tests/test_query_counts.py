"""The queries of each page: their number is stated, and does not grow with what the page holds."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Changeset, Question
from articles.pages import finding_names
from articles.writing.editing import open_changeset
from articles.writing.publishing import save_metadata
from tests.factories import (
    answer,
    draft_claim,
    make_article,
    make_claim,
    make_claims,
    make_highlight,
    make_question,
    make_source,
    make_story,
    orphan,
)
from tests.htmx import HEADERS

pytestmark = pytest.mark.django_db

FEW, MANY = 2, 200
STAMP = 1

# For a reader. The reading page may take eight at most; with an answer that is a place it does.
STATED = {
    "/": 6,
    "/stories/": 5,
    # The articles with the story, its questions, the passages with their claims, the answers. The places, if an
    # answer is one, and the rulings, if there is one, make it six.
    "/stories/khusham/": 4,
    "/stories/khusham/how-many/": 4,
    # The question with its story first.
    "/embed/how-many/": 5,
    "/articles/": 3,
    "/articles/strikes/": 7,
    "/articles/strikes/?shown=source-1": 7,
    # The article, its versions, the paragraphs of two, their claims, highlights and answers.
    "/articles/strikes/changes/": 6,
    # The tallies; what four facets are of; the list; its claims with all around them, highlights, answers.
    "/claims/": 9,
    # Looks whether the source has been merged into another, and what the three slugs name.
    "/claims/?shown=source-1&story=khusham&question=how-many": 14,
    # The languages; what is found is counted one by one.
    "/claims/?q=n000": 9,
    "/claims/first/": 8,
    "/sources/": 2,
    "/sources/source-1/": 9,
    # The languages; articles, with a paragraph of each that holds most; claims, with their highlights; the names of
    # sources, stories and questions, with their stamp. What goes on on another page is counted besides.
    "/search/?q=n000": 7,
    "/search/?q=nothing": 5,
    # What is called so, of which a reader may know.
    "/search/?q=source": 6,
    "/search/": 0,
    # An outlet that claims nothing: its articles, and their numbers of claims.
    "/sources/coalition/": 7,
}
# Session, user, and whether the user or a group of theirs may edit.
SIGNED_IN = 3
# How much there is to do, in the masthead: whether it still holds. To count it takes another.
WORK = 1
# On a reading page, what marking needs: the sources and their numbers, suggestions to review.
# What claims of a list can be set to: sources, questions. How many there are of each status that is not shown.
SETTING = 2
STATUSES = 2
# Where tallies are read, those of drafts are added to those of readers.
TALLIES = 2
MARKING = 3
# The two sources on which a ruling can be made.
RULING = 2
# The card is the same for everybody; only the time that it took is for staff.
SESSION_AND_USER = 2
# Where what stories are said to hold is kept.
STORIES_KEPT = {"/": 3, "/stories/": 2}
# For an editor, besides these: the lists of work (two queries for each of claims that has rows, four for those without
# an answer, one for each of articles), the form for a new article, and the page of one's data.
FOR_EDITORS = {
    "/work/": 15,
    "/work/?list=unanswered": 5,
    "/work/?list=unread": 2,
    "/articles/new/": 5,
    "/articles/strikes/edit/": 11,
}


def fill(count: int) -> None:
    """A story of two articles, the first with this many claims by several sources, each with an answer."""
    story = make_story()
    question, where = make_question(story=story), make_question(story=story, slug="why", kind="words")
    text = " ".join(f"n{number:03}" for number in range(count))
    before = make_article(slug="before", paragraphs=[text], story=story)
    article = make_article(paragraphs=[text, *["More."] * count], story=story, revises=before, outlet=make_source())
    sources = [make_source(name=f"Source {number}", code="ABCDEFGHIJ"[number] * 3) for number in range(10)]
    first = make_claim(article=before, source=sources[1], quote="n000")
    make_claims(
        [
            draft_claim(
                article,
                source=sources[(number + 1) % min(count, 10)],
                quote=f"n{number:03}",
                speaker=f"Speaker {number}",
                answers=[answer(question, number), answer(where, "because")],
                **({"uid": "first", "continues": first} if number == 0 else {}),
            )
            for number in range(count)
        ]
    )
    other = make_article(slug="other", paragraphs=[text], story=story)
    make_claim(article=other, source=sources[0], quote="n001", answers=[answer(question, 7)])


def queries(address: str, client: Client | None = None, *, kept: bool = False, **headers: str) -> int:
    """A reader's are counted with nothing kept from an earlier page, unless told; and without that of the stamp by
    which their page is told from older ones."""
    if not kept:
        finding_names._kept.clear()
    if not client and not kept:
        cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = (client or Client()).get(address, headers=headers)
    assert response.status_code == 200, address
    return len(captured) - (STAMP if "ETag" in response else 0)


@pytest.mark.parametrize("count", [FEW, MANY])
def test_the_queries_of_each_page(count: int) -> None:
    fill(count)
    assert {address: queries(address) for address in STATED} == STATED


def test_the_reading_page_takes_eight_at_most() -> None:
    assert max(number for address, number in STATED.items() if address.startswith("/articles/strikes/")) <= 8


def test_a_page_that_is_kept_takes_none_but_for_its_stamp() -> None:
    fill(FEW)
    queries("/articles/strikes/")
    assert queries("/articles/strikes/", kept=True) == 0
    assert queries("/articles/strikes/", kept=True, **HEADERS) == 1


@pytest.mark.parametrize(("address", "number"), STORIES_KEPT.items())
def test_stories_that_did_not_move_take_none(address: str, number: int) -> None:
    fill(FEW)
    queries(address, **HEADERS)
    assert queries(address, kept=True, **HEADERS) == number


def test_answers_to_htmx_take_no_more_than_pages() -> None:
    fill(FEW)
    for address, number in STATED.items():
        assert queries(address, **HEADERS) == number, address


@pytest.mark.parametrize("count", [FEW, MANY])
def test_an_editor_costs_a_few_more_whatever_there_is(count: int, editor: Any) -> None:
    fill(count)
    client = Client()
    client.force_login(editor)
    assert queries("/", client) == STATED["/"] + SIGNED_IN + WORK + 1
    found = {address: queries(address, client) for address in STATED}
    more = {address: MARKING for address in STATED if address.startswith("/articles/strikes/")}
    more["/articles/strikes/changes/"] = 0
    more |= {"/stories/khusham/how-many/": RULING, "/embed/how-many/": SESSION_AND_USER - SIGNED_IN - WORK}
    # What is suggested is not among the claims that a source's page counts.
    more |= dict.fromkeys(["/sources/source-1/", "/sources/coalition/"], 1)
    lists = [address for address in STATED if address.startswith("/claims/") and "first" not in address]
    more |= dict.fromkeys(lists, SETTING + STATUSES) | {"/claims/": SETTING + STATUSES + TALLIES}
    stated = STATED | STORIES_KEPT
    assert found == {address: number + SIGNED_IN + WORK + more.get(address, 0) for address, number in stated.items()}


@pytest.mark.parametrize("count", [FEW, MANY])
def test_the_queries_of_pages_for_editors(count: int, editor: Any) -> None:
    fill(count)
    article = Article.objects.get(slug="strikes")
    for number in range(count):
        for status in ("suggested", "accepted", "rejected"):
            make_claim(article=article, highlights=[make_highlight(article, "More.")], status=status)
        make_claim(article=article, highlights=[orphan("lost")])
        make_article(slug=f"draft-{number}", status="draft")
        article.title = f"Title {number}"
        save_metadata(article, ["title"], open_changeset(Changeset.Kind.EDIT, editor, article))
    client = Client()
    client.force_login(editor)
    queries("/", client)
    found = {address: queries(address, client) - SIGNED_IN - WORK for address in FOR_EDITORS}
    assert found == FOR_EDITORS


def test_many_articles_and_stories_cost_no_more() -> None:
    fill(FEW)
    for number in range(30):
        story = make_story(title=f"Story {number}", slug=f"story-{number}")
        question = make_question(story=story, slug=f"question-{number}")
        article = make_article(slug=f"article-{number}", story=story, outlet=make_source(name="Outlet", code="OUT"))
        for source in ("A", "B"):
            make_claim(
                article=article,
                source=make_source(name=source, code=source * 2),
                answers=[answer(question, ord(source))],
            )
    for address in ("/", "/stories/", "/articles/", "/claims/", "/sources/"):
        assert queries(address) == STATED[address], address


def test_a_claim_in_many_pieces_costs_no_more() -> None:
    fill(FEW)
    article = Article.objects.get(slug="strikes")
    pieces = [make_highlight(article, "More.", occurrence=number) for number in (1, 2)]
    claim = make_claim(article=article, source=make_source(name="Source 1"), highlights=pieces)
    assert queries("/articles/strikes/") == STATED["/articles/strikes/"]
    assert queries(claim.get_absolute_url()) <= STATED["/claims/first/"]


# What an editor's htmx takes to save, with the three of the session. A claim whose source and one answer, a number,
# are known; more for an answer that is a choice or a place, and where what the article says changes. Four to seven of
# them keep lists and counts.
SAVES = {"new": 27, "edit": 35, "retag": 30, "delete": 31, "undo": 36}


def saves(client: Client, at: int) -> dict[str, int]:
    """A claim's life, within one paragraph that has others."""
    found: dict[str, int] = {}

    def save(name: str, address: str, **data: Any) -> str:
        sent = {"token": f"{name}-{at}", **data}
        headers = {**HEADERS, "HX-Current-URL": "http://testserver/articles/strikes/"}
        with CaptureQueriesContext(connection) as captured:
            response = client.post(address, sent, headers=headers)
        assert response.status_code == 200, response.content.decode()
        found[name] = sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)
        return response.headers["HX-Trigger-After-Settle"]

    said = {"at": "0:0-4", "source": "source-1", "q-how-many-value": "0"}
    told = save("new", "/articles/strikes/claims/new/", **said)
    (uid,) = json.loads(told)["newsdesk:done"]["claims"]
    save("edit", f"/claims/{uid}/edit/", based_on=1, **{**said, "at": "0:0-9", "speaker": "Somebody"})
    save("retag", f"/claims/{uid}/act/", act="retag", source="source-0", based_on=2)
    save("delete", f"/claims/{uid}/act/", act="delete", based_on=3)
    save("undo", f"/changes/{Changeset.objects.get(token=f'delete-{at}').uid}/undo/")
    return found


@pytest.mark.parametrize("count", [FEW, MANY])
def test_the_queries_of_a_save(count: int, editor: Any) -> None:
    fill(count)
    article = Article.objects.get(slug="strikes")
    question = Question.objects.get(slug="how-many")
    for source in ("Source 0", "Source 1"):
        make_claim(article=article, source=make_source(name=source), quote="n000", answers=[answer(question, 0)])
    client = Client()
    client.force_login(editor)
    saves(client, 0)
    assert saves(client, 1) == SAVES
