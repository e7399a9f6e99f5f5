import unicodedata

import pytest
from hypothesis import example, given

from articles.text.kinds import Kind
from articles.text.parsing import (
    BOM,
    Block,
    ParsedText,
    TextError,
    decode,
    first_sentence,
    headline,
    parse,
    with_items_parted,
    written_out,
)
from articles.text.visible import is_visible
from tests.text.texts import texts


def blocks_of(text: str) -> list[str]:
    return [block.text for block in parse(text).blocks]


def squeezed(text: str) -> str:
    """The NFC text without white space and without a byte order mark at its start."""
    return "".join(unicodedata.normalize("NFC", text.removeprefix(BOM)).split())


def is_blank(text: str) -> bool:
    return not is_visible(text)


class TestParse:
    def test_paragraphs_are_parted_by_blank_lines(self) -> None:
        assert blocks_of("One.\n\nTwo.\n \t\nThree.") == ["One.", "Two.", "Three."]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u0085", "\v", "\f"])
    def test_lines_of_one_paragraph_are_joined(self, end: str) -> None:
        assert blocks_of(f"One line{end}and its next{end}{end}Two{end}") == ["One line and its next", "Two"]

    def test_a_text_without_blank_lines_has_a_paragraph_on_each_line(self) -> None:
        assert blocks_of("He said one.\nShe said two.\nThey left.") == ["He said one.", "She said two.", "They left."]

    def test_a_wrapped_text_without_blank_lines_is_one_paragraph(self) -> None:
        assert blocks_of("He said that one\nand two and\nthree are six.") == [
            "He said that one and two and three are six."
        ]

    def test_half_of_the_lines_ending_as_sentences_do_are_not_enough(self) -> None:
        assert blocks_of("He said one.\nand two") == ["He said one. and two"]

    def test_one_line_is_one_paragraph(self) -> None:
        assert blocks_of("Only one.\n") == ["Only one."]

    @pytest.mark.parametrize(
        "text", ["One.\nTwo.\n", "One.\nTwo.\n\n \n\n", "\n\nOne.\nTwo.", BOM + "\r\nOne.\r\nTwo."]
    )
    def test_blank_lines_around_the_text_leave_a_paragraph_on_each_line(self, text: str) -> None:
        assert blocks_of(text) == ["One.", "Two."]

    def test_a_byte_order_mark_belongs_to_no_paragraph(self) -> None:
        parsed = parse(BOM + "One.\n\nTwo.")
        assert [block.text for block in parsed.blocks] == ["One.", "Two."]
        assert parsed.offsets.given(0, 0, 4) == (1, 5)

    def test_numbers_count_text_only(self) -> None:
        blocks = parse(
            "The first part ends.\n\nRussian hotline\n\nThe second part ends.\n\nA B contributed to this report."
        ).blocks
        assert [(block.kind, block.number) for block in blocks] == [
            (Kind.TEXT, 1),
            (Kind.HEADING, None),
            (Kind.TEXT, 2),
            (Kind.CREDIT, None),
        ]

    def test_an_inline_dateline_stays_and_is_measured(self) -> None:
        first, second = parse("SYRIA — The US-led coalition struck.\n\nPARIS — No dateline here.").blocks
        assert first == Block(Kind.TEXT, "SYRIA — The US-led coalition struck.", 1, 8)
        assert second.dateline_length == 0

    def test_a_dateline_alone_leaves_the_first_number_to_the_text(self) -> None:
        dateline, text = parse("Washington CNN  — \n\nThe coalition struck.").blocks
        assert (dateline.kind, dateline.text, dateline.dateline_length) == (Kind.DATELINE, "Washington CNN —", 0)
        assert text.number == 1

    def test_an_inline_dateline_may_follow_a_heading(self) -> None:
        blocks = parse("Strikes in the east\n\nDAMASCUS — The agency spoke.\n\nMore.").blocks
        assert [block.dateline_length for block in blocks] == [0, 11, 0]

    @pytest.mark.parametrize("text", ["", " \n\t\n", BOM, BOM + "\n"])
    def test_a_text_of_white_space_is_an_error(self, text: str) -> None:
        with pytest.raises(TextError, match=r"^The text is empty: it holds nothing but white space\.$"):
            parse(text)

    @pytest.mark.parametrize("text", ["\u200f\u200f", "\u200f\n\n\u2060\n", "\u200b \u3164"])
    def test_so_is_one_of_which_nothing_can_be_seen(self, text: str) -> None:
        with pytest.raises(TextError, match=r"^The text is empty: it holds nothing that can be seen\."):
            parse(text)

    def test_what_cannot_be_seen_is_no_title(self) -> None:
        blocks = parse("\u200f\n\n\u200e Nobody was hurt.").blocks
        assert headline(blocks) == "" and first_sentence(blocks) == "\u200e Nobody was hurt"
        assert first_sentence([Block(Kind.TEXT, "\u200f", 1, 0)]) == ""

    def test_parsing_again_changes_nothing(self) -> None:
        text = "SYRIA — One.\n\nTwo lines\nof text.\n\nThree."
        again = "\n\n".join(blocks_of(text))
        assert blocks_of(again) == blocks_of(text)

    def test_a_long_text_is_parsed_in_linear_time(self) -> None:
        """Runs in well under a second; quadratic work would take minutes."""
        parsed = parse("A sentence of some words. " * 40_000 + "\n\n" + "e\u0301 " * 100_000)
        assert len(parsed.blocks) == 2

    @pytest.mark.parametrize(
        "piece", ["\n", " ", "\u0307\u0323", "“", "a\n", ".\n", "a —\n\n", "AB, ", "Aa ,", "\u0f73"]
    )
    def test_a_hostile_text_is_parsed_in_linear_time(self, piece: str) -> None:
        """Each runs in under a second; quadratic work would take minutes."""
        assert parse(piece * 100_000 + "x").blocks


@given(texts)
@example("\ufeffa\n\n\ufeffb")
def test_every_character_is_kept_in_order(text: str) -> None:
    if is_blank(text):
        return
    assert "".join("".join(block.split()) for block in blocks_of(text)) == squeezed(text)


@given(texts)
def test_a_paragraph_is_one_line_in_nfc_without_outer_space(text: str) -> None:
    if is_blank(text):
        return
    for block in blocks_of(text):
        assert block == block.strip() != ""
        assert len(block.splitlines()) == 1
        assert unicodedata.is_normalized("NFC", block)


@given(texts)
@example("word \u0344")
def test_the_map_is_right_for_every_character(text: str) -> None:
    if is_blank(text):
        return
    parsed = parse(text)
    for index, block in enumerate(parsed.blocks):
        for start, character in enumerate(block.text):
            first, last = parsed.offsets.given(index, start, start + 1)
            came_from = unicodedata.normalize("NFC", text[first:last])
            assert came_from.isspace() if character == " " else character in came_from


@given(texts)
def test_every_word_is_found_again_through_the_map(text: str) -> None:
    if is_blank(text):
        return
    parsed = parse(text)
    for index, block in enumerate(parsed.blocks):
        first, last = parsed.offsets.given(index, 0, len(block.text))
        (piece,) = parsed.offsets.locate(first, last)
        assert (piece.block, piece.start, piece.end) == (index, 0, len(block.text))


class TestDecode:
    def test_keeps_every_character(self) -> None:
        assert decode("\ufeffa\r\nقال 🤔".encode()) == "\ufeffa\r\nقال 🤔"

    @pytest.mark.parametrize("data", [b"", b" \n\t"])
    def test_an_empty_file_is_an_error(self, data: bytes) -> None:
        with pytest.raises(TextError, match=r"^The file is empty\. Put the report’s text in it, or remove it\.$"):
            decode(data)

    def test_a_binary_file_is_an_error(self) -> None:
        with pytest.raises(
            TextError, match=r"^This is no text: it holds zero bytes\. Save .* as plain text in UTF-8\.$"
        ):
            decode(b"\x89PNG\x00\x00")

    def test_bytes_that_are_not_utf_8_are_named_with_their_place(self) -> None:
        with pytest.raises(TextError, match=r"^Not UTF-8: byte 8 \(in line 2\) is 0xe9\. Save the file as UTF-8\.$"):
            decode(b"Report\nR\xe9sum\xe9")

    def test_lines_are_counted_from_one(self) -> None:
        with pytest.raises(TextError, match=r"byte 0 \(in line 1\) is 0xff"):
            decode(b"\xff\n")
        with pytest.raises(TextError, match=r"byte 1 \(in line 2\) is 0xff"):
            decode(b"\n\xff")


class TestFirstSentence:
    def of(self, text: str) -> str:
        return first_sentence(parse(text).blocks)

    def test_ends_at_the_end_of_the_sentence(self) -> None:
        assert self.of("The coalition struck. It said so.") == "The coalition struck"

    def test_a_question_keeps_its_mark(self) -> None:
        assert self.of("Who attacked first? Nobody knows.") == "Who attacked first?"

    def test_leaves_the_dateline_out(self) -> None:
        assert self.of("SYRIA — The coalition struck. It said so.") == "The coalition struck"

    def test_leaves_headings_and_datelines_out(self) -> None:
        assert self.of("Washington CNN —\n\nThe coalition struck.") == "The coalition struck"

    @pytest.mark.parametrize("name", ["Col. Veale", "Lt. Col. Pickart", "J. Smith", "Mr. Brown", "Feb. seven"])
    def test_an_abbreviation_ends_no_sentence(self, name: str) -> None:
        assert self.of(f"It was {name} who spoke. Others did not.") == f"It was {name} who spoke"

    def test_a_quotation_mark_belongs_to_its_sentence(self) -> None:
        assert self.of("He said: “We struck.” She left.") == "He said: “We struck.”"

    def test_a_number_with_a_point_ends_no_sentence(self) -> None:
        assert self.of("It took 2. 5 hours were planned. So.") == "It took 2. 5 hours were planned"

    def test_a_long_one_is_cut_at_a_word(self) -> None:
        title = self.of("many words, " * 30)
        assert title == ("many words, " * 10).rstrip(", ") + "…"
        assert len(title) <= 121

    def test_a_long_one_keeps_as_many_whole_words_as_there_is_room_for(self) -> None:
        assert self.of("x" * 60 + " " + "y" * 59 + " z") == "x" * 60 + " " + "y" * 59 + "…"
        assert self.of("x" * 60 + " " + "y" * 60 + " z") == "x" * 60 + "…"

    def test_only_the_point_at_its_end_is_left_out(self) -> None:
        assert self.of("It was built by SpaceX. It flew.") == "It was built by SpaceX"

    def test_only_punctuation_is_left_out_before_the_dots(self) -> None:
        assert self.of("SpaceX " * 30) == ("SpaceX " * 17).rstrip() + "…"

    def test_the_words_of_a_non_breaking_space_stay_together(self) -> None:
        assert self.of("x" * 110 + " 500\u00a0kilometers away") == "x" * 110 + "…"

    def test_an_arabic_question_keeps_its_mark(self) -> None:
        assert self.of("من هاجم أولا؟ لا أحد يعرف.") == "من هاجم أولا؟"

    @pytest.mark.parametrize("text", ["Mr. Aa " * 100_000, ". " * 300_000 + "x", "x" + ".”" * 300_000])
    def test_a_long_text_is_looked_at_no_further_than_needed(self, text: str) -> None:
        """Runs in well under a second; quadratic work would take minutes."""
        assert len(self.of(text)) <= 122

    def test_one_of_the_full_length_is_not_cut(self) -> None:
        assert self.of("x" * 60 + " " + "y" * 59) == "x" * 60 + " " + "y" * 59

    def test_no_text_gives_no_title(self) -> None:
        assert first_sentence([]) == ""
        assert first_sentence([Block(Kind.HEADING, "Only a heading", None, 0)]) == ""

    def test_blocks_are_immutable(self) -> None:
        parsed = parse("One.")
        assert isinstance(parsed, ParsedText)
        with pytest.raises(AttributeError):
            parsed.blocks[0].text = "Two."  # type: ignore[misc]


class TestWrittenOut:
    @given(texts)
    @example(BOM + BOM + "One.")
    @example("One line\nand the next\n\n• a\n• b")
    @example("He said one.\nShe said two.")
    def test_is_read_as_the_same_paragraphs(self, text: str) -> None:
        if is_blank(text):
            return
        blocks = parse(text).blocks
        assert parse(written_out([block.text for block in blocks])).blocks == blocks


class TestWithItemsParted:
    @pytest.mark.parametrize("sign", ["•", "-", "*", "–", "▪"])
    def test_each_item_is_a_paragraph(self, sign: str) -> None:
        text = f"He said that\nit struck:\n{sign} one\n  and more\n  {sign} two\n{sign}\tthree\n\nShe left."
        assert blocks_of(with_items_parted(text)) == [
            "He said that it struck:",
            f"{sign} one and more",
            f"{sign} two",
            f"{sign} three",
            "She left.",
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "He said one – a lie\n– and two\nmore.\n\nShe left.",
            "• One.\n\n• Two.",
            "He said one.\nShe said two.\n• They left.\n• All left.",
            "From 3\n-5 to\n-2 degrees",
            "-\n-",
        ],
        ids=["one dash of a wrapped line", "parted", "a paragraph on each line", "figures", "rules"],
    )
    def test_what_is_no_list_in_a_paragraph_stays(self, text: str) -> None:
        assert with_items_parted(text) == text

    def test_one_bullet_is_enough(self) -> None:
        assert blocks_of(with_items_parted("He said:\n• that it struck")) == ["He said:", "• that it struck"]

    @given(texts)
    @example("a\n• b\n• c")
    def test_adds_line_ends_alone_and_once(self, text: str) -> None:
        parted = with_items_parted(text)
        assert squeezed(parted) == squeezed(text)
        assert with_items_parted(parted) == parted
