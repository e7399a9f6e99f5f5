"""Clauses: the one who says it, the cue, and then what is said: “she said that …”, “is expected to …”."""

from collections.abc import Sequence

from articles.text.attributed import lexicon
from articles.text.attributed.drafts import Draft, Range, Reading
from articles.text.attributed.following import after_cue, content_from
from articles.text.attributed.lexicon import Kind, Word
from articles.text.attributed.phrases import (
    DASHES,
    Group,
    is_finite,
    leading_phrase,
    phrase_after,
    phrase_before,
    subject_before,
    verb_group,
)
from articles.text.attributed.quotations import Paragraph
from articles.text.attributed.tokens import (
    CONJUNCTIONS,
    DETERMINERS,
    OBJECT_PRONOUNS,
    PERSONAL,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    VENUES,
    WH,
    is_adverb,
    is_auxiliary,
    is_contracted,
    is_word,
    word_set,
)

_FRONTED = word_set("while although though when if because after before since whereas")
# Before a verb these may be subjects, though they are determiners as well.
_PRONOUNS_TOO = word_set("this that some many most all both few several those these")
_PLURALS = word_set("they we i you who people some many others most and that")
_NOUNS_TOO = word_set("""votes states backs calls claims reports plans attacks fears doubts views shows names lists
    offers finds demands charges hopes questions promises pledges orders requests estimates polls projects wishes
    comments posts bets objects challenges details addresses""")
_PASSIVE_OBJECTS = word_set("ask tell inform remind assure")


def find_clauses(reading: Reading) -> None:
    tokens = reading.tokens
    for at in range(reading.low, reading.high):
        if tokens[at].within >= 0 or not reading.is_free(at):
            continue
        low = tokens[at].low
        word = lexicon.verbs().get(low)
        if word and _verb(reading, at, word):
            continue
        word = lexicon.adjectives().get(low)
        if word and _adjective(reading, at, word):
            continue
        word = lexicon.nouns().get(low)
        if word:
            _noun(reading, at, word)


def find_announced(paragraph: Paragraph, drafts: Sequence[Draft]) -> list[Draft]:
    """“The mayor replied:” at the end of a paragraph: what is said comes in the next."""
    low, high = paragraph.pieces[-1]
    reading = Reading(paragraph, low, high)
    taken = {at for one in drafts for part in one.content for at in range(*part)}
    for at in range(high - 1, low - 1, -1):
        word = lexicon.verbs().get(paragraph.tokens[at].low)
        if word and "q" in word.frames and at not in taken and paragraph.tokens[at].within < 0:
            group = verb_group(paragraph.tokens, low, at)
            source, apposition, _ = _subject(reading, group)
            draft = Draft(
                reading.paragraph, [], source, (group.first, at + 1), word.kind, "announced", word.lemma, apposition
            )
            return [draft]
    return []


# ---- Verbs ----


def _verb(reading: Reading, at: int, word: Word) -> bool:
    tokens = reading.tokens
    if word.form == "ing":
        return _participle(reading, at, word)
    group = verb_group(tokens, reading.low, at)
    if word.form in ("past", "part") and group.has_be:
        return _passive(reading, group, word)
    if not _is_verb(reading, group, word):
        return False
    found = after_cue(reading, at, word)
    if found is None:
        return False
    start, pattern = found
    source, apposition, way = (None, None, "asked") if _is_asked(reading, group, word) else _subject(reading, group)
    if source is None and (word.form in ("base",) or way == "none"):
        return False
    content = content_from(reading, start, pattern)
    if content is None:
        return False
    if word.kind is Kind.SEEM:
        parts = [source, content] if source and pattern == "inf" else [content]
        reading.take(Draft(reading.paragraph, parts, None, (group.first, at + 1), word.kind, "seem", word.lemma))
        return True
    if source and tokens[source[0]].low in ("who", "which") and source[0] > 0 and tokens[source[0] - 1].low == ",":
        content = _within_relative(reading, content)
    if source and source[0] > reading.low and tokens[source[0] - 1].low in _FRONTED:
        content = _within_fronted(reading, content)
    name = pattern + (" to" if group.is_infinitive else "") + (" " + way if way != "before" else "")
    reading.take(
        Draft(reading.paragraph, [content], source, (group.first, at + 1), word.kind, name, word.lemma, apposition)
    )
    return True


def _within_fronted(reading: Reading, content: Range) -> Range:
    """“While she said it was late, he stayed”: up to the comma."""
    tokens = reading.tokens
    for k in range(content[0] + 2, content[1] - 1):
        if tokens[k].low == "," and tokens[k].within < 0 and tokens[k + 1].low not in ("and", "or", "which", "who"):
            return content[0], k
    return content


def _within_relative(reading: Reading, content: Range) -> Range:
    """“who said he knew, told her”: up to the comma before the verb that the relative clause interrupts."""
    tokens = reading.tokens
    for k in range(content[0] + 1, content[1] - 1):
        if tokens[k].low == "," and tokens[k].within < 0:
            after = next((at for at in range(k + 1, content[1]) if not is_adverb(tokens[at].low)), k + 1)
            if is_finite(tokens, after) and not is_contracted(tokens[after].low):
                return content[0], k
    return content


def _is_verb(reading: Reading, group: Group, word: Word) -> bool:
    """Not a noun and not a participle: by what stands before."""
    tokens, at = reading.tokens, group.verb
    if group.first == reading.low:
        return word.form not in ("base", "s") or is_contracted(tokens[at - 1].low if at > group.first else "")
    before = tokens[group.first - 1]
    if before.low in PREPOSITIONS and not group.is_infinitive:
        return False
    if group.first < at:
        return True
    if before.low in DETERMINERS and before.low not in _PRONOUNS_TOO:
        return False
    if before.low.endswith(("'s", "s'")) and before.low not in lexicon.verbs() and not is_contracted(before.low):
        return False
    if word.form == "base":
        plural = before.low.endswith("s") or before.low in _PLURALS
        return (plural and tokens[at].text[0].islower()) or before.low in PERSONAL
    return word.form != "s" or tokens[at].low not in _NOUNS_TOO or _has_object(reading, at)


def _has_object(reading: Reading, at: int) -> bool:
    """“the group claims that”, not “the claims that were made”: the word before is no adjective, an object follows."""
    tokens = reading.tokens
    before, after = tokens[at - 1], tokens[min(at + 1, len(tokens) - 1)]
    if before.low in PERSONAL | RELATIVES or before.low == ",":
        return True
    follows = (
        after.low in DETERMINERS | PERSONAL | OBJECT_PRONOUNS | {'"', ":", "that"}
        or after.text[0].isupper()
        or after.text[0].isdigit()
    )
    return follows and (before.text[0].isupper() or not before.low.endswith(("s", "al", "ic", "ive", "ed", "ing")))


def _is_asked(reading: Reading, group: Group, word: Word) -> bool:
    """“Asked about it, he …”: nobody is said to ask."""
    if word.lemma != "ask" or group.first != group.verb:
        return False
    before = reading.tokens[group.first - 1].low if group.first > reading.low else ""
    return before in ("", "when", "if", "after", "being") and reading.tokens[
        min(group.verb + 1, reading.high - 1)
    ].low in WH | {"about", "to", "by", "on", "at", "in"}


def _subject(reading: Reading, group: Group) -> tuple[Range | None, Range | None, str]:
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


def _participle(reading: Reading, at: int, word: Word) -> bool:
    """“…, saying that”, “is calling for”, “after accusing”."""
    tokens = reading.tokens
    group = verb_group(tokens, reading.low, at)
    before = tokens[group.first - 1].low if group.first > reading.low else ""
    if group.first == at and (before in DETERMINERS or before.endswith("'s")):
        return False
    found = after_cue(reading, at, word)
    if found is None:
        return False
    start, pattern = found
    content = content_from(reading, start, pattern)
    if content is None:
        return False
    fronted = _fronted_subject(reading, at, content) if not group.has_be else None
    if group.has_be:
        source, apposition, way = _subject(reading, group)
    else:
        source, apposition, way = _participle_subject(reading, at, before)
    if fronted:
        content, source, apposition, way = *fronted, None, "fronted"
    if source is None:
        return False
    reading.take(
        Draft(
            reading.paragraph,
            [content],
            source,
            (group.first, at + 1),
            word.kind,
            f"{pattern} ing {way}",
            word.lemma,
            apposition,
        )
    )
    return True


def _fronted_subject(reading: Reading, at: int, content: Range) -> tuple[Range, Range] | None:
    """“After saying he was tired, the man sat down”: what is said, and the man."""
    tokens = reading.tokens
    if not (at == reading.low or (at == reading.low + 1 and tokens[reading.low].low in PREPOSITIONS | _FRONTED)):
        return None
    comma = next((k for k in range(at + 1, reading.high) if tokens[k].low == "," and tokens[k].within < 0), None)
    found = phrase_after(tokens, comma + 1, reading.high) if comma else None
    if comma is None or found is None or comma <= content[0]:
        return None
    return (content[0], min(comma, content[1])), found[0]


def _participle_subject(reading: Reading, at: int, before: str) -> tuple[Range | None, Range | None, str]:
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


def _passive(reading: Reading, group: Group, word: Word) -> bool:
    """“was asked whether”, “is expected to”, “was accused by the mayor of”."""
    tokens, at = reading.tokens, group.verb
    subject = subject_before(tokens, reading.low, group.first)
    after = at + 1
    while after < reading.high and is_adverb(tokens[after].low):
        after += 1
    if after >= reading.high:
        return False
    source, way, low = None, "passive", tokens[after].low
    if low == "by":
        by = phrase_after(tokens, after + 1, reading.high)
        if by is None:
            return False
        source, way, after = by[0], "passive by", by[2]
        low = tokens[after].low if after < reading.high else ""
    if word.lemma in _PASSIVE_OBJECTS and low in WH | {"about"}:
        content = content_from(reading, after, "that")
    elif low in ("to", "that", "as", "of", "for") or source:
        content = content_from(reading, after, "np")
    else:
        return False
    parts = [
        part
        for part in (subject[0] if subject and (word.lemma not in _PASSIVE_OBJECTS or low == "to") else None, content)
        if part
    ]
    if not parts or (low in ("that", "of", "for", "as") and "n" not in word.frames and low != "that"):
        return False
    reading.take(
        Draft(
            reading.paragraph,
            parts,
            source,
            (group.first, at + 1),
            word.kind,
            f"{way} {low if not source else ''}".strip(),
            word.lemma,
        )
    )
    return True


# ---- Adjectives and nouns ----


def _adjective(reading: Reading, at: int, word: Word) -> bool:
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
    if subject is None or content is None:
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


def _noun(reading: Reading, at: int, word: Word) -> bool:
    """“the mayor’s claim that”, “a report by the ministry that”, “his support for”."""
    tokens = reading.tokens
    after = at + 1
    source: Range | None = None
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
    if source is None and tokens[after].low in WH:
        leading = leading_phrase(tokens, reading.low, at - 1) if at > reading.low else None
        source = leading[0] if leading else None
    if source is None and tokens[after].low not in WH:
        return False
    pattern = f"noun {'that' if tokens[after].low in WH else 'prep'}{' of' if source else ''}"
    reading.take(Draft(reading.paragraph, [content], source, (at, at + 1), word.kind, pattern, word.lemma))
    return True


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
