"""Naming: whether a phrase of a text names somebody by a name that is known, or speaks for them. English.

    key("Two US military officials") == key("a US military official")
    speaks_for("a spokesman for the US-led coalition", "US-led coalition")

A phrase in which a name only occurs (“a critic of the coalition”) does not speak for it. “A US military official” is
one of “US officials”.
"""

import re
from collections.abc import Sequence

from articles.text.attribution.tokens import singular, word_set
from articles.text.institutions import in_one_order

_WORD = re.compile(r"\w+(?:[.'-]\w+)*")
# Two words or more with capitals, after one that says what a person is.
_DESCRIBED = re.compile(r"\b([^\W\d_A-ZÀ-ÖØ-Þ]+) ((?:[A-ZÀ-ÖØ-Þ][\w.’'-]* )+[A-ZÀ-ÖØ-Þ][\w’'-]+)$")
_ROLES = word_set("""
    spokesman spokeswoman spokesperson official minister commander correspondent reporter president governor mayor
    analyst director chief head leader ambassador envoy general secretary representative lawyer adviser advisor
""")
# What stands before a name or description and names nothing.
_LEADING = word_set("a an the this that these those another other some one two three four five six several both many")
# Who or what speaks for somebody: “a NAME spokesman”, “a statement by NAME”.
_FOR = word_set("""
    spokesman spokeswoman spokesperson spokesmen spokespeople statement statements official officials report reports
    representative representatives press-release release announcement communique communiqué letter tweet tweets
    commander commanders minister correspondent reporter reporters
""")
# What may stand right before the name of an agency or outlet and says what it is: “state news agency SANA”.
_DESCRIBING = word_set("""
    agency newspaper daily weekly magazine network channel broadcaster station outlet website site company
""")
# “a top NAME official”.
_RANKS = word_set("top senior chief unnamed")
# People who are sources without a name, and the branches that they may be of.
_GROUPS = word_set("official officer diplomat source")
_BRANCHES = word_set("military defense government administration intelligence security army navy state department")
_PREPOSITIONS = word_set("for of from by at with")
# British endings, and the American ones in their place.
_SPELLINGS = [
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<=[cft]en)ce(?=s?$)", "se"),
        (r"(?<=\w{3})our(?=s?$)", "or"),
        (r"(?<=cent|heat)re(?=s?$)", "er"),
        (r"(?<=\w{3})is(?=(?:e|ed|es|ing|ations?|ational)$)", "iz"),
        (r"(?<=progra)mme(?=s?$)", "m"),
    )
]


def key(name: str) -> str:
    """The same for names that differ in articles, small numbers, case, apostrophes, British and American spelling, the
    order of words in a ministry’s name, and the plural of the last word."""
    return " ".join(_of_key(_words(name)))


def personal_name(phrase: str) -> str:
    """The name that a description of somebody ends in: “Board spokeswoman Ann Moor” → “Ann Moor”; else empty."""
    found = _DESCRIBED.search(phrase)
    return found[2] if found and found[1] in _ROLES else ""


def speaks_for(phrase: str, name: str) -> bool:
    words, wanted = _words(phrase), _of_key(_words(name))
    if _is_one_of(_of_key(words), wanted):
        return True
    at = _place(words, wanted)
    if at is None:
        return False
    before, after = words[:at], words[at + len(wanted) :]
    while before and before[-1] in _LEADING:
        before = before[:-1]
    if not after and before and before[-1] in _DESCRIBING:
        return True
    if before and before[-1] in _PREPOSITIONS:
        return not after and len(before) > 1 and before[-2] in _FOR
    return bool(after) and after[0] in _FOR and not set(before) - _LEADING - _RANKS


def _of_key(words: Sequence[str]) -> list[str]:
    """Without what stands before a name, its last word in the singular."""
    first = next((at for at, word in enumerate(words[:-1]) if word not in _LEADING), len(words) - 1)
    return [*words[first:-1], singular(words[-1])] if words else []


def _is_one_of(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """“Two US military officials” are among “US officials”; “officials” are not."""
    if len(wanted) < 2 or not words or words[-1] != wanted[-1] or wanted[-1] not in _GROUPS:
        return False
    return set(wanted) <= set(words) and set(words) - set(wanted) <= _RANKS | _BRANCHES


def _place(words: Sequence[str], wanted: Sequence[str]) -> int | None:
    """Where the name stands among the words, which may put its last one in the plural."""
    size = len(wanted)
    for at in range(len(words) - size + 1 if size else 0):
        if words[at : at + size - 1] == list(wanted[:-1]) and singular(words[at + size - 1]) == wanted[-1]:
            return at
    return None


def _words(text: str) -> list[str]:
    found = (match[0] for match in _WORD.finditer(text.casefold().replace("’", "'")))
    return in_one_order([_one_spelling(word.removesuffix("'s")) for word in found])


def _one_spelling(word: str) -> str:
    """“Defence” as “defense”, “labour” as “labor”. Nobody reads what comes out: words that are none do no harm."""
    for pattern, instead in _SPELLINGS:
        word = pattern.sub(instead, word)
    return word
