"""Which key stands for which source while an editor marks an article: given once, then fixed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q, Subquery

from articles.compiled import Compiled
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
    new one comes last. One query, and a second where there are more.
    """
    few = _FEW.models(article.pk)
    sources: list[Any] = few if len(few) <= KEYS else list(_with_numbers(article.pk).filter(_heard_in(article)))
    first = [Numbered(one, one.given, is_fixed=True) for one in sources if one.given]
    others = [one for one in sources if not one.given]
    free = (sources[0].highest or 0) + 1 if sources else 1
    return [
        *sorted(first, key=lambda one: one.number),
        *(Numbered(one, number) for number, one in enumerate(others, free)),
    ]


def as_keys(numbered: Iterable[Numbered]) -> str:
    """From key to source, for scripts."""
    return json.dumps({one.key: one.source.slug for one in numbered if one.key})


def _with_numbers(article: int) -> SourceQuerySet:
    """In the order in which the desk has met them, each with the number that it was `given` in the article, and the
    `highest` that any was, be it merged since."""
    own = FilteredRelation("numbers", condition=Q(numbers__article=article))
    highest = SourceNumber.objects.filter(article=article).order_by("-number").values("number")[:1]
    numbered = Source.objects.in_use().annotate(own=own, given=F("own__number"), highest=Subquery(highest))
    return numbered.order_by("id")


_FEW = Compiled(lambda article: _with_numbers(article)[: KEYS + 1])


def _heard_in(article: Article) -> Q:
    claims = Claim.objects.of_story(article.story) if article.story else Claim.objects.in_article(article)
    return Q(pk__in=claims.values("source")) | Q(pk=article.outlet_id) | Q(given__isnull=False)


def fix_numbers(article: Article, shown: Sequence[Numbered], chosen: Iterable[Source]) -> list[Numbered]:
    """Gives for good the numbers that an editor was shown, and the next ones to sources new to the article. Gives
    back all of them, which are those of the article from now on.

    No query when all have theirs.
    """
    added = [one for one in chosen if all(one.pk != other.source.pk for other in shown)]
    free = max((one.number for one in shown), default=0) + 1
    numbered = [*shown, *(Numbered(source, number) for number, source in enumerate(added, free))]
    if not all(one.is_fixed for one in numbered):
        given = set(SourceNumber.objects.filter(article=article).order_by().values_list("source_id", flat=True))
        missing = [
            SourceNumber(article=article, source=one.source, number=one.number)
            for one in numbered
            if one.source.pk not in given
        ]
        SourceNumber.objects.bulk_create(missing, ignore_conflicts=True)
    return numbered
