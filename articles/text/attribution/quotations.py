"""Quotations of a paragraph, and its pieces: sentences that quotations do not break."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.text.attribution.lexicon import Lexicon
from articles.text.attribution.tokens import (
    DETERMINERS,
    PERSONAL,
    PREPOSITIONS,
    SUBORDINATORS,
    TIMES,
    Token,
    is_word,
    tokenise,
    word_set,
)
from articles.text.kinds import dateline_length
from articles.text.sentences import sentence_ends

_LONGEST = 250
_LONGEST_SAID = 6
_LONGEST_TITLE = 6
_BEFORE_TITLES = word_set("on in program show book song film movie series hosts host of")
# “in her book, “Old Boats””
_TITLED = word_set(
    "book memoir film movie show series podcast song album program autobiography documentary novel column"
)
OPENS, CLOSES = frozenset("“„«"), frozenset("”»")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens `first` to `last`, marks included. `is_open`: the paragraph ends before the quotation does."""

    first: int
    last: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`pieces` are half-open ranges of tokens."""

    index: int
    text: str
    tokens: list[Token]
    quotations: list[Quotation]
    pieces: list[tuple[int, int]]


def read(index: int, text: str, lexicon: Lexicon) -> Paragraph:
    tokens = tokenise(text, lexicon)
    quotations = []
    for one in _quotations(text, tokens):
        if _is_title(tokens, one):
            _make_plain(tokens, one)
        else:
            quotations.append(one)
    for number, one in enumerate(quotations):
        for at in range(one.first, one.last + 1):
            tokens[at] = tokens[at]._replace(within=number)
    return Paragraph(index, text, tokens, quotations, _pieces(text, tokens, quotations))


def _quotations(text: str, tokens: Sequence[Token]) -> list[Quotation]:
    found: list[Quotation] = []
    opened = -1
    for at, token in enumerate(tokens):
        if token.low != '"':
            continue
        if opened < 0:
            if token.text not in CLOSES or _looks_opening(text, token):
                opened = at
        elif token.text in CLOSES or not _looks_opening(text, token):
            found.append(Quotation(opened, at, is_open=False))
            opened = -1
        elif at - opened > 1 and text[token.start - 1 : token.start].isspace() and token.text in OPENS:
            # A mark was forgotten: the earlier one opened nothing that ends.
            opened = at
    if 0 <= opened < len(tokens) - 1:
        found.append(Quotation(opened, len(tokens) - 1, is_open=True))
    return found


def _is_title(tokens: Sequence[Token], one: Quotation) -> bool:
    """“on Channel Four’s “Morning Ferry””: a few words with capitals, after a name or a preposition."""
    words = [token for token in tokens[one.first : one.last] if is_word(token)]
    before = tokens[one.first - 1] if one.first else None
    if before is None or one.is_open or not 0 < len(words) <= _LONGEST_TITLE or tokens[one.last - 1].text in "!?":
        return False
    is_named = before.low == "," and tokens[max(0, one.first - 2)].low in _TITLED
    follows = is_named or before.low in _BEFORE_TITLES or before.low.endswith(("'s", "s'"))
    return follows and all(word.text[0].isupper() or word.low in PREPOSITIONS | DETERMINERS for word in words)


def _make_plain(tokens: list[Token], title: Quotation) -> None:
    """Its marks mark no quotation, and its words are but a name."""
    for at in range(title.first, title.last + 1):
        token = tokens[at]
        low = token.text if is_word(token) else "'" if token.low == '"' else token.low
        tokens[at] = token._replace(low=low, verb=None, noun=None, adjective=None)


def _looks_opening(text: str, token: Token) -> bool:
    before, after = text[max(0, token.start - 1) : token.start], text[token.end : token.end + 1]
    return (not before or before.isspace() or before in "([—–-") and bool(after) and not after.isspace()


def _pieces(text: str, tokens: Sequence[Token], quotations: Sequence[Quotation]) -> list[tuple[int, int]]:
    ends = list(sentence_ends(text))
    pieces, start, at = [], 0, 0
    head = dateline_length(text)
    while start < len(tokens) and tokens[start].start < head:
        start += 1
    for end in ends:
        while at < len(tokens) and tokens[at].end <= end:
            at += 1
        inside = 0 < at < len(tokens) and tokens[at - 1].within >= 0 and tokens[at - 1].within == tokens[at].within
        if start < at < len(tokens) and not inside and not _names_speaker(tokens, at):
            pieces.append((start, at))
            start = at
    if start < len(tokens):
        pieces.append((start, len(tokens)))
    return [part for piece in pieces for part in _cut(tokens, *piece)]


def _cut(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """No sentence has more words than this outside of quotations; what pretends to must not cost quadratic time."""
    outside = 0
    for at in range(first, last):
        outside += tokens[at].within < 0
        if outside > _LONGEST and tokens[at].within < 0:
            yield first, at
            first, outside = at, 0
    yield first, last


def _names_speaker(tokens: Sequence[Token], at: int) -> bool:
    """“Who is it?” Mr. Smith asked. The sentence that ends with the quotation goes on."""
    if tokens[at - 1].low != '"' or tokens[at].within >= 0:
        return False
    # A quotation that a speaker’s name follows ends in a comma or in “?”, hardly ever in a full stop.
    if tokens[at - 2].text == ".":
        return _is_no_more_than_said(tokens, at)
    for k in range(at, min(len(tokens) - 1, at + 16)):
        if tokens[k].within >= 0 or tokens[k].text in ".;:":
            return False
        word = tokens[k].verb
        if word and k > at and "q" in word.frames and word.form in ("past", "s"):
            after = tokens[k + 1]
            return after.text in ".,;" or after.low in PREPOSITIONS | TIMES | SUBORDINATORS or "o" in word.frames
    return False


def _is_no_more_than_said(tokens: Sequence[Token], at: int) -> bool:
    """“It is late.” Ann Moor said. All of the sentence is who said it."""
    end = next((k for k in range(at, min(len(tokens), at + _LONGEST_SAID)) if tokens[k].text == "."), None)
    if end is None or end < at + 2 or (end + 1 < len(tokens) and tokens[end + 1].within < 0):
        return False
    word = tokens[end - 1].verb
    is_said = word is not None and word.form == "past" and {"c", "q"} <= word.frames
    return is_said and all(token.text[0].isupper() or token.low in PERSONAL for token in tokens[at : end - 1])


def words_in(tokens: Sequence[Token], first: int, last: int) -> int:
    """How many words stand in a half-open range."""
    return sum(is_word(token) for token in tokens[first:last])
