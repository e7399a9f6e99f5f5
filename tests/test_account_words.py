import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.pages.account_words import AROUND, MOST, Words, words_of


@pytest.mark.parametrize(
    ("quote", "as_worded", "words"),
    [
        ("killing an estimated 100 fighters", "an estimated 100", Words("killing ", "an estimated 100", " fighters")),
        ("An estimated 100", "an estimated 100", Words("", "An estimated 100", "")),
        ("scores dead", "scores dead", Words("", "scores dead", "")),
        ("the strike", "scores", Words("", "the strike", "", "scores")),
        ("🤔 قُتل مئة", "مئة", Words("🤔 قُتل ", "مئة", "")),
    ],
)
def test_the_words_that_answer_are_marked(quote: str, as_worded: str, words: Words) -> None:
    assert words_of(quote, as_worded, is_cut=False) == words


def test_what_is_far_from_them_is_cut_at_a_word() -> None:
    words = words_of("They all came from the far east before ten fell and the rest went home again", "ten", is_cut=True)
    assert words == Words("… from the far east before ", "ten", " fell and the rest went …")


def test_many_words_are_cut_after_a_whole_one() -> None:
    words = words_of("word " * 60, "word " * 60, is_cut=True)
    assert words.marked.endswith("word …")
    assert len(words.marked) <= MOST + 2


def test_what_has_no_blanks_is_cut_all_the_same() -> None:
    words = words_of("ש" * 500, "ש" * 500, is_cut=True)
    assert words.marked == "ש" * MOST + " …"


@given(st.text(min_size=1), st.text(max_size=5), st.booleans())
def test_uncut_the_quote_stays_whole(quote: str, as_worded: str, is_cut: bool) -> None:
    words = words_of(quote, as_worded, is_cut=is_cut)
    if not is_cut:
        assert words.before + words.marked + words.after == quote
    else:
        assert len(words.before) <= AROUND + 2
