"""A small cast: plain keyword-only functions. A test reads as a sentence about news."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.utils.text import slugify

from articles.models import (
    Answer,
    Article,
    Changeset,
    Choice,
    Claim,
    Highlight,
    Paragraph,
    Place,
    Question,
    Source,
    Story,
)
from articles.search import index_article
from articles.snapshots import Draft
from articles.writing.editing import create_claims, open_changeset
from articles.writing.publishing import mark_latest, note_public

QUOTE = "the strikes were an act of self-defence"
TEXT = f"The coalition said {QUOTE}."


def make_story(*, title: str = "Khusham", slug: str = "khusham") -> Story:
    return Story.objects.get_or_create(slug=slug, defaults={"title": title})[0]


def make_source(*, name: str = "Coalition", code: str = "", kind: str = "military", tone: int = 1) -> Source:
    slug = slugify(name, allow_unicode=True)
    defaults = {"name": name, "code": code or name.replace(" ", "")[:5].upper(), "kind": kind, "tone": tone}
    return Source.objects.get_or_create(slug=slug, defaults=defaults)[0]


def make_article(
    *,
    paragraphs: Sequence[str | Paragraph] = (TEXT,),
    title: str = "Strikes in Syria",
    slug: str = "strikes",
    story: Story | None = None,
    outlet: Source | None = None,
    status: str = "published",
    revises: Article | None = None,
    **fields: Any,
) -> Article:
    """An article of these paragraphs: strings are of kind text, others are unsaved rows (heading, credit …)."""
    article = Article(
        title=title,
        slug=slug,
        story=story,
        outlet=outlet,
        status=status,
        revises=revises,
        lineage=revises.lineage if revises else slug,
        version_number=revises.version_number + 1 if revises else 1,
        sha256=sha256(repr(paragraphs).encode()).hexdigest(),
        **fields,
    )
    note_public(article)
    article.save()
    number = 0
    for position, paragraph in enumerate(paragraphs):
        row = Paragraph(text=paragraph) if isinstance(paragraph, str) else paragraph
        number += row.kind == Paragraph.Kind.TEXT
        row.article, row.position = article, position
        row.number = number if row.kind == Paragraph.Kind.TEXT else None
        row.save()
    index_article(article, [row.text for row in article.paragraphs.all()])
    mark_latest(article.lineage)
    article.refresh_from_db()
    return article


def make_highlight(article: Article, quote: str, *, occurrence: int = 1) -> Highlight:
    """Not saved: the quote's n-th occurrence in the paragraphs of the article."""
    seen = 0
    for paragraph in article.paragraphs.all():
        start = paragraph.text.find(quote)
        while start >= 0:
            seen += 1
            if seen == occurrence:
                return Highlight(paragraph=paragraph, start=start, end=start + len(quote), quote=quote)
            start = paragraph.text.find(quote, start + 1)
    raise AssertionError(f"“{quote}” does not occur {occurrence} times in {article}")


def orphan(quote: str) -> Highlight:
    return Highlight(quote=quote, state=Highlight.State.ORPHANED)


def make_claim(*, article: Article | None = None, editor: User | None = None, **said: Any) -> Claim:
    """Of these values for `draft_claim`."""
    article = article or make_article()
    (claim,) = make_claims([draft_claim(article, **said)], editor)
    return claim


def make_claims(drafts: Sequence[Draft], editor: User | None = None) -> list[Claim]:
    """All in the article of the first, in one write."""
    kind = Changeset.Kind.CREATE if editor else Changeset.Kind.IMPORT
    return create_claims(drafts, open_changeset(kind, editor, drafts[0].claim.article))


def draft_claim(
    article: Article,
    *,
    quote: str | Sequence[str] = QUOTE,
    source: Source | None = None,
    status: str = "accepted",
    answers: Sequence[Answer] = (),
    highlights: Sequence[Highlight] = (),
    **fields: Any,
) -> Draft:
    """A claim on the quote, or on several; `highlights` in their place takes unsaved rows as they are."""
    if source is None and status != "suggested":
        source = make_source()
    quotes = [quote] if isinstance(quote, str) else quote
    rows = list(highlights) or [make_highlight(article, one) for one in quotes]
    return Draft(Claim(article=article, source=source, status=status, **fields), rows, list(answers))


def make_question(
    *, story: Story | None = None, slug: str = "how-many", text: str = "How many?", kind: str = "number"
) -> Question:
    counted = "fighters killed" if kind == "number" else ""
    return Question.objects.create(story=story or make_story(), slug=slug, text=text, kind=kind, counted=counted)


def make_choice(question: Question, slug: str, *, leaves_open: bool = False) -> Choice:
    return Choice.objects.create(question=question, slug=slug, label=slug.title(), leaves_open=leaves_open)


def answer(question: Question, value: int | str | Choice | Place, *, as_worded: str = "as worded") -> Answer:
    """Not saved: a number, a choice, a place or words."""
    match value:
        case int():
            return Answer(question=question, low=value, high=value, as_worded=as_worded)
        case Choice():
            return Answer(question=question, choice=value, as_worded=as_worded)
        case Place():
            return Answer(question=question, place=value, as_worded=as_worded)
    return Answer(question=question, words=value, as_worded=as_worded)


def make_place(*, story: Story | None = None, slug: str = "khusham-town", within: Place | None = None) -> Place:
    return Place.objects.create(story=story or make_story(), slug=slug, name=slug.title(), within=within)


def make_user(name: str) -> User:
    return User.objects.create_user(name, password="a long pass phrase")


def make_editor(name: str = "editor") -> User:
    user = make_user(name)
    group, made = Group.objects.get_or_create(name="Editors")
    if made:  # Tests on a live server empty all tables, those that a migration filled too.
        group.permissions.add(Permission.objects.get(codename="change_claim"))
    user.groups.add(group)
    return user


def make_administrator(name: str = "administrator") -> User:
    return User.objects.create_superuser(name, password="a long pass phrase")
