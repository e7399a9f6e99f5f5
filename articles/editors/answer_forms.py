"""Forms of answers: one for each question of a story, in the kind of the question, and one for a new question."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import slugify

from articles.loading import give_choices, places_of, questions_named, questions_of
from articles.models import Answer, Article, Choice, Claim, Place, Question, Story
from articles.models.refusals import refuse_invisible
from articles.text.numbers import read_number

NEW = "+"
_SEEN = partial(refuse_invisible, otherwise=", or empty the line", called="line")
HOW = "A number as people say it: 25, about 100, more than 100, 20 to 30."
KIND_WANTED = "Choose how it is answered: by a number, a choice, a place, or words."
COUNT_WANTED = "Say what is counted, and of whom: “pro-regime fighters killed”."
NOT_COUNTED = "Only a number counts something: choose “number”, or empty this line."
OF_TWO = "This says one thing, and what is chosen another: choose “something else”, or empty this line."
UNREADABLE = "This is not a number that the desk can read. Write 25, about 100, more than 100, at most 9, 20 to 30."

_NAME = re.compile(r"q-(.+)-(?:value|as_worded|other)")
NEW_NAMES = ("text", "counted", "value", "as_worded")


class AnswerForm(forms.Form):
    """What the claim says on one question; empty if it says nothing on it."""

    as_worded = forms.CharField(max_length=2000, required=False)

    def __init__(self, question: Question, places: Sequence[Place], before: Answer | None, data: Any = None) -> None:
        super().__init__(data, prefix=f"q-{question.slug}", initial=_initial(before))
        self.question = question
        self.before = before
        self.places = places
        self.fields["value"] = self._value_field()
        if question.kind in (Question.Kind.CHOICE, Question.Kind.PLACE):
            self.fields["other"] = forms.CharField(max_length=160, required=False, validators=[_SEEN])

    @property
    def is_answered(self) -> bool:
        return any(self[name].value() for name in self.fields)

    def _value_field(self) -> forms.Field:
        match self.question.kind:
            case Question.Kind.CHOICE:
                return _choices((row.slug, row.label) for row in self.question.choices.all())
            case Question.Kind.PLACE:
                return _choices((row.slug, row.name) for row in self.places)
            case Question.Kind.NUMBER:
                return forms.CharField(max_length=80, required=False, help_text=HOW)
        return forms.CharField(max_length=2000, required=False, widget=forms.Textarea({"rows": 2}))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("other") and not self.errors:
            self._take_other(data)
        value, worded = data.get("value", ""), data.get("as_worded", "")
        if self.question.kind == Question.Kind.NUMBER and not self.errors:
            value = data["value"] = value or worded
            if value and not self._is_unchanged(value) and read_number(value) is None:
                self.add_error("value", UNREADABLE)
        elif worded and not value and not self.errors:
            if self.question.kind == Question.Kind.WORDS:
                data["value"] = worded
            else:
                self.add_error("value", "Choose what these words say, or empty the line below.")
        if value == NEW and not data.get("other") and "other" not in self.errors:
            self.add_error("other", "Name it.")
        return data

    def _take_other(self, data: dict[str, Any]) -> None:
        """Whoever names something else has chosen it."""
        if data["value"] in ("", NEW):
            data["value"] = NEW
        else:
            self.add_error("other", OF_TWO)

    def _is_unchanged(self, value: str) -> bool:
        return self.before is not None and value == self.before.value

    @property
    def number_given(self) -> str:
        """Of a valid form, one that was not there before."""
        value: str = self.cleaned_data["value"] if self.question.kind == Question.Kind.NUMBER else ""
        return "" if self._is_unchanged(value) else value

    @property
    def asks(self) -> str:
        return str(self.question)

    def answer(self, quote: str) -> Answer | None:
        """The row, not saved; a choice or a place that is new is. The words are the claim's own if none are given."""
        data = self.cleaned_data
        if not data["value"]:
            return None
        row = Answer(question=self.question, as_worded=data["as_worded"] or quote)
        _set(row, data["value"], data.get("other", ""), self.before if self._is_unchanged(data["value"]) else None)
        return row


class NewQuestionForm(forms.Form):
    """A question that the story does not have yet, with what the claim says on it."""

    text = forms.CharField(max_length=200, required=False, validators=[_SEEN])
    kind = forms.ChoiceField(choices=[("", "choose …"), *Question.Kind.choices], required=False)
    counted = forms.CharField(max_length=120, required=False, validators=[_SEEN])
    value = forms.CharField(max_length=2000, required=False, validators=[_SEEN])
    as_worded = forms.CharField(max_length=2000, required=False)

    def __init__(self, article: Article, data: Any = None) -> None:
        super().__init__(data, prefix="new")
        self.article = article

    @property
    def is_answered(self) -> bool:
        return any(self[name].value() for name in NEW_NAMES)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get(name) for name in NEW_NAMES) and not self.errors:
            return data
        if not data.get("text") and "text" not in self.errors:
            self.add_error("text", "Write the question, or empty the other lines.")
        if not data.get("value") and "value" not in self.errors:
            self.add_error("value", "Write what the claim says on it.")
        if "kind" in data:
            self._clean_kind(data)
        return data

    def _clean_kind(self, data: dict[str, Any]) -> None:
        """Whoever says what is counted wants a number."""
        value, counted = data.get("value"), data.get("counted") or self.errors.get("counted")
        kind = data["kind"] = data["kind"] or (Question.Kind.NUMBER.value if counted else "")
        if not kind:
            self.add_error("kind", KIND_WANTED)
        elif kind != Question.Kind.NUMBER:
            if counted:
                self.add_error("counted", NOT_COUNTED)
        else:
            if not counted:
                self.add_error("counted", COUNT_WANTED)
            if value and read_number(value) is None:
                self.add_error("value", UNREADABLE)

    @property
    def number_given(self) -> str:
        data = self.cleaned_data
        return data["value"] if data.get("text") and data["kind"] == Question.Kind.NUMBER else ""

    @property
    def asks(self) -> str:
        return str(self.cleaned_data["text"])

    def answer(self, quote: str) -> Answer | None:
        """The row, not saved; the question is."""
        data = self.cleaned_data
        if not data.get("text"):
            return None
        row = Answer(question=self._question(data), as_worded=data["as_worded"] or quote)
        other = data["value"] if data["kind"] in (Question.Kind.CHOICE, Question.Kind.PLACE) else ""
        _set(row, NEW if other else data["value"], other, None)
        return row

    def _question(self, data: dict[str, Any]) -> Question:
        story = self.article.story
        assert story
        question = Question(
            story=story,
            slug=_free(data["text"], Question.objects.values_list("slug", flat=True), 120),
            text=data["text"],
            kind=data["kind"],
            counted=data["counted"],
            position=1 + max(story.questions.values_list("position", flat=True), default=-1),
        )
        question.full_clean()
        question.save()
        return question


@dataclass(frozen=True, slots=True)
class Asked:
    """What there is to answer: questions of a story with their choices, and its places by their names."""

    questions: Sequence[Question] = ()
    places: Sequence[Place] = ()

    def forms(self, claim: Claim | None, data: Any = None) -> list[AnswerForm]:
        """One for each question. `claim` must come from `whole`."""
        before = {row.question_id: row for row in claim.answers.all()} if claim else {}
        return [AnswerForm(one, self.places, before.get(one.pk), data) for one in self.questions]

    @property
    def shown(self) -> Hashable:
        """All that empty forms show of it."""
        questions = ((one.slug, one.kind, one.text, one.counted, _shown_choices(one)) for one in self.questions)
        return tuple(questions), tuple((one.slug, one.name) for one in self.places)


def _shown_choices(question: Question) -> Hashable:
    return tuple((one.slug, one.label) for one in question.choices.all())


def all_asked(article: Article) -> Asked:
    """All questions of the story, in its order. Three queries, none without a story."""
    return Asked(questions_of(article.story), _places(article.story)) if article.story else Asked()


def answered_in(data: QueryDict) -> set[str]:
    """The slugs of the questions to which something was written."""
    return {found[1] for name, value in data.items() if value and (found := _NAME.fullmatch(name))}


def asked_in(article: Article, data: QueryDict) -> Asked:
    """Those of them to which something was written. One query, none without an answer; one more each for choices and
    for places."""
    names = answered_in(data)
    if article.story is None or not names:
        return Asked()
    questions = questions_named(article.story, names)
    kinds = {question.kind for question in questions}
    if Question.Kind.CHOICE in kinds:
        give_choices(questions)
    return Asked(questions, _places(article.story) if Question.Kind.PLACE in kinds else ())


def _places(story: Story) -> list[Place]:
    return sorted(places_of(story), key=lambda place: place.name.casefold())


def _initial(before: Answer | None) -> dict[str, str]:
    if before is None:
        return {}
    chosen = before.choice or before.place
    return {"value": chosen.slug if chosen else before.value, "as_worded": before.as_worded}


def _choices(rows: Iterable[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", "says nothing on it"), *rows, (NEW, "something else …")], required=False)


def _set(row: Answer, value: str, other: str, before: Answer | None) -> None:
    match row.question.kind:
        case Question.Kind.CHOICE:
            row.choice = _choice(row.question, value, other)
        case Question.Kind.PLACE:
            row.place = _place(row.question, value, other)
        case Question.Kind.NUMBER if before:
            row.low, row.high, row.about = before.low, before.high, before.about
        case Question.Kind.NUMBER if figure := read_number(value):
            row.low, row.high, row.about = figure.low, figure.high, figure.about
        case _:
            row.words = value


def _choice(question: Question, value: str, label: str) -> Choice:
    known = {choice.slug: choice for choice in question.choices.all()}
    if value != NEW:
        return known[value]
    for choice in known.values():
        if choice.label.casefold() == label.casefold():
            return choice
    choice = Choice(question=question, slug=_free(label, known, 80), label=label, position=len(known))
    choice.full_clean()
    choice.save()
    return choice


def _place(question: Question, value: str, name: str) -> Place:
    places = Place.objects.in_stories([question.story.slug])
    found = places.filter(slug=value).first() if value != NEW else places.filter(name__iexact=name).first()
    if found:
        return found
    slugs = Place.objects.values_list("slug", flat=True)
    place = Place(story=question.story, slug=_free(name, slugs, 120), name=name)
    place.full_clean()
    place.save()
    return place


def _free(words: str, taken: Iterable[str], length: int) -> str:
    """A slug of these words that is not taken."""
    base = slugify(words, allow_unicode=True)[: length - 5] or "other"
    used = set(taken)
    return next(slug for n in range(1, len(used) + 2) if (slug := f"{base}-{n}" if n > 1 else base) not in used)
