"""manage.py suggest_claims: lines of JSON for texts as they are, without the database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def lines(*paths: Path) -> list[dict[str, object]]:
    out = StringIO()
    call_command("suggest_claims", "--text", *map(str, paths), "--jsonl", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_places_count_in_the_text_as_given(tmp_path: Path) -> None:
    text = "\ufeffHarbour news\r\n\r\nThe  cafe\u0301 is closed,\r\nMoor  said.\r\n"
    path = tmp_path / "harbour.txt"
    path.write_bytes(text.encode())
    (line,) = lines(path)
    assert line["id"] == "harbour.txt"
    (claim,) = line["claims"]  # type: ignore[misc]
    words = {
        role: [text[start:end] for start, end in claim[role]]  # type: ignore[index]
        for role in ("content", "source", "cue")
    }
    assert words == {"content": ["The  cafe\u0301 is closed"], "source": ["Moor"], "cue": ["said"]}
    assert 0 <= claim["confidence"] <= 1  # type: ignore[index]


def test_a_text_without_claims_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("The road was closed on Friday.")
    assert lines(path) == [{"id": "plain.txt", "claims": []}]


def test_what_cannot_be_read_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("The road was closed.")
    bad.write_bytes(b"\xff")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="2 of 3 files"):
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
