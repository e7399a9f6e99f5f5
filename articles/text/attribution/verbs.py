"""Verb groups: a cue with its auxiliaries and adverbs, and what looks like a verb with a subject."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.text.attribution.tokens import (
    AUXILIARIES,
    BE,
    COMMON_VERBS,
    DETERMINERS,
    HAVE,
    NEGATIONS,
    PREPOSITIONS,
    Token,
    is_adverb,
    is_auxiliary,
    is_contracted,
    word_set,
)

Tokens = Sequence[Token]
# Between a subject and its verb, though no adverbs elsewhere.
_FLOATING = word_set("long all both each himself herself themselves itself alone only even simply first then")
# Before an infinitive that is still the same person's: “went on to say”.
_RAISING = word_set("""went on continued continues began begins used sought tried wants wanted has have had going
    likes seemed seems appeared plans forced proceeded chose managed dared go refused declined failed came""")


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its auxiliaries and adverbs: tokens `first` to `verb`."""

    first: int
    verb: int
    has_be: bool
    has_have: bool
    is_negated: bool
    is_infinitive: bool


def verb_group(tokens: Tokens, low: int, verb: int) -> Group:
    first, be, have, negated, to = verb, False, False, False, False
    while first > low:
        word = tokens[first - 1].low
        if tokens[first - 1].within >= 0:
            break
        if word == "to":
            to = True
        elif is_contracted(word):
            # “he’s”: the subject is part of it.
            tail = "'" + word.partition("'")[2]
            return Group(first - 1, verb, be or tail in BE, have or tail in HAVE, negated, to)
        elif is_auxiliary(word):
            be, have, negated = be or word in BE, have or word in HAVE, negated or word in NEGATIONS
        elif not (is_adverb(word) or word in _FLOATING or (to and word in _RAISING)):
            break
        first -= 1
    return Group(first, verb, be, have, negated, to)


def is_finite(tokens: Tokens, at: int) -> bool:
    """Does this look like a verb that has a subject? A guess from the word and the one before it."""
    token = tokens[at]
    low = token.low
    if low in AUXILIARIES or low in COMMON_VERBS or is_contracted(low):
        return True
    before = tokens[at - 1].low if at else ""
    if before in DETERMINERS or before in PREPOSITIONS or before.endswith("'s"):
        return False
    if at > 1 and before.endswith("ly") and tokens[at - 2].low in DETERMINERS:
        return False
    word = token.verb
    if word and word.form in ("past", "s"):
        return not (token.text[0].isupper() and at > 0) and (word.form == "past" or token.noun is None)
    is_name = token.text[0].isupper() and at > 0 and tokens[at - 1].text[0].isupper()
    return low.endswith("ed") and len(low) > 4 and "-" not in low and not is_name
