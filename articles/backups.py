"""Backing a desk up into one file while everybody goes on writing, and restoring it into an empty database.

The file is a zip archive: the database as SQLite's online backup or `pg_dump` gives it, of one moment, and a manifest
with its digest (`digests.py`). It gets its name once it is whole and has been read again, and nothing else ever has it.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, cast

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.recorder import MigrationRecorder

from articles.digests import Digest, digest_of_desk
from articles.new_files import new_file

MANIFEST = "manifest.json"
# By what each database is, and what its part of the archive is called.
PARTS = {"sqlite": "desk.sqlite3", "postgresql": "desk.dump"}
# How many of a second a stamp moves on when a desk is restored: more than anybody writes.
MOVES_A_SECOND = 1000
_MIB = 2**20


class BackupError(Exception):
    """Nothing was made, and nothing was changed. The message is for whoever asked for it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive holds. `made` in seconds since 1970."""

    database: str
    made: float
    digest: Digest


def back_up(file: Path) -> Digest:
    """Makes the file, or puts it in place of an older one. Raises BackupError."""
    with _in_words(f"{file} was not made"), TemporaryDirectory(prefix=".backup-", dir=file.parent) as name:
        if MigrationRecorder.Migration._meta.db_table not in connection.introspection.table_names():
            raise BackupError("there is no desk in the database. Is DATABASE_URL right?")
        archive = Path(name) / "archive"
        made = time.time()
        with new_file(archive) as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
            take = _take_postgresql if connection.vendor == "postgresql" else _take_sqlite
            digest = take(parts, Path(name))
            manifest = Manifest(connection.vendor, made, digest)
            parts.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
        _manifest_of(archive)
        os.replace(archive, file)
        _sync_folder(file.parent)
    return digest


def restore(file: Path) -> Digest:
    """Into the database of the settings, which must be empty. What was restored has the digest of what was backed
    up. Raises BackupError."""
    with _in_words("Nothing was restored"):
        if connection.introspection.table_names(include_views=True):
            raise BackupError("the database is not empty. Restore into a new one, nothing is overwritten.")
        manifest = _manifest_of(file)
        if manifest.database != connection.vendor:
            raise BackupError(f"it is a backup of {manifest.database}, and the database is {connection.vendor}.")
        with zipfile.ZipFile(file) as parts:
            (_put_postgresql if connection.vendor == "postgresql" else _put_sqlite)(parts, manifest)
    digest = digest_of_desk(connection)
    if differing := manifest.digest.differing(digest):
        raise BackupError(f"What was restored is not what was backed up. Do not use it. {', '.join(differing)} differ.")
    _move_on(time.time() - manifest.made)
    return digest


@contextmanager
def _in_words(what: str) -> Iterator[None]:
    try:
        yield
    except BackupError as error:
        raise BackupError(f"{what}: {error}") from error
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise BackupError(f"{what}: {error.strerror or error}{where}.") from error
    except (sqlite3.Error, DatabaseError) as error:
        raise BackupError(f"{what}: the database cannot be read or written: {str(error).strip()}.") from error


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _manifest_of(file: Path) -> Manifest:
    """Reads all of the archive, so that one that is damaged is noticed."""
    try:
        with zipfile.ZipFile(file) as parts:
            if damaged := parts.testzip():
                raise BackupError(f"{file} is damaged ({damaged}).")
            said = json.loads(parts.read(MANIFEST))
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise BackupError(f"{file} is no backup of a desk, or not all of one.") from error
    tables = {name: (count, text) for name, (count, text) in said["digest"]["tables"].items()}
    return Manifest(said["database"], said["made"], Digest(tables))


# ---- SQLite ----


def _take_sqlite(parts: zipfile.ZipFile, folder: Path) -> Digest:
    """All in one step: in WAL mode that holds nobody up, and one in several would begin anew with every write."""
    copy = folder / PARTS["sqlite"]
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as target:
        _sqlite().backup(target)
    with _opened(copy) as database:
        _look_through(database)
        digest = digest_of_desk(database)
    parts.write(copy, PARTS["sqlite"])
    return digest


def _put_sqlite(parts: zipfile.ZipFile, manifest: Manifest) -> None:
    """From a copy that was found to be good. SQLite does it in one transaction."""
    with TemporaryDirectory(prefix=".restore-", dir=Path(connection.settings_dict["NAME"]).parent) as name:
        copy = Path(parts.extract(PARTS["sqlite"], name))
        with _opened(copy) as database:
            _look_through(database)
            if differing := manifest.digest.differing(digest_of_desk(database)):
                raise BackupError(f"the backup is not what its manifest says: {', '.join(differing)} differ.")
        with closing(sqlite3.connect(copy)) as source:
            source.backup(_sqlite())


def _sqlite() -> sqlite3.Connection:
    return cast(sqlite3.Connection, cast(Any, connection).connection)


@contextmanager
def _opened(copy: Path) -> Iterator[BaseDatabaseWrapper]:
    database = connection.copy()
    database.settings_dict["NAME"] = str(copy)
    try:
        yield database
    finally:
        database.close()


def _look_through(database: BaseDatabaseWrapper) -> None:
    with database.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        if (found := cursor.fetchall()) != [("ok",)]:
            raise BackupError(f"the database is damaged: {found[0][0]}.")


# ---- PostgreSQL ----


def _take_postgresql(parts: zipfile.ZipFile, folder: Path) -> Digest:
    """The dump and the digest are of one snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone() or ("",)
        options = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        with (
            _running("pg_dump", options, folder, stdout=subprocess.PIPE) as program,
            parts.open(PARTS["postgresql"], "w", force_zip64=True) as part,
        ):
            shutil.copyfileobj(cast(IO[bytes], program.stdout), part, _MIB)
        return digest_of_desk(connection)


def _put_postgresql(parts: zipfile.ZipFile, manifest: Manifest) -> None:
    """In one transaction. A program that gives up closes its pipe, and says why."""
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--dbname"]
    with (
        TemporaryDirectory() as name,
        _running("pg_restore", options, Path(name), stdin=subprocess.PIPE) as program,
        parts.open(PARTS["postgresql"]) as part,
        suppress(BrokenPipeError),
        cast(IO[bytes], program.stdin) as given,
    ):
        shutil.copyfileobj(part, given, _MIB)


@contextmanager
def _running(
    name: str, options: list[str], folder: Path, *, stdin: int | None = None, stdout: int | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """PostgreSQL's program, at the database of the settings. Raises BackupError with what it says of a failure."""
    (_, *where, database), more = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    command, environment = [name, *where, *options, database], {**os.environ, **(more or {})}
    with (folder / "said").open("w+b") as said:
        try:
            program = subprocess.Popen(command, env=environment, stdin=stdin, stdout=stdout, stderr=said)
        except FileNotFoundError:
            raise BackupError(f"{name} is not installed here (Debian: apt install postgresql-client).") from None
        with program:
            try:
                yield program
            except BaseException:
                program.kill()
                raise
        if program.returncode:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines() or ["no reason given"]
            raise BackupError(f"{name} failed: {lines[0]}")


# ---- Afterwards ----


def _move_on(seconds: float) -> None:
    """What was written after the backup is gone, and pages may be kept somewhere that show it. So no stamp may come
    to stand again where it stood then."""
    moves = int((max(seconds, 0) + 1) * MOVES_A_SECOND)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
            if "stamp" in columns:
                cursor.execute(f"UPDATE {connection.ops.quote_name(table)} SET stamp = stamp + %s", [moves])
    cache.clear()
