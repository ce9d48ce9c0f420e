"""One client keeps many things: what is written under another key answers no lookup."""

from __future__ import annotations

import pytest

from tests.guards.asked import Shown, shown
from tests.projects import cases

LOAD = """
import Redis from "ioredis";
const redis = new Redis();
async function load(): Promise<any> { return (await fetch("https://api.example.com/prices")).json(); }
async function look(key: string) { return redis.get(key); }
async function put(key: string, value: any, seconds: number) { await redis.setex(key, seconds, JSON.stringify(value)); }
"""
MAIN = """
async function main(id: string) {
  const hit = await look(READ);
  if (hit) return JSON.parse(hit);
  const data = await load();
  await put("other", data.other, 5);
  WRITE
  return data;
}
"""
STORED: dict[str, tuple[str, str, list[Shown]]] = {
    "the same word": ('"all"', 'await put("all", data, 60);', [Shown("cache", 60_000, "shared", "distributed")]),
    "the same template": (
        "`all:${id}`", "await put(`all:${id}`, data, 60);", [Shown("cache", 60_000, "per-key", "distributed")]
    ),
    "a key that is not known": (
        "id", "await put(id, data, 60);", [Shown("cache", 60_000, "per-key", "distributed")]
    ),
    "another word": ('"all"', 'await put("some", data, 60);', []),
    "another template": ("`all:${id}`", "await put(`some:${id}`, data, 60);", []),
    "a word that a template goes beyond": ('"all"', "await put(`all:${id}`, data, 60);", []),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(STORED))
def test_what_is_written_under_the_key(name: str) -> None:
    """The time is that of the write that may be under the key; where there is none, nothing is kept."""
    read, write, expected = STORED[name]
    assert shown(LOAD + MAIN.replace("READ", read).replace("WRITE", write)) == expected
