"""Lines made ready: whatever can be found out about new articles before a transaction that others wait for is begun."""

import re
from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from articles.importing.article_lines import LineArticle, LineClaim
from articles.importing.articles import article_by_itself, slug_base
from articles.importing.claims import uid_of_name
from articles.importing.known_names import KnownNames, LineMetadata, metadata_of
from articles.importing.outcomes import Imported, Outcome
from articles.models import Article, Claim
from articles.models.uid import UID_PATTERN
from articles.search import Words, words_of_article, words_of_claim

# Slug and lineage are those of the key; the others are rows, or not said.
_LEFT_OUT = ["slug", "lineage", "outlet", "story", "revises", "read_through_by"]
_MOST = [(one.name, one.max_length or 0) for one in Claim._meta.fields if one.name in {"speaker", "cue"}]


@dataclass(frozen=True, slots=True)
class Prepared:
    """`article` is not saved and has neither outlet nor story yet. For each claim its id, and what the index holds."""

    given: LineArticle
    metadata: LineMetadata
    article: Article
    result: Imported
    uids: list[str]
    words: Words
    claim_words: list[Words]


def prepare(given: LineArticle, names: KnownNames) -> Prepared | None:
    """None for an article that goes the way of files. No query."""
    if given.data.revises or given.data.read_through or any(map(_is_unusual, given.claims)):
        return None
    result = Imported(given.line.place(names.path), Outcome.CREATED)
    metadata = metadata_of(given, names.path, names)
    article = article_by_itself(metadata, given.text, given.line.key, result)
    try:
        article.clean_fields(exclude=_LEFT_OUT)
    except ValidationError:
        return None
    article.slug = article.lineage = slug_base(given.line.key)
    article.is_latest = article.status != Article.Status.WITHDRAWN
    result.claims.placed = len(given.claims)
    quotes = [claim.quotes(given.text) for claim in given.claims]
    met = Counter[str]()
    return Prepared(
        given,
        metadata,
        article,
        result,
        [_uid(article.slug, claim, said, met) for claim, said in zip(given.claims, quotes, strict=True)],
        words_of_article(article.language, article.title, (block.text for block in given.text.parsed.blocks)),
        [
            words_of_claim(article.language, claim.speaker, claim.note, said)
            for claim, said in zip(given.claims, quotes, strict=True)
        ],
    )


def _is_unusual(claim: LineClaim) -> bool:
    return not claim.source or any(len(getattr(claim, name)) > most for name, most in _MOST)


def _uid(article: str, claim: LineClaim, quotes: list[str], met: Counter[str]) -> str:
    """As `ClaimsImport` gives them."""
    if re.fullmatch(UID_PATTERN, claim.id):
        return claim.id
    return uid_of_name(article, claim.id or f"{claim.source}|{' '.join(quotes)}", met)
