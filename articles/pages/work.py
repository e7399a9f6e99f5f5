"""Work: what there is to do for editors, one list for each kind. Nothing that pages hide is missing here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet

from articles.counting import MORE, count_each
from articles.desk_stamp import stamp_of_desk
from articles.models import Article, Claim, Listed
from articles.models.article import ArticleQuerySet
from articles.models.claim import ClaimQuerySet
from articles.models.listed import ACCEPTED, ListedQuerySet

SECONDS = 3600


@dataclass(frozen=True, slots=True)
class WorkList:
    """`name` stands in the address, `empty` in place of rows. One that is not `to_do` is there to look things up; one
    that `compares` shows the words of the version before as well. `walked`: its rows on some shelves, where an index
    has them in order, so that however many there are they need not be sorted.
    """

    name: str
    title: str
    why: str
    empty: str
    rows: Callable[[], ClaimQuerySet] | Callable[[], ArticleQuerySet]
    of_claims: bool = True
    to_do: bool = True
    compares: bool = False
    walked: Callable[[Sequence[str]], ListedQuerySet] | None = None


LISTS = (
    WorkList(
        "review",
        "Articles with suggestions",
        "Go through the report from one suggestion to the next. The suggestions themselves are counted below.",
        "No article has a suggestion left.",
        lambda: Claim.objects.waiting().their_articles(),
        of_claims=False,
        to_do=False,
    ),
    WorkList(
        "suggested",
        "Suggestions to review",
        "Claims that somebody or something proposed. Readers see them once they are accepted.",
        "No claim is waiting to be accepted or rejected.",
        lambda: Claim.objects.to_review(),
    ),
    WorkList(
        "unanswered",
        "Claims without an answer",
        "Accepted claims in stories that ask something, on which they say nothing yet. Some never will.",
        "Every claim of a story with questions answers one of them.",
        lambda: Claim.objects.among(Listed.objects.without_answer()),
        walked=lambda shelves: Listed.objects.without_answer(shelves),
    ),
    WorkList(
        "orphaned",
        "Passages not found",
        "Claims with a highlight whose words are not found in the text any more. A claim without any other highlight "
        "is not shown to readers.",
        "The words of every highlight are found in its text.",
        lambda: Claim.objects.with_orphans(),
    ),
    WorkList(
        "attribution",
        "Attribution changed?",
        "Carried over from the version before, and another speaker or another reporting word stands beside the words "
        "now. Correct the claim or save it as it is: either takes it off this list. One that is reworded as well is "
        "on this list only.",
        "No claim that was carried over looks attributed otherwise.",
        lambda: Claim.objects.attributed_otherwise(),
        compares=True,
    ),
    WorkList(
        "reworded",
        "Reworded passages",
        "Carried over from the version before to words that are like its own. See whether they still say what the "
        "claim answers: “Still right”, or to save it, takes it off this list.",
        "Every claim that was carried over to other words has been looked at.",
        lambda: Claim.objects.reworded(),
        compares=True,
    ),
    WorkList(
        "unread",
        "Articles not read through",
        "Nobody has said yet that all their claims are marked. Say so on the page of their data.",
        "Every article has been read through.",
        lambda: Article.objects.not_read_through(),
        of_claims=False,
    ),
    WorkList(
        "drafts",
        "Drafts",
        "Articles that readers do not see yet, or not any more.",
        "No article is a draft.",
        lambda: Article.objects.drafts(),
        of_claims=False,
    ),
    WorkList(
        "rejected",
        "Rejected claims",
        "Nothing to do: they are kept here, so that what was rejected can be found and taken back.",
        "No claim that has a source has been rejected.",
        lambda: Claim.objects.rejected(),
        to_do=False,
    ),
)


def work_counts() -> dict[str, int]:
    """How many rows each list has, as from `count_each`. One query for all of them."""
    return count_each({one.name: rows_to_count(one) for one in LISTS})


def rows_to_count(one: WorkList) -> QuerySet[Any, Any]:
    return one.walked(ACCEPTED) if one.walked else one.rows()


def work_total() -> int:
    """How much there is to do, on all lists together, as from `count_each`: what is on two of them counts twice.

    Every page shows it to editors, and counting takes some 30 ms with a million claims, so it is kept until something
    is written. One query if it is kept, else two.
    """
    key = f"work:{stamp_of_desk()}"
    total: int | None = cache.get(key)
    if total is None:
        counts = work_counts()
        total = min(MORE, sum(counts[one.name] for one in LISTS if one.to_do))
        cache.set(key, total, SECONDS)
    return total


def work_list_named(name: str) -> WorkList | None:
    return next((one for one in LISTS if one.name == name), None)
