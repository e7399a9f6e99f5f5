"""Server-Timing: how long a page took and how many queries it made, for developers and staff."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse


@dataclass(slots=True)
class QueryClock:
    """Counts the queries that pass, and their time in seconds. Costs about a microsecond each."""

    count: int = field(default=0)
    seconds: float = field(default=0.0)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - start


def server_timing(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        clock = QueryClock()
        start = time.perf_counter()
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(clock))
            response = get_response(request)
        # After an error the database may be away, and with it whoever has signed in.
        if response.status_code < 500 and _may_see(request):
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
