import pytest
from hypothesis import given

from articles.text.attribution_changes import (
    Passage,
    beside,
    is_attributed_otherwise,
    is_named_no_more,
    names_in,
    wording,
)
from tests.text.texts import selections

REST = "Nothing else was said about it."


def passage(text: str) -> Passage:
    """What stands in braces."""
    start, end = text.index("{"), text.index("}")
    return Passage(text.replace("{", "").replace("}", ""), start, end - 1)


def changed(before: str, after: str) -> bool:
    return is_attributed_otherwise(passage(before), passage(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{500 men attacked}, a US military official said.", "{500 men attacked}, Col. Thomas Veale said."),
        ("The official said {nobody was hurt}.", "Veale said {nobody was hurt}."),
        ("{Nobody was hurt}, he said.", "{Nobody was hurt}, he claimed."),
        ("{Nobody was hurt}, the army said.", "{Nobody was hurt}, according to the army."),
        ("{Nobody was hurt}, he said.", "{Nobody was hurt}."),
        ("{Nobody was hurt}.", "SANA reported that {nobody was hurt}."),
        ("“{Nobody died},” he said. {REST}", "“{Nobody died},” said SANA. {REST}"),
    ],
    ids=["speaker", "before it", "cue", "turned round", "gone", "new", "after the quotation"],
)
def test_another_speaker_or_cue(before: str, after: str) -> None:
    before, after = (text.replace("{REST}", REST) for text in (before, after))
    assert changed(before, after)
    assert changed(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{500 men attacked}, the official said.", "{500 men attacked}, the official said."),
        ("The army said {nobody was hurt}.", f"{REST} The army said {{nobody was hurt}}. {REST}"),
        ('"{Nobody died}," he said.', "“{Nobody died},” he said."),
        ("{Nobody died} on Wednesday in the town, he said.", "{Nobody died} on Thursday in the town, he said."),
        ("{Nobody died} in the town.", "{Nobody died} there."),
    ],
    ids=["the same", "other sentences", "typography", "other words", "nobody speaks"],
)
def test_the_same_speaker_and_cue(before: str, after: str) -> None:
    assert not changed(before, after)


def test_a_speaker_who_is_named_nowhere_any_more() -> None:
    old, new = {"the", "official", "died"}, {"the", "col", "veale", "died"}
    assert is_named_no_more("the official", old, new)
    assert not is_named_no_more("Col. Veale", new, new)
    assert not is_named_no_more("a spokesman", old, new), "it was not named before either"


def test_the_cue_of_a_quotation_that_goes_on_stands_in_the_sentence_before() -> None:
    one = passage("“We fired,” Veale said. {“They ran.”} Nobody else spoke.")
    assert wording(one) == "“We fired,” Veale said. “They ran.”"
    assert beside(one) == ("“We fired,” Veale said. ", "")
    assert is_attributed_otherwise(one, passage("“We fired,” he said. {“They ran.”}"))


def test_names() -> None:
    assert names_in("The US military official") == {"us", "military", "official"}
    assert names_in("This") == set()


def within(text: str, *places: int) -> Passage:
    start, end = sorted(min(max(0, place), len(text)) for place in places)
    return Passage(text, start, end)


@given(selections(), selections())
def test_any_two_passages(old: tuple[str, int, int], new: tuple[str, int, int]) -> None:
    one, other = within(*old), within(*new)
    if one.start < one.end and other.start < other.end:
        assert wording(one) in one.text
        assert not is_attributed_otherwise(one, one)
        is_attributed_otherwise(one, other)
