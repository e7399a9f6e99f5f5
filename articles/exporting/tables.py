"""Tables: claims as CSV, one row a claim."""

import csv
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from articles.exporting.rows import ArticleRow, ClaimRow

BOM = "\ufeff"
# What makes a spreadsheet take a cell for a formula, at its start. The wide forms do so in Asian locales.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_SUSPECT = _FORMULA | {" "}
_BETWEEN = "; "
# Words of the text.
_QUOTING = {"quote", "as_worded"}
_OF_CLAIM = (
    *("id", "address", "status", "source", "source_name", "speaker", "cue", "quote", "highlights", "paragraphs"),
    *("positions", "questions", "as_worded", "read_as", "note", "unchecked", "continues", "created", "modified"),
)
_OF_ARTICLE = (
    *("article", "article_title", "article_address", "article_version", "language", "outlet", "published", "story"),
)
COLUMNS = (*_OF_CLAIM, *_OF_ARTICLE)


def _claim_cells(claim: ClaimRow, host: str) -> tuple[str, ...]:
    highlights, answers = claim.highlights, claim.answers
    return (
        claim.uid,
        f"{host}/claims/{claim.uid}/",
        claim.status,
        claim.source,
        claim.source_name,
        claim.speaker,
        claim.cue,
        " … ".join([one.quote for one in highlights]),
        str(len(highlights)),
        _BETWEEN.join(dict.fromkeys([str(one.number) for one in highlights if one.number])),
        _BETWEEN.join([f"{one.at}–{one.at + one.length}" for one in highlights if one.at is not None]),
        _BETWEEN.join([one.question for one in answers]),
        _BETWEEN.join([f"{one.question}: {one.as_worded}" for one in answers]),
        _BETWEEN.join([f"{one.question}: {one.value}" for one in answers if one.value]),
        claim.note,
        "yes" if claim.is_doubtful else "",
        claim.continues,
        claim.created,
        claim.modified,
    )


def _article_cells(article: ArticleRow, host: str) -> tuple[str, ...]:
    return (
        article.slug,
        article.title,
        host + article.path,
        str(article.version),
        article.language,
        article.outlet,
        article.published,
        article.story,
    )


class _Lines:
    """What `csv.writer` writes to: gives back what it is given."""

    def write(self, line: str) -> str:
        return line


def table(claims: Iterable[ClaimRow], host: str, *, quotes: bool = True, bom: bool = False) -> Iterator[str]:
    """Line by line, as RFC 4180 has them. Without quotes the columns that hold words of the text are left out."""
    wanted = [at for at, name in enumerate(_OF_CLAIM) if quotes or name not in _QUOTING]
    choose: Any = itemgetter(*wanted)
    written: Any = csv.writer(_Lines()).writerow
    yield (BOM if bom else "") + str(written([*choose(_OF_CLAIM), *_OF_ARTICLE]))
    article, of_article = None, ""
    for claim in claims:
        if claim.article is not article:
            article = claim.article
            of_article = written(_harmless(_article_cells(article, host)))
        of_claim = written(_harmless(choose(_claim_cells(claim, host))))
        yield f"{of_claim[:-2]},{of_article}"


def _harmless(cells: Iterable[str]) -> list[str]:
    return [harmless(cell) if cell[:1] in _SUSPECT else cell for cell in cells]


def harmless(cell: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(" ")[:1] in _FORMULA else cell
