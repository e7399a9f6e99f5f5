"""What a reader seeks: words, “phrases” and beginnings, and where a text has them. The same whatever the database."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from articles.text.words import Word, forms, stem, words

# More are not looked for.
MOST_WORDS = 24
MOST_CHARACTERS = 1_000
# So that a beginning means something, does not find every second text, and is one that an index of beginnings has.
SHORTEST_BEGINNING = 3
_PART = re.compile(r"[“”„«»\"]([^“”„«»\"]*)(?:[“”„«»\"]|$)|(\S+)")
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Term:
    """One word, in any of its forms; or the words of a phrase as they are written, one after the other.

    `forms` are empty for a phrase. With `is_begun`, the last word is the beginning of one.
    """

    written: tuple[str, ...]
    forms: frozenset[str] = frozenset()
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """All of its terms. `in_notes`: in the notes of editors as well. `is_cut`: more was asked for than is sought.
    `marks`: of each group one mark at least, which the index has beside the words."""

    terms: tuple[Term, ...] = ()
    in_notes: bool = False
    is_cut: bool = False
    marks: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether it is what was sought."""

    text: str
    is_hit: bool


def read_query(asked: str, languages: Iterable[str], *, in_notes: bool = False, is_typing: bool = False) -> Sought:
    """Any text can be asked for. Between quotation marks, and where no blank parts them (U.S., US-led), words have to
    stand together as they are written. `art*` begins a word, and so does the last one while somebody types."""
    languages = list(languages)
    terms: list[Term] = []
    for part in _PART.finditer(asked[:MOST_CHARACTERS]):
        term = _term(part, languages)
        if term and is_typing and _is_open(part, asked):
            term = _begun(term)
        if term and term not in terms:
            terms.append(term)
    kept = _first_words(terms)
    return Sought(tuple(kept), in_notes, kept != terms or len(asked) > MOST_CHARACTERS)


def as_begun(asked: str) -> str:
    """What finds for good what this finds while somebody types, as far as there is a way to write it: none within
    quotation marks."""
    *_, last = [None, *_PART.finditer(asked[:MOST_CHARACTERS])]
    if last is None or last[2] is None or not _is_open(last, asked):
        return asked
    term = _term(last, [])
    return f"{asked}*" if term and not term.is_begun and _begun(term).is_begun else asked


def _is_open(part: re.Match[str], asked: str) -> bool:
    """Whether the next letter would go on with it."""
    return part.end() == len(asked) and part[0][-1] not in '“”„«»"'


def _term(part: re.Match[str], languages: Sequence[str]) -> Term | None:
    is_quoted = part[1] is not None
    found = words(part[1] if is_quoted else part[2])
    if not found:
        return None
    written = tuple(word.written for word in found)
    is_phrase = is_quoted or len(found) > 1
    term = Term(written, frozenset() if is_phrase else forms(found[0].as_given, languages))
    return _begun(term) if not is_quoted and part[2].endswith("*") else term


def _begun(term: Term) -> Term:
    return replace(term, is_begun=len(term.written[-1]) >= SHORTEST_BEGINNING)


def _first_words(terms: Iterable[Term]) -> list[Term]:
    kept, left = [], MOST_WORDS
    for term in terms:
        if left <= 0:
            break
        kept.append(replace(term, written=term.written[:left]))
        left -= len(term.written)
    return kept


def is_found(sought: Sought, texts: Sequence[str], language: str) -> bool:
    """Whether the texts hold all that is sought. `language` is one that `words.language_of` gives."""
    return _is_in(sought, [words(text) for text in texts], language)


def language_found(sought: Sought, texts: Sequence[Sequence[Word]], languages: Iterable[str]) -> str | None:
    """The first of these languages by whose rules texts of these words hold all that is sought."""
    return next((language for language in languages if _is_in(sought, texts, language)), None)


def _is_in(sought: Sought, found: Sequence[Sequence[Word]], language: str) -> bool:
    return all(any(any(_hits(term, one, language)) for one in found) for term in sought.terms)


def _hits(term: Term, found: Sequence[Word], language: str) -> Iterator[range]:
    """Where the term stands among the words."""
    if not term.forms:
        length = len(term.written)
        starts = range(len(found) - length + 1)
        yield from (range(at, at + length) for at in starts if _is_phrase(term, found[at : at + length]))
        return
    begun = term.written[0] if term.is_begun else None
    for at, word in enumerate(found):
        is_same = word.written in term.forms or (begun and word.written.startswith(begun))
        if is_same or (language and stem(word.as_given, language) in term.forms):
            yield range(at, at + 1)


def _is_phrase(term: Term, found: Sequence[Word]) -> bool:
    """Whether these words, as many as the term's, are the term's."""
    *before, last = (word.written for word in found)
    ends = last.startswith(term.written[-1]) if term.is_begun else last == term.written[-1]
    return ends and before == list(term.written[:-1])


def pieces(sought: Sought, text: str, language: str) -> list[Piece]:
    """The whole text, with what was sought told apart. A phrase is one piece."""
    found = words(text)
    spans = [(found[hit[0]].start, found[hit[-1]].end) for term in sought.terms for hit in _hits(term, found, language)]
    parts: list[Piece] = []
    at = 0
    for start, end in _joined(spans):
        parts += [Piece(text[at:start], is_hit=False), Piece(text[start:end], is_hit=True)]
        at = end
    parts.append(Piece(text[at:], is_hit=False))
    return [part for part in parts if part.text]


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order; those that overlap are one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def count_terms(sought: Sought, text: str, language: str) -> int:
    """How many of the terms the text holds."""
    found = words(text)
    return sum(any(_hits(term, found, language)) for term in sought.terms)


def excerpt(sought: Sought, text: str, language: str, length: int = 260) -> list[Piece]:
    """About so many characters around the first hit, cut between words; the whole text if it is not much longer."""
    parts = pieces(sought, text, language)
    first = next((at for at, part in enumerate(parts) if part.is_hit), 0)
    start = sum(len(part.text) for part in parts[:first])
    begin = max(0, min(start - length // 3, len(text) - length))
    if begin:
        blank = text.find(" ", begin, start)
        begin = blank + 1 if blank >= 0 else begin
    end = len(text) if len(text) - begin <= length * 1.2 else text.rfind(" ", begin, begin + length)
    end = end if end > start else min(len(text), begin + length)
    return _cut(parts, begin, end, len(text))


def _cut(parts: Iterable[Piece], begin: int, end: int, length: int) -> list[Piece]:
    kept, at = [], 0
    for part in parts:
        inside = part.text[max(0, begin - at) : max(0, end - at)]
        if inside:
            kept.append(Piece(inside, part.is_hit))
        at += len(part.text)
    before = [Piece(f"{_CUT} ", is_hit=False)] if begin else []
    after = [Piece(f" {_CUT}", is_hit=False)] if end < length else []
    return [*before, *kept, *after]
