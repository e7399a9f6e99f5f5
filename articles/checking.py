"""Checking: every rule of the data that no constraint can hold, over the whole database.

Reads row by row, so that a desk of any size is checked in little memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from articles.models import Article, Claim, Revision
from articles.publishing import latest_of, mark_latest
from articles.snapshots import Draft, whole
from articles.text.parsing import decode, parse
from articles.text.quotes import context

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
        if sha256(content).hexdigest() != article.sha256:
            yield Problem(article.slug, "the text as given is not the one that was imported")
            continue
        blocks = [block.text for block in parse(decode(content)).blocks]
        if blocks != [row.text for row in sorted(article.paragraphs.all(), key=lambda row: row.position)]:
            yield Problem(article.slug, "its paragraphs are not those of the text as given")


def check_versions(*, repair: bool) -> Iterator[Problem]:
    """That exactly the right version of each article is marked as the latest."""
    for lineage in Article.objects.order_by().values_list("lineage", flat=True).distinct().iterator():
        versions = list(Article.objects.filter(lineage=lineage))
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
    orders = [order for one in draft.highlights if (order := one.reading_order) is not None]
    first = min(orders, default=None)
    if draft.claim.reading_order != first:
        if repair:
            with transaction.atomic():
                Claim.objects.filter(pk=draft.claim.pk).update(reading_order=first)
        yield Problem(where, "its place in the reading order is wrong", repaired=repair)


def check_revisions() -> Iterator[Problem]:
    """That the last revision of each claim that was ever changed is of the version it has."""
    last: dict[str, int] = {}
    for uid, version in Revision.objects.order_by("id").values_list("claim_uid", "version").iterator():
        last[uid] = max(version, last.get(uid, 0))
    for uid, version in Claim.objects.values_list("uid", "version").iterator():
        if last.get(uid, version) != version:
            yield Problem(f"claim {uid}", f"it is at version {version}, its last revision at {last[uid]}")


def check_all(*, repair: bool = False) -> Iterator[Problem]:
    """Everything above. With `repair`, counters are counted again; nothing else is ever changed."""
    yield from check_articles()
    yield from check_versions(repair=repair)
    yield from check_claims(repair=repair)
    yield from check_revisions()
