"""Articles: one text with its sidecars → an article, its paragraphs and its claims, in one transaction."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from articles.editing import open_changeset
from articles.files import TEXT_LIMIT, ArticleFile, ArticleFileError, read_bytes
from articles.importing.claims import import_claims
from articles.importing.outcomes import Imported, Outcome
from articles.importing.sources import source_named
from articles.importing.stories import plain
from articles.models import Article, ArticleText, Changeset, Paragraph, Source, Story
from articles.publishing import mark_latest, note_public
from articles.sidecars import ArticleData
from articles.text.parsing import ParsedText, TextError, decode, first_sentence, parse
from articles.web_annotation import read

Values = dict[str, Any]


@dataclass(slots=True)
class _Text:
    content: bytes
    parsed: ParsedText
    sha256: str


def import_article(file: ArticleFile, data: ArticleData) -> Imported:
    """Raises ArticleFileError, and then has written nothing."""
    text = _read(file.text)
    annotations = read(file.annotations) if file.annotations else None
    with transaction.atomic():
        result = Imported(file.text, Outcome.UNCHANGED)
        article, made = _article(file, data, text, result)
        changeset = open_changeset(Changeset.Kind.IMPORT, article=article, summary=f"{file.text.name}"[:300])
        changed = made or _update(article, data, text, file, result)
        if annotations is not None and file.annotations:
            changed |= import_claims(article, text.parsed, annotations, changeset, file.annotations, result)
        _finish(changeset, article, data, changed)
        if changed and not made:
            result.outcome = Outcome.UPDATED
    return result


def _read(path: Path) -> _Text:
    content = read_bytes(path, TEXT_LIMIT)
    try:
        return _Text(content, parse(decode(content)), sha256(content).hexdigest())
    except TextError as error:
        raise ArticleFileError(path, str(error)) from error


def _article(file: ArticleFile, data: ArticleData, text: _Text, result: Imported) -> tuple[Article, bool]:
    """The article of this text, and whether it had to be made."""
    key = data.id or file.key
    known = list(Article.objects.with_key(key))
    for article in known:
        if article.sha256 == text.sha256:
            return article, False
    before = _version_before(data, file, known)
    article = _make(file, data, text, key, before, result)
    result.outcome = Outcome.NEW_VERSION if known else Outcome.CREATED
    if known and before:
        result.notes.append(_what_is_new(before, article))
    return article, True


def _version_before(data: ArticleData, file: ArticleFile, known: list[Article]) -> Article | None:
    if known:
        return Article.objects.versions_of(known[-1]).last()
    if not data.revises:
        return None
    before = Article.objects.with_key(data.revises).last()
    if before is None:
        raise ArticleFileError(
            file.metadata or file.text, f"It revises “{data.revises}”, which has not been imported. Import that first."
        )
    if revised_by := Article.objects.filter(revises=before).first():
        raise ArticleFileError(
            file.metadata or file.text,
            f"It revises “{data.revises}”, which “{revised_by.slug}” revises already. Let it revise that one.",
        )
    return before


def _make(
    file: ArticleFile, data: ArticleData, text: _Text, key: str, before: Article | None, result: Imported
) -> Article:
    values = _values(data, text)
    if not data.title:
        result.notes.append(f"No title is given; the first sentence makes one: “{values['title']}”")
    if before and _was_held_back(before):
        values["status"] = Article.Status.DRAFT
        result.notes.append(
            f"Version {before.version_number} is {before.status}, though its file says otherwise, so this version is "
            "a draft: publish it if it may be read."
        )
    _resolve(values, data, file, result)
    article = Article(
        **values,
        slug=_free_slug(key, before),
        revises=before,
        lineage=before.lineage if before else "",
        version_number=before.version_number + 1 if before else 1,
        import_key=key,
        sha256=text.sha256,
    )
    _check(article, file)
    note_public(article)
    article.save()
    ArticleText.objects.create(article=article, content=text.content)
    Paragraph.objects.bulk_create(_paragraphs(article, text.parsed), batch_size=500)
    mark_latest(article.lineage)
    article.refresh_from_db()
    return article


def _was_held_back(before: Article) -> bool:
    """Whether somebody here withdrew it or made it a draft: what its file asked for is another status."""
    asked = Changeset.objects.last_details("article", before.slug).get("table", {}).get("status")
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


def _free_slug(key: str, before: Article | None) -> str:
    wanted = f"{before.lineage}-{before.version_number + 1}" if before and before.import_key == key else key
    base = (slugify(wanted.replace("/", "-"), allow_unicode=True) or "article")[:120]
    taken = set(Article.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for number in range(1, len(taken) + 3) if (slug := _numbered(base, number)) not in taken)


def _numbered(base: str, number: int) -> str:
    return f"{base}-{number}" if number > 1 else base


def _update(article: Article, data: ArticleData, text: _Text, file: ArticleFile, result: Imported) -> bool:
    """Gives the article what the file changed since its last import; what an administrator changed stays."""
    table = plain(asdict(data))
    before = Changeset.objects.last_details("article", article.slug).get("table", {})
    changed = {name for name, value in table.items() if name not in before or before[name] != value}
    values = _values(data, text)
    _resolve(values, data, file, result)
    if "title" in changed:
        changed.add("inferred")
    if "published" in changed:
        changed |= {"published_at", "published_offset", "published_time_known"}
    different = [name for name in values if name in changed and getattr(article, name) != values[name]]
    for name in different:
        setattr(article, name, values[name])
    if different:
        _check(article, file)
        note_public(article)
        article.save(update_fields=[*different, "public_since"])
        mark_latest(article.lineage)
        article.refresh_from_db()
    return bool(different)


def _values(data: ArticleData, text: _Text) -> Values:
    """Without a title in the file, the first sentence makes one, and it counts as inferred."""
    moment, offset, time_known = _published(data.published)
    names = ("url", "archive_url", "byline", "language", "status")
    return {
        **{name: getattr(data, name) for name in names},
        "title": data.title or first_sentence(text.parsed.blocks)[:300],
        "inferred": list(dict.fromkeys([*data.inferred, *([] if data.title else ["title"])])),
        "published_at": moment,
        "published_offset": offset,
        "published_time_known": time_known,
    }


def _published(given: date | datetime | None) -> tuple[datetime | None, int, bool]:
    """In UTC, with the outlet's distance from it in minutes, and whether the time of day is known."""
    if given is None:
        return None, 0, False
    if isinstance(given, datetime):
        offset = given.utcoffset()
        return given.astimezone(UTC), int(offset.total_seconds() // 60) if offset else 0, True
    return datetime.combine(given, time(), UTC), 0, False


def _resolve(values: Values, data: ArticleData, file: ArticleFile, result: Imported) -> None:
    """Rows for the names of outlet and story, which are made where there are none."""
    values["outlet"] = values["story"] = None
    if data.outlet:
        values["outlet"], made = _outlet(data.outlet, file)
        if made:
            result.notes.append(f"The outlet “{values['outlet']}” is new.")
    if data.story:
        values["story"], made = _story(data.story, file)
        if made:
            result.notes.append(f"The story “{values['story']}” is new: no file describes it.")


def _outlet(name: str, file: ArticleFile) -> tuple[Source, bool]:
    try:
        outlet, made = source_named(name, Source.Kind.OUTLET)
    except ValidationError as error:
        raise ArticleFileError(
            file.metadata or file.text, f"The outlet “{name:.80}” cannot be made: {' '.join(error.messages)}"
        ) from error
    if outlet.kind != Source.Kind.OUTLET:
        raise ArticleFileError(
            file.metadata or file.text,
            f"“{name}” is a source of kind {outlet.kind}. Make it one of kind outlet, or name another outlet.",
        )
    return outlet, made


def _story(name: str, file: ArticleFile) -> tuple[Story, bool]:
    slug = slugify(name, allow_unicode=True)
    if story := Story.objects.filter(slug=slug).first():
        return story, False
    story = Story(slug=slug, title=name.replace("-", " ").capitalize())
    try:
        story.full_clean()
    except ValidationError as error:
        raise ArticleFileError(
            file.metadata or file.text, f"The story “{name:.80}” cannot be made: {' '.join(error.messages)}"
        ) from error
    story.save()
    return story, True


def _check(article: Article, file: ArticleFile) -> None:
    try:
        article.full_clean()
    except ValidationError as error:
        said = [f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
        raise ArticleFileError(file.metadata or file.text, "; ".join(said)) from error


def _finish(changeset: Changeset, article: Article, data: ArticleData, changed: bool) -> None:
    """One record for the import, with what the file said; none if nothing has changed."""
    table: Mapping[str, Any] = plain(asdict(data))
    if not changed and Changeset.objects.last_details("article", article.slug).get("table") == table:
        changeset.delete()
        return
    changeset.details = {"article": article.slug, "table": table}
    changeset.save(update_fields=["details"])
