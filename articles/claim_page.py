"""What the page of one claim is made of: its words in context, its answers, its history between versions."""

from typing import Any
from urllib.parse import quote, urlencode

from django.template import defaultfilters

from articles.cards import Card, make_cards, tones_of, with_parts
from articles.marking import mark
from articles.models import Claim
from articles.models.roles import Visitor

# A quotation within a quotation has single marks.
_INNER_QUOTES = str.maketrans('“”"', "‘’'")


def claim_page(claim: Claim, visitor: Visitor) -> dict[str, Any]:
    """The claim must come from `for_page`. Compares it within its article and story, so it runs as many
    queries as the reading page, whatever their size."""
    article = claim.article
    paragraphs = list(article.paragraphs.order_by("position"))
    visible = Claim.objects.visible_to(visitor).in_article(article)
    claims = list(with_parts((visible.on_the_page() | visible.with_uid(claim.uid)).in_reading_order()))
    cards = make_cards(claims, article, {row.pk: row for row in paragraphs}, tones_of(claims))
    card = next(card for card in cards if card.claim.pk == claim.pk)
    card.claim.article = article
    marked = mark(paragraphs, [card], leading=False)
    beside = Claim.objects.visible_to(visitor).select_related("article", "source")
    return {
        "claim": card.claim,
        "card": card,
        "article": article,
        "passages": [one for one in marked if any(segment.marks for segment in one.segments)],
        "earlier": beside.with_uid(claim.continues.uid).first() if claim.continues else None,
        "later": beside.continuing(claim).first(),
    }


def citation(card: Card, address: str) -> str:
    """One line that names who said it, to whom, when, and where it is marked."""
    claim, article = card.claim, card.claim.article
    who = ", ".join(filter(None, [str(claim.source or "Source not yet known"), claim.other_speaker]))
    date = defaultfilters.date(article.published_local, "j F Y")
    where = ", ".join(filter(None, [f"“{article.title}”", str(article.outlet or ""), date]))
    return f"{who}: “{claim.quote.translate(_INNER_QUOTES)}” In: {where}. Newsdesk, {address}"


def report_address(claim: Claim, address: str, desk: str) -> str:
    """A mailto address with the claim filled in (RFC 6068)."""
    who = claim.source or "nobody yet"
    lines = [address, "", f"“{claim.quote}”", f"is attributed to: {who}", "", "What is wrong with it:", ""]
    fields = {"subject": f"Error in an attribution ({claim.uid})", "body": "\r\n".join(lines)}
    return f"mailto:{desk}?{urlencode(fields, quote_via=quote)}"
