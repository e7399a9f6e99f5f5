"""Which key stands for which source while an editor marks an article: those heard there first; fixed once used."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from django.db.models import BooleanField, ExpressionWrapper, F, FilteredRelation, Q

from articles.compiled import Compiled
from articles.models import Article, Claim, Source, SourceNumber
from articles.models.source import SourceQuerySet

KEYS = 9
# So many rows tell whether a desk knows few sources, be some merged.
MANY = 2 * KEYS


@dataclass(frozen=True, slots=True)
class Numbered:
    """`number` counts from 1; those from 10 on have no key. Once it is fixed it stands for the source for good.
    `is_heard`: the source speaks in the article or its story, or is its outlet."""

    source: Source
    number: int
    is_fixed: bool = False
    is_heard: bool = False

    @property
    def key(self) -> str:
        return str(self.number) if self.number <= KEYS else ""


def numbered_sources(article: Article) -> list[Numbered]:
    """The sources that are heard in the article or in its story; all, while the desk knows few. By number: what is
    fixed stays, the others have the numbers that are free. As long as none is fixed, those that are heard come first;
    after that all come in the order in which the desk has met them, so that a new one comes last and none moves
    for another. One query, and a second where there are more.
    """
    known = (article.pk, article.story_id or 0, article.outlet_id or 0)
    rows = _FEW.models(*known)
    if len(rows) > MANY or sum(row.merged_into_id is None for row in rows) > KEYS:
        rows = list(_with_numbers(*known).filter(Q(is_heard=True) | Q(given__isnull=False)))
    taken = {row.given for row in rows if row.given}
    sources = [row for row in rows if row.merged_into_id is None]
    first = [Numbered(row, row.given, is_fixed=True, is_heard=bool(row.is_heard)) for row in sources if row.given]
    others = [row for row in sources if not row.given]
    if not taken:
        others.sort(key=lambda row: not row.is_heard)
    free = (number for number in count(1) if number not in taken)
    given = [Numbered(row, number, is_heard=bool(row.is_heard)) for row, number in zip(others, free, strict=False)]
    return sorted([*first, *given], key=lambda one: one.number)


def as_keys(numbered: Iterable[Numbered]) -> str:
    """From key to source, for scripts."""
    return json.dumps({one.key: one.source.slug for one in numbered if one.key})


def _with_numbers(article: int, story: int, outlet: int) -> SourceQuerySet:
    """In the order in which the desk has met them, each with the number that it was `given` in the article. Those that
    were merged are among them while they have one: it is not given again."""
    own = FilteredRelation("numbers", condition=Q(numbers__article=article))
    heard = Claim.objects.filter(Q(article=article) | Q(article__story=story)).order_by().values("source")
    numbered = Source.objects.annotate(
        own=own,
        given=F("own__number"),
        is_heard=ExpressionWrapper(Q(pk__in=heard) | Q(pk=outlet), BooleanField()),
    )
    return numbered.filter(Q(merged_into=None) | Q(given__isnull=False)).order_by("id")


_FEW = Compiled(lambda article, story, outlet: _with_numbers(article, story, outlet)[: MANY + 1])


def fix_numbers(article: Article, shown: Sequence[Numbered], chosen: Iterable[Source]) -> list[Numbered]:
    """Gives for good the numbers that an editor was shown to sources that are heard or chosen, and free ones to sources
    new to the article. The others may still move. Gives back all of them, which are those of the article from now on.

    No query when all of these have theirs.
    """
    keys = {one.pk for one in chosen}
    known = {one.source.pk for one in shown}
    missing = [one for one in shown if not one.is_fixed and (one.is_heard or one.source.pk in keys)]
    added = [one for one in chosen if one.pk not in known]
    if not missing and not added:
        return list(shown)
    given = dict(SourceNumber.objects.filter(article=article).order_by().values_list("source_id", "number"))
    taken = {*given.values(), *(one.number for one in shown)}
    free = (number for number in count(1) if number not in taken)
    new = [Numbered(source, given.get(source.pk) or next(free)) for source in added]
    rows = [
        SourceNumber(article=article, source=one.source, number=one.number)
        for one in [*missing, *new]
        if one.source.pk not in given
    ]
    SourceNumber.objects.bulk_create(rows, ignore_conflicts=True)
    return [*shown, *new]
