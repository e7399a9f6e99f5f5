"""Lines: claims as JSON Lines, one object a claim, in the words of the desk."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from articles.exporting.rows import AnswerRow, ArticleRow, ClaimRow, HighlightRow

_json = json.JSONEncoder(ensure_ascii=False).encode


def lines(claims: Iterable[ClaimRow], host: str, *, quotes: bool = True) -> Iterator[str]:
    """Without quotes, what holds words of the text is left out."""
    article, of_article = None, ""
    for claim in claims:
        if claim.article is not article:
            article = claim.article
            of_article = _json(_article(article, host))
        yield f'{_json(_record(claim, host, quotes))[:-1]}, "article": {of_article}}}\n'


def _record(claim: ClaimRow, host: str, quotes: bool) -> dict[str, Any]:
    """All but its article, which it has in common with others."""
    return {
        "id": claim.uid,
        "address": f"{host}/claims/{claim.uid}/",
        "status": claim.status,
        "source": {"slug": claim.source, "name": claim.source_name},
        "speaker": claim.speaker,
        "cue": claim.cue,
        "note": claim.note,
        "unchecked": claim.is_doubtful,
        "continues": claim.continues,
        "created": claim.created,
        "modified": claim.modified,
        "highlights": [_highlight(one, quotes) for one in claim.highlights],
        "answers": [_answer(one, quotes) for one in claim.answers],
    }


def _highlight(highlight: HighlightRow, quotes: bool) -> dict[str, Any]:
    at = highlight.at
    return {
        "id": highlight.uid,
        "state": highlight.state,
        "paragraph": highlight.position,
        "number": highlight.number,
        "start": highlight.start,
        "end": highlight.end,
        "text_start": at,
        "text_end": None if at is None else at + highlight.length,
        **({"quote": highlight.quote} if quotes else {}),
        **({"prefix": highlight.prefix, "suffix": highlight.suffix} if quotes and at is None else {}),
    }


def _answer(answer: AnswerRow, quotes: bool) -> dict[str, Any]:
    return {
        "question": answer.question,
        "low": answer.low,
        "high": answer.high,
        "about": answer.about,
        "choice": answer.choice,
        "place": answer.place,
        **({"words": answer.words, "as_worded": answer.as_worded} if quotes else {}),
    }


def _article(article: ArticleRow, host: str) -> dict[str, Any]:
    return {
        "slug": article.slug,
        "address": host + article.path,
        "title": article.title,
        "version": article.version,
        "language": article.language,
        "outlet": article.outlet,
        "published": article.published,
        "story": article.story,
    }
