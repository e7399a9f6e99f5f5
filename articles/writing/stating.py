"""From rows of answers to what `accounts` compares."""

from collections.abc import Iterable, Mapping
from typing import Any

from articles.accounts import Chosen, Located, Number, Stated, Value, Worded
from articles.models import Answer, Place, Story
from articles.models.answer import KEY, VALUE
from newsdesk.compiled import Compiled

_PLACES = Compiled(lambda slugs: Place.objects.in_stories(slugs))
# Where such rows have the key of a place.
_PLACE = 2 + VALUE.index("place")
Surroundings = Mapping[int, tuple[str, ...]]


def surroundings(story: Story | None) -> dict[int, tuple[str, ...]]:
    """For each place of the story, the slugs of the places that it lies within. One query."""
    return surroundings_of(_PLACES.models([story.slug])) if story else {}


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


def stated_in(rows: Iterable[tuple[Any, ...]], around: Surroundings) -> list[Stated]:
    """The same from rows of `AnswerQuerySet.to_state` or `to_contradict`."""
    return [Stated(row[KEY], row[0], row[1], value_from(around, *row[2:KEY])) for row in rows if row[1]]


def names_a_place(row: tuple[Any, ...]) -> bool:
    """Of such a row."""
    return row[_PLACE] is not None


def value_of(answer: Answer, around: Surroundings) -> Value:
    choice, place = answer.choice, answer.place
    chosen = (choice.slug, choice.leaves_open) if choice else (None, False)
    located = (place.pk, place.slug) if place else (None, None)
    return value_from(around, answer.low, answer.high, answer.about, *chosen, *located, answer.words)


def value_from(around: Surroundings, low: int | None, high: int | None, about: bool, *named: Any) -> Value:
    choice, leaves_open, place_key, place, words = named
    if choice:
        return Chosen(choice, leaves_open)
    if place:
        return Located(place, around.get(place_key, ()))
    return Worded(words) if words else Number(low, high, about)
