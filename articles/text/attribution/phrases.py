"""Phrases: the verb group around a cue, and who stands before it or after it."""

from collections.abc import Sequence

from articles.text.attribution.tokens import (
    CONJUNCTIONS,
    DASHES,
    DETERMINERS,
    PERSONAL,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    TIMES,
    VENUES,
    WH,
    Token,
    is_adverb,
    is_contracted,
    is_word,
    word_set,
)
from articles.text.attribution.verbs import is_finite

Range = tuple[int, int]
Tokens = Sequence[Token]
HARD = frozenset({":", ";", "(", ")", "[", "]", "?", "!", '"', "...", "…"}) | DASHES
_BEFORE_AS = frozenset({",", "but", "and", "yet", "("}) | DASHES
_CONNECTIVES = word_set("""but and so yet however meanwhile still moreover furthermore indeed nevertheless nonetheless
    instead then now overall finally similarly additionally also though or nor plus besides""")


def subject_before(tokens: Tokens, low: int, end: int) -> tuple[Range, Range | None] | None:
    """Who stands before a verb group, and the apposition between commas, if there is one."""
    if is_contracted(tokens[end].low):
        return (end, end + 1), None
    if end <= low:
        return None
    last = tokens[end - 1]
    if last.low in DASHES:
        opened = next((at for at in range(end - 2, low, -1) if tokens[at].low in DASHES), None)
        found = phrase_before(tokens, low, opened) if opened else None
        return (found, (opened + 1, end - 1)) if found and opened else None
    if last.low == ",":
        return _before_comma(tokens, low, end)
    if last.low in RELATIVES:
        # Whom “who” stands for is for the speakers to find out.
        return (end - 1, end), None
    if last.low in PERSONAL and tokens[max(low, end - 2)].low != "of":
        return (end - 1, end), None
    if last.low in CONJUNCTIONS or last.low == '"':
        return None
    found = phrase_before(tokens, low, end)
    if found is None:
        return None
    name = _name_beside(tokens, low, found[0])
    return (name, found) if name else (found, None)


def _name_beside(tokens: Tokens, low: int, first: int) -> Range | None:
    """“…,” Col. Ann Moor, a spokeswoman said: the name before a description that no comma closes. It stands after a
    quotation or at the beginning, has two words or more, and all of them have capitals."""
    if first - 3 < low or tokens[first].low not in ("a", "an", "the") or tokens[first - 1].low != ",":
        return None
    start = first - 1
    while start > low and tokens[start - 1].text[0].isupper() and tokens[start - 1].within < 0:
        start -= 1
    stands_free = start == low or tokens[start - 1].within >= 0
    is_name = first - 1 - start >= 2 and not is_adjunct(tokens, start, first - 1)
    return (start, first - 1) if stands_free and is_name else None


def without_adjuncts(tokens: Tokens, first: int, end: int) -> int:
    """The end of a subject without “on Wednesday”, “in a statement” between it and its verb."""
    for at in range(end - 1, max(first, end - 9), -1):
        begins = tokens[at].low in ("on", "in", "during", "at", "last", "earlier", "this") and at > first
        if not begins or tokens[at - 1].low in DETERMINERS:
            continue
        if any(token.low in TIMES or token.low in VENUES for token in tokens[at + 1 : end]):
            return at
    while end - 1 > first and tokens[end - 1].low in TIMES:
        end -= 1
    return end


def phrase_before(tokens: Tokens, low: int, end: int) -> Range | None:
    """The noun phrase that ends right before a token."""
    first = end
    while first > low:
        token = tokens[first - 1]
        word = token.low
        if word == ")" and any(one.low == "(" for one in tokens[max(low, first - 8) : first]):
            first -= next(step for step in range(1, 9) if tokens[first - step].low == "(")
            continue
        is_pointing = word == "that" and first - 1 == low
        if word in HARD or word == "," or token.within >= 0 or (word in WH and not is_pointing) or is_contracted(word):
            break
        if word in SUBORDINATORS and word not in ("as", "once", "even", "so"):
            break
        if word == "as" and (first - 1 == low or tokens[first - 2].low in _BEFORE_AS):
            break
        if word in CONJUNCTIONS:
            if word not in ("and", "or", "nor"):
                break
            if word != "nor" and _has_finite(tokens, low, first - 1):
                break
        elif is_finite(tokens, first - 1) and not (
            first < end and tokens[first - 1].low.endswith("ed") and _is_named(tokens, first - 1)
        ):
            break
        first -= 1
    found = _trimmed(tokens, first, end)
    if found is None and first > low and tokens[first - 1].low in ("who", "which"):
        # “who on Tuesday said”
        return first - 1, first
    return found


def _is_named(tokens: Tokens, at: int) -> bool:
    return tokens[at].low in ("named", "called", "dubbed", "elected", "appointed", "united", "used")


def _has_finite(tokens: Tokens, low: int, end: int) -> bool:
    """Between the nearest comma or mark on the left and a token."""
    for at in range(end - 1, low - 1, -1):
        if tokens[at].low in HARD or tokens[at].low == "," or tokens[at].low in WH:
            return False
        if is_finite(tokens, at):
            return True
    return False


def _trimmed(tokens: Tokens, first: int, end: int) -> Range | None:
    end = without_adjuncts(tokens, first, end)
    while first < end and (
        tokens[first].low in _CONNECTIVES or (is_adverb(tokens[first].low) and tokens[first].low not in DETERMINERS)
    ):
        first += 1
    if first < end and tokens[first].low in PREPOSITIONS and not _is_of_phrase(tokens, first):
        first = _last_phrase(tokens, first, end)
    while first < end and tokens[first].low == "'":
        first += 1
    has_bracket = any(token.low == "(" for token in tokens[first:end])
    while end > first and not is_word(tokens[end - 1]) and not (has_bracket and tokens[end - 1].low == ")"):
        end -= 1
    return (first, end) if first < end and any(is_word(one) for one in tokens[first:end]) else None


def _is_of_phrase(tokens: Tokens, first: int) -> bool:
    """“over 40”, “at least two boats”, “outside experts”: no preposition there."""
    low, after = tokens[first].low, tokens[first + 1].low if first + 1 < len(tokens) else ""
    if low in ("like", "over", "about", "near") or (low == "at" and after in ("least", "most")):
        return True
    return low in ("outside", "inside") and after.endswith("s") and after not in DETERMINERS


def _last_phrase(tokens: Tokens, first: int, end: int) -> int:
    """“In Iowa Mr. Smith”, “after the vote the mayor”: the start of what follows the preposition’s own phrase."""
    for at in range(end - 1, first + 1, -1):
        if tokens[at].low in DETERMINERS:
            return at
    return end


def chunks(tokens: Tokens, low: int, end: int) -> list[Range]:
    """What commas and harder marks part, after the last hard mark."""
    found: list[Range] = []
    start = low
    for at in range(low, end):
        if (tokens[at].low in HARD - {"(", ")"} or tokens[at].within >= 0) and not is_minor(tokens, at):
            found, start = [], at + 1
        elif tokens[at].low == ",":
            if start < at:
                found.append((start, at))
            start = at + 1
    if start < end:
        found.append((start, end))
    return found


def is_minor(tokens: Tokens, at: int) -> bool:
    """In a quotation of a few words, such as a title; not where a sentence begins with it, “Yes,” Ann Moor said."""
    number = tokens[at].within
    if number < 0:
        return False
    first = last = at
    while first > 0 and tokens[first - 1].within == number and at - first < 8:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].within == number and last - at < 8:
        last += 1
    is_said = tokens[last - 1].text in ",?!" and (first == 0 or tokens[first - 1].text in ".?!")
    return last - first < 8 and not is_said


def is_adjunct(tokens: Tokens, first: int, end: int) -> bool:
    """“On Tuesday”, “speaking to reporters”, “however”, “asked about it”."""
    word = tokens[first].low
    if first + 1 < end and word in ("and", "but"):
        word = tokens[first + 1].low
    if word in PREPOSITIONS and _is_of_phrase(tokens, first) and (word != "about" or tokens[first + 1].text.isdigit()):
        return False
    if word in PREPOSITIONS or word in SUBORDINATORS or word in _CONNECTIVES or word in WH or word in RELATIVES:
        return True
    if is_adverb(word) or word.endswith("ing") or word in TIMES:
        return True
    if (
        word in DETERMINERS
        and any(token.low in TIMES for token in tokens[first + 1 : min(end, first + 3)])
        and end - first < 6
        and not any(is_finite(tokens, at) for at in range(first + 1, end))
    ):
        return True
    return (end - first > 1 and word.endswith("ed") and tokens[first].low not in ("united",)) or (
        word in ("asked", "a", "an") and False
    )


def _before_comma(tokens: Tokens, low: int, end: int) -> tuple[Range, Range | None] | None:
    """“The mayor, a former teacher, said”: the phrase before the first comma that is no adjunct."""
    parts = chunks(tokens, low, end - 1)
    for number, (first, last) in enumerate(parts):
        if tokens[first].low in ("while", "although", "though", "but") and _is_led_phrase(tokens, first + 1, last):
            first += 1
        if is_adjunct(tokens, first, last):
            continue
        inner = next((at for at in range(first, last) if tokens[at].low in ("who", "which", "whose")), None)
        if inner is None and any(is_finite(tokens, at) for at in range(first, last)):
            after_and = [at for at in range(first, last) if tokens[at].low in ("and", "but", "that")]
            found = phrase_before(tokens, low, last) if number < len(parts) - 1 or after_and else None
            if found and found[0] > first:
                return found, ((parts[number + 1][0], end - 1) if number + 1 < len(parts) else None)
            continue
        found = _trimmed(tokens, first, inner if inner is not None and inner > first else last)
        if found:
            rest = (parts[number + 1][0], end - 1) if number + 1 < len(parts) else None
            return found, rest
    return leading_phrase(tokens, low, end)


def _is_led_phrase(tokens: Tokens, first: int, last: int) -> bool:
    """“While the captain, …, said”: no clause, so a subject."""
    return (
        first < last
        and not is_adjunct(tokens, first, last)
        and not any(is_finite(tokens, k) for k in range(first, last))
    )


def leading_phrase(tokens: Tokens, low: int, end: int) -> tuple[Range, Range | None] | None:
    """The subject of the clause that a later verb goes on with: “The mayor laughed and said”."""
    for first, last in chunks(tokens, low, end):
        if is_adjunct(tokens, first, last) and tokens[first].low not in _CONNECTIVES | CONJUNCTIONS:
            continue
        at = first
        while at < last and (tokens[at].low in _CONNECTIVES or tokens[at].low in CONJUNCTIONS):
            at += 1
        if at < last and is_contracted(tokens[at].low):
            return (at, at + 1), None
        stop = at
        while stop < last and not is_finite(tokens, stop) and tokens[stop].low not in RELATIVES:
            stop += 1
        found = _trimmed(tokens, at, stop) if stop > at else None
        if found and (stop < last or tokens[min(last, len(tokens) - 1)].low == ","):
            return found, None
    return None


def phrase_after(tokens: Tokens, start: int, high: int) -> tuple[Range, Range | None, int] | None:
    """Who stands after “said” or “according to”; the apposition; where the next thing begins."""
    at = start
    if at < high and tokens[at].low in PERSONAL | {"him", "her", "them", "me", "us"}:
        return (at, at + 1), None, at + 1
    while at < high:
        word = tokens[at].low
        if word in HARD or word == "," or tokens[at].within >= 0 or word == ".":
            break
        if at > start and (
            word in WH - {"that"} or word in SUBORDINATORS - {"as", "even", "so"} or is_finite(tokens, at)
        ):
            break
        if at > start and word in TIMES and tokens[at - 1].low in ("on", "last", "this", "late", "early"):
            break
        at += 1
    end = without_adjuncts(tokens, start, at)
    while end > start and not is_word(tokens[end - 1]):
        end -= 1
    if end <= start or not any(is_word(one) for one in tokens[start:end]):
        return None
    rest = _apposition_after(tokens, at, high)
    return (start, end), rest, rest[1] if rest else at


def _apposition_after(tokens: Tokens, comma: int, high: int) -> Range | None:
    if comma + 1 >= high or tokens[comma].low != ",":
        return None
    word = tokens[comma + 1].low
    if not (word in ("a", "an", "the", "who", "one") or word.isdigit() or word in ("his", "her", "their")):
        return None
    at = comma + 1
    while at < high and tokens[at].low not in HARD and tokens[at].low not in (",", ".") and tokens[at].within < 0:
        at += 1
    if at < high and tokens[at].within >= 0:
        # “…, according to the port, the rise “will be steep””
        return None
    relative = next((k for k in range(comma + 1, at) if tokens[k].low in RELATIVES), at)
    has_verb = any(is_finite(tokens, k) for k in range(comma + 2, relative))
    return None if has_verb else (comma + 1, at)
