import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.differences import Change, Piece, differences

SAME, GONE, NEW = Change.SAME, Change.GONE, Change.NEW
texts = st.text(alphabet="ab ’-é\u0301🤔ع.,\n", max_size=40)


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", []),
        ("the same", "the same", [(SAME, "the same")]),
        ("", "made", [(NEW, "made")]),
        ("gone", "", [(GONE, "gone")]),
        ("over 100 men", "about 100 men", [(GONE, "over"), (NEW, "about"), (SAME, " 100 men")]),
        ("he said no", "he said", [(SAME, "he said"), (GONE, " no")]),
        ("al-Assad’s men", "Assad men", [(GONE, "al-Assad’s"), (NEW, "Assad"), (SAME, " men")]),
        ("“no,” he", "“no” he", [(SAME, "“no"), (GONE, ","), (SAME, "” he")]),
        ("قال نعم", "قال لا", [(SAME, "قال "), (GONE, "نعم"), (NEW, "لا")]),
        ("a 🤔 b", "a 😀 b", [(SAME, "a "), (GONE, "🤔"), (NEW, "😀"), (SAME, " b")]),
        ("e\u0301t x", "e\u0301t y", [(SAME, "e\u0301t "), (GONE, "x"), (NEW, "y")]),
    ],
)
def test_words_are_compared_as_wholes(old: str, new: str, pieces: list[tuple[Change, str]]) -> None:
    assert differences(old, new) == [Piece(change, words) for change, words in pieces]


@given(texts, texts)
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(piece.words for piece in pieces if piece.change is not NEW) == old
    assert "".join(piece.words for piece in pieces if piece.change is not GONE) == new
    assert all(piece.words for piece in pieces)


@given(texts)
def test_nothing_differs_from_itself(text: str) -> None:
    assert {piece.change for piece in differences(text, text)} <= {SAME}


def test_frequent_words_are_compared_like_others() -> None:
    """difflib leaves out what makes up more than a hundredth of a long text unless told not to."""
    text = "a " * 300
    assert len(differences(text + "b", text + "c")) == 3
