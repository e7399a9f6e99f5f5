"""The history of an article's metadata, in words."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Changeset, Story
from articles.pages.article_history import PartChanged, metadata_history
from articles.writing.editing import open_changeset
from articles.writing.publishing import save_metadata, set_status
from tests.factories import make_article, make_source, make_story

pytestmark = pytest.mark.django_db


def change(article: Article, editor: User, **values: object) -> None:
    for name, value in values.items():
        setattr(article, name, value)
    save_metadata(article, values, open_changeset(Changeset.Kind.EDIT, editor, article))


def parts(article: Article) -> list[tuple[str, str, str]]:
    return [(one.part, one.before, one.after) for one in metadata_history(article)[0].parts]


def test_what_nobody_changed_has_none() -> None:
    assert metadata_history(make_article()) == []


def test_who_changed_what_newest_first(editor: User) -> None:
    article = make_article()
    change(article, editor, title="Night strikes", byline="A. B.")
    set_status(article, Article.Status.WITHDRAWN, "A hoax.", editor)
    last, first = metadata_history(article)
    assert (first.number, first.changeset.editor) == (2, editor)
    assert first.parts == (
        PartChanged("Title", "Strikes in Syria", "Night strikes"),
        PartChanged("Byline", "", "A. B."),
    )
    assert [part.part for part in last.parts] == ["Status", "Notice of withdrawal"]


def test_stories_and_outlets_are_called_by_their_names_while_they_are_there(editor: User) -> None:
    article = make_article()
    story, outlet = make_story(title="The night near Khusham"), make_source(name="Wire", kind="outlet")
    change(article, editor, story=story, outlet=outlet)
    assert parts(article) == [("Story", "", "The night near Khusham"), ("Outlet", "", "Wire")]
    change(article, editor, story=None)
    Story.objects.all().delete()
    assert parts(article) == [("Story", "khusham", "")]


def test_languages_and_inferred_parts_are_called_by_their_names(editor: User) -> None:
    article = make_article(language="en")
    change(article, editor, language="pt-BR", inferred=["title", "published_at"])
    assert parts(article) == [
        ("Language", "English (en)", "Brazilian Portuguese (pt-BR)"),
        ("Inferred", "", "title, date of publication"),
    ]
    change(article, editor, language="tlh")
    assert parts(article) == [("Language", "Brazilian Portuguese (pt-BR)", "tlh")]


@pytest.mark.parametrize(
    ("offset", "known", "said"),
    [
        (0, False, "8 February 2018, time not known, UTC+00:00"),
        (-300, True, "8 February 2018, 07:30, UTC−05:00"),
        (330, True, "8 February 2018, 18:00, UTC+05:30"),
    ],
)
def test_times_stand_on_the_clock_of_the_outlet(editor: User, offset: int, known: bool, said: str) -> None:
    article = make_article()
    moment = datetime(2018, 2, 8, 12, 30, tzinfo=UTC)
    change(article, editor, published_at=moment, published_offset=offset, published_time_known=known)
    assert parts(article) == [("Published", "", said)]


def test_many_changes_cost_as_many_queries_as_one(editor: User, django_assert_num_queries: Any) -> None:
    article = make_article(story=make_story(), outlet=make_source(kind="outlet"))
    for number in range(30):
        change(article, editor, byline=str(number))
    with django_assert_num_queries(3):
        assert len(metadata_history(article)) == 30
