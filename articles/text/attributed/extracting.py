"""Attributed claims of a text: what somebody is said to say, think or deny, who that is, and by which words.

    extract(paragraphs) → list of Attributed, in the order of the text

Only the outermost attribution counts: in “she said that he denied it” one is found, hers. What the text itself says
is no claim. English.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.text.attributed.asides import find_asides
from articles.text.attributed.clauses import find_announced, find_clauses
from articles.text.attributed.drafts import Draft, Range, Reading
from articles.text.attributed.lexicon import Kind
from articles.text.attributed.quotations import Paragraph, read
from articles.text.attributed.tokens import is_word
from articles.text.attributed.transcripts import find_transcript
from articles.text.offsets import BlockSpan


@dataclass(frozen=True, slots=True)
class Attributed:
    """A claim. `content` has one span or more; `block` of a span is the index of its paragraph."""

    content: tuple[BlockSpan, ...]
    source: BlockSpan | None
    cue: BlockSpan | None
    kind: Kind
    pattern: str
    lemma: str
    confidence: float = 0.5


def extract(paragraphs: Sequence[str]) -> list[Attributed]:
    return [_finished(draft) for draft in _all_drafts([read(index, text) for index, text in enumerate(paragraphs)])]


def _all_drafts(paragraphs: Sequence[Paragraph]) -> list[Draft]:
    """Quotations run on over paragraphs: with an open mark, after a quotation, and after a colon."""
    found: list[Draft] = []
    speaking: Draft | None = None
    for index, paragraph in enumerate(paragraphs):
        drafts = _drafts(paragraph)
        whole = (0, len(paragraph.tokens))
        if not drafts and paragraph.quotations and _is_quotation(paragraph, *whole):
            if speaking:
                speaking.further.append((paragraph, whole))
            continue
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        if following and paragraph.text.endswith(":") and following.quotations and following.tokens[0].within == 0:
            drafts += find_announced(paragraph, drafts)
        found += drafts
        quoted = [one for one in drafts if not one.content or _is_quoted(paragraph, one)]
        speaking = quoted[-1] if quoted else None
    return [one for one in found if one.content or one.further]


def _drafts(paragraph: Paragraph) -> list[Draft]:
    named = find_transcript(paragraph)
    if named:
        return [named]
    found: list[Draft] = []
    for low, high in paragraph.pieces:
        reading = Reading(paragraph, low, high)
        find_asides(reading)
        find_clauses(reading)
        if reading.drafts:
            found += sorted(reading.drafts, key=lambda one: one.content[0])
        elif _is_quotation(paragraph, low, high):
            for earlier in reversed(found):
                if _is_quoted(paragraph, earlier):
                    earlier.content.append((low, high))
                    break
    return found


def _is_quotation(paragraph: Paragraph, low: int, high: int) -> bool:
    """Little but a quotation, or several."""
    words = [token for token in paragraph.tokens[low:high] if is_word(token)]
    return sum(token.within >= 0 for token in words) * 10 > len(words) * 7


def _is_quoted(paragraph: Paragraph, draft: Draft) -> bool:
    return any(
        paragraph.tokens[first].within >= 0 or paragraph.tokens[last - 1].within >= 0 for first, last in draft.content
    )


def _finished(draft: Draft) -> Attributed:
    paragraph = draft.paragraph
    assert paragraph is not None

    def span(part: Range) -> BlockSpan:
        return BlockSpan(paragraph.index, paragraph.tokens[part[0]].start, paragraph.tokens[part[1] - 1].end)

    content = tuple(span(part) for part in draft.content) + tuple(
        BlockSpan(later.index, later.tokens[first].start, later.tokens[last - 1].end)
        for later, (first, last) in draft.further
    )
    source = span(draft.source) if draft.source else None
    return Attributed(content, source, span(draft.cue) if draft.cue else None, draft.kind, draft.pattern, draft.lemma)
