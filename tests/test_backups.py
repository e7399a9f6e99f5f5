"""Backups in a file of SQLite; under load and on PostgreSQL: tests/faults/test_backup.py."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection, connections

from articles.backups import MANIFEST, PARTS, BackupError, back_up, restore
from articles.digests import digest_of_desk
from articles.models import Article, Changeset, Claim
from articles.writing.checking import check_all
from articles.writing.editing import changing, open_changeset
from tests.factories import make_article, make_claim, make_story
from tests.test_commands import printed, printed_before_failing

Place = Callable[[str], Path]


pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's are tested in tests/faults/")


@pytest.fixture(scope="module")
def first(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Callable[[Path], None]]:
    """Goes on with the database in this file; afterwards with the one that all tests share."""
    shared = connections["default"]

    def go_on(file: Path) -> None:
        connections["default"].close()
        connections["default"] = type(shared)({**shared.settings_dict, "NAME": str(file)}, "default")

    with django_db_blocker.unblock():
        yield go_on
        connections["default"].close()
        connections["default"] = shared


@pytest.fixture(scope="module")
def migrated(first: Callable[[Path], None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with one claim."""
    file = tmp_path_factory.mktemp("migrated") / "desk.sqlite3"
    first(file)
    call_command("migrate", verbosity=0)
    make_claim(article=make_article(story=make_story()))
    connections["default"].close()
    return file


@pytest.fixture
def place(first: Callable[[Path], None], tmp_path: Path) -> Place:
    """Goes on with a database in the file of that name, which is empty at first."""

    def go(name: str) -> Path:
        first(tmp_path / name)
        return tmp_path / name

    return go


@pytest.fixture
def desk(migrated: Path, place: Place, tmp_path: Path) -> Path:
    shutil.copy(migrated, tmp_path / "desk.sqlite3")
    return place("desk.sqlite3")


def test_what_is_restored_is_what_was_backed_up(desk: Path, place: Place, tmp_path: Path) -> None:
    said = printed("backup", tmp_path / "backup")
    place("again.sqlite3")
    assert printed("restore", tmp_path / "backup") == said
    assert Claim.objects.get().quote and Article.objects.get().slug == "strikes"
    assert [one.what for one in check_all() if "text as given" not in one.what] == []


def test_it_is_for_its_owner_alone_and_holds_a_database_that_others_can_open(desk: Path, tmp_path: Path) -> None:
    digest = back_up(tmp_path / "backup")
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(tmp_path / "backup") as parts:
        assert parts.namelist() == [PARTS["sqlite"], MANIFEST]
        assert json.loads(parts.read(MANIFEST))["digest"]["tables"]["articles_claim"][0] == 1
    assert digest.tables["articles_claimwords"][0] == 1
    assert not [name for name in digest.tables if name.endswith(("_data", "_idx", "_config"))]


def test_the_digest_is_of_every_row_and_not_of_stamps(desk: Path) -> None:
    before = digest_of_desk(connections["default"])
    Article.objects.update(stamp=77)
    assert digest_of_desk(connections["default"]) == before
    with changing([row := Claim.objects.get()], open_changeset(Changeset.Kind.EDIT)):
        Claim.objects.filter(pk=row.pk).update(speaker="Somebody")
    after = digest_of_desk(connections["default"])
    assert "articles_claim" in before.differing(after) and "articles_article" not in before.differing(after)
    assert before.text != after.text


def test_stamps_move_on_and_what_was_kept_is_dropped(desk: Path, place: Place, tmp_path: Path) -> None:
    back_up(tmp_path / "backup")
    kept = Article.objects.get().stamp
    cache.set("page", "of a time that is gone")
    place("again.sqlite3")
    restore(tmp_path / "backup")
    assert Article.objects.get().stamp >= kept + 1000
    assert cache.get("page") is None


def test_nothing_is_restored_over_a_desk(desk: Path, tmp_path: Path) -> None:
    back_up(tmp_path / "backup")
    before = digest_of_desk(connections["default"])
    _, said = printed_before_failing("restore", tmp_path / "backup")
    assert said == "Nothing was restored: the database is not empty. Restore into a new one, nothing is overwritten."
    assert digest_of_desk(connections["default"]) == before


def test_a_backup_of_no_desk_fails(place: Place, tmp_path: Path) -> None:
    place("nothing.sqlite3")
    with pytest.raises(CommandError, match="there is no desk in the database"):
        printed("backup", tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_a_damaged_database_fails_the_backup(desk: Path, place: Place, tmp_path: Path) -> None:
    connections["default"].close()
    with desk.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(b"damage" * 20_000)
    place(desk.name)
    (tmp_path / "backups").mkdir()
    with pytest.raises(BackupError, match=r"the database (is damaged|cannot be read)"):
        back_up(tmp_path / "backups/today")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_that_cannot_be_written_fails(desk: Path, tmp_path: Path) -> None:
    _, said = printed_before_failing("backup", tmp_path / "nowhere/backup")
    assert said.startswith(f"{tmp_path}/nowhere/backup was not made: No such file or directory")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/other").touch()
    with pytest.raises(BackupError, match="Is a directory"):
        back_up(tmp_path / "folder")
    assert not list(tmp_path.glob(".backup-*"))


def test_an_older_backup_is_replaced_only_by_a_whole_one(desk: Path, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "backup").write_text("yesterday's")

    def fail(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("articles.backups._manifest_of", fail)
        with pytest.raises(BackupError, match="No space left on device"):
            back_up(tmp_path / "backup")
    assert (tmp_path / "backup").read_text() == "yesterday's"
    back_up(tmp_path / "backup")
    assert zipfile.is_zipfile(tmp_path / "backup")


class TestBackupsThatAreNoGood:
    @pytest.fixture
    def backup(self, desk: Path, place: Place, tmp_path: Path) -> Path:
        back_up(tmp_path / "backup")
        place("again.sqlite3")
        return tmp_path / "backup"

    def refused(self, backup: Path, why: str) -> None:
        with pytest.raises(BackupError, match=why):
            restore(backup)
        assert connections["default"].introspection.table_names() == []

    def test_half_of_one(self, backup: Path) -> None:
        backup.write_bytes(backup.read_bytes()[:9000])
        self.refused(backup, "is no backup of a desk, or not all of one")

    def test_one_in_which_something_has_changed(self, backup: Path) -> None:
        whole = backup.read_bytes()
        backup.write_bytes(whole[:9000] + bytes([whole[9000] ^ 1]) + whole[9001:])
        self.refused(backup, "is damaged|is no backup")

    def test_one_that_is_not_there(self, backup: Path) -> None:
        self.refused(backup.with_name("other"), "No such file or directory")

    def test_another_archive(self, backup: Path) -> None:
        with zipfile.ZipFile(backup, "w") as parts:
            parts.writestr("holiday.txt", "sun")
        self.refused(backup, "is no backup of a desk")

    @pytest.mark.parametrize(
        ("manifest", "why"),
        [
            ({"database": "postgresql"}, "it is a backup of postgresql, and the database is sqlite"),
            ({"digest": {"tables": {}}}, "the backup is not what its manifest says: .*articles_claim, .* differ"),
        ],
    )
    def test_one_with_another_manifest(self, backup: Path, manifest: dict[str, Any], why: str) -> None:
        shutil.copy(backup, backup.with_name("good"))
        with zipfile.ZipFile(backup.with_name("good")) as good, zipfile.ZipFile(backup, "w") as parts:
            parts.writestr(PARTS["sqlite"], good.read(PARTS["sqlite"]))
            parts.writestr(MANIFEST, json.dumps({**json.loads(good.read(MANIFEST)), **manifest}))
        self.refused(backup, why)
