"""Where NestJS keeps the answers that its interceptor keeps, and for how long."""

from __future__ import annotations

import pytest

from tests.guards.test_options import NEST, USED
from tests.projects import audited

REDIS = 'import { redisStore } from "cache-manager-redis-yet";\n'
KEYV = 'import { createKeyv } from "@keyv/redis";\n'
STORES = {
    "register": (REDIS, "CacheModule.register({ store: redisStore, ttl: 50 })", "distributed", [50]),
    "a store that is waited for": (
        REDIS,
        "CacheModule.registerAsync({ useFactory: async () => ({ store: await redisStore({ url: 'x' }), ttl: 50 }) })",
        "distributed",
        [50],
    ),
    "the one of another package": (
        'import * as store from "cache-manager-ioredis";\n',
        "CacheModule.register({ store, ttl: 50 })",
        "distributed",
        [50],
    ),
    "Keyv's adapter": (
        KEYV,
        "CacheModule.register({ stores: [createKeyv('redis://x')], ttl: 50 })",
        "distributed",
        [50],
    ),
    "Keyv around an adapter": (
        'import { Keyv } from "keyv";\nimport KeyvRedis from "@keyv/redis";\n',
        "CacheModule.registerAsync({ useFactory: () => ({ stores: [new Keyv({ store: new KeyvRedis('x') })] }) })",
        "distributed",
        [None],
    ),
    "a class that makes the options": (
        KEYV + "class Options { createCacheOptions() { return { stores: [createKeyv('redis://x')], ttl: 50 }; } }\n",
        "CacheModule.registerAsync({ useClass: Options })",
        "distributed",
        [50],
    ),
    "a package that is called like one": (
        'import { redisStore } from "redis-memory-mock";\n',
        "CacheModule.register({ store: redisStore, ttl: 50 })",
        "unknown",
        [50],
    ),
    "another that is called like one": (
        'import MongoLike from "mongo-like-cache";\n',
        "CacheModule.register({ store: new MongoLike(), ttl: 50 })",
        "unknown",
        [50],
    ),
    "memory": ("", "CacheModule.register({ ttl: 50 })", "process", [50]),
    "Keyv in memory": (
        'import { Keyv } from "keyv";\nimport { KeyvCacheableMemory } from "cacheable";\n',
        "CacheModule.register({ stores: [new Keyv({ store: new KeyvCacheableMemory() })], ttl: 50 })",
        "process",
        [50],
    ),
    "a namespace that is called like a store": (
        'import { Keyv } from "keyv";\n',
        "CacheModule.register({ stores: [new Keyv({ namespace: 'redis-prices' })], ttl: 50 })",
        "process",
        [50],
    ),
    "an option that is called like a store": (
        "",
        "CacheModule.register({ label: 'postgres', ttl: 50 })",
        "process",
        [50],
    ),
    "a store by its name": ("", "CacheModule.register({ store: 'redis', ttl: 50 })", "distributed", [50]),
    "memory by its name": ("", "CacheModule.register({ store: 'memory', ttl: 50 })", "process", [50]),
    "a name that is not known": ("", "CacheModule.register({ store: 'own', ttl: 50 })", "unknown", [50]),
    "a store that is not known": ("", "CacheModule.register({ store: pick(), ttl: 50 })", "unknown", [50]),
    "of the program": (
        "class Own { get(key) { return load(key); } }\n",
        "CacheModule.register({ store: new Own(), ttl: 50 })",
        "unknown",
        [50],
    ),
    "two that differ": (
        REDIS,
        "CacheModule.register({ ttl: 50 }), CacheModule.register({ store: redisStore, ttl: 70 })",
        "unknown",
        [None],
    ),
}


@pytest.mark.parametrize("name", STORES)
def test_where_nest_keeps_answers(name: str) -> None:
    before, imports, place, ttl = STORES[name]
    manifest = '{"dependencies": {"@nestjs/common": "10.0.0", "cache-manager": "5.0.0"}}'
    head = (
        'import { Module } from "@nestjs/common";\nimport { CacheModule } from "@nestjs/cache-manager";\n'
        f'{before}import {{ Prices }} from "./prices.controller";\n'
    )
    module = f"{head}@Module({{ imports: [{imports}], controllers: [Prices] }})\nexport class App {{}}\n"
    source = NEST.format(interceptor=USED, verb="Get", ttl="")
    found = audited({"package.json": manifest, "prices.controller.ts": source, "app.module.ts": module}).guards
    assert [(guard.store, guard.ttl_ms) for guard in found] == [(place, ttl[0])]


def test_two_interceptors_before_all_routes() -> None:
    """One that keeps answers beside one that logs is still found, as is one by another name or a factory."""
    manifest = '{"dependencies": {"@nestjs/common": "10.0.0", "cache-manager": "5.0.0"}}'
    head = (
        'import { Module } from "@nestjs/common";\nimport { APP_INTERCEPTOR as ALL } from "@nestjs/core";\n'
        'import { CacheInterceptor as Keeps } from "@nestjs/cache-manager";\n'
        'import { Prices } from "./prices.controller";\n'
        "class Logs {}\n"
    )
    source = NEST.format(interceptor="", verb="Get", ttl="@CacheTTL(50)")
    for made in ("useClass: Keeps", "useFactory: () => new Keeps(null, null)", "useExisting: Keeps"):
        providers = f"{{ provide: ALL, useClass: Logs }}, {{ provide: ALL, {made} }}"
        module = f"{head}@Module({{ controllers: [Prices], providers: [{providers}] }})\nexport class App {{}}\n"
        files = {"package.json": manifest, "prices.controller.ts": source, "app.module.ts": module}
        assert [guard.ttl_ms for guard in audited(files).guards] == [50], made
