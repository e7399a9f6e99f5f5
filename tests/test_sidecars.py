from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.files import ArticleFileError
from articles.importing.sidecars import ArticleData, read_article, read_story

STORY = """
title = "Khusham"
date = 2018-02-07
[[source]]
name = "SANA"
slug = "sana"
code = "SANA"
aliases = ["Syrian Arab News Agency"]
[[question]]
slug = "who"
text = "Who attacked first?"
kind = "choice"
choices = [{ slug = "yes", label = "yes" }, { slug = "open", label = "not known", leaves_open = true }]
[[place]]
slug = "khusham"
name = "Khusham"
latitude = 35
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "a.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read_article(write(tmp_path, "")) == ArticleData(language="en", status="published")


def test_an_article(tmp_path: Path) -> None:
    data = read_article(write(tmp_path, 'title = "Strikes"\npublished = 2018-02-08\ninferred = ["title"]'))
    assert (data.title, data.published, data.inferred) == ("Strikes", date(2018, 2, 8), ["title"])


def test_a_time_with_its_distance_from_utc(tmp_path: Path) -> None:
    published = read_article(write(tmp_path, "published = 2018-02-08T07:30:00-05:00")).published
    assert isinstance(published, datetime)
    assert published.utcoffset() == timedelta(hours=-5)
    assert published.astimezone(UTC).hour == 12


def test_a_story(tmp_path: Path) -> None:
    data = read_story(write(tmp_path, STORY))
    assert (data.title, data.date) == ("Khusham", date(2018, 2, 7))
    assert data.source[0].aliases == ["Syrian Arab News Agency"]
    assert [choice.leaves_open for choice in data.question[0].choices] == [False, True]
    assert data.place[0].latitude == 35


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = 'a'\ntitel = 'b'", "line 2: “titel” is not known here. Did you mean “title”?"),
        ("xyz = 1", "line 1: “xyz” is not known here. Known are: id, title"),
        ("\n\ntitle = 5", "line 3: “title” is a text, not 5"),
        ("title = true", "line 1: “title” is a text, not True"),
        ("title = 'a'\nstatus = 'secret'", "line 2: “status” is one of: draft, published, withdrawn"),
        ("inferred = 'title'", "line 1: “inferred” is a list of texts"),
        ("inferred = [1]", "“inferred” is a list of texts"),
        ("published = '2018'", "“published” is a date or a time with its distance from UTC, not '2018'"),
        ("published = 2018-02-08T07:30:00", "line 1: A time needs its distance from UTC: 2018-02-08T07:30:00-05:00"),
        ("title = 'a'\noops\n", "line 2: This is not TOML"),
        ("title = 'a\n", "line 1: This is not TOML"),
        ("title = 'a", "line 1: This is not TOML"),
        ("title = 'a'\nid = '''\nb\n\n", "line 3: This is not TOML"),
        ("title = 'a'\r\ninferred = [\r\n", "line 2: This is not TOML"),
        ("a = " + "[" * 5000, "This is not TOML"),
        ("a = " + "1" * 5000, "This is not TOML"),
        ("title = 0x" + "f" * 5000, "line 1: “title” is a text, not this one"),
        ("title" + ".a" * 5000 + " = 1", "line 1: “title” is a text, not "),
    ],
)
def test_a_mistake_in_an_article_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ArticleFileError) as caught:
        read_article(write(tmp_path, text))
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "a.toml"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "“title” is missing here"),
        ("title = 'a'\nsource = 'b'", "line 2: “source” is a list of tables"),
        ("title = 'a'\n[[source]]\nname = 'b'", "line 2: “slug” is missing here"),
        (
            "title = 'a'\n[[source]]\nname = 'b'\nslug = 'b'\ncode = 'BB'\nkind = 'agency'\n"
            "[[question]]\nslug = 'b'\ntext = 'c'\nkind = 'number?'",
            "line 10: “kind” is one of: number, choice, place, words; not 'number?'",
        ),
        (
            "title = 'a'\n[[source]]\nname = 'b'\nslug = 'b'\ncode = 'BB'\nkind = 'paper'",
            "line 6: “kind” is one of: military, government, officials, agency, outlet, organisation, person, other;",
        ),
        (
            "title = 'a'\n[[question]]\nslug = 'b'\ntext = 'c'\nkind = 'choice'\nchoices = [\n"
            "  { slug = 'a', label = 'b' },\n  { slug = 'c', lable = 'd' },\n]",
            "line 8: “lable” is not known here. Did you mean “label”?",
        ),
        (
            "title = 'a'\n[[place]]\nslug = 'b'\nname = 'c'\nlatitude = nan",
            "line 5: “latitude” is a number that can be",
        ),
        ("title = 'a'\n[[place]]\nslug = 'b'\nname = 'c'\nlongitude = -inf", "line 5: “longitude” is a number that"),
        ("title = 'a'\n[[source]]\ntone = inf", "line 3: “tone” is a whole number, not inf"),
        (
            "title = 'a'\n[[place]]\nslug = 'b'\nname = 'c'\nlatitude = 'x'",
            "line 5: “latitude” is a number or a whole number",
        ),
        (
            "title = 'a'\n[[source]]\nname = 'b'\nslug = 'b'\ncode = 'B'\ntone = true",
            "line 6: “tone” is a whole number",
        ),
        ("title = 'a'\n[[source]]\nnome = 'b'", "line 3: “nome” is not known here. Did you mean “name”?"),
    ],
)
def test_a_mistake_in_a_story_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ArticleFileError) as caught:
        read_story(write(tmp_path, text))
    assert message in str(caught.value)


def test_the_line_of_broken_toml_is_said_once(tmp_path: Path) -> None:
    with pytest.raises(ArticleFileError) as caught:
        read_article(write(tmp_path, "title = 'a'\noops\n"))
    assert str(caught.value).endswith("a.toml, line 2: This is not TOML: Expected '=' after a key in a key/value pair.")


@given(text=st.text())
def test_whatever_stands_in_a_file_nothing_but_its_own_error_is_raised(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("toml") / "a.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    for read in (read_article, read_story):
        try:
            read(path)
        except ArticleFileError as error:
            assert "a.toml" in str(error)
