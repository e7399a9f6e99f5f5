"""Which key stands for which source while an editor marks an article: the one that was shown when it was first chosen
stays it for good."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from django.db.models import BooleanField, ExpressionWrapper, F, FilteredRelation, Q

from articles.models import Article, Claim, Source, SourceNumber
from articles.models.source import SourceQuerySet
from newsdesk.compiled import Compiled

KEYS = 9
# So many rows tell whether a desk knows few sources, be some merged.
MANY = 2 * KEYS


@dataclass(frozen=True, slots=True)
class Numbered:
    """`number` counts from 1; those from 10 on have no key. Once it is fixed it stands for the source for good.
    `is_heard`: the source speaks in the article or its story, or is its outlet. `is_new`: this act fixed it, and
    another may have moved."""

    source: Source
    number: int
    is_fixed: bool = False
    is_heard: bool = False
    is_new: bool = False

    @property
    def key(self) -> str:
        return str(self.number) if self.number <= KEYS else ""


def numbered_sources(article: Article) -> list[Numbered]:
    """The sources that are heard in the article or in its story; all, while the desk knows few. By number: what is
    fixed stays, the others have the numbers that are free, first those that are heard, each in the order in which the
    desk has met them. One query, and a second where there are more.
    """
    known = (article.pk, article.story_id or 0, article.outlet_id or 0)
    rows = _FEW.models(*known)
    if len(rows) > MANY or sum(row.merged_into_id is None for row in rows) > KEYS:
        rows = list(_with_numbers(*known).filter(Q(is_heard=True) | Q(given__isnull=False)))
    free = _free(row.given for row in rows if row.given)
    sources = [row for row in rows if row.merged_into_id is None]
    first = [Numbered(row, row.given, is_fixed=True, is_heard=bool(row.is_heard)) for row in sources if row.given]
    others = sorted((row for row in sources if not row.given), key=lambda row: not row.is_heard)
    given = [Numbered(row, next(free), is_heard=bool(row.is_heard)) for row in others]
    return sorted([*first, *given], key=lambda one: one.number)


def living_source(slug: str, shown: Iterable[Numbered]) -> Source | None:
    """The source in use with this slug, or that a merged one stands for now. One query for one that is not shown."""
    known = (one.source for one in shown if one.source.slug == slug)
    return next(known, None) or Source.objects.living(slug)


def _free(taken: Iterable[int]) -> Iterator[int]:
    """The numbers that are not taken, the lowest first."""
    numbers = set(taken)
    return (number for number in count(1) if number not in numbers)


def as_keys(numbered: Iterable[Numbered]) -> str:
    """From key to source, for scripts."""
    return json.dumps({one.key: one.source.slug for one in numbered if one.key})


def _with_numbers(article: int, story: int, outlet: int) -> SourceQuerySet:
    """In the order in which the desk has met them, each with the number that it was `given` in the article. Those that
    were merged are among them while they have one: it is not given again."""
    own = FilteredRelation("numbers", condition=Q(numbers__article=article))
    # By the articles, of which there are few: asked of the claims at once, all claims of the desk are read.
    around = Article.objects.filter(Q(pk=article) | Q(story=story)).order_by().values("pk")
    heard = Claim.objects.filter(article__in=around).order_by().values("source")
    numbered = Source.objects.annotate(
        own=own,
        given=F("own__number"),
        is_heard=ExpressionWrapper(Q(pk__in=heard) | Q(pk=outlet), BooleanField()),
    )
    return numbered.filter(Q(merged_into=None) | Q(given__isnull=False)).order_by("id")


_FEW = Compiled(lambda article, story, outlet: _with_numbers(article, story, outlet)[: MANY + 1])


def fix_numbers(article: Article, shown: Sequence[Numbered], chosen: Iterable[Source]) -> list[Numbered]:
    """Gives numbers for good to sources that are heard or chosen and have none: those with which they were shown, so
    that the key just pressed stands for the same source when it is pressed again. Where that was taken meanwhile, and
    to a source that was not shown with a key, `_to_give` says which. Gives back all of them, as pages show them from
    now on.

    To be called within the transaction that writes the claim, after it: whoever writes to the same article at once
    waits for it. No query when all of these have theirs.
    """
    heard = [one.source.pk for one in shown if one.is_heard]
    fixed = {one.source.pk for one in shown if one.is_fixed}
    due = [key for key in dict.fromkeys([*heard, *(one.pk for one in chosen)]) if key not in fixed]
    if not due:
        return list(shown)
    given = dict(SourceNumber.objects.filter(article=article).order_by().values_list("source_id", "number"))
    others = [one for one in shown if one.source.pk not in given]
    numbers = _to_give([key for key in due if key not in given], others, set(given.values()))
    rows = [SourceNumber(article=article, source_id=key, number=number) for key, number in numbers.items()]
    SourceNumber.objects.bulk_create(rows, ignore_conflicts=True)
    return [replace(one, is_new=one.source.pk in due) for one in numbered_sources(article)]


def _to_give(due: Sequence[int], shown: Sequence[Numbered], taken: set[int]) -> dict[int, int]:
    """By the id of each source. Who was `shown` with a key keeps it. The others get the first that stands for nobody;
    where all do, the last one of those that are not heard: as few as can be have to move. `taken` are those fixed."""
    keys = {one.source.pk: one.number for one in shown if one.key and one.number not in taken}
    kept = {source: keys[source] for source in due if source in keys}
    settled = taken.union(kept.values())
    idle = sorted({one.number for one in shown if one.key} - settled, reverse=True)
    unused = (number for number in range(1, KEYS + 1) if number not in settled.union(idle))
    left = chain(unused, idle, _free(settled.union(range(1, KEYS + 1))))
    return kept | dict(zip((source for source in due if source not in kept), left, strict=False))
