"""Lookups that fail where nothing is kept: what follows the attempt is behind the cache."""

from __future__ import annotations

import pytest

from tests.guards.asked import Shown, shown
from tests.projects import cases

LOAD = """
import Redis from "ioredis";
const redis = new Redis();
async function load(): Promise<any> { return (await fetch("https://api.example.com/prices")).json(); }
"""
STORE = """
async function refresh() { const data = await load(); await redis.setex("all", 60, JSON.stringify({ data })); return data; }
"""  # noqa: E501

KEPT: dict[str, str] = {
    "a part of it": """
        async function main() {
          try { const raw = await redis.get("all"); const { data } = JSON.parse(raw); return data; } catch {}
          return refresh();
        }
        """,
    "with a note": """
        async function main() {
          try { return JSON.parse(await redis.get("all")).data; } catch (error) { console.log(error); }
          return refresh();
        }
        """,
    "made anew beside": """
        async function main() {
          try {
            const { data, until } = JSON.parse(await redis.get("all"));
            if (until < Date.now()) { refresh(); }
            return data;
          } catch {}
          return refresh();
        }
        """,
}

OPEN: dict[str, str] = {
    "the handler gives up": """
        async function main() {
          try { return JSON.parse(await redis.get("all")).data; } catch (error) { throw error; }
          return refresh();
        }
        """,
    "it is no store": """
        async function main() {
          try { return JSON.parse(process.env.PRICES).data; } catch {}
          return refresh();
        }
        """,
    "it is not stored": """
        async function main() {
          try { return JSON.parse(await redis.get("all")).data; } catch {}
          return load();
        }
        """,
    "it asks first": """
        async function main() {
          try { const data = await load(); await redis.set("all", data); return data; } catch {}
          return refresh();
        }
        """,
}


@pytest.mark.parametrize("name", cases(KEPT))
def test_an_attempt_that_gives_what_is_kept(name: str) -> None:
    """The request stands where reading what is kept failed."""
    assert Shown("cache", 60_000, "shared", "distributed") in shown(LOAD + STORE + KEPT[name])


@pytest.mark.parametrize("name", cases(OPEN))
def test_an_attempt_that_is_no_lookup(name: str) -> None:
    """What gives up, or keeps nothing, is no cache."""
    assert [
        one for one in shown(LOAD + (STORE if "refresh" in OPEN[name] else "") + OPEN[name]) if one.kind == "cache"
    ] == []
