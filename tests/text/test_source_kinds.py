"""What a name says of the kind of a source, and names without their article."""

import pytest

from articles.models import Source
from articles.text.source_kinds import _KINDS, _PAIRS, kind_of, without_article


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Interior Ministry", "government"),
        ("Russian Ministry of Defence", "government"),
        ("the State Department", "government"),
        ("Department of the Army", "government"),
        ("White House", "government"),
        ("Syrian Army general command", "military"),
        ("Syrian Democratic Forces", "military"),
        ("US Air Force", "military"),
        ("two US military officials", "officials"),
        ("Syrian state news agency", "agency"),
        ("Associated Press", "agency"),
        ("The New York Times", "outlet"),
        ("Syrian state television", "outlet"),
        ("Human Rights Watch", "organisation"),
        ("Syrian Observatory for Human Rights", "organisation"),
        ("Gen. Ivan Petrov", "person"),
        ("Col", ""),
        ("Ann Moor", ""),
        ("a critic of the Defense Ministry", ""),
        ("وزارة الدفاع", ""),
        ("🤔", ""),
        ("", ""),
    ],
)
def test_the_word_that_a_name_is_built_on_tells_its_kind(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_kinds_are_those_of_sources() -> None:
    assert {*_KINDS.values(), *_PAIRS.values()} <= set(Source.Kind.values)


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("The Interior Ministry", "Interior Ministry"),
        ("the interior ministry", "Interior ministry"),
        ("a witness", "Witness"),
        ("An official", "Official"),
        ("The Guardian", "The Guardian"),
        ("the guardian", "Guardian"),
        ("The Hague", "The Hague"),
        ("The mayor", "Mayor"),
        ("The Kremlin", "Kremlin"),
        ("Theatre union", "Theatre union"),
        ("The", "The"),
        ("A ", "A "),
        ("Die Zeit", "Die Zeit"),
        ("", ""),
    ],
)
def test_an_english_article_is_no_part_of_a_name(name: str, without: str) -> None:
    assert without_article(name) == without
