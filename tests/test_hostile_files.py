"""Files that somebody made to break the desk: nothing of them is left behind, and the message says what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from articles.models import Article, Claim, Source, Story
from tests.factories import make_article, make_editor
from tests.pages import PageClient

pytestmark = pytest.mark.django_db

TEXT = "The coalition said the strikes were an act of self-defence. Nobody else said anything."
QUOTE = "the strikes were an act of self-defence"
HUGE = "x" * 10_000_000
# What a name, a title or a note may hold in a file, and no database, page or feed can make anything of.
BROKEN = {"nul": "a\0b", "surrogate": "a\ud800b", "huge": HUGE}


def annotation(**body: Any) -> str:
    """As JSON with every character escaped, so that a file can hold what UTF-8 cannot."""
    named = {"type": "SpecificResource", "purpose": "identifying", "source": "urn:newsdesk:source:coalition"}
    item = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "id": "urn:x:1",
        "body": named | body,
        "target": {"source": "report.txt", "selector": [{"type": "TextQuoteSelector", "exact": QUOTE}]},
    }
    return json.dumps({"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [item]}})


def imported(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[bool, str]:
    """Whether all went well, and what was said."""
    try:
        call_command("import_articles", folder)
        went_well = True
    except (CommandError, SystemExit):
        went_well = False
    out, err = capsys.readouterr()
    return went_well, out + err


@pytest.mark.parametrize("field", ["title", "byline", "outlet", "story", "language"])
@pytest.mark.parametrize("name", BROKEN)
def test_an_article_with_a_broken_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str, name: str
) -> None:
    (tmp_path / "report.txt").write_text(TEXT)
    text = BROKEN[name].replace("\0", "\\u0000").replace("\ud800", "\\ud800")
    (tmp_path / "report.toml").write_text(f'{field} = "{text}"\n')
    went_well, said = imported(tmp_path, capsys)
    assert not went_well
    assert "report" in said and "Traceback" not in said and len(said) < 5_000
    assert not Article.objects.exists()


@pytest.mark.parametrize("field", ["speaker", "cue", "note", "name"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_claim_with_a_broken_field(tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str, name: str) -> None:
    """It may be refused alone, or with its file; it never gets in as it is, nor stops the others."""
    (tmp_path / "report.txt").write_text(TEXT)
    (tmp_path / "report.jsonld").write_text(annotation(**{field: BROKEN[name]}))
    _, said = imported(tmp_path, capsys)
    assert "Traceback" not in said and len(said) < 5_000
    kept = json.dumps(list(Claim.objects.values("speaker", "cue", "note")))
    assert len(kept) < 100_000 and "\\u0000" not in kept and "\\ud800" not in kept
    assert not Source.objects.filter(name__contains="x" * 200).exists()


@pytest.mark.parametrize("name", ["nul", "huge"])
def test_a_form_with_a_broken_field(editor: User, name: str) -> None:
    article = make_article()
    client = Client()
    client.force_login(editor)
    for field in ("speaker", "note", "source_name", "token", "passage", "quote"):
        sent = {"source": "?", "proposed_source": "Somebody", field: BROKEN[name]}
        response = client.post(f"{article.get_absolute_url()}claims/new/", sent)
        assert response.status_code in (400, 413, 422), field
    assert not Claim.objects.exists()


@pytest.mark.parametrize("story", ["../evil", "/etc/evil", "..", "a/b"])
def test_the_name_of_a_story_is_no_path(tmp_path: Path, capsys: pytest.CaptureFixture[str], story: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "evil.toml").write_text('title = "Evil"\n')
    (folder / "report.txt").write_text(TEXT)
    (folder / "report.toml").write_text(f'story = "{story}"\n')
    imported(folder / "report.txt", capsys)
    assert not Story.objects.filter(title="Evil").exclude(slug="evil").exists()
    assert "evil.toml" not in capsys.readouterr().out


def test_ten_megabytes_of_text_are_read_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What may come in as a file is a page, however long."""
    paragraph = " ".join([TEXT] * 110)
    (tmp_path / "report.txt").write_text("\n\n".join([paragraph] * 1_000))
    went_well, said = imported(tmp_path, capsys)
    assert went_well, said
    article = Article.objects.get()
    client = PageClient()
    client.force_login(make_editor())
    assert client.get(article.get_absolute_url()).status_code == 200
