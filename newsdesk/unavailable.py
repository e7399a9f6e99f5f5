"""What a request is answered when the database cannot do its part: 503, why, and when to try again.

This is the handler of errors, so it sees those of every view and every middleware. It asks the database nothing, but
for whether migrations wait where a table or a column is missing.
"""

import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import psycopg_pool
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error as default_server_error

from newsdesk.health import migrations_waiting


@dataclass(frozen=True, slots=True)
class Cause:
    """`seconds` after which to try again. `is_sure`: nothing of what was sent is saved. Else the connection may have
    broken after it was."""

    why: str
    seconds: int
    is_sure: bool = True


BUSY = Cause("Too many others are writing to the desk at this moment.", 3)
FULL = Cause("The desk's disk is full. Whoever runs the desk has to make room.", 60)
READ_ONLY = Cause("The desk cannot write to its database. Whoever runs the desk has to look at it.", 60)
BROKEN = Cause("The desk's disk cannot be read or written. Whoever runs the desk has to look at it.", 60, is_sure=False)
MOVING = Cause("The desk is being moved to a new release.", 10)
AWAY = Cause("The desk's database cannot be reached.", 10, is_sure=False)

_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_PROTOCOL: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_IOERR: BROKEN,
    sqlite3.SQLITE_CORRUPT: BROKEN,
    sqlite3.SQLITE_NOTADB: BROKEN,
    sqlite3.SQLITE_CANTOPEN: AWAY,
}
# By the beginning of PostgreSQL's code of the error.
_OF_POSTGRESQL = {
    "08": AWAY,  # connection exception
    "57P": AWAY,  # shut down, or not up yet
    "57014": BUSY,  # cancelled, as a statement that took too long
    "53100": FULL,
    "53": BUSY,  # too many connections, out of memory
    "55P03": BUSY,  # a lock did not come in time
    "40": BUSY,  # deadlock, serialisation
    "25006": READ_ONLY,  # as a replica is
    "58": BROKEN,  # the system's own errors
}
_MISSING_IN_POSTGRESQL = {"42P01", "42703"}
# Kept by no page, ever.
_SECRET = "password"


def cause_of(error: BaseException | None) -> Cause | None:
    """None for an error of the desk's own."""
    for one in _chain(error):
        match one:
            case psycopg_pool.PoolTimeout() | psycopg_pool.TooManyRequests():
                return BUSY
            case psycopg.OperationalError() | psycopg.InterfaceError() | psycopg.InternalError():
                if cause := _of_postgresql(one):
                    return cause
            case psycopg.ProgrammingError() if one.sqlstate in _MISSING_IN_POSTGRESQL:
                return _moving()
            case sqlite3.OperationalError() if str(one).startswith(("no such table", "no such column")):
                return _moving()
            case sqlite3.DatabaseError():
                # Only what SQLite itself reports has a code; of it the last byte is the kind.
                return _OF_SQLITE.get(getattr(one, "sqlite_errorcode", 0) & 0xFF)
    return None


def _moving() -> Cause | None:
    try:
        return MOVING if migrations_waiting() else None
    except DatabaseError:
        return AWAY


def _of_postgresql(error: psycopg.Error) -> Cause | None:
    code = error.sqlstate
    if code is None:
        return AWAY
    return next((cause for begin, cause in _OF_POSTGRESQL.items() if code.startswith(begin)), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def server_error(request: HttpRequest) -> HttpResponse:
    """For `handler500`. Called while the error is being handled."""
    error = sys.exc_info()[1]
    cause = cause_of(error)
    if cause is None:
        return default_server_error(request)
    return unavailable(request, cause)


def unavailable(request: HttpRequest, cause: Cause) -> HttpResponse:
    """htmx gets a sentence, which `desk.js` shows beside what was typed; others a page that sends the same form again.
    A form's token says whether it was saved before, so sending it again never saves it twice."""
    writes = request.method not in ("GET", "HEAD")
    what = _what_became(cause) if writes else "So this page cannot be shown."
    if request.headers.get("HX-Request"):
        again = " Try again in a moment." if cause.seconds < 30 else ""
        response = HttpResponse(f"{cause.why} {what}{again}", status=503, content_type="text/plain; charset=utf-8")
    else:
        fields, files = _sent(request) if writes else ([], [])
        context = {"why": cause.why, "what": what, "writes": writes, "fields": fields, "files": files}
        page = render_to_string("unavailable.html", {**context, "address": request.get_full_path()})
        response = HttpResponse(page, status=503)
    response.headers["Retry-After"] = str(cause.seconds)
    response.headers["Cache-Control"] = "no-store"
    return response


def _what_became(cause: Cause) -> str:
    if cause.is_sure:
        return "So nothing was saved. What you entered is still here."
    return "So it is not certain whether this was saved. What you entered is still here: a claim is not saved twice."


def _sent(request: HttpRequest) -> tuple[list[tuple[str, str]], list[str]]:
    """The fields of the form, to be sent again; none of one that holds a password. And the names of its files, which
    no page can send again."""
    try:
        lists, files = list(request.POST.lists()), list(request.FILES)
    except Exception:  # It was cut off, or is too large: then there is nothing to send again.
        return [], []
    if any(_SECRET in name for name, _ in lists):
        return [], []
    return [(name, str(value)) for name, values in lists for value in values], files
