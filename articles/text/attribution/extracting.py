"""Attributed claims of a text: what somebody is said to say, think or deny, who that is, and by which words.

    extract(paragraphs) → list of Attributed, in the order of the text

Only the outermost attribution counts: in “she said that he denied it” one is found, hers. What the text itself says
is no claim. The rules are for English; the reporting words are a parameter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.text.attribution.asides import find_asides
from articles.text.attribution.clauses import find_announced, find_clauses, find_left_over
from articles.text.attribution.confidence import LEAST, Seen, confidence, reasons
from articles.text.attribution.drafts import SET_OFF, Draft, Range, Reading
from articles.text.attribution.lexicon import Kind, Lexicon, english
from articles.text.attribution.quotations import Paragraph, read, words_in
from articles.text.attribution.signs import signs
from articles.text.attribution.subjects import FRONTED
from articles.text.attribution.tokens import CONJUNCTIONS, Token, is_word
from articles.text.attribution.transcripts import find_transcript
from articles.text.offsets import BlockSpan

_SAYS_NOTHING = (Kind.SEEM, Kind.SHOW, Kind.THINK)


@dataclass(frozen=True, slots=True)
class Attributed:
    """A claim. `content` has one span or more; `block` of a span is the index of its paragraph.

    `apposition` is what stands beside the source and says who that is; `reasons` are those for the confidence.
    """

    content: tuple[BlockSpan, ...]
    source: BlockSpan | None
    apposition: BlockSpan | None
    cue: BlockSpan | None
    kind: Kind
    lemma: str
    confidence: float
    reasons: tuple[str, ...] = ()


def extract(paragraphs: Sequence[str], least: float = LEAST, lexicon: Lexicon | None = None) -> list[Attributed]:
    """The claims of paragraphs whose confidence is at least this. Takes some 7 ms for 1,000 words.

    `lexicon` are the reporting words, English ones if none is given; the rules of clauses around them are English.
    """
    words = lexicon or english()
    drafts = _all_drafts([read(index, text, words) for index, text in enumerate(paragraphs)])
    found = [_finished(draft) for draft in drafts]
    return [one for one in found if one.confidence >= least]


def _all_drafts(paragraphs: Sequence[Paragraph]) -> list[Draft]:
    """Quotations run on over paragraphs: with an open mark, after a quotation, and after a colon."""
    found: list[Draft] = []
    speaking: Draft | None = None
    for index, paragraph in enumerate(paragraphs):
        drafts = _drafts(paragraph)
        whole = (0, len(paragraph.tokens))
        if not drafts and paragraph.quotations and _is_quotation(paragraph, *whole):
            if speaking and (_holds(speaking) or paragraph.tokens[0].within >= 0):
                speaking.further.append((paragraph, whole))
            continue
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        if following and paragraph.text.endswith(":") and following.quotations and following.tokens[0].within == 0:
            drafts += find_announced(paragraph, drafts)
        found += drafts
        quoted = [one for one in drafts if _holds(one)]
        speaking = quoted[-1] if quoted else _saying(drafts, len(paragraph.tokens))
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
        _look_again(reading)
        find_left_over(reading)
        if reading.drafts:
            found += sorted(reading.drafts, key=lambda one: one.content[0])
        elif _is_quotation(paragraph, low, high):
            earlier = _goes_on_from(found, paragraph, low)
            if earlier:
                earlier.content.append((low, high))
    return found


def _look_again(reading: Reading) -> None:
    """Within what is too unsure to be suggested, for cues that it hides."""
    unsure = [one for one in reading.drafts if _may_hide(one) and _finished(one).confidence < LEAST]
    if not unsure:
        return
    reading.taken.clear()
    for one in reading.drafts:
        parts = (one.cue,) if one in unsure else (*one.content, one.source, one.cue)
        reading.taken.update(at for part in parts if part for at in range(*part))
    find_clauses(reading)


def _may_hide(draft: Draft) -> bool:
    tokens = draft.paragraph.tokens
    said = (tokens[at] for part in draft.content for at in range(*part))
    return draft.way not in SET_OFF and any(token.verb for token in said if token.within < 0)


def _goes_on_from(found: Sequence[Draft], paragraph: Paragraph, low: int) -> Draft | None:
    """The claim that a sentence within quotation marks, with no speaker of its own, goes on with."""
    earlier = next((one for one in reversed(found) if _is_quoted(one) or _holds_quotation(one)), None)
    begins = paragraph.tokens[low].within >= 0
    return earlier or (_saying(found, low) if begins else None)


def _saying(found: Sequence[Draft], low: int) -> Draft | None:
    """“Moor said it was late. “We waited.””: what somebody says right before `low`."""
    last = found[-1] if found else None
    if last is None or not last.content or last.source is None or last.kind in _SAYS_NOTHING:
        return None
    ends = next((high for first, high in last.paragraph.pieces if first <= last.content[-1][0] < high), low)
    return last if ends == low else None


def _is_quotation(paragraph: Paragraph, low: int, high: int) -> bool:
    """Little but a quotation, or several."""
    words = [token for token in paragraph.tokens[low:high] if is_word(token)]
    return sum(token.within >= 0 for token in words) * 10 > len(words) * 7


def _holds_quotation(draft: Draft) -> bool:
    """“The boats are “late,” the mayor said.”: what is quoted next is still hers."""
    tokens = draft.paragraph.tokens
    is_aside = draft.way in ("aside", "inverted")
    return is_aside and any(tokens[at].within >= 0 for part in draft.content for at in range(*part))


def _holds(draft: Draft) -> bool:
    """Quoted words, or the promise of them: “The mayor replied:”."""
    return not draft.content or _is_quoted(draft)


def _is_quoted(draft: Draft) -> bool:
    tokens = draft.paragraph.tokens
    return any(tokens[first].within >= 0 or tokens[last - 1].within >= 0 for first, last in draft.content)


def _finished(draft: Draft) -> Attributed:
    content = [(draft.paragraph, part) for part in draft.content] + draft.further
    source = _span(draft.paragraph, draft.source) if draft.source else None
    holding = tuple(reasons(_seen(draft, content)))
    return Attributed(
        content=tuple(_span(*one) for one in content),
        source=source,
        apposition=_span(draft.paragraph, draft.apposition) if draft.apposition else None,
        cue=_span(draft.paragraph, draft.cue) if draft.cue else None,
        kind=draft.kind,
        lemma=draft.lemma,
        confidence=confidence(holding, signs(draft)),
        reasons=holding,
    )


def _seen(draft: Draft, content: Sequence[tuple[Paragraph, Range]]) -> Seen:
    tokens = draft.paragraph.tokens
    where, part = content[0]
    return Seen(
        pattern=draft.pattern,
        kind=draft.kind,
        lemma=draft.lemma,
        cue=_words(draft.paragraph, draft.cue) or "",
        first=where.tokens[part[0]].low,
        words=sum(words_in(paragraph.tokens, *part) for paragraph, part in content),
        is_quoted=bool(draft.further) or _is_quoted(draft),
        speaker=_words(draft.paragraph, draft.source),
        stands_free=not draft.source or _stands_free(tokens, draft.source, draft.cue),
        is_past=_is_past(draft),
        left=_left(draft),
    )


def _stands_free(tokens: Sequence[Token], source: Range, cue: Range | None) -> bool:
    """At the beginning of a sentence or a part of it, or behind the cue."""
    if source[0] == 0 or (cue and cue[0] < source[0]):
        return True
    before = tokens[source[0] - 1]
    return not is_word(before) or before.low in CONJUNCTIONS | FRONTED | {"with"}


def _is_past(draft: Draft) -> bool:
    """Or of no tense, such as “according to”."""
    words = [token.verb for token in draft.paragraph.tokens[slice(*(draft.cue or (0, 0)))] if token.verb]
    return not words or words[-1].form in ("past", "part")


def _left(draft: Draft) -> int:
    """Words of the sentence behind what was found in it."""
    tokens = draft.paragraph.tokens
    parts = [*draft.content, draft.source or (0, 0), draft.cue or (0, 0)]
    end = max(last for _, last in parts)
    piece = next((high for low, high in draft.paragraph.pieces if low < end <= high), end)
    return words_in(tokens, end, piece)


def _words(paragraph: Paragraph, part: Range | None) -> str | None:
    if part is None:
        return None
    span = _span(paragraph, part)
    return paragraph.text[span.start : span.end]


def _span(paragraph: Paragraph, part: Range) -> BlockSpan:
    return BlockSpan(paragraph.index, paragraph.tokens[part[0]].start, paragraph.tokens[part[1] - 1].end)
