"""What the page of one claim is made of: its words in context, its answers, its history between versions."""

import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

from django.template import defaultfilters

from articles.loading import paragraphs_of, with_parts
from articles.models import Claim, Paragraph
from articles.models.roles import Visitor
from articles.pages.cards import make_cards, tones_of
from articles.pages.formats import within_quotes
from articles.pages.marking import mark
from articles.text.directions import closed

_ENDS = (".", "!", "?", "…", "؟", "。")
# What opens and closes a run of words that finds its own direction (UAX 9).
_TURNING = {"R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"}
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"


def claim_page(claim: Claim, visitor: Visitor) -> dict[str, Any]:
    """The claim must come from `for_page`. Compares it within its article and story, so it runs as many
    queries as the reading page, whatever their size."""
    article = claim.article
    paragraphs = paragraphs_of(article)
    visible = Claim.objects.visible_to(visitor).in_article(article)
    claims = with_parts((visible.on_the_page() | visible.with_uid(claim.uid)).in_reading_order())
    cards = make_cards(claims, article, {row.pk: row for row in paragraphs}, tones_of(claims))
    card = next(card for card in cards if card.claim.pk == claim.pk)
    card.claim.article = article
    marked = mark(paragraphs, [card], leading=False)
    beside = Claim.objects.visible_to(visitor).select_related("article__outlet", "article__story", "source")
    return {
        "claim": card.claim,
        "card": card,
        "article": article,
        "cited": cited_paragraphs(card.claim, paragraphs),
        "passages": [one for one in marked if any(segment.marks for segment in one.segments)],
        "earlier": beside.with_uid(claim.continues.uid).first() if claim.continues else None,
        "later": beside.continuing(claim).first(),
    }


def cited_paragraphs(claim: Claim, paragraphs: Iterable[Paragraph]) -> str:
    """The numbers of the paragraphs in which it is marked: “¶2, ¶5”."""
    marked = {highlight.paragraph_id for highlight in claim.highlights.all()}
    return ", ".join(f"¶{row.number}" for row in paragraphs if row.pk in marked and row.number)


def citation(claim: Claim, paragraphs: str, address: str) -> str:
    """One line that names who said it, to whom, when, and where it is marked."""
    article = claim.article
    who = [str(claim.source or "Source not yet chosen"), claim.other_speaker]
    quote = within_quotes(claim.quote)
    stop = "" if quote.rstrip("’'").endswith(_ENDS) else "."
    date = defaultfilters.date(article.published_local, "j F Y")
    where = [f"“{_isolated(article.title)}”", _isolated(str(article.outlet or "")), date]
    place = [f"version {article.version_number}", paragraphs]
    return (
        f"{_listed(map(_isolated, [*who, claim.denial]))}: “{_isolated(quote)}”{stop} "
        f"In: {_listed([*where, *place])}. Newsdesk, {address}"
    )


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)


def _isolated(words: str) -> str:
    """So that words from right to left do not carry away the figures and signs beside them."""
    if any(unicodedata.bidirectional(sign) in _TURNING for sign in words):
        return f"{_ISOLATE}{closed(words)}{_END_OF_ISOLATE}"
    return words


def report_address(claim: Claim, address: str, desk: str) -> str:
    """A mailto address with the claim filled in (RFC 6068)."""
    who = claim.source or "nobody yet"
    lines = [address, "", claim.led(f"“{claim.quote}”"), f"is attributed to: {who}", "", "What is wrong with it:", ""]
    fields = {"subject": f"Error in an attribution ({claim.uid})", "body": "\r\n".join(lines)}
    return f"mailto:{desk}?{urlencode(fields, quote_via=quote)}"
