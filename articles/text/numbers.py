"""Numbers: what the words of a report say, as a range. English; what is not understood in full is not read at all.

Digits are read in any script that has ten of them: Arabic-Indic, Persian, Devanagari."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from articles.text.directions import undirected

LARGEST = 10**15

_NONE = frozenset({"none", "no", "nobody", "no one", "no-one"})
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {
    **{word: number for number, word in enumerate(_ONES)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{f"{ten}-{_ONES[one]}": 10 * number + one for number, ten in enumerate(_TENS, 2) for one in range(1, 10)},
}
_UNITS = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNIT = re.compile(rf"(.+) ({'|'.join(_UNITS)})")
# Thousands are parted by commas, blanks or apostrophes, by the same ones throughout. A point may be a decimal point.
_DIGITS = re.compile(r"0|[1-9][0-9]{0,15}|[1-9][0-9]{0,2}([, ’'])[0-9]{3}(?:\1[0-9]{3})*")
_DECIMAL = re.compile(r"([0-9]{1,4})\.([0-9]{1,3})")

_ABOUT = re.compile(
    r"(?:(?:about|around|some|roughly|approximately|approx\.?|circa|ca\.|(?:an )?estimated) |[~≈] ?)(.+)|(.+) or so"
)
_ESTIMATE = re.compile(r"(.+) \(estimate\)")
_RANGES = (
    re.compile(r"between (.+) and (.+)"),
    re.compile(r"(?:from )?(.+) to (.+)"),
    re.compile(r"([0-9].*?) ?[-‑–] ?([0-9].*)"),
)

# A plain number within a text: without bounds, and no part of another word, a date or a code. “No one” is none.
_OF_SMALL, _OF_UNITS = ("|".join(sorted(map(re.escape, some), key=len, reverse=True)) for some in (_SMALL, _UNITS))
_NUMERAL = re.compile(
    r"(?<![\w.,’'-])(?:"
    r"(?:[0-9]{1,3}(?:([, ’'])[0-9]{3}(?:\1[0-9]{3})*)|[0-9]+(?:\.[0-9]+)?"
    rf"|{_OF_SMALL}|a(?= (?:{_OF_UNITS})))(?: (?:{_OF_UNITS}))?"
    rf"|(?:{_OF_UNITS})s?|nobody|none|no[ -]one)(?![\w’'-]|[.,][0-9])"
)

# Numbers in digits, wherever they stand, and words that give a number without naming it.
_FIGURES = re.compile(r"\d{1,3}(?:[,.\s’']\d{3})+(?!\d)|\d+")
_HYPHEN = re.compile(r"(?<=[^\W\d])[-‑](?=[^\W\d])")
_NO = re.compile(r"\b(?:no|not|none|nobody|nothing|neither|never|without|zero|un\w+ed)\b|n[’']t\b|\w+less\b")
_ONE, _TWO = re.compile(r"\b(?:an?|single|once|another)\b"), re.compile(r"\b(?:both|pair|couple|twice|either)\b")
_VAGUE = re.compile(rf"\b(?:(?:{'|'.join(_UNITS)}|score)s|score|several|handful|half|quarter|third|double|triple)\b")

# The bound that words set, and by how much the number named lies outside of it.
_Bound = tuple[Literal["low", "high"], int]
_BOUNDS: tuple[tuple[re.Pattern[str], _Bound], ...] = (
    (re.compile(r"(?:(?:more than|over|above) |>(?!=) ?)(.+)"), ("low", 1)),
    (re.compile(r"(?:(?:at least|(?:no|not) (?:fewer|less) than) |(?:≥|>=) ?)(.+)"), ("low", 0)),
    (re.compile(r"(.+?)(?: or more|\+)"), ("low", 0)),
    (re.compile(r"(?:(?:fewer than|less than|under|below) |<(?!=) ?)(.+)"), ("high", -1)),
    (re.compile(r"(?:(?:at most|up to|(?:no|not) more than) |(?:≤|<=) ?)(.+)"), ("high", 0)),
    (re.compile(r"(.+) or (?:fewer|less)"), ("high", 0)),
)


# What parts thousands in Arabic, its comma too where it does so, and what begins the decimals.
_ARABIC_THOUSANDS = re.compile(r"(?<=\d)[\u066c\u060c](?=\d{3}(?!\d))")
_ARABIC_DECIMAL = re.compile(r"(?<=\d)\u066b(?=\d)")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")


@dataclass(frozen=True, slots=True)
class Figure:
    """A range of whole numbers, both ends included; without a bound on one side at most. `about`: an estimate."""

    low: int | None
    high: int | None
    about: bool


def in_ascii(words: str) -> str:
    """With digits and their separators as English has them, and without marks of direction: “١٬٢٣٤” as “1,234”."""
    if words.isascii():
        return words
    words = _ARABIC_DECIMAL.sub(".", _ARABIC_THOUSANDS.sub(",", undirected(words)))
    return _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), words)


def read_number(words: str) -> Figure | None:
    """What these words say if they are a number and nothing else; None if in doubt.

    “More than 100” is 101 and up, “fewer than 10” is 9 and down. Reads whatever `Answer.value` prints for a number.
    """
    words = " ".join(in_ascii(words).casefold().split()).strip('“”"').rstrip(".,;:،؛ ")
    if words in _NONE:
        return Figure(0, 0, False)
    estimate = _ESTIMATE.fullmatch(words)
    figure = _figure(estimate[1] if estimate else words)
    return Figure(figure.low, figure.high, True) if figure and estimate else figure


def numerals(words: str) -> tuple[list[int | str], str]:
    """The plain numbers in these words, in order, each by its value, or as it stands if it is not understood, like
    “dozens”: “2” and “two” are the same, “1,000” and “a thousand”. And the other words, casefolded."""
    words = " ".join(in_ascii(words).casefold().split())
    found: list[int | str] = []
    for match in _NUMERAL.finditer(words):
        figure = read_number(match[0])
        found.append(match[0] if figure is None or figure.low is None else figure.low)
    return found, _NUMERAL.sub(" ", words)


def is_said(value: str, words: str, *, is_english: bool) -> bool:
    """Whether the numbers of this value, which can be read, stand in these words, or may be how somebody reads them:
    “several” may be five. Of words without any number it is true: “others injured” are two at least, and they may be
    of a language of which digits alone are understood."""
    value, words = in_ascii(value).casefold(), in_ascii(words).casefold()
    found, figure = _numbers_in(words), read_number(value)
    if not found or (figure and figure == read_number(words)):
        return True
    given = _numbers_in(value, at_once=1) or ({figure.low} if figure else set())
    if not is_english:
        return given <= found or any(_may_be_in_words(number) for number in given)
    if given != {0} and _VAGUE.search(words):
        return True
    return given <= found | {number for number, way in ((0, _NO), (1, _ONE), (2, _TWO)) if way.search(words)}


def _numbers_in(words: str, at_once: int = 4) -> set[int | None]:
    """In digits, and by name, so many of which may be one: “three hundred and fifty” are 300, 50 and 350, “four-hour”
    is 4."""
    figures = (int(re.sub(r"\D", "", one)) for one in _FIGURES.findall(words))
    named = [one for one in numerals(_HYPHEN.sub(" ", words))[0] if isinstance(one, int)]
    sums = (sum(named[at:end]) for at in range(len(named)) for end in range(at + 1, min(at + at_once, len(named)) + 1))
    return {*figures, *sums}


def _may_be_in_words(number: int | None) -> bool:
    """Not as a rule in digits: few, or round."""
    return number is None or number <= 20 or number % 10 == 0


def _figure(words: str) -> Figure | None:
    for pattern, bound in _BOUNDS:
        if match := pattern.fullmatch(words):
            return _bounded(match[1], *bound)
    words, about = _without_about(words)
    for pattern in _RANGES:
        if match := pattern.fullmatch(words):
            return _range(match[1], match[2], about)
    number = _number(words)
    return None if number is None else Figure(number, number, about)


def _bounded(words: str, side: Literal["low", "high"], step: int) -> Figure | None:
    words, about = _without_about(words)
    number = _number(words)
    if number is None or number + step < 0:
        return None
    return Figure(number + step, None, about) if side == "low" else Figure(None, number + step, about)


def _range(first: str, second: str, about: bool) -> Figure | None:
    """“2 to 3 million” may mean two million or two: a unit at the second number alone is not understood."""
    if _UNIT.fullmatch(second) and not _UNIT.fullmatch(first):
        return None
    low, high = _number(first), _number(second)
    return None if low is None or high is None or low > high else Figure(low, high, about)


def _without_about(words: str) -> tuple[str, bool]:
    match = _ABOUT.fullmatch(words)
    return (match[1] or match[2], True) if match else (words, False)


def _number(words: str) -> int | None:
    """A single number: in digits, in words up to ninety-nine, or so many of a unit."""
    of_unit = _UNIT.fullmatch(words)
    number = _times(of_unit[1], _UNITS[of_unit[2]]) if of_unit else _plain(words)
    return number if number is not None and number <= LARGEST else None


def _times(words: str, unit: int) -> int | None:
    """“A dozen”, “two hundred”, “3.5 million”: a whole number, or none."""
    if words == "a":
        return unit
    if decimal := _DECIMAL.fullmatch(words):
        tenths = 10 ** len(decimal[2])
        number, rest = divmod(int(decimal[1] + decimal[2]) * unit, tenths)
        return None if rest else number
    number_of = _plain(words)
    return number_of * unit if number_of else None


def _plain(words: str) -> int | None:
    if _DIGITS.fullmatch(words):
        return int(re.sub(r"\D", "", words))
    return _SMALL.get(words)
