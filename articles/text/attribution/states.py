"""Passives, states of mind and nouns: “is expected to”, “is confident that”, “the mayor’s claim that”."""

from articles.text.attribution.drafts import Draft, Range, Reading
from articles.text.attribution.ending import content_from, within_relative
from articles.text.attribution.lexicon import Word
from articles.text.attribution.phrases import leading_phrase, phrase_after, subject_before
from articles.text.attribution.tokens import (
    POSSESSIVES,
    PREPOSITIONS,
    TIMES,
    WH,
    Token,
    is_adverb,
    is_auxiliary,
    is_word,
    word_set,
)
from articles.text.attribution.verbs import Group, is_finite, verb_group

# “is expected to”, “was asked to”: what follows says what is to be done, or is so. Not “was shot to death”.
_TO_DO = word_set("""ask tell order urge expect believe think say report consider see advise instruct request allege
    understand estimate project predict forecast assume find feel deem remind warn""")
# Verbs that leave it to their object to say what is done: “made the case that”.
_MAKING = word_set("""make makes made making raise raises raised raising issue issues issued issuing give gives gave
    given giving offer offers offered offering voice voices voiced voicing express expresses expressed expressing lodge
    lodged level leveled levels deliver delivers delivered delivering repeat repeats repeated repeating""")
_LONGEST_MADE = 6
_PASSIVE_OBJECTS = word_set("ask tell inform remind assure")


def passive(reading: Reading, group: Group, word: Word) -> bool:
    """“was asked whether”, “is expected to”, “was accused by the mayor of”."""
    tokens, at = reading.tokens, group.verb
    subject = subject_before(tokens, reading.low, group.first)
    after = at + 1
    while after < reading.high and (is_adverb(tokens[after].low) or tokens[after].low in TIMES):
        after += 1
    if after >= reading.high:
        return False
    source, way, low = None, "passive", tokens[after].low
    if low == "by":
        by = phrase_after(tokens, after + 1, reading.high)
        if by is None:
            return False
        source, after = _who_did(reading, by[0], by[2])
        way, low = "passive by", tokens[after].low if after < reading.high else ""
    parts = _parts(reading, word, subject[0] if subject else None, after, low, bool(source))
    if not parts:
        return False
    if subject and tokens[subject[0][0]].low in ("who", "which"):
        parts[-1] = within_relative(reading, parts[-1])
    name = way if source else f"{way} {low}"
    reading.take(Draft(reading.paragraph, parts, source, (group.first, at + 1), word.kind, name, word.lemma))
    return True


def _who_did(reading: Reading, by: Range, after: int) -> tuple[Range, int]:
    """“seen by some as a threat”, “criticized by him for leaving”: who, and where it goes on."""
    tokens = reading.tokens
    for at in range(by[0] + 1, by[1]):
        if tokens[at].low == "as" or (tokens[at].low == "for" and tokens[at + 1].text[0].islower()):
            return (by[0], at), at
    return by, after


def _parts(
    reading: Reading, word: Word, subject: Range | None, after: int, low: str, has_source: bool
) -> list[Range] | None:
    """The subject of the passive and what follows it; of “was asked whether” only the latter."""
    if word.lemma in _PASSIVE_OBJECTS and low in WH | {"about"}:
        content = content_from(reading, after, "that")
    elif low in ("to", "that", "as", "of", "for"):
        content = content_from(reading, after, "np")
    elif has_source:
        content = None
    else:
        return None
    if (low in ("of", "for", "as") or has_source) and "n" not in word.frames:
        return None
    if low == "to" and not has_source and not (word.lemma in _TO_DO or "i" in word.frames):
        return None
    owner = subject if word.lemma not in _PASSIVE_OBJECTS or low == "to" else None
    return [part for part in (owner, content) if part]


def adjective(reading: Reading, at: int, word: Word) -> bool:
    tokens = reading.tokens
    group = verb_group(tokens, reading.low, at)
    if not (
        group.has_be
        or (
            group.first > reading.low
            and tokens[group.first - 1].low in ("feels", "felt", "seemed", "remains", "remained")
        )
    ):
        return False
    if at + 1 >= reading.high or tokens[at + 1].low not in word.frames:
        return False
    content = content_from(reading, at + 1, "that" if tokens[at + 1].low == "that" else "np")
    subject = subject_before(tokens, reading.low, group.first)
    if subject is None or content is None or tokens[subject[0][0]].low == "it":
        # “it is clear that”: to whom is not said.
        return False
    reading.take(
        Draft(
            reading.paragraph,
            [content],
            subject[0],
            (group.first, at + 1),
            word.kind,
            "adjective",
            word.lemma,
            subject[1],
        )
    )
    return True


def noun(reading: Reading, at: int, word: Word) -> bool:
    """“the mayor’s claim that”, “a report by the ministry that”, “his support for”."""
    tokens = reading.tokens
    after = at + 1
    source: Range | None = None
    if _made(reading, at, word):
        return True
    if after < reading.high and tokens[after].low in ("by", "from"):
        by = phrase_after(tokens, after + 1, reading.high)
        if by:
            source, after = by[0], by[2]
    if after >= reading.high or tokens[after].low not in word.frames:
        return False
    content = content_from(reading, after, "that" if tokens[after].low in WH else "np")
    if content is None:
        return False
    if tokens[after].low == "that" and after + 1 < reading.high and is_finite(tokens, after + 1):
        # “a claim that was made”
        return False
    if source is None:
        source = _possessor(reading, at)
        if source and tokens[source[0]].low in POSSESSIVES:
            owner = leading_phrase(tokens, reading.low, source[0])
            source = owner[0] if owner else source
    if source is None and tokens[after].low in WH:
        leading = leading_phrase(tokens, reading.low, at - 1) if at > reading.low else None
        source = leading[0] if leading else None
    if source is None and tokens[after].low not in WH:
        return False
    pattern = f"noun {'that' if tokens[after].low in WH else 'prep'}{' of' if source else ''}"
    reading.take(Draft(reading.paragraph, [content], source, (at, at + 1), word.kind, pattern, word.lemma))
    return True


def _made(reading: Reading, at: int, word: Word) -> bool:
    """“made the case that”, “raised questions about”: a verb that says nothing of its own, and who does it."""
    tokens = reading.tokens
    verb = at - 1
    while (
        verb > max(reading.low, at - _LONGEST_MADE)
        and tokens[verb].low not in _MAKING
        and _may_stand_between(tokens[verb])
    ):
        verb -= 1
    if verb <= reading.low or tokens[verb].low not in _MAKING:
        return False
    after = at + 1
    if after >= reading.high or tokens[after].low not in word.frames:
        return False
    group = verb_group(tokens, reading.low, verb)
    content = content_from(
        reading, after + (tokens[after].low not in WH | {"to"}), "that" if tokens[after].low in WH else "np"
    )
    found = subject_before(tokens, reading.low, group.first)
    is_passive = group.has_be and not tokens[verb].low.endswith("ing")
    if content is None or found is None or is_passive:
        return False
    name = "made that" if tokens[after].low in WH else "made prep"
    name += " to" if group.is_infinitive else ""
    reading.take(
        Draft(reading.paragraph, [content], found[0], (group.first, at + 1), word.kind, name, word.lemma, found[1])
    )
    return True


def _may_stand_between(token: Token) -> bool:
    return is_word(token) and token.low not in PREPOSITIONS and not is_auxiliary(token.low) and token.within < 0


def _possessor(reading: Reading, at: int) -> Range | None:
    tokens = reading.tokens
    for k in range(at - 1, max(reading.low, at - 5) - 1, -1):
        low = tokens[k].low
        if low in POSSESSIVES:
            return (k, k + 1)
        if low.endswith(("'s", "s'")) and len(low) > 2:
            first = k
            while first > reading.low and (
                tokens[first - 1].text[0].isupper() or tokens[first - 1].low in ("the", "a")
            ):
                first -= 1
            return (first, k + 1)
        if not is_word(tokens[k]) or low in PREPOSITIONS or is_auxiliary(low):
            return None
    return None
