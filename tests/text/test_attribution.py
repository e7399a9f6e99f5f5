"""Claims that a text attributes to somebody. All sentences are made up for these tests."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.attribution import lexicon
from articles.text.attribution.confidence import LEAST
from articles.text.attribution.extracting import Attributed, extract
from articles.text.attribution.lexicon import Kind
from articles.text.attribution.speakers import speakers_of
from articles.text.offsets import BlockSpan


def worded(paragraphs: tuple[str, ...], span: BlockSpan | None) -> str | None:
    return paragraphs[span.block][span.start : span.end] if span else None


def found(*paragraphs: str) -> list[tuple[str | None, str | None, list[str | None]]]:
    return [
        (
            worded(paragraphs, one.source),
            worded(paragraphs, one.cue),
            [worded(paragraphs, span) for span in one.content],
        )
        for one in extract(paragraphs, least=0.0)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The baker said that the oven was cold.", "The baker", "said", ["that the oven was cold"]),
        ("The baker said the oven was cold.", "The baker", "said", ["the oven was cold"]),
        ("She has never denied the charge.", "She", "has never denied", ["the charge"]),
        ("The ferry was late, the captain said.", "the captain", "said", ["The ferry was late"]),
        ("The ferry, the captain said, was late.", "the captain", "said", ["The ferry", "was late"]),
        ("“The ferry is late,” the captain said.", "the captain", "said", ["“The ferry is late,”"]),
        ("“The ferry is late,” said Captain Moor.", "Captain Moor", "said", ["“The ferry is late,”"]),
        ("The ferry was late, said Captain Moor.", "Captain Moor", "said", ["The ferry was late"]),
        ("“Is it late?” Captain Moor asked.", "Captain Moor", "asked", ["“Is it late?”"]),
        ("''It is late,'' Captain Moor said.", "Captain Moor", "said", ["''It is late,''"]),
        ('Moor replied: "It is late."', "Moor", "replied", ['"It is late."']),
        ('Moor said, "It is late."', "Moor", "said", ['"It is late."']),
        ("The bridge is safe, according to the city.", "the city", "according to", ["The bridge is safe"]),
        ("According to the city, the bridge is safe.", "the city", "According to", ["the bridge is safe"]),
        ("As Moor said, the bridge is safe.", "Moor", "said", ["the bridge is safe"]),
        ("Moor told reporters that the bridge is safe.", "Moor", "told", ["that the bridge is safe"]),
        ("Moor said on Friday that the bridge is safe.", "Moor", "said", ["that the bridge is safe"]),
        ("In a statement, the city said the bridge is safe.", "the city", "said", ["the bridge is safe"]),
        ("The firm described the offer as an insult.", "The firm", "described", ["the offer as an insult"]),
        ("The firm called it an insult.", "The firm", "called", ["it an insult"]),
        ("The union called for a strike.", "The union", "called", ["a strike"]),
        ("The union promised to strike.", "The union", "promised", ["to strike"]),
        ("The union is confident that it will win.", "The union", "is confident", ["that it will win"]),
        ("The union’s claim that it won is odd.", "The union’s", "claim", ["that it won is odd"]),
        ("The mayor was praised by the union.", "the union", "was praised", ["The mayor"]),
        ("The ministry assesses that the dam will hold.", "The ministry", "assesses", ["that the dam will hold"]),
        ("Officials warn the dam may break.", "Officials", "warn", ["the dam may break"]),
    ],
)
def test_one_claim(text: str, source: str, cue: str, content: list[str]) -> None:
    assert found(text) == [(source, cue, content)]


def test_a_quotation_goes_on_after_its_cue() -> None:
    text = "“We waited,” she said. “Nobody came. We left.”"
    assert found(text) == [("she", "said", ["“We waited,”", "“Nobody came. We left.”"])]


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    first, second = "“We waited,” she said. “Nobody came.", "“So we left.”"
    assert found(first, second) == [("she", "said", ["“We waited,”", "“Nobody came.", "“So we left.”"])]


def test_a_quotation_is_announced_by_the_paragraph_before() -> None:
    assert found("The captain replied:", "“Nobody came.”") == [("The captain", "replied", ["“Nobody came.”"])]


def test_an_apposition_stands_beside_the_source() -> None:
    paragraphs = ("Ann Moor, a spokeswoman for the port, said the ferry was late.",)
    (one,) = extract(paragraphs, least=0.0)
    assert worded(paragraphs, one.source) == "Ann Moor"
    assert worded(paragraphs, one.apposition) == "a spokeswoman for the port"


def test_the_same_speaker_says_something_else() -> None:
    text = "The mayor said the road was closed, adding that it would open soon."
    assert [(source, content) for source, _, content in found(text)] == [
        ("The mayor", ["the road was closed"]),
        ("The mayor", ["that it would open soon"]),
    ]


def test_only_the_outermost_attribution_counts() -> None:
    assert found("She said that he denied that they agreed.") == [("She", "said", ["that he denied that they agreed"])]


def test_nobody_is_said_to_ask() -> None:
    assert found("Asked about the road, the mayor said it was closed.")[0][:2] == (None, "Asked")


def test_expectations_and_looks_are_nobodys() -> None:
    assert found("The road is expected to open soon.") == [(None, "is expected", ["The road", "to open soon"])]
    assert found("The road seemed to be closed.") == [(None, "seemed", ["The road", "to be closed"])]


def test_a_transcript_names_its_speakers() -> None:
    assert found("MOOR: We waited there all day.") == [("MOOR", ":", ["We waited there all day"])]


@pytest.mark.parametrize(
    "text",
    [
        "The road was closed on Friday.",
        "He gave a note to the clerk.",
        "The report was printed in May.",
        "",
        "“",
        "said",
        ", said.",
    ],
)
def test_what_the_text_itself_says_is_no_claim(text: str) -> None:
    assert found(text) == []


def test_confidence_tells_a_plain_quotation_from_a_guess() -> None:
    (quoted,) = extract(["“The ferry is late,” Moor said."], least=0.0)
    (noun,) = extract(["Moor regrets his attack on Smith."], least=0.0)
    assert quoted.confidence > 0.9
    assert noun.confidence < quoted.confidence


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        ("Moor said that the ferry to the island is late.", "Moor and the city’s plan to close the old harbour."),
        ("“The ferry is late again,” Moor said.", "“The ferry is late again,” the man said."),
        ("Moor praised the new ferry to the island.", "Moor praised ferries."),
        ("Moor said that the ferry to the island is late.", "Moor thinks that the ferry to the island is late."),
        ("Moor criticized the new ferry to the island.", "The survey showed the new ferry to the island."),
        ("Moor said that the ferry to the island is late.", "Moor said the ferry to the island is late again."),
        # Where the speaker begins is plain at the beginning of a sentence, less so in the middle.
        ("Moor praised the old ferry to the island.", "Sailors on the boat Moor praised the old ferry to the island."),
        ("Moor said that the ferry to the island is late.", "Moor would say that the ferry to the island is late."),
        ("Moor criticized the new ferry to the island.", "Moor tried to criticize the new ferry to the island."),
        ("Moor praised the new ferry to the island.", "Moor offered the new ferry to the island."),
        ("Moor praised the new ferry to the island.", "Moor saw the new ferry to the island."),
        ("Moor left, saying that the boats are late.", "Moor left a list saying that the boats are late."),
        # It has been said, so it is no habit and no plan; many people may say it; and the sentence ends with it.
        ("Moor praised the new ferry to the island.", "Moor praises the new ferry to the island."),
        ("Some officials praised the ferry to the island.", "The old papers praised the ferry to the island."),
        ("Moor praised the new ferry.", "Moor praised the new ferry, a boat that had come to the island late in May."),
        ("They said that the ferry to the island is late.", "It said that the ferry to the island is late."),
        ("Moor said that the ferry to the island is late.", "40 percent said that the ferry to the island is late."),
        # After “with”, a subject stands right before its participle.
        ("It was full, with sailors saying that boats are late.", "It was full, saying that boats are late."),
        (
            "Moor tried to criticize the new ferry to the island.",
            "It is easy to criticize the new ferry to the island.",
        ),
    ],
)
def test_confidence_follows_the_reasons(surer: str, less_sure: str) -> None:
    (one,), (other,) = extract([surer], least=0.0), extract([less_sure], least=0.0)
    assert one.confidence > other.confidence


def test_what_is_too_unsure_is_left_out() -> None:
    text = ["Moor regrets his attack on Smith. “The ferry is late,” Moor said."]
    assert {one.confidence >= LEAST for one in extract(text)} == {True}
    assert extract(text, least=1.01) == []


def test_each_form_of_a_verb_is_known() -> None:
    assert lexicon.forms("say") == {"say": "base", "says": "s", "saying": "ing", "said": "past"}
    assert lexicon.forms("deny") == {"deny": "base", "denies": "s", "denying": "ing", "denied": "past"}
    assert lexicon.forms("admit") == {"admit": "base", "admits": "s", "admitting": "ing", "admitted": "past"}
    assert lexicon.forms("agree")["agreeing"] == "ing"
    assert lexicon.forms("write")["written"] == "part"
    assert lexicon.english().verbs["denied"].kind is Kind.DENY
    assert lexicon.english().nouns["denials"].kind is Kind.DENY


def test_frames_are_read_letter_by_letter_and_word_by_word() -> None:
    assert lexicon.entries("say:cq call:nq,for,on like:to") == {
        "say": {"c", "q"},
        "call": {"n", "q", "for", "on"},
        "like": {"to"},
    }


PIECES = st.sampled_from(
    (
        *("said", "told", "according to", "by", "that", "who", "he", "was", "expected", "claims", "claim’s", "called"),
        *("“", "”", '"', "''", ",", ".", ";", ":", "(", ")", "—", "-", "Moor", "The", "city", "Asked", "whether"),
        *("and", "but", "saying", "about", "for", "it’s", "didn’t", "in a statement", "on Friday", "12", "as"),
    )
)


@given(st.lists(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=40), max_size=4))
def test_every_span_lies_in_its_paragraph(paragraphs: list[str]) -> None:
    for one in extract(paragraphs, least=0.0):
        assert one.content
        assert 0 <= one.confidence <= 1
        spans = [*one.content, *filter(None, (one.source, one.cue))]
        assert all(0 <= span.start < span.end <= len(paragraphs[span.block]) for span in spans)
        assert not overlapping(one)


def overlapping(one: Attributed) -> bool:
    """Whether parts of the content overlap each other, the cue or the source."""
    parts = sorted((span.block, span.start, span.end) for span in one.content)
    apart = all(first[0] < second[0] or first[2] <= second[1] for first, second in pairwise(parts))
    others = [span for span in (one.source, one.cue) if span]
    clear = all(
        span.block != block or span.end <= start or span.start >= end for span in others for block, start, end in parts
    )
    return not (apart and clear)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The placard bore a plea: “Let us all stay here.”", "The placard", ["“Let us all stay here.”"]),
        ("“Let us all stay here,” the mayor thundered.", "the mayor", ["“Let us all stay here,”"]),
        ("The mayor made it clear that she would stay.", "The mayor", ["that she would stay"]),
        ("After saying he was tired, the clerk left.", "the clerk", ["he was tired"]),
        ("While Moor said it was late, nobody left.", "Moor", ["it was late"]),
        ("The clerk, who said he was tired, left early.", "who", ["he was tired"]),
        ("“It is late,” Col. Ann Moor, a spokeswoman for the port told us.", "Col. Ann Moor", ["“It is late,”"]),
        ("Ann Moor, a clerk, said it was late.", "Ann Moor", ["it was late"]),
        ("In May, a clerk said it was late.", "a clerk", ["it was late"]),
        ("Boats were seen near New Harbour, the port said.", "the port", ["Boats were seen near New Harbour"]),
        ("Two boats were lost according to US Harbour Command.", "US Harbour Command", ["Two boats were lost"]),
        ("The port told us it was late.", "The port", ["it was late"]),
        ("Moor said early signs were good.", "Moor", ["early signs were good"]),
        ("Moor said last year’s floods were worse.", "Moor", ["last year’s floods were worse"]),
        ("Moor said late Tuesday that it was over.", "Moor", ["that it was over"]),
        ("According to the mayor, Ann Moor, the bridge fell at noon.", "the mayor", ["the bridge fell at noon"]),
        ("That clerk said it was late.", "That clerk", ["it was late"]),
        ("The clerk was asked whether he was tired.", None, ["whether he was tired"]),
    ],
)
def test_who_says_what(text: str, source: str | None, content: list[str]) -> None:
    assert [(one[0], one[2]) for one in found(text)] == [(source, content)]


def speakers(*paragraphs: str) -> list[str | None]:
    return [worded(paragraphs, one) for one in speakers_of(paragraphs, extract(paragraphs, least=0.0))]


def test_pronouns_and_short_names_are_followed_to_the_full_name() -> None:
    assert speakers(
        "Col. Ann Moor, a spokeswoman for the port, said the ferry was late.",
        "Moor said the crew was well. She added that it would leave soon.",
        "“We wait,” Mr. Reed said.",
        "He said he was tired.",
    ) == ["Col. Ann Moor", "Col. Ann Moor", "Col. Ann Moor", "Mr. Reed", "Mr. Reed"]


def test_a_description_is_followed_to_whom_it_describes() -> None:
    assert speakers(
        "A port official said the ferry was late, and two city officials said it was lost.",
        "The port official said it was safe. This official added that it was old.",
        "One official said it was new.",
        "Ann Moor, a spokeswoman for the port, said nobody knew.",
        "The spokeswoman said it was late. The official said it was not.",
    ) == [
        "A port official",
        "two city officials",
        "A port official",
        "A port official",
        "A port official",
        "Ann Moor",
        "Ann Moor",
        "A port official",
    ]


def test_a_description_of_nobody_who_spoke_stands_for_itself() -> None:
    assert speakers("Ann Moor said it was late.", "The official said it was not.")[1] == "The official"
    assert speakers(
        "The port said it was late.", "A city official said it was old.", "The port official said it was not."
    ) == [
        "The port",
        "A city official",
        "The port official",
    ]


def test_he_and_she_may_be_somebody_without_a_name() -> None:
    assert speakers(
        "Harbour Rescue Forces came early.",
        "The port said it was late. A port official said it was safe.",
        "She said the Harbour Rescue Forces were there.",
    )[1:] == ["A port official", "A port official"]


def test_somebodys_head_is_called_by_name() -> None:
    assert speakers("Its head, Gen. Ann Moor, said it was late. Moor said it was old.") == ["Gen. Ann Moor"] * 2


def test_a_statement_is_whose_it_was() -> None:
    told = "In a statement, the port said the ferry was late."
    assert speakers(told, "“It is safe,” the statement said.") == ["the port", "the port"]
    assert speakers(told, "The ferry is old.", "“It is safe,” the statement said.")[1] == "the statement"
    assert speakers("The port said it was late.", "“It is safe,” the statement said.")[1] == "the statement"


def test_before_anybody_spoke_a_pronoun_is_who_was_named_last() -> None:
    assert speakers("Ann Moor left early.", "She said the ferry was late.") == ["Ann Moor"]


def test_who_is_whom_it_stands_beside() -> None:
    assert speakers("Ann Moor, who said she was tired, left.") == ["Ann Moor"]
    assert speakers("The clerk, who said she was tired, left.") == ["who"]


def test_what_is_no_name_stands_for_itself_and_nobody_for_nobody() -> None:
    assert speakers("The city said the bridge is safe.") == ["The city"]
    assert speakers("She said the bridge is safe.") == ["She"]
    assert speakers("The bridge is expected to hold.") == [None]


@pytest.mark.parametrize("words", ["call it and ", "claims ", "said ", "said, in x, in y ", "“a ” , said x ", "( "])
def test_what_is_no_prose_takes_no_quadratic_time(words: str) -> None:
    def seconds(count: int) -> float:
        began = process_time()
        extract([words * count])
        return process_time() - began

    seconds(200)
    assert seconds(4000) < 0.2 + 8 * seconds(1000)


def test_the_reporting_words_are_a_parameter() -> None:
    text = ["The mayor splorped that the road was closed."]
    assert extract(text) == []
    words = lexicon.english()
    own = {form: lexicon.Word("splorp", kind, frozenset("ct")) for form, kind in lexicon.forms("splorp").items()}
    found = extract(text, lexicon=lexicon.Lexicon({**words.verbs, **own}, words.nouns, words.adjectives))
    assert [text[0][one.content[0].start : one.content[0].end] for one in found] == ["that the road was closed"]
    assert found[0].lemma == "splorp"
