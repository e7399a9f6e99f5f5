"""Rows of a relation that were read together with those they belong to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model


def loaded(one: Model, relation: str) -> Iterable[Any]:
    """As `one.relation.all()`, which makes a manager and a queryset each time: for claims by the hundred that costs
    more than what is done with them. One query where the rows have not been read."""
    found: Iterable[Any] | None = one.__dict__.get("_prefetched_objects_cache", {}).get(relation)
    return getattr(one, relation).all() if found is None else found
