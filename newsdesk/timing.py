"""How long a page took and how many queries it made: for the log, and as Server-Timing for developers and staff."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("newsdesk.queries")


@dataclass(slots=True)
class QueryClock:
    """Counts the queries that pass, and their time in seconds. Costs about a microsecond each. One that takes as
    long as `slow` seconds is named, without the values in it."""

    slow: float
    count: int = field(default=0)
    seconds: float = field(default=0.0)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            took = time.perf_counter() - start
            self.seconds += took
            if took >= self.slow:
                fields = {"ms": round(took * 1000, 1), "sql": str(sql)[:2_000]}
                logger.warning("slow query", extra={"fields": fields})


_clock: ContextVar[QueryClock | None] = ContextVar("clock", default=None)


@contextmanager
def counting() -> Iterator[QueryClock]:
    """The queries made within, on all databases."""
    clock = QueryClock(settings.SLOW_QUERY_MS / 1000)
    token = _clock.set(clock)
    try:
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(clock))
            yield clock
    finally:
        _clock.reset(token)


def server_timing(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Within what counts the queries."""

    def middleware(request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = get_response(request)
        # After an error nobody is asked for: the database may be what failed.
        if response.status_code < 500 and (clock := _clock.get()) and _may_see(request):
            total = time.perf_counter() - start
            response["Server-Timing"] = (
                f'total;dur={total * 1000:.1f}, db;dur={clock.seconds * 1000:.1f};desc="{clock.count} queries"'
            )
        return response

    return middleware


def _may_see(request: HttpRequest) -> bool:
    """Staff, without loading a session that the request does not carry."""
    if settings.DEBUG:
        return True
    user = getattr(request, "user", None)
    return settings.SESSION_COOKIE_NAME in request.COOKIES and user is not None and user.is_staff
