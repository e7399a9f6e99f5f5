import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.offsets import BlockSpan
from articles.text.parsing import BOM, parse
from articles.text.visible import is_visible
from tests.text.texts import texts

TEXT = BOM + "One  line\r\nand more.\r\n\r\nTwo e\u0301tudes 🤔 قال."


def at(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


@pytest.mark.parametrize(
    ("part", "span"),
    [
        ("One", BlockSpan(0, 0, 3)),
        ("line\r\nand", BlockSpan(0, 4, 12)),
        ("  line", BlockSpan(0, 4, 8)),
        ("more.\r\n\r\n", BlockSpan(0, 13, 18)),
        ("e\u0301t", BlockSpan(1, 4, 6)),
        ("\u0301t", BlockSpan(1, 4, 6)),
        ("🤔", BlockSpan(1, 11, 12)),
        ("قال", BlockSpan(1, 13, 16)),
        (BOM + "One", BlockSpan(0, 0, 3)),
    ],
)
def test_locate(part: str, span: BlockSpan) -> None:
    assert parse(TEXT).offsets.locate(*at(TEXT, part)) == (span,)


def test_a_range_through_two_paragraphs_has_a_piece_in_each() -> None:
    found = parse(TEXT).offsets.locate(*at(TEXT, "more.\r\n\r\nTwo"))
    assert found == (BlockSpan(0, 13, 18), BlockSpan(1, 0, 3))


@pytest.mark.parametrize("part", ["\r\n\r\n", BOM, "  "])
def test_a_range_of_white_space_has_none(part: str) -> None:
    assert parse(TEXT).offsets.locate(*at(TEXT, part)) == ()


def test_the_whole_text_has_every_paragraph_whole() -> None:
    parsed = parse(TEXT)
    spans = parsed.offsets.locate(0, len(TEXT))
    assert [(span.start, span.end) for span in spans] == [(0, len(block.text)) for block in parsed.blocks]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (5, 4), (0, len(TEXT) + 1)])
def test_a_range_that_leaves_the_text_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"^{start}–{end} is not a range of a text of {len(TEXT)} code points$"):
        parse(TEXT).offsets.locate(start, end)


def test_many_places_in_many_paragraphs_are_located_fast() -> None:
    """Runs in well under a second; a walk through all paragraphs for each would take minutes."""
    offsets = parse("One.\n\n" * 20_000).offsets
    assert all(offsets.locate(6 * block, 6 * block + 4) == (BlockSpan(block, 0, 4),) for block in range(20_000))


def test_given() -> None:
    offsets = parse(TEXT).offsets
    assert offsets.given(0, 0, 3) == (1, 4)
    assert offsets.given(0, 3, 4) == (4, 6)
    start, end = offsets.given(1, 4, 10)
    assert TEXT[start:end] == "e\u0301tudes"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 19)])
def test_a_span_that_leaves_its_block_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"^{start}–{end} is not a span of block 0$"):
        parse(TEXT).offsets.given(0, start, end)


@given(texts, st.data())
def test_there_and_back(text: str, data: st.DataObject) -> None:
    """Any span of a block, taken to the text as given and back, covers the same words."""
    if not is_visible(text):
        return
    parsed = parse(text)
    block = data.draw(st.integers(0, len(parsed.blocks) - 1))
    words = parsed.blocks[block].text
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    spans = parsed.offsets.locate(*parsed.offsets.given(block, start, end))
    if words[start:end].strip():
        (span,) = spans
        assert span.block == block
        assert words[start:end].strip() in words[span.start : span.end]
        assert span.start <= start + len(words[start:end]) - len(words[start:end].lstrip())
