"""Articles: one text with its sidecars → an article, its paragraphs and its claims, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from articles.importing.claims import import_claims
from articles.importing.files import TEXT_LIMIT, ArticleFileError, read_bytes
from articles.importing.metadata import Metadata
from articles.importing.outcomes import Imported, Outcome
from articles.importing.web_annotation import Annotation, read
from articles.models import Article, ArticleText, Changeset, Paragraph
from articles.search import index_article
from articles.text.parsing import ParsedText, TextError, decode, parse
from articles.writing.editing import open_changeset
from articles.writing.publishing import mark_latest, note_public, save_metadata
from articles.writing.versions import carry_over

# What stands in the place of a slug in addresses: articles/new/.
RESERVED = {"new"}


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text as given, and what the parser makes of it."""

    content: bytes
    parsed: ParsedText
    sha256: str


def import_article(metadata: Metadata) -> Imported:
    """Raises ArticleFileError, and then has written nothing."""
    file = metadata.file
    text = _read(file.text)
    return import_given(metadata, text, read(file.annotations) if file.annotations else None)


def import_given(metadata: Metadata, text: GivenText, annotations: list[Annotation] | None) -> Imported:
    """The same of what was read already."""
    with transaction.atomic():
        return _ArticleImport(metadata, text).run(annotations)


def _read(path: Path) -> GivenText:
    content = read_bytes(path, TEXT_LIMIT, "No report is as long: is it the right file?")
    try:
        return GivenText(content, parse(decode(content)), sha256(content).hexdigest())
    except TextError as error:
        raise ArticleFileError(path, str(error)) from error


class _ArticleImport:
    def __init__(self, metadata: Metadata, text: GivenText) -> None:
        self.metadata, self.data, self.file, self.text = metadata, metadata.data, metadata.file, text
        self.key = metadata.data.id or metadata.file.key
        self.table = metadata.table()
        self.result = Imported(metadata.file.text, Outcome.UNCHANGED)

    def run(self, annotations: list[Annotation] | None) -> Imported:
        known = list(Article.objects.with_key(self.key))
        if not known and (twin := self._twin()):
            self.result.notes.append(
                f"This text has been imported as “{twin.import_key}”, and stays that article. If it is to be another "
                f"one, give it an “id” of its own in {self.file.text.stem}.toml."
            )
            return self.result
        same = next((article for article in known if article.sha256 == self.text.sha256), None)
        article = same or self._new(known)
        table_before = Changeset.objects.last_table(article)
        changeset = open_changeset(Changeset.Kind.IMPORT, article=article, summary=f"{self.file.text.name}"[:300])
        changed = not same or self._update(article, table_before, changeset)
        if annotations is not None and self.file.annotations:
            parsed, path = self.text.parsed, self.file.annotations
            changed |= import_claims(article, parsed, annotations, changeset, path, self.result)
        changed |= self._mark_read(article, table_before)
        self._finish(changeset, article, changed or self.table != table_before)
        carried = carry_over(article)
        if carried and (carried.has_written or (carried.before and not same)):
            self.result.notes.append(f"{str(carried).capitalize()}.")
            changed |= carried.has_written
        if changed and same:
            self.result.outcome = Outcome.UPDATED
        return self.result

    def _twin(self) -> Article | None:
        """The article that a file of this name and text made under another key, as when the folder around an
        imported one is imported. Texts of other names may well be the same: a wire's report in two outlets."""
        if self.data.id:
            return None
        name = PurePosixPath(self.key).name
        same = Article.objects.of_text(self.text.sha256)
        return next((one for one in same if PurePosixPath(one.import_key).name == name), None)

    def _new(self, known: list[Article]) -> Article:
        before = self._version_before(known)
        article = make_article(self._held_back(before), self.text, self.key, before, self.result)
        self.result.outcome = Outcome.NEW_VERSION if known else Outcome.CREATED
        if known and before:
            self.result.notes.append(_what_is_new(before, article))
        return article

    def _version_before(self, known: list[Article]) -> Article | None:
        if known:
            return Article.objects.versions_of(known[-1]).last()
        revised = self.data.revises
        if not revised:
            return None
        before = Article.objects.with_key(revised).last()
        if before is None:
            raise self.metadata.error(
                f"It revises “{revised}”, which has not been imported. Import that first.", "revises"
            )
        if revised_by := Article.objects.filter(revises=before).first():
            message = f"It revises “{revised}”, which “{revised_by.slug}” revises already. Let it revise that one."
            raise self.metadata.error(message, "revises")
        return before

    def _held_back(self, before: Article | None) -> Metadata:
        """The metadata, as those of a draft where the version before is not published: what it asks for then is
        no reason to publish this one."""
        if before is None or not _was_held_back(before):
            return self.metadata
        self.result.notes.append(
            f"Version {before.version_number} is {before.status}, though its file says otherwise, so this version "
            "is a draft: publish it if it may be read."
        )
        return replace(self.metadata, data=replace(self.data, status=Article.Status.DRAFT.value))

    def _update(self, article: Article, table_before: Mapping[str, Any], changeset: Changeset) -> bool:
        """Gives the article what the file changed since its last import; what an administrator changed stays."""
        before = table_before
        changed = {name for name, value in self.table.items() if name not in before or before[name] != value}
        if "title" in changed:
            changed.add("inferred")
        if "published" in changed:
            changed |= {"published_at", "published_offset", "published_time_known"}
        values = self.metadata.values(self.text.parsed.blocks, self.result)
        different = [name for name in values if name in changed and getattr(article, name) != values[name]]
        for name in different:
            setattr(article, name, values[name])
        if different:
            self.metadata.check(article)
            save_metadata(article, different, changeset)
            article.refresh_from_db()
        return bool(different)

    def _mark_read(self, article: Article, table_before: Mapping[str, Any]) -> bool:
        """Once: an editor may say otherwise afterwards."""
        if not self.data.read_through or table_before.get("read_through") or article.read_through_at:
            return False
        article.read_through_at = timezone.now()
        article.save(update_fields=["read_through_at"])
        return True

    def _finish(self, changeset: Changeset, article: Article, worth_keeping: bool) -> None:
        """One record for the import, with what the file said; none if nothing has changed."""
        if not worth_keeping:
            changeset.delete()
            return
        changeset.details = {"article": article.slug, "table": self.table}
        changeset.save(update_fields=["details"])


def make_article(metadata: Metadata, text: GivenText, key: str, before: Article | None, result: Imported) -> Article:
    """A new article, or a new version of the one before, with its paragraphs. To be called in a transaction.

    Notes go to `result`. Raises ArticleFileError.
    """
    article = unsaved_article(metadata, text, key, result)
    article.slug = _free_slug(key, before, article.title)
    article.revises = before
    article.lineage = before.lineage if before else ""
    article.version_number = before.version_number + 1 if before else 1
    metadata.check(article)
    article.save()
    ArticleText.objects.create(article=article, content=text.content)
    Paragraph.objects.bulk_create(_paragraphs(article, text.parsed), batch_size=500)
    index_article(article, [block.text for block in text.parsed.blocks])
    mark_latest(article.lineage)
    article.refresh_from_db()
    return article


def unsaved_article(metadata: Metadata, text: GivenText, key: str, result: Imported) -> Article:
    """Without its slug, and of no other's lineage yet. Raises ArticleFileError."""
    article = article_by_itself(metadata, text, key, result)
    article.outlet, article.story = metadata.outlet(result), metadata.story(result)
    return article


def article_by_itself(metadata: Metadata, text: GivenText, key: str, result: Imported) -> Article:
    """The same without outlet and story: no query."""
    values = metadata.said(text.parsed.blocks)
    if not metadata.data.title:
        maker = "first sentence" if "title" in values["inferred"] else "heading above it"
        result.notes.insert(0, f"No title is given; the {maker} makes one: “{values['title']}”")
    article = Article(**values, import_key=key, sha256=text.sha256)
    note_public(article)
    return article


def _was_held_back(before: Article) -> bool:
    """Whether somebody here withdrew it or made it a draft: what its file asked for is another status."""
    asked = Changeset.objects.last_table(before).get("status")
    return before.status != Article.Status.PUBLISHED and before.status != asked


def _paragraphs(article: Article, parsed: ParsedText) -> list[Paragraph]:
    return [
        Paragraph(
            article=article,
            position=position,
            number=block.number,
            kind=block.kind.value,
            text=block.text,
            dateline_length=block.dateline_length,
        )
        for position, block in enumerate(parsed.blocks)
    ]


def _what_is_new(before: Article, article: Article) -> str:
    old, new = ([row.text for row in one.paragraphs.order_by("position")] for one in (before, article))
    number = article.version_number
    if old == new:
        return f"The text differs in white space only; it is version {number} all the same."
    return f"The text has changed: it is version {number}, and version {before.version_number} stays as it was."


def _free_slug(key: str, before: Article | None, title: str) -> str:
    """Of the version before, of the key, or of the title where there is no key; never that of a page of ours."""
    next_version = f"{before.lineage}-{before.version_number + 1}" if before and before.import_key == key else ""
    base = slug_base(next_version or key or title)
    if base not in RESERVED and not Article.objects.named(base).exists():
        return base
    taken = {*RESERVED, *Article.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    return next(slug for number in range(1, len(taken) + 3) if (slug := _numbered(base, number)) not in taken)


def slug_base(name: str) -> str:
    return (slugify(name.replace("/", "-"), allow_unicode=True) or "article")[:120]


def _numbered(base: str, number: int) -> str:
    return f"{base}-{number}" if number > 1 else base
