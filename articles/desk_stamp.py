"""Moving the stamp of the desk, by triggers on every table that a page may show, and reading it."""

from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

from articles.models import DeskStamp, Listed, Revision, SourceNumber, Suggestion, Tally
from newsdesk.fetching import fetched

# What no reader's page shows, and what is kept in the transaction that writes what it follows from: those are most rows
# of any write. A new model counts until somebody says otherwise.
_SILENT = {DeskStamp, Listed, Revision, SourceNumber, Suggestion, Tally}
_STAMP = DeskStamp._meta.db_table
_NAME = "desk_stamp"
# For each row. An update, which cannot fail: with anything else SQLite copies each page that a row changes, so that it
# can take back the half of it, and a row takes twice as long.
_SQLITE = f"""CREATE TRIGGER {{name}} AFTER {{act}} ON {{table}} BEGIN
    UPDATE {_STAMP} SET stamp = stamp + 1 WHERE id = 1; END"""
# It takes a row that nobody else has taken: so nobody waits, and no two wait for each other.
_FUNCTION = f"""CREATE OR REPLACE FUNCTION {_NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE free bigint;
BEGIN
    SELECT id INTO free FROM {_STAMP} LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF free IS NULL THEN INSERT INTO {_STAMP} (stamp) VALUES (1);
    ELSE UPDATE {_STAMP} SET stamp = stamp + 1 WHERE id = free; END IF;
    RETURN NULL;
END $$"""
_POSTGRESQL = f"""CREATE TRIGGER {{name}} AFTER {{act}} ON {{table}}
    FOR EACH STATEMENT EXECUTE FUNCTION {_NAME}()"""


def stamp_of_desk() -> int:
    """One query, of a few rows."""
    return int(fetched(f"SELECT coalesce(sum(stamp), 0) FROM {_STAMP}")[0][0])


def move() -> None:
    """For who mends a table that is not watched."""
    DeskStamp.objects.create(stamp=1)


def watched_tables() -> list[str]:
    models = apps.get_app_config("articles").get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models if model._meta.managed and model not in _SILENT)


def missing_triggers(database: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    """The name of each, what it follows, and on which table. On SQLite also one of an earlier release, and all where
    the row is missing that they move."""
    wanted = [
        (f"{_NAME}_{act.lower()}_{table}", act, table)
        for table in watched_tables()
        for act in ("INSERT", "UPDATE", "DELETE")
    ]
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            cursor.execute(
                f"SELECT sql FROM sqlite_master WHERE type = 'trigger' AND EXISTS (SELECT 1 FROM {_STAMP} WHERE id = 1)"
            )
            made = {sql for (sql,) in cursor.fetchall()}
            return [one for one in wanted if _SQLITE.format(**_named(one)) not in made]
        cursor.execute(f"SELECT tgname FROM pg_trigger WHERE tgname LIKE '{_NAME}%%'")
        there = {name for (name,) in cursor.fetchall()}
    return [one for one in wanted if one[0] not in there]


def _named(trigger: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("name", "act", "table"), trigger, strict=True))


def install(database: BaseDatabaseWrapper) -> None:
    """Triggers go when a migration makes a table anew, so they are looked for after each."""
    missing = missing_triggers(database)
    if not missing:
        return
    # At once: the last release may be writing, and what it writes between two statements would not be counted.
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        if database.vendor == "sqlite":
            cursor.execute(f"INSERT OR IGNORE INTO {_STAMP} (id, stamp) VALUES (1, 1)")
        else:
            cursor.execute(_FUNCTION)
        for one in missing:
            if database.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {one[0]}")
            cursor.execute((_SQLITE if database.vendor == "sqlite" else _POSTGRESQL).format(**_named(one)))


def _after_migrate(using: str, **kwargs: Any) -> None:
    database = connections[using]
    if set(watched_tables()) | {_STAMP} <= set(database.introspection.table_names()):
        install(database)


def connect() -> None:
    post_migrate.connect(_after_migrate, sender=apps.get_app_config("articles"), dispatch_uid="desk stamp")
