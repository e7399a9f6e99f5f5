"""Who says it: the subject of a verb group or of a participle."""

from articles.text.attribution.drafts import Range, Reading
from articles.text.attribution.lexicon import Word
from articles.text.attribution.phrases import (
    DASHES,
    Group,
    leading_phrase,
    phrase_after,
    phrase_before,
    subject_before,
)
from articles.text.attribution.tokens import (
    CONJUNCTIONS,
    PREPOSITIONS,
    RELATIVES,
    VENUES,
    WH,
    word_set,
)

# Before a clause that stands first.
FRONTED = word_set("while although though when if because after before since whereas")


def is_asked(reading: Reading, group: Group, word: Word) -> bool:
    """“Asked about it, he …”: nobody is said to ask."""
    if word.lemma != "ask" or group.first != group.verb:
        return False
    before = reading.tokens[group.first - 1].low if group.first > reading.low else ""
    return before in ("", "when", "if", "after", "being") and reading.tokens[
        min(group.verb + 1, reading.high - 1)
    ].low in WH | {"about", "to", "by", "on", "at", "in"}


def subject(reading: Reading, group: Group) -> tuple[Range | None, Range | None, str]:
    tokens, first = reading.tokens, group.first
    found = subject_before(tokens, reading.low, first)
    if found and not group.is_infinitive:
        return found[0], found[1], "before"
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


def _is_comma(reading: Reading, k: int) -> bool:
    """A comma, or the end of a quotation that has it within its marks."""
    tokens = reading.tokens
    if tokens[k].within < 0:
        return tokens[k].low == ","
    return tokens[k].low == '"' and tokens[k - 1].text == ","


def fronted_subject(reading: Reading, at: int, content: Range) -> tuple[Range, Range] | None:
    """“After saying he was tired, the man sat down”: what is said, and the man."""
    tokens = reading.tokens
    if not (at == reading.low or (at == reading.low + 1 and tokens[reading.low].low in PREPOSITIONS | FRONTED)):
        return None
    comma = next((k for k in range(at + 1, reading.high) if _is_comma(reading, k)), None)
    found = phrase_after(tokens, comma + 1, reading.high) if comma else None
    if comma is None or found is None or comma <= content[0]:
        return None
    end = comma + (tokens[comma].low == '"')
    return (content[0], min(end, content[1])), found[0]


def participle_subject(reading: Reading, at: int, before: str) -> tuple[Range | None, Range | None, str]:
    tokens = reading.tokens
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
