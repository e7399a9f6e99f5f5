"""What the cache holds, be it the memory of this process or Redis."""

from typing import Any

from django.core.cache import cache


def how_many_are_kept() -> int:
    held: Any = cache._cache  # type: ignore[attr-defined]
    return len(held) if isinstance(held, dict) else int(held.get_client(write=True).dbsize())
