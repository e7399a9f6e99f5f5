"""What follows a cue: where that which is said begins, and where it ends."""

from articles.text.attributed import lexicon
from articles.text.attributed.drafts import Range, Reading
from articles.text.attributed.lexicon import Word
from articles.text.attributed.phrases import (
    DASHES,
    HARD,
    is_finite,
)
from articles.text.attributed.tokens import (
    CONJUNCTIONS,
    DETERMINERS,
    OBJECT_PRONOUNS,
    PERSONAL,
    PREPOSITIONS,
    SUBORDINATORS,
    TIMES,
    VENUES,
    WH,
    is_adverb,
    is_auxiliary,
    is_contracted,
    is_word,
    word_set,
)

_SKIPPED = word_set("out back also then again later instead too today yesterday earlier tonight")
# Their object is hardly ever less than a clause.
_CLAUSES_FIRST = word_set("say think believe argue insist contend")
_PHRASE_ENDS = word_set("while because when although though after before during until unless but")
_CONTRAST = word_set("but while although though whereas")


def after_cue(reading: Reading, at: int, word: Word) -> tuple[int, str] | None:
    """Where what is said begins, and in what way."""
    tokens, high, frames = reading.tokens, reading.high, word.frames
    j = at + 1
    while j < high and ((tokens[j].low.endswith("ly") and is_adverb(tokens[j].low)) or tokens[j].low in _SKIPPED):
        j += 1
    if j >= high:
        return None
    clause = frames & {"c", "t", "q"}
    if "o" in frames:
        past = _past_object(reading, j)
        if past is not None:
            return past
    if clause:
        skipped = skip_adjuncts(reading, j)
        if skipped is not None:
            low = tokens[skipped].low
            if low == '"' and ("q" in frames or "n" in frames):
                return skipped, "quote"
            if low == ":" and "q" in frames and skipped + 1 < high:
                return skipped + 1, "colon"
            if low == "," and "q" in frames and skipped + 1 < high and tokens[skipped + 1].low == '"':
                return skipped + 1, "quote"
            if (
                low in WH
                and frames & {"c", "t", "n"}
                and not (low in ("who", "which", "when", "where") and skipped > j)
            ):
                return skipped, "that"
            if low not in PREPOSITIONS and "c" in frames and _is_clause(reading, skipped, word):
                return skipped, "bare" if skipped == j else "bare far"
    low = tokens[j].low
    if low == "to" and "i" in frames:
        return j, "inf"
    if low in frames and len(low) > 1:
        return (j if low in ("to",) else j + 1), "prep"
    if "n" in frames and _is_phrase(reading, j):
        return j, "np"
    return None


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
            return end, "told to"
        if low in PERSONAL and end > j and low not in ("it", "you"):
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
        if low == '"' or low == ":":
            return j
        if (
            low in _SKIPPED
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
        or is_auxiliary(low)
        or low in SUBORDINATORS - {"even", "once", "whether", "as", "when", "while", "if"}
    ):
        return False
    if is_contracted(low):
        return True
    for k in range(start + 1, min(reading.high, start + 40)):
        if tokens[k].low in HARD - {'"', "(", ")"} | DASHES or tokens[k].low == ".":
            return False
        if (
            is_auxiliary(tokens[k].low)
            or is_finite(tokens, k)
            or (k > start + 1 and tokens[k].low.endswith("s") and word.lemma == "say")
        ):
            return True
    return word.lemma in _CLAUSES_FIRST and reading.high - start > 4


def _is_phrase(reading: Reading, j: int) -> bool:
    token = reading.tokens[j]
    low = token.low
    if low == '"':
        return True
    if not is_word(token) and token.text not in "$'‘":
        return False
    if low in OBJECT_PRONOUNS and low not in ("him", "her", "them", "it", "us"):
        return False
    return not (low in PREPOSITIONS or low in CONJUNCTIONS or is_auxiliary(low) or low in SUBORDINATORS or low in TIMES)


def content_from(reading: Reading, start: int, pattern: str) -> Range | None:
    tokens = reading.tokens
    if start >= reading.high:
        return None
    end = _quote_end(reading, start) if pattern in ("quote", "colon", "told") else None
    if end is None:
        end = _clause_end(reading, start, is_phrase=pattern.split()[0] in ("np", "inf", "prep"))
    while (
        end > start
        and tokens[end - 1].within < 0
        and not is_word(tokens[end - 1])
        and tokens[end - 1].text not in "%'’)"
    ):
        end -= 1
    is_empty = all(not is_word(one) or one.low == "that" for one in tokens[start:end])
    return None if end <= start or is_empty else (start, end)


def _quote_end(reading: Reading, start: int) -> int | None:
    """The end of a quotation that begins here, unless the sentence goes on with it."""
    tokens = reading.tokens
    number = tokens[start].within
    if number < 0:
        return None
    end = reading.paragraph.quotations[number].last + 1
    if end >= reading.high or reading.paragraph.quotations[number].is_open:
        return min(end, reading.high)
    if tokens[end - 2].text in ".?!," or not is_word(tokens[end]):
        return end
    return None


def _clause_end(reading: Reading, start: int, is_phrase: bool) -> int:
    tokens = reading.tokens
    for k in range(start + 1, reading.high):
        if not reading.is_free(k):
            return k
        if tokens[k].within >= 0:
            continue
        low = tokens[k].low
        if low == ";":
            return k
        after = tokens[k + 1].low if k + 1 < reading.high else ""
        if low in (",", *DASHES) and _ends_after_comma(reading, k + 1, after, is_phrase):
            return k
        if low in ("and", "but") and (_is_next_cue(reading, k + 1) or _is_other_speaker(reading, k + 1)):
            return k
        if low in ("before", "by", "after", "while") and _is_participle_cue(reading, k + 1):
            return k
        if is_phrase and k > start + 1 and _ends_phrase(reading, start, k):
            return k
    return reading.high


def _has_clause(reading: Reading, k: int, after: str, is_phrase: bool) -> bool:
    """“, although it was late”, not “, although brief, ”; “, but” ends what is said where somebody else acts."""
    tokens = reading.tokens
    if after == "but":
        return is_phrase or _is_next_cue(reading, k + 1) or _is_other_speaker(reading, k + 1)
    for at in range(k + 1, min(reading.high, k + 12)):
        if tokens[at].low == ",":
            return False
        if is_finite(tokens, at):
            return True
    return False


def _ends_phrase(reading: Reading, start: int, k: int) -> bool:
    """“backed him when …”, “backed him last week”, “backed him and has spoken”."""
    tokens = reading.tokens
    low, after = tokens[k].low, tokens[k + 1].low if k + 1 < reading.high else ""
    if low in _PHRASE_ENDS:
        return True
    if low in ("and", "but") and k + 1 < reading.high:
        at = k + 1
        while at + 1 < reading.high and is_adverb(tokens[at].low):
            at += 1
        return is_finite(tokens, at)
    return low in ("last", "on", "earlier", "this") and after in TIMES


def _ends_after_comma(reading: Reading, k: int, after: str, is_phrase: bool) -> bool:
    if reading.tokens[k - 2].low == "that":
        return False
    if (after in _CONTRAST and _has_clause(reading, k, after, is_phrase)) or (
        after == "even" and k + 1 < reading.high and reading.tokens[k + 1].low == "though"
    ):
        return True
    word = lexicon.verbs().get(after)
    if word and word.form == "ing":
        return True
    if after == "and" and _is_next_cue(reading, k + 1):
        return True
    if after == "and" and _is_other_speaker(reading, k + 1):
        return True
    if is_phrase and reading.tokens[k - 1].low in DASHES:
        return True
    if is_phrase and k < reading.high and is_finite(reading.tokens, k):
        return True
    return is_phrase and (
        after in PREPOSITIONS or after in WH or after in SUBORDINATORS or after.endswith("ing") or after in PERSONAL
    )


def _is_other_speaker(reading: Reading, k: int) -> bool:
    """“…, and three in five said”."""
    for at in range(k + 1, min(reading.high, k + 9)):
        word = lexicon.verbs().get(reading.tokens[at].low)
        if word and word.form in ("past", "s") and "c" in word.frames:
            return after_cue(reading, at, word) is not None
        if is_finite(reading.tokens, at) or reading.tokens[at].low in HARD | {","}:
            return False
    return False


def _is_participle_cue(reading: Reading, k: int) -> bool:
    word = lexicon.verbs().get(reading.tokens[k].low) if k < reading.high else None
    return bool(word and word.form == "ing" and after_cue(reading, k, word))


def _is_next_cue(reading: Reading, k: int) -> bool:
    """“and said”, “and has called for”: the same one says something else."""
    tokens = reading.tokens
    while k < reading.high and (is_adverb(tokens[k].low) or tokens[k].low in ("has", "had", "have")):
        k += 1
    if k >= reading.high or tokens[k].within >= 0:
        return False
    word = lexicon.verbs().get(tokens[k].low)
    return bool(
        word and word.form in ("past", "s") and tokens[k].low not in lexicon.nouns() and after_cue(reading, k, word)
    )
