"""Who says it: the subject of a verb group or of a participle."""

from articles.text.attribution.drafts import Range, Reading
from articles.text.attribution.lexicon import Word
from articles.text.attribution.phrases import (
    chunks,
    is_adjunct,
    leading_phrase,
    phrase_after,
    phrase_before,
    subject_before,
)
from articles.text.attribution.tokens import (
    CONJUNCTIONS,
    DASHES,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    VENUES,
    WH,
    Token,
    is_adverb,
    is_auxiliary,
    is_word,
    word_set,
)
from articles.text.attribution.verbs import Group, is_finite

# Before a clause that stands first.
FRONTED = word_set("while although though when if because after before since whereas where")

# “One month after saying”
_LONGEST_LEAD = 4
# After these a base form has its subject right before it: “let them say”.
_LETTING = word_set("let lets made makes helped helps heard hears saw sees watched watches had has")
_CONNECTING = word_set("and but so yet still however meanwhile then also")


def is_asked(reading: Reading, group: Group, word: Word) -> bool:
    """“Asked about it, he …”: nobody is said to ask."""
    if word.lemma != "ask" or group.first != group.verb:
        return False
    before = reading.tokens[group.first - 1].low if group.first > reading.low else ""
    return before in ("", "when", "if", "after", "being") and reading.tokens[
        min(group.verb + 1, reading.high - 1)
    ].low in WH | {"about", "to", "by", "on", "at", "in", "during"}


def subject(reading: Reading, group: Group) -> tuple[Range | None, Range | None, str]:
    tokens, first = reading.tokens, group.first
    found = subject_before(tokens, reading.low, first)
    if found and not group.is_infinitive:
        main = _main_subject(reading, found[0], group)
        return (_with_relative(reading, main, first), None, "main") if main else (found[0], found[1], "before")
    before = tokens[first - 1].low if first > reading.low else ""
    if before in CONJUNCTIONS or before == "," or group.is_infinitive or found is None:
        earlier = [one for one in reading.drafts if one.source and one.source[1] <= first and one.pattern != "noun"]
        if earlier and before in (*CONJUNCTIONS, ","):
            return earlier[-1].source, earlier[-1].apposition, "shared"
        leading = leading_phrase(tokens, reading.low, first)
        if leading:
            return leading[0], leading[1], "leading"
    if found:
        return found[0], found[1], "before"
    return None, None, "none"


def _main_subject(reading: Reading, found: Range, group: Group) -> Range | None:
    """“a letter sent on Friday says”, “those who know him say”: what stands before the verb belongs to another."""
    tokens, left = reading.tokens, found[0] - 1
    if left <= reading.low:
        return None
    who = left
    while who > reading.low and (is_auxiliary(tokens[who].low) or is_adverb(tokens[who].low)):
        who -= 1
    if tokens[who].low == "who" and found[1] - found[0] > 1 and not _may_begin(tokens[found[0]]):
        return phrase_before(tokens, reading.low, who)
    if is_auxiliary(tokens[left].low) or not is_finite(tokens, left):
        return None
    word = tokens[group.verb].verb
    if word and word.form == "base" and tokens[left].low in _LETTING:
        return None
    parts = chunks(tokens, reading.low, left + 1)
    first = parts[-1][0]
    if is_adjunct(tokens, first, left) and tokens[first].low not in _CONNECTING:
        return None
    while first < left and tokens[first].low in _CONNECTING:
        first += 1
    end = next((k for k in range(first, left + 1) if tokens[k].low in RELATIVES or is_finite(tokens, k)), left)
    return (first, end) if first < end else None


def _with_relative(reading: Reading, main: Range, end: int) -> Range:
    """“those who know him”: a bare “those” names nobody."""
    tokens = reading.tokens
    is_bare = main[1] - main[0] == 1 and tokens[main[0]].low in DETERMINERS
    return (main[0], end) if is_bare and tokens[main[1]].low in RELATIVES and main[1] < end else main


def _may_begin(token: Token) -> bool:
    """A phrase that somebody is called by: not “know him” of “who know him say”."""
    return token.low in DETERMINERS or not token.text[0].islower() or token.low.endswith("s")


def is_comma(reading: Reading, k: int) -> bool:
    """A comma, or the end of a quotation that has it within its marks."""
    tokens = reading.tokens
    if tokens[k].within < 0:
        return tokens[k].low == ","
    return tokens[k].low == '"' and tokens[k - 1].text == ","


def fronted_subject(reading: Reading, at: int, content: Range) -> tuple[Range, Range] | None:
    """“After saying he was tired, the man sat down”: what is said, and the man."""
    tokens = reading.tokens
    before = tokens[reading.low : at]
    is_led = 0 < len(before) <= _LONGEST_LEAD and before[-1].low in PREPOSITIONS | FRONTED
    if before and not (is_led and all(map(is_word, before)) and not any(one.verb for one in before)):
        return None
    comma = next((k for k in range(at + 1, reading.high) if is_comma(reading, k)), None)
    found = phrase_after(tokens, comma + 1, reading.high) if comma else None
    if comma is None or found is None or comma <= content[0]:
        return None
    end = comma + (tokens[comma].low == '"')
    return (content[0], min(end, content[1])), found[0]


def _after_with(reading: Reading, at: int) -> Range | None:
    """“The harbour was full, with sailors saying that it was late.”"""
    tokens = reading.tokens
    for k in range(at - 1, reading.low - 1, -1):
        if tokens[k].low == "with" and k + 1 < at:
            return phrase_before(tokens, k + 1, at)
        if not is_word(tokens[k]) or is_finite(tokens, k):
            return None
    return None


def participle_subject(reading: Reading, at: int, before: str) -> tuple[Range | None, Range | None, str]:
    tokens = reading.tokens
    accompanying = _after_with(reading, at)
    if accompanying:
        return accompanying, None, "before"
    earlier = [one for one in reading.drafts if one.source and one.source[0] < at]
    earlier = [one for one in earlier if one.source and tokens[one.source[0]].low not in RELATIVES] or earlier
    if before in (",", "and") or before in DASHES or before in PREPOSITIONS:
        if earlier:
            return earlier[-1].source, earlier[-1].apposition, "shared"
        leading = leading_phrase(tokens, reading.low, at)
        return (leading[0], leading[1], "leading") if leading else (None, None, "none")
    if at == reading.low:
        return None, None, "none"
    found = phrase_before(tokens, reading.low, at)
    if found is None or not tokens[found[0]].text[0].isupper() or tokens[at - 1].low in VENUES:
        # “released a statement saying”: the one who released it.
        if earlier:
            return earlier[-1].source, earlier[-1].apposition, "shared"
        leading = leading_phrase(tokens, reading.low, at)
        if leading:
            return leading[0], leading[1], "released"
    return (found, None, "reduced") if found else (None, None, "none")
