"""Which of many names may hold what is sought, without going through them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Generic, TypeVar

from articles.text.seeking import Sought, Term
from articles.text.words import Word, stem, words

Key = TypeVar("Key")
# So many names are remembered by their words.
_REMEMBERED = 50_000


@lru_cache(_REMEMBERED)
def words_of_name(name: str) -> Sequence[Word]:
    """Remembered: it is the same names that are looked through each time."""
    return words(name)


class NameIndex(Generic[Key]):
    """Of what has names, each under its key: by every word of them, and by the stems of these in each language that
    somebody seeks in. Never changed: other names have an index of their own."""

    def __init__(self, names: Mapping[Key, Iterable[str]]) -> None:
        self._by_word: dict[str, set[Key]] = defaultdict(set)
        self._by_given: dict[str, set[Key]] = defaultdict(set)
        for key, some in names.items():
            for word in (word for name in some for word in words_of_name(name)):
                self._by_word[word.written].add(key)
                self._by_given[word.as_given].add(key)
        self._in_order = sorted(self._by_word)
        self._by_stem: dict[str, dict[str, set[Key]]] = {}

    def holding(self, sought: Sought, languages: Iterable[str]) -> set[Key]:
        """Those that have all the words in their names, in a form of one of these languages: all that hold what is
        sought, and such as have the words of a phrase apart."""
        languages = list(languages)
        found = [self._with(term, languages) for term in sought.terms]
        return set.intersection(*found) if found else set()

    def _with(self, term: Term, languages: Sequence[str]) -> set[Key]:
        if not term.forms:
            *before, last = term.written
            ends = self._beginning(last) if term.is_begun else self._by_word.get(last, set())
            return set.intersection(ends, *(self._by_word.get(one, set()) for one in before))
        found = self._beginning(term.written[0]) if term.is_begun else set()
        indexes = [self._by_word, *(self._stems(language) for language in languages if language)]
        return found.union(*(index.get(form, ()) for index in indexes for form in term.forms))

    def _beginning(self, letters: str) -> set[Key]:
        at = bisect_left(self._in_order, letters)
        begun = takewhile(lambda one: one.startswith(letters), self._in_order[at:])
        return set[Key]().union(*(self._by_word[one] for one in begun))

    def _stems(self, language: str) -> dict[str, set[Key]]:
        if language not in self._by_stem:
            found: dict[str, set[Key]] = defaultdict(set)
            for word, keys in self._by_given.items():
                found[stem(word, language)] |= keys
            self._by_stem[language] = found
        return self._by_stem[language]
