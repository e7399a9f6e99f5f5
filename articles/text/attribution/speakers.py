"""Speakers: the fullest name that a text gives for the source of a claim, “she” → “Moor” → “Ann Moor”."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from articles.text.attribution.extracting import Attributed
from articles.text.attribution.tokens import POSSESSIVES, PREPOSITIONS, RELATIVES, singular, word_set
from articles.text.offsets import BlockSpan

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*"
# Titles and names in capitals, joined by what may stand within a name.
_NAME = re.compile(rf"{_CAPITAL}(?: (?:(?:al|bin|de|la|van|von|der) )?{_CAPITAL})*")
_TITLES = word_set("mr mrs ms dr sen rep gov gen col lt capt sgt prof president senator judge mayor")
_PRONOUNS = frozenset({"he", "she", "him", "her", "his"})
# How a description begins that refers to somebody who was introduced before: “the official”, “one official”.
_BACK = word_set("the this that these those one both")
_ORDINALS = word_set("first second third fourth fifth latter former same")
# Who may be meant by “he” or “she” though no name is given.
_PEOPLE = word_set("""
    official officer spokesman spokeswoman spokesperson commander general minister president governor mayor senator
    diplomat analyst expert witness resident man woman source lawyer attorney doctor activist aide adviser advisor
    ambassador envoy secretary director chief leader soldier fighter journalist reporter professor researcher judge
    prosecutor investigator manager owner driver teacher student mother father wife husband
""")
# What speaks for whoever made it.
_MADE = "statement"


class _Speaker(NamedTuple):
    """One who has spoken: the span that names them best, the words by which they were called, and among these the
    nouns that say what they are. `at` is the paragraph in which they spoke."""

    span: BlockSpan
    at: int
    words: frozenset[str]
    heads: frozenset[str]
    is_person: bool


def speakers_of(paragraphs: Sequence[str], found: Sequence[Attributed]) -> list[BlockSpan | None]:
    """For each claim, in the order of the text, the span that names its speaker best; None without a source.

    A pronoun stands for the person who spoke last or, before anybody did, was named last; a short name for the first
    longer one before it that ends alike; “who” for what stands right before it; a description that refers back, as
    “the official” does, for the last speaker of whom it holds, and “the statement” for who has just made one.
    Anything else names itself.
    """
    names = list(_names(paragraphs))
    speakers: list[BlockSpan | None] = []
    spoken: list[_Speaker] = []
    for one in found:
        speaker = _speaker(paragraphs, _named(paragraphs, one), names, spoken) if one.source else None
        speakers.append(speaker)
        if speaker and one.source:
            spans = [span for span in (speaker, one.source, one.apposition) if span]
            spoken.append(_spoken(speaker, one.source.block, [_text(paragraphs, span) for span in spans]))
    return speakers


def _named(paragraphs: Sequence[str], one: Attributed) -> BlockSpan:
    """“Its head, Gen. Ann Moor,”: the name beside it says more."""
    assert one.source
    is_whose = _text(paragraphs, one.source).split()[0].lower() in POSSESSIVES
    beside = one.apposition
    return beside if is_whose and beside and _NAME.fullmatch(_text(paragraphs, beside)) else one.source


def refers_back(speaker: str) -> bool:
    """Whether this describes somebody who was introduced before: “the official”, “one official”."""
    words = speaker.split()
    return len(words) > 1 and words[0].lower() in _BACK and words[-1].islower()


def _speaker(
    paragraphs: Sequence[str], source: BlockSpan, names: Sequence[BlockSpan], spoken: Sequence[_Speaker]
) -> BlockSpan:
    text = _text(paragraphs, source)
    low = text.lower()
    before = [one for one in names if (one.block, one.end) <= (source.block, source.start)]
    if low in _PRONOUNS:
        last = next((one.span for one in reversed(spoken) if one.is_person), None)
        people = [one for one in before if len(_words(paragraphs, one)) > 1]
        return last or (people[-1] if people else source)
    if low in RELATIVES:
        beside = before[-1] if before and before[-1].block == source.block else None
        is_beside = beside and not paragraphs[source.block][beside.end : source.start].strip(" ,")
        return _in_full(paragraphs, beside, names) if beside and is_beside else source
    if refers_back(text):
        return _introduced(paragraphs, source, spoken) or source
    return _in_full(paragraphs, source, names)


def _introduced(paragraphs: Sequence[str], source: BlockSpan, spoken: Sequence[_Speaker]) -> BlockSpan | None:
    text = _text(paragraphs, source)
    words = _folded(text) - _BACK - _ORDINALS
    head = _head(text)
    if words == {_MADE}:
        return _who_made_it(paragraphs, source, spoken[-1]) if spoken else None
    return next((one.span for one in reversed(spoken) if head in one.heads and words <= one.words), None)


def _who_made_it(paragraphs: Sequence[str], source: BlockSpan, last: _Speaker) -> BlockSpan | None:
    """Of “the statement”, who spoke right before, in a statement."""
    if source.block - last.at > 1:
        return None
    between = [*paragraphs[last.at : source.block], paragraphs[source.block][: source.start]]
    return last.span if any(_MADE in text.lower() for text in between) else None


def _spoken(speaker: BlockSpan, at: int, called: Sequence[str]) -> _Speaker:
    """`called` begins with the words of the span."""
    words = frozenset[str]().union(*map(_folded, called))
    heads = frozenset(head for text in called for head in (_head(text), _rank(text)) if head)
    is_abbreviation = called[0].isupper() and " " not in called[0]
    is_name = bool(_NAME.fullmatch(called[0])) and not is_abbreviation
    return _Speaker(speaker, at, words, heads, is_person=is_name or not heads.isdisjoint(_PEOPLE))


def _head(text: str) -> str:
    """“a spokesman for the port” → “spokesman”."""
    words = text.split()
    end = next((at for at, word in enumerate(words) if at and word.lower() in PREPOSITIONS), len(words))
    return _fold(words[end - 1]) if words else ""


def _rank(text: str) -> str:
    """What stands before a name in small letters: “Harbour Board spokeswoman Ann Moor” → “spokeswoman”."""
    words = text.split()
    small = [at for at, word in enumerate(words) if word.islower() and word not in _BACK]
    return _fold(words[small[-1]]) if small and small[-1] < len(words) - 1 else ""


def _folded(text: str) -> frozenset[str]:
    return frozenset(map(_fold, text.split())) - {""}


def _fold(word: str) -> str:
    """In small letters, in the singular, without “’s” and marks."""
    return singular(word.lower().replace("’", "'").removesuffix("'s").strip(".,'\"“”"))


def _in_full(paragraphs: Sequence[str], source: BlockSpan, names: Sequence[BlockSpan]) -> BlockSpan:
    """The first name before it, of more words, that ends with its only word, titles left out."""
    words = _words(paragraphs, source)
    if len(words) != 1 or not _NAME.fullmatch(_text(paragraphs, source)):
        return source
    for one in names:
        if (one.block, one.start) >= (source.block, source.start):
            break
        fuller = _words(paragraphs, one)
        if len(fuller) > 1 and fuller[-1] == words[0]:
            return one
    return source


def _names(paragraphs: Sequence[str]) -> Iterator[BlockSpan]:
    for index, text in enumerate(paragraphs):
        for match in _NAME.finditer(text):
            end = match.end() - (2 if match[0].endswith(("’s", "'s")) else 0)
            yield BlockSpan(index, match.start(), end)


def _words(paragraphs: Sequence[str], span: BlockSpan) -> list[str]:
    words = [word.strip(".,").lower() for word in _text(paragraphs, span).split()]
    return [word for word in words if word and word not in _TITLES]


def _text(paragraphs: Sequence[str], span: BlockSpan) -> str:
    return paragraphs[span.block][span.start : span.end]
