"""Cards: claims with all that a page shows of each. Used wherever claims are listed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from articles.accounts import Pair, Relation, Rulings, Stated, Value, contradicting
from articles.loading import said_beside
from articles.models import Answer, Article, Claim, Highlight, Paragraph, Question, Source
from articles.models.answer import KEY, said_in, speaker_in
from articles.models.loaded import loaded
from articles.tones import tones_in_article
from articles.writing.rulings import relations_on
from articles.writing.stating import names_a_place, stated, stated_in, surroundings

# Of how many different answers it is kept how they relate: what is kept grows with their square.
MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What another source says on the same question: the words of the text, and how the desk reads them where that
    says more than they do."""

    source: Source
    value: str
    as_worded: str
    reading: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a claim says on one question, and which other sources say something else."""

    question: Question
    answer: Answer
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """`number` is the paragraph's and the claim's in it, “12.1”: a new claim changes no number in other paragraphs.
    `tone` is the source's in this article, 0 without one. `highlights` are the claim's: to ask it for them again
    costs more than the rest of a mark."""

    claim: Claim
    number: str
    tone: int
    paragraph: Paragraph | None
    said: tuple[Said, ...]
    highlights: tuple[Highlight, ...]

    @property
    def code(self) -> str:
        """“SANA”, and “SANA?” while it is not checked who says it in this version."""
        code = self.claim.source.code if self.claim.source else ""
        return f"{code}?" if self.claim.is_doubtful or not code else code

    @property
    def name(self) -> str:
        return self.claim.source.name if self.claim.source else "a source not yet chosen"


def tones_of(claims: Iterable[Claim]) -> dict[int, int]:
    """From the key of each source that speaks in these claims of one article to its tone there."""
    return tones_in_article({claim.source.pk: claim.source.tone for claim in claims if claim.source})


def make_cards(
    claims: Sequence[Claim],
    article: Article,
    paragraphs: Mapping[int, Paragraph],
    tones: Mapping[int, int],
    compared: Iterable[Answer] | None = None,
) -> list[Card]:
    """Cards of claims of one article, in reading order: an article is compared with itself and with the latest
    versions of the other articles of its story. One query if a question is answered, another if it is by a place,
    another if an editor has ruled on one of the questions.

    These are all its claims, or at least all of some paragraphs; then `compared` are the answers to compare with.
    """
    answers = {claim.pk: _answers(claim) for claim in claims}
    own = [answer for some in answers.values() for answer in some]
    against = _against(own, article, compared)
    numbers: Counter[str] = Counter()
    cards = []
    for claim in claims:
        highlights = tuple(loaded(claim, "highlights"))
        paragraph = next((paragraphs.get(one.paragraph_id) for one in highlights if one.paragraph_id), None)
        cards.append(
            Card(
                claim=claim,
                number=_number(paragraph, numbers),
                tone=tones.get(claim.source_id or 0, 0),
                highlights=highlights,
                paragraph=paragraph,
                said=tuple(Said(one.question, one, against.get(one.pk, ())) for one in answers[claim.pk]),
            )
        )
    return cards


def _against(
    own: Sequence[Answer], article: Article, compared: Iterable[Answer] | None
) -> dict[int, tuple[Contradiction, ...]]:
    """What is said beside the article is read as rows: most of it no card shows."""
    rows = {answer.pk: answer for answer in [*(compared or ()), *own]}
    beside = said_beside(article, {answer.question_id for answer in own}) if compared is None else []
    has_places = any(row.place_id for row in rows.values()) or any(names_a_place(row) for row in beside)
    around = surroundings(article.story) if has_places else {}
    ruled = relations_on({row.question.pk: row.question for row in rows.values()}.values())
    # Those that are the same whatever is shown come first, in their order.
    said = [*stated_in(beside, around), *stated(rows.values(), around)]
    found = _conflicting(said, {answer.pk for answer in own}, ruled)
    shown = {other.key for others in found.values() for other in others}
    each = {key: _contradiction(rows[key]) for key in shown & rows.keys()}
    each |= _contradictions_in(row for row in beside if row[KEY] in shown - rows.keys())
    return _contradictions(found, each, own)


def _conflicting(said: Sequence[Stated], asked: Set[int], ruled: Rulings) -> dict[int, tuple[Stated, ...]]:
    """As `accounts.contradicting` for the keys asked for, which needs to compare no two answers again while a desk says
    what it said. Of answers that say the same the one that was given first stands for all, with its words."""
    first: dict[tuple[str, str, Value], Stated] = {}
    for one in said:
        saying = one.question, one.source, one.value
        if one.key <= first.setdefault(saying, one).key:
            first[saying] = one
    firsts = tuple(first.values())
    places = {key: at for at, key in enumerate(first)}
    own = {one.key: places[one.question, one.source, one.value] for one in said if one.key in asked}
    compare = _compared if len(first) <= MOST_KEPT else _compared.__wrapped__
    found = compare(tuple(first), frozenset(own.values()), frozenset(ruled.items()))
    lists = {at: tuple(firsts[other] for other in others) for at, others in found.items()}
    return {key: lists[at] for key, at in own.items()}


@lru_cache(maxsize=32)
def _compared(
    said: tuple[tuple[str, str, Value], ...],
    own: frozenset[int],
    ruled: frozenset[tuple[tuple[str, Pair], Relation]],
) -> dict[int, tuple[int, ...]]:
    """For each of these places of answers, by question, source and value, the places of those that contradict it."""
    found = contradicting((Stated(at, *one) for at, one in enumerate(said)), dict(ruled), own)
    return {at: tuple(other.key for other in others) for at, others in found.items()}


def _number(paragraph: Paragraph | None, numbers: Counter[str]) -> str:
    name = str(paragraph.number or paragraph.anchor) if paragraph else ""
    numbers[name] += 1
    return f"{name}.{numbers[name]}"


def _answers(claim: Claim) -> list[Answer]:
    answers = list(loaded(claim, "answers"))
    for answer in answers:
        answer.claim = claim
    return answers


def _contradictions(
    against: Mapping[int, tuple[Stated, ...]], each: Mapping[int, Contradiction], own: Sequence[Answer]
) -> dict[int, tuple[Contradiction, ...]]:
    """Of each of these answers what contradicts it, each source once for each value it gives. Answers that say the
    same share theirs, so that is made once."""
    lists = {id(others): others for answer in own if (others := against.get(answer.pk))}
    made = {
        place: tuple(sorted((each[other.key] for other in others), key=_by_name)) for place, others in lists.items()
    }
    return {answer.pk: made[id(against[answer.pk])] for answer in own if against.get(answer.pk)}


def _by_name(one: Contradiction) -> tuple[tuple[str, str], str]:
    return one.source.name_key, one.value


def _contradiction(answer: Answer) -> Contradiction:
    """Only what somebody says is compared, so there is a source."""
    assert answer.claim.source
    return Contradiction(answer.claim.source, answer.value, answer.as_worded, answer.reading_of_it)


def _contradictions_in(rows: Iterable[tuple[Any, ...]]) -> dict[int, Contradiction]:
    """The same from rows of what is said beside an article, by their keys."""
    speakers: dict[str, Source] = {}
    found = {}
    for row in rows:
        if row[1] not in speakers:
            speakers[row[1]] = speaker_in(row)
        found[row[KEY]] = Contradiction(speakers[row[1]], *said_in(row))
    return found
