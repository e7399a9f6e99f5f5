"""Whereabouts: where a claim stands, in words and as an address, and what became of it from version to version."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from articles.models import Article, Claim, Highlight
from articles.text.denials import turns


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`address` leads into the text, `place` is “CNN, version 1, ¶24”; `versions` says what became of the claim from
    version to version, and `change` is the address of that."""

    address: str
    place: str
    versions: str = ""
    change: str = ""


def whereabouts(
    current: Iterable[Claim], claims: Mapping[int, Claim], quotes: Mapping[int, str], places: Mapping[int, Highlight]
) -> dict[int, Whereabouts]:
    """By claim, of those in `current`. `claims` are those of all versions, with their articles; `quotes` and `places`
    their words and their first passages. No query."""
    articles = {claim.article_id: claim.article for claim in claims.values()}.values()
    versions = Counter(article.lineage for article in articles)
    addresses = {article.pk: article.get_absolute_url() for article in articles}
    found = {}
    for claim in current:
        article = claim.article
        note, changed = "", None
        if versions[article.lineage] > 1:
            note, changed = _versions(_chain(claim, claims), quotes, versions[article.lineage])
        found[claim.pk] = Whereabouts(
            address=f"{addresses[article.pk]}#sign-{claim.uid}",
            place=_place(article, places.get(claim.pk), is_one=len(versions) == 1),
            versions=note,
            change=f"{reverse('article_changes', args=[changed.article.slug])}#change-{changed.uid}" if changed else "",
        )
    return found


def _chain(claim: Claim, claims: Mapping[int, Claim]) -> list[Claim]:
    """The claim and those that it continues, as far as the visitor may read them."""
    chain = [claim]
    while (before := claims.get(chain[-1].continues_id or 0)) and before not in chain:
        chain.append(before)
    return chain


def _versions(chain: Sequence[Claim], quotes: Mapping[int, str], versions: int) -> tuple[str, Claim | None]:
    """What became of a claim from version to version, and the claim with which that came."""
    claim, *earlier = chain
    number = claim.article.version_number
    for after, before in zip(chain, earlier, strict=False):
        if before.source_id != after.source_id:
            return f"version {before.article.version_number}: {before.source or before.proposed_source}", after
        if quotes[before.pk] != quotes[after.pk] or turns(before.cue) != turns(after.cue):
            return f"reworded in version {after.article.version_number}", after
    first = chain[-1].article.version_number
    if not claim.article.is_latest:
        return f"version {number} only" if first == number else f"versions {first} to {number} only", None
    if not earlier:
        return ("", None) if number == 1 else (f"new in version {number}", None)
    return "both versions" if versions == len(chain) == 2 else f"versions {first} to {number}", None


def _place(article: Article, highlight: Highlight | None, *, is_one: bool) -> str:
    """“CNN, ¶24”; without the outlet where all claims of the story are in one article."""
    parts = [] if is_one else [str(article.outlet or article.title)]
    if not article.is_latest:
        parts.append(f"version {article.version_number}")
    if highlight and highlight.paragraph and highlight.paragraph.number:
        parts.append(f"¶{highlight.paragraph.number}")
    return ", ".join(parts)
