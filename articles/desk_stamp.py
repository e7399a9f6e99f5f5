"""Moving the stamps of the desk and of its names, by triggers on every table that a page may show, and reading them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.models.signals import post_migrate

from articles.models import (
    Alias,
    DeskStamp,
    Listed,
    NameStamp,
    Question,
    Revision,
    Source,
    SourceNumber,
    Story,
    Suggestion,
    Tally,
)
from newsdesk.fetching import fetched

# What no reader's page shows, and what is kept in the transaction that writes what it follows from: those are most rows
# of any write. A new model counts until somebody says otherwise.
_SILENT = {DeskStamp, Listed, NameStamp, Revision, SourceNumber, Suggestion, Tally}
# Each stamp, by what its function and its triggers are called.
_DESK, _NAMES = "desk_stamp", "name_stamp"
_TABLES = {_DESK: DeskStamp._meta.db_table, _NAMES: NameStamp._meta.db_table}
# What something is called by, and whose name it is.
_NAMED_BY: dict[type[Model], str] = {
    Alias: "name, source_id",
    Question: "text",
    Source: "name, code, merged_into_id",
    Story: "title",
}
# For each row. An update, which cannot fail: with anything else SQLite copies each page that a row changes, so that it
# can take back the half of it, and a row takes twice as long.
_SQLITE = """CREATE TRIGGER {name} AFTER {act} ON {table} BEGIN
    UPDATE {kept} SET stamp = stamp + 1 WHERE id = 1; END"""
# It takes a row that nobody else has taken: so nobody waits, and no two wait for each other.
_FUNCTION = """CREATE OR REPLACE FUNCTION {stamp}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE free bigint;
BEGIN
    SELECT id INTO free FROM {kept} LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF free IS NULL THEN INSERT INTO {kept} (stamp) VALUES (1);
    ELSE UPDATE {kept} SET stamp = stamp + 1 WHERE id = free; END IF;
    RETURN NULL;
END $$"""
_POSTGRESQL = "CREATE TRIGGER {name} AFTER {act} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {stamp}()"


class Trigger(NamedTuple):
    """What it is called, what it follows and on which table, and which stamp it moves, in which table."""

    name: str
    act: str
    table: str
    stamp: str
    kept: str


def stamp_of_desk() -> int:
    """One query, of a few rows."""
    return _stamp(_DESK)


def stamp_of_names() -> int:
    """The same."""
    return _stamp(_NAMES)


def _stamp(which: str) -> int:
    return int(fetched(f"SELECT coalesce(sum(stamp), 0) FROM {_TABLES[which]}")[0][0])


def move() -> None:
    """For who mends a table that is not watched."""
    DeskStamp.objects.create(stamp=1)


def watched_tables() -> list[str]:
    models = apps.get_app_config("articles").get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models if model._meta.managed and model not in _SILENT)


def _wanted() -> Iterator[Trigger]:
    for table in watched_tables():
        for act in ("INSERT", "UPDATE", "DELETE"):
            yield _trigger(_DESK, act, table)
    for model, columns in _NAMED_BY.items():
        for act in ("INSERT", f"UPDATE OF {columns}", "DELETE"):
            yield _trigger(_NAMES, act, model._meta.db_table)


def _trigger(stamp: str, act: str, table: str) -> Trigger:
    return Trigger(f"{stamp}_{act.split()[0].lower()}_{table}", act, table, stamp, _TABLES[stamp])


def missing_triggers(database: BaseDatabaseWrapper) -> list[Trigger]:
    """On SQLite also those of an earlier release, and all of a stamp where the row is missing that they move."""
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
            made = {sql for (sql,) in cursor.fetchall()}
            without_row = {kept for kept in _TABLES.values() if not _has_row(cursor, kept)}
            return [one for one in _wanted() if one.kept in without_row or _SQLITE.format(**one._asdict()) not in made]
        cursor.execute("SELECT tgname FROM pg_trigger")
        there = {name for (name,) in cursor.fetchall()}
    return [one for one in _wanted() if one.name not in there]


def _has_row(cursor: Any, kept: str) -> bool:
    cursor.execute(f"SELECT 1 FROM {kept} WHERE id = 1")
    return bool(cursor.fetchall())


def install(database: BaseDatabaseWrapper) -> None:
    """Triggers go when a migration makes a table anew, so they are looked for after each."""
    missing = missing_triggers(database)
    if not missing:
        return
    sql = _SQLITE if database.vendor == "sqlite" else _POSTGRESQL
    # At once: the last release may be writing, and what it writes between two statements would not be counted.
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        for stamp, kept in _TABLES.items():
            if database.vendor == "sqlite":
                cursor.execute(f"INSERT OR IGNORE INTO {kept} (id, stamp) VALUES (1, 1)")
            else:
                cursor.execute(_FUNCTION.format(stamp=stamp, kept=kept))
        for one in missing:
            if database.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {one.name}")
            cursor.execute(sql.format(**one._asdict()))


def _after_migrate(using: str, **kwargs: Any) -> None:
    database = connections[using]
    if {*watched_tables(), *_TABLES.values()} <= set(database.introspection.table_names()):
        install(database)


def connect() -> None:
    post_migrate.connect(_after_migrate, sender=apps.get_app_config("articles"), dispatch_uid="desk stamp")
