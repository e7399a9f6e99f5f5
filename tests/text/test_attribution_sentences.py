"""What English does around reporting words, a case for each rule. All sentences are made up for these tests."""

import pytest

from tests.text.attributed import found


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        # A quotation in the next sentence does not tell what this one says.
        ("The boats were late, Moor said. “I waited,” she said.", "Moor", ["The boats were late"]),
        # A verb that cannot be told from a noun ends what is searched for one; “said” needs none.
        ("Moor said his friends feel the same way.", "Moor", ["his friends feel the same way"]),
        ("Moor said having two boats helps.", "Moor", ["having two boats helps"]),
        # Subjects of base forms that do not look like plurals.
        ("One in five say the boats are late.", "One in five", ["the boats are late"]),
        # A name that ends like an adverb.
        ("Kelly said the boats were late.", "Kelly", ["the boats were late"]),
        # Little stands before the aside, so what follows is what is said.
        ("But, he said, it is too late for the boats.", "he", ["it is too late for the boats"]),
        ("Now, he said, at least two boats have left.", "he", ["Now", "at least two boats have left"]),
        ("The cost, he added, was “too high for us.”", "he", ["The cost", "was “too high for us.”"]),
        # A sentence ends with the quotation that ends in a full stop.
        ("“It was late.” That, he said, was “bad luck.”", "he", ["That", "was “bad luck.”"]),
        # The marks tell enough, whatever comes behind the cue.
        ("“Is it late?” Moor asked the old captain.", "Moor", ["“Is it late?”"]),
        ("“It is late; we wait,” Moor said when asked.", "Moor", ["“It is late; we wait,”"]),
    ],
)
def test_a_sentence(text: str, speaker: str, content: list[str]) -> None:
    assert (speaker, content) in found(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # A clause before a comma is no quotation for ending in one.
        ("Although she was “very late,” Moor claimed they had met.", "Although she was “very late,”"),
        # Nothing is said by a passive of what is done.
        ("The captain was shot to death.", "The captain"),
        ("The port is held by the captain.", "The port"),
        # A headline with a verb before its colon names nobody there, and some words never do.
        ("Mayor Endorses Port Plan: It Is Time", "It Is Time"),
        ("Update: The Port Is Full", "The Port Is Full"),
        ("It is clear that the boats are late.", "that the boats are late"),
        # Of what, and how, is not said.
        ("The captain described chaos.", "chaos"),
        ("The captain described its action.", "its action"),
        # No asides: a noun that looks like a verb, a participle, an object, what is done.
        ("The weeks since were, for Moor, a race to live up to their promises.", "The weeks since were, for Moor"),
        ("The port will take more boats in May, a plan announced in March.", "The port will take more boats in May"),
        (
            "In a talk for the port, held along the coast, Moor told a joke.",
            "In a talk for the port, held along the coast",
        ),
        ("The boats were lost in May, as captains responded to old plans.", "The boats were lost in May"),
        # Nouns: what a relative clause belongs to, and what has a determiner.
        ("Moor won in the Western states that will vote in May.", "that will vote in May"),
        ("The only hope the sailors have is a boat.", "the sailors have is a boat"),
        # No infinitive, no subject, no cue.
        ("Sales declined to 12 percent.", "to 12 percent"),
        ("The captain found it, reported it to the port, and left.", "it to the port, and left"),
        ("Moor showed up late with the old boat.", "up late with the old boat"),
        # It is nobody who speaks.
        ("The harbour found the list, reported it to the port, and closed.", "The harbour found the list"),
        ("In 2010, the boats won by few votes in the coastal states.", "In 2010"),
    ],
)
def test_what_is_not_said(text: str, wrong: str) -> None:
    assert all(wrong not in content for _, content in found(text))


@pytest.mark.parametrize(
    ("text", "content"),
    [
        # A comma within the marks ends it as one behind them.
        ("Moor said the boats are “late again,” adding that she waits.", "the boats are “late again,”"),
        # An object ends before an apposition, before another participle, and at a comma with “and”.
        ("Moor praised the captain, the oldest of all.", "the captain"),
        ("Moor left the boat, calling it rotten and blaming the captain.", "it rotten"),
        ("Moor praised the captain, and the boats left.", "the captain"),
        # Of whom is said, not when and why; of a list, all.
        ("Moor endorsed Ann Lund in late May.", "Ann Lund"),
        ("Moor opposed it because it was late.", "it"),
        ("Moor criticized Ann Lund for leaving.", "Ann Lund for leaving"),
        ("Moor praised many boats, including the old ferry.", "many boats, including the old ferry"),
        # “, but” ends what is said where somebody is named behind it.
        ("Moor said the boats were late, but the captain stayed.", "the boats were late"),
        ("Moor said the boats were late, but rarely lost.", "the boats were late, but rarely lost"),
        # What a sentence is summed up by at its end is nobody's but the text's.
        ("Moor said 40 boats were late, a figure that could not be confirmed.", "40 boats were late"),
        ("Moor said the boats were late, a charge the captain denied.", "the boats were late"),
        ("Moor said she had two boats, a ferry and a tug.", "she had two boats, a ferry and a tug"),
        # A clause that stands first ends at its comma, within marks or not.
        ("While Moor said the boats were “late,” the captain left.", "the boats were “late,”"),
        ("Although on Friday she said the boats were late, the captain left.", "the boats were late"),
        ("Moor said it was late and others have said it was early.", "it was late"),
    ],
)
def test_where_it_ends(text: str, content: str) -> None:
    assert [content] in [one for _, one in found(text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Many of you said the boats were late.", "Many of you"),
        ("Neither Moor nor the captain said the boats were late.", "Neither Moor nor the captain"),
        ("The captain, who on Tuesday praised the boats, left.", "who"),
        ("The boats were late, according to a newly printed list.", "a newly printed list"),
        # What stands right before the verb belongs to another one, whose subject comes first.
        ("A letter sent on Friday says that the port is closed.", "A letter"),
        ("A list drawn up by the port shows that the boats were late.", "A list drawn up by the port"),
        ("Captains who know him say the port is closed.", "Captains"),
        ("Captains who have sailed with Moor say the port is closed.", "Captains"),
        ("Captains who have run the port say it is closed.", "Captains"),
        ("The mayor let the sailors say that it was late.", "the sailors"),
        ("The harbour was full, with sailors saying that it was late.", "sailors"),
        ("Moor stayed, with the captain, too, calling for help.", "Moor"),
        # “Said” before a name and the end of the sentence has its subject behind it.
        ("Many things move the price of fish, said Ann Moor, director of the port.", "Ann Moor"),
        ("The mayor, a lawyer, said Ann Moor was late.", "The mayor"),
        # A pronoun though it may stand before a noun, and a verb though it may be one.
        ("Another says the boats are late.", "Another"),
        ("The Harbour Board calls for talks.", "The Harbour Board"),
        # A word with a hyphen is no past form.
        ("The port is closed, Oslo-based Ann Moor said.", "Oslo-based Ann Moor"),
        # A short quotation that a sentence begins with is no title.
        ("“They were late,” Ann Moor, who leads the port, said in Bergen.", "Ann Moor"),
    ],
)
def test_who_says_it(text: str, speaker: str) -> None:
    assert speaker in [one for one, _ in found(text)]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("The boats are late, and as Moor noted, the captain is too.", "Moor", ["the captain is too"]),
        ("It was late. (According to Moor, the boats had left.)", "Moor", ["the boats had left"]),
        ("The captain – who had come late – said the boats had left.", "The captain", ["the boats had left"]),
        # The relative pronoun belongs to what is said.
        ("Moor has a letter that the captain said was printed later.", "the captain", ["that", "was printed later"]),
        ("The strike, which the ministry said killed nine, hit the port.", "the ministry", ["which", "killed nine"]),
        ("The boats left in what Moor said was bad luck.", "Moor", ["what", "was bad luck"]),
        (
            "To win the race, captains need to get new boats, Moor said.",
            "Moor",
            ["To win the race, captains need to get new boats"],
        ),
    ],
)
def test_a_part_of_a_sentence(text: str, speaker: str, content: list[str]) -> None:
    assert (speaker, content) in found(text)


def test_the_subject_of_another_clause_is_not_said() -> None:
    assert found("What she said was wrong.") == []


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Captains fear that it is late and warn that boats sink.", "Captains", ["that it is late"]),
        ("Moor left, saying that it was late and implying that she knew.", "Moor", ["that it was late"]),
        ("Moor left the boats which, she said, had to wait.", "she", ["which", "had to wait"]),
        ("The list is long: two boats are late, Moor said.", "Moor", ["two boats are late"]),
        ("Captains that have praised him say it is late.", "that", ["him"]),
        ("Moor has laid out the plan.", "Moor", ["the plan"]),
        # Of a passive, who did it ends where it goes on, and the text goes on at a comma.
        ("The plan was seen by some as a threat.", "some", ["The plan", "as a threat"]),
        ("Moor was criticized by Lund for leaving the boat.", "Lund", ["Moor", "for leaving the boat"]),
        ("The plan was praised by the Centre for Boats.", "the Centre for Boats", ["The plan"]),
        ("The charge was denied by the port, which closed.", "the port", ["The charge"]),
        ("Asked if the boats were late, Moor said no.", "Moor", ["no"]),
        ("Six of ten said the same.", "Six of ten", ["the same"]),
        ("The board, which was asked about the boats, said they were late.", "The board", ["they were late"]),
        ("The board, which was told that it was late, said nothing had changed.", None, ["that it was late"]),
        ("Moor went after the captain.", "Moor", ["the captain"]),
    ],
)
def test_what_ends_before_the_next(text: str, speaker: str | None, content: list[str]) -> None:
    assert (speaker, content) in found(text)


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        # The preposition of the verb, not a quotation further on, begins what is said.
        ("Moor called for getting the boats “back on time.”", "Moor", ["getting the boats “back on time.”"]),
        ("Moor praises the boats and claims that they are safe.", "Moor", ["that they are safe"]),
        ("The boats have what Moor described as “a good smell.”", "Moor", ["“a good smell.”"]),
        ("The boats, in what Moor has dubbed “the big move,” left.", "Moor", ["“the big move,”"]),
        ("Calling the boat “my own,” the captain left.", "the captain", ["the boat “my own,”"]),
        ("“This is a boat!” beamed Ann Moor of the port.", "Ann Moor of the port", ["“This is a boat!”"]),
        ("The boats – as Moor noted this week – were late.", "Moor", ["The boats", "were late"]),
        # Of a sentence with a dash, the quotation alone.
        ("Moor liked the boats – “all of them,” she said – and left.", "she", ["“all of them,”"]),
        ("Moor spoke up as well, writing to the port, “It is late again,” she said.", "she", ["“It is late again,”"]),
        # A name and a colon are enough.
        ("It was late. Ann Moor: “The boats have left again.”", "Ann Moor", ["“The boats have left again.”"]),
        # Titles are no quotations.
        ("Moor said on Channel Four’s “Morning Ferry” that the boats left.", "Moor", ["that the boats left"]),
        ("The boats were late, Moor said on “Ferry Time.”", "Moor", ["The boats were late"]),
        ("Moor, who hosts “The Ferry Hour,” said the boats left.", "Moor", ["the boats left"]),
    ],
)
def test_around_quotations(text: str, speaker: str, content: list[str]) -> None:
    assert (speaker, content) in found(text)


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        # Three marks are a quotation within one, ended together.
        ("''She asked, 'Is it late?''' Ann Moor said.", "Ann Moor", ["''She asked, 'Is it late?'''"]),
        # Names that end like adverbs and like verbs.
        ("“It is late,” said Skelly, who had come early.", "Skelly", ["“It is late,”"]),
        ("Omar Zaheed, director of the port, which closed, said it was late.", "Omar Zaheed", ["it was late"]),
        # “Has”, since a clause follows.
        ("He’s said the boats are late.", "He’s", ["the boats are late"]),
        # Subjects that begin like an adjunct, or end in a sign.
        ("Outside experts say the boats are late.", "Outside experts", ["the boats are late"]),
        ("At least 200 said they would come.", "At least 200", ["they would come"]),
        ("47% say the boats are late.", "47", ["the boats are late"]),
        # Three words are enough for a clause.
        ("The captain said people misunderstand him.", "The captain", ["people misunderstand him"]),
        # “That” begins it, and “by” does not end it.
        ("Captains say that by urging calm, the port lost.", "Captains", ["that by urging calm, the port lost"]),
        # What stands behind the cue is a clause, so what stands before it is not what is said.
        ("After the storm in the bay, he says there is only one boat.", "he", ["there is only one boat"]),
        ("With two boats left, Moor says too many people are waiting.", "Moor", ["too many people are waiting"]),
        ("Moor, recalling the “bad old days,” said the port could be late.", "Moor", ["the port could be late"]),
        # Before a name with a title, “said” is turned round.
        ("Boats, nets and other gear, said captain Ann Moor.", "captain Ann Moor", ["Boats, nets and other gear"]),
    ],
)
def test_what_looks_like_something_else(text: str, speaker: str, content: list[str]) -> None:
    assert (speaker, content) in found(text)
