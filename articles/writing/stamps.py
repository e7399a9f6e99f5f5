"""Stamps: a number on each article and each story that moves whenever what their pages show may have changed.

A page that is kept is kept under the stamps it was made with, so it is never shown once they have moved. Whoever
writes claims moves them in the same transaction; for the rows that are saved one by one, signals do.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Model, Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from articles.models import Article, Choice, Place, Question, Source, Story
from newsdesk.compiled import Compiled

_STORIES = Compiled(
    lambda ids: Story.objects.filter(pk__in=Article.objects.filter(pk__in=ids).order_by().values("story")),
    stamp=F("stamp") + 1,
)
_THESE_STORIES = Compiled(lambda ids: Story.objects.filter(pk__in=ids), stamp=F("stamp") + 1)
_ARTICLES = Compiled(lambda ids: Article.objects.filter(pk__in=ids), stamp=F("stamp") + 1)


def move_for_articles(ids: Iterable[int]) -> None:
    """The articles' own stamps, and those of their stories, whose other articles are compared with them."""
    _move_by_keys(sorted(set(ids)))


def move_for_source(source: Source) -> None:
    """Of every article in which the source speaks, or which it published."""
    move_for_sources(source)


def move_for_sources(*sources: Source) -> None:
    _move(Article.objects.filter(Q(claims__source__in=sources) | Q(outlet__in=sources)))


def move_for_lineage(lineage: str) -> None:
    """Of all versions of an article: each lists the others."""
    _move(Article.objects.filter(lineage=lineage))


def move_for_stories(ids: Iterable[int]) -> None:
    """Of stories that articles have come to. One query."""
    _THESE_STORIES.carry_out(sorted(set(ids)))


def _move(articles: Any) -> None:
    _move_by_keys(list(articles.order_by("pk").values_list("pk", flat=True).distinct()))


def _move_by_keys(ids: list[int]) -> None:
    _STORIES.carry_out(ids)
    _ARTICLES.carry_out(ids)


def _move_for_story(story_id: int, loaded: Story | None) -> None:
    """A row that is loaded goes on saying what stands in the database."""
    Story.objects.filter(pk=story_id).update(stamp=F("stamp") + 1)
    if loaded:
        loaded.stamp += 1


def _after_write(instance: Model, **kwargs: Any) -> None:
    match instance:
        case Source():
            move_for_source(instance)
        case Article():
            move_for_lineage(instance.lineage)
            _read_again(instance)
        case Story():
            _move_for_story(instance.pk, None)
            _read_again(instance)
        case Question() | Place():
            _move_for_story(instance.story_id, _loaded_story(instance))
        case Choice():
            _move_for_story(instance.question.story_id, _loaded_story(instance.question))


def _loaded_story(row: Question | Place) -> Story | None:
    story: Story | None = row._state.fields_cache.get("story")
    return story


def _read_again(row: Article | Story) -> None:
    """After saving, where `_leave` has put an expression in place of the number."""
    if row.pk and not isinstance(row.stamp, int):
        row.refresh_from_db(fields=["stamp"])


def _leave(instance: Article | Story, **kwargs: Any) -> None:
    """A row that was read a while ago does not bring an old stamp back, under which older pages may be kept."""
    if not instance._state.adding:
        setattr(instance, "stamp", F("stamp"))  # noqa: B010


def _before_write(instance: Article, **kwargs: Any) -> None:
    """The story that an article is about to leave, and the versions that are about to lose one."""
    if instance.pk:
        _move(Article.objects.filter(lineage__in=Article.objects.filter(pk=instance.pk).values("lineage")))


def connect() -> None:
    pre_save.connect(_before_write, sender=Article, dispatch_uid="stamps")
    pre_save.connect(_leave, sender=Article, dispatch_uid="stamps kept")
    pre_save.connect(_leave, sender=Story, dispatch_uid="stamps kept")
    pre_delete.connect(_before_write, sender=Article, dispatch_uid="stamps")
    for model in (Article, Choice, Place, Question, Source, Story):
        post_save.connect(_after_write, sender=model, dispatch_uid="stamps")
        post_delete.connect(_after_write, sender=model, dispatch_uid="stamps")
