"""Both demo reports, annotated from nothing: by keyboard alone, by mouse alone, on a phone."""

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from articles.importing.run import plan
from articles.models import Article, Claim
from tests.browser.annotating import ByKeyboard, ByMouse, ByTouch, Editor
from tests.browser.conftest import NARROW, OpenPage
from tests.browser.wanted import Wanted, claims_in, claims_of
from tests.conftest import SEEDS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# `make test-annotate` marks every claim in every way, which takes minutes; else a share of them is marked.
ALL = bool(os.environ.get("NEWSDESK_ANNOTATE_ALL"))
PHONE = {"size": NARROW, "has_touch": True, "is_mobile": True}
REPORTS = ("khusham-1", "khusham-2")


@pytest.fixture(autouse=True)
def _bare_reports(transactional_db: None, tmp_path: Path) -> None:
    """The two reports with their data, their story, its sources and questions, and no claim."""
    # What empties the tables between tests leaves their index of words.
    call_command("check_desk", repair=True)
    folder = shutil.copytree(SEEDS, tmp_path / "seeds", ignore=shutil.ignore_patterns("*.jsonld"))
    for job in plan([folder]):
        job.run()
    assert Article.objects.count() == len(REPORTS) and not Claim.objects.exists()


def share(report: str) -> list[Wanted]:
    """All claims, or every sixth and those of several passages."""
    claims = claims_of(SEEDS / f"{report}.jsonld")
    return [one for at, one in enumerate(claims) if ALL or at % 6 == 3 or len(one.quotes) > 1]


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize(("way", "options"), [(ByKeyboard, {}), (ByMouse, {}), (ByTouch, PHONE)])
def test_a_report_is_annotated(
    report: str, way: type[Editor], options: dict[str, Any], as_editor: dict[str, Any], open_page: OpenPage
) -> None:
    article = Article.objects.for_reading().get(slug=report)
    editor = way(open_page(article.get_absolute_url(), **options, **as_editor), article)
    wanted = [editor.tries(one) for one in share(report)]
    editor.mark(wanted)
    assert [replace(one, **editor.untouched) for one in claims_in(article)] == wanted
    call_command("check_desk")
