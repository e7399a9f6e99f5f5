from pathlib import Path
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.anchoring import Anchored, Anchoring, Sought, State, anchor, is_same
from articles.text.parsing import parse
from articles.text.quotes import Found, context
from tests.text.texts import lines

SEEDS = Path(__file__).parent.parent.parent / "seeds"

STRUCK = "The coalition struck near Khusham on Wednesday, killing over 100 fighters, the coalition said in a statement."
TOLD = "Russia was told beforehand through a hotline that both armies have kept open for years, Veale said."
SPOKE = "The ministry spoke of reconnaissance southeast of Salhiyah, where a refinery lies beside the river."
LEFT = "Nothing was said about where the survivors went afterwards, or who had sent them there in the first place."


def sought(quote: str, blocks: list[str], block: int = 0) -> Sought:
    """The first of these words in that block."""
    start = blocks[block].index(quote)
    end = start + len(quote)
    return Sought(quote, *context(blocks[block], start, end), Found(block, start, end))


def found(quote: str, old: list[str], new: list[str], block: int = 0) -> Anchored:
    (one,) = anchor([sought(quote, old, block)], old, new)
    return one


def words(one: Anchored, new: list[str]) -> str:
    assert one.place
    return new[one.place.block][one.place.start : one.place.end]


@pytest.mark.parametrize(
    ("new", "block"),
    [
        ([STRUCK, TOLD], 0),
        ([TOLD, STRUCK], 1),
        ([TOLD, f"{SPOKE} {STRUCK}"], 1),
        ([TOLD, STRUCK.split(", the coalition")[0]], 1),
        ([LEFT, SPOKE, STRUCK, TOLD], 2),
    ],
    ids=["as it was", "moved", "merged", "split", "others before it"],
)
def test_the_same_words(new: list[str], block: int) -> None:
    quote = "struck near Khusham on Wednesday, killing over 100 fighters"
    one = found(quote, [STRUCK, TOLD], new)
    assert (one.state, one.likeness) == (State.PLACED, 1.0)
    assert one.place and one.place.block == block
    assert words(one, new) == quote


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He called it “an unprovoked attack” – twice", 'He called it "an unprovoked attack" - twice'),
        ("He called it an “unprovoked attack,” twice", "He called it an “unprovoked attack”, twice"),
        ("some 500 men came", "some 500\u00a0men came"),
    ],
)
def test_other_typography_is_the_same_words(before: str, after: str) -> None:
    old, new = [f"{before}, and left again. {LEFT}"], [f"{after}, and left again. {LEFT}"]
    one = found(before, old, new)
    assert one.state is State.PLACED
    assert words(one, new) == after


@pytest.mark.parametrize(
    ("quote", "before", "after", "now"),
    [
        ("killing over 100 fighters", "over 100", "an estimated 100", "killing an estimated 100 fighters"),
        ("struck near Khusham", "near Khusham", "not far from Khusham", "struck not far from Khusham"),
        ("The coalition struck", "The", "Another", "Another coalition struck"),
        ("killing over 100 fighters", "fighters", "men", "killing over 100 men"),
        ("killing over 100 fighters", "over 100 fighters", "100 fighters", "killing 100 fighters"),
    ],
    ids=["number", "more words", "at the start", "at the end", "fewer words"],
)
def test_words_that_changed(quote: str, before: str, after: str, now: str) -> None:
    old, new = [STRUCK, TOLD], [STRUCK.replace(before, after), TOLD]
    one = found(quote, old, new)
    assert one.state is State.REWORDED
    assert words(one, new) == now
    assert 0.3 < one.likeness < 1


def test_a_sentence_that_moved_and_changed_is_found_by_its_words() -> None:
    old = [f"{STRUCK} {LEFT}", TOLD, SPOKE]
    new = [LEFT, TOLD, f"{SPOKE} {STRUCK.replace('Wednesday', 'Thursday')}"]
    one = found(STRUCK, old, new)
    assert one.state is State.REWORDED
    assert words(one, new) == STRUCK.replace("Wednesday", "Thursday")


@pytest.mark.parametrize(
    ("quote", "new"),
    [
        (STRUCK, [TOLD, SPOKE]),
        (STRUCK, [LEFT, TOLD]),
        (STRUCK, []),
        (
            "over 100 fighters",
            [TOLD, "Elsewhere in the country over 100 fighters gave themselves up on that very day."],
        ),
    ],
    ids=["gone", "replaced", "nothing left", "few words elsewhere"],
)
def test_what_is_gone_is_given_up(quote: str, new: list[str]) -> None:
    assert found(quote, [STRUCK, TOLD], new) == Anchored(State.ORPHANED)


def test_of_the_same_words_those_with_the_same_around_them() -> None:
    old = [f"{STRUCK} {TOLD}", f"{SPOKE} {STRUCK}", LEFT]
    new = [f"{SPOKE} {STRUCK}", LEFT, f"{STRUCK} {TOLD}"]
    assert found(STRUCK, old, new, block=0).place == Found(2, 0, len(STRUCK))
    assert found(STRUCK, old, new, block=1).place == Found(0, len(SPOKE) + 1, len(new[0]))


def test_what_stood_twice_is_not_taken_for_the_other_one() -> None:
    old = [f"{TOLD} {STRUCK}", f"{SPOKE} {STRUCK}", LEFT]
    new = [TOLD, f"{SPOKE} {STRUCK}", LEFT]
    assert found(STRUCK, old, new, block=0).state is State.ORPHANED
    assert found(STRUCK, old, new, block=1).state is State.PLACED


def test_of_two_that_are_as_likely_neither() -> None:
    old = [STRUCK, TOLD]
    new = [TOLD, STRUCK, LEFT, STRUCK]
    assert found(STRUCK, [*old], [new[0], new[1], new[2]]).state is State.PLACED
    assert found("killing over 100 fighters", old, [LEFT, *new[1:]]).state is State.ORPHANED


def test_one_that_was_orphaned_before_may_be_found() -> None:
    old, new = [TOLD, LEFT], [TOLD, LEFT, STRUCK]
    (one,) = anchor([Sought(STRUCK, "", "")], old, new)
    assert one.place == Found(2, 0, len(STRUCK))
    (other,) = anchor([Sought("Russia was told", "", "")], old, new)
    assert other.state is State.ORPHANED, "these words are known to be others"


def test_what_is_not_at_its_place_is_looked_for_by_its_words() -> None:
    one = Sought(STRUCK, place=Found(7, 3, 9))
    assert anchor([one], [TOLD], [TOLD, STRUCK])[0].place == Found(1, 0, len(STRUCK))
    assert not one.lies_in([TOLD])


def test_a_word_that_was_cut_stays_cut() -> None:
    old, new = [STRUCK, TOLD], [TOLD, STRUCK]
    one = found("oalition struck near Khush", old, new)
    assert (one.state, words(one, new)) == (State.PLACED, "oalition struck near Khush")


def test_within_words_nothing_is_found() -> None:
    old = ["He said no. " + LEFT]
    assert found("no", old, ["He said nothing. " + TOLD]).state is State.ORPHANED


@pytest.mark.parametrize(
    ("quote", "before", "after", "now"),
    [
        ("🤔 قالت الوزارة إن القوات", "القوات", "قواتها", "🤔 قالت الوزارة إن قواتها"),
        ("the e\u0301tat-major denied it 🤔", "denied", "confirmed", "the e\u0301tat-major confirmed it 🤔"),
        ("the q\u0323\u0307 army left", "left", "fled", "the q\u0323\u0307 army fled"),
    ],
    ids=["Arabic", "accent", "marks"],
)
def test_offsets_count_code_points(quote: str, before: str, after: str, now: str) -> None:
    old = [TOLD, f"🇸🇾 {SPOKE} {quote}. {LEFT}"]
    new = [f"🇸🇾 {SPOKE} {quote.replace(before, after)}. {LEFT}", TOLD]
    one = found(quote, old, new, block=1)
    assert one.state is State.REWORDED
    assert words(one, new) == now


@given(st.lists(lines, max_size=5), st.lists(lines, max_size=5), st.data())
def test_any_two_texts(old: list[str], new: list[str], data: st.DataObject) -> None:
    old, new = [one for one in old if one], [one for one in new if one]
    passages = [Sought(data.draw(lines), data.draw(lines), data.draw(lines))]
    for block, text in enumerate(old):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        passages.append(Sought(text[start:end], *context(text, start, end), Found(block, start, end)))
    for passage, one in zip(passages, anchor(passages, old, new), strict=True):
        assert (one.place is None) is (one.state is State.ORPHANED)
        assert 0 <= one.likeness <= 1
        if one.place:
            assert 0 <= one.place.start < one.place.end <= len(new[one.place.block])
            assert is_same(passage.quote, words(one, new)) is (one.state is State.PLACED)


@given(st.lists(lines.filter(bool), min_size=1, max_size=5), st.data())
def test_a_text_that_did_not_change_keeps_all_where_they_were(text: list[str], data: st.DataObject) -> None:
    block = data.draw(st.integers(0, len(text) - 1))
    start = data.draw(st.integers(0, len(text[block]) - 1))
    place = Found(block, start, data.draw(st.integers(start + 1, len(text[block]))))
    passage = Sought(text[block][place.start : place.end], place=place)
    assert Anchoring(text, text).find(passage) == Anchored(State.PLACED, place, 1.0)


@given(st.permutations([STRUCK, TOLD, SPOKE, LEFT]), st.data())
def test_paragraphs_in_another_order(new: list[str], data: st.DataObject) -> None:
    old = [STRUCK, TOLD, SPOKE, LEFT]
    block = data.draw(st.integers(0, 3))
    pieces = old[block].split(" ")
    first = data.draw(st.integers(0, len(pieces) - 3))
    quote = " ".join(pieces[first : data.draw(st.integers(first + 3, len(pieces)))])
    one = found(quote, old, new, block)
    assert one.state is State.PLACED
    assert words(one, new) == quote
    assert one.place and new[one.place.block] == old[block]


def test_five_hundred_highlights_in_five_thousand_words_take_less_than_a_second() -> None:
    """In computing time; they take half of it where everything is looked for by likeness."""
    chance = Random(5)
    report = [block.text for block in parse((SEEDS / "khusham-2.txt").read_text()).blocks]
    old = [" ".join(f"{word}{copy}" if chance.random() < 0.1 else word for word in text.split(" "))
           for copy in range(5) for text in report]  # fmt: skip
    new = [" ".join(word if chance.random() > 0.2 else f"{word}x" for word in text.split(" ")) for text in old]
    passages = []
    for _ in range(500):
        block = chance.randrange(len(old))
        start = chance.randrange(max(1, len(old[block]) - 120))
        end = min(len(old[block]), start + 120)
        passages.append(Sought(old[block][start:end], place=Found(block, start, end)))
    started = process_time()
    anchor(passages, old, new)
    assert process_time() - started < 2
