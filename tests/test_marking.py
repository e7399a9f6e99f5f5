from collections.abc import Sequence
from typing import Any

import pytest

from articles.loading import with_parts
from articles.models import Article, Claim, Highlight, Paragraph
from articles.pages.cards import make_cards
from articles.pages.marking import MarkedParagraph, mark
from tests.factories import make_article, make_claim, make_highlight, make_source, orphan

pytestmark = pytest.mark.django_db

TEXT = "One 🤔 said alpha café, “beta” and gamma; العربية too."


@pytest.fixture
def report() -> Article:
    return make_article(paragraphs=[TEXT, Paragraph(text="A heading", kind="heading"), "Alpha again."])


def marked(article: Article, **options: Any) -> list[MarkedParagraph]:
    claims = with_parts(Claim.objects.in_article(article).in_reading_order())
    paragraphs = list(article.paragraphs.order_by("position"))
    return mark(paragraphs, make_cards(claims, article, {row.pk: row for row in paragraphs}, {}), **options)


def pieces(paragraph: MarkedParagraph, claim: Claim) -> list[str]:
    return [one.text for one in paragraph.segments if claim.pk in {mark.card.claim.pk for mark in one.marks}]


def signs(paragraphs: Sequence[MarkedParagraph]) -> list[tuple[str, Claim, bool]]:
    """For every sign the text that it follows, its claim, and whether it leads to the card."""
    return [
        (segment.text, sign.card.claim, sign.leads)
        for paragraph in paragraphs
        for segment in paragraph.segments
        for sign in segment.signs
    ]


def test_segments_joined_are_the_text(report: Article) -> None:
    for quote in ("alpha café", "café, “beta”", "🤔", "العربية"):
        make_claim(article=report, quote=quote)
    texts = ["".join(segment.text for segment in one.segments) for one in marked(report)]
    assert texts == [TEXT, "A heading", "Alpha again."]


@pytest.mark.parametrize("quote", ["🤔", "alpha café", "“beta”", "العربية", TEXT])
def test_pieces_of_a_claim_joined_are_its_words(report: Article, quote: str) -> None:
    claim = make_claim(article=report, quote=quote)
    make_claim(article=report, quote="said alpha café, “beta” and")
    assert "".join(pieces(marked(report)[0], claim)) == quote


def test_only_the_claims_given_are_marked(report: Article) -> None:
    make_claim(article=report, quote="alpha")
    unmarked = mark(list(report.paragraphs.all()), [])
    assert [segment.marks for one in unmarked for segment in one.segments] == [(), (), ()]


def test_overlapping_claims_lie_in_different_lanes_all_along(report: Article) -> None:
    make_claim(article=report, quote="said alpha café")
    make_claim(article=report, quote="alpha café, “beta”")
    lanes: dict[str, set[int]] = {}
    for segment in marked(report)[0].segments:
        for one in segment.marks:
            lanes.setdefault(one.card.number, set()).add(one.lane)
    assert lanes == {"1.1": {0}, "1.2": {1}}


def test_each_passage_ends_in_a_sign_and_the_first_leads_to_the_card(report: Article) -> None:
    claim = make_claim(article=report, quote=["alpha", "Alpha again"])
    assert signs(marked(report)) == [("alpha", claim, True), ("Alpha again", claim, False)]


def test_where_two_passages_end_the_inner_one_has_its_sign_first(report: Article) -> None:
    outer = make_claim(article=report, quote="said alpha")
    inner = make_claim(article=report, quote="alpha")
    assert [claim for _, claim, _ in signs(marked(report))] == [inner, outer]


def test_signs_lead_nowhere_where_there_are_no_cards(report: Article) -> None:
    make_claim(article=report, quote="alpha")
    assert [leads for _, _, leads in signs(marked(report, leading=False))] == [False]


def test_a_claim_belongs_to_the_paragraph_of_its_first_passage(report: Article) -> None:
    claim = make_claim(article=report, quote=["alpha", "Alpha again"])
    assert [[card.claim for card in one.cards] for one in marked(report)] == [[claim], [], []]


def test_an_orphaned_passage_is_left_out_and_the_next_one_leads(report: Article) -> None:
    claim = make_claim(article=report, highlights=[orphan("lost"), make_highlight(report, "Alpha again")])
    assert signs(marked(report)) == [("Alpha again", claim, True)]


def test_a_reworded_passage_is_marked(report: Article) -> None:
    highlight = make_highlight(report, "gamma")
    highlight.state = Highlight.State.REWORDED
    claim = make_claim(article=report, source=make_source(), highlights=[highlight])
    assert pieces(marked(report)[0], claim) == ["gamma"]
