"""Stores that outlive a request: which methods read and write them, and where a write says how long it lasts.

ioredis 5 (https://github.com/redis/ioredis), redis 3 to 5 (https://github.com/redis/node-redis), @upstash/redis 1
(https://upstash.com/docs/redis/sdks/ts/commands/string/set), @vercel/kv 1 to 3, memjs 1, memcached 2, node-cache 5
(https://github.com/node-cache/node-cache: seconds), lru-cache 6 to 11 (milliseconds; `maxAge` before 7; since then
`fetch`: https://isaacs.github.io/node-lru-cache/classes/LRUCache.html#fetch), quick-lru 6, @isaacs/ttlcache 1, keyv 4
and 5 and its adapters (milliseconds), cache-manager 4 (seconds) and 5 to 7 (milliseconds), cacheable 1 and 2
(https://cacheable.org: milliseconds or words), bentocache 1, dataloader 2
(https://github.com/graphql/dataloader: keys that are asked for at once go together), memory-cache 0.2
(milliseconds), Cloudflare KV (https://developers.cloudflare.com/kv/api/write-key-value-pairs/), Web Storage,
localforage 1, idb-keyval 6, @react-native-async-storage 1 and 2.
"""

from __future__ import annotations

from msgspec import Struct

SECOND = 1_000.0
READS = frozenset({"get", "has", "peek"})


class Lasts(Struct, frozen=True):
    """Where a call says how long something lasts: an argument, a property of one, or what follows a word."""

    index: int
    path: str = ""
    unit: float = 1
    word: str = ""
    """The argument before it, as Redis has `"EX", 60`."""


class Loads(Struct, frozen=True):
    """A method that looks up a key, and runs a function where nothing is kept.

    The function is in argument `load` of the call (property `path` of it), or where `made` in the same argument of the
    store's maker. `lasts` is where the call says how long, `unless` an option that always asks anew. Of kind
    `dedup` is what only gathers keys that are asked for at once.
    """

    load: int = 1
    path: str = ""
    made: bool = False
    key: int = 0
    key_path: str = ""
    lasts: tuple[Lasts, ...] = ()
    unless: str = ""
    kind: str = "cache"


class Store(Struct, frozen=True):
    """One kind of store. `writes` maps methods to where they say how long; `made` is where its maker says it."""

    name: str
    packages: tuple[str, ...]
    place: str
    reads: frozenset[str] = READS
    writes: dict[str, tuple[Lasts, ...]] = {}
    removes: frozenset[str] = frozenset({"delete", "del", "clear", "remove"})
    made: tuple[Lasts, ...] = ()
    exports: frozenset[str] = frozenset()
    """The exports that make or are one; empty for all."""
    types: frozenset[str] = frozenset()
    """Names of types that need no import."""
    many: frozenset[str] = frozenset()
    """The methods that look for several keys at once."""
    loads: dict[str, Loads] = {}


_WORDS = (Lasts(3, word="EX", unit=SECOND), Lasts(3, word="PX"), Lasts(3, word="ex", unit=SECOND), Lasts(3, word="px"))
_OPTIONS = tuple(Lasts(2, name, unit) for name, unit in (("EX", SECOND), ("PX", 1), ("ex", SECOND), ("px", 1)))
_SET_EX = (Lasts(1, unit=SECOND),)

STORES: tuple[Store, ...] = (
    Store("Map", ("",), "process", writes={"set": ()}, exports=frozenset({"Map", "WeakMap"})),
    Store("Set", ("",), "process", writes={"add": ()}, exports=frozenset({"Set", "WeakSet"})),
    Store(
        "Web Storage",
        ("",),
        "browser",
        frozenset({"getItem"}),
        {"setItem": ()},
        frozenset({"removeItem", "clear"}),
        exports=frozenset({"localStorage", "sessionStorage"}),
        types=frozenset({"Storage"}),
    ),
    Store(
        "Cache API",
        ("",),
        "cdn",
        frozenset({"match"}),
        {"put": ()},
        exports=frozenset({"caches", "caches.default", "caches.open"}),
    ),
    Store(
        "Redis",
        ("ioredis", "redis", "@redis/client", "@upstash/redis", "@upstash/redis/cloudflare", "@vercel/kv", "iovalkey"),
        "distributed",
        frozenset({"get", "getex", "getEx", "exists", "hget", "hGet", "hgetall", "hGetAll", "getBuffer"}),
        {
            "set": (*_WORDS, *_OPTIONS),
            "setex": _SET_EX,
            "setEx": _SET_EX,
            "psetex": (Lasts(1),),
            "pSetEx": (Lasts(1),),
            "hset": (),
            "hSet": (),
            "hmset": (),
            "mset": (),
            "expire": (Lasts(1, unit=SECOND),),
            "pexpire": (Lasts(1),),
            "pExpire": (Lasts(1),),
        },
        many=frozenset({"mget", "mGet", "hmget", "hmGet", "mgetBuffer"}),
    ),
    Store(
        "Memcached",
        ("memcached",),
        "distributed",
        writes={"set": (Lasts(2, unit=SECOND),)},
        many=frozenset({"getMulti"}),
    ),
    Store("Memcached", ("memjs",), "distributed", writes={"set": (Lasts(2, "expires", SECOND),)}),
    Store(
        "node-cache",
        ("node-cache",),
        "process",
        frozenset({"get", "has", "take"}),
        {"set": (Lasts(2, unit=SECOND),), "mset": (Lasts(0, "ttl", SECOND),)},
        made=(Lasts(0, "stdTTL", SECOND),),
        many=frozenset({"mget"}),
    ),
    Store(
        "lru-cache",
        (
            "lru-cache",
            "lru.min",
            "tiny-lru",
            "quick-lru",
            "@isaacs/ttlcache",
            "ttl-cache",
            "lru_map",
            "mnemonist/lru-cache",
        ),
        "process",
        writes={"set": (Lasts(2, "ttl"), Lasts(2, "maxAge"), Lasts(2))},
        made=(Lasts(0, "ttl"), Lasts(0, "maxAge"), Lasts(1, "ttl"), Lasts(1)),
        loads={
            "fetch": Loads(0, "fetchMethod", made=True, lasts=(Lasts(1, "ttl"),), unless="1.forceRefresh"),
            "forceFetch": Loads(0, "fetchMethod", made=True, lasts=(Lasts(1, "ttl"),), unless="1.forceRefresh"),
            "memo": Loads(0, "memoMethod", made=True, lasts=(Lasts(1, "ttl"),), unless="1.forceRefresh"),
        },
    ),
    Store(
        "keyv",
        ("keyv", "@keyvhq/core"),
        "process",
        writes={"set": (Lasts(2),), "setMany": (Lasts(0, "ttl"),)},
        made=(Lasts(0, "ttl"), Lasts(1, "ttl")),
        many=frozenset({"getMany", "hasMany"}),
    ),
    Store(
        "keyv adapter",
        tuple(f"@keyv/{name}" for name in ("redis", "valkey", "mongo", "postgres", "mysql", "etcd", "memcache")),
        "distributed",
        writes={"set": (Lasts(2),), "setMany": (Lasts(0, "ttl"),)},
        many=frozenset({"getMany", "hasMany"}),
    ),
    Store(
        "cache-manager",
        ("cache-manager", "@nestjs/cache-manager", "@nestjs/common"),
        "process",
        writes={"set": (Lasts(2, "ttl", SECOND), Lasts(2)), "mset": (Lasts(1), Lasts(0, "ttl"))},
        exports=frozenset(
            {"caching", "createCache", "Cache", "CacheManager", "CACHE_MANAGER", "multiCaching", "default.caching"}
        ),
        made=(Lasts(1, "ttl"), Lasts(0, "ttl")),
        many=frozenset({"mget"}),
        loads={"wrap": Loads(1, lasts=(Lasts(2, "ttl", SECOND), Lasts(2)))},
    ),
    Store(
        "cacheable",
        ("cacheable", "@cacheable/memory"),
        "process",
        writes={"set": (Lasts(2, "ttl"), Lasts(2)), "setMany": (Lasts(0, "ttl"),)},
        made=(Lasts(0, "ttl"),),
        many=frozenset({"getMany", "hasMany"}),
        loads={"getOrSet": Loads(1, lasts=(Lasts(2, "ttl"),))},
    ),
    Store(
        "bentocache",
        ("bentocache",),
        "process",
        writes={"set": (Lasts(0, "ttl"),)},
        loads={"getOrSet": Loads(0, "factory", key_path="key", lasts=(Lasts(0, "ttl"),))},
    ),
    Store(
        "dataloader",
        ("dataloader",),
        "process",
        frozenset(),
        {},
        loads={"load": Loads(0, made=True, kind="dedup"), "loadMany": Loads(0, made=True, kind="dedup")},
    ),
    Store("expiry-map", ("expiry-map",), "process", writes={"set": ()}, made=(Lasts(0),)),
    Store("memory-cache", ("memory-cache",), "process", writes={"put": (Lasts(2),)}),
    Store(
        "Cloudflare KV",
        ("@cloudflare/workers-types",),
        "distributed",
        frozenset({"get", "getWithMetadata"}),
        {"put": (Lasts(2, "expirationTtl", SECOND),)},
        types=frozenset({"KVNamespace"}),
    ),
    Store(
        "browser database",
        ("localforage", "@react-native-async-storage/async-storage", "idb-keyval"),
        "browser",
        frozenset({"getItem", "get"}),
        {"setItem": (), "set": (), "multiSet": (), "setMany": ()},
        frozenset({"removeItem", "del", "clear"}),
        many=frozenset({"multiGet", "getMany"}),
    ),
)

VALUE_AT = {"setex": 2, "setEx": 2, "psetex": 2, "pSetEx": 2, "hset": -1, "hSet": -1, "hmset": -1, "mset": -1}
"""The argument that is stored, where it is not the one after the key."""
ONLY_TIMES = frozenset({"expire", "pexpire", "pExpire"})
"""Methods that store nothing: they say how long what is stored lasts."""

OBJECT = Store("object", (), "process", frozenset(), {})
"""An object that is used as a table."""

VARIABLE = Store("variable", (), "process", frozenset(), {})
"""A variable or field that keeps one value."""

LOADERS = frozenset(name for store in STORES for name in store.loads)
"""The names of all methods that load what they do not have."""

_BY_PACKAGE: dict[str, list[Store]] = {}
for _store in STORES:
    for _package in _store.packages:
        _BY_PACKAGE.setdefault(_package, []).append(_store)
_BY_TYPE = {name: store for store in STORES for name in store.types}


def store_of(package: str, path: tuple[str, ...]) -> Store | None:
    """The kind of store that the export `path` of `package` makes or is."""
    name = ".".join(path)
    for store in _BY_PACKAGE.get(package, ()):
        if not store.exports or name in store.exports or (path and path[-1] in store.exports):
            return store
    return None


def store_type(name: str) -> Store | None:
    """The kind of store that a type of this name is, without an import."""
    return _BY_TYPE.get(name)
