"""The rows of a list of work: how it begins, and page by page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.counting import COUNTED, count_each
from articles.models import Article, Claim
from articles.models.article import ArticleQuerySet
from articles.models.claim import ClaimQuerySet
from articles.models.listed import ACCEPTED, ListedQuerySet
from articles.pages.browsing import page_of
from articles.pages.in_order import SILENT, by_shelves, page_with, place_in
from articles.pages.narrowed import AT
from articles.pages.paging import Fetch, Place, Window, window
from articles.pages.work import WorkList, rows_to_count
from articles.text.differences import Change, Piece, differences


def first_rows(one: WorkList, count: int) -> Iterable[Claim] | Iterable[Article]:
    """As many as come first."""
    if one.walked is None:
        return _rows(one)[:count]
    return _claims(window(_walk(one.walked), Place(), count))


def work_page(one: WorkList, asked: Mapping[str, Any], per_page: int) -> tuple[Any, Iterable[Any], int]:
    """One page of the list, as a `PlaceForm` asks for it; its rows; and how many there are in all, as from
    `count_each`."""
    if one.walked is None:
        page = page_of(_rows(one), asked["page"], per_page)
        return page, page, page.paginator.count
    found = window(_walk(one.walked), place_in(asked, SILENT), per_page)
    claims = _claims(found)
    count = count_each({one.name: rows_to_count(one)})[one.name]
    total = count if count <= COUNTED else None
    return page_with(claims, found, SILENT).counted(total, per_page), claims, count


def _walk(walked: Callable[[Sequence[str]], ListedQuerySet]) -> Fetch[tuple[Any, ...]]:
    return by_shelves(ACCEPTED, lambda shelf: walked([shelf]), SILENT)


def _claims(found: Window[tuple[Any, ...]]) -> list[Claim]:
    rows = Claim.objects.filter(pk__in=[row[AT["claim_id"]] for row in found.rows])
    return list(rows.for_work().as_listed())


def _rows(one: WorkList) -> ClaimQuerySet | ArticleQuerySet:
    """In order, with what is shown of each: two queries for claims, six to compare versions, one for articles."""
    rows = one.rows().for_work()
    return rows.with_versions() if one.compares and isinstance(rows, ClaimQuerySet) else rows


@dataclass(frozen=True, slots=True)
class Beside:
    """The words around a claim as the version before had them, and as they are now, in pieces; and who spoke there."""

    speaker: str
    before: tuple[Piece, ...]
    now: tuple[Piece, ...]


def beside_before(claim: Claim) -> Beside | None:
    """None for a claim that was not carried over, or has been looked at since: then nothing is to be compared. One
    query, six for one that is to be."""
    found = Claim.objects.unsure().with_versions().with_uid(claim.uid).first()
    if found is None or found.continues is None:
        return None
    old = found.continues
    pieces = differences(old.wording or old.quote, found.wording)
    return Beside(
        speaker=old.speaker,
        before=tuple(one for one in pieces if one.change != Change.NEW),
        now=tuple(one for one in pieces if one.change != Change.GONE),
    )
