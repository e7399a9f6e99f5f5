"""Holding sources: who writes a claim of a source and who merges that source wait for each other, in one order.

Claims are held first, then their articles, then sources. Whoever writes claims asks for the sources where it reads the
articles anyway, so that it costs no query of its own.
"""

from collections import deque
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Subquery

from articles.models import Source
from articles.models.claim import ClaimQuerySet
from articles.writing.stamps import move_for_sources

# The key of no source.
NOBODY = 0
MERGED = -1


class _Held(Subquery):
    """SQLite has one writer at a time. PostgreSQL waits here for whoever merges one of them or takes it away, and reads
    it anew then. That it is merged is asked outside of what holds the rows, which holds none that it does not find."""

    template = (
        "(SELECT CASE WHEN COUNT(held.merged_into_id) > 0 THEN -1 ELSE COUNT(held.id) END FROM (%(subquery)s) held)"
    )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = self.template.replace("%(subquery)s", "%(subquery)s FOR KEY SHARE")
        return self.as_sql(compiler, connection, template=template, **extra)


def held(sources: Sequence[int]) -> Subquery:
    """How many of these sources there are; `MERGED` if one of them is merged into another. They are held as they are
    until the transaction ends: no more than their keys, so that others may hold them so as well."""
    rows = Source.objects.filter(pk__in=sources).order_by("pk").values("id", "merged_into_id")
    return _Held(rows, output_field=BigIntegerField())


def hold_claims(claims: ClaimQuerySet, *sources: Source) -> None:
    """These claims, and the articles of the sources where some are given: to be held before those sources, and before
    the articles of the claims. One query, where there is more than one writer at a time, and those of the stamps."""
    if connection.features.has_select_for_update:
        deque(claims.select_for_update(of=("self",)).order_by("pk").values_list("pk").iterator(), maxlen=0)
    if sources:
        move_for_sources(*sources)
