"""Logs: a line of JSON for each event, with the request that it belongs to; plain lines for developers.

What is logged comes from strangers too. No value of it can begin a line of its own or move a terminal's cursor.
"""

import json
import logging
import re
import time
import unicodedata
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from newsdesk.timing import QueryClock, counting

logger = logging.getLogger("newsdesk.request")
request_id: ContextVar[str] = ContextVar("request_id", default="")

# As proxies write it. Whatever else is sent under this name is not taken up.
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LONGEST = 300


class JsonLines(logging.Formatter):
    """One object to a line, in ASCII: whatever else there is in a value stands there as an escape."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if current := request_id.get():
            line["request"] = current
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


class PlainLines(logging.Formatter):
    """For people: a traceback has its lines, a value has none."""

    def format(self, record: logging.LogRecord) -> str:
        fields = " ".join(f"{name}={value}" for name, value in getattr(record, "fields", {}).items())
        line = harmless(f"{record.levelname.lower()} {record.name}: {record.getMessage()} {fields}".rstrip())
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def harmless(text: str) -> str:
    """Control characters, and those that turn the direction of a line, as escapes."""
    return "".join(
        one.encode("unicode_escape").decode() if unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp") else one
        for one in text
    )


def request_log(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Gives each request an id, or keeps the one that a proxy gave it, and logs what became of it. No query."""

    def middleware(request: HttpRequest) -> HttpResponse:
        sent = request.META.get("HTTP_X_REQUEST_ID", "")
        own = sent if _ID.fullmatch(sent) else uuid.uuid4().hex
        token = request_id.set(own)
        start = time.perf_counter()
        try:
            with counting() as clock:
                response = get_response(request)
            logger.log(
                _level(request, response),
                "%s %s",
                *(request.method, request.path[:_LONGEST]),
                extra={"fields": _fields(request, response, clock, time.perf_counter() - start)},
            )
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = own
        return response

    return middleware


def _level(request: HttpRequest, response: HttpResponseBase) -> int:
    """Static files, and those who ask all the time whether the desk is well, are not worth a line."""
    unworthy = request.path.startswith(settings.STATIC_URL) or request.path in ("/healthz", "/readyz")
    return logging.DEBUG if unworthy and response.status_code < 400 else logging.INFO


def _fields(request: HttpRequest, response: HttpResponseBase, clock: QueryClock, seconds: float) -> dict[str, Any]:
    match = request.resolver_match
    # Only if the page asked who it is: to ask here would read the session.
    user = getattr(request, "_cached_user", None)
    return {
        "status": response.status_code,
        "view": match.view_name if match else None,
        "user": user.pk if user else None,
        "ms": round(seconds * 1000, 1),
        "queries": clock.count,
        "queries_ms": round(clock.seconds * 1000, 1),
    }


def logging_settings(*, level: str, plain: bool) -> dict[str, Any]:
    """For `LOGGING`. Everything goes through the root, and to standard error alone."""
    own = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": f"{__name__}.{'PlainLines' if plain else 'JsonLines'}"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Not to the console a second time, nor by mail.
            "django": own,
            "django.server": {**own, "level": "WARNING"},
            # The line of the request says what was not found or not allowed.
            "django.request": {**own, "level": "ERROR"},
        },
    }
