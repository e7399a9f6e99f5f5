"""A Redis that is away. With one that goes away meanwhile: tests/faults/test_away.py."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from newsdesk import forgiving
from newsdesk.caches import cache
from newsdesk.forgiving import ForgivingRedisCache


@pytest.fixture
def away() -> Iterator[ForgivingRedisCache]:
    made = cache("redis://127.0.0.1:1/0")
    yield ForgivingRedisCache(made["LOCATION"], {"OPTIONS": made["OPTIONS"]})
    forgiving._away.clear()


@pytest.mark.parametrize("number", range(2), ids=["asked for the first time", "not asked again"])
def test_nothing_is_kept_and_nothing_fails(away: Any, number: int) -> None:
    for _ in range(number):
        away.get("a")
    away.set("a", 1)
    assert (away.get("a"), away.get("a", 2), away.get_many(["a"]), "a" in away) == (None, 2, {}, False)
    assert (away.add("a", 1), away.touch("a"), away.delete("a"), away.incr("a")) == (True, False, False, 1)
    assert (away.set_many({"a": 1}), away.delete_many(["a"]), away.clear()) == ([], None, False)
    assert away.get_or_set("a", lambda: 3) == 3


def test_it_is_asked_again_after_a_while(away: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        ForgivingRedisCache, "get", forgiving._forgiving(lambda *_: None)(lambda self, key: asked.append(key))
    )
    away.set("a", 1)
    away.get("a")
    assert asked == []
    now = time.monotonic()
    monkeypatch.setattr("newsdesk.forgiving.time.monotonic", lambda: now + forgiving.PAUSE + 1)
    away.get("a")
    assert asked == ["a"]
