"""A Redis that may be away: then nothing is kept, and whoever asks is not made to wait for it again and again.

What has to be counted or kept for good does not belong in a cache.
"""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)
# Seconds after a failure in which it is not asked.
PAUSE = 5.0
# When it may be asked again, by address: the caches of all threads share it.
_away: dict[str, float] = {}


def _forgiving(otherwise: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def around(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def tried(self: "ForgivingRedisCache", *args: Any, **kwargs: Any) -> Any:
            if _away.get(self.address, 0) > time.monotonic():
                return otherwise(*args, **kwargs)
            try:
                return method(self, *args, **kwargs)
            except redis.RedisError as error:
                logger.warning("The cache does not answer, and is not asked for %s seconds: %s", PAUSE, error)
                _away[self.address] = time.monotonic() + PAUSE
                return otherwise(*args, **kwargs)

        return tried

    return around


def _default(key: str, default: Any = None, version: int | None = None) -> Any:
    return default


class ForgivingRedisCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.address = str(server)

    get = _forgiving(_default)(RedisCache.get)
    get_many = _forgiving(lambda *args, **kwargs: {})(RedisCache.get_many)
    has_key = _forgiving(lambda *args, **kwargs: False)(RedisCache.has_key)
    set = _forgiving(lambda *args, **kwargs: None)(RedisCache.set)
    set_many = _forgiving(lambda *args, **kwargs: [])(RedisCache.set_many)
    # As if it were new: two who do something at the same time both do it.
    add = _forgiving(lambda *args, **kwargs: True)(RedisCache.add)
    touch = _forgiving(lambda *args, **kwargs: False)(RedisCache.touch)
    delete = _forgiving(lambda *args, **kwargs: False)(RedisCache.delete)
    delete_many = _forgiving(lambda *args, **kwargs: None)(RedisCache.delete_many)
    clear = _forgiving(lambda *args, **kwargs: False)(RedisCache.clear)
    incr = _forgiving(lambda key, delta=1, version=None: delta)(RedisCache.incr)
