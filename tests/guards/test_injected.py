"""Caches that a container hands out: a client from a factory, behind a service, behind an interface and a token."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.projects import audited, cases

SERVICE = """
import { createClient } from "redis";
import { Inject, Injectable, Module } from "@nestjs/common";
export const Memory = Symbol("Memory");
export const Kept = Symbol("Kept");
export interface IMemory {
  look(place: Place): Promise<string | null>;
  put(place: Place, value: string, seconds: number | undefined): Promise<void>;
}
export class Place { constructor(readonly key: string, readonly field: string) {} }
export type RedisClient = ReturnType<typeof createClient>;
async function connected(): Promise<RedisClient> {
  const client: RedisClient = createClient({ url: process.env.REDIS_URL });
  client.on("error", console.error);
  await client.connect();
  return client;
}
@Injectable()
export class RedisMemory implements IMemory {
  constructor(@Inject("RedisClient") private readonly client: RedisClient) {}
  async look(place: Place): Promise<string | null> {
    return await this.client.hGet(this.named(place.key), place.field);
  }
  async put(place: Place, value: string, seconds: number | undefined): Promise<void> {
    if (!seconds || seconds <= 0) return;
    const key = this.named(place.key);
    try {
      await this.client.hSet(key, place.field, value);
      await this.client.expire(key, seconds, "NX");
    } catch (error) {
      await this.client.unlink(key);
      throw error;
    }
  }
  private named(key: string) { return `all-${key}`; }
}
@Module({
  providers: [
    { provide: "RedisClient", useFactory: connected },
    { provide: Memory, useClass: RedisMemory },
    { provide: Kept, useExisting: Memory },
  ],
})
export class MemoryModule {}
"""

SOURCE = """
import { Inject, Injectable } from "@nestjs/common";
import { TOKEN, Place, type IMemory } from "./memory";
@Injectable()
export class Network { async get(args: { url: string }) { return { data: await (await fetch(args.url)).json() }; } }
@Injectable()
export class Source {
  constructor(@Inject(TOKEN) private readonly memory: IMemory, private readonly network: Network) {}
  async get<T>(args: { place: Place; url: string; missing: number; seconds?: number }): Promise<T> {
    return await this.through({ ...args, load: () => this.fromNetwork(args) });
  }
  private async through<T>(args: { place: Place; missing: number; load: () => Promise<T> }): Promise<T> {
    const hit = await this.memory.look(args.place);
    if (hit != null) return this.read(args.place, hit);
    try {
      return await args.load();
    } catch (error) {
      throw error;
    }
  }
  private read<T>(place: Place, hit: string): Promise<T> { return JSON.parse(hit); }
  private async fromNetwork<T>(args: { place: Place; url: string; seconds?: number }): Promise<T> {
    const { data } = await this.network.get({ url: args.url });
    WRITE
    return data;
  }
}
"""
WRITE = "await this.memory.put(args.place, JSON.stringify(data), args.seconds);"

MAIN = """
import { Controller, Get, Injectable, Param } from "@nestjs/common";
import { Source } from "./source";
import { Place } from "./memory";
@Injectable()
export class Api {
  constructor(private readonly source: Source) {}
  async price(id: string) {
    return this.source.get({
      place: new Place(`price_${id}`, ""), url: `https://api.example.com/prices/${id}`, missing: 5, seconds: 60,
    });
  }
  async all() {
    return this.source.get({ place: new Place("all", ""), url: "https://api.example.com/all", missing: 5, seconds: 5 });
  }
}
@Controller("prices")
export class Prices {
  constructor(private readonly api: Api) {}
  @Get("all") async every() { return this.api.all(); }
  @Get(":id") async one(@Param("id") id: string) { return this.api.price(id); }
}
"""


def _files(token: str, write: str) -> dict[str, str]:
    return {
        "memory.ts": SERVICE,
        "source.ts": SOURCE.replace("TOKEN", token).replace("WRITE", write),
        "main.ts": MAIN,
    }


@pytest.mark.parametrize("token", ["Memory", "Kept"])
def test_each_use_of_an_injected_cache_has_its_time(token: str) -> None:
    """Looked up in one method and stored in another, in hashes: times and endpoints are those of each use."""
    found = audited(_files(token, WRITE)).guards
    assert [(one.kind, one.file, one.line, one.ttl_ms, one.store, one.endpoints) for one in found] == [
        ("cache", "main.ts", 8, 60_000, "distributed", ("GET api.example.com/prices/{id}",)),
        ("cache", "main.ts", 13, 5_000, "distributed", ("GET api.example.com/all",)),
    ]


def test_what_is_never_stored_is_no_cache() -> None:
    """The same lookup, where nothing of the answer is put into it."""
    assert audited(_files("Memory", "")).guards == ()


CLIENTS = """
import { createClient } from 'redis';
import { Inject, Module } from '@nestjs/common';
@Module({ providers: [{ provide: "CLIENT", HOW }] }) export class Clients {}
"""
PLAIN = {
    "a client made by the class": (
        "private readonly client = createClient();",
        "import { createClient } from 'redis';",
    ),
    "a client from a factory": (
        'constructor(@Inject("CLIENT") private readonly client: any) {}',
        CLIENTS.replace("HOW", "useFactory: () => createClient()"),
    ),
    "a client that is a value": (
        'constructor(@Inject("CLIENT") private readonly client: any) {}',
        CLIENTS.replace("HOW", "useValue: createClient()"),
    ),
}  # fmt: skip

USE = """
IMPORTS
import { Controller, Get } from "@nestjs/common";
@Controller("prices")
export class Prices {
  FIELD
  @Get() async all() {
    const hit = await this.client.get("prices");
    if (hit) return JSON.parse(hit);
    const data = await (await fetch("https://api.example.com/prices")).json();
    await this.client.set("prices", JSON.stringify(data), { EX: 30 });
    return data;
  }
}
"""


@pytest.mark.parametrize("name", cases(PLAIN))
def test_a_client_that_a_class_is_handed(name: str) -> None:
    """It is the same store, whoever made it."""
    field, imports = PLAIN[name]
    text = USE.replace("FIELD", field).replace("IMPORTS", imports)
    found = audited({"main.ts": dedent(text)}).guards
    assert [(one.kind, one.ttl_ms, one.scope, one.store, one.key) for one in found] == [
        ("cache", 30_000, "shared", "distributed", "prices")
    ]


MANAGED = """
import { CACHE_MANAGER, Cache, CacheModule } from "@nestjs/cache-manager";
import { Inject, Injectable, Module } from "@nestjs/common";
import { createKeyv } from "@keyv/redis";
@Injectable()
export class Memory {
  constructor(@Inject(CACHE_MANAGER) private readonly cache: Cache) {}
  async look(key: string): Promise<string> { return this.cache.get(key); }
  async put(key: string, value: string, ttl?: number) { return this.cache.set(key, value, ttl); }
}
@Module({ imports: [MADE], providers: [Memory] })
export class MemoryModule {}
"""
MANAGED_USE = """
import { Controller, Get } from "@nestjs/common";
import { Memory } from "./memory";
@Controller("x")
export class X {
  constructor(private readonly memory: Memory) {}
  @Get() async all() {
    const hit = await this.memory.look("all");
    if (hit) return JSON.parse(hit);
    const data = await (await fetch("https://a.test/one")).json();
    await this.memory.put("all", JSON.stringify(data)TIME);
    return data;
  }
}
"""
MADE: dict[str, tuple[str, str, int | None, str]] = {
    "in memory": ("CacheModule.register({ ttl: 5_000 })", "", 5_000, "process"),
    "in memory, without a time": ("CacheModule.register()", "", None, "process"),
    "elsewhere, by a factory": (
        "CacheModule.registerAsync({ useFactory: () => ({ stores: [createKeyv(process.env.URL)], ttl: 5_000 }) })",
        "", 5_000, "distributed",
    ),
    "elsewhere, with an own time": (
        "CacheModule.register({ stores: [createKeyv(process.env.URL)], ttl: 5_000 })",
        ", 60_000", 60_000, "distributed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(MADE))
def test_the_module_says_where_and_how_long(name: str) -> None:
    """A write's own time goes before that of the module."""
    made, time, ttl, store = MADE[name]
    manifest = '{"dependencies": {"@nestjs/cache-manager": "3.0.0", "cache-manager": "6.4.0"}}'
    files = {"memory.ts": MANAGED.replace("MADE", made), "main.ts": MANAGED_USE.replace("TIME", time)}
    found = audited({"package.json": manifest, **files}).guards
    assert [(one.kind, one.ttl_ms, one.store) for one in found] == [("cache", ttl, store)]
