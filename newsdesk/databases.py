"""The database, from DATABASE_URL: SQLite in a file, or PostgreSQL through a pool of connections."""

from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# SQLite. IMMEDIATE: a write takes its lock at the start of the transaction, so two writers queue instead of failing
# half-way. Foreign keys are on by Django's own doing.
_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
}
# PostgreSQL. As on SQLite, nobody waits for another's lock longer than this; and a server that has gone without a word
# is noticed.
_POSTGRESQL = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
# Seconds that a request waits for a connection of the pool.
_PATIENCE = 5.0
# Of those who wait for one of the pool's connections; more are told at once to come again.
_MOST_WAITING = 64


def database(url: str, *, pool: int, seconds: int = 0) -> dict[str, Any]:
    """For `DATABASES`. `pool`: how many connections each process keeps to PostgreSQL at most; 0 for one to a thread
    that is not pooled. `seconds`: what PostgreSQL works on longer than that is given up; 0: never. Raises
    ImproperlyConfigured with a sentence."""
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url))
    except dj_database_url.UnknownSchemeError as error:
        raise ImproperlyConfigured(_what_to_do(str(error).rstrip("."))) from None
    except ValueError:  # A ParseError is one. Python's own may say a part of the password.
        raise ImproperlyConfigured(
            _what_to_do("a part of it is not as in an address (in passwords write %2F for /, %40 for @)")
        ) from None
    match found["ENGINE"]:
        case "django.db.backends.sqlite3":
            return {**found, "CONN_MAX_AGE": None, "OPTIONS": {**_SQLITE, **found.get("OPTIONS", {})}}
        case "django.db.backends.postgresql":
            return _postgresql(found, pool, seconds)
    raise ImproperlyConfigured(_what_to_do(f"{found['ENGINE']} is not supported"))


def _postgresql(found: dict[str, Any], pool: int, seconds: int) -> dict[str, Any]:
    waiting = f"-c lock_timeout=20s -c statement_timeout={seconds}s"
    options = {**_POSTGRESQL, "options": waiting, **found.get("OPTIONS", {})}
    if pool:
        # A pooled connection is asked whether it still lives before a request gets it. A pool that has given up trying
        # tries anew for the next request, where otherwise its pauses grow to minutes.
        options["pool"] = {
            **{"min_size": 1, "max_size": pool, "timeout": _PATIENCE},
            **{"max_waiting": _MOST_WAITING, "reconnect_timeout": 5},
        }
        found |= {"ENGINE": "newsdesk.postgresql"}
    # Django refuses a pool of connections that are kept besides.
    return {**found, "CONN_MAX_AGE": 0 if pool else None, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


def _what_to_do(why: str) -> str:
    return (
        f"DATABASE_URL cannot be read: {why}. Write sqlite:////path/to/file.sqlite3, or "
        "postgresql://user:password@host:5432/name."
    )
