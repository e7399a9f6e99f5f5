"""Words as they are sought, in the languages of reports."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.words import forms, indexed, language_of, plain, stem, words

UNSEEN = ("softhyphen", "zerowidth", "at", "ends", "a", "b")


def written(text: str) -> list[str]:
    return [word.written for word in words(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The US-led Strikes, on U.S. bases.", ["the", "us", "led", "strikes", "on", "u", "s", "bases"]),
        ("Russia’s “résumé” l’armée", ["russia", "s", "resume", "l", "armee"]),
        ("Straße ﬁre ＡＢＣ Ⅳ", ["strasse", "fire", "abc", "iv"]),
        ("cafe\u0301 naïve 😀 1,000", ["cafe", "naive", "1", "000"]),
        ("Ещё мой Йод", ["еще", "мой", "йод"]),
        ("القُوّات الأمريكيـــة", ["القوات", "الامريكية"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("北京の発表", ["北", "京", "の", "発", "表"]),
        ("soft\u00adhyphen zero\u200bwidth\u2060 \u00adat \u00ad\u00ad ends\u00ad, a\u00ad b", [*UNSEEN]),
        ("ភាសា\u200bខ្មែរ ภาษา\u200bไทย", ["ភាសា", "ខ្មែរ", "ภาษา", "ไทย"]),
        ("¶ — … \u0640", []),
    ],
)
def test_words_are_found_without_case_and_marks(text: str, found: list[str]) -> None:
    assert written(text) == found


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "strike", "strikes"),
        ("en", "attacked", "attacking"),
        ("ar", "قوات", "والقوات"),
        ("ar", "وزارة", "الوزارة"),
        ("ar", "مقاتل", "مقاتلون"),
        ("ru", "ополченцы", "ополченцев"),
        ("ru", "удар", "ударами"),
        ("de", "Angriff", "Angriffe"),
        ("fr", "général", "généraux"),
    ],
)
def test_words_of_one_stem_are_the_same(language: str, one: str, other: str) -> None:
    assert forms(one, [language]) & forms(other, [language])


def test_a_word_with_unseen_characters_has_the_stem_of_the_word() -> None:
    assert forms("str\u00adi\u200bkes", ["en"]) == forms("strikes", ["en"])
    kept = indexed(["The str\u00adikes"], "en")
    assert (kept.words, kept.stems) == ("the strikes", "strike")


def test_a_language_without_rules_has_words_as_they_are_written() -> None:
    assert language_of("en-GB") == "en"
    assert language_of("tlh") == ""
    assert stem("Strikes", "") == "strikes"


def test_an_index_holds_words_in_order_and_stems_that_are_written_otherwise() -> None:
    kept = indexed(["The strikes", "", "were strikes"], "en")
    assert kept.words == "the strikes ¶ were strikes"
    assert kept.stems == "strike"


@given(st.text())
def test_words_are_letters_and_digits_whatever_the_text(text: str) -> None:
    """An index parts them at blanks, and at all else of ASCII."""
    for word in words(text):
        assert word.written
        assert all(one.isalnum() or one > "\u007f" for one in word.written)
        assert not any(one.isspace() for one in word.written)
        assert text[word.start : word.end] == word.as_given


@given(st.text())
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    for word in words(text):
        assert plain(word.written) == word.written
