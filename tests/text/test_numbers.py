import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.models import Answer
from articles.text.numbers import LARGEST, Figure, is_said, numerals, read_number

numbers = st.integers(0, 200) | st.integers(0, LARGEST)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("25", 25),
        ("0", 0),
        ("3,000", 3000),
        ("3000", 3000),
        ("1,234,567", 1_234_567),
        ("3 000", 3000),
        ("3\u00a0000", 3000),
        ("3\u202f000", 3000),
        ("3’000", 3000),
        (" 25. ", 25),
        ("“25,”", 25),
        ("none", 0),
        ("No", 0),
        ("nobody", 0),
        ("no one", 0),
        ("zero", 0),
        ("one", 1),
        ("Twelve", 12),
        ("nineteen", 19),
        ("forty", 40),
        ("twenty-one", 21),
        ("Ninety-nine", 99),
        ("a dozen", 12),
        ("two dozen", 24),
        ("a hundred", 100),
        ("one hundred", 100),
        ("two hundred", 200),
        ("ten thousand", 10_000),
        ("2 million", 2_000_000),
        ("3.5 million", 3_500_000),
        ("1,000,000,000,000,000", LARGEST),
        ("١٤", 14),
        ("۱۴", 14),
        ("१४", 14),
        ("\u200f14", 14),
        ("\u200f14\u200f.", 14),
        ("\u2067١٤\u2069", 14),
        ("\u202b١٤\u202c، ", 14),
        ("١٬٢٣٤", 1234),
        ("١،٢٣٤", 1234),
        ("۱٬۲۳۴٬۵۶۷", 1_234_567),
        ("١ ٢٣٤", 1234),
        ("१,२३४", 1234),
        ("٣٫٥ million", 3_500_000),
    ],
)
def test_one_number(words: str, number: int) -> None:
    assert read_number(words) == Figure(number, number, False)


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("about ١٠٠", Figure(100, 100, True)),
        ("more than ١٠٠", Figure(101, None, False)),
        ("٢٠ to ٣٠", Figure(20, 30, False)),
        ("٢٠–٣٠", Figure(20, 30, False)),
        ("\u200f20-30", Figure(20, 30, False)),
        ("between ۲۰ and ۳۰", Figure(20, 30, False)),
    ],
)
def test_digits_of_other_scripts_in_a_range(words: str, figure: Figure) -> None:
    assert read_number(words) == figure


@pytest.mark.parametrize("words", ["١٬٢٣", "٣٫٥", "١٤ جنديا", "\u200f", "١،٢", "१२,३४,५६७"])
def test_what_is_not_understood_in_other_scripts(words: str) -> None:
    assert read_number(words) is None


def test_numbers_in_a_text_are_the_same_in_any_digits() -> None:
    assert numerals("قتل ١٤ أو \u200f15") == ([14, 15], "قتل   أو  ")


@pytest.mark.parametrize(
    "words",
    [
        *("about 100", "About 100", "around 100", "some 100", "roughly 100", "approximately 100", "approx. 100"),
        *("~100", "~ 100", "≈100", "an estimated 100", "estimated 100", "circa 100", "100 or so", "100 (estimate)"),
        *("about one hundred", "about a hundred"),
    ],
)
def test_about_one_number(words: str) -> None:
    assert read_number(words) == Figure(100, 100, True)


@pytest.mark.parametrize(
    ("words", "low", "high", "about"),
    [
        ("more than 100", 101, None, False),
        ("over 100", 101, None, False),
        ("> 100", 101, None, False),
        (">100", 101, None, False),
        ("more than a dozen", 13, None, False),
        ("more than zero", 1, None, False),
        ("at least 40", 40, None, False),
        ("40 or more", 40, None, False),
        ("≥ 40", 40, None, False),
        (">= 40", 40, None, False),
        ("40+", 40, None, False),
        ("no fewer than 40", 40, None, False),
        ("fewer than 10", None, 9, False),
        ("less than 10", None, 9, False),
        ("under ten", None, 9, False),
        ("< 10", None, 9, False),
        ("fewer than 1", None, 0, False),
        ("at most 10", None, 10, False),
        ("up to 10", None, 10, False),
        ("no more than 10", None, 10, False),
        ("≤10", None, 10, False),
        ("<= 10", None, 10, False),
        ("ten or fewer", None, 10, False),
        ("10 or less", None, 10, False),
        ("more than about 100", 101, None, True),
        ("up to an estimated 100", None, 100, True),
        ("about 40 or more", 40, None, True),
        ("at least 40 (estimate)", 40, None, True),
    ],
)
def test_a_bound(words: str, low: int | None, high: int | None, about: bool) -> None:
    assert read_number(words) == Figure(low, high, about)


@pytest.mark.parametrize(
    ("words", "low", "high", "about"),
    [
        ("20 to 30", 20, 30, False),
        ("from 20 to 30", 20, 30, False),
        ("20–30", 20, 30, False),
        ("20-30", 20, 30, False),
        ("20 – 30", 20, 30, False),
        ("between 20 and 30", 20, 30, False),
        ("twenty to thirty-five", 20, 35, False),
        ("900 to 1,200", 900, 1200, False),
        ("two million to three million", 2_000_000, 3_000_000, False),
        ("about 100 to 150", 100, 150, True),
        ("~100–150", 100, 150, True),
        ("100 to 150 or so", 100, 150, True),
    ],
)
def test_a_range(words: str, low: int, high: int, about: bool) -> None:
    assert read_number(words) == Figure(low, high, about)


@pytest.mark.parametrize(
    "words",
    [
        *("", " ", ".", "many", "dozens", "scores", "several", "hundred", "a", "some", "about", "more than", "a few"),
        *("-5", "−5", ".5", "2.5", "3.000", "1,00", "1,0000", "0,123", "007", "3, 000", "1,000 000", "5%", "$5", "1e3"),
        *("25 militias", "over 100 fighters", "no coalition personnel", "one member", "the 25", "100th", "F-15"),
        *("30 to 20", "2016-17", "2 to 3 million", "one to two dozen", "5 to 10 to 20", "20 or 30", "20 and 30"),
        *("two hundred and fifty", "one hundred twenty", "twenty-eleven", "twenty one two", "a twenty", "zero dozen"),
        *("1.2345 million", "1.23 dozen", "more than none", "about none", "more than 20 to 30", "fewer than 0"),
        *("about about 5", "more than more than 5", "at least 5 or more", "nearly 100", "almost 100", "²"),
        *("1,000,000,000,000,001", "1" * 17, "9" * 5000, "2,000 trillion", "up to", "to 5", "5 to", "between 5", "–5"),
    ],
)
def test_what_is_not_a_number_in_full_is_not_read(words: str) -> None:
    assert read_number(words) is None


@given(numbers, numbers, st.sampled_from(["one", "range", "low", "high"]), st.booleans())
@example(9, 9, "high", True)
@example(11, 11, "low", False)
@example(1, 1, "low", False)
@example(0, 0, "high", False)
@example(LARGEST, LARGEST, "low", False)
def test_what_the_app_prints_is_read_back(one: int, other: int, kind: str, about: bool) -> None:
    smaller, larger = sorted((one, other))
    low, high = {"one": (one, one), "range": (smaller, larger), "low": (one, None), "high": (None, one)}[kind]
    assert read_number(Answer(low=low, high=high, about=about).value) == Figure(low, high, about)


PIECES = [
    *("more than", "at least", "up to", "about", "some", "to", "–", "20", "3,000"),
    *("a", "dozen", "no", "or more", "(estimate)", " "),
]


@given(st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join) | st.text(max_size=12))
def test_a_figure_is_always_a_range(words: str) -> None:
    figure = read_number(words)
    if figure is None:
        return
    assert figure.low is not None or figure.high is not None
    assert figure.low is None or figure.high is None or 0 <= figure.low <= figure.high <= LARGEST
    assert read_number(f"  {words.upper()} ") == figure


class TestIsSaid:
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            ("2,000", "about 2,000 troops"),
            ("more than 100", "an estimated 100 people"),
            ("20 to 30", "20-30 men"),
            ("100", "a hundred"),
            ("2", "two of them"),
            ("2", "both of them"),
            ("1", "a soldier"),
            ("0", "nobody was hurt"),
            ("no", "it didn’t hurt anyone"),
            ("none", "they were repelled"),
            ("3.5 million", "3.5 million people"),
            ("1000", "1 000 troops, 3 tanks"),
            ("at least 24", "dozens of the 500"),
            ("5", "several"),
            ("at least 2", "others injured"),
            ("0", "they were repelled, one by one, unharmed"),
            ("1", "about 2,000 troops and a tank"),
            ("at least 101", "more than 100"),
            ("350", "three hundred and fifty"),
            ("21", "twenty one"),
            ("4", "a four-hour battle"),
        ],
    )
    def test_numbers_that_stand_there_or_may_be_read_there(self, value: str, words: str) -> None:
        assert is_said(value, words, is_english=True)

    @pytest.mark.parametrize(
        ("value", "words"),
        [
            ("no", "about 2,000 troops"),
            ("20 to 30", "20 men"),
            ("5", "15 men"),
            ("200", "2,000 troops"),
            ("30", "some 300 men"),
            ("0", "dozens and 3 more"),
            ("3 million", "3.5 million people"),
        ],
    )
    def test_numbers_that_do_not(self, value: str, words: str) -> None:
        assert not is_said(value, words, is_english=True)

    def test_of_other_languages_digits_are_understood(self) -> None:
        assert is_said("١٤", "قتل \u200f14 جنديا", is_english=False) and is_said("14", "قتل ١٤ جنديا", is_english=False)
        assert is_said("1234", "قتل ١٬٢٣٤ جنديا", is_english=False)
        assert not is_said("٢٥", "قتل \u200f14 جنديا", is_english=False)
        assert is_said("100", "قتل ١٠٠ جندي", is_english=False) and is_said("7", "семь человек", is_english=False)
        assert not is_said("25", "قتل ١٠٠ جندي", is_english=False)

    def test_of_other_languages_few_or_round_ones_may_be_in_words(self) -> None:
        assert is_said("3", "trois des 12 soldats", is_english=False)
        assert is_said("40", "quarante des 120 soldats", is_english=False)
