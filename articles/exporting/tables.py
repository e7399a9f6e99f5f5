"""Tables: claims as CSV, one row a claim."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from articles.exporting.rows import ClaimRow

BOM = "\ufeff"
# What makes a spreadsheet take a cell for a formula, at its start. The wide forms do so in Asian locales.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_BETWEEN = "; "
# Words of the text.
_QUOTING = {"quote", "as_worded"}
COLUMNS: dict[str, Callable[[ClaimRow, str], Any]] = {
    "id": lambda claim, host: claim.uid,
    "address": lambda claim, host: f"{host}/claims/{claim.uid}/",
    "status": lambda claim, host: claim.status,
    "source": lambda claim, host: claim.source,
    "source_name": lambda claim, host: claim.source_name,
    "speaker": lambda claim, host: claim.speaker,
    "cue": lambda claim, host: claim.cue,
    "quote": lambda claim, host: " … ".join(one.quote for one in claim.highlights),
    "highlights": lambda claim, host: len(claim.highlights),
    "paragraphs": lambda claim, host: _BETWEEN.join(
        dict.fromkeys(str(one.number) for one in claim.highlights if one.number)
    ),
    "positions": lambda claim, host: _BETWEEN.join(
        f"{one.at}–{one.at + one.length}" for one in claim.highlights if one.at is not None
    ),
    "questions": lambda claim, host: _BETWEEN.join(one.question for one in claim.answers),
    "as_worded": lambda claim, host: _BETWEEN.join(f"{one.question}: {one.as_worded}" for one in claim.answers),
    "read_as": lambda claim, host: _BETWEEN.join(f"{one.question}: {one.value}" for one in claim.answers if one.value),
    "note": lambda claim, host: claim.note,
    "continues": lambda claim, host: claim.continues,
    "created": lambda claim, host: claim.created,
    "modified": lambda claim, host: claim.modified,
    "article": lambda claim, host: claim.article.slug,
    "article_title": lambda claim, host: claim.article.title,
    "article_address": lambda claim, host: host + claim.article.path,
    "article_version": lambda claim, host: claim.article.version,
    "language": lambda claim, host: claim.article.language,
    "outlet": lambda claim, host: claim.article.outlet,
    "published": lambda claim, host: claim.article.published,
    "story": lambda claim, host: claim.article.story,
}


class _Lines:
    """What `csv.writer` writes to: gives back what it is given."""

    def write(self, line: str) -> str:
        return line


def table(claims: Iterable[ClaimRow], host: str, *, quotes: bool = True, bom: bool = False) -> Iterator[str]:
    """Line by line, as RFC 4180 has them. Without quotes the columns that hold words of the text are left out."""
    columns = {name: value for name, value in COLUMNS.items() if quotes or name not in _QUOTING}
    writer = csv.writer(_Lines())
    yield (BOM if bom else "") + str(writer.writerow(columns))
    values = list(columns.values())
    for claim in claims:
        yield str(writer.writerow([harmless(value(claim, host)) for value in values]))


def harmless(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ")[:1] in _FORMULA else cell
