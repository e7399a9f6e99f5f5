"""A run that writes nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, transaction

Wrapper: Any = connection


@contextmanager
def writing_nothing() -> Iterator[None]:
    """What is written within is thrown away.

    Each file has to see what those before it made, so on most databases it is one transaction. SQLite lets one
    write at a time, and editors would wait for the whole run: there it works on a copy, which takes as much room
    beside the database as this has, and holds no lock on it.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block and not Wrapper.is_in_memory_db():
        with _on_a_copy(Path(connection.settings_dict["NAME"])):
            yield
    else:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)


@contextmanager
def _on_a_copy(database: Path) -> Iterator[None]:
    with TemporaryDirectory(prefix="dry-run-", dir=database.parent) as folder:
        copy = Path(folder) / database.name
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as target:
            Wrapper.connection.backup(target)
        _connect(copy)
        try:
            yield
        finally:
            _connect(database)


def _connect(database: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = str(database)
