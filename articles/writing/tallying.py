"""A row of `Listed`, and everything that it counts in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from articles.models.listed import LAST, Key, scopes_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Row(NamedTuple):
    """The columns of `Listed`, as databases give them."""

    claim_id: int
    shelf: str
    article_id: int
    source_id: int
    story_id: int | None
    outlet_id: int | None
    age: int
    place: int
    speaker: str
    first_question: int
    questions: str
    is_disputed: bool


def month_of(age: int) -> str:
    """“2018-02”; nothing without a date."""
    return "" if age == LAST else f"{EPOCH - timedelta(seconds=age):%Y-%m}"


def tallied(row: Row) -> Iterator[Key]:
    """Everything that the row counts in."""
    named = {"source": row.source_id, "story": row.story_id, "outlet": row.outlet_id}
    month, questions = month_of(row.age), row.questions.split()
    values = [("all", ""), ("article", str(row.article_id))]
    values += [(facet, str(key)) for facet, key in named.items() if key]
    values += [("question", key) for key in questions]
    values += [("month", month)] if month else []
    values += [("speaker", row.speaker)] if row.speaker else []
    values += [("disputed", "")] if row.is_disputed else []
    for scope, same in scopes_of(row.shelf, row.source_id, row.story_id, row.outlet_id, row.is_disputed):
        yield from ((scope, facet, value) for facet, value in values if facet != same)
