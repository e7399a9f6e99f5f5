"""Around an aside: what is said before it, and what goes on after it."""

from articles.text.attribution.drafts import Range, Reading
from articles.text.attribution.tokens import DASHES, is_auxiliary, is_word, word_set

# After a comma behind the cue these begin something that is not said: “he said, wiping his face”.
_NOT_SAID = word_set("while who which in at on after during before because with as when citing noting") | word_set(
    "adding referring according from and but before speaking"
)
# So many words that somebody “said” are a statement, whether its verb is known or not.
STATEMENT = 6
_INTRODUCE = frozenset({"which", "who", "whom", "that", "because", "and", "but", "while", "although"})


def said_before(reading: Reading, end: int) -> list[Range]:
    """What stands before an aside: the quotation, or the clause."""
    tokens = reading.tokens
    last = end
    while last > reading.low and tokens[last - 1].low in (",", *DASHES) and tokens[last - 1].within < 0:
        last -= 1
    first = last
    if last > reading.low + 1 and tokens[last - 1].low in _INTRODUCE and tokens[last - 1].within < 0:
        # “…, which, she said, …”: what stands before is no part of it.
        return [(last - 1, last)]
    is_quoted = tokens[last - 1].low == '"' and tokens[last - 1].within >= 0
    while first > reading.low and reading.is_free(first - 1):
        if is_quoted and _stands_apart(reading, first):
            break
        if tokens[first - 1].low == ":" and tokens[first - 1].within < 0:
            break
        first -= 1
    while first < last and (not is_word(tokens[first]) and tokens[first].within < 0):
        first += 1
    if first >= last:
        return []
    if tokens[first].low in ("but", "and") and tokens[first].within < 0:
        first += 1
    return [(first, last)] if any(is_word(token) for token in tokens[first:last]) else []


def _stands_apart(reading: Reading, first: int) -> bool:
    """“They liked the boats – “all of them,” she said”, “She left, adding, “It was late,” the captain said”: only what
    is within the marks."""
    tokens = reading.tokens
    before = tokens[first - 1]
    if tokens[first].low != '"' or tokens[first].within == before.within:
        return False
    return before.low in DASHES or before.within >= 0 or (before.low == "," and tokens[first + 1].text[0].isupper())


def _is_sentence(reading: Reading, at: int) -> bool:
    """A quotation that begins here, in a sentence of its own: “…,” she said “It is late.”"""
    one = reading.paragraph.quotations[reading.tokens[at].within]
    words = reading.tokens[one.first + 1 : one.last]
    return one.first == at and len(words) > STATEMENT and words[0].text[0].isupper() and words[-1].text in ".?!"


def said_after(reading: Reading, after: int, quoted: bool = False, must_be_long: bool = False) -> list[Range]:
    """What goes on after an aside."""
    tokens = reading.tokens
    first = after
    while first < reading.high and tokens[first].within < 0 and not is_word(tokens[first]):
        first += 1
    if any(token.low == "'" for token in tokens[after:first]):
        # “…, she wrote in her book, “Old Boats.””
        return []
    opens = after < reading.high and tokens[after].within >= 0 and _is_sentence(reading, after)
    if first >= reading.high or (first == after and not opens):
        return []
    if quoted and tokens[first].within < 0 and not is_auxiliary(tokens[first].low):
        return []
    low = tokens[first].low
    if not must_be_long and tokens[first].within < 0 and (low in _NOT_SAID or low.endswith("ing")):
        return []
    end = reading.high
    closes = {")"} if first > reading.low and any(token.low == "(" for token in tokens[reading.low : first]) else set()
    while end > first and tokens[end - 1].low in {".", "?", "!"} | closes and tokens[end - 1].within < 0:
        end -= 1
    return [(first, end)] if first < end else []
