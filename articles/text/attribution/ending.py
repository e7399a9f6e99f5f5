"""Where that which is said ends."""

from articles.text.attribution.drafts import Range, Reading
from articles.text.attribution.following import after_cue
from articles.text.attribution.lexicon import Kind
from articles.text.attribution.phrases import HARD
from articles.text.attribution.tokens import (
    DASHES,
    DETERMINERS,
    HAVE,
    OBJECT_PRONOUNS,
    PERSONAL,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    TIMES,
    WH,
    is_adverb,
    is_contracted,
    is_word,
    word_set,
)
from articles.text.attribution.verbs import is_finite

_CONTRAST = word_set("but while although though whereas")
# What a sentence is called by an apposition at its end: “…, a claim that nobody believed”.
_SUMS = word_set("""figure number total claim charge accusation allegation assertion argument statement comment remark
    reference view position stance stand sentiment theme point line promise pledge vow suggestion idea notion proposal
    move step shift change reversal departure prospect sign swipe jab dig shot rebuke nod apology admission concession
    conclusion finding contrast description criticism question warning demand denial message""")
_LONGEST_NAME = 6
# Behind a name or a pronoun these tell where, when and how.
_AROUND = word_set("in at during by despite through")
_PHRASE_ENDS = word_set("while because when although though after before during until unless but")


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


def within_relative(reading: Reading, content: Range) -> Range:
    """“who said he knew, told her”: up to the comma before the verb that the relative clause interrupts."""
    tokens = reading.tokens
    for k in range(content[0] + 1, content[1] - 1):
        if tokens[k].low == "," and tokens[k].within < 0:
            after = next((at for at in range(k + 1, content[1]) if not is_adverb(tokens[at].low)), k + 1)
            if is_finite(tokens, after) and not is_contracted(tokens[after].low):
                return content[0], k
    return content


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
        if _ends_quotation(reading, k) and (is_phrase or _is_participle_cue(reading, k) or _is_next_cue(reading, k)):
            return k
        if low in (",", *DASHES) and _ends_after_comma(reading, k + 1, after, is_phrase):
            return k
        is_next = low in ("and", "but") and not (low == "and" and not is_phrase and _thinks(reading, k + 1))
        if is_next and (_is_next_cue(reading, k + 1) or _is_other_speaker(reading, k + 1)):
            return k
        is_led = low in ("before", "by", "after", "while", "and") and tokens[k - 1].low != "that"
        if is_led and _is_participle_cue(reading, k + 1):
            return k
        if is_phrase and k > start + 1 and _ends_phrase(reading, start, k):
            return k
        if is_phrase and _ends_name(reading, start, k):
            return k
    return reading.high


def _has_clause(reading: Reading, k: int, after: str, is_phrase: bool) -> bool:
    """“, although it was late”, not “, although brief, ”; “, but” ends what is said where somebody else acts."""
    tokens = reading.tokens
    if after == "but":
        return is_phrase or _is_next_cue(reading, k + 1) or _has_subject(reading, k + 1)
    for at in range(k + 1, min(reading.high, k + 12)):
        if tokens[at].low == ",":
            return False
        if is_finite(tokens, at):
            return True
    return False


def _has_subject(reading: Reading, k: int) -> bool:
    """“, but the captain stayed”: mostly what the text itself adds, not “, but rarely late”."""
    token = reading.tokens[min(k, reading.high - 1)]
    is_named = token.low in PERSONAL | DETERMINERS or token.text[0].isupper() or is_contracted(token.low)
    return is_named or _is_other_speaker(reading, k)


def _ends_phrase(reading: Reading, start: int, k: int) -> bool:
    """“backed him when …”, “backed him last week”, “backed him and has spoken”."""
    tokens = reading.tokens
    low, after = tokens[k].low, tokens[k + 1].low if k + 1 < reading.high else ""
    if low in _PHRASE_ENDS:
        return True
    if low in ("and", "but") and k + 1 < reading.high:
        word = tokens[k + 1].verb
        if word and word.form == "ing":
            return not _is_doing(reading, start, k)
        at = k + 1
        while at + 1 < reading.high and is_adverb(tokens[at].low):
            at += 1
        return is_finite(tokens, at)
    return low in ("last", "on", "earlier", "this") and after in TIMES


def _is_doing(reading: Reading, start: int, k: int) -> bool:
    """“blamed him for raising costs and ignoring …”: one and the same reproach."""
    tokens = reading.tokens
    return any(tokens[at].low.endswith("ing") and tokens[at - 1].low in PREPOSITIONS for at in range(start + 1, k))


def _ends_name(reading: Reading, start: int, k: int) -> bool:
    """“endorsed Moor in May”, “opposed it because …”: how and when is not part of whom."""
    tokens = reading.tokens
    if tokens[k].low not in _AROUND | _PHRASE_ENDS | TIMES:
        return False
    return k == start + 1 if tokens[start].low in OBJECT_PRONOUNS else is_name(reading, start, k)


def is_name(reading: Reading, start: int, end: int) -> bool:
    """Words with capitals only, few enough for a name."""
    words = reading.tokens[start:end]
    return len(words) <= _LONGEST_NAME and all(word.text[0].isupper() and word.within < 0 for word in words)


def _ends_after_comma(reading: Reading, k: int, after: str, is_phrase: bool) -> bool:
    if reading.tokens[k - 2].low == "that":
        return False
    if _adds(reading, k, after, is_phrase):
        return True
    word = reading.tokens[k].verb if after else None
    if word and word.form == "ing":
        return True
    if after == "and" and _is_next_cue(reading, k + 1):
        return True
    if after == "and" and _is_other_speaker(reading, k + 1):
        return True
    if after in ("a", "an") and sums_up(reading, k + 1):
        return True
    if is_phrase and _is_list(reading, k):
        return False
    if is_phrase and (after == "and" or reading.tokens[k - 1].low in DASHES):
        return True
    if is_phrase and k < reading.high and is_finite(reading.tokens, k):
        return True
    return (
        is_phrase
        and after != "including"
        and (
            after in DETERMINERS
            or after in PREPOSITIONS
            or after in WH
            or after in SUBORDINATORS
            or after.endswith("ing")
            or after in PERSONAL
        )
    )


def _adds(reading: Reading, k: int, after: str, is_phrase: bool) -> bool:
    """“…, although it was late”, “…, even as he left”, “…, compared with ten in May”: by the text itself."""
    if after == "even":
        return k + 1 < reading.high and reading.tokens[k + 1].low in ("though", "as")
    return after == "compared" or (after in _CONTRAST and _has_clause(reading, k, after, is_phrase))


def _is_list(reading: Reading, k: int) -> bool:
    """“his plans, his friends and his hat”: to the end of the sentence there are but things, and the last has “and”."""
    tokens = reading.tokens
    rest = range(k, reading.high)
    first = tokens[k] if k < reading.high else None
    if first is None or tokens[k - 1].low != "," or first.low not in POSSESSIVES | {"and"}:
        return False
    if any(is_finite(tokens, at) or tokens[at].verb or tokens[at].low in RELATIVES | SUBORDINATORS for at in rest):
        return False
    ands = [at for at in rest if tokens[at].low == "and"]
    last = ands[-1] if ands else None
    has_comma = any(tokens[at].low == "," for at in range(max(reading.low, k - 12), k - 1))
    return last is not None and (last > k or has_comma) and reading.high - last < 8


def sums_up(reading: Reading, k: int) -> bool:
    """“…, a figure that could not be confirmed”: it speaks of what was said, and nobody said it."""
    for at in range(k, min(reading.high, k + 4)):
        token = reading.tokens[at]
        if token.low in _SUMS:
            return True
        if not is_word(token) or token.low in PREPOSITIONS or is_finite(reading.tokens, at):
            return False
    return False


def _is_other_speaker(reading: Reading, k: int) -> bool:
    """“…, and three in five said”."""
    for at in range(k + 1, min(reading.high, k + 9)):
        word = reading.tokens[at].verb
        if word and word.form in ("past", "s") and "c" in word.frames:
            return after_cue(reading, at, word) is not None
        is_done = is_finite(reading.tokens, at) and reading.tokens[at].low not in HAVE
        if is_done or reading.tokens[at].low in HARD | {","}:
            return False
    return False


def _ends_quotation(reading: Reading, k: int) -> bool:
    """“… together,” after which a participle stands as after a comma."""
    return reading.tokens[k - 1].low == '"' and reading.tokens[k - 2].text == ","


def _is_participle_cue(reading: Reading, k: int) -> bool:
    word = reading.tokens[k].verb if k < reading.high else None
    return bool(word and word.form == "ing" and after_cue(reading, k, word))


def _thinks(reading: Reading, k: int) -> bool:
    """“said she was late and wanted to stay”: what one wants is mostly said as well."""
    word = reading.tokens[k].verb if k < reading.high else None
    return bool(word and word.kind is Kind.THINK and word.form in ("past", "s", "base"))


def _is_next_cue(reading: Reading, k: int) -> bool:
    """“and said”, “and has called for”: the same one says something else."""
    tokens = reading.tokens
    while k < reading.high and (is_adverb(tokens[k].low) or tokens[k].low in ("has", "had", "have")):
        k += 1
    if k >= reading.high or tokens[k].within >= 0:
        return False
    word = tokens[k].verb
    is_noun = tokens[k].noun is not None and (k + 1 >= reading.high or tokens[k + 1].low != "that")
    if word is None or is_noun:
        return False
    found = after_cue(reading, k, word) if word.form in ("past", "s", "base") else None
    return bool(found and (word.form != "base" or tokens[found[0]].low == "that"))
