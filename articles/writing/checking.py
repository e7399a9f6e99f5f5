"""Checking: every rule of the data that no constraint can hold, over the whole database.

Reads row by row, so that a desk of any size is checked in little memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Model

from articles.desk_stamp import install, missing_triggers
from articles.models import Article, ArticleRevision, Changeset, Claim, Place, Question, Revision, Source
from articles.search import find_wrong, mend
from articles.snapshots import Draft, content, content_of, whole
from articles.text.parsing import TextError, decode, parse
from articles.text.quotes import context
from articles.writing.disputes import disputed, recount
from articles.writing.editing import ordered
from articles.writing.listing import mend_rows, mend_tallies, wrong_rows, wrong_tallies
from articles.writing.metadata import metadata
from articles.writing.publishing import latest_of, mark_latest
from articles.writing.stamps import move_for_articles

BATCH = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with which row. `repaired` when it was a counter that could be counted again."""

    where: str
    what: str
    repaired: bool = False


def check_articles() -> Iterator[Problem]:
    """That the bytes kept are those imported, and the paragraphs those that the parser makes of them."""
    for article in Article.objects.select_related("original").prefetch_related("paragraphs").iterator(BATCH):
        content = bytes(article.original.content) if hasattr(article, "original") else b""
        paragraphs = sorted(article.paragraphs.all(), key=lambda row: row.position)
        if sha256(content).hexdigest() != article.sha256:
            yield Problem(article.slug, "the text as given is not the one that was imported")
        elif _texts(content) != [row.text for row in paragraphs]:
            yield Problem(article.slug, "its paragraphs are not those of the text as given")
        numbers = [row.number for row in paragraphs if row.number]
        if [row.position for row in paragraphs] != [*range(len(paragraphs))]:
            yield Problem(article.slug, "the positions of its paragraphs do not run from 0")
        if numbers != [*range(1, len(numbers) + 1)]:
            yield Problem(article.slug, "the numbers of its paragraphs do not run from 1")


def _texts(content: bytes) -> list[str]:
    try:
        return [block.text for block in parse(decode(content)).blocks]
    except TextError:
        return []


def check_versions(*, repair: bool) -> Iterator[Problem]:
    """That each version revises the one before it, and that exactly the right one is marked as the latest."""
    for lineage in Article.objects.order_by().values_list("lineage", flat=True).distinct().iterator():
        versions = list(Article.objects.filter(lineage=lineage).order_by("version_number"))
        before = [None, *[version.pk for version in versions[:-1]]]
        if [version.revises_id for version in versions] != before:
            yield Problem(lineage, "its versions do not revise one another in order")
        latest = latest_of(versions)
        if any(version.is_latest != (version == latest) for version in versions):
            if repair:
                mark_latest(lineage)
            yield Problem(lineage, "another version is marked as the latest", repaired=repair)


def check_claims(*, repair: bool) -> Iterator[Problem]:
    """The rules that span tables, the words of every highlight, its context, and the counters."""
    for claim in whole(Claim.objects.order_by("pk")).iterator(BATCH):
        draft = Draft.of(claim)
        where = f"claim {claim.uid} in {claim.article.slug}"
        if not draft.highlights:
            yield Problem(where, "it has no highlight")
        for row in (claim, *draft.highlights, *draft.answers):
            yield from (Problem(where, message) for message in _broken(row))
        if wrong := _wrong_context(draft):
            yield Problem(where, f"the context of {wrong} of its highlights is not what stands there")
        if [one.position for one in ordered(draft.highlights)] != [*range(len(draft.highlights))]:
            yield Problem(where, "its highlights are not in the order in which they are read")
        yield from _check_counter(draft, where, repair)


def _broken(row: Model) -> list[str]:
    try:
        row.clean()
    except ValidationError as error:
        return error.messages
    return []


def _wrong_context(draft: Draft) -> int:
    placed = [(one, one.paragraph, one.start or 0, one.end or 0) for one in draft.highlights if one.paragraph]
    return sum((one.prefix, one.suffix) != context(row.text, start, end) for one, row, start, end in placed)


def _check_counter(draft: Draft, where: str, repair: bool) -> Iterator[Problem]:
    first = next((one.reading_order for one in ordered(draft.highlights)), None)
    if draft.claim.reading_order != first:
        if repair:
            with transaction.atomic():
                Claim.objects.filter(pk=draft.claim.pk).update(reading_order=first)
                move_for_articles([draft.claim.article_id])
        yield Problem(where, "its place in the reading order is wrong", repaired=repair)


def check_revisions() -> Iterator[Problem]:
    """That each claim is what its last revision says; one that only an import has written has none."""
    last: dict[str, tuple[int, int]] = {}
    for uid, version, pk in Revision.objects.values_list("claim_uid", "version", "pk").iterator():
        last[uid] = max((version, pk), last.get(uid, (0, 0)))
    for claim in whole(Claim.objects.order_by("pk")).select_related("made_in").iterator(BATCH):
        version, pk = last.get(claim.uid, (0, 0))
        if version == 0 and claim.version == 1 and claim.made_in.kind == Changeset.Kind.IMPORT:
            continue
        if version != claim.version:
            yield Problem(f"claim {claim.uid}", f"it is at version {claim.version}, its last revision at {version}")
        elif content_of(Revision.objects.get(pk=pk).snapshot) != content(Draft.of(claim)):
            yield Problem(f"claim {claim.uid}", "it is not what its last revision says")


def check_metadata() -> Iterator[Problem]:
    """That each article's metadata is what its last revision says; one that only imports have written has none."""
    last = ArticleRevision.objects.last_of_each()
    for article in Article.objects.select_related("story", "outlet").order_by("pk").iterator(BATCH):
        if article.pk in last and metadata(article) != ArticleRevision.objects.get(pk=last[article.pk]).snapshot:
            yield Problem(article.slug, "its metadata is not what its last revision says")


def check_places() -> Iterator[Problem]:
    """That no place lies within itself, nor in one of another story."""
    for place in Place.objects.order_by("pk"):
        yield from (Problem(f"place {place.slug}", message) for message in _broken(place))


def check_sources() -> Iterator[Problem]:
    """That a merged source leads to one that is in use, and has no articles or aliases any more."""
    for source in Source.objects.merged().order_by("pk"):
        if source.living().merged_into_id:
            yield Problem(f"source {source.slug}", "it has been merged in a circle")
        if source.published_articles.exists() or source.aliases.exists():
            yield Problem(f"source {source.slug}", "it has been merged, and still has articles or aliases")


def check_index(*, repair: bool) -> Iterator[Problem]:
    """That what is searched is what stands there."""
    for wrong in find_wrong():
        if repair:
            with transaction.atomic():
                mend(wrong)
        for pk in [*(row.pk for row in wrong.rows), *wrong.strays]:
            what = "the index holds other words" if pk not in wrong.strays else "the index holds words of nothing"
            yield Problem(f"{wrong.table} {pk}", what, repaired=repair)


def check_lists(*, repair: bool) -> Iterator[Problem]:
    """That lists hold what stands there, and that what is counted is what they hold."""
    for before, rows in wrong_rows():
        if repair:
            with transaction.atomic():
                mend_rows(before, rows)
        for pk in sorted({*before, *(row.claim_id for row in rows)}):
            yield Problem(f"claim {pk}", "lists hold something else of it", repaired=repair)
    missing = wrong_tallies()
    if missing and repair:
        with transaction.atomic():
            mend_tallies(missing)
    for (scope, facet, value), number in sorted(missing.items()):
        yield Problem(f"count of {facet} {value!r} in {scope}", f"{number:+} is missing", repaired=repair)


def check_disputes(*, repair: bool) -> Iterator[Problem]:
    """That the questions marked as disputed are those on which accounts conflict."""
    for question in Question.objects.order_by("pk").iterator(BATCH):
        if question.is_disputed != (question.slug in disputed([question])):
            if repair:
                recount([question.pk])
            yield Problem(f"question {question.slug}", "whether it is disputed is wrong", repaired=repair)


def check_desk_stamp(*, repair: bool) -> Iterator[Problem]:
    """That every write moves the stamps, so that nothing that is kept is shown afterwards."""
    for one in missing_triggers(connection):
        what = f"the trigger {one.name} is missing, or that of an earlier release: migrate"
        yield Problem(one.table, what, repaired=repair)
    if repair:
        install(connection)


def check_all(*, repair: bool = False) -> Iterator[Problem]:
    """Everything above. With `repair`, counters are counted and words indexed again; nothing else is ever changed."""
    yield from check_articles()
    yield from check_versions(repair=repair)
    yield from check_claims(repair=repair)
    yield from check_revisions()
    yield from check_metadata()
    yield from check_places()
    yield from check_sources()
    yield from check_index(repair=repair)
    yield from check_desk_stamp(repair=repair)
    yield from check_lists(repair=repair)
    yield from check_disputes(repair=repair)
