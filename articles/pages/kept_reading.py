"""The part of the reading page that its readers share: made once, kept under the stamps it was made with."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest

from articles.kept_pages import not_to_be_kept, release
from articles.models import Article
from articles.models.roles import Visitor, is_editor
from articles.pages.fragments import announcement, reading_html
from articles.pages.reading import Reading, read

SECONDS = 3600


@dataclass(frozen=True, slots=True)
class ReadingPart:
    """Rendered: the region that htmx swaps, and what the live region says of it. `shown` names the sources that
    a filter shows; the numbers are for the page's head."""

    body: str
    announcement: str
    shown: str
    claims: int
    sources: int


def reading_part(request: HttpRequest, article: Article, visitor: Visitor, shown: Sequence[str]) -> ReadingPart:
    """No query if it is kept, and those of `read` if not.

    Kept for readers only, who all see the same; an editor's is always made anew. Nor is kept what an address
    asks for that no link of ours does, so that made-up addresses cannot crowd out the others.
    """
    if is_editor(visitor) or request.GET.keys() - {"shown"}:
        return _part(request, read(article, visitor, shown), visitor)
    key = _key(request, article, shown)
    part: ReadingPart | None = cache.get(key)
    if part is None:
        reading = read(article, visitor, shown)
        part = _part(request, reading, visitor)
        if reading.unknown or reading.absent:
            not_to_be_kept(request)
        else:
            cache.set(key, part, SECONDS)
    return part


def _part(request: HttpRequest, reading: Reading, visitor: Visitor) -> ReadingPart:
    return ReadingPart(
        body=reading_html(reading, request, is_editor=is_editor(visitor)),
        announcement=announcement(reading),
        shown=", ".join(reading.names_shown) if reading.shown else "",
        claims=reading.numbers.total,
        sources=len(reading.speaking),
    )


def _key(request: HttpRequest, article: Article, shown: Sequence[str]) -> str:
    """The text holds its own address; of what the address asks for it depends on the set of sources alone."""
    story = article.story.stamp if article.story else 0
    address = request.build_absolute_uri(request.path)
    made_of = (release(), address, sorted(set(shown)), article.pk, article.stamp, story)
    return f"reading:{sha256(repr(made_of).encode()).hexdigest()}"
