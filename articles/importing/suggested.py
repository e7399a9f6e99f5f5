"""Suggestions on import: for each article that was made or changed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from articles.models import Article, Changeset
from articles.suggestions.making import suggest


@contextmanager
def suggesting(write: Callable[[str], object] | None) -> Iterator[None]:
    """Around an import. What became of each article is written as a line; nothing is done without `write`."""
    before = Changeset.objects.last_key()
    yield
    for article in Article.objects.imported_since(before).for_suggesting() if write else []:
        assert write
        write(f"{article.slug}: {suggest(article)}")
