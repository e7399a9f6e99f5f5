import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.institutions import in_one_order

_SOME = "ministry department of the russian russia federation syria defense foreign affairs and said"
WORDS = st.lists(st.sampled_from(_SOME.split()))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("russian ministry of defense", "russian defense ministry"),
        ("a statement by russia ministry of defense said", "a statement by russian defense ministry said"),
        ("ministry of foreign affairs of iran", "iranian foreign ministry"),
        ("iran foreign affairs ministry", "iranian foreign ministry"),
        ("ministry of defense of the russian federation", "russian defense ministry"),
        ("north korea ministry of defense", "north korean defense ministry"),
        ("ministry of the interior", "interior ministry"),
        (
            "syria ministry of defense and russia ministry of health",
            "syrian defense ministry and russian health ministry",
        ),
        ("ministry of", "ministry of"),
        ("ministry of the", "ministry of the"),
        ("ministry of ministry", "ministry of ministry"),
        ("foreign ministry of affairs", "foreign ministry"),
        ("ministry", "ministry"),
        ("the ministry said", "the ministry said"),
        ("syria said the defense ministry", "syria said the defense ministry"),
        ("russia told syria", "russia told syria"),
        ("", ""),
    ],
)
def test_ministries_in_one_order(words: str, expected: str) -> None:
    assert in_one_order(words.split()) == expected.split()


@given(WORDS)
def test_what_is_in_order_stays(words: list[str]) -> None:
    once = in_one_order(words)
    assert once.count("ministry") == words.count("ministry")
    assert in_one_order(once) == once
