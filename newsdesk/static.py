"""Which static files are collected."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Leaves out what django-htmx ships beside htmx 2: htmx 4, its bundle and its extensions."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "htm*-4*", "htmx-2.js", "django_htmx/ext"]
