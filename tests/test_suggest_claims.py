"""manage.py suggest_claims: claims for articles; lines of JSON for texts as they are, without the database."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Claim
from tests.suggestions.reports import NEWS, harbour


def lines(*paths: Path) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("suggest_claims", "--text", *map(str, paths), "--jsonl", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_places_count_in_the_text_as_given(tmp_path: Path) -> None:
    text = "\ufeffHarbour news\r\n\r\nThe  cafe\u0301 is closed,\r\nMoor  said.\r\n"
    path = tmp_path / "harbour.txt"
    path.write_bytes(text.encode())
    (line,) = lines(path)
    assert line["id"] == "harbour.txt"
    (claim,) = line["claims"]
    words = {role: [text[start:end] for start, end in claim[role]] for role in ("content", "source", "cue")}
    assert words == {"content": ["The  cafe\u0301 is closed"], "source": ["Moor"], "cue": ["said"]}
    assert 0 <= claim["confidence"] <= 1


def test_a_text_without_claims_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("The road was closed on Friday.")
    assert lines(path) == [{"id": "plain.txt", "claims": []}]


def test_what_cannot_be_read_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("The road was closed.")
    bad.write_bytes(b"\xff")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="2 of 3 could not be read"):
        call_command(
            "suggest_claims",
            "--text",
            str(bad),
            str(tmp_path / "none.txt"),
            str(good),
            "--jsonl",
            stdout=out,
            stderr=err,
        )
    assert "bad.txt: Not UTF-8" in err.getvalue()
    assert "No such file" in err.getvalue()
    assert json.loads(out.getvalue())["id"] == "good.txt"


def said_of(*slugs: str) -> str:
    out, err = StringIO(), StringIO()
    try:
        call_command("suggest_claims", *slugs, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue() + err.getvalue()


@pytest.mark.django_db
def test_articles_by_name() -> None:
    harbour()
    harbour(slug="other")
    assert said_of("other", "none") == (
        "other: 5 claims suggested, 5 of them without a source\n"
        "none: there is no such article\n1 of 2 could not be read: see above."
    )
    assert set(Claim.objects.values_list("article__slug", "status")) == {("other", "suggested")}


@pytest.mark.django_db
def test_all_latest_versions_and_drafts() -> None:
    first = harbour()
    harbour(NEWS, slug="second", revises=first, status="draft")
    harbour(slug="withdrawn", status="withdrawn")
    assert [line.partition(":")[0] for line in said_of().splitlines()] == ["harbour", "second"]
    assert said_of().count("0 claims suggested") == 2


@pytest.mark.parametrize("asked", [("--jsonl",), ("--text", "a.txt"), ("slug", "--text", "a.txt", "--jsonl")])
def test_one_way_or_the_other(asked: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="Name articles"):
        call_command("suggest_claims", *asked)
