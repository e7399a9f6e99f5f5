"""Signs: small things in and around a suggestion that make it likelier or less likely to be right.

Each moves the confidence a little, as the reasons do (`confidence.py`); none is worth telling an editor.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.text.attribution.drafts import Draft, Range
from articles.text.attribution.lexicon import Kind
from articles.text.attribution.tokens import (
    DASHES,
    DETERMINERS,
    PERSONAL,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    Token,
    is_auxiliary,
    is_contracted,
    is_word,
)
from articles.text.attribution.verbs import is_finite

SIGNS: dict[str, float] = {
    # The sentence around it: in a long one there is more to be wrong about, and so there is far into it.
    "long sentence": 0.7,
    "late in its sentence": 0.65,
    "many quotation marks": 0.55,
    # In a paragraph of several sentences the one who speaks may be named in another.
    "many sentences": 0.8,
    # “…,” she said: a quotation from its first word on. Where most is quoted, the marks tell what is said.
    "begins quoted": 2.8,
    "mostly quoted": 2.6,
    # A clause has a verb; at a comma it might have ended; what is cut too short or too early has few words.
    "no verb": 0.65,
    "a comma inside": 0.5,
    "twelve words": 1.35,
    # A quotation that goes on in the next paragraph may as well be another’s.
    "runs on": 0.45,
    # “said they were late” is surely a clause, “reported boats …” may be an object.
    "begins small": 0.7,
    "begins with a pronoun": 1.25,
    # “defended his plan”
    "begins with whose": 1.55,
    # That it ends before “by”, “who” or a dash is a guess; before “and”, “, but” and “;” it is hardly one.
    "before a preposition": 0.65,
    "before who": 0.5,
    "before and": 1.45,
    "before but": 1.4,
    "before a semicolon": 1.85,
    "before a dash": 0.75,
    "before a colon": 0.45,
    # “I” may be the one who writes; “we’re” is a clause of its own.
    "I": 0.5,
    "contracted": 0.45,
    # “The view from here”, “leaving the port”: hardly a speaker. A capital behind one is more of a name, or a headline.
    "speaker ends small": 0.75,
    "speaker begins with -ing": 0.45,
    "capital behind speaker": 0.6,
    # What stands before the speaker tells whether they begin there.
    "comma before speaker": 1.2,
    "while before speaker": 1.9,
    "auxiliary before speaker": 0.55,
    "colon before speaker": 0.65,
    # Of all verbs “say” is the plainest. “…, she said.” is whole, “…, they think” often none of theirs.
    "said": 1.65,
    "cue ends": 1.75,
    "comma before cue": 1.35,
    "an aside of thinking": 0.35,
    "an aside in the present": 0.5,
}
_LONG, _LATE, _MARKS, _SENTENCES, _WORDS = 35, 15, 5, 3, 12
_CLAUSES = frozenset({"that", "quote", "told", "bare"})
_NOT_SMALL = PERSONAL | DETERMINERS | RELATIVES
_NONE = Token("", "", 0, 0, None, None, None)


@dataclass(frozen=True, slots=True)
class _Around:
    """A draft in its sentence, from token `low` to `high`."""

    draft: Draft
    tokens: Sequence[Token]
    low: int
    high: int

    def at(self, number: int) -> Token:
        return self.tokens[number] if 0 <= number < len(self.tokens) else _NONE


def signs(draft: Draft) -> Iterator[str]:
    """Those that hold."""
    if draft.further:
        yield "runs on"
    if not draft.content:
        return
    first = draft.content[0][0]
    pieces = draft.paragraph.pieces
    low, high = next((piece for piece in pieces if piece[0] <= first < piece[1]), (0, len(draft.paragraph.tokens)))
    around = _Around(draft, draft.paragraph.tokens, low, high)
    yield from _of_sentence(around)
    yield from _of_content(around)
    yield from _of_what_follows(around)
    if draft.source:
        yield from _of_source(around, draft.source)
    if draft.cue:
        yield from _of_cue(around, draft.cue)


def _of_sentence(around: _Around) -> Iterator[str]:
    tokens, low, high = around.tokens, around.low, around.high
    if high - low >= _LONG:
        yield "long sentence"
    if around.draft.content[0][0] - low >= _LATE:
        yield "late in its sentence"
    if sum(token.low == '"' for token in tokens[low:high]) >= _MARKS:
        yield "many quotation marks"
    if len(around.draft.paragraph.pieces) >= _SENTENCES:
        yield "many sentences"


def _of_content(around: _Around) -> Iterator[str]:
    tokens, parts = around.tokens, around.draft.content
    said = [token for part in parts for token in tokens[slice(*part)]]
    if around.draft.way in ("aside", "inverted") and said[0].low == '"':
        yield "begins quoted"
    if sum(token.within >= 0 for token in said) * 2 > len(said):
        yield "mostly quoted"
    if around.draft.way in _CLAUSES and not any(is_finite(tokens, at) for part in parts for at in range(*part)):
        yield "no verb"
    if any(token.low == "," for token in said):
        yield "a comma inside"
    if sum(map(is_word, said)) >= _WORDS:
        yield "twelve words"
    if around.draft.way == "bare":
        if said[0].low in PERSONAL:
            yield "begins with a pronoun"
        elif _is_small(said[0]):
            yield "begins small"
    if around.draft.way == "np" and said[0].low in POSSESSIVES:
        yield "begins with whose"


def _of_what_follows(around: _Around) -> Iterator[str]:
    end = around.draft.content[-1][1]
    low, after = around.at(end).low, around.at(end + 1).low
    if low in PREPOSITIONS or low in SUBORDINATORS:
        yield "before a preposition"
    elif low in ("and", "but") and around.draft.way == "np":
        yield "before and"
    elif low == ";":
        yield "before a semicolon"
    elif low == ":":
        yield "before a colon"
    elif low in DASHES:
        yield "before a dash"
    elif after == "but":
        yield "before but"
    elif after == "who":
        yield "before who"


def _of_source(around: _Around, source: Range) -> Iterator[str]:
    first, last = around.at(source[0]), around.at(source[1] - 1)
    before, behind = around.at(source[0] - 1).low, around.at(source[1]).text
    if first.low == "i":
        yield "I"
    elif is_contracted(first.low):
        yield "contracted"
    elif first.low.endswith("ing") and first.text.islower():
        yield "speaker begins with -ing"
    if _is_small(last):
        yield "speaker ends small"
    if behind[:1].isupper():
        yield "capital behind speaker"
    if before == ",":
        yield "comma before speaker"
    elif before == ":":
        yield "colon before speaker"
    elif before == "while":
        yield "while before speaker"
    elif is_auxiliary(before):
        yield "auxiliary before speaker"


def _of_cue(around: _Around, cue: Range) -> Iterator[str]:
    verb = next((token.verb for token in reversed(around.tokens[slice(*cue)]) if token.verb), None)
    if around.draft.lemma == "say":
        yield "said"
    if around.at(cue[1]).low == ".":
        yield "cue ends"
    if around.at(cue[0] - 1).low == ",":
        yield "comma before cue"
    if around.draft.way == "aside" and around.draft.kind is Kind.THINK:
        yield "an aside of thinking"
    if around.draft.way == "aside" and verb and verb.form == "s":
        yield "an aside in the present"


def _is_small(token: Token) -> bool:
    """A word in small letters that is neither a pronoun nor in the plural."""
    low = token.low
    return low.isalpha() and token.text.islower() and not low.endswith("s") and low not in _NOT_SMALL
