"""A source that goes with the claim for which it was made, while somebody else is about to use it."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from django.contrib.auth.models import AnonymousUser

from articles.models import Article, Changeset, Claim, Source
from articles.writing import undoing
from articles.writing.editing import EditError
from articles.writing.passages import read_passages
from articles.writing.tagging import Act, Entry, add_claim
from articles.writing.undoing import undo
from tests.factories import make_article, make_claim, make_source
from tests.test_concurrency import WAIT, at_once, creates, desk, edits, held_once_written, sets, unrecorded

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["desk"]
WRITERS = pytest.mark.parametrize("write", [creates, edits, sets])


@pytest.fixture
def made(desk: Path | None) -> Changeset:
    """A claim with a new source in one article; one of another source in the other, to be changed or added to."""
    make_claim(article=make_article(slug="own"), source=make_source(name="Army"), uid="aaaa")
    article = make_article(slug="other")
    passages = read_passages(["0:0-13"], article)
    entry = Entry(tuple(passages), make_source(name="Ghost"), is_source_new=True)
    return add_claim(article, entry, Act(AnonymousUser()))


def is_told(raised: BaseException | None) -> bool:
    """Those who set many read the claims once more, and see them without a source."""
    said = ("has been taken away in the meantime: choose another", "may have no source: choose one.")
    return isinstance(raised, EditError) and any(words in str(raised) for words in said)


def ghost() -> Source:
    return Source.objects.get(name="Ghost")


@WRITERS
def test_whoever_comes_too_late_is_told(desk: Path | None, made: Changeset, write: Callable[..., None]) -> None:
    read, gone = Event(), Event()

    def writer() -> None:
        source, article = ghost(), Article.objects.get(slug="own")
        read.set()
        assert gone.wait(WAIT)
        write("aaaa", article, source)

    def undoer() -> None:
        assert read.wait(WAIT)
        undo(made, AnonymousUser())
        gone.set()

    told, none = at_once(desk, writer, undoer)
    assert is_told(told) and none is None
    assert not Source.objects.filter(name="Ghost").exists() and unrecorded() == []


@WRITERS
def test_so_is_whoever_comes_while_it_goes(
    desk: Path | None, made: Changeset, write: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    going, take_away = Event(), undoing.take_new_source_away

    def and_wait(*changesets: Changeset) -> None:
        take_away(*changesets)
        going.set()
        Event().wait(0.5)

    monkeypatch.setattr(undoing, "take_new_source_away", and_wait)
    source, article = ghost(), Article.objects.get(slug="own")

    def writer() -> None:
        assert going.wait(WAIT)
        write("aaaa", article, source)

    told, none = at_once(desk, writer, lambda: undo(made, AnonymousUser()))
    assert is_told(told) and none is None
    assert not Source.objects.filter(name="Ghost").exists() and unrecorded() == []


@WRITERS
def test_it_stays_for_whoever_was_first(
    desk: Path | None, made: Changeset, write: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = held_once_written(monkeypatch)

    def undoer() -> None:
        assert written.wait(WAIT)
        undo(made, AnonymousUser())

    source, article = ghost(), Article.objects.get(slug="own")
    assert at_once(desk, lambda: write("aaaa", article, source), undoer) == [None, None]
    assert Claim.objects.filter(article__slug="own", source=ghost()).exists() and unrecorded() == []
    assert not Claim.objects.filter(article__slug="other", source=ghost()).exists()
