"""Names beside a passage: who is named where a report says whose words it has, with a title or an apposition too, as in
“…,” Dr. Samir Haddad, who heads the directorate, told reporters. English: a name is what has capitals."""

import re
from collections.abc import Iterable, Iterator

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
_ELSEWHERE = word_set("in on at from near during after before since until over across inside outside around")
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


def names_another(old: tuple[str, str], new: tuple[str, str]) -> bool:
    """Whether one is named in the new text, given as what stands before and after a passage, of whom the old one says
    nothing. More or less of the same name is no other: “Veale” and “Col. Thomas Veale”."""
    known = list(_names(old))
    told = {_bare(found[0]) for side in old for found in _WORD.finditer(side)}
    return any(not name <= told and not any(name <= one or one <= name for one in known) for name in _names(new))


def is_named(name: Name, sides: Iterable[str]) -> bool:
    """Whether any word of the name stands there."""
    return any(_bare(found[0]) in name for side in sides for found in _WORD.finditer(side))


def _names(sides: Iterable[str]) -> Iterator[Name]:
    for side in sides:
        for region in _regions(side):
            yield from _names_in(region)


def _regions(side: str) -> Iterator[str]:
    """Where whoever speaks is named: from the beginning of a sentence, or the end of a quotation, to a reporting word,
    or behind one that has nobody before it, “said Veale”."""
    ends = [*sentence_ends(side), len(side)]
    edges = sorted({dateline_length(side), *ends, *(at for found in _MARKS.finditer(side) for at in found.span())})
    last = 0
    for start, end in cues_in(side):
        first = max(last, *(edge for edge in edges if edge <= start), 0)
        before = side[first:start]
        if _WORD.search(before) and " " not in side[start:end]:
            yield before
        else:
            yield side[end : next(edge for edge in edges if edge >= end)]
        last = end


def _names_in(region: str) -> Iterator[Name]:
    """Runs of words with capitals. What stands in a place is none, nor is a participle that begins a sentence."""
    run: list[str] = []
    end = 0
    for found in _WORD.finditer(region):
        word, between = found[0], region[end : found.start()]
        if _is_title(word) or not _may_be_in_a_name(word) or _BETWEEN.search(between):
            yield from _checked(run, region)
            run = []
        if not _is_title(word) and _may_be_in_a_name(word):
            run.append(word)
        end = found.end()
    yield from _checked(run, region)


def _checked(run: list[str], region: str) -> Iterator[Name]:
    name = _name(run)
    if not name:
        return
    before = region[: region.index(run[0])].split()
    is_placed = bool(before) and before[-1].casefold() in _ELSEWHERE
    is_participle = not before and len(run) == 1 and run[0].endswith(("ing", "ly", "ed"))
    if not is_placed and not is_participle:
        yield name


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
