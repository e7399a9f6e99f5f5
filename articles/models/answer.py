"""Answers: what a claim says on a question."""

from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Min, Q

from articles.models.claim import Claim, ClaimQuerySet
from articles.models.question import Choice, Place, Question
from articles.models.source import Source
from articles.text import answers

# What answers have in common that say the same: one source, one question, one value.
_SAME = ("question", "claim__source", "low", "high", "about", "choice", "place", "words")
# What `stating.value_from` takes of an answer.
VALUE = ("low", "high", "about", "choice__slug", "choice__leaves_open", "place", "place__slug", "words")
# Who says what, and where the key of the answer that says so stands behind it.
_STATING = ("question__slug", "claim__source__slug", *VALUE)
KEY = len(_STATING)
_WORDS = ("as_worded", "choice", "choice__label", "place__name", "claim__source__name", "claim__source__tone")
_NO_NUMBER = Q(low=None, high=None, about=False)


def kind_of(choice: int | None, place: int | None, words: str) -> str:
    """Of a question's kinds the one that an answer has by its values."""
    if choice is not None:
        return Question.Kind.CHOICE
    if place is not None:
        return Question.Kind.PLACE
    return Question.Kind.WORDS if words else Question.Kind.NUMBER


class AnswerQuerySet(models.QuerySet["Answer"]):
    def for_cards(self) -> Self:
        return self.select_related("question", "choice", "place").order_by("question__position", "id")

    def of_each(self, claims: Iterable[int]) -> Self:
        """Of the claims with these keys."""
        return self.filter(claim__in=claims)

    def to_compare(self, claims: ClaimQuerySet) -> Self:
        """The answers of claims that are loaded already, and so are their questions. One query."""
        return self.filter(claim__in=claims).select_related("choice", "place").order_by("id")

    def of_any(self, claims: ClaimQuerySet, others: ClaimQuerySet) -> Self:
        return self.filter(Q(claim__in=claims) | Q(claim__in=others))

    def sayings(self, **counted: models.Aggregate) -> "models.QuerySet[Answer, tuple[Any, ...]]":
        """Who says what, each once: the keys of question and source, then the value, then what is to be counted of the
        answers that say so. One query."""
        rows = self.order_by().values_list(*_SAME)
        return rows.annotate(**counted) if counted else rows.distinct()

    def to_state(self) -> "models.QuerySet[Answer, tuple[Any, ...]]":
        """Who says what, each once, as `stating.stated_in` takes it: question and source by slug, the value, and the
        key of the first answer that says so. In no order. One query."""
        return self.order_by().values_list(*_STATING).annotate(first=Min("pk"))

    def to_contradict(self) -> "models.QuerySet[Answer, tuple[Any, ...]]":
        """The same with the words of that answer, and what `said_in` makes of it. One query."""
        return self.first_of_each().order_by("pk").values_list(*_STATING, "pk", *_WORDS)

    def first_of_each(self) -> Self:
        """The first of those answers that say the same."""
        firsts = self.order_by().values(*_SAME).annotate(first=Min("pk")).values("first")
        return type(self)(self.model, using=self.db).filter(pk__in=firsts)

    def different(self) -> Self:
        """The same, for cards. One query."""
        return self.first_of_each().for_cards().select_related("claim__source")

    def of_claims(self, claims: ClaimQuerySet) -> Self:
        """The answers of these claims, with what comparing accounts needs. One query."""
        return (
            self.filter(claim__in=claims)
            .select_related("question", "choice", "place", "claim__source", "claim__article")
            .order_by("question__position", "question_id", "claim__article_id", "claim__reading_order", "id")
        )


class Answer(models.Model):
    # Where an index of these is missing, another one begins with them.
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="answers", db_index=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    low = models.BigIntegerField(null=True, blank=True, help_text="Smallest number meant; empty: no lower bound.")
    high = models.BigIntegerField(null=True, blank=True, help_text="Largest number meant; empty: no upper bound.")
    about = models.BooleanField(default=False, help_text="The number was given as an estimate.")
    choice = models.ForeignKey(
        Choice, on_delete=models.PROTECT, null=True, blank=True, related_name="answers", db_index=False
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="answers", db_index=False
    )
    words = models.TextField(blank=True)
    as_worded = models.TextField(help_text="The words of the text that give the answer.")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["claim_id", "question_id"]
        indexes = [
            models.Index(fields=["choice"], condition=Q(choice__isnull=False), name="answer_of_choice"),
            models.Index(fields=["place"], condition=Q(place__isnull=False), name="answer_of_place"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "question"],
                name="answer_one_per_question",
                violation_error_message="A claim answers a question once.",
            ),
            models.CheckConstraint(
                condition=(
                    (Q(low__isnull=False) | Q(high__isnull=False)) & Q(choice=None, place=None, words="")
                    | _NO_NUMBER & Q(choice__isnull=False, place=None, words="")
                    | _NO_NUMBER & Q(choice=None, place__isnull=False, words="")
                    | _NO_NUMBER & Q(choice=None, place=None) & ~Q(words="")
                ),
                name="answer_of_one_kind",
                violation_error_message="An answer is a number, a choice, a place or words: one of them.",
            ),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(low__lte=F("high")),
                name="answer_low_not_above_high",
                violation_error_message="The lower bound is above the upper one.",
            ),
            models.CheckConstraint(
                condition=~Q(as_worded=""),
                name="answer_as_worded_not_empty",
                violation_error_message="An answer quotes the words that give it.",
            ),
        ]

    def __str__(self) -> str:
        return self.value

    def clean(self) -> None:
        """The rules that span tables: of the question's kind, choice and story."""
        if self.question.story_id != self.claim.article.story_id:
            raise ValidationError({"question": "The question belongs to another story than the claim’s article."})
        if self.kind != self.question.kind:
            asked, given = (
                kind if kind == Question.Kind.WORDS else f"a {kind}" for kind in (self.question.kind, self.kind)
            )
            raise ValidationError(f"The question asks for {asked}, the answer is {given}.")
        if self.choice and self.choice.question_id != self.question_id:
            raise ValidationError({"choice": "This is a choice of another question."})
        if self.place and self.place.story_id != self.question.story_id:
            raise ValidationError({"place": "This place belongs to another story."})

    @property
    def saying(self) -> tuple[Any, ...]:
        """What `sayings` gives for it."""
        value = (self.low, self.high, self.about, self.choice_id, self.place_id, self.words)
        return self.question_id, self.claim.source_id, *value

    @property
    def kind(self) -> str:
        return kind_of(self.choice_id, self.place_id, self.words)

    @property
    def value(self) -> str:
        """The answer in a few words: “25”, “more than 100”, “about 100”, “Khusham”."""
        return str(self.choice or self.place or self.words or answers.number(self.low, self.high, self.about))

    @property
    def reading_of_it(self) -> str:
        """How the desk reads the words of the text; empty where that says no more than they do. A page prints
        the words first and then this, so that nobody is shown as saying what the desk made of it."""
        return reading_of(self.kind, self.value, self.as_worded, self.low, self.high, self.about)


def reading_of(kind: str, value: str, as_worded: str, low: int | None, high: int | None, about: bool) -> str:
    match kind:
        case Question.Kind.NUMBER:
            says_no_more = answers.says_number(as_worded, low, high, about)
        case Question.Kind.PLACE:
            says_no_more = answers.says_name(as_worded, value)
        case _:
            says_no_more = answers.says_the_same(as_worded, value)
    return "" if says_no_more else value


def said_in(row: tuple[Any, ...]) -> tuple[str, str, str]:
    """From a row of `to_contradict`: the value, the words of the text, and how the desk reads them."""
    low, high, about, _, _, place, _, words, _, as_worded, choice, label, place_name = row[2:-2]
    value = label or place_name or words or answers.number(low, high, about)
    return value, as_worded, reading_of(kind_of(choice, place, words), value, as_worded, low, high, about)


def speaker_in(row: tuple[Any, ...]) -> Source:
    """From the same, as far as a card shows it."""
    return Source(slug=row[1], name=row[-2], tone=row[-1])
