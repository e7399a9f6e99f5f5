"""Confidence: how likely a suggestion is right as it stands, its speaker included.

The odds begin even, and each reason that holds multiplies them: 2 doubles the odds that the suggestion is right, 0.5
halves them. The reasons know no words; their numbers are round and set by hand, none is fitted to texts. How well what
is said agrees with what is right: `make bench-attribution`, docs/measured.md.
"""

from collections.abc import Iterable, Iterator

from articles.text.attribution.lexicon import Kind
from articles.text.attribution.tokens import PERSONAL, RELATIVES

# The least confidence at which more suggestions are right than are better left out: the best claim F1.
LEAST = 0.3

ODDS: dict[str, float] = {
    # How the content is tied to its cue. Quotation marks say where it begins and ends.
    "quoted": 3,
    # “…, she said”, “…, said the mayor”, “according to”: commas and the edge of the sentence stand around both parts,
    # and hardly anything else is written so.
    "set off": 2,
    # “said that …”, “told them …”, “said the road was closed”: a whole clause follows the cue, and mostly ends with the
    # sentence.
    "clause": 2,
    # “denied the charge”: what it ends with is a guess, and one may deny a charge that is only mentioned.
    "object": 0.75,
    # “called for talks”: likewise, and the preposition may belong to something else.
    "preposition": 0.75,
    # “his attack on”: it may be no words that are meant, whose it is is a guess, and so is where the content ends.
    "noun": 0.25,
    # A quotation beside a word that is no known cue: a title or a sign may be quoted.
    "no known cue": 0.5,
    # Who says it. A name stands for somebody who can speak; its edges are plain.
    "named": 1.5,
    # A pronoun has plain edges as well, but “it” and “they” may be anything.
    "pronoun": 1.25,
    # Nobody is named: it may be nobody's claim, or the speaker was overlooked.
    "no speaker": 0.75,
    # “who said”: the one who is meant stands further back, and is not looked for.
    "relative": 0.5,
    # So long a phrase is likely to hold more than the speaker.
    "long speaker": 0.5,
    # “…, saying”, “and said”, “wants to say”: the subject is not beside the verb but looked for, or borrowed.
    "far subject": 0.5,
    # What is done: words are put. A state of mind or an act may be told of somebody who said nothing.
    "says": 1.5,
    # Things show and seem as well, and say nothing.
    "shows or seems": 0.75,
    # A word or two: a label, or what is left of something that was cut wrongly.
    "very short": 0.5,
    # Few words are seldom a whole statement.
    "short": 0.75,
    # Over so many words something else may begin that nobody said.
    "long": 0.75,
}
_WAYS = {
    **dict.fromkeys(("aside", "inverted", "according", "as"), "set off"),
    **dict.fromkeys(("that", "bare", "told", "gap", "colon", "quote", "transcript", "announced"), "clause"),
    "np": "object",
    "prep": "preposition",
    "noun": "noun",
    "left": "no known cue",
}
_FAR = frozenset({"ing", "leading", "shared", "released", "reduced", "fronted"})
_KINDS = {
    **dict.fromkeys((Kind.SAY, Kind.DENY, Kind.WARN, Kind.ASK), "says"),
    **dict.fromkeys((Kind.SHOW, Kind.SEEM), "shows or seems"),
}
_VERY_SHORT, _SHORT, _LONG, _LONG_SPEAKER, _LONGEST_NAME = 2, 5, 30, 8, 4


def reasons(pattern: str, kind: Kind, is_quoted: bool, words: int, source: str | None) -> Iterator[str]:
    """Those that hold. `words` counts those of the content."""
    way, *how = pattern.split()
    if is_quoted:
        yield "quoted"
    if way in _WAYS:
        yield _WAYS[way]
    if _FAR.intersection(how):
        yield "far subject"
    if kind in _KINDS:
        yield _KINDS[kind]
    if words <= _SHORT:
        yield "very short" if words <= _VERY_SHORT else "short"
    elif words >= _LONG:
        yield "long"
    yield from _of_speaker(source)


def confidence(holding: Iterable[str]) -> float:
    """Between 0 and 1, to two places."""
    odds = 1.0
    for one in holding:
        odds *= ODDS[one]
    return round(odds / (1 + odds), 2)


def _of_speaker(source: str | None) -> Iterator[str]:
    if source is None:
        yield "no speaker"
    elif source.lower() in PERSONAL:
        yield "pronoun"
    elif source.lower() in RELATIVES:
        yield "relative"
    elif len(source.split()) > _LONG_SPEAKER:
        yield "long speaker"
    elif source[0].isupper() and len(source.split()) <= _LONGEST_NAME:
        yield "named"
