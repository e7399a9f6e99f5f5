"""Whether this process lives, and whether it can do its work: for whoever watches it."""

import logging
import secrets
from collections.abc import Callable
from functools import cache as once

from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


class Unready(Exception):
    """What is missing, in words that anybody may read."""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers. Asks nothing of anything else."""
    return JsonResponse({"healthy": True})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 if all that a page may need is there, else 503 with what is not. Three queries.

    Why it is not there stands in the log alone: messages of drivers name hosts and users.
    """
    missing = {name: why for name, check in _CHECKS.items() if (why := _missing(name, check))}
    response = JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)
    if missing:
        response["Retry-After"] = "5"
    return response


def _missing(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except Unready as error:
        return str(error)
    except Exception:  # Whatever a driver raises: it is not ready.
        logger.warning("not ready: %s", name, exc_info=True)
        return "does not answer"
    return ""


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    if waiting := migrations_waiting():
        raise Unready(f"{len(waiting)} app(s) have migrations to apply: run manage.py migrate")


def migrations_waiting() -> frozenset[tuple[str, str]]:
    """Those of a later release are no fault: the older one goes on while a newer one moves in. Two queries."""
    return _leaves() - MigrationRecorder(connection).applied_migrations().keys()


@once
def _leaves() -> frozenset[tuple[str, str]]:
    """The last migration of each app of this release, read from its files once."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def _cache() -> None:
    # A key of its own: another process may be asked at the same time.
    key = f"ready:{secrets.token_hex(8)}"
    cache.set(key, 1, 10)
    if cache.get(key) != 1:
        raise Unready("does not keep what it is given")
    cache.delete(key)


_CHECKS: dict[str, Callable[[], None]] = {"database": _database, "migrations": _migrations, "cache": _cache}
