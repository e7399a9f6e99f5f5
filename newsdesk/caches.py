"""The cache, from CACHE_URL: the memory of each process, or Redis (or Valkey) for all of them."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

# A cache that does not answer is no reason to let a reader wait.
_SECONDS = 2
_REDIS = {"socket_connect_timeout": _SECONDS, "socket_timeout": _SECONDS, "health_check_interval": 30}


def cache(url: str) -> dict[str, Any]:
    """For `CACHES`. An empty address is the memory of each process. Raises ImproperlyConfigured with a sentence."""
    if not url:
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 1_000},
        }
    try:
        parts = urlsplit(url)
        read = parts.scheme in ("redis", "rediss") and parts.hostname and (parts.port or 6379)
        number = parts.path.strip("/") or "0"
    except ValueError:
        read, number = None, ""
    # The address may hold a password, so it is not said again.
    if not read or not number.isdecimal():
        raise ImproperlyConfigured(
            "CACHE_URL cannot be read. Write redis://host:6379/0 or rediss://user:password@host:6379/0, "
            "or leave it out for the memory of each process."
        )
    return {
        "BACKEND": "newsdesk.forgiving.ForgivingRedisCache",
        "LOCATION": url,
        "KEY_PREFIX": "newsdesk",
        "OPTIONS": _REDIS,
    }
