"""From rows of answers to what `accounts` compares."""

from collections.abc import Iterable, Mapping

from articles.accounts import Chosen, Located, Number, Stated, Value, Worded
from articles.models import Answer, Place, Question, Story

Surroundings = Mapping[int, tuple[str, ...]]


def surroundings(story: Story | None) -> dict[int, tuple[str, ...]]:
    """For each place of the story, the slugs of the places that it lies within. One query."""
    return surroundings_of(Place.objects.in_stories([story.slug])) if story else {}


def surroundings_of(places: Iterable[Place]) -> dict[int, tuple[str, ...]]:
    """The same for any places, given together with those that they lie within."""
    by_key = {place.pk: place for place in places}
    return {key: _outwards(place, by_key) for key, place in by_key.items()}


def _outwards(place: Place, places: Mapping[int, Place]) -> tuple[str, ...]:
    around: list[str] = []
    while (outer := places.get(place.within_id or 0)) and outer.slug not in around:
        place = outer
        around.append(place.slug)
    return tuple(around)


def stated(answers: Iterable[Answer], around: Surroundings) -> list[Stated]:
    """The answers with question, choice, place and the claim's source loaded; those without a source left out."""
    return [
        Stated(answer.pk, answer.question.slug, answer.claim.source.slug, value_of(answer, around))
        for answer in answers
        if answer.claim.source
    ]


def value_of(answer: Answer, around: Surroundings) -> Value:
    match answer.kind:
        case Question.Kind.NUMBER:
            return Number(answer.low, answer.high, answer.about)
        case Question.Kind.CHOICE if answer.choice:
            return Chosen(answer.choice.slug, answer.choice.leaves_open)
        case Question.Kind.PLACE if answer.place:
            return Located(answer.place.slug, around.get(answer.place.pk, ()))
    return Worded(answer.words)
