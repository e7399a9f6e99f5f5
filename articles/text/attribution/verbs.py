"""Verb groups: a cue with its auxiliaries and adverbs, and what looks like a verb with a subject."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.text.attribution.drafts import Reading
from articles.text.attribution.lexicon import Word
from articles.text.attribution.tokens import (
    AUXILIARIES,
    BE,
    COMMON_VERBS,
    DASHES,
    DETERMINERS,
    HAVE,
    NEGATIONS,
    OBJECT_PRONOUNS,
    PERSONAL,
    PREPOSITIONS,
    RELATIVES,
    Token,
    is_adverb,
    is_auxiliary,
    is_contracted,
    is_word,
    word_set,
)

Tokens = Sequence[Token]
# Before a verb these may be subjects, though they are determiners as well.
_PRONOUNS_TOO = word_set("this that some many most all both few several those these another each")
_PLURALS = word_set("they we i you who people some many others most and that")
_NOUNS_TOO = word_set("""votes states backs calls claims reports plans attacks fears doubts views shows names lists
    offers finds demands charges hopes questions promises pledges orders requests estimates polls projects wishes
    comments posts bets objects challenges details addresses rules disputes tweets remarks guarantees adds labels""")
# Base forms that are no nouns: their subject need not look like a plural, “one in five say”.
_VERBS_ONLY = word_set("""say believe think argue insist contend tell acknowledge admit agree expect assert deny
    describe consider suggest maintain warn complain predict""")
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
    # “the captain Jared”
    is_name = token.text[0].isupper() and at > 0
    return low.endswith("ed") and len(low) > 4 and "-" not in low and not is_name


def is_verb(reading: Reading, group: Group, word: Word) -> bool:
    """Not a noun and not a participle: by what stands before."""
    tokens, at = reading.tokens, group.verb
    if word.lemma == "show" and tokens[min(at + 1, len(tokens) - 1)].low in ("up", "off"):
        return False
    if group.first == reading.low:
        return word.form not in ("base", "s") or is_contracted(tokens[at - 1].low if at > group.first else "")
    before = tokens[group.first - 1]
    if before.low in PREPOSITIONS and not group.is_infinitive:
        return False
    leads = tokens[group.first].low
    if before.low in DETERMINERS - _PRONOUNS_TOO and not (group.is_infinitive or is_auxiliary(leads)):
        return False
    if group.first < at:
        return True
    if before.low.endswith(("'s", "s'")) and before.verb is None and not is_contracted(before.low):
        return False
    if word.form in ("s", "base") and _is_followed_by_relative(reading, at):
        return False
    if word.form == "base":
        plural = before.low in _PLURALS or before.low.endswith(("s", "%")) or before.low.isdigit()
        plural = plural and before.low not in ("this", "his", "its")
        is_sure = tokens[at].low in _VERBS_ONLY and (is_word(before) or before.low in {",", ")", *DASHES})
        return ((plural or is_sure) and tokens[at].text[0].islower()) or before.low in PERSONAL
    return word.form != "s" or tokens[at].low not in _NOUNS_TOO or _has_object(reading, at)


def _is_followed_by_relative(reading: Reading, at: int) -> bool:
    """“the states that have lost”, “rules that would help”: a noun that a relative clause belongs to."""
    tokens = reading.tokens
    may_be_noun = tokens[at].low in _NOUNS_TOO or tokens[at].noun is not None
    if not may_be_noun or at + 2 >= reading.high or tokens[at + 1].low != "that":
        return False
    low = tokens[at + 2].low
    return is_auxiliary(low) or (is_finite(tokens, at + 2) and not is_contracted(low))


def _has_object(reading: Reading, at: int) -> bool:
    """“the group claims that”, not “the claims that were made”: the word before is no adjective, an object follows."""
    tokens = reading.tokens
    before, after = tokens[at - 1], tokens[min(at + 1, len(tokens) - 1)]
    if before.low in PERSONAL | RELATIVES or before.low == "," or (before.low == "and" and after.low == "that"):
        return True
    word = tokens[at].verb
    goes_on = word and (after.low in word.frames & PREPOSITIONS or (after.low == "to" and "i" in word.frames))
    if goes_on and before.text[0].isupper():
        # “The Harbour Board calls for talks”
        return True
    follows = (
        after.low in DETERMINERS | PERSONAL | OBJECT_PRONOUNS | {'"', ":", "that"}
        or is_contracted(after.low)
        or after.text[0].isupper()
        or after.text[0].isdigit()
    )
    return follows and (before.text[0].isupper() or not before.low.endswith(("s", "al", "ic", "ive", "ed", "ing")))
