"""Lines of a TOML text: where a key of a table stands."""

import pytest

from articles.importing.toml_lines import Step, line_of

TEXT = """\
title = "[[source]] is no header here"
"status" = "draft"
aliases = [
  "kind = no key",
]

[[source]]
name = "SANA"
kind = "agency"
[[source]] # the second
name = "Ministry"

[[question]]
slug = "who"
kind = "choice"
choices = [
  { slug = "yes", label = "yes" },
  { slug = "no", label = "no" },
]
[[question]]
slug = "where"
[[question.choices]]
slug = "here"
[[question.choices]]
label = "there"
[[ place ]]
kind = "x"
"""


@pytest.mark.parametrize(
    ("places", "key", "line"),
    [
        ([], "title", 1),
        ([], "status", 2),
        ([], "kind", None),
        ([], "", None),
        ([("source", 0)], "kind", 9),
        ([("source", 1)], "name", 11),
        ([("source", 1)], "kind", 10),
        ([("source", 9)], "kind", None),
        ([("question", 0)], "kind", 15),
        ([("question", 0), ("choices", 0)], "slug", 17),
        ([("question", 0), ("choices", 1)], "label", 18),
        ([("question", 0), ("choices", 1)], "leaves_open", 18),
        ([("question", 1), ("choices", 0)], "slug", 23),
        ([("question", 1), ("choices", 1)], "label", 25),
        ([("question", 1), ("choices", 1)], "slug", 24),
        ([("place", 0)], "kind", 27),
    ],
)
def test_where_a_key_stands(places: list[Step], key: str, line: int | None) -> None:
    assert line_of(TEXT, places, key) == line


def test_a_key_of_a_table_within_is_found_by_its_first_part() -> None:
    assert line_of("a = 1\ntitle.a.b = 2", [], "title") == 2


def test_nothing_stands_in_an_empty_text() -> None:
    assert line_of("", [], "title") is None
