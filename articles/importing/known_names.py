"""Names that a long run of lines has met: who they are is asked once, and then only whether that still holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError

from articles.importing.article_lines import Line, LineArticle
from articles.importing.files import ArticleFile, ArticleFileError
from articles.importing.metadata import Metadata, Values
from articles.importing.outcomes import Imported
from articles.importing.sources import source_named
from articles.models import Source, Story
from newsdesk.compiled import Compiled

_KINDS = Compiled(lambda keys: Source.objects.in_use().filter(pk__in=keys).order_by().values_list("pk", "kind"))
_SLUGS = Compiled(lambda keys: Story.objects.filter(pk__in=keys).order_by().values_list("pk", "slug"))


@dataclass(slots=True)
class KnownNames:
    """`look_again` comes first in each transaction, and `forget` after one that was rolled back."""

    path: Path
    sources: dict[str, Source] = field(default_factory=dict)
    outlets: dict[str, Source] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)

    def look_again(self, given: Sequence[LineArticle]) -> None:
        """Forgets those of the names in these that were merged, made another kind, renamed, or deleted meanwhile. Two
        queries."""
        names = {claim.source for one in given for claim in one.claims} & self.sources.keys()
        outlets = {one.data.outlet for one in given} & self.outlets.keys()
        stories = {one.data.story for one in given} & self.stories.keys()
        keys = {*(self.sources[name].pk for name in names), *(self.outlets[name].pk for name in outlets)}
        kinds = dict(_KINDS.rows(sorted(keys)))
        slugs = dict(_SLUGS.rows(sorted(self.stories[name].pk for name in stories)))
        for name in names:
            if self.sources[name].pk not in kinds:
                del self.sources[name]
        for name in outlets:
            if kinds.get(self.outlets[name].pk) != Source.Kind.OUTLET:
                del self.outlets[name]
        for name in stories:
            if slugs.get(self.stories[name].pk) != self.stories[name].slug:
                del self.stories[name]

    def forget(self) -> None:
        self.sources, self.outlets, self.stories = {}, {}, {}

    def source(self, name: str, line: Line, result: Imported) -> Source:
        """Made if there is none of this name. Raises ArticleFileError for a name that is none."""
        if name not in self.sources:
            try:
                self.sources[name], made = source_named(name)
            except ValidationError as error:
                message = f"The source “{name:.80}” cannot be made: {' '.join(error.messages)}"
                raise ArticleFileError(self.path, message, line.number) from error
            if made:
                result.notes.append(f"{line.place(self.path)}: the source “{self.sources[name]}” is new.")
        return self.sources[name]


@dataclass(frozen=True, slots=True)
class LineMetadata(Metadata):
    """What one line says of its article. With `names`, those that these know are not asked for again."""

    line: Line = field(kw_only=True)
    names: KnownNames | None = None

    def table(self) -> Values:
        """With the digest of the line, so that the same line is known to say nothing new."""
        return {**Metadata.table(self), "line": self.line.digest}

    def error(self, message: str, key: str = "") -> ArticleFileError:
        return ArticleFileError(self.file.text, f"“{key}”: {message}" if key else message, self.line.number)

    def _outlet(self, name: str, result: Imported) -> Source:
        if self.names is None:
            return Metadata._outlet(self, name, result)
        if name not in self.names.outlets:
            self.names.outlets[name] = Metadata._outlet(self, name, result)
        return self.names.outlets[name]

    def _story(self, name: str, result: Imported) -> Story:
        if self.names is None:
            return Metadata._story(self, name, result)
        if name not in self.names.stories:
            self.names.stories[name] = Metadata._story(self, name, result)
        return self.names.stories[name]


def metadata_of(given: LineArticle, path: Path, names: KnownNames | None = None) -> LineMetadata:
    """The path stands for the text and for what lies beside it: all comes from one line."""
    file = ArticleFile(given.line.key, path, None, path)
    return LineMetadata(file, given.data, line=given.line, names=names)
