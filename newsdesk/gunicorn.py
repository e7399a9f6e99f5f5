"""Gunicorn's settings for `make serve` and for production (README, “Deploy”)."""

from newsdesk import environment

bind = f"{environment.text('HOST', '127.0.0.1')}:{environment.number('PORT', 8000)}"
workers = environment.number("WEB_WORKERS", 2)
# A browser opens up to six connections, some of them ahead of any request; each holds a thread for up to five
# seconds. With fewer threads than that, a page's scripts wait for them.
threads = environment.number("WEB_THREADS", 8)
preload_app = True
# The desk itself refuses addresses of more than 6,000, with a page that says so.
limit_request_line = 8_190
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = "-" if environment.switch("ACCESS_LOG", False) else None
