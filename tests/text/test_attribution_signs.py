"""Signs that move the confidence of a suggestion. All sentences are made up for these tests."""

import pytest

from articles.text.attribution.extracting import _all_drafts, extract
from articles.text.attribution.lexicon import english
from articles.text.attribution.quotations import read
from articles.text.attribution.signs import SIGNS, signs

LONG = "the boats that had come to the old harbour on the island in the north were late again and again in the year"
EXAMPLES = {
    "long sentence": [f"Moor said that {LONG} when it rained and when it did not rain for many days."],
    "late in its sentence": [f"When {LONG}, Moor said that it rained."],
    "many quotation marks": ["Moor called “it” and “this” and “that” a “bad” harbour."],
    "many sentences": ["It rained. It was late. Moor said that it rained."],
    "begins quoted": ["“It is late,” Moor said."],
    "mostly quoted": ["Moor said that “it is late again.”"],
    "no verb": ["Moor said, “The old harbour.”"],
    "a comma inside": ["Moor said that the boats, the old ones, were late."],
    "twelve words": ["Moor said that the boats to the island were late again on that day."],
    "runs on": ["“It is late,” Moor said.", "“And it rains again.”"],
    "begins small": ["Moor reported rain was coming."],
    "begins with a pronoun": ["Moor said they were late."],
    "begins with whose": ["Moor defended his plan."],
    "before a preposition": ["Moor praised the plan because it rained."],
    "before who": ["Moor praised the plan, who was late."],
    "before and": ["Moor praised the plan and said it was late."],
    "before but": ["Moor said that it was late, but the captain stayed."],
    "before a semicolon": ["Moor said that it was late; it rained."],
    "before a dash": ["Moor praised the plan – the captain did not."],
    "before a colon": ["Moor said, “It is late”: it rained."],
    "I": ["I said that it was late."],
    "contracted": ["They’re tired and agree that it is late."],
    "speaker ends small": ["The captain said that it was late."],
    "speaker begins with -ing": ["It rained, with visiting sailors saying that it was late."],
    "capital behind speaker": ["Moor Said It Was Late."],
    "comma before speaker": ["In May, Moor said that it was late."],
    "while before speaker": ["It rained while Moor said that it was late."],
    "auxiliary before speaker": ["Nor did Moor say that it was late."],
    "colon before speaker": ["This we know: Moor said that it was late."],
    "said": ["Moor said that it was late."],
    "cue ends": ["“It is late,” Moor said."],
    "comma before cue": ["Moor, a captain, said that it was late."],
    "an aside of thinking": ["The boats are late, Moor thinks."],
    "an aside in the present": ["The boats are late, Moor says."],
}


@pytest.mark.parametrize("sign", SIGNS)
def test_each_sign_has_its_sentence(sign: str) -> None:
    paragraphs = [read(index, text, english()) for index, text in enumerate(EXAMPLES[sign])]
    assert sign in {one for draft in _all_drafts(paragraphs) for one in signs(draft)}


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        ("“It is late again,” Moor said.", "“It is late again,” Moor said when it rained."),
        ("Moor said that the boats are late.", f"When {LONG}, Moor said that the boats are late."),
        ("The boats are late, Moor said.", "The boats are late, Moor thought."),
        ("The boats are late, he said.", "The boats are late, I said."),
        ("Moor praised the plan; it rained.", "Moor praised the plan because it rained."),
        ("Moor defended his plan.", "Moor defended a plan."),
    ],
)
def test_signs_move_the_confidence(surer: str, less_sure: str) -> None:
    (one,), (other,) = extract([surer], least=0.0), extract([less_sure], least=0.0)
    assert one.confidence > other.confidence
