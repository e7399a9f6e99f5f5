"""Names beside a passage: who is named where a report says whose words it has, with a title or an apposition too, as in
“…,” Dr. Samir Haddad, who heads the directorate, told reporters. English: a name is what has capitals."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from articles.text.attribution.tokens import word_set
from articles.text.cues import cues_in
from articles.text.kinds import dateline_length
from articles.text.naming import personal_name
from articles.text.sentences import sentence_ends

# What stands before a name and is none, as it is written short and in full.
TITLES = word_set("""
    dr mr mrs ms mx miss sir madam dame lord lady prof rev fr hon
    gen col lt maj capt cpl sgt cmdr cdr adm brig pvt sen rep gov pres amb supt insp det
""")
_TITLES_IN_FULL = word_set("""
    doctor professor reverend father general colonel lieutenant major captain corporal sergeant commander admiral
    brigadier marshal senator representative governor president ambassador minister secretary mayor prince princess
    king queen sheikh sheik imam ayatollah pope bishop judge justice inspector superintendent detective
""")
# Within a name, in small letters: “Mohammed bin Salman”, “Ursula von der Leyen”.
_PARTICLES = word_set("al bin bint ben ibn abu umm el de del della der den di da do dos du la le van von ter")
# Words that have a capital and name nobody.
_NO_NAMES = word_set("""
    i the a an this that these those another he she it they we you his her its their our my your who which
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
    however but and or so yet then also meanwhile later earlier still instead nevertheless moreover besides although
    though while when where if as after before since until because once for with by in on at from to of near under
    according yesterday today there here both all some many several most no not nobody none one two three four five six
""")
# What follows these is a place or a time, not who speaks.
_ELSEWHERE = word_set("in on at to from near during after before since until over across inside outside around")
# Behind these somebody else is named, whom whoever speaks has to do with: “the aide of Veale, who serves with Haddad”.
_RELATING = _ELSEWHERE | word_set("of for by with under against about who whom whose which that as")
# Behind these somebody is named who speaks too, or whose words are told.
_GIVEN = word_set("attributed ascribed credited")
_JOINING = _GIVEN | word_set("and or citing quoting")
_NO_HEAD = _RELATING | _JOINING
_LITTLE = word_set("a an the his her its their")
_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
# What parts whoever speaks from somebody’s words, and one name from the next.
_MARKS = re.compile(r"[“”\"«»„]")
_BETWEEN = re.compile(r"[,;:()–—\n]")

Name = frozenset[str]


def own_name(speaker: str) -> Name:
    """The words of a speaker's own name, casefolded, without titles; empty for a mere description, “a spokesman”."""
    first = re.split(r"[,;(–—]", speaker)[0]
    words = [found[0] for found in _WORD.finditer(first)]
    titled = [at for at, word in enumerate(words) if _is_title(word)]
    if titled:
        return _name(words[titled[-1] + 1 :])
    if described := personal_name(first.strip()):
        return _name(described.split())
    named = [word for word in words if word.casefold() not in _NO_NAMES]
    return _name(named) if all(map(_may_be_in_a_name, named)) else frozenset()


class _Named(NamedTuple):
    """Somebody whom a side of a passage names, the word before, and which region it is of. One at the head of it
    speaks; of whom is named further on, something may be told about whoever does."""

    name: Name
    before: str
    region: int
    is_head: bool

    @property
    def may_speak(self) -> bool:
        return self.before not in _RELATING

    @property
    def is_told_about(self) -> bool:
        return not self.is_head and self.before not in _JOINING


class _Known:
    """Names that a text has. Of two that tell the same, one has more of it: “Veale” and “Col. Thomas Veale”."""

    def __init__(self, names: Iterable[Name], words: Iterable[str]) -> None:
        self.words = set(words)
        self.by_word: dict[str, list[Name]] = defaultdict(list)
        for name in set(names):
            self.by_word[min(name)].append(name)

    def __contains__(self, name: Name) -> bool:
        return name <= self.words or any(one <= name for word in name for one in self.by_word.get(word, ()))


def names_another(old: tuple[str, str], new: tuple[str, str], own: Name = frozenset()) -> bool:
    """Whether one is named in the new text, given as what stands before and after a passage, of whom the old one says
    nothing. More or less of the same name is no other, nor is one in what is told about the same speaker: where the
    same one stands at the head, or is named in both by his `own` name."""
    before, now = _named(old), _named(new)
    known = _Known((one.name for one in before), (_bare(found[0]) for side in old for found in _WORD.finditer(side)))
    heads = [one.name for one in before if one.is_head]
    leading = _Known(heads, (word for name in heads for word in name))
    same = {one.region for one in now if one.is_head and one.name in leading}
    is_there = bool(own) and _speaks(own, before) and _speaks(own, now)
    return any(one.name not in known and not (one.is_told_about and (is_there or one.region in same)) for one in now)


def _speaks(own: Name, named: Iterable[_Named]) -> bool:
    return any(one.may_speak and (one.name <= own or own <= one.name) for one in named)


def is_named(name: Name, sides: Iterable[str]) -> bool:
    """Whether any word of the name stands there."""
    return any(_bare(found[0]) in name for side in sides for found in _WORD.finditer(side))


def _named(sides: Iterable[str]) -> list[_Named]:
    regions = (region for side in sides for region in _regions(side))
    return [one for number, region in enumerate(regions) for one in _names_in(region, number)]


@lru_cache(1024)
def _regions(side: str) -> tuple[str, ...]:
    """Where whoever speaks is named: from the beginning of a sentence, or the end of a quotation, to a reporting word,
    or behind one that has nobody before it, “said Veale”."""
    ends = [*sentence_ends(side), len(side)]
    edges = sorted({0, dateline_length(side), *ends, *(at for found in _MARKS.finditer(side) for at in found.span())})
    last, regions = 0, []
    for start, end in cues_in(side):
        before = side[max(last, edges[bisect_right(edges, start) - 1]) : start]
        is_before = _WORD.search(before) and " " not in side[start:end]
        regions.append(before if is_before else side[end : edges[bisect_left(edges, end)]])
        last = end
    return tuple(regions)


def _names_in(region: str, number: int) -> Iterator[_Named]:
    """Runs of words with capitals. What stands in a place is none, nor is a participle that begins a sentence."""
    run: list[str] = []
    end, before, is_head = 0, "", True
    for found in _WORD.finditer(region):
        word, is_parted = found[0], bool(_BETWEEN.search(region, end, found.start()))
        is_part = not _is_title(word) and _may_be_in_a_name(word)
        if run and (is_parted or not is_part):
            yield from _checked(run, _Named(_name(run), before, number, is_head))
            run, before = [], run[-1].casefold()
        is_head = is_head and not (is_parted and end)
        if is_part:
            run.append(word)
        elif word.casefold() not in _LITTLE and not _is_title(word) and before not in _GIVEN:
            before = word.casefold()
            is_head = is_head and before not in _NO_HEAD
        end = found.end()
    if run:
        yield from _checked(run, _Named(_name(run), before, number, is_head))


def _checked(run: list[str], named: _Named) -> Iterator[_Named]:
    is_participle = not named.before and len(run) == 1 and run[0].endswith(("ing", "ly", "ed"))
    if named.name and named.before not in _ELSEWHERE and not is_participle:
        yield named


def _name(words: Iterable[str]) -> Name:
    bare = (_bare(word) for word in words if word[0].isupper())
    return frozenset(word for word in bare if word not in _NO_NAMES)


def _may_be_in_a_name(word: str) -> bool:
    return (word[0].isupper() and word.casefold() not in _NO_NAMES) or word in _PARTICLES


def _is_title(word: str) -> bool:
    bare = _bare(word)
    return bare in TITLES or (bare in _TITLES_IN_FULL and word[0].isupper())


def _bare(word: str) -> str:
    """“Haddad’s” and “HADDAD” as “haddad”."""
    return re.sub(r"[’']s\Z", "", word.casefold())
