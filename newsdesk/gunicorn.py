"""Gunicorn's settings for `make serve` and for production (docs/running.md)."""

import gc
import os
import sys
from importlib import import_module
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from newsdesk import environment
from newsdesk.logs import logging_settings

# Nobody waits longer for a page, and one that asks too much is not to take the others' connections. Commands, which
# import and check millions of rows, have no such limit.
os.environ.setdefault("STATEMENT_SECONDS", "30")
try:
    # Before any process is made, so that what is wrong is said once, in a sentence.
    import_module(os.environ.get("DJANGO_SETTINGS_MODULE", "newsdesk.settings"))
    bind = f"{environment.text('HOST', '127.0.0.1')}:{environment.number('PORT', 8000, least=1, most=65_535)}"
    workers = environment.number("WEB_WORKERS", 2, least=1, most=1_000)
    # A browser opens up to six connections, some of them ahead of any request; each holds a thread for up to five
    # seconds. With fewer threads than that, a page's scripts wait for them.
    threads = environment.number("WEB_THREADS", 8, least=1, most=1_000)
    level = environment.one_of("LOG_LEVEL", "INFO", environment.LOG_LEVELS)
except ImproperlyConfigured as error:
    sys.exit(str(error))

preload_app = True
# A socket in the home of whoever runs the server, which nothing here uses.
control_socket_disable = True
# The desk itself refuses addresses of more than 6,000, with a page that says so.
limit_request_line = 8_190
# With a process goes what it keeps in its memory, so that this is not to happen every minute of a busy day.
max_requests = 200_000
max_requests_jitter = 20_000
# The desk's own log has a line for each request.
accesslog = None
logconfig_dict = {
    **logging_settings(level=level, plain=environment.switch("DEBUG", False)),
    "loggers": {"gunicorn.error": {"handlers": [], "propagate": True}},
}


def pre_fork(server: Any, worker: Any) -> None:
    """What is there before the first request stays. Python's collector need not go through it again with every full
    round, in which nobody is answered, and the processes go on sharing its memory."""
    import_module("newsdesk.urls")
    gc.collect()
    gc.freeze()
