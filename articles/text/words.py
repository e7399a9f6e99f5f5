"""Words as they are sought: without case and marks, and by their stems, whatever the database.

A word has one or two forms: as it is written, and its stem by the rules of the text's language. Two words are the same
to a search if they share a form: “strikes” finds “strike”, and “resume” finds “résumé”.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from threading import Lock
from typing import NamedTuple

from Stemmer import Stemmer

# Stands where a phrase may not run on: it is no word.
GAP = "¶"
# More than any word has, and less than an index takes.
_LONGEST = 100
_REMEMBERED = 200_000
# Scripts without blanks between words: each character is a word, and what is written together is a phrase.
_UNSPACED = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian",
    "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
# “The”, with what is written together with it. The rules for Arabic leave it on short words.
_ARABIC_ARTICLE = re.compile("^(?:[وفبك]?ال|لل)(?=.{3})")


def _marks() -> str:
    """The marks of the basic plane as ranges of a pattern; they belong to the letter before them."""
    found: list[list[int]] = []
    for code in range(0x300, 0x10000):
        if unicodedata.category(chr(code))[0] == "M":
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


# Unseen within a word: where it may break, or may not. Of scripts without blanks the space without width parts words.
_UNSEEN = "\u00ad\u2060\ufeff\u200b"
_PARTED_BY_UNSEEN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\uaa60-\uaa7f"
_TYPOGRAPHY = str.maketrans(dict.fromkeys("“”‘’«»–—…\u00a0\u202f", " "))
_SEEN = str.maketrans(dict.fromkeys(_UNSEEN, ""))
# Of ASCII, byte by byte: without case, and a blank for what is neither letter nor digit.
_APART = bytes(ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)) + bytes(128)
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_LETTER = rf"(?:(?![{_UNSPACED}])[^\W_])"
_WITHIN = rf"[\u200c\u200d{_marks()}]|(?<![{_PARTED_BY_UNSEEN}])[{_UNSEEN}]+(?={_LETTER})"
_WORD = re.compile(rf"[{_UNSPACED}]|{_LETTER}(?:{_LETTER}|{_WITHIN})*")


class Word(NamedTuple):
    """A word of a text: where it stands, and how it is written, without case and marks."""

    start: int
    end: int
    written: str
    as_given: str


def words(text: str) -> list[Word]:
    pattern = _ASCII_WORD if text.isascii() else _WORD
    found = [Word(one.start(), one.end(), plain(one[0]), one[0]) for one in pattern.finditer(text)]
    return [word for word in found if word.written]


@lru_cache(50_000)
def plain(word: str) -> str:
    """Without case, marks and what is only typography. Of й the mark stays: it makes another letter."""
    if word.isascii():
        return word.lower()[:_LONGEST]
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    letters = "".join(one if one == "й" else _bare(one) for one in folded)
    composed = unicodedata.normalize("NFC", letters)
    return "".join(one for one in composed if one.isalnum() or (one > "\u007f" and not one.isspace()))[:_LONGEST]


@lru_cache(5_000)
def _bare(letter: str) -> str:
    """Marks of the classes up to 9 (nukta, virama, voicing) make other letters; all others are left out."""
    if letter in f"\u0640\u200c\u200d{_UNSEEN}":
        return ""
    return "".join(one for one in unicodedata.normalize("NFKD", letter) if unicodedata.combining(one) < 10)


def language_of(tag: str) -> str:
    """The language of a BCP 47 tag, if there are rules for its stems."""
    language = tag.split("-")[0].lower()
    return language if language in _STEMMERS else ""


def stem(word: str, language: str) -> str:
    """Of a word as given, by the rules of a language that `language_of` knows; the word itself if there is none."""
    return _stems(language)[word]


class _Stems(dict[str, str]):
    """Of one language, each found once. All are forgotten when there are too many."""

    def __init__(self, language: str) -> None:
        self.language = language
        # It keeps none itself, and serves one thread at a time.
        self.stemmer = Stemmer(_STEMMERS[language], 0) if language else None
        self.lock = Lock()

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = found = self._find(word)
        return found

    def _find(self, word: str) -> str:
        if not self.stemmer:
            return plain(word)
        if self.language == "ar":
            given = _ARABIC_ARTICLE.sub("", plain(word))
        else:
            given = unicodedata.normalize("NFKC", word.translate(_SEEN)).casefold()[:_LONGEST]
        with self.lock:
            found = self.stemmer.stemWord(given)
        return plain(found) or plain(word)


_stems = cache(_Stems)


def forms(word: str, languages: Iterable[str]) -> frozenset[str]:
    return frozenset({plain(word), *(stem(word, language) for language in languages)})


class Indexed(NamedTuple):
    """What an index holds of texts: their words in order, and those stems that are not written like a word."""

    words: str
    stems: str


def indexed(texts: Iterable[str], tag: str) -> Indexed:
    """No phrase runs from one text into the next."""
    language = language_of(tag)
    kept: list[list[str]] = []
    given: dict[str, None] = {}
    is_plain = True
    for text in filter(None, texts):
        bare = text if text.isascii() else text.translate(_TYPOGRAPHY)
        if bare.isascii():
            # Without case they are plain already, if none is too long: a tenth of the work.
            found = bare.encode().translate(_APART).decode().split()
            is_short = max(map(len, found), default=0) <= _LONGEST
        else:
            found = [one[0] for one in _WORD.finditer(text)]
            is_short = False
        kept.append(found if is_short else [one for word in found if (one := plain(word))])
        is_plain &= is_short
        given |= dict.fromkeys(found)
    written = given if is_plain else set(chain.from_iterable(kept))
    stems = dict.fromkeys(map(_stems(language).__getitem__, given)) if language else {}
    return Indexed(f" {GAP} ".join(map(" ".join, kept)), " ".join([one for one in stems if one not in written]))
