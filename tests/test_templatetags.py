from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context
from django.test import RequestFactory

from articles.templatetags.desk import (
    address,
    canonical,
    clock,
    from_whole_word,
    lookup,
    machine_clock,
    to_whole_word,
)

MOSCOW = timezone(timedelta(hours=3))
MOMENT = datetime(2018, 2, 8, 0, 5, tzinfo=MOSCOW)


def at(path: str, **more: Any) -> Context:
    return Context({"request": RequestFactory().get(path), **more})


class TestAddress:
    @pytest.mark.parametrize(
        ("path", "changes", "result"),
        [
            ("/claims/", {}, "/claims/"),
            ("/claims/", {"shown": "sana"}, "/claims/?shown=sana"),
            ("/claims/", {"shown": ["sana", "mod"]}, "/claims/?shown=sana&shown=mod"),
            ("/claims/", {"shown": ("sana",)}, "/claims/?shown=sana"),
            ("/claims/?shown=sana", {"shown": ""}, "/claims/"),
            ("/claims/?shown=sana", {"shown": ()}, "/claims/"),
            ("/claims/?shown=a&shown=b&x=1", {"shown": "c"}, "/claims/?shown=c&x=1"),
            ("/claims/?shown=a&page=3", {"shown": "b"}, "/claims/?shown=b"),
            ("/claims/?shown=a&page=3", {"page": 4}, "/claims/?shown=a&page=4"),
            ("/claims/?page=3", {"page": None}, "/claims/"),
            ("/claims/", {"shown": "а&b=<c>"}, "/claims/?shown=%D0%B0%26b%3D%3Cc%3E"),
        ],
    )
    def test_it_changes_what_it_is_told_to(self, path: str, changes: dict[str, Any], result: str) -> None:
        assert address(at(path), **changes) == result


class TestCanonical:
    @pytest.mark.parametrize(
        ("path", "number", "result"),
        [
            ("/articles/", 1, "http://testserver/articles/"),
            ("/articles/?page=2", 2, "http://testserver/articles/?page=2"),
            ("/articles/?page=1", 1, "http://testserver/articles/"),
            ("/articles/?page=2&shown=sana", 2, "http://testserver/articles/"),
            ("/articles/?page=99", 3, "http://testserver/articles/?page=3"),
        ],
    )
    def test_of_a_list(self, path: str, number: int, result: str) -> None:
        assert canonical(at(path, page=Paginator(range(3), 1).page(number))) == result

    def test_of_any_other_page(self) -> None:
        assert canonical(at("/articles/strikes/?page=2")) == "http://testserver/articles/strikes/"

    def test_it_is_encoded(self) -> None:
        assert canonical(at("/sources/%D0%B0%00/")) == "http://testserver/sources/%D0%B0%00/"


class TestClock:
    def test_date_and_time(self) -> None:
        assert clock(MOMENT, True) == "8 February 2018, 00:05"

    def test_the_date_alone_where_no_more_is_known(self) -> None:
        assert clock(MOMENT, False) == "8 February 2018"

    def test_nothing(self) -> None:
        assert clock(None, True) == ""

    def test_for_machines(self) -> None:
        assert machine_clock(MOMENT, True) == "2018-02-08T00:05:00+03:00"
        assert machine_clock(MOMENT, False) == "2018-02-08"
        assert machine_clock(MOMENT.astimezone(UTC), False) == "2018-02-07"


@pytest.mark.parametrize(
    ("prefix", "shown"),
    [("elf of the ", "of the "), ("half", "half"), ("", ""), (" the ", "the "), ("word ", "word")],
)
def test_from_whole_word(prefix: str, shown: str) -> None:
    assert from_whole_word(prefix) == shown


@pytest.mark.parametrize(
    ("suffix", "shown"), [(" by the coal", " by the"), ("half", "half"), ("", ""), (", sai", ","), (" x", "x")]
)
def test_to_whole_word(suffix: str, shown: str) -> None:
    assert to_whole_word(suffix) == shown


def test_lookup_gives_nought_where_there_is_nothing() -> None:
    assert (lookup({1: 5}, 1), lookup({1: 5}, 2)) == (5, 0)
