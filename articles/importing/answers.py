"""Answers that a file gives → rows, by the slugs of a story's questions, choices and places."""

from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Self

from articles.importing.files import ArticleFileError
from articles.importing.web_annotation import AnswerData
from articles.models import Answer, Choice, Place, Question
from articles.models.answer import kind_of
from articles.writing.new_claims import NewAnswer
from newsdesk.compiled import Compiled

Failing = Callable[[str], ArticleFileError]


_QUESTIONS = Compiled(lambda stories: Question.objects.filter(story__in=stories))
_CHOICES = Compiled(lambda stories: Choice.objects.filter(question__story__in=stories))
_PLACES = Compiled(lambda stories: Place.objects.filter(story__in=stories))


class StoryAnswers:
    def __init__(self, questions: Iterable[Question], choices: Iterable[Choice], places: Iterable[Place]) -> None:
        self.questions = {row.slug: row for row in questions}
        self.places = {row.slug: row for row in places}
        self.choices: dict[int, dict[str, Choice]] = {row.pk: {} for row in self.questions.values()}
        for row in choices:
            self.choices[row.question_id][row.slug] = row

    @classmethod
    def of_stories(cls, stories: Collection[int]) -> dict[int, Self]:
        """Three queries, none for no stories."""
        keys = sorted(stories)
        questions, places = (_by_story(query.models(keys)) for query in (_QUESTIONS, _PLACES))
        story_of = {row.pk: story for story, rows in questions.items() for row in rows}
        choices: dict[int, list[Choice]] = {}
        for choice in _CHOICES.models(keys):
            choices.setdefault(story_of[choice.question_id], []).append(choice)
        return {key: cls(questions.get(key, ()), choices.get(key, ()), places.get(key, ())) for key in keys}

    def row(self, data: AnswerData, failing: Failing) -> Answer:
        """Not saved, and of no claim yet."""
        question, choice, place = self._named(data, failing)
        return Answer(
            question=question,
            low=data.low,
            high=data.high,
            about=data.about,
            choice=choice,
            place=place,
            words=data.words,
            as_worded=data.as_worded or data.words,
        )

    def new(self, data: AnswerData, failing: Failing) -> NewAnswer:
        """The same by its keys. It fails also for one of another kind than its question asks for."""
        question, choice, place = self._named(data, failing)
        keys = choice.pk if choice else None, place.pk if place else None
        if kind_of(*keys, data.words) != question.kind:
            raise failing(f"The answer on “{data.question}” is of another kind than it asks for.")
        worded = data.as_worded or data.words
        return NewAnswer(question.pk, data.low, data.high, data.about, *keys, data.words, worded)

    def _named(self, data: AnswerData, failing: Failing) -> tuple[Question, Choice | None, Place | None]:
        """What it names, where nothing is wrong with it."""
        question = _one_of(self.questions, data.question, "question", failing)
        choice = _one_of(self.choices[question.pk], data.choice, "choice", failing) if data.choice else None
        place = _one_of(self.places, data.place, "place", failing) if data.place else None
        if data.low is not None and data.high is not None and data.low > data.high:
            raise failing(f"The answer on “{data.question}” has a lower bound that is above its upper one.")
        if not (data.as_worded or data.words):
            raise failing(f"The answer on “{data.question}” has no “asWorded”: quote the words that give it.")
        if not (choice or place or data.words) and data.low is None and data.high is None:
            raise failing(f"The answer on “{data.question}” says nothing: give low, high, choice, place or words.")
        return question, choice, place


def _by_story(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.story_id, []).append(row)
    return found


def _one_of(rows: Mapping[str, Any], slug: str, what: str, failing: Failing) -> Any:
    if slug in rows:
        return rows[slug]
    near = get_close_matches(slug, rows, 1)
    hint = f"Did you mean “{near[0]}”?" if near else "Add it to the story first, or correct it in this file."
    raise failing(f"There is no {what} “{slug}” in this story. {hint}")
