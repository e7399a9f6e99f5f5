"""What is collected for production holds whole style sheets."""

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.finders import find
from django.core.files.storage import FileSystemStorage
from django.test import Client

from newsdesk import static_files
from newsdesk.static_files import WholeSheetsStorage, reading_sheet, whole_sheet
from tests.factories import make_article

IMPORTED = re.compile(r'@import url\("([^"]+)"\)')


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    (tmp_path / "css/parts").mkdir(parents=True)
    (tmp_path / "css/page.css").write_text('/* All */\n@import url("parts/one.css");\n@import url("two.css");\nb {}\n')
    (tmp_path / "css/parts/one.css").write_text('@import url("within.css");\n.one {}\n')
    (tmp_path / "css/parts/within.css").write_text(".within {}\n")
    (tmp_path / "css/two.css").write_text(".two {}\n")
    (tmp_path / "other.css").write_text('@import url("css/two.css");\n')
    return tmp_path


def test_a_sheet_is_whole(sheets: Path) -> None:
    assert whole_sheet(FileSystemStorage(sheets), "css/page.css") == "/* All */\n.within {}\n.one {}\n.two {}\nb {}\n"


def test_a_sheet_of_elsewhere_is_left_to_the_browser(sheets: Path) -> None:
    there = '@import url("https://example.org/x.css");\n'
    (sheets / "css/two.css").write_text(there)
    assert there in whole_sheet(FileSystemStorage(sheets), "css/page.css")


def test_a_sheet_that_is_missing_is_told(sheets: Path) -> None:
    (sheets / "css/two.css").unlink()
    with pytest.raises(FileNotFoundError, match=r"two\.css"):
        whole_sheet(FileSystemStorage(sheets), "css/page.css")


def collected(sheets: Path, into: Path) -> dict[str, str]:
    """The names of what is collected, by those of what it was made of."""
    given, storage = FileSystemStorage(sheets), WholeSheetsStorage(into, "/static/")
    names = [str(path.relative_to(sheets)) for path in sheets.rglob("*.css")]
    for name in names:
        with given.open(name) as file:
            storage.save(name, file)
    for name, _, error in storage.post_process({name: (given, name) for name in names}):
        assert not isinstance(error, Exception), (name, error)
    return dict(storage.hashed_files)


def test_what_is_collected_has_a_name_by_all_that_it_holds(
    sheets: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    into = tmp_path_factory.mktemp("first")
    first = collected(sheets, into)
    assert "@import" not in (into / first["css/page.css"]).read_text()
    assert "@import" in (into / first["other.css"]).read_text()
    (sheets / "css/parts/within.css").write_text(".other {}\n")
    second = collected(sheets, tmp_path_factory.mktemp("second"))
    assert {name for name in first if first[name] != second[name]} == {
        "css/page.css",
        "css/parts/one.css",
        "css/parts/within.css",
    }


@pytest.mark.parametrize("name", ["base", "article_detail", "marking"])
def test_ours_import_what_there_is(name: str) -> None:
    path = find(f"css/{name}.css")
    assert path
    imported = IMPORTED.findall(Path(path).read_text())
    assert len(imported) > 3 and all((Path(path).parent / one).is_file() for one in imported)


READING = "/articles/report/"
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@pytest.fixture
def _read_anew() -> Iterator[None]:
    static_files._read_sheet_once.cache_clear()
    yield
    static_files._read_sheet_once.cache_clear()


def allowed_styles(response: Any) -> list[str]:
    (said,) = (one for one in response["Content-Security-Policy"].split("; ") if one.startswith("style-src "))
    return str(said).split()[1:]


@pytest.mark.django_db
class TestTheReadingPageHoldsItsStyle:
    def test_and_its_policy_allows_that_one_alone(self, client: Client) -> None:
        make_article(slug="report")
        response = client.get(READING)
        (style,) = STYLE.findall(response.content.decode())
        assert style == reading_sheet()
        digest = b64encode(sha256(style.encode()).digest()).decode()
        assert allowed_styles(response) == ["'self'", f"'sha256-{digest}'"]
        assert b'rel="stylesheet"' not in response.content

    def test_when_it_is_kept_and_when_it_is_not_modified_too(self, client: Client) -> None:
        make_article(slug="report")
        first, kept = client.get(READING), client.get(READING)
        same = client.get(READING, headers={"If-None-Match": first["ETag"]})
        assert (kept.status_code, same.status_code) == (200, 304)
        assert allowed_styles(first) == allowed_styles(kept) == allowed_styles(same)

    def test_no_other_page_allows_it(self, client: Client) -> None:
        assert allowed_styles(client.get("/")) == allowed_styles(client.get("/articles/none/")) == ["'self'"]

    @pytest.mark.usefixtures("_read_anew")
    def test_it_is_read_once_in_production_and_each_time_in_development(
        self, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = reading_sheet()
        monkeypatch.setattr(static_files, "whole_sheet", lambda storage, name: name)
        assert reading_sheet() == before
        settings.DEBUG = True
        assert reading_sheet() == "css/base.csscss/article_detail.css"


def test_what_a_page_holds_names_no_address_and_ends_nowhere() -> None:
    """An address in it would be read from that of the page, `</style` would end it."""
    assert "url(" not in reading_sheet() and "@import" not in reading_sheet() and "</" not in reading_sheet()
    assert ".masthead" in reading_sheet() and ".card" in reading_sheet()
