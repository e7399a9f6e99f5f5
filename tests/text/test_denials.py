"""Which cues turn what they lead to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.cues import _CUES
from articles.text.denials import turns


@pytest.mark.parametrize(
    "cue",
    [
        *("denied", "denies", "has denied", "Denying", "in a denial", "disputed", "rejected", "refuted", "ruled out"),
        *("rules out", "ruled it out", "contested", "ontkende", "förnekade", "zaprzeczył", "заперечив", "تکذیب کرد"),
        *("הכחיש", "διέψευσε", "इनकार किया"),
        *("did not confirm", "couldn’t say", "refused to say", "declined to confirm", "neither confirmed nor denied"),
        *(
            "bestritt",
            "dementierte",
            "wies zurück und bestritt",
            "nicht bestätigt",
            "a démenti",
            "nie",
            "niega",
            "desmintió",
        ),
        *("отрицает", "опровергло", "не подтвердил", "نفى", "وأنكرت", "ونفت", "لم يؤكد", "yalanladı", "否认"),
    ],
)
def test_a_cue_that_turns(cue: str) -> None:
    assert turns(cue)


@pytest.mark.parametrize(
    "cue",
    [
        *("said", "told reporters", "according to", "confirmed", "noted", "announced", "knows", "in a note", "added"),
        *("said without elaborating", "in answer to a question", "said at a contest", "noting", "knew"),
        *("teilte mit", "sagte", "a déclaré", "dijo", "сообщил", "قال", "وقالت", "açıkladı", "表示", ""),
    ],
)
def test_a_cue_that_states(cue: str) -> None:
    assert not turns(cue)


def test_of_the_reporting_words_those_that_deny() -> None:
    found = {word for word in _CUES if turns(word)}
    assert {"deny", "denies", "denied", "denying"} <= found
    assert not found & {"said", "confirmed", "noted", "denounced", "insisted", "claimed"}
    assert {word[:5] for word in found} == {"deny", "denie", "denyi", "dispu", "rejec", "dismi"}


@given(st.text(), st.sampled_from(["denied", "did not confirm", "نفى"]), st.text())
def test_whatever_stands_beside_it(before: str, cue: str, after: str) -> None:
    assert turns(f"{before} {cue} {after}")
