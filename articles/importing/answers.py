"""Answers that a file gives → rows, by the slugs of a story's questions, choices and places."""

from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Self

from articles.importing.files import ArticleFileError
from articles.importing.web_annotation import AnswerData
from articles.models import Answer, Place, Question

Failing = Callable[[str], ArticleFileError]


class StoryAnswers:
    """Questions come with their choices."""

    def __init__(self, questions: Iterable[Question], places: Iterable[Place]) -> None:
        self.questions = {row.slug: row for row in questions}
        self.places = {row.slug: row for row in places}

    @classmethod
    def of_stories(cls, stories: Collection[int]) -> dict[int, Self]:
        """Three queries, none for no stories."""
        if not stories:
            return {}
        questions, places = dict[int, list[Question]](), dict[int, list[Place]]()
        for question in Question.objects.filter(story__in=stories).prefetch_related("choices"):
            questions.setdefault(question.story_id, []).append(question)
        for place in Place.objects.filter(story__in=stories):
            places.setdefault(place.story_id, []).append(place)
        return {story: cls(questions.get(story, []), places.get(story, [])) for story in stories}

    def row(self, data: AnswerData, failing: Failing) -> Answer:
        """Not saved, and of no claim yet."""
        question = _one_of(self.questions, data.question, "question", failing)
        answer = Answer(
            question=question,
            low=data.low,
            high=data.high,
            about=data.about,
            words=data.words,
            as_worded=data.as_worded or data.words,
        )
        if data.choice:
            choices = {choice.slug: choice for choice in question.choices.all()}
            answer.choice = _one_of(choices, data.choice, "choice", failing)
        if data.place:
            answer.place = _one_of(self.places, data.place, "place", failing)
        if data.low is not None and data.high is not None and data.low > data.high:
            raise failing(f"The answer on “{data.question}” has a lower bound that is above its upper one.")
        if not answer.as_worded:
            raise failing(f"The answer on “{data.question}” has no “asWorded”: quote the words that give it.")
        if answer.kind == Question.Kind.NUMBER and data.low is None and data.high is None:
            raise failing(f"The answer on “{data.question}” says nothing: give low, high, choice, place or words.")
        return answer


def _one_of(rows: Mapping[str, Any], slug: str, what: str, failing: Failing) -> Any:
    if slug in rows:
        return rows[slug]
    near = get_close_matches(slug, rows, 1)
    hint = f"Did you mean “{near[0]}”?" if near else "Add it to the story’s file, or correct it here."
    raise failing(f"There is no {what} “{slug}” in this story. {hint}")
