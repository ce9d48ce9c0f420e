"""Caches with exchangeable stores: options and packages that say where they keep their values.

Nest's `CacheModule.register({ store, stores, ttl })` of @nestjs/cache-manager 1 to 3
(https://docs.nestjs.com/techniques/caching#using-alternative-cache-stores; a class makes the options of `registerAsync`
as a `CacheOptionsFactory`), cache-manager 4 to 7 (seconds before 5), keyv 4 and 5 with its adapters
(https://keyv.org/docs/keyv/#storage-adapters).
"""

from __future__ import annotations

MILLISECONDS_FROM = 5
"""The first major version of cache-manager that counts milliseconds."""
OF_NEST = {3: 6}
"""The version of cache-manager that one of @nestjs/cache-manager needs; those before 3 take several."""
DISTRIBUTING = frozenset(
    {
        "@keyv/etcd",
        "@keyv/memcache",
        "@keyv/mongo",
        "@keyv/mysql",
        "@keyv/postgres",
        "@keyv/redis",
        "@keyv/valkey",
        "@keyvhq/mongo",
        "@keyvhq/mysql",
        "@keyvhq/postgres",
        "@keyvhq/redis",
        "@redis/client",
        "@tirke/node-cache-manager-ioredis",
        "@tirke/node-cache-manager-mongodb",
        "@type-cacheable/ioredis-adapter",
        "@type-cacheable/redis-adapter",
        "@vercel/kv",
        "cache-manager-ioredis",
        "cache-manager-ioredis-yet",
        "cache-manager-memcached-store",
        "cache-manager-mongodb",
        "cache-manager-redis",
        "cache-manager-redis-store",
        "cache-manager-redis-yet",
        "ioredis",
        "keyv-dynamodb",
        "keyv-upstash",
        "memcached",
        "memjs",
        "mongodb",
        "mongoose",
        "mysql2",
        "pg",
        "redis",
    }
)
"""Packages that keep values in a server of their own; what others with such a word in their names do is not known."""
SHARED = ("redis", "valkey", "memcache", "postgres", "mongo", "dynamo", "upstash", "etcd", "mysql")
"""Words that URLs of stores, and their names, begin with."""
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
