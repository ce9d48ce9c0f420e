"""Caches with exchangeable stores: options and packages that say where they keep their values.

Nest's `CacheModule.register({ store, stores, ttl })` of @nestjs/cache-manager 1 to 3
(https://docs.nestjs.com/techniques/caching#using-alternative-cache-stores; a class makes the options of `registerAsync`
as a `CacheOptionsFactory`), cache-manager 4 to 7 (seconds before 5), keyv 4 and 5 with its adapters
(https://keyv.org/docs/keyv/#storage-adapters).
"""

from __future__ import annotations

MILLISECONDS_FROM = 5
"""The first major version of cache-manager that counts milliseconds."""
SHARED = ("redis", "valkey", "memcache", "postgres", "mongo", "dynamo", "upstash", "etcd", "mysql")
"""Words in the names of packages or URLs that say where a cache with exchangeable stores keeps its values."""
STORES = ("store", "stores", "primary", "secondary")
"""Options that hold a store, of which another object than a known one may be anywhere."""
IN_PROCESS = frozenset(
    {
        "@cacheable/memory",
        "@keyvhq/core",
        "cache-manager",
        "cacheable",
        "keyv",
        "keyv-lru",
        "lru-cache",
        "node-fetch-cache",
        "quick-lru",
    }
)
"""Packages whose own stores are in memory."""
MEMORY = "memory"
"""The name of the store that cache-manager has itself."""
