"""A cache whose absence is a miss: with Valkey down, pages and votes still work."""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class LenientRedisCache(RedisCache):
    """Django's Redis cache, except that an unreachable server counts as an empty cache.

    What is kept here (sign-in throttling, short-lived answers) may be lost; refusing
    every sign-in because the cache is away would be worse.
    """

    def get(self, key, default=None, version=None):
        return self._or(default, super().get, key, default, version)

    def set(self, key, value, timeout=300, version=None):
        return self._or(None, super().set, key, value, timeout, version)

    def add(self, key, value, timeout=300, version=None):
        return self._or(True, super().add, key, value, timeout, version)

    def delete(self, key, version=None):
        return self._or(False, super().delete, key, version)

    def _or(self, fallback, call, *arguments):
        try:
            return call(*arguments)
        except (RedisError, OSError) as error:
            log.warning("The cache is away: %s", error)
            return fallback
