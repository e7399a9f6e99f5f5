"""Offsets: from the text as given to (block, offset) and back. All in Unicode code points."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class BlockSpan(NamedTuple):
    """A piece of a block: index of the block, code points of its text, half open."""

    block: int
    start: int
    end: int


class OffsetMap:
    """Made by the parser, block by block.

    Each code point of a block comes from a range of the text as given: of one code point, or of
    several where white space was folded or NFC composed them. The ranges are kept as two sequences
    of numbers, which only grow, and so do those of the blocks: each look-up is a binary search.
    """

    def __init__(self, length: int) -> None:
        self._length = length
        self._texts: list[str] = []
        self._starts: list[Sequence[int]] = []
        self._ends: list[Sequence[int]] = []
        self._block_starts: list[int] = []
        self._block_ends: list[int] = []

    def add_block(self, text: str, starts: Sequence[int], ends: Sequence[int]) -> None:
        """`starts[i]` and `ends[i]` bound what code point i of the block's text came from."""
        self._texts.append(text)
        self._starts.append(starts)
        self._ends.append(ends)
        self._block_starts.append(starts[0])
        self._block_ends.append(ends[-1])

    def locate(self, start: int, end: int) -> tuple[BlockSpan, ...]:
        """The pieces of a range of the text as given that fall in blocks, without outer white space.

        A range through two paragraphs gives two pieces. Raises ValueError for an empty range or
        one that leaves the text.
        """
        if not 0 <= start < end <= self._length:
            raise ValueError(f"{start}–{end} is not a range of a text of {self._length} code points")
        first = bisect_right(self._block_ends, start)
        last = bisect_left(self._block_starts, end)
        pieces = [self._piece(block, start, end) for block in range(first, last)]
        return tuple([piece for piece in pieces if piece.start < piece.end])

    def _piece(self, block: int, start: int, end: int) -> BlockSpan:
        first = bisect_right(self._ends[block], start)
        last = bisect_left(self._starts[block], end)
        text = self._texts[block][first:last]
        left = len(text) - len(text.lstrip())
        return BlockSpan(block, first + left, first + max(left, len(text.rstrip())))

    def given(self, block: int, start: int, end: int) -> tuple[int, int]:
        """The range of the text as given that a block's span came from. Raises ValueError as `locate` does."""
        if not 0 <= start < end <= len(self._texts[block]):
            raise ValueError(f"{start}–{end} is not a span of block {block}")
        return self._starts[block][start], self._ends[block][end - 1]
