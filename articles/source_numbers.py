"""Which key stands for which source while an editor marks an article: given once, then fixed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from articles.models import Article, Claim, Source, SourceNumber
from articles.models.source import SourceQuerySet

KEYS = 9


@dataclass(frozen=True, slots=True)
class Numbered:
    """`number` counts from 1; those from 10 on have no key. Once it is fixed it stands for the source for good."""

    source: Source
    number: int
    is_fixed: bool = False

    @property
    def key(self) -> str:
        return str(self.number) if self.number <= KEYS else ""


def numbered_sources(article: Article) -> list[Numbered]:
    """The sources that speak in the article or in its story, and its outlet; all, while the desk knows few. Those
    that have a number come first; the others are numbered in the order in which the desk has met them, so that a
    new one comes last. Two queries, and a third where there are more.
    """
    given = {row.source_id: row.number for row in SourceNumber.objects.filter(article=article)}
    few = list(Source.objects.in_use().order_by("id")[: KEYS + 1])
    sources = few if len(few) <= KEYS else list(_heard_in(article, given).order_by("id"))
    first = [Numbered(one, given[one.pk], is_fixed=True) for one in sources if one.pk in given]
    others = (one for one in sources if one.pk not in given)
    free = max(given.values(), default=0) + 1
    return [
        *sorted(first, key=lambda one: one.number),
        *(Numbered(one, number) for number, one in enumerate(others, free)),
    ]


def as_keys(numbered: Iterable[Numbered]) -> str:
    """From key to source, for scripts."""
    return json.dumps({one.key: one.source.slug for one in numbered if one.key})


def _heard_in(article: Article, besides: Iterable[int]) -> SourceQuerySet:
    claims = Claim.objects.of_story(article.story) if article.story else Claim.objects.in_article(article)
    heard = Q(pk__in=claims.values("source")) | Q(pk=article.outlet_id) | Q(pk__in=list(besides))
    return Source.objects.in_use().filter(heard)


def fix_numbers(article: Article, shown: Sequence[Numbered], chosen: Iterable[Source]) -> None:
    """Gives for good the numbers that an editor was shown, and the next ones to sources new to the article.

    Does nothing when all have theirs.
    """
    chosen = list(chosen)
    fixed = {one.source.pk for one in shown if one.is_fixed}
    if len(fixed) == len(shown) and all(one.pk in fixed for one in chosen):
        return
    given = set(SourceNumber.objects.filter(article=article).values_list("source_id", flat=True))
    wanted = {one.source.pk: one.number for one in shown}
    free = max(wanted.values(), default=0) + 1
    for number, source in enumerate((one for one in chosen if one.pk not in wanted), free):
        wanted[source.pk] = number
    missing = [
        SourceNumber(article=article, source_id=source, number=number)
        for source, number in wanted.items()
        if source not in given
    ]
    if missing:
        SourceNumber.objects.bulk_create(missing, ignore_conflicts=True)
