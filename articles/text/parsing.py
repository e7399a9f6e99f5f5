"""Parsing: plain text as given → the blocks of an article, and a map between their offsets. No database."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.text.kinds import Kind, dateline_length, ends_like_a_sentence, kinds_of
from articles.text.normalising import normalise
from articles.text.offsets import OffsetMap

BOM = "\ufeff"
TITLE_LENGTH = 120

# What `str.splitlines` takes for the end of a line.
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+|\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W\d_])")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Brig|Sen|Rep|Gov|Rev|St|No|Jr|Sr|vs|Inc|Ltd|Co"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec))\.$"
)


class TextError(ValueError):
    """A text that cannot be read. The message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: NFC, one line, no outer space. `number` counts from 1 over kind text, others have none.

    `dateline_length` is the number of code points of an inline dateline, its dash and space included.
    """

    kind: Kind
    text: str
    number: int | None
    dateline_length: int


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A block's position is its index. `offsets` counts in the text as given."""

    blocks: tuple[Block, ...]
    offsets: OffsetMap


def decode(data: bytes) -> str:
    """UTF-8 with every character kept, a byte order mark too. Raises TextError for anything else, for
    binary data and for a text of nothing but white space."""
    if not data.strip():
        raise TextError("The file is empty. Put the report’s text in it, or remove it.")
    if b"\x00" in data:
        raise TextError("This is no text: it holds zero bytes. Save the report as plain text in UTF-8.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TextError(
            f"Not UTF-8: byte {error.start} (in line {line}) is 0x{data[error.start]:02x}. Save the file as UTF-8."
        ) from error


def parse(text: str) -> ParsedText:
    """Takes the text as given: decoded, newlines and byte order mark kept. Runs in linear time.

    Raises TextError for a text of nothing but white space.
    """
    offsets = OffsetMap(len(text))
    texts: list[str] = []
    for start, end in _paragraphs(text):
        normalised = normalise(text[start:end], start)
        offsets.add_block(normalised.text, normalised.starts, normalised.ends)
        texts.append(normalised.text)
    if not texts:
        raise TextError("The text is empty: it holds nothing but white space.")
    return ParsedText(tuple(_blocks(texts)), offsets)


def _blocks(texts: Sequence[str]) -> Iterator[Block]:
    number = 0
    for text, kind in zip(texts, kinds_of(texts), strict=True):
        if kind is Kind.TEXT:
            number += 1
        inline = dateline_length(text) if kind is Kind.TEXT and number == 1 else 0
        yield Block(kind, text, number if kind is Kind.TEXT else None, inline)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the paragraphs, without outer white space."""
    lines = list(_lines(text))
    if all(lines[:-1]) and _is_one_per_line(text, lines):
        yield from (line for line in lines if line)
        return
    start = end = None
    for line in [*lines, None]:
        if line is not None:
            start, end = (line[0] if start is None else start), line[1]
        elif start is not None and end is not None:
            yield start, end
            start = None


def _lines(text: str) -> Iterator[tuple[int, int] | None]:
    """The range of each line's words; None for a line of white space."""
    at_start = True
    first = len(BOM) if text.startswith(BOM) else 0
    for match in _LINE.finditer(text, first):
        words = match.group().strip()
        if words:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield start, start + len(words)
            at_start = False
        elif _ends_line(match.group()):
            if at_start:
                yield None
            at_start = True


def _ends_line(piece: str) -> bool:
    return piece.splitlines() == [""]


def _is_one_per_line(text: str, lines: Sequence[tuple[int, int] | None]) -> bool:
    """A text without any blank line whose lines mostly end as sentences do."""
    words = [text[line[0] : line[1]] for line in lines if line]
    ending = sum(ends_like_a_sentence(one) for one in words)
    return len(words) > 1 and ending * 2 > len(words)


def first_sentence(blocks: Sequence[Block]) -> str:
    """A title for a text that came without one: its first sentence without dateline, at most about 120
    code points, cut at a word. Empty for blocks without any text."""
    block = next((one for one in blocks if one.kind is Kind.TEXT), None)
    if block is None:
        return ""
    sentence = _until_sentence_end(block.text[block.dateline_length :])
    if len(sentence) <= TITLE_LENGTH:
        return sentence.rstrip(".")
    return sentence[: TITLE_LENGTH + 1].rsplit(None, 1)[0].rstrip(",;:–— ") + "…"


def _until_sentence_end(text: str) -> str:
    for match in _SENTENCE_END.finditer(text):
        if not _ABBREVIATION.search(text, 0, match.start()):
            return text[: match.end()].rstrip()
    return text
