"""Stamps: whatever changes what a reader's page shows moves the stamp under which it is kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db.models import F

from articles.models import Answer, Article, Changeset, Choice, Claim, Place, Question, Revision, Source, Story
from articles.snapshots import Draft
from articles.writing.bulk import set_source, set_status
from articles.writing.checking import check_claims
from articles.writing.editing import changing, create_claims, delete_claims, open_changeset
from articles.writing.merging import last_merge, merge, unmerge
from articles.writing.publishing import set_status as set_article_status
from articles.writing.restoring import restore
from tests.factories import (
    make_article,
    make_choice,
    make_claim,
    make_highlight,
    make_question,
    make_source,
    make_story,
)
from tests.kept import how_many_are_kept
from tests.pages import PageClient

pytestmark = pytest.mark.django_db

ADDRESS = "/articles/strikes/"
TEXT = "The coalition said the strikes were an act of self-defence. SANA said it was aggression. Nobody was hurt."
Write = Callable[[User], object]


@pytest.fixture
def desk() -> None:
    """Two articles of one story that contradict each other, and a later version of the first."""
    story = make_story()
    question = make_question(story=story, slug="what", text="What was it?", kind="choice")
    defence, aggression = make_choice(question, "defence"), make_choice(question, "aggression")
    outlet = make_source(name="Daily", kind="outlet", tone=9)
    article = make_article(paragraphs=[TEXT], story=story, outlet=outlet)
    other = make_article(paragraphs=[TEXT], story=story, slug="other")
    make_article(paragraphs=[TEXT], story=story, slug="strikes-2", revises=article, status="draft")
    make_claim(
        quote="self-defence",
        article=article,
        answers=[Answer(question=question, choice=defence, as_worded="self-defence")],
    )
    make_claim(
        quote="it was aggression",
        article=other,
        source=make_source(name="SANA", tone=2),
        answers=[Answer(question=question, choice=aggression, as_worded="aggression")],
    )


def region(response: Any) -> bytes:
    """What is kept. Around it stands the way to sign in, which leads back to the address as it was asked for."""
    content: bytes = response.content
    return content.partition(b"<main")[2].partition(b"</main>")[0]


def first() -> Claim:
    return Claim.objects.get(article__slug="strikes")


def other() -> Claim:
    return Claim.objects.get(article__slug="other")


def change(claim: Claim, editor: User, **values: object) -> None:
    with changing([claim], open_changeset(Changeset.Kind.EDIT, editor)):
        Claim.objects.filter(pk=claim.pk).update(**values)


def save(row: object, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()  # type: ignore[attr-defined]


def create(editor: User) -> None:
    article = Article.objects.get(slug="strikes")
    draft = Draft(Claim(article=article, source=make_source()), [make_highlight(article, "Nobody was hurt")])
    create_claims([draft], open_changeset(Changeset.Kind.CREATE, editor))


def delete_and_restore(editor: User) -> None:
    claim = first()
    delete_claims([claim], open_changeset(Changeset.Kind.DELETE, editor))
    make_claim(quote="Nobody was hurt", article=Article.objects.get(slug="strikes"))
    restore(Revision.objects.of_claims([claim.uid]).order_by("version")[0], editor)


def merge_and_unmerge(editor: User) -> None:
    sana, agency = Source.objects.get(slug="sana"), make_source(name="Agency", tone=5)
    merge(sana, agency, editor)
    unmerge(last_merge(Source.objects.get(slug="sana")), editor)
    merge(Source.objects.get(slug="sana"), agency, editor)


WRITES: dict[str, Write] = {
    "a claim is made": create,
    "a claim is edited": lambda editor: change(first(), editor, speaker="A spokesman"),
    "a claim is deleted": lambda editor: delete_claims([first()], open_changeset(Changeset.Kind.DELETE, editor)),
    "a claim is deleted, another made, the first restored": delete_and_restore,
    "a source is set for several": lambda editor: set_source([first()], Source.objects.get(slug="sana"), editor),
    "claims are rejected": lambda editor: set_status([first()], Claim.Status.REJECTED, editor),
    "a claim of another article is rejected": lambda editor: set_status([other()], Claim.Status.REJECTED, editor),
    "sources are merged": lambda editor: merge(
        Source.objects.get(slug="sana"), make_source(name="Agency", tone=5), editor
    ),
    "sources are merged, separated, merged": merge_and_unmerge,
    "the outlet is merged": lambda editor: merge(
        Source.objects.get(slug="daily"), make_source(name="Weekly", kind="outlet", tone=8), editor
    ),
    "a source is renamed": lambda editor: save(Source.objects.get(slug="sana"), name="State agency"),
    "a source gets another tone": lambda editor: save(Source.objects.get(slug="coalition"), tone=7),
    "the outlet is renamed": lambda editor: save(Source.objects.get(slug="daily"), name="The Daily"),
    "a question is reworded": lambda editor: save(Question.objects.get(), text="Which was it?"),
    "a choice is reworded": lambda editor: save(Choice.objects.get(slug="aggression"), label="an attack"),
    "the story is renamed": lambda editor: save(Story.objects.get(), title="The night"),
    "the title is corrected": lambda editor: save(Article.objects.get(slug="strikes"), title="Strikes, corrected"),
    "the next version is published": lambda editor: set_article_status(
        Article.objects.get(slug="strikes-2"), Article.Status.PUBLISHED
    ),
    "the other article goes to another story": lambda editor: save(
        Article.objects.get(slug="other"), story=make_story(slug="elsewhere")
    ),
    "the other article is withdrawn": lambda editor: set_article_status(
        Article.objects.get(slug="other"), Article.Status.WITHDRAWN
    ),
}


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_readers_see_it_in_the_very_next_page_when(reader: PageClient, editor: User, write: Write) -> None:
    before = reader.get(ADDRESS).content
    write(editor)
    after = reader.get(ADDRESS).content
    cache.clear()
    assert after == reader.get(ADDRESS).content
    assert after != before


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("client", ["reader", "editors_browser"])
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_what_the_list_of_stories_says_is_true_after(
    request: pytest.FixtureRequest, editor: User, write: Write, client: str
) -> None:
    browser = request.getfixturevalue(client)
    assert "What was it?" in browser.get("/stories/").content.decode()
    write(editor)
    after = region(browser.get("/stories/"))
    cache.clear()
    assert after == region(browser.get("/stories/"))


@pytest.mark.usefixtures("desk")
def test_a_place_that_is_put_within_another_moves_the_stamp_of_its_story() -> None:
    before = Story.objects.get().stamp
    Place.objects.create(story=Story.objects.get(), slug="khusham-town", name="Khusham")
    assert Story.objects.get().stamp > before


@pytest.mark.usefixtures("desk")
def test_a_page_is_made_once(reader: PageClient, django_assert_num_queries: Callable[..., object]) -> None:
    first_time = reader.get(ADDRESS).content
    with django_assert_num_queries(1):
        assert reader.get(ADDRESS).content == first_time


@pytest.mark.usefixtures("desk")
def test_an_editors_page_is_made_anew_and_kept_for_nobody(reader: PageClient, editors_browser: PageClient) -> None:
    make_claim(
        quote="Nobody was hurt", article=Article.objects.get(slug="strikes"), status="suggested", speaker="Ghost"
    )
    assert "Ghost" in editors_browser.get(ADDRESS).content.decode()
    assert "Ghost" not in reader.get(ADDRESS).content.decode()
    assert "Ghost" in editors_browser.get(ADDRESS).content.decode()


@pytest.mark.usefixtures("desk")
def test_a_repair_moves_the_stamp(reader: PageClient) -> None:
    Claim.objects.filter(pk=first().pk).update(reading_order=None)
    empty = reader.get(ADDRESS).content
    assert [problem.repaired for problem in check_claims(repair=True)] == [True]
    assert reader.get(ADDRESS).content != empty


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    "same", ["?shown=coalition&shown=coalition", "?shown=%63oalition", "?shown=coalition&", "?shown=&shown=coalition"]
)
def test_one_filter_is_kept_once_however_it_is_written(
    reader: PageClient, django_assert_num_queries: Callable[..., object], same: str
) -> None:
    part = region(reader.get(f"{ADDRESS}?shown=coalition"))
    # Another address is another page, of which only the part is kept: its stamp, and the article.
    with django_assert_num_queries(2):
        assert region(reader.get(ADDRESS + same)) == part


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("query", ["?shown=nobody", "?utm=x", "?shown=coalition&x=1"])
def test_made_up_addresses_are_not_kept(reader: PageClient, query: str) -> None:
    cache.clear()
    assert reader.get(ADDRESS + query).status_code == 200
    assert how_many_are_kept() == 0


@pytest.mark.usefixtures("desk")
def test_each_filter_and_each_host_has_a_page_of_its_own(reader: PageClient) -> None:
    pages = {
        reader.get(ADDRESS).content,
        reader.get(f"{ADDRESS}?shown=coalition").content,
        reader.get(ADDRESS, headers={"host": "localhost"}).content,
        reader.get(ADDRESS, secure=True).content,
    }
    assert len(pages) == 4


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("model", [Article, Story])
def test_a_row_that_was_read_a_while_ago_brings_no_old_stamp_back(model: Any) -> None:
    """Under an old stamp older pages may be kept."""
    row = model.objects.order_by("pk").first()
    before = row.stamp
    for _ in range(3):
        model.objects.filter(pk=row.pk).update(stamp=F("stamp") + 1)
    row.save()
    assert model.objects.get(pk=row.pk).stamp == row.stamp > before + 3


@pytest.mark.usefixtures("desk")
def test_what_is_saved_twice_moves_the_stamp_twice() -> None:
    story, stamps = Story.objects.get(), []
    for title in ("One", "Other"):
        save(story, title=title)
        stamps.append(Story.objects.get().stamp)
    assert stamps[0] < stamps[1]


@pytest.mark.usefixtures("desk")
def test_a_story_that_is_loaded_says_what_stands_in_the_database() -> None:
    story = Story.objects.get()
    question = Question.objects.create(story=story, slug="why", text="Why?", kind="choice")
    Choice.objects.create(question=question, slug="because", label="Because")
    Place.objects.create(story=story, slug="khusham-town", name="Khusham")
    assert story.stamp == Story.objects.get().stamp
