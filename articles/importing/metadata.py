"""Metadata of a file → values for the fields of an article, with rows for the names in it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from articles.importing.files import ArticleFile, ArticleFileError, read_text
from articles.importing.outcomes import Imported
from articles.importing.sidecars import ArticleData
from articles.importing.sources import source_named
from articles.importing.stories import plain
from articles.importing.toml_lines import line_of
from articles.models import Article, Source, Story
from articles.text.language_tags import is_language_tag
from articles.text.parsing import Block, first_sentence, headline

Values = dict[str, Any]
_KEYS = {"published_at": "published", "published_offset": "published"}
# Names as near as “kushan” to “khusham” are taken for a slip.
_NEAR = 0.75


@dataclass(frozen=True, slots=True)
class Metadata:
    """What one file says of its article. `described` are the slugs of the stories that files describe."""

    file: ArticleFile
    data: ArticleData
    described: frozenset[str] = frozenset()

    def values(self, blocks: Sequence[Block], result: Imported) -> Values:
        """Rows for outlet and story are made where there are none, and noted. Raises ArticleFileError."""
        return {**self.said(blocks), "outlet": self.outlet(result), "story": self.story(result)}

    def said(self, blocks: Sequence[Block]) -> Values:
        """What asks for no other rows. Without a title in the file, the heading that the text begins with is one;
        without that, the first sentence makes one, and it counts as inferred. Raises ArticleFileError."""
        data = self.data
        if not is_language_tag(data.language):
            raise self.error(
                f"There is no language “{data.language:.40}”. Write its tag: en, ar, ru, pt-BR …", "language"
            )
        title = data.title or headline(blocks)[:300]
        moment, offset, time_known = _published(data.published)
        return {
            **{name: getattr(data, name) for name in ("url", "archive_url", "byline", "language", "status")},
            "title": title or first_sentence(blocks)[:300],
            "inferred": list(dict.fromkeys([*data.inferred, *([] if title else ["title"])])),
            "published_at": moment,
            "published_offset": offset,
            "published_time_known": time_known,
        }

    def outlet(self, result: Imported) -> Source | None:
        return self._outlet(self.data.outlet, result) if self.data.outlet else None

    def story(self, result: Imported) -> Story | None:
        return self._story(self.data.story, result) if self.data.story else None

    def table(self) -> Values:
        """What the file says, as a changeset keeps it."""
        table: Values = plain(asdict(self.data))
        return table

    def check(self, article: Article) -> None:
        """Raises ArticleFileError for fields that the model refuses, with the line of the first."""
        try:
            article.full_clean()
        except ValidationError as error:
            said = {_KEYS.get(name, name): " ".join(messages) for name, messages in error.message_dict.items()}
            raise self.error("; ".join(f"{key}: {words}" for key, words in said.items()), next(iter(said))) from error

    def error(self, message: str, key: str = "") -> ArticleFileError:
        """In the metadata, with the line of the key; of a text without metadata, in the text."""
        if self.file.metadata is None:
            return ArticleFileError(self.file.text, message)
        return ArticleFileError(self.file.metadata, message, line_of(read_text(self.file.metadata), key=key))

    def _outlet(self, name: str, result: Imported) -> Source:
        try:
            outlet, made = source_named(name, Source.Kind.OUTLET)
        except ValidationError as error:
            raise self.error(f"The outlet “{name:.80}” cannot be made: {' '.join(error.messages)}", "outlet") from error
        if outlet.kind != Source.Kind.OUTLET:
            is_kind, kind = outlet.get_kind_display(), Source.Kind.OUTLET.label
            message = f"“{name}” is a source of kind “{is_kind}”. Make it a “{kind}”, or name another outlet."
            raise self.error(message, "outlet")
        if made:
            result.notes.append(f"The outlet “{outlet}” is new.")
        return outlet

    def _story(self, name: str, result: Imported) -> Story:
        slug = slugify(name, allow_unicode=True)
        if story := Story.objects.filter(slug=slug).first():
            return story
        self._refuse_slip(name, slug)
        story = Story(slug=slug, title=name.replace("-", " ").capitalize())
        try:
            story.full_clean()
        except ValidationError as error:
            raise self.error(f"The story “{name:.80}” cannot be made: {' '.join(error.messages)}", "story") from error
        story.save()
        result.notes.append(f"The story “{story}” is new: no file describes it.")
        return story

    def _refuse_slip(self, name: str, slug: str) -> None:
        """A story is public as soon as it is made, so a name that is nearly another's makes none."""
        if slug in self.described:
            raise self.error(f"The file of its story “{name}” could not be imported. Correct that one first.", "story")
        if near := near_story(slug, self.described):
            raise self.error(
                f"There is no story “{name}”. Did you mean “{near}”? If it is another story, describe it in a file "
                f"“{slug}.toml”.",
                "story",
            )


def near_story(slug: str, described: Iterable[str] = ()) -> str | None:
    """The slug of the story whose slug or title is nearly this slug; None where there is none. One query."""
    known = {one: one for one in described}
    for other, title in Story.objects.values_list("slug", "title"):
        known |= {other: other, slugify(title, allow_unicode=True): other}
    near = get_close_matches(slug, known, 1, _NEAR)
    return known[near[0]] if near else None


def _published(given: date | datetime | None) -> tuple[datetime | None, int, bool]:
    """In UTC, with the outlet's distance from it in minutes, and whether the time of day is known."""
    if given is None:
        return None, 0, False
    if isinstance(given, datetime):
        offset = given.utcoffset()
        return given.astimezone(UTC), int(offset.total_seconds() // 60) if offset else 0, True
    return datetime.combine(given, time(), UTC), 0, False
