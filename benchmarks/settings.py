"""Production's settings, with the empty view."""

from newsdesk.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
