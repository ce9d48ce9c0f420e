"""Times that chance is a part of are what they are at least."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited

POLLS: dict[str, tuple[str, float | None]] = {
    "in place": ("setInterval(ask, 60_000 + Math.floor(Math.random() * 5000));", 60000),
    "a variable": ("const wait = 1000 + Math.random() * 500; setInterval(ask, wait);", 1000),
    "variables": ("const base = 1000; const more = Math.random() * 500; const wait = base + more; setInterval(ask, wait);", 1000),
    "a function": ("const jitter = (ms: number) => ms + Math.random() * 500; setInterval(ask, Math.round(jitter(3000)));", 3000),
    "less than": ("setInterval(ask, 1000 * (1 - Math.random() * 0.5));", 500),
    "a timer that sets itself": ("async function poll() { await ask(); setTimeout(poll, 5000 + Math.random() * 1000); } poll();", 5000),
    "something else besides": ("setInterval(ask, Number(process.argv[2]) + Math.random() * 500);", None),
    "nothing is left": ("setInterval(ask, Math.random() * 500);", None),
}  # fmt: skip


@pytest.mark.parametrize("name", POLLS)
def test_the_shortest_interval_is_known(name: str) -> None:
    source, expected = POLLS[name]
    (trigger,) = audited({"main.ts": f"const ask = () => fetch('https://a.test/x'); {source}"}).triggers
    known = [(round(one.ms), one.when) for one in trigger.intervals]
    assert known == ([] if expected is None else [(expected, "at least: a part is random")])


@pytest.mark.parametrize("ttl", ["300 + Math.floor(Math.random() * 60)", "jitter(300)"])
def test_a_cache_keeps_an_answer_at_least_so_long(ttl: str) -> None:
    source = f"""
        import Redis from 'ioredis';
        const redis = new Redis();
        const jitter = (ttl: number) => Math.round(ttl + Math.random() * 60);
        async function load() {{
          const hit = await redis.get('p');
          if (hit) return JSON.parse(hit);
          const found = await (await fetch('https://a.test/p')).json();
          await redis.set('p', JSON.stringify(found), 'EX', {ttl});
          return found;
        }}
        void load();
    """
    (guard,) = audited({"main.ts": source}).guards
    assert (guard.kind, guard.ttl_ms, guard.why) == ("cache", 300000, "at least: a part is random")
