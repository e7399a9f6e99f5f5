"""The words of claims that want an eye: cut to what differs, with the claims' own words known."""

from hypothesis import given
from hypothesis import strategies as st

from articles.editors.article_check import own_pieces
from articles.text.differences import Change
from articles.writing.unsure import Words, apart


def texts_apart(before: str, now: str) -> tuple[str, str]:
    one, other = apart(Words(before), Words(now))
    return one.text, other.text


def test_what_differs_is_shown_with_a_few_words_around() -> None:
    same = "one two three four five six seven eight"
    assert texts_apart(f"{same} nine {same}", f"{same} ten {same}") == (
        "… three four five six seven eight nine one two three four five six …",
        "… three four five six seven eight ten one two three four five six …",
    )
    assert texts_apart("a b", "a c b") == ("a b", "a c b")
    assert texts_apart(same, same) == (same, same)
    assert texts_apart("", "a") == ("", "a")
    assert len(texts_apart("", "word " * 99)[1].split()) == 41


def test_some_of_the_claims_own_words_are_always_shown() -> None:
    around = "one two three four five six seven eight nine ten"
    for text, changed in (
        (f"Veale {around} own words", f"Roe {around} own words"),
        (f"own words {around} V", f"own words {around} R"),
    ):
        own = (changed.index("own"), changed.index("own") + len("own words"))
        _, now = apart(Words(text, ((text.index("own"), text.index("own") + 9),)), Words(changed, (own,)))
        assert [now.text[start:end] for start, end in now.own] == ["own words"]


_SOME_WORDS = st.lists(st.sampled_from(["one", "two", "👍", "é", "…", "said"]), max_size=60).map(" ".join)


@given(_SOME_WORDS, _SOME_WORDS, st.data())
def test_own_words_stay_what_they_are_however_the_text_is_cut(before: str, now: str, data: st.DataObject) -> None:
    def with_own(text: str) -> Words:
        edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
        return Words(text, tuple(zip(edges[::2], edges[1::2], strict=False)))

    sides = with_own(before), with_own(now)
    cut = apart(*sides)
    for whole, part in zip(sides, cut, strict=True):
        inner = part.text.removeprefix("… ").removesuffix(" …")
        assert inner in whole.text or part.text == "…"
        for start, end in part.own:
            assert any(part.text[start:end] in whole.text[one:other] for one, other in whole.own)
    pieces = own_pieces(*cut)
    for side, change in zip(cut, (Change.GONE, Change.NEW), strict=True):
        assert "".join(one.words for one in pieces if one.change in (Change.SAME, change)) == side.text
    own = {at for start, end in cut[1].own for at in range(start, end)}
    shown = [one.is_own for one in pieces if one.change is not Change.GONE for _ in one.words]
    assert [at in own for at in range(len(cut[1].text))] == shown
