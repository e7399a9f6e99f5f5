"""import_articles --suggest"""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.models import Claim
from tests.suggestions.reports import PARAGRAPHS

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    (tmp_path / "crane.txt").write_text("\n\n".join(PARAGRAPHS))
    (tmp_path / "hafen.txt").write_text("„Niemand wurde verletzt“, sagte die Sprecherin der Behörde am Montag.")
    return tmp_path


def imported(*asked: object) -> str:
    out = StringIO()
    call_command("import_articles", *map(str, asked), stdout=out, stderr=StringIO())
    return out.getvalue()


def test_suggests_for_what_was_imported(reports: Path) -> None:
    said = imported(reports, "--suggest")
    assert "\ncrane: 5 claims suggested, 5 of them without a source\n" in said
    assert "\nhafen: no suggestions: the text is not English" in said
    assert Claim.objects.count() == 5
    again = imported(reports, "--suggest")
    assert "claims suggested" not in again, "nothing was imported"


def test_only_if_asked(reports: Path) -> None:
    imported(reports)
    assert not Claim.objects.exists()


def test_a_trial_writes_nothing(reports: Path) -> None:
    assert "5 claims suggested" in imported(reports, "--suggest", "--dry-run")
    assert not Claim.objects.exists()
