"""Sources by any of their names, made where a file names a new one."""

from collections.abc import Iterable
from itertools import filterfalse
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from articles.importing.files import ArticleFileError
from articles.models import Alias, Source
from articles.text.plain_names import plain_name
from articles.text.source_codes import codes_for
from articles.tones import next_tone


def source_named(name: str, kind: Source.Kind = Source.Kind.OTHER, called: str = "") -> tuple[Source, bool]:
    """The source with this slug, name or alias, and whether it had to be made. A merged one gives the one it
    was merged into. One that is made is `called` so, unless that is a name of another. Runs two or three queries, and
    a few more to make one. Raises ValidationError for a name that is none."""
    name, called = plain_name(name), plain_name(called)
    if found := source_called(name):
        return found, False
    if called and (found := known_source(called)):
        return found, False
    return make_source(name=called or _title(name), slug=_slug(name), kind=kind), True


def known_source(name: str) -> Source | None:
    source = Source.objects.called(name).select_related("merged_into").first()
    return source.living() if source else None


def source_called(name: str) -> Source | None:
    """The same, else the one whose address this name makes: “HEALTH-DIRECTORATE” is the “Health directorate”. One
    query, two if nobody is called so."""
    return known_source(name) or known_source(_slug(name))


def make_named(name: str, kind: str, code: str = "") -> Source:
    """Saves a source that is called so. Raises ValidationError."""
    return make_source(name=name, slug=_slug(name), kind=kind, code=code)


def _slug(name: str) -> str:
    return slugify(name, allow_unicode=True)


def make_source(*, name: str, slug: str, kind: str, code: str = "", tone: int = 0, description: str = "") -> Source:
    """Saves a source, with a free code and the next tone where none are given. Raises ValidationError."""
    if not slug:
        raise ValidationError(f"“{name}” is no name of a source: write one with letters.")
    rows = Source.objects.values_list("code", "tone")
    source = Source(
        name=name,
        slug=slug,
        kind=kind,
        code=code or _free_code(name, kind, (code for code, _ in rows)),
        tone=tone or next_tone(tone for _, tone in rows),
        description=description,
    )
    source.full_clean()
    source.save()
    return source


def proposed_code(name: str, kind: str = "") -> str:
    """What a source of this name would get if it were made now. One query."""
    return _free_code(name, kind, Source.objects.values_list("code", flat=True))


def _free_code(name: str, kind: str, taken: Iterable[str]) -> str:
    return next(filterfalse(set(taken).__contains__, codes_for(name, kind)))


def add_aliases(source: Source, names: Iterable[str], path: Path) -> int:
    """Gives the source the names that it does not have yet. Raises ArticleFileError for another's name."""
    added = 0
    for name in names:
        owner = Source.objects.called(name).first()
        if owner and owner.living() != source:
            raise ArticleFileError(path, f"“{name}” is a name of {owner} already. Take it out here, or merge the two.")
        if owner is None:
            Alias.objects.create(source=source, name=name)
            added += 1
    return added


def _title(name: str) -> str:
    """A slug made readable; any other name as it stands."""
    return name.replace("-", " ").capitalize() if name == slugify(name, allow_unicode=True) else name
