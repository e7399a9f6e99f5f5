"""Reports for tests of suggestions: made up, with one of each kind of speaker."""

from articles.models import Alias, Article, Source, Story
from tests.factories import make_article, make_source, make_story

PARAGRAPHS = (
    "The harbour is closed, the Harbour Board said on Monday.",
    "“Nobody was hurt by the fall,” Ann Moor, a spokeswoman for the Harbour Board, told reporters.",
    "She said that the crane had been checked in May.",
    "The crane had not been checked for years, according to the dockers’ union.",
    "A critic of the Harbour Board said the fall had been foreseen.",
    "The harbour opened in 1901.",
)
NEWS = "The mayor said the harbour would be open again on Friday."


def board() -> Source:
    source = make_source(name="Harbour Board", code="HB", kind="organisation")
    Alias.objects.get_or_create(source=source, name="the port authority")
    return source


def harbour(
    *more: str,
    slug: str = "harbour",
    story: Story | None = None,
    revises: Article | None = None,
    status: str = "published",
) -> Article:
    story = story or make_story(title="The crane", slug="crane")
    return make_article(
        paragraphs=(*PARAGRAPHS, *more), title="A crane fell", slug=slug, story=story, revises=revises, status=status
    )
