"""Passages: what an editor has selected, as a form or an address says it.

Written `4:10-35`: paragraph 4 (its position in the article, from 0), from code point 10 up to, not including, 35.
`~4:10-35` is the same, widened to whole words. One that is a highlight already has its id in front,
`7h2k…@4:10-35`; an orphaned one has its id alone, `7h2k…@`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from articles.loading import paragraphs_at
from articles.models import Article, Claim, Highlight, Paragraph
from articles.models.uid import UID_PATTERN
from articles.text.selecting import moved, snapped

_WRITTEN = re.compile(rf"(~)?(?:({UID_PATTERN})@)?(?:(\d{{1,9}}):(\d{{1,9}})-(\d{{1,9}}))?")
MOST = 50
# As many characters of the paragraph are shown on either side of a passage.
AROUND = 60


class PassageError(ValueError):
    """A passage that says nothing, or lies nowhere. The message is for whoever selected it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a paragraph, or without one, words that were not found in the text. `uid` is its highlight's."""

    paragraph: Paragraph | None
    start: int
    end: int
    quote: str
    uid: str = ""

    @property
    def written(self) -> str:
        place = f"{self.paragraph.position}:{self.start}-{self.end}" if self.paragraph else ""
        return f"{self.uid}@{place}" if self.uid else place

    @property
    def before(self) -> str:
        """Some of what stands before it, beginning at a word."""
        if self.paragraph is None:
            return ""
        text = self.paragraph.text[: self.start]
        return text if self.start <= AROUND else text[-AROUND:].partition(" ")[2]

    @property
    def after(self) -> str:
        """Some of what stands after it, ending at a word."""
        if self.paragraph is None:
            return ""
        text = self.paragraph.text[self.end :]
        return text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0]

    def with_edge_moved(self, edge: Literal["start", "end"], words: int) -> "Passage":
        if self.paragraph is None:
            return self
        return _in(self.paragraph, *moved(self.paragraph.text, self.start, self.end, edge, words), self.uid)


def passages_of(claim: Claim) -> list[Passage]:
    """Its highlights, whose paragraphs must be loaded."""
    return [Passage(row.paragraph, row.start or 0, row.end or 0, row.quote, row.uid) for row in claim.highlights.all()]


def read_passages(written: Sequence[str], article: Article, claim: Claim | None = None) -> list[Passage]:
    """What the writing says, in reading order. No passage cuts a character from what belongs to it.

    Passages that overlap become one. Runs one query for the paragraphs. Raises PassageError.
    """
    if len(written) > MOST:
        raise PassageError(f"A claim has at most {MOST} passages.")
    known = {one.uid: one for one in passages_of(claim)} if claim else {}
    parts = [_parts(one) for one in written if one]
    positions = {part.position for part in parts if part.position is not None}
    rows = {row.position: row for row in paragraphs_at(article, positions)}
    return united(_passage(part, rows, known) for part in parts)


class _Parts(NamedTuple):
    whole_words: bool
    uid: str
    position: int | None
    start: int
    end: int


def _parts(written: str) -> _Parts:
    found = _WRITTEN.fullmatch(written)
    if found is None or written in {"", "~"}:
        raise PassageError("The selection could not be read. Select the passage again.")
    wide, uid, position, start, end = found.groups()
    if position is None:
        return _Parts(False, uid or "", None, 0, 0)
    return _Parts(bool(wide), uid or "", int(position), int(start), int(end))


def _passage(parts: _Parts, rows: Mapping[int, Paragraph], known: Mapping[str, Passage]) -> Passage:
    whole_words, uid, position, start, end = parts
    if uid and uid not in known:
        raise PassageError("One of the passages is no longer part of this claim. Open the claim again.")
    if position is None:
        return known[uid]
    paragraph = rows.get(position)
    if paragraph is None:
        raise PassageError("There is no such paragraph in this article. Load the page again.")
    span = snapped(paragraph.text, start, end, exact=not whole_words)
    if span is None:
        raise PassageError("There are no words in this selection. Select at least one.")
    return _in(paragraph, *span, uid)


def _in(paragraph: Paragraph, start: int, end: int, uid: str = "") -> Passage:
    return Passage(paragraph, start, end, paragraph.text[start:end], uid)


def united(passages: Iterable[Passage]) -> list[Passage]:
    """In reading order, orphaned ones last; those that overlap are one, under the id of the first that has one."""
    done: list[Passage] = []
    for one in sorted(passages, key=_place):
        last = done[-1] if done else None
        if last and one.paragraph and last.paragraph == one.paragraph and one.start < last.end:
            done[-1] = _in(one.paragraph, last.start, max(last.end, one.end), last.uid or one.uid)
        else:
            done.append(one)
    return done


def _place(passage: Passage) -> tuple[bool, int, int, int]:
    position = passage.paragraph.position if passage.paragraph else 0
    return passage.paragraph is None, position, passage.start, passage.end


def highlights_of(passages: Iterable[Passage], claim: Claim | None = None) -> list[Highlight]:
    """Rows, not saved. One whose words have not changed keeps its state; one that an editor set is placed."""
    before = {row.uid: row for row in claim.highlights.all()} if claim else {}
    return [_highlight(one, before.get(one.uid)) for one in passages]


def _highlight(passage: Passage, before: Highlight | None) -> Highlight:
    row = Highlight(quote=passage.quote)
    if passage.uid:
        row.uid = passage.uid
    if passage.paragraph is None:
        row.state = Highlight.State.ORPHANED
        # The context by which it may be found again.
        row.prefix, row.suffix = (before.prefix, before.suffix) if before else ("", "")
        return row
    row.paragraph, row.start, row.end = passage.paragraph, passage.start, passage.end
    if before and before.is_placed and before.quote == passage.quote:
        row.state = before.state
    return row


def without(passages: Sequence[Passage], at: int) -> list[Passage]:
    """All but one. Raises PassageError for the last one: a claim without a passage is to be deleted."""
    if len(passages) < 2:
        raise PassageError("A claim keeps at least one passage. Delete the claim instead.")
    return [one for number, one in enumerate(passages) if number != at]


def with_edge_moved(passages: Sequence[Passage], at: int, edge: Literal["start", "end"], words: int) -> list[Passage]:
    changed = [one.with_edge_moved(edge, words) if number == at else one for number, one in enumerate(passages)]
    return united(changed)
