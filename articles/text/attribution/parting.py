"""Parting: two statements that one cue introduces, “said X and that Y”, are two claims at the desk.

The corpus that the extractor is measured on marks them as one; so they are found as one, and parted for editors.
"""

import re

from articles.text.attribution.lexicon import english
from articles.text.attribution.tokens import is_auxiliary, tokenise
from articles.text.attribution.verbs import is_finite
from articles.text.offsets import BlockSpan

_AND_THAT = re.compile(r",? (?:and|but) (?=that\s)")


def parted(text: str, span: BlockSpan) -> list[BlockSpan]:
    """The statements of a span of its paragraph's text, each from “that” on; itself where it is one.

    Each must have a verb of its own (“the house and that car” is one thing), and none is parted within quotation marks.
    """
    ends = [(found.start(), found.end()) for found in _AND_THAT.finditer(text, span.start, span.end)]
    starts = [span.start, *(end for _, end in ends)]
    parts = list(zip(starts, [*(start for start, _ in ends), span.end], strict=True))
    if len(parts) == 1 or not all(_is_statement(text[start:end]) for start, end in parts):
        return [span]
    return [BlockSpan(span.block, start, end) for start, end in parts]


def _is_statement(words: str) -> bool:
    tokens = tokenise(words, english())
    marks = sum(token.low == '"' for token in tokens)
    return marks % 2 == 0 and any(is_auxiliary(tokens[at].low) or is_finite(tokens, at) for at in range(len(tokens)))
