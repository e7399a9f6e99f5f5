"""Codes for sources: the letters by which a newsroom would know a name. Most telling first, and never at an end.

    next(codes_for("Syrian Observatory for Human Rights")) == "SOHR"
    next(codes_for("Foreign Ministry of Iran")) == "IMFA"
    next(codes_for("the Russian MoD")) == "MOD"

Letters that are known as they stand come first; ministries and departments have theirs; else the initials of what is
no little word, of one word its first letters, of a person the surname.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, product
from string import ascii_uppercase

from articles.text.source_kinds import TITLES, kind_of

LEAST, MOST = 2, 5
# A word with its apostrophes, letters with points (“U.S.”); what stands behind digits (“47th”) is none.
_WORD = re.compile(r"(?<![^\W_])(?:(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*)")
_LITTLE_WORDS = """
    a an the of for in on at to and or against by with from led backed run based
    de du des del della di da la le les el los las et y e der die das des und für von vom im
    и по в на для
"""
_ARABIC_ARTICLE = "ال"
_OFFICES = {"ministry": "M", "department": "D"}
# What stands before “Ministry” or “Department” as that of which it is one.
_SUBJECT_WORDS = """
    agriculture communications culture defence defense economy education electricity emergency energy environment
    finance foreign health information intelligence interior justice labor labour oil security state tourism trade
    transport transportation treasury water
"""
_LITTLE, _SUBJECTS = (frozenset(words.split()) for words in (_LITTLE_WORDS, _SUBJECT_WORDS))
_JOINING = frozenset({"of", "for", "in", "and"})


@dataclass(frozen=True, slots=True)
class _Word:
    """`letters` are capitals without points and apostrophes; `is_known` of those that are called by them: “US”."""

    text: str
    letters: str
    is_known: bool

    @property
    def is_little(self) -> bool:
        return self.text.casefold() in _LITTLE and not self.is_known

    def first(self, length: int = 1) -> str:
        is_arabic = len(self.letters) > 4 and self.letters.startswith(_ARABIC_ARTICLE)
        return self.letters[2 * is_arabic :][:length]


def codes_for(name: str, kind: str = "") -> Iterator[str]:
    """Two to five letters each, each once; without end. `kind` is the source's, if it is known."""
    seen: set[str] = set()
    for code in _all(_words(name), is_person="person" in (kind, kind_of(name))):
        if LEAST <= len(code) <= MOST and code not in seen:
            seen.add(code)
            yield code


def _words(name: str) -> list[_Word]:
    """Of nothing that has letters, “source”."""
    shouts = name.isupper() and len(name.split()) > 1
    words = [_word(text, shouts) for text in _WORD.findall(unicodedata.normalize("NFC", name))]
    return words or [_word("Source", shouts)]


def _word(text: str, shouts: bool) -> _Word:
    plain = re.sub(r"['’]s$|[.'’]", "", text)
    letters = "".join(letter for letter in plain.upper() if letter.isalpha())
    capitals = sum(letter.isupper() for letter in plain)
    is_known = LEAST <= len(letters) <= MOST and capitals >= 2 and (not shouts or "." in text)
    return _Word(text, letters, is_known)


def _all(words: Sequence[_Word], *, is_person: bool) -> Iterator[str]:
    telling = [word for word in words if not word.is_little] or list(words)
    if is_person and len(telling) > 1:
        surname = telling[-1].letters
        yield surname if len(surname) <= MOST else surname[:3]
        telling = [word for word in telling if word.text.rstrip(".").casefold() not in TITLES]
    known = [word for word in telling if word.is_known]
    if len(known) == 1 and len(known[0].letters) > 2:
        yield known[0].letters
    yield from _office(words)
    if len(telling) > 1:
        yield _initials(telling)[:MOST]
        yield from (word.first(length) + _initials(rest) for length in (2, 3) for word, *rest in [telling])
        yield _initials(words)
    elif _is_short(telling[0]):
        yield telling[0].letters
    yield from _spelt("".join(word.letters for word in telling))


def _is_short(word: _Word) -> bool:
    """A word of a script without capitals is not cut if it need not be."""
    return len(word.letters) <= MOST and word.letters == word.letters.lower()


def _initials(words: Iterable[_Word]) -> str:
    return "".join(word.letters if word.is_known else word.first() for word in words)


def _spelt(letters: str) -> Iterator[str]:
    """The first letters, made longer only where there are too few; then these with other last ones."""
    filled = (letters + "XX")[:MOST]
    yield from (filled[:length] for length in sorted((3, 4, 5, 2), key=lambda length: length > len(letters)))
    for length in count(1):
        for ending in product(ascii_uppercase, repeat=min(length, MOST)):
            yield filled[: max(MOST - length, 0)] + "".join(ending)


# ---- Ministries and departments ----


def _office(words: Sequence[_Word]) -> Iterator[str]:
    """“Russian Ministry of Defence”, “Russian Defence Ministry” and “Defence Ministry of Russia” are RMOD."""
    texts = [word.text.casefold() for word in words]
    at = next((place for place, text in enumerate(texts) if text in _OFFICES), None)
    if at is None:
        return
    before, after = list(words[:at]), list(words[at + 1 :])
    if before and texts[at - 1] in _SUBJECTS:
        subject = [before.pop()]
    elif len(before) > 1 and texts[at - 2 : at] == ["foreign", "affairs"]:
        subject = [before.pop(-2), before.pop()]
    elif texts[at + 1 : at + 2] == ["of"]:
        subject = _until_joined(after[1:])
        after = after[1 + len(subject) :]
    else:
        return
    code = _OFFICES[texts[at]] + _of_what(subject, is_ministry=texts[at] == "ministry")
    yield from (f"{whose}{code}" for whose in _whose(before, after) if len(f"{whose}{code}") <= MOST)
    yield code


def _until_joined(words: Sequence[_Word]) -> list[_Word]:
    found: list[_Word] = []
    for word in words:
        if found and word.text.casefold() in _JOINING:
            break
        found.append(word)
    return found


def _of_what(subject: Sequence[_Word], *, is_ministry: bool) -> str:
    telling = [word for word in subject if not word.is_little]
    if is_ministry and [word.text.casefold() for word in telling] == ["foreign"]:
        return "FA"
    return ("O" if len(telling) == 1 else "") + _initials(telling)


def _whose(before: Sequence[_Word], after: Sequence[_Word]) -> Iterator[str]:
    """Of which country or town: what stands before, and behind “of” or “in”; by initials, then by more letters."""
    texts = [word.text.casefold() for word in after]
    where = next((place for place, text in enumerate(texts) if text in {"of", "in"}), len(after))
    owner = [word for word in [*before, *after[where:]] if not word.is_little]
    yield _initials(owner)
    if len(owner) == 1:
        yield owner[0].first(2)
