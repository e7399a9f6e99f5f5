"""Answers: what a claim says on a question."""

import re
from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Min, Q

from articles.models.claim import Claim, ClaimQuerySet
from articles.models.question import Choice, Place, Question
from articles.models.source import Source

# What parts the thousands of a number: 1,000 and 1 000 are the same.
_THOUSANDS = re.compile(r"(?<=\d)[,.\s'’](?=\d{3}(?!\d))")
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
        """The same with the words of that answer, and what `answer_from` makes of it. One query."""
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
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    low = models.BigIntegerField(null=True, blank=True, help_text="Smallest number meant; empty: no lower bound.")
    high = models.BigIntegerField(null=True, blank=True, help_text="Largest number meant; empty: no upper bound.")
    about = models.BooleanField(default=False, help_text="The number was given as an estimate.")
    choice = models.ForeignKey(Choice, on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    words = models.TextField(blank=True)
    as_worded = models.TextField(help_text="The words of the text that give the answer.")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["claim_id", "question_id"]
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
        return str(self.choice or self.place or self.words or self._number())

    @property
    def reading_of_it(self) -> str:
        """How the desk reads the words of the text; empty where that says no more than they do. A page prints
        the words first and then this, so that nobody is shown as saying what the desk made of it."""
        value, worded = _plain(self.value), _plain(self.as_worded)
        match self.kind:
            case Question.Kind.NUMBER:
                is_open = (self.low is None) != (self.high is None)
                ways = self._bounds() if is_open and not self.about else (self.value,)
                says_no_more = any(_begins_with(worded, _plain(one)) for one in ways)
            case Question.Kind.PLACE:
                says_no_more = _names(worded, value)
            case _:
                says_no_more = worded == value
        return "" if says_no_more else self.value

    def _number(self) -> str:
        if self.low is None or self.high is None:
            bound, _ = self._bounds()
            return f"{bound} (estimate)" if self.about else bound
        about = "about " if self.about else ""
        return f"{about}{self.low:,}" if self.low == self.high else f"{about}{self.low:,} to {self.high:,}"

    def _bounds(self) -> tuple[str, str]:
        """Both ways to say a range without one of its ends, first the one that the desk uses: round figures as people
        say them, 101 and up is “more than 100”."""
        if self.low is None:
            high = self.high or 0
            beyond, least, is_round = f"fewer than {high + 1:,}", f"at most {high:,}", high % 10 == 9
        else:
            low = self.low
            beyond, least, is_round = f"more than {low - 1:,}", f"at least {low:,}", low % 10 == 1 and low > 1
        return (beyond, least) if is_round else (least, beyond)


def answer_from(row: tuple[Any, ...]) -> Answer:
    """From a row of `to_contradict`: an answer that knows what it says, in which words, and who says it."""
    _, source, low, high, about, _, _, place, _, words, key, as_worded, choice, label, place_name, name, tone = row
    return Answer(
        pk=key,
        claim=Claim(source=Source(slug=source, name=name, tone=tone)),
        low=low,
        high=high,
        about=about,
        choice=Choice(pk=choice, label=label) if choice else None,
        place=Place(pk=place, name=place_name) if place else None,
        words=words,
        as_worded=as_worded,
    )


def _plain(words: str) -> str:
    """Without what makes no difference to a reader: quotation marks around it, case, how thousands are parted."""
    return _THOUSANDS.sub("", words.casefold()).strip(" .,“”\"‘’'«»„")


def _begins_with(text: str, words: str) -> bool:
    """With these words, whole."""
    return text.startswith(words) and not _is_within_a_word(text[len(words) : len(words) + 1])


def _names(text: str, words: str) -> bool:
    """Somewhere in it stand these words, whole. Without a pattern: each answer would have one of its own, and making it
    takes as long as to read the answer."""
    at = text.find(words)
    while at >= 0:
        if _begins_with(text[at:], words) and not _is_within_a_word(text[:at][-1:]):
            return True
        at = text.find(words, at + 1)
    return False


def _is_within_a_word(one: str) -> bool:
    return one.isalnum() or one == "_"
