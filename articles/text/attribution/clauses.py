"""Clauses: the one who says it, the cue, and then what is said: “she said that …”, “is expected to …”."""

from collections.abc import Sequence

from articles.text.attribution.drafts import Draft, Range, Reading
from articles.text.attribution.ending import content_from, is_name, within_relative
from articles.text.attribution.following import after_cue
from articles.text.attribution.lexicon import Kind, Word
from articles.text.attribution.phrases import leading_phrase, phrase_after
from articles.text.attribution.quotations import Paragraph, words_in
from articles.text.attribution.states import adjective, noun, passive
from articles.text.attribution.subjects import FRONTED, fronted_subject, is_asked, is_comma, participle_subject, subject
from articles.text.attribution.tokens import (
    DETERMINERS,
    PERSONAL,
    PREPOSITIONS,
    RELATIVES,
    is_word,
)
from articles.text.attribution.verbs import Group, is_finite, is_verb, verb_group

# Of a quotation that no known cue goes with.
_LEAST_WORDS = 4
# Of what somebody describes: “described the boat as old”.
_LEAST_DESCRIBED = 3
# Words from “although” to its subject: “Although on Friday she”.
_LONGEST_BETWEEN = 4


def find_clauses(reading: Reading) -> None:
    tokens = reading.tokens
    for at in range(reading.low, reading.high):
        if tokens[at].within >= 0 or not reading.is_free(at):
            continue
        word = tokens[at].verb
        if word and _verb(reading, at, word):
            continue
        word = tokens[at].adjective
        if word:
            adjective(reading, at, word)
    for at in range(reading.low, reading.high):
        word = tokens[at].noun
        if word and tokens[at].within < 0 and reading.is_free(at):
            noun(reading, at, word)


def find_left_over(reading: Reading) -> None:
    """Quotations of some length by what stands beside them, whatever the words: “the placard had this: “…””."""
    for one in reading.paragraph.quotations:
        end = min(one.last + 1, reading.high)
        if not reading.low <= one.first < end or any(at in reading.taken for at in range(one.first, end)):
            continue
        if words_in(reading.tokens, one.first, end) >= _LEAST_WORDS:
            draft = _after_mark(reading, (one.first, end)) or _before_speaker(reading, (one.first, end))
            if draft:
                reading.take(draft)


def _after_mark(reading: Reading, content: Range) -> Draft | None:
    tokens, first = reading.tokens, content[0]
    mark = tokens[first - 1].low if first > reading.low + 1 else ""
    if mark == ":" and is_name(reading, reading.low, first - 1):
        # “Moor: “It is late.””
        cue = (first - 1, first)
        return Draft(reading.paragraph, [content], (reading.low, first - 1), cue, Kind.SAY, "transcript", "")
    found = leading_phrase(tokens, reading.low, first - 1) if mark in (":", ",") else None
    if found is None or found[0][1] > first - 2:
        return None
    cue = (first - 2, first - 1)
    return Draft(reading.paragraph, [content], found[0], cue, Kind.SAY, f"left {mark}", "", found[1])


def _before_speaker(reading: Reading, content: Range) -> Draft | None:
    """“…,” the mayor thundered."""
    tokens, end = reading.tokens, content[1]
    if end + 1 < reading.high and tokens[end - 2].text in ",?!" and tokens[end].low.endswith("ed"):
        found = phrase_after(tokens, end + 1, reading.high)
        if found and (tokens[end + 1].text[0].isupper() or tokens[end + 1].low in DETERMINERS):
            return Draft(reading.paragraph, [content], found[0], (end, end + 1), Kind.SAY, "left before", "", None)
    found = phrase_after(tokens, end, reading.high) if tokens[end - 2].text in ",?!" else None
    if found is None or found[2] >= reading.high or not is_finite(tokens, found[2]):
        return None
    cue = (found[2], found[2] + 1)
    return Draft(reading.paragraph, [content], found[0], cue, Kind.SAY, "left before", "", None)


def find_announced(paragraph: Paragraph, drafts: Sequence[Draft]) -> list[Draft]:
    """“The mayor replied:” at the end of a paragraph: what is said comes in the next."""
    low, high = paragraph.pieces[-1]
    reading = Reading(paragraph, low, high)
    taken = {at for one in drafts for part in one.content for at in range(*part)}
    for at in range(high - 1, low - 1, -1):
        word = paragraph.tokens[at].verb
        if word and "q" in word.frames and at not in taken and paragraph.tokens[at].within < 0:
            group = verb_group(paragraph.tokens, low, at)
            source, apposition, _ = subject(reading, group)
            draft = Draft(
                reading.paragraph, [], source, (group.first, at + 1), word.kind, "announced", word.lemma, apposition
            )
            return [draft]
    return [] if any(at >= low for at in taken) else _by_colon(reading)


def _by_colon(reading: Reading) -> list[Draft]:
    """“Moor put it on paper:” Whatever the words, who stands first says what is quoted next."""
    colon = reading.high - 1
    found = leading_phrase(reading.tokens, reading.low, colon)
    if found is None:
        return []
    cue = (colon, colon + 1)
    return [Draft(reading.paragraph, [], found[0], cue, Kind.SAY, "left announced", "", found[1])]


def _verb(reading: Reading, at: int, word: Word) -> bool:
    tokens = reading.tokens
    if word.form == "ing":
        return _participle(reading, at, word)
    group = verb_group(tokens, reading.low, at)
    if word.form in ("past", "part") and group.has_be and not _is_perfect(reading, group, word):
        return passive(reading, group, word)
    if not is_verb(reading, group, word):
        return False
    found = after_cue(reading, at, word) or _seems_so(reading, at, word)
    if found is None:
        return False
    start, pattern = found
    source, apposition, way = (None, None, "asked") if is_asked(reading, group, word) else subject(reading, group)
    if source is None and (word.form in ("base",) or way == "none"):
        return False
    if pattern == "bare" and start == at + 1 and is_finite(tokens, start) and _has_gap(reading, source):
        pattern = "gap"
    content = content_from(reading, start, pattern)
    if content is None or (pattern == "gap" and not _has_gap(reading, source)) or _is_cut(word, content, pattern):
        return False
    if word.kind is Kind.SEEM:
        is_told = source and pattern in ("inf", "np") and tokens[source[0]].low != "it"
        parts = [source, content] if source and is_told else [content]
        reading.take(Draft(reading.paragraph, parts, None, (group.first, at + 1), word.kind, "seem", word.lemma))
        return True
    if way == "asked" or (source and _is_fronted(reading, source)):
        content = _within_fronted(reading, content)
    parts = _parts(reading, source, content, pattern) if source else [content]
    name = pattern + (" to" if group.is_infinitive else "") + (" " + way if way not in ("before", "main") else "")
    reading.take(
        Draft(reading.paragraph, parts, source, (group.first, at + 1), word.kind, name, word.lemma, apposition)
    )
    return True


def _seems_so(reading: Reading, at: int, word: Word) -> tuple[int, str] | None:
    """“seemed tired”, “seems like a good idea”"""
    after = reading.tokens[at + 1] if at + 1 < reading.high else None
    is_so = word.kind is Kind.SEEM and after is not None and is_word(after) and after.low not in PREPOSITIONS - {"like"}
    return (at + 1, "np") if is_so else None


def _is_cut(word: Word, content: Range, pattern: str) -> bool:
    """“described chaos”, “called him”: of what, and what, is not said."""
    names = word.lemma == "call" or "as" in word.frames
    return pattern == "np" and names and content[1] - content[0] < _LEAST_DESCRIBED


def _parts(reading: Reading, source: Range, content: Range, pattern: str) -> list[Range]:
    """“which the ministry said was late”: the relative pronoun belongs to what is said."""
    content = _up_to_the_next(reading, source, content, pattern)
    before = source[0] - 1
    if pattern == "gap" and reading.tokens[before].low in RELATIVES | {"what"}:
        return [(before, before + 1), within_relative(reading, content)]
    return [content]


def _is_perfect(reading: Reading, group: Group, word: Word) -> bool:
    """“he’s said it is late”, not “he’s told that it is late”: of “has”, since a clause follows."""
    is_short = reading.tokens[group.first].low.endswith("'s") and group.first < group.verb
    found = after_cue(reading, group.verb, word) if is_short and "o" not in word.frames else None
    return found is not None and found[1] != "np"


def _up_to_the_next(reading: Reading, source: Range, content: Range, pattern: str) -> Range:
    """Of a relative clause, without what goes on with the one that it stands in."""
    tokens, first = reading.tokens, source[0]
    if tokens[first].low in ("who", "which") and first > 0 and tokens[first - 1].low == ",":
        content = within_relative(reading, content)
    if tokens[first].low in ("who", "which", "that") and pattern != "that":
        content = _up_to_main_verb(reading, content)
    return content


def _has_gap(reading: Reading, source: Range | None) -> bool:
    """“a letter (that) she said was lost”, not “what she said was wrong”."""
    if source is None or source[0] <= reading.low:
        return False
    tokens, at = reading.tokens, source[0] - 1
    if tokens[at].low == "what":
        # “in what the captain said was bad luck”
        return at > reading.low and is_word(tokens[at - 1])
    return tokens[at].low in ("that", "which", "who", "but")


def _is_fronted(reading: Reading, source: Range) -> bool:
    """“While the mayor said …”, “Although on Friday she said …”."""
    tokens, low = reading.tokens, reading.low
    if source[0] > low and tokens[source[0] - 1].low in FRONTED:
        return True
    between = tokens[low : source[0]]
    return 0 < len(between) <= _LONGEST_BETWEEN and between[0].low in FRONTED and all(map(is_word, between))


def _within_fronted(reading: Reading, content: Range) -> Range:
    """“While she said it was late, he stayed”: up to the comma."""
    tokens = reading.tokens
    for k in range(content[0] + 2, content[1] - 1):
        if is_comma(reading, k) and tokens[k + 1].low not in ("and", "or", "which", "who"):
            return content[0], k + (tokens[k].low == '"')
    return content


def _up_to_main_verb(reading: Reading, content: Range) -> Range:
    """“those who praised him said …”: the relative clause ends where the verb begins that it stands before."""
    tokens = reading.tokens
    for k in range(content[0] + 1, content[1]):
        word = tokens[k].verb
        if word and tokens[k].within < 0 and word.form in ("past", "s", "base") and "c" in word.frames:
            group = verb_group(tokens, content[0], k)
            before = tokens[group.first - 1].low
            if not group.is_infinitive and before not in PERSONAL | RELATIVES and after_cue(reading, k, word):
                return content[0], group.first
    return content


def _participle(reading: Reading, at: int, word: Word) -> bool:
    """“…, saying that”, “is calling for”, “after accusing”."""
    tokens = reading.tokens
    group = verb_group(tokens, reading.low, at)
    before = tokens[group.first - 1].low if group.first > reading.low else ""
    if group.first == at and (before in DETERMINERS or before.endswith("'s")):
        return False
    found = after_cue(reading, at, word)
    content = content_from(reading, *found) if found else None
    if found is None or content is None:
        return False
    source, apposition, way, content = _of_participle(reading, group, before, content)
    if source is None:
        return False
    cue, name = (group.first, at + 1), f"{found[1]} ing {way}"
    reading.take(Draft(reading.paragraph, [content], source, cue, word.kind, name, word.lemma, apposition))
    return True


def _of_participle(
    reading: Reading, group: Group, before: str, content: Range
) -> tuple[Range | None, Range | None, str, Range]:
    """Source, apposition, the way they were found, and the content up to where the participle’s phrase ends."""
    if group.has_be:
        return *subject(reading, group), content
    fronted = fronted_subject(reading, group.verb, content)
    if fronted:
        return fronted[1], None, "fronted", fronted[0]
    if before == ",":
        content = within_relative(reading, content)
    return *participle_subject(reading, group.verb, before), content
