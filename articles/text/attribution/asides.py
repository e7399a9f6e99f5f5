"""Asides: what is said stands before who says it, “…, she said”, “…,” said the mayor, “…, according to them”."""

from articles.text.attribution.around import STATEMENT, said_after, said_before
from articles.text.attribution.drafts import Draft, Range, Reading
from articles.text.attribution.ending import sums_up
from articles.text.attribution.lexicon import Kind, Word
from articles.text.attribution.phrases import chunks, phrase_after, subject_before
from articles.text.attribution.tokens import (
    CONJUNCTIONS,
    DASHES,
    DETERMINERS,
    OBJECT_PRONOUNS,
    PERSONAL,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    TIMES,
    VENUES,
    WH,
    is_adverb,
    is_auxiliary,
    is_contracted,
    is_word,
)
from articles.text.attribution.verbs import Group, is_finite, verb_group

_LEADS = frozenset({"and", "but", "that", "after", "while", "because", "(", ":", ";"}) | DASHES
_LONGEST_PARTICIPLE = 20
_BREAKS = frozenset({",", '"', "?", "!"}) | DASHES


def find_asides(reading: Reading) -> None:
    tokens = reading.tokens
    at = reading.low
    _in_survey(reading)
    while at < reading.high:
        if tokens[at].within < 0 and reading.is_free(at):
            word = tokens[at].verb
            if tokens[at].low == "according" and at + 2 < reading.high and tokens[at + 1].low == "to":
                _according(reading, at)
            elif word and word.frames & set("cq") and word.form in ("past", "s", "base", "part"):
                _said(reading, at, word)
        at += 1


def _according(reading: Reading, at: int) -> None:
    tokens = reading.tokens
    found = phrase_after(tokens, at + 2, reading.high)
    if found is None:
        return
    source, apposition, after = found
    if apposition is None and (named := _with_participle(reading, source, after)):
        source, after = named, named[1]
    first = at
    while first > reading.low and (is_adverb(tokens[first - 1].low)):
        first -= 1
    if _opens(reading, first):
        if apposition is None and (name := _name_between_commas(reading, after)):
            apposition, after = name, name[1]
        if apposition and after >= reading.high - 1:
            apposition, after = None, source[1]
        content = said_after(reading, after, must_be_long=True)
        pattern = "according first"
    else:
        content = _around_aside(reading, first) or said_before(reading, first)
        pattern = "according"
        is_inserted = content and after < reading.high and tokens[after].low == "," and tokens[first - 1].low == ","
        if is_inserted and not any(is_finite(tokens, k) for k in range(*content[0])):
            content += said_after(reading, after)
    if content:
        reading.take(
            Draft(reading.paragraph, content, source, (at, at + 2), Kind.SAY, pattern, "according", apposition)
        )


def _around_aside(reading: Reading, end: int) -> list[Range]:
    """““It is late,” she said, according to the Times.”: all of it is what the Times tells."""
    last = reading.drafts[-1] if reading.drafts else None
    if last is None or last.pattern not in ("aside", "inverted") or len(last.content) != 1:
        return []
    spoken = max(part[1] for part in (last.source, last.cue) if part)
    if not (spoken <= end - 1 <= spoken + 3) or reading.tokens[end - 1].low != ",":
        return []
    reading.drafts.pop()
    return [(last.content[0][0], end - 1)]


def _in_survey(reading: Reading) -> None:
    """“In a poll printed in May, most captains were against it.”: it is the poll that tells."""
    tokens, low = reading.tokens, reading.low
    comma = next((k for k in range(low, min(reading.high, low + _LONGEST_PARTICIPLE)) if tokens[k].low == ","), None)
    if tokens[low].low != "in" or comma is None:
        return
    head = next((k for k in range(low + 1, comma) if tokens[k].low.removesuffix("s") in ("poll", "survey")), None)
    if head is None or any(tokens[k].low in PREPOSITIONS or tokens[k].within >= 0 for k in range(low + 1, head)):
        return
    content = said_after(reading, comma, must_be_long=True)
    if content and any(is_finite(tokens, k) for part in content for k in range(*part)):
        reading.take(Draft(reading.paragraph, content, (low + 1, comma), (low, low + 1), Kind.SHOW, "survey", "in"))


def _opens(reading: Reading, first: int) -> bool:
    """“According to”, “and according to”, “but, according to”: what is said follows."""
    tokens = reading.tokens
    if first > reading.low and tokens[first - 1].low == "," and tokens[max(reading.low, first - 2)].low in _LEADS:
        return True
    return first == reading.low or tokens[first - 1].low in _LEADS


def _with_participle(reading: Reading, source: Range, after: int) -> Range | None:
    """“According to a list printed on Monday, …”: up to the comma, or the end."""
    tokens = reading.tokens
    if after >= reading.high or not tokens[after].low.endswith("ed"):
        return None
    ahead = range(after, min(reading.high, after + _LONGEST_PARTICIPLE))
    end = next((k for k in ahead if tokens[k].low in (",", ".", ";", "(") or tokens[k].low in DASHES), None)
    return (source[0], end) if end else None


def _name_between_commas(reading: Reading, comma: int) -> Range | None:
    """“According to the mayor, Ana Ruiz, …”"""
    tokens = reading.tokens
    end = comma + 1
    while end < reading.high and tokens[end].text[0].isupper():
        end += 1
    is_closed = end < reading.high and tokens[comma].low == tokens[end].low == ","
    return (comma + 1, end) if is_closed and 2 <= end - comma - 1 <= 4 else None


def _said(reading: Reading, at: int, word: Word) -> None:
    tokens = reading.tokens
    group = verb_group(tokens, reading.low, at)
    first = group.first
    if group.has_be or group.is_infinitive or first <= reading.low:
        return
    if word.form == "base" and not (tokens[at - 1].low in PERSONAL or tokens[at - 1].low.endswith("s") or first < at):
        return
    before = tokens[first - 1]
    if first == at and before.low in ("the", "a", "an"):
        return
    if before.low in (",", '"') and (before.low == '"' or _closes_quote(reading, first - 2)) and word.form != "base":
        _inverted(reading, first, at, word)
        return
    if before.low == "," and _takes_clauses(word) and word.form != "base" and _ends_inverted(reading, first, at):
        _inverted(reading, first, at, word)
        return
    found = subject_before(tokens, reading.low, first)
    if found is not None and tokens[first - 1].low not in RELATIVES:
        _straight(reading, found, group, word)


def _straight(reading: Reading, found: tuple[Range, Range | None], group: Group, word: Word) -> None:
    tokens, at = reading.tokens, group.verb
    source, apposition = found
    edge = source[0] - 1
    begins = edge == reading.low or tokens[edge - 1].low in ("but", "and", "yet")
    if begins and tokens[edge].low == "as" and _takes_clauses(word):
        _as_first(reading, source, apposition, group, word)
        return
    if edge > reading.low and tokens[edge].low in ("as", "so", "'"):
        # “'” ends the title of a book or a film.
        edge -= 1
    if edge < reading.low or tokens[edge].low not in _BREAKS or tokens[source[0]].within >= 0:
        return
    if tokens[source[0]].low in ("a", "an") and sums_up(reading, source[0] + 1):
        return
    after, ends = _behind(reading, at + 1, word)
    if not ends and not _ends_quote(reading, edge):
        return
    content = said_before(reading, edge + 1)
    if not content and not is_word(tokens[edge - 1]):
        return
    quoted = bool(content) and tokens[content[-1][1] - 1].within >= 0
    # “Now, he said, …”: what stands before is no statement yet, so what follows belongs to it.
    begins = not quoted and edge - reading.low < 4 and not any(is_finite(tokens, k) for k in range(reading.low, edge))
    rest = said_after(reading, after, quoted=quoted, must_be_long=begins)
    is_told = _takes_clauses(word) and not _is_something_else(reading, source, group, word)
    if not quoted and not (is_told and _is_statement(reading, content + rest, after, word)):
        return
    cue = (group.first, after if after - at < 3 else at + 1)
    reading.take(Draft(reading.paragraph, content + rest, source, cue, word.kind, "aside", word.lemma, apposition))


def _as_first(reading: Reading, source: Range, apposition: Range | None, group: Group, word: Word) -> None:
    """“As the mayor said, the road is closed.”"""
    at = group.verb
    after, ends = _behind(reading, at + 1, word)
    content = said_after(reading, after, must_be_long=True) if ends else []
    if content:
        reading.take(
            Draft(
                reading.paragraph, content, source, (group.first, at + 1), word.kind, "as first", word.lemma, apposition
            )
        )


def _ends_inverted(reading: Reading, first: int, at: int) -> bool:
    """“the road is closed, said the mayor.”, not “the mayor, a lawyer, said the road is closed.”."""
    tokens = reading.tokens
    found = phrase_after(tokens, at + 1, reading.high)
    parts = chunks(tokens, reading.low, first - 1)
    if found is None or not parts:
        return False
    source, _, after = found
    is_ended = after >= reading.high or tokens[after].low in (".", ",")
    if is_ended and tokens[at].low in ("said", "says") and _is_name(reading, source):
        return True
    if not any(is_finite(tokens, k) for k in range(*parts[-1])):
        return False
    if any(tokens[k].low in RELATIVES for k in range(*parts[-1])) and len(parts) > 1:
        return False
    return is_ended or tokens[after].low == "who" or tokens[after].low in PREPOSITIONS


def _is_name(reading: Reading, part: Range) -> bool:
    """Of two words or more, all with capitals, so that no clause begins with it."""
    words = reading.tokens[part[0] : part[1]]
    has_title = words[0].text[0].islower() and words[0].low not in DETERMINERS | PERSONAL | PREPOSITIONS | WH
    return len(words) > 1 and all(word.text[0].isupper() for word in (words[-2:] if has_title else words))


def _is_statement(reading: Reading, content: list[Range], after: int, word: Word) -> bool:
    """A whole clause, not “after the debate, she said, “…”.”."""
    tokens = reading.tokens
    ahead = tokens[after : min(after + 2, reading.high)]
    if any(token.low == '"' for token in ahead):
        return False
    is_long = sum(last - first for first, last in content) >= STATEMENT and word.kind is Kind.SAY
    return is_long or any(is_finite(tokens, at) for part in content for at in range(*part))


def _is_something_else(reading: Reading, source: Range, group: Group, word: Word) -> bool:
    """“…, a plan announced in May”, “…, the port told a joke”, “…, has responded to”, “… and old claims”."""
    tokens, at = reading.tokens, group.verb
    after = tokens[at + 1].low if at + 1 < reading.high else ""
    is_doing = after.endswith("ing") and after not in ("during", "evening")
    if word.lemma != "say" and (after in ("by", "to") or is_doing):
        return True
    if word.lemma == "tell" and after in ("a", "an"):
        return True
    if word.form == "past":
        is_any = tokens[source[0]].low in ("a", "an") and word.lemma != "say"
        return is_any and (is_adverb(after) or after in PREPOSITIONS)
    head = tokens[source[1] - 1]
    is_bare = source[1] - source[0] == 1 and head.text[0].islower() and not head.low.endswith("s")
    is_bare = is_bare and head.low not in PERSONAL
    has_verb = any(is_auxiliary(tokens[k].low) for k in range(group.first, at))
    return tokens[at].noun is not None and word.form == "s" and (has_verb or is_bare or head.low in DETERMINERS)


def _takes_clauses(word: Word) -> bool:
    """Said of a statement without quotation marks: “it was late, she added”, not “…, she continued”."""
    return "c" in word.frames or ({"t", "q"} <= word.frames and word.form == "past")


def _ends_quote(reading: Reading, at: int) -> bool:
    """“…?” Moor asked the old captain: the mark tells enough, whatever comes behind the cue."""
    tokens = reading.tokens
    first = next((k for k in range(reading.low, at) if is_word(tokens[k])), at)
    return tokens[at].low == '"' and tokens[at - 1].text in ",?!" and tokens[first].within >= 0


def _closes_quote(reading: Reading, at: int) -> bool:
    return at >= reading.low and reading.tokens[at].within >= 0


def _inverted(reading: Reading, first: int, at: int, word: Word) -> None:
    tokens = reading.tokens
    content = said_before(reading, first)
    if not content or at + 1 >= reading.high:
        return
    found = phrase_after(tokens, at + 1, reading.high)
    if found is None:
        return
    source, apposition, after = found
    first_word = tokens[source[0]]
    if first_word.low in PREPOSITIONS | WH | CONJUNCTIONS | OBJECT_PRONOUNS:
        return
    if is_adverb(first_word.low) and first_word.text[0].islower():
        return
    if after < reading.high and is_auxiliary(tokens[after].low):
        # “The mayor, citing “bad luck,” said the boats were late”
        return
    content += said_after(reading, after, quoted=True)
    reading.take(
        Draft(reading.paragraph, content, source, (first, at + 1), word.kind, "inverted", word.lemma, apposition)
    )


def _behind(reading: Reading, at: int, word: Word) -> tuple[int, bool]:
    """Skips “in a statement on Monday”, “of the vote”, “reporters”; does the aside end then?"""
    tokens = reading.tokens
    start = at
    if at < reading.high and "o" in word.frames:
        while at < reading.high and at < start + 6 and is_word(tokens[at]) and tokens[at].low not in WH:
            at += 1
        start = at
    leads = False
    while at < reading.high:
        low = tokens[at].low
        if low in (",", ".", ";", '"') or low in DASHES:
            return at, True
        if (low in WH and low != "when") or (at > start + 30):
            return at, False
        leads = leads or low in SUBORDINATORS
        if not leads and (is_auxiliary(low) or is_contracted(low)) and is_adverb(tokens[start].low):
            # “she said there is”, “she says too many are”: a clause begins behind the cue.
            return at, False
        if at == start and not (
            low in PREPOSITIONS
            or is_adverb(low)
            or low in TIMES
            or low in VENUES
            or low in ("last", "this", "while", "when", "and", "out")
            or low.endswith("ing")
        ):
            return at, False
        at += 1
    return at, True
