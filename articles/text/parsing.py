"""Parsing: plain text as given → the blocks of an article, and a map between their offsets. No database."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.text.kinds import Kind, dateline_length, ends_like_a_sentence, kinds_of
from articles.text.normalising import normalise
from articles.text.offsets import OffsetMap
from articles.text.sentences import sentence_ends
from articles.text.visible import is_visible

BOM = "\ufeff"
TITLE_LENGTH = 120
# Enough to see whether a first sentence is too long for a title.
_TITLE_SEEN = 2 * TITLE_LENGTH
# What begins an item of a list, whatever else does.
_BULLETS = "•‣◦▪●∙·"
_ITEM = re.compile(rf"([{_BULLETS}*–-])\s")


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
        return data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TextError(
            f"Not UTF-8: byte {error.start} (in line {line}) is 0x{data[error.start]:02x}. Save the file as UTF-8."
        ) from error


def parse(text: str) -> ParsedText:
    """Takes the text as given: decoded, newlines and byte order mark kept. Runs in linear time.

    Raises TextError for a text in which there is nothing to be seen.
    """
    offsets = OffsetMap(len(text))
    texts: list[str] = []
    for start, end in _paragraphs(text):
        normalised = normalise(text[start:end], start)
        offsets.add_block(normalised.text, normalised.starts, normalised.ends)
        texts.append(normalised.text)
    if not texts:
        raise TextError("The text is empty: it holds nothing but white space.")
    if not any(map(is_visible, texts)):
        raise TextError(
            "The text is empty: it holds nothing that can be seen. Put the text of the report in its place."
        )
    return ParsedText(tuple(blocks_of(texts, kinds_of(texts))), offsets)


def written_out(texts: Sequence[str]) -> str:
    """A text that `parse` reads as these paragraphs again, each of which is as it leaves one."""
    text = "\n\n".join(texts)
    # Of two byte order marks one is a character of the text.
    return BOM + text if text.startswith(BOM) else text


def with_items_parted(text: str) -> str:
    """With a blank line before each item of a list that stands right below another line, so that it is a paragraph of
    its own. A sign that may as well be a dash in a wrapped line begins an item only where several lines have it."""
    groups = list(_groups(text))
    if len(groups) == 1 and _is_one_per_line(text, groups[0]):
        return text
    parts, at = [], 0
    for start in (start for lines in groups for start in _items(text, lines)):
        parts.append(text[at:start])
        at = start
    return "\n".join([*parts, text[at:]])


def _items(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Where items begin, but for one that begins the lines."""
    signs = [found[1] if (found := _ITEM.match(text, start, end)) else "" for start, end in lines]
    counts = Counter(signs)
    for (start, _), sign in list(zip(lines, signs, strict=True))[1:]:
        if sign and (sign in _BULLETS or counts[sign] > 1):
            yield start


def blocks_of(texts: Sequence[str], kinds: Sequence[Kind]) -> Iterator[Block]:
    """One kind for each text."""
    number = 0
    for text, kind in zip(texts, kinds, strict=True):
        if kind is Kind.TEXT:
            number += 1
        inline = dateline_length(text) if kind is Kind.TEXT and number == 1 else 0
        yield Block(kind, text, number if kind is Kind.TEXT else None, inline)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the paragraphs, without outer white space."""
    groups = list(_groups(text))
    if len(groups) == 1 and _is_one_per_line(text, groups[0]):
        yield from groups[0]
    else:
        yield from ((lines[0][0], lines[-1][1]) for lines in groups)


def _groups(text: str) -> Iterator[list[tuple[int, int]]]:
    """Lines that no line of white space parts: of each the range of its words."""
    lines: list[tuple[int, int]] = []
    position = len(BOM) if text.startswith(BOM) else 0
    for line in text[position:].splitlines(keepends=True):
        start = position + len(line) - len(line.lstrip())
        end = position + len(line.rstrip())
        if start < end:
            lines.append((start, end))
        elif lines:
            yield lines
            lines = []
        position += len(line)
    if lines:
        yield lines


def _is_one_per_line(text: str, lines: Sequence[tuple[int, int]]) -> bool:
    """For a text without a blank line between its lines: do most of them end as sentences do?"""
    ending = sum(ends_like_a_sentence(text[start:end]) for start, end in lines)
    return ending * 2 > len(lines)


def headline(blocks: Sequence[Block]) -> str:
    """What a text begins with, if it is a heading that can be seen; else empty."""
    first = blocks[0] if blocks else None
    return first.text if first and first.kind is Kind.HEADING and is_visible(first.text) else ""


def is_title(kind: str, text: str, title: str) -> bool:
    """Whether this is a heading that says the title over again."""
    return kind == Kind.HEADING and text.casefold() == title.casefold()


def first_sentence(blocks: Sequence[Block]) -> str:
    """A title for a text that came without one: its first sentence without dateline, at most about 120
    code points, cut at a word. Empty for blocks without any text."""
    block = next((one for one in blocks if one.kind is Kind.TEXT and is_visible(one.text)), None)
    if block is None:
        return ""
    text = block.text[block.dateline_length :][:_TITLE_SEEN]
    sentence = text[: next(sentence_ends(text), len(text))]
    if len(sentence) <= TITLE_LENGTH:
        return sentence.rstrip(".")
    return sentence[: TITLE_LENGTH + 1].rsplit(" ", 1)[0].rstrip(",;:–— ") + "…"
