"""What follows a cue: where that which is said begins, and where it ends."""

from articles.text.attribution.drafts import Reading
from articles.text.attribution.lexicon import Word
from articles.text.attribution.phrases import HARD
from articles.text.attribution.tokens import (
    CONJUNCTIONS,
    DASHES,
    DETERMINERS,
    OBJECT_PRONOUNS,
    PERSONAL,
    PREPOSITIONS,
    SUBORDINATORS,
    TIMES,
    VENUES,
    WH,
    Token,
    is_adverb,
    is_auxiliary,
    is_contracted,
    is_word,
    word_set,
)
from articles.text.attribution.verbs import is_finite

_SKIPPED = word_set("out back also then again later instead too today yesterday earlier tonight")
_WHICH = word_set("early late last next weekend")
_NO_CONTENT = DETERMINERS | PERSONAL | PREPOSITIONS | WH | CONJUNCTIONS | SUBORDINATORS | _SKIPPED
# What “said” may have for an object: “asked if it was late, she said no”.
_ANSWERS = word_set("so no yes nothing goodbye thanks")
_ABOUT = word_set("about for on")
_LONGEST_LISTENER = 8
_SURVEYS = word_set("poll survey study report review audit investigation inquiry analysis research")
_LONGEST_SURVEY = 12
# Their object is hardly ever less than a clause.
_CLAUSES_FIRST = word_set("say think believe argue insist contend")


def after_cue(reading: Reading, at: int, word: Word) -> tuple[int, str] | None:
    """Where what is said begins, and in what way."""
    tokens, high, frames = reading.tokens, reading.high, word.frames
    j = at + 1
    while (
        j < high
        and tokens[j].low not in frames
        and ((tokens[j].low.endswith("ly") and is_adverb(tokens[j].low)) or _is_skipped(reading, j))
    ):
        j += 1
    if j >= high:
        return None
    if "M" in frames:
        return _made_clear(reading, j)
    if tokens[j].low == "to" and "i" in frames and j + 1 < high and _may_be_verb(tokens[j + 1]):
        return j, "inf"
    if tokens[j].low in frames & PREPOSITIONS and j + 1 < high and tokens[j + 1].low != '"':
        return j + (tokens[j].low != "to"), "prep"
    found = _past_object(reading, j) if "o" in frames else None
    if found is None and frames & {"c", "t", "q"}:
        found = _statement_after(reading, j, word)
    if found is None and word.lemma == "find" and _is_survey(reading, at):
        return (j, "np") if _is_phrase(reading, j) else None
    if found is not None:
        return found
    low = tokens[j].low
    far = _past_listener(reading, j, word)
    if far is not None:
        return far, "prep"
    if word.lemma == "say" and (low in _ANSWERS or (low == "the" and j + 1 < high and tokens[j + 1].low == "same")):
        return j, "np"
    if low in frames and len(low) > 1:
        return (j if low == "to" else j + 1), "prep"
    return (j, "np") if "n" in frames and _is_phrase(reading, j) else None


def _may_be_verb(token: Token) -> bool:
    """Not “declined to 12 percent”, “agreed to the plan”, “promised help to families”."""
    if token.low.endswith("s") and not token.low.endswith(("ss", "us", "cus")):
        return False
    return not (token.low[0].isdigit() or token.text == "$" or token.low in DETERMINERS | PERSONAL | OBJECT_PRONOUNS)


def _statement_after(reading: Reading, j: int, word: Word) -> tuple[int, str] | None:
    """A quotation or a clause, perhaps after “on Friday” and the like."""
    tokens, frames = reading.tokens, word.frames
    skipped = skip_adjuncts(reading, j)
    if skipped is None:
        return None
    low, after = tokens[skipped].low, tokens[skipped + 1].low if skipped + 1 < reading.high else ""
    if low == '"' and frames & {"q", "n"}:
        return skipped, "quote"
    if low == ":" and "q" in frames and after:
        return skipped + 1, "colon"
    if low == "," and "q" in frames and after == '"':
        return skipped + 1, "quote"
    if low in WH and frames & {"c", "t", "n"} and not (low in ("who", "which", "when", "where") and skipped > j):
        return skipped, "that"
    if skipped == j and "c" in frames and is_auxiliary(low) and low not in ("having", "being", "doing", "not"):
        return j, "gap"
    if low not in PREPOSITIONS and "c" in frames and _is_clause(reading, skipped, word):
        return skipped, "bare" if skipped == j else "bare far"
    return None


def _past_listener(reading: Reading, j: int, word: Word) -> int | None:
    """“spoke to the port about the boats”, “asked the court for help”: past the one who is spoken to."""
    tokens = reading.tokens
    if tokens[j].low not in ("to", "with") and "o" not in word.frames:
        return None
    for k in range(j + 1, min(reading.high - 1, j + _LONGEST_LISTENER)):
        low = tokens[k].low
        if low in word.frames & _ABOUT:
            return k + 1 if k > j + (low in ("to", "with")) else None
        if (
            not is_word(tokens[k])
            or low in PREPOSITIONS - {"of", "to"}
            or is_finite(tokens, k)
            or tokens[k].within >= 0
        ):
            return None
    return None


def _is_survey(reading: Reading, at: int) -> bool:
    """“a new poll by the port found”: what it found is what it says."""
    ahead = reading.tokens[max(reading.low, at - _LONGEST_SURVEY) : at]
    return any(token.low.removesuffix("s") in _SURVEYS for token in ahead)


def _made_clear(reading: Reading, j: int) -> tuple[int, str] | None:
    """“made it clear that”, “made clear he would”, “made known”."""
    tokens = reading.tokens
    while j < reading.high and (tokens[j].low in ("it", "very", "quite") or is_adverb(tokens[j].low)):
        j += 1
    if j + 1 >= reading.high or tokens[j].low not in ("clear", "known", "plain"):
        return None
    return (j + 1, "that") if tokens[j + 1].low in WH or is_word(tokens[j + 1]) else None


def _past_object(reading: Reading, j: int) -> tuple[int, str] | None:
    """“told reporters on Monday that”: past the one who is told."""
    tokens = reading.tokens
    end = j
    while end < reading.high and end - j < 16:
        low = tokens[end].low
        if low == '"' or low in ("that", "if", "whether", "how", "why", "what", ":"):
            return (end + (low == ":"), "told") if end > j or low != '"' else None
        if low == "," and end + 1 < reading.high and tokens[end + 1].low == '"':
            return end + 1, "told"
        if low == "to" and end > j and tokens[end - 1].low not in ("according", "speaking"):
            return (end, "told to") if end + 1 < reading.high and _may_be_verb(tokens[end + 1]) else None
        if low in PERSONAL and end > j and (low not in ("it", "you") or tokens[end - 1].low in OBJECT_PRONOUNS):
            return end, "told"
        if low in HARD or low in (".",) or (low == "," and end > j + 8):
            return None
        if (
            end > j
            and low in ("the", "his", "her", "their", "there")
            and tokens[end - 1].low not in PREPOSITIONS
            and tokens[end - 1].low not in (",", "and")
        ):
            return end, "told"
        end += 1
    return None


def skip_adjuncts(reading: Reading, j: int) -> int | None:
    """Past “on Monday”, “in a statement”, “to reporters”: where a clause or a quotation may begin."""
    tokens, high = reading.tokens, reading.high
    while j < high:
        low = tokens[j].low
        if low == '"' or low == ":" or _is_of_clause(reading, j):
            return j
        if (
            _is_skipped(reading, j)
            or low in TIMES
            or (low in ("last", "this", "earlier") and j + 1 < high and tokens[j + 1].low in TIMES)
        ):
            j += 1
        elif (low in PREPOSITIONS and low not in ("like", "as")) or low == "as":
            end = _past_phrase(reading, j)
            if end is None:
                return None
            j = end
        elif low == ",":
            after = _past_comma(reading, j)
            if after is None or after == j or tokens[after].low == "that":
                return after
            j = after
        else:
            return j
    return None


def _is_skipped(reading: Reading, j: int) -> bool:
    """“said again that”, not “said too many boats are late”."""
    tokens = reading.tokens
    is_much = tokens[j].low == "too" and j + 1 < reading.high and tokens[j + 1].low in ("many", "much", "few")
    return tokens[j].low in _SKIPPED and not is_much


def _is_of_clause(reading: Reading, j: int) -> bool:
    """“said early evidence pointed”, “said last year's floods”: a time that says which, not when it was said."""
    tokens = reading.tokens
    if tokens[j].low not in TIMES or j + 2 >= reading.high:
        return False
    after = next((k for k in range(j + 1, min(j + 3, reading.high)) if tokens[k].low not in TIMES), j)
    low = tokens[after].low
    if low.endswith("'s") and low[:-2] in TIMES:
        return True
    is_content = tokens[after].text.isalpha() and tokens[after].text.islower() and low not in _NO_CONTENT
    return tokens[j].low in _WHICH and is_content and not (is_auxiliary(low) or is_adverb(low))


def _past_comma(reading: Reading, j: int) -> int | None:
    """“said, in a statement, that”; the comma itself if a quotation follows."""
    tokens, high = reading.tokens, reading.high
    if j + 1 >= high or tokens[j + 1].low == '"':
        return j if j + 1 < high else None
    ahead = range(j + 1, min(high, j + 20))
    for k in ahead:
        if tokens[k].low == "," and k + 1 < high and tokens[k + 1].low == "that":
            return k + 1
    after = next((k for k in ahead if tokens[k].low in (",", '"')), None)
    if after is None or after + 1 >= high or tokens[after].low == '"':
        return None
    is_aside = tokens[j + 1].low in PREPOSITIONS or tokens[j + 1].low.endswith("ing")
    return after + 1 if is_aside else None


def _past_phrase(reading: Reading, j: int) -> int | None:
    tokens = reading.tokens
    for k in range(j + 1, min(reading.high, j + 18)):
        low = tokens[k].low
        if low in ("that", '"', ":", "if", "whether") or (low in PERSONAL and k > j + 1):
            return k
        if low == ",":
            return k
        if low in HARD or low == "." or (is_auxiliary(low) and k > j + 1):
            return None
        if (low in VENUES or low in TIMES) and k + 1 < reading.high and not _goes_on(reading, k + 1):
            return k + 1
    return None


def _goes_on(reading: Reading, k: int) -> bool:
    low = reading.tokens[k].low
    return (
        low in VENUES
        or low in TIMES
        or (
            reading.tokens[k].text.islower()
            and low not in DETERMINERS | PERSONAL | PREPOSITIONS | WH
            and low.isalpha()
            and low not in ("there",)
        )
    )


def _is_clause(reading: Reading, start: int, word: Word) -> bool:
    """A subject and then a verb, before the next hard mark."""
    tokens = reading.tokens
    low = tokens[start].low
    if (
        not (is_word(tokens[start]) or tokens[start].text in "$'‘")
        or low in CONJUNCTIONS
        or (is_auxiliary(low) and low not in ("having", "being", "doing"))
        or low in SUBORDINATORS - {"even", "once", "whether", "as", "when", "while", "if"}
    ):
        return False
    if is_contracted(low):
        return True
    if low == "it" and start + 1 < reading.high and tokens[start + 1].low in PREPOSITIONS:
        # “reported it to the port, and left”
        return False
    for k in range(start + 1, min(reading.high, start + 40)):
        if tokens[k].low in HARD - {'"', "(", ")"} | DASHES or tokens[k].low == ".":
            break
        if (
            is_auxiliary(tokens[k].low)
            or is_finite(tokens, k)
            or (k > start + 1 and tokens[k].low.endswith("s") and word.lemma == "say")
        ):
            return True
    return word.lemma in _CLAUSES_FIRST and reading.high - start > 3


def _is_phrase(reading: Reading, j: int) -> bool:
    token = reading.tokens[j]
    low = token.low
    if low == '"':
        return True
    if not is_word(token) and token.text not in "$'‘":
        return False
    return not (low in PREPOSITIONS or low in CONJUNCTIONS or is_auxiliary(low) or low in SUBORDINATORS or low in TIMES)
