"""Accounts side by side: questions × sources, with the words themselves in every account.

An account is all that one source says on one question. A claim and what it continues in the versions before are
one: it stands once, as the last version has it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from articles.accounts import Number, Pair, Relation, relations, sign
from articles.models import Answer, Place, Question, Ruling, Source
from articles.pages.account_words import Words, words_of
from articles.pages.pictures import Picture, picture
from articles.pages.sketches import Sketch, sketch
from articles.pages.whereabouts import Whereabouts
from articles.writing.rulings import relations_of
from articles.writing.stating import Surroundings, stated, value_of

# How many claims of one account stand in the table; the page of the question has them all.
FULLEST = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A source that answers a question of the story. `count`: its claims in the story."""

    source: Source
    tone: int
    count: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What one claim says on the question, and what its place is called there."""

    answer: Answer
    words: Words
    where: Whereabouts


@dataclass(frozen=True, slots=True)
class Account:
    """`others`: how many more claims of this source answer the question. `against`, `beside`: the sources whose
    accounts conflict with it, and those that can agree. `is_read_again`: it is empty because a new version has other
    words, and no editor has said yet what they answer."""

    column: Column
    statements: tuple[Statement, ...]
    others: int
    against: tuple[Source, ...]
    beside: tuple[Source, ...]
    is_read_again: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two sources relate on one question; `ruling` where an editor has overruled what is computed."""

    one: Source
    other: Source
    relation: Relation
    ruling: Ruling | None


@dataclass(frozen=True, slots=True)
class Row:
    question: Question
    sign: Relation
    accounts: tuple[Account, ...]
    comparisons: tuple[Comparison, ...]
    picture: Picture | None
    sketch: Sketch | None

    @property
    def is_answered(self) -> bool:
        return any(account.statements for account in self.accounts)

    @property
    def rulings(self) -> list[Ruling]:
        return [one.ruling for one in self.comparisons if one.ruling]

    @property
    def silent(self) -> list[Column]:
        return [one.column for one in self.accounts if not one.statements and not one.is_read_again]

    @property
    def read_again(self) -> list[Column]:
        return [account.column for account in self.accounts if account.is_read_again]

    @property
    def speaking(self) -> list[Account]:
        return [account for account in self.accounts if account.statements]


@dataclass(frozen=True, slots=True)
class Material:
    """What a table is made of: answers with claim, source, question, choice and place loaded; for each claim its
    quote and where it stands; the keys of sources and questions on which answers were left out in a new version."""

    answers: Sequence[Answer]
    quotes: Mapping[int, str]
    whereabouts: Mapping[int, Whereabouts]
    around: Surroundings
    rulings: Mapping[tuple[str, Pair], Ruling]
    read_again: Set[tuple[int | None, int]] = frozenset()


def rows(
    questions: Sequence[Question], columns: Sequence[Column], material: Material, most: int | None = FULLEST
) -> list[Row]:
    """One for each question, in the order given. `most`: how many claims an account names, None for all."""
    return _Table(tuple(columns), material, most).rows(questions)


@dataclass(frozen=True, slots=True)
class _Table:
    columns: tuple[Column, ...]
    material: Material
    most: int | None

    def rows(self, questions: Sequence[Question]) -> list[Row]:
        sources = {column.source.pk for column in self.columns}
        asked = {question.pk for question in questions}
        answers = self.material.answers
        shown = [one for one in answers if one.claim.source_id in sources and one.question_id in asked]
        by_question: dict[str, list[Answer]] = defaultdict(list)
        for answer in shown:
            by_question[answer.question.slug].append(answer)
        related = relations(stated(shown, self.material.around), relations_of(self.material.rulings))
        return [self._row(one, by_question[one.slug], related.get(one.slug, {})) for one in questions]

    def _row(self, question: Question, answers: Sequence[Answer], related: Mapping[Pair, Relation]) -> Row:
        own: dict[int | None, list[Answer]] = defaultdict(list)
        for answer in answers:
            own[answer.claim.source_id].append(answer)
        return Row(
            question=question,
            sign=sign(related.values()),
            accounts=tuple(self._account(question, column, own[column.source.pk], related) for column in self.columns),
            comparisons=tuple(self._comparisons(question, related)),
            picture=picture(self._numbers(own)),
            sketch=sketch(self._places(own)),
        )

    def _account(
        self, question: Question, column: Column, answers: Sequence[Answer], related: Mapping[Pair, Relation]
    ) -> Account:
        chosen = answers if self.most is None else fullest(answers, self.most)
        return Account(
            column=column,
            statements=tuple(self._statement(answer) for answer in chosen),
            others=len(answers) - len(chosen),
            against=self._those(column, related, Relation.CONFLICT),
            beside=self._those(column, related, Relation.AGREE),
            is_read_again=not answers and (column.source.pk, question.pk) in self.material.read_again,
        )

    def _statement(self, answer: Answer) -> Statement:
        quote = self.material.quotes[answer.claim_id]
        words = words_of(quote, answer.as_worded, is_cut=self.most is not None)
        return Statement(answer, words, self.material.whereabouts[answer.claim_id])

    def _those(self, column: Column, related: Mapping[Pair, Relation], relation: Relation) -> tuple[Source, ...]:
        pairs = ((other.source, frozenset((column.source.slug, other.source.slug))) for other in self.columns)
        return tuple(other for other, pair in pairs if related.get(pair) is relation)

    def _comparisons(self, question: Question, related: Mapping[Pair, Relation]) -> Iterable[Comparison]:
        """Each two sources that answer the question, in the order of the columns."""
        for one, other in combinations(self.columns, 2):
            pair = frozenset((one.source.slug, other.source.slug))
            if pair in related:
                ruling = self.material.rulings.get((question.slug, pair))
                yield Comparison(one.source, other.source, related[pair], ruling)

    def _places(self, own: Mapping[int | None, Sequence[Answer]]) -> list[tuple[Place, int, str]]:
        return [
            (answer.place, column.tone, column.source.code)
            for column in self.columns
            for answer in own.get(column.source.pk, ())
            if answer.place
        ]

    def _numbers(self, own: Mapping[int | None, Sequence[Answer]]) -> Iterable[tuple[Source, int, Number]]:
        for column in self.columns:
            for answer in own.get(column.source.pk, ()):
                value = value_of(answer, self.material.around)
                if isinstance(value, Number):
                    yield column.source, column.tone, value


def fullest(answers: Sequence[Answer], most: int) -> list[Answer]:
    """Those with the most words, but one of each value first: what a source says otherwise is never hidden behind
    what it says at length. In the order given."""
    by_length = sorted(answers, key=lambda answer: -len(answer.as_worded))
    first: dict[str, Answer] = {}
    for answer in by_length:
        first.setdefault(answer.value, answer)
    others = [answer for answer in by_length if first[answer.value] is not answer]
    chosen = {answer.pk for answer in [*first.values(), *others][:most]}
    return [answer for answer in answers if answer.pk in chosen]
