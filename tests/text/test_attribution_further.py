"""Further constructions that report, a case for each rule. All sentences are made up for these tests."""

import pytest

from tests.text.attributed import found


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        # A verb that looks like a noun, before a pronoun with its verb.
        ("Moor claims he’s late.", "Moor", ["he’s late"]),
        # “Later” does not make an adjunct of a sentence with a verb.
        ("The captain later left, claiming the boat was old.", "The captain", ["the boat was old"]),
        # An aside of any verb of saying, after words enough.
        (
            "The “Boats for All” movement plans to protest the closure, the Harbour Times reports.",
            "the Harbour Times",
            ["The “Boats for All” movement plans to protest the closure"],
        ),
        ("Captains have described how Moor, too, had left.", "Captains", ["how Moor, too, had left"]),
        ("Germany views itself as a maker of boats.", "Germany", ["itself as a maker of boats"]),
        # The participle is part of the one who says it.
        (
            "According to a list printed on Monday, the boats are late.",
            "a list printed on Monday",
            ["the boats are late"],
        ),
        ("But, according to the port, two of the boats are late.", "the port", ["two of the boats are late"]),
        ("It is plain: According to the port, all boats are late.", "the port", ["all boats are late"]),
        # No full stop before the next quotation, and a quotation after one that is only in part.
        (
            "“It is late,” she said “We have all been waiting here.”",
            "she",
            ["“It is late,”", "“We have all been waiting here.”"],
        ),
        (
            "Moor “felt bad about” the boats, Lund said. “He left.”",
            "Lund",
            ["Moor “felt bad about” the boats", "“He left.”"],
        ),
        # A noun is no cue for having the form of a verb.
        (
            "In a talk, Moor called the old “right” over the emails “bad and false.”",
            "Moor",
            ["the old “right” over the emails “bad and false.”"],
        ),
        # Past the one who is spoken to.
        ("Moor spoke to the port about the boats.", "Moor", ["the boats"]),
        ("Moor asked the court for quick action.", "Moor", ["quick action"]),
        ("Asked during a talk why he left, Moor said he was tired.", None, ["why he left"]),
        # A verb that says nothing of its own, and what is done.
        ("Moor made the case that the boats are safe.", "Moor", ["that the boats are safe"]),
        ("Moor made no mention of the old boats.", "Moor", ["the old boats"]),
        ("Moor has raised more questions about the boats.", "Moor", ["the boats"]),
        # Of a poll an object is what it tells, and what follows “in a poll” as well.
        ("A poll by the port found little support for boats.", "A poll by the port", ["little support for boats"]),
        ("In a poll printed in May, most captains were late.", "a poll printed in May", ["most captains were late"]),
        ("Officials expect the port to close.", "Officials", ["the port to close"]),
        ("A month after calling the boat rotten, the captain left.", "the captain", ["the boat rotten"]),
        ("While the captain, too, praised the boat, it sank.", "the captain", ["the boat"]),
        ("Officials are looking to close the port.", "Officials", ["to close the port"]),
        # Those who are briefed on something have not said it.
        (
            "Nine were killed, according to two people briefed on the count.",
            "two people briefed on the count",
            ["Nine were killed"],
        ),
        # A full stop where a comma is meant, and a name in the words behind the cue.
        ("“It is late, and we wait.” Moor said.", "Moor", ["“It is late, and we wait.”"]),
        ("“It is late, and we wait,” Ann Moor, 66, said on Radio One.", "Ann Moor", ["“It is late, and we wait,”"]),
        # Subjects that begin with a number, or are part of their verb.
        ("About 50 sailors gathered, chanting “no nets, no boats.”", "About 50 sailors", ["“no nets, no boats.”"]),
        ("They’re tired and agree that it is late.", "They’re", ["that it is late"]),
        # “To” whom, not what is to be done.
        ("The port promised help to families of the dead.", "The port", ["help to families of the dead"]),
        # What one wants is mostly said as well.
        ("Moor said she was late and wanted to stay.", "Moor", ["she was late and wanted to stay"]),
        # A noun says less than a verb behind it.
        ("As for attacks on the boats, Moor said he was late.", "Moor", ["he was late"]),
        # Several clauses, parted by semicolons, before the one who tells them.
        (
            "One boat was late; two boats were lost; and the rest sank, according to the port.",
            "the port",
            ["One boat was late; two boats were lost; and the rest sank"],
        ),
        # “An earlier list” is no “an”, and “those” alone are nobody.
        ("An earlier report in a paper said that it was late.", "An earlier report in a paper", ["that it was late"]),
        ("Those who know the captain say that he was late.", "Those who know the captain", ["that he was late"]),
        # A short verb is one as well.
        ("His crew sued the port in a court, claiming it was late.", "His crew", ["it was late"]),
        # What seems so, and is no infinitive.
        ("The captain seemed tired of the boats.", None, ["The captain", "tired of the boats"]),
        ("It seems like a good plan.", None, ["like a good plan"]),
        # One reproach, and one list.
        (
            "Moor blamed him for raising the costs and closing the port.",
            "Moor",
            ["him for raising the costs and closing the port"],
        ),
        (
            "Moor criticized his plans, his friends and his hat.",
            "Moor",
            ["his plans, his friends and his hat"],
        ),
        (
            "Moor mocked the boats, the old port, and the island.",
            "Moor",
            ["the boats"],
        ),
        # What is too unsure to be suggested hides nothing.
        (
            "It enjoyed the boats of which the captain said that they were late.",
            "the captain",
            ["that they were late"],
        ),
        ("“It is late again,” Moor confided.", "Moor", ["“It is late again,”"]),
        # Headlines: whom he speaks to is no part of who speaks, where he does is.
        ("Moor to Port Board: Close the Harbour", "Moor", ["Close the Harbour"]),
        ("Moor at Port Board: Close the Harbour", "Moor at Port Board", ["Close the Harbour"]),
        ("Poll: Most Captains Are Late", "Poll", ["Most Captains Are Late"]),
        # What the text itself compares.
        ("One in five say boats are late, compared with two in May.", "One in five", ["boats are late"]),
        ("Moor said he would stay, even as the others left.", "Moor", ["he would stay"]),
        # Only the outermost counts.
        ("The port said boats were late, according to the Times.", "the Times", ["The port said boats were late"]),
    ],
)
def test_further_sentences(text: str, speaker: str | None, content: list[str]) -> None:
    assert (speaker, content) in found(text)
