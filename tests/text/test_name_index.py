from hypothesis import given
from hypothesis import strategies as st

from articles.text.name_index import NameIndex, words_of_name
from articles.text.seeking import language_found, read_query

WORDS = [
    "strike",
    "strikes",
    "striking",
    "studies",
    "study",
    "Council",
    "the",
    "Совет",
    "советы",
    "القوات",
    "قوات",
    "é",
]
NAME = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
LANGUAGES = ["en", "ru", "ar", ""]


@given(
    st.dictionaries(st.integers(0, 9), st.lists(NAME, min_size=1, max_size=3), max_size=6),
    st.lists(st.sampled_from([*WORDS, "stri*", '"the Council"', "sov*", "none"]), min_size=1, max_size=3).map(" ".join),
    st.booleans(),
)
def test_has_all_that_hold_what_is_sought(names: dict[int, list[str]], asked: str, is_typing: bool) -> None:
    sought = read_query(asked, LANGUAGES, is_typing=is_typing)
    held = {
        key
        for key, some in names.items()
        if language_found(sought, list(map(words_of_name, some)), LANGUAGES) is not None
    }
    found = NameIndex(names).holding(sought, LANGUAGES)
    assert held <= found
    if all(term.forms for term in sought.terms) and len(sought.terms) == 1:
        assert held == found


def test_nothing_sought_is_found_nowhere() -> None:
    index = NameIndex({1: ["The Council"], 2: ["Council of the town"]})
    assert index.holding(read_query("", ["en"]), ["en"]) == set()
    assert index.holding(read_query("none", ["en"]), ["en"]) == set()
    assert index.holding(read_query("counc* of", ["en"]), ["en"]) == {2}
    assert index.holding(read_query("councils", ["en"]), ["en"]) == {1, 2}
    assert index.holding(read_query("councils", []), []) == set()
