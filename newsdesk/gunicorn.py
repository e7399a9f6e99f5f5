"""Gunicorn's settings for `make serve` and for production (README, “Deploy”)."""

from newsdesk import environment

bind = f"{environment.text('HOST', '127.0.0.1')}:{environment.number('PORT', 8000)}"
workers = environment.number("WEB_WORKERS", 2)
threads = environment.number("WEB_THREADS", 2)
preload_app = True
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = "-" if environment.switch("ACCESS_LOG", False) else None
