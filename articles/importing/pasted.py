"""Pasted texts: what an editor brings in by the browser → an article, by the rules and the code of files."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from articles.importing.articles import GivenText, make_article
from articles.importing.files import ArticleFile, ArticleFileError
from articles.importing.metadata import Metadata
from articles.importing.outcomes import Imported, Outcome
from articles.importing.sidecars import ArticleData
from articles.importing.stories import plain
from articles.models import Article, Changeset, Story
from articles.models.roles import Visitor
from articles.text.kinds import Kind
from articles.text.parsing import ParsedText, blocks_of
from articles.writing.editing import open_changeset
from articles.writing.unsure import UnsureClaims, unsure_in
from articles.writing.versions import Carried, carry_over

_FORM = Path("the form")


class FormError(ArticleFileError):
    """What a form says cannot be taken. `key` is the name of the field, as a file's metadata calls it."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(_FORM, message)
        self.key = key


class SameText(FormError):
    """The text is here already, as `article`."""

    def __init__(self, article: Article) -> None:
        super().__init__("This text has been imported before.", "text")
        self.article = article


@dataclass(frozen=True, slots=True)
class FormMetadata(Metadata):
    """Metadata that comes from a form, not from a file. `new_story` is the title of one that is to be made."""

    new_story: str = ""

    def error(self, message: str, key: str = "") -> ArticleFileError:
        return FormError(message, key)

    def with_story(self, result: Imported) -> "FormMetadata":
        """With the new story made; where there is one of this name already, it is that one."""
        if not self.new_story:
            return self
        slug = slugify(self.new_story, allow_unicode=True)
        if not Story.objects.named(slug).exists():
            self._make_story(slug)
            result.notes.append(f"The story “{self.new_story}” is new.")
        return replace(self, data=replace(self.data, story=slug), new_story="")

    def _make_story(self, slug: str) -> None:
        story = Story(slug=slug, title=self.new_story)
        try:
            story.full_clean()
        except ValidationError as error:
            message = f"The story “{self.new_story:.80}” cannot be made: {' '.join(error.messages)}"
            raise FormError(message, "new_story") from error
        story.save()


def metadata_of_form(data: ArticleData, new_story: str = "") -> FormMetadata:
    return FormMetadata(ArticleFile("", _FORM, None, None), data, new_story=new_story)


def with_kinds(parsed: ParsedText, kinds: Sequence[Kind]) -> ParsedText:
    """With other kinds than those recognised, one for each block; numbers and the dateline follow from them.
    Raises FormError where no block would be of kind text."""
    if Kind.TEXT not in kinds:
        raise FormError("At least one paragraph is text: choose which.", "text")
    return replace(parsed, blocks=tuple(blocks_of([block.text for block in parsed.blocks], kinds)))


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text with what is said of it, and the article that it is a new version of."""

    content: bytes
    parsed: ParsedText
    metadata: FormMetadata
    revises: Article | None = None


@dataclass(frozen=True, slots=True)
class TriedOut:
    """What is to be known before it is saved: in sentences, what becomes of the claims of the version before, and those
    of them that want an eye."""

    notes: list[str]
    unsure: UnsureClaims
    carried: Carried | None


def try_out(pasted: Pasted) -> TriedOut:
    """Raises FormError as `add_article` does. Writes nothing."""
    with transaction.atomic():
        article, notes, carried = _add(pasted, None)
        unsure = unsure_in(article) if pasted.revises else UnsureClaims()
        transaction.set_rollback(True)
    return TriedOut(notes, unsure, carried)


def add_article(pasted: Pasted, editor: Visitor, token: str) -> Article:
    """One article for a token, however often it is asked for. Raises FormError, and then has written nothing."""
    try:
        with transaction.atomic():
            if made := _made_with(token):
                return made
            article, *_ = _add(pasted, editor)
            open_changeset(
                Changeset.Kind.IMPORT,
                editor,
                article,
                "from the browser",
                token=token,
                details={"article": article.slug, "table": plain(asdict(pasted.metadata.data))},
            )
            return article
    except IntegrityError:
        # Somebody was faster: the same form, sent twice at once.
        if made := _made_with(token):
            return made
        raise


def _made_with(token: str) -> Article | None:
    changeset = Changeset.objects.with_token(token).select_related("article").first()
    return changeset.article if changeset else None


def _add(pasted: Pasted, editor: Visitor | None) -> tuple[Article, list[str], Carried | None]:
    digest = sha256(pasted.content).hexdigest()
    if same := Article.objects.of_text(digest).first():
        raise SameText(same)
    before = pasted.revises
    if before and Article.objects.last_versions().named(before.slug).first() is None:
        raise FormError("It has a newer version by now. Choose that one.", "revises")
    if before and _is_as_before(before, pasted.parsed):
        raise FormError(
            f"No paragraph differs from version {before.version_number}. Change the text first; the data of an article "
            "are changed on its own page.",
            "text",
        )
    result = Imported(_FORM, Outcome.CREATED)
    metadata = pasted.metadata.with_story(result)
    text = GivenText(pasted.content, pasted.parsed, digest)
    key = before.import_key if before else ""
    article = make_article(metadata, text, key, before, result)
    carried = carry_over(article, editor)
    if carried and carried.before:
        result.notes.append(f"{str(carried).capitalize()}.")
    return article, result.notes, carried


def _is_as_before(before: Article, parsed: ParsedText) -> bool:
    rows = before.paragraphs.order_by("position").values_list("text", "kind")
    return list(rows) == [(block.text, block.kind) for block in parsed.blocks]
