"""How many examples are tried of what holds whatever is given."""

from django.db import connection


def examples(number: int) -> int:
    """A third of them where the database is not SQLite: on that one all are, of every property."""
    return number if connection.vendor == "sqlite" else number // 3
