"""Later versions of a text, made by chance from a seed, of which it is known what became of every word.

A document is a list of paragraphs, a paragraph a list of pieces: a word or a sign with the blank before it, the place
in the old text that it comes from or stands in for, and whether it is still the same word there.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from articles.text.sentences import sentence_ends

_PIECE = re.compile(r"(\s*)(\w[\w\u0300-\u036f]*(?:['’.,-]\w+)*|\S)")
_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Piece:
    blank: str
    words: str
    of: int | None = None
    is_same: bool = True

    @property
    def is_word(self) -> bool:
        return self.words[0].isalnum()


Paragraph = list[Piece]
Document = list[Paragraph]
Mutation = Callable[[Document, Random], Document]


def pieces_of(text: str) -> Paragraph:
    return [Piece(match[1], match[2]) for match in _PIECE.finditer(text)]


def numbered(document: Document) -> Document:
    """As an old version: every piece comes from where it stands."""
    count = iter(range(sum(map(len, document))))
    return [[replace(piece, of=next(count), is_same=True) for piece in paragraph] for paragraph in document]


def text_of(paragraph: Paragraph) -> str:
    return "".join(piece.blank + piece.words for piece in paragraph).strip()


def sentences(paragraph: Paragraph) -> list[Paragraph]:
    text = text_of(paragraph)
    ends = [*sentence_ends(text), len(text)]
    found: list[Paragraph] = [[]]
    length = 0
    for index, piece in enumerate(paragraph):
        length += len(piece.words) + (len(piece.blank) if index else 0)
        found[-1].append(piece)
        if length >= ends[0] and index + 1 < len(paragraph):
            ends.pop(0)
            found.append([])
    return found


# ---- Whole paragraphs ----


def with_inserted(document: Document, chance: Random) -> Document:
    """Paragraphs made of runs of two to six words from anywhere: nothing the old text says, in its own words."""
    found = list(document)
    for _ in range(max(1, len(document) // 6)):
        found.insert(chance.randint(0, len(found)), _made_up(document, chance))
    return found


def without_some(document: Document, chance: Random) -> Document:
    return [paragraph for paragraph in document if chance.random() > 0.15] or document[:1]


def with_moved(document: Document, chance: Random) -> Document:
    found = list(document)
    for _ in range(max(1, len(document) // 5)):
        found.insert(chance.randrange(len(found)), found.pop(chance.randrange(len(found))))
    return found


def merged(document: Document, chance: Random) -> Document:
    found: Document = []
    for paragraph in document:
        if found and chance.random() < 0.4:
            found[-1] = _joined([found[-1], paragraph])
        else:
            found.append(paragraph)
    return found


def split(document: Document, chance: Random) -> Document:
    found: Document = []
    for paragraph in document:
        parts: Document = [[]]
        for sentence in sentences(paragraph):
            if parts[-1] and chance.random() < 0.5:
                parts.append([])
            parts[-1].extend(sentence)
        found.extend(parts)
    return found


# ---- Sentences ----


def with_other_sentences(document: Document, chance: Random) -> Document:
    """A sixth of them gone, as many in another paragraph, some replaced by others that were not there."""
    found: Document = []
    strays: list[Paragraph] = []
    for paragraph in document:
        kept = []
        for sentence in sentences(paragraph):
            fate = chance.random()
            if 1 / 6 <= fate < 1 / 3:
                strays.append(sentence)
            elif 1 / 3 <= fate < 0.42:
                kept.append(_made_up(document, chance, 1))
            elif fate >= 1 / 6:
                kept.append(sentence)
        found.append(_joined(kept))
    for stray in strays:
        at = chance.randrange(len(found))
        parts = sentences(found[at]) if found[at] else []
        parts.insert(chance.randint(0, len(parts)), stray)
        found[at] = _joined(parts)
    return [paragraph for paragraph in found if paragraph] or document[:1]


def without_some_sentences(document: Document, chance: Random) -> Document:
    found = [_joined([one for one in sentences(paragraph) if chance.random() > 1 / 6]) for paragraph in document]
    return [paragraph for paragraph in found if paragraph] or document[:1]


def with_repeated(document: Document, chance: Random) -> Document:
    """An old version in which every third sentence stands once or twice more, word for word, in other paragraphs."""
    found = list(document)
    for own, sentence in [(own, one) for own, paragraph in enumerate(document) for one in sentences(paragraph)]:
        others = [at for at in range(len(found)) if at != own]
        for at in chance.sample(others, chance.choice((0, 0, 0, 0, 1, 2))):
            parts = sentences(found[at])
            parts.insert(chance.randint(0, len(parts)), sentence)
            found[at] = _joined(parts)
    return found


# ---- Words ----


def with_other_words(rate: float) -> Mutation:
    """That part of the words: seven in ten replaced by others of the text, the rest by halves gone and added."""

    def mutation(document: Document, chance: Random) -> Document:
        known = [piece.words for paragraph in document for piece in paragraph if piece.is_word]
        found: Document = []
        for paragraph in document:
            pieces: Paragraph = []
            for piece in paragraph:
                kind = chance.random() if piece.is_word and chance.random() < rate else 1.0
                other = chance.choice(known)
                if kind == 1.0:
                    pieces.append(piece)
                elif kind < 0.7:
                    pieces.append(replace(piece, words=other, is_same=other == piece.words))
                elif kind < 0.85:
                    pieces += [piece, Piece(" ", other)]
            found.append(pieces)
        return [paragraph for paragraph in found if paragraph]

    return mutation


def with_other_numbers_and_names(document: Document, chance: Random) -> Document:
    """Every number another, and every second name, the same one wherever it stands."""
    names = sorted({piece.words for paragraph in document for piece in paragraph[1:] if piece.words[0].isupper()})
    others = {name: chance.choice(names) for name in names if chance.random() < 0.5}

    def changed(piece: Piece) -> Piece:
        words = others.get(piece.words, piece.words)
        if _NUMBER.fullmatch(words):
            words = str(chance.randint(2, 3000))
        return replace(piece, words=words, is_same=piece.is_same and words == piece.words)

    return [[changed(piece) for piece in paragraph] for paragraph in document]


def repunctuated(document: Document, chance: Random) -> Document:
    """Other quotation marks and dashes, commas gone and added."""
    marks = chance.choice(
        [
            str.maketrans("“”‘’—–", "\"\"''--"),
            str.maketrans("“”‘’—", "„“‚‘–"),
            str.maketrans({"“": "«", "”": "»", "—": "–"}),
        ]
    )
    found: Document = []
    for paragraph in document:
        pieces: Paragraph = []
        for piece in paragraph:
            if piece.words == "," and chance.random() < 0.3:
                continue
            pieces.append(replace(piece, words=piece.words.translate(marks), blank=_blank(piece.blank, chance)))
            if piece.is_word and chance.random() < 0.03:
                pieces.append(Piece("", ","))
        found.append(pieces)
    return found


def _blank(blank: str, chance: Random) -> str:
    return "\u00a0" if blank and chance.random() < 0.05 else blank


def _joined(parts: Sequence[Paragraph]) -> Paragraph:
    """With a blank between those that have none."""
    found: Paragraph = []
    for part in parts:
        first, *rest = part
        found += [replace(first, blank=first.blank or " ") if found else first, *rest]
    return found


def _made_up(document: Document, chance: Random, count: int = 3) -> Paragraph:
    pool = [piece for paragraph in document for piece in paragraph]
    found: Paragraph = []
    for _ in range(count):
        sentence: Paragraph = []
        while len(sentence) < 18:
            at = chance.randrange(len(pool))
            sentence += pool[at : at + chance.randint(2, 6)]
        found += [*sentence, Piece("", ".")]
    return [replace(piece, blank=piece.blank or (" " if piece.is_word else ""), of=None) for piece in found]


def after(*mutations: Mutation) -> Mutation:
    """One after the other."""

    def mutation(document: Document, chance: Random) -> Document:
        for one in mutations:
            document = one(document, chance)
        return document

    return mutation


KINDS: dict[str, Mutation] = {
    "paragraphs inserted": with_inserted,
    "paragraphs deleted": without_some,
    "paragraphs moved": with_moved,
    "paragraphs merged": merged,
    "paragraphs split": split,
    "sentences gone, moved, replaced": with_other_sentences,
    "5 % of words": with_other_words(0.05),
    "10 % of words": with_other_words(0.1),
    "20 % of words": with_other_words(0.2),
    "40 % of words": with_other_words(0.4),
    "numbers and names": with_other_numbers_and_names,
    "quotes re-punctuated": repunctuated,
    "repeated sentences": after(without_some_sentences, with_moved, with_inserted, with_other_words(0.05)),
    "all of it, 10 % of words": after(
        with_other_sentences,
        merged,
        split,
        with_moved,
        without_some,
        with_inserted,
        with_other_words(0.1),
        repunctuated,
    ),
    "all of it, 20 % of words": after(
        with_other_sentences,
        merged,
        split,
        with_moved,
        without_some,
        with_inserted,
        with_other_words(0.2),
        repunctuated,
    ),
}
REPEATED = "repeated sentences"
