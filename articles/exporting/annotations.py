"""Annotations: claims as W3C Web Annotation JSON-LD, as `web_annotation` reads them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from articles.exporting.rows import AnswerRow, ArticleRow, ClaimRow, HighlightRow
from articles.importing.web_annotation import CLAIM, CONTEXT, HIGHLIGHT, QUESTION, SOURCE
from articles.text.quotes import unique_context

_json = json.JSONEncoder(ensure_ascii=False).encode
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def single(claim: ClaimRow, host: str, *, quotes: bool = True) -> str:
    return _json({"@context": CONTEXT, **annotation(claim, host, quotes=quotes)})


def collection(
    claims: Iterable[ClaimRow], host: str, *, address: str, label: str, total: int, following: str = "", quotes: bool
) -> Iterator[str]:
    """With its first page in it, annotation by annotation. `following` is the address of the next page."""
    head = {"@context": CONTEXT, "id": address, "type": "AnnotationCollection", "label": label, "total": total}
    first = _page_head("", 0, following)
    yield f'{_json(head)[:-1]}, "first": '
    yield from _page(first, claims, host, quotes)
    yield "}\n"


def page(
    claims: Iterable[ClaimRow], host: str, *, address: str, of: str, index: int, following: str, quotes: bool
) -> Iterator[str]:
    head = {"@context": CONTEXT, "id": address, "partOf": of, **_page_head(of, index, following)}
    yield from _page(head, claims, host, quotes)
    yield "\n"


def _page_head(of: str, index: int, following: str) -> dict[str, Any]:
    return {"type": "AnnotationPage", "startIndex": index, **({"next": following} if following else {})}


def _page(head: dict[str, Any], claims: Iterable[ClaimRow], host: str, quotes: bool) -> Iterator[str]:
    yield f'{_json(head)[:-1]}, "items": ['
    between = "\n"
    for claim in claims:
        yield between + _json(annotation(claim, host, quotes=quotes))
        between = ",\n"
    yield "\n]}"


def annotation(claim: ClaimRow, host: str, *, quotes: bool) -> dict[str, Any]:
    return {
        "id": CLAIM + claim.uid,
        "type": "Annotation",
        "motivation": "identifying",
        "via": f"{host}/claims/{claim.uid}/",
        **({"created": claim.created} if claim.created else {}),
        **({"modified": claim.modified} if claim.modified else {}),
        "body": list(_bodies(claim, quotes)),
        **({"status": claim.status} if claim.status != "accepted" else {}),
        **({"continues": CLAIM + claim.continues} if claim.continues else {}),
        "target": [_target(one, claim.article, host, quotes) for one in claim.highlights],
    }


def _bodies(claim: ClaimRow, quotes: bool) -> Iterator[dict[str, Any]]:
    """Who says it, with all that the desk knows of that; the source's name for those who read tags; the questions
    that it answers; the note."""
    yield {
        "type": "SpecificResource",
        "purpose": "identifying",
        **({"source": SOURCE + claim.source} if claim.source else {}),
        **({"speaker": claim.speaker} if claim.speaker else {}),
        **({"cue": claim.cue} if claim.cue else {}),
        **({"answers": [_answer(one, quotes) for one in claim.answers]} if claim.answers else {}),
    }
    if claim.source_name:
        yield {"type": "TextualBody", "purpose": "tagging", "value": claim.source_name, "format": "text/plain"}
    for answer in claim.answers:
        yield {"type": "SpecificResource", "purpose": "classifying", "source": QUESTION + answer.question}
    if claim.note:
        yield {"type": "TextualBody", "purpose": "commenting", "value": claim.note, "format": "text/plain"}


def _answer(answer: AnswerRow, quotes: bool) -> dict[str, Any]:
    said: dict[str, Any] = {"question": answer.question}
    if answer.low is not None:
        said["low"] = answer.low
    if answer.high is not None:
        said["high"] = answer.high
    if answer.about:
        said["about"] = True
    if answer.choice:
        said["choice"] = answer.choice
    if answer.place:
        said["place"] = answer.place
    if quotes and answer.words:
        said["words"] = answer.words
    if quotes:
        said["asWorded"] = answer.as_worded
    return said


def _target(highlight: HighlightRow, article: ArticleRow, host: str, quotes: bool) -> dict[str, Any]:
    return {
        "id": HIGHLIGHT + highlight.uid,
        "type": "SpecificResource",
        "source": host + article.path,
        **({"found": highlight.state} if highlight.state != "placed" else {}),
        "selector": list(_selectors(highlight, article, quotes)),
    }


def _selectors(highlight: HighlightRow, article: ArticleRow, quotes: bool) -> Iterator[dict[str, Any]]:
    """Code points of the article's text: its paragraphs joined by one newline."""
    at = highlight.at
    if quotes:
        prefix, suffix = highlight.prefix, highlight.suffix
        if at is not None:
            prefix, suffix = unique_context(article.text, at, at + highlight.length)
        yield {"type": "TextQuoteSelector", "exact": highlight.quote, "prefix": prefix, "suffix": suffix}
    if at is not None:
        yield {"type": "TextPositionSelector", "start": at, "end": at + highlight.length}
