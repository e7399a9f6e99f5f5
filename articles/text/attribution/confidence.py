"""Confidence: how likely a suggestion is right as it stands, its speaker included.

The odds begin a little better than even, and each reason and each sign that holds multiplies them: 2 doubles the odds
that the suggestion is right, 0.5 halves them. The reasons are told to editors, the signs (`signs.py`) are not. They
know but few words. Their numbers were fitted together to the train part of the corpus that the rules are measured on,
half to the content alone and half to the speaker as well, rounded, and checked by five folds. How well what is said
agrees with what is right: `make bench-attribution`, docs/measured.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import prod

from articles.text.attribution.drafts import SET_OFF
from articles.text.attribution.lexicon import MOSTLY_SAID, SELDOM_SAID, Kind
from articles.text.attribution.signs import SIGNS
from articles.text.attribution.tokens import DETERMINERS, PERSONAL, RELATIVES, is_contracted, word_set

# Chosen on train: 85 % of what is suggested shares its words with what is marked. A lower one finds more, wrongly too.
LEAST = 0.43

ODDS: dict[str, float] = {
    # How the content is tied to its cue. Quotation marks say where it begins and ends.
    "quoted": 1.15,
    # “…, she said”, “…, said the mayor”, “according to”: commas and the edge of the sentence stand around both parts,
    # and hardly anything else is written so.
    "set off": 1.4,
    # “said that …”, “told them …”, “said the road was closed”: a whole clause follows the cue, and mostly ends with the
    # sentence.
    "clause": 1.6,
    # “said that …”: where the clause begins is told.
    "that": 1.75,
    # “denied the charge”: what it ends with is a guess, and one may deny a charge that is only mentioned.
    "object": 1.05,
    # “promised to pay”: where the content begins is told, and mostly it ends with the sentence.
    "infinitive": 1.35,
    # “is confident that”, “is eager to”: likewise, and the state of mind is told.
    "state of mind": 1.35,
    # “is expected to open”: nobody is named, rightly so.
    "expected": 3.2,
    # “called for talks”: likewise, and the preposition may belong to something else.
    "preposition": 1.25,
    # “his attack on”: it may be no words that are meant, whose it is is a guess, and so is where the content ends.
    "noun": 0.5,
    # “made the case that”: whose it is is plain.
    "noun with a verb": 1.5,
    # A quotation beside a word that is no known cue: a title or a sign may be quoted.
    "no known cue": 0.55,
    # Who says it. A name stands for somebody who can speak; its edges are plain.
    "named": 1.15,
    # A pronoun has plain edges as well, but “it” and “they” may be anything.
    "pronoun": 1.1,
    # Nobody is named: of some it is rightly so, of as many the speaker was overlooked.
    "no speaker": 0.6,
    # “who said”: the one who is meant stands further back, and is not looked for.
    "relative": 0.55,
    # So long a phrase is likely to hold more than the speaker.
    "long speaker": 0.75,
    # “…, saying”, “and said”, “wants to say”: the subject is not beside the verb but looked for, or borrowed.
    "far subject": 0.6,
    # “a list of boats showing that”: the list, the boats, or who has made it.
    "guessed subject": 0.6,
    # “the harbour the mayor praised”: what stands before a speaker may belong to them, or they to something else.
    "amid": 0.55,
    # “easy to say”, “ready and praised”: nobody is called by a bare word in small letters.
    "no phrase": 0.75,
    # “officials”, “some voters”: people of whom it is told that they say something.
    "people": 1.7,
    # “it”, “this”: mostly a thing, or what was told before.
    "it": 0.5,
    # “40 percent said”: those who were asked in a poll, and it is the poll that tells.
    "a number": 0.45,
    # “Praises” may be a habit, “to praise” a wish, “praising” a part of something else.
    "not past": 0.8,
    # The sentence goes on behind the content: that it ends there is a guess.
    "goes on": 0.6,
    # “tried to persuade”, “would say”: it was not said yet, or nobody says that it was.
    "to be said": 0.6,
    # “offered help”, “released a film”: of such verbs, it is seldom words that are the object.
    "seldom said": 0.45,
    # “criticized the plan”, “proposed a ferry”: it can hardly be done but with words.
    "mostly said": 1.45,
    # What is done: words are put. A state of mind or an act may be told of somebody who said nothing.
    "says": 1.35,
    # To praise, to urge and to promise is done by saying something.
    "does by words": 1.35,
    # Things show and seem as well, and say nothing.
    "shows": 0.75,
    "seems": 1.15,
    # A word or two: a label, or what is left of something that was cut wrongly.
    "very short": 0.65,
    # Few words are seldom a whole statement.
    "short": 0.6,
    # Over so many words something else may begin that nobody said.
    "long": 0.8,
}
# The odds of what none of the reasons and signs holds for: such that what is said is right on average.
_BEFORE = 2.3
_WAYS = {
    **dict.fromkeys(SET_OFF, "set off"),
    **dict.fromkeys(("that", "bare", "told", "gap", "colon", "quote", "transcript", "announced"), "clause"),
    "np": "object",
    "prep": "preposition",
    "inf": "infinitive",
    "adjective": "state of mind",
    "noun": "noun",
    "made": "noun with a verb",
    "left": "no known cue",
}
_FAR = frozenset({"ing", "leading", "shared", "released", "reduced", "fronted"})
_GUESSED = frozenset({"released", "reduced"})
_KINDS = {
    **dict.fromkeys((Kind.SAY, Kind.DENY, Kind.WARN, Kind.ASK), "says"),
    **dict.fromkeys((Kind.JUDGE, Kind.DEMAND, Kind.PROMISE), "does by words"),
    Kind.SHOW: "shows",
    Kind.SEEM: "seems",
}
_NOT_YET = word_set("would could can may might should must can't couldn't")
_MANY = word_set("people others one two three four five six seven eight nine ten critics many some nobody everybody")
_IT = word_set("it this that it's it’s")
_PEOPLE = word_set("""officials official experts critics supporters aides advisers leaders members lawyers analysts
    voters economists activists residents some many several others people spokesman spokeswoman spokesperson poll
    survey study""")
_SELDOM, _MOSTLY = word_set(SELDOM_SAID), word_set(MOSTLY_SAID)
_VERY_SHORT, _SHORT, _LONG, _LONG_SPEAKER, _LONGEST_NAME, _MUCH_LEFT = 2, 5, 30, 8, 4, 8


@dataclass(frozen=True, slots=True)
class Seen:
    """What the reasons look at. `words` counts those of the content, which begins with `first`; `stands_free` is a
    speaker who begins a sentence or a part of one; `left` counts the words that are left in it behind the content."""

    pattern: str
    kind: Kind
    lemma: str
    cue: str
    first: str
    words: int
    is_quoted: bool
    speaker: str | None
    stands_free: bool
    is_past: bool
    left: int


def reasons(seen: Seen) -> Iterator[str]:
    """Those that hold."""
    way, *how = seen.pattern.split()
    if seen.is_quoted:
        yield "quoted"
    if way in _WAYS:
        yield _WAYS[way]
    if seen.first == "that" and _WAYS.get(way) == "clause":
        yield "that"
    if "before" not in how and _FAR.intersection(how):
        yield "far subject"
    if _GUESSED.intersection(how):
        yield "guessed subject"
    if "to" in how or _NOT_YET.intersection(seen.cue.lower().split()):
        yield "to be said"
    if way in ("np", "prep", "noun", "inf") and seen.lemma in _SELDOM and not seen.is_quoted:
        yield "seldom said"
    if way in ("np", "prep", "inf") and seen.lemma in _MOSTLY:
        yield "mostly said"
    if seen.pattern == "passive to":
        yield "expected"
    if seen.kind in _KINDS:
        yield _KINDS[seen.kind]
    if seen.words <= _SHORT:
        yield "very short" if seen.words <= _VERY_SHORT else "short"
    elif seen.words >= _LONG and _WAYS.get(way) == "clause":
        yield "long"
    if not seen.is_past:
        yield "not past"
    if seen.left >= _MUCH_LEFT:
        yield "goes on"
    yield from _of_speaker(seen.speaker, seen.stands_free)


def confidence(holding: Iterable[str], signs: Iterable[str] = ()) -> float:
    """Between 0 and 1, to two places."""
    odds = _BEFORE * prod(ODDS[one] for one in holding) * prod(SIGNS[one] for one in signs)
    return round(odds / (1 + odds), 2)


def _of_speaker(speaker: str | None, stands_free: bool) -> Iterator[str]:
    if speaker is None:
        yield "no speaker"
        return
    words = speaker.split()
    if not stands_free:
        yield "amid"
    if speaker.lower() in _IT:
        yield "it"
    elif speaker[0].isdigit():
        yield "a number"
    elif speaker.lower() in PERSONAL or is_contracted(speaker.lower().replace("’", "'")):
        yield "pronoun"
    elif speaker.lower() in RELATIVES:
        yield "relative"
    elif len(words) > _LONG_SPEAKER:
        yield "long speaker"
    elif speaker[0].isupper() and len(words) <= _LONGEST_NAME:
        yield "named"
    elif words[0].islower() and words[0] not in DETERMINERS | _MANY and not words[-1].endswith("s"):
        yield "no phrase"
    if not _PEOPLE.isdisjoint(speaker.lower().split()):
        yield "people"
