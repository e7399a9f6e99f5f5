import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.cues import cue_near
from articles.text.parsing import parse
from articles.text.selecting import sentence_around, snapped
from tests.text.texts import lines

SEEDS = Path(__file__).parent.parent.parent / "seeds"
# Not found is what the desk took more of than the verb: “said in a statement”.
FOUND_OF_56 = 55


def near(text: str) -> str:
    """The cue near what stands in braces."""
    start, end = text.index("{"), text.index("}")
    return cue_near(text.replace("{", "").replace("}", ""), start, end - 1)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("{They fled}, he said.", "said"),
        ("He said {they fled}.", "said"),
        ("{They fled}, he told reporters.", "told"),
        ("According to a statement, {they fled}.", "According to"),
        ("{They fled}, according to him.", "according to"),
        ("{They fled}, ACCORDING\u00a0TO him.", "ACCORDING\u00a0TO"),
        ("Officials say {they fled}.", "say"),
        ("The ministry denied {they fled}.", "denied"),
        ("The ministry claims {they fled}.", "claims"),
        ("The army assesses that {they fled}.", "assesses"),
        ("He wrote: {“They fled.”}", "wrote"),
        ("Who testified said {they fled}, and two fell, he added.", "said"),
        ("He warned them, they fled, {he fell}, adding no more.", "adding"),
        ("They said {them} added.", "added"),
        ("They said: {them} added.", "added"),
    ],
)
def test_the_nearest_reporting_word(text: str, cue: str) -> None:
    assert near(text) == cue


@pytest.mark.parametrize(
    "text",
    [
        "{They fled.}",
        "He ran. {They fled.} She said nothing.",
        "{They said they fled.}",
        "{They fled}, the report of the claims in writing showed.",
        "{They fled}, which if confirmed is news, and he refused to comment.",
        "{They fled} according him.",
        "{They fled} to the said-to-be-safe place, unsaid.",
        "He said so. {They fled.}",
        "{قالت} الوزارة.",
        "{ }",
        "{}",
    ],
)
def test_where_there_is_none_none_is_made_up(text: str) -> None:
    assert near(text) == ""


def test_according_to_reports_is_one_cue() -> None:
    assert near("{They fled}, according to reports.") == "according to"


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("“They fled,” he said. {“We stayed.”}", "said"),
        ("He ran. “They fled,” he added. {“We stayed.”} She said no.", "added"),
        ("He said no. “They fled,” he ran. {“We stayed.”}", ""),
        ("He said. “They fled.” {“We stayed.”}", ""),
        ("“They fled,” he said. {“We stayed,”} she wrote.", "wrote"),
    ],
)
def test_a_quotation_goes_on_after_its_cue(text: str, cue: str) -> None:
    assert near(text) == cue


def test_the_cues_of_the_demo_reports_are_found() -> None:
    found = [cue == given for cue, given in cues_of_the_demo_reports()]
    assert len(found) == 56
    assert sum(found) >= FOUND_OF_56


def cues_of_the_demo_reports() -> list[tuple[str, str]]:
    """For each claim the cue that is found near its first highlight, and the one that the desk gave it."""
    cues = []
    for name in ("khusham-1", "khusham-2"):
        parsed = parse((SEEDS / f"{name}.txt").read_bytes().decode())
        for item in json.loads((SEEDS / f"{name}.jsonld").read_text())["first"]["items"]:
            (body,) = [body for body in item["body"] if body["purpose"] == "identifying"]
            _, position = item["target"][0]["selector"]
            (piece,) = parsed.offsets.locate(position["start"], position["end"])
            cues.append((cue_near(parsed.blocks[piece.block].text, piece.start, piece.end), body["cue"]))
    return cues


CUES = ["said", " said ", "According to", "told", " that ", "if ", "the claims", "U.S. "]


@given(st.lists(st.sampled_from(CUES) | lines, max_size=8).map("".join), st.data())
def test_a_cue_is_of_the_text_and_outside_of_the_span(text: str, data: st.DataObject) -> None:
    places = st.integers(-1, len(text) + 1)
    start, end = data.draw(places), data.draw(places)
    cue = cue_near(text, start, end)
    span = snapped(text, start, end, exact=True)
    if not cue:
        return
    assert span is not None
    _, last = sentence_around(text, *span)
    assert cue in text[: span[0]] or cue in text[span[1] : last]
    assert cue == cue.strip()
