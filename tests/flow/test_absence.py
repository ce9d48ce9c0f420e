"""Settings that are read from the environment by functions of the code: their default is what they give unset."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.flow.test_intervals import TICK, intervals
from tests.projects import Bounds, audited, cases, run

BOUNDED = """
    function bounded(raw: string | undefined, fallback: number, min: number, max: number): number {
      if (!raw) return fallback;
      const n = Number.parseInt(raw, 10);
      if (!Number.isFinite(n)) return fallback;
      if (n < min) return min;
      if (n > max) return max;
      return n;
    }
"""

# name: (source, intervals)
INTERVALS: dict[str, tuple[str, list[float]]] = {
    "bounded": (BOUNDED + TICK + "setInterval(tick, bounded(process.env.EVERY, 15, 1, 1440) * 60_000);", [900_000]),
    "bounded, in a configuration": (
        BOUNDED
        + TICK
        + "function load(env = process.env) { const c = { minutes: 15 }; c.minutes = bounded(env.EVERY, c.minutes, 1, 60); return c; }"
        " const c = load(); setInterval(tick, c.minutes * 60_000);",
        [900_000],
    ),
    "asked for undefined": (
        TICK
        + "function num(name: string, d: number) { const raw = process.env[name]; if (raw === undefined || raw === '') return d; const n = Number(raw); if (Number.isNaN(n)) throw new Error(name); return n; }"
        " setInterval(tick, num('EVERY', 5000));",
        [5000],
    ),
    "asked whether it is a number": (
        TICK
        + "function num(raw: any, d: number) { const n = parseInt(raw, 10); if (!isFinite(n) || n <= 0) return d; return Math.min(n, 60); } setInterval(tick, num(process.env.EVERY, 5) * 1000);",
        [5000],
    ),
    "with its value first": (
        TICK
        + "function num(raw: any, d: number) { if (raw) { return Math.max(1, Number(raw)); } return d; } setInterval(tick, num(process.env.EVERY, 5) * 1000);",
        [5000],
    ),
    "an expression": (
        TICK
        + "const n = Number(process.env.EVERY); setInterval(tick, Number.isFinite(n) && n > 0 ? Math.min(n, 60000) : 5000);",
        [5000],
    ),
    "scaled": (TICK + "setInterval(tick, Number(process.env.SECONDS ?? 5) * 1000);", [5000]),
    "bounded by Math": (TICK + "setInterval(tick, Math.max(1000, Number(process.env.EVERY || 5000)));", [5000]),
    "either, scaled": (
        TICK + "const fast = process.argv.includes('--fast'); setInterval(tick, (fast ? 5 : 30) * 1000);",
        [5000, 30_000],
    ),
    "either of a table, scaled": (
        TICK
        + "const SECONDS: Record<string, number> = { '1m': 5, '1h': 60 }; function start(tf: string) { setInterval(tick, SECONDS[tf] * 1000); } start(process.argv[2]);",
        [5000, 60_000],
    ),
    "no default": (TICK + "setInterval(tick, Math.max(1000, Number(process.env.EVERY)));", []),
    "no default, scaled": (TICK + "setInterval(tick, Number(process.env.EVERY) * 1000);", []),
    "asked of something else": (
        TICK
        + "function num(raw: any, on: boolean, d: number) { if (!on) return d; return Number(raw) + Date.now(); } setInterval(tick, num(process.env.EVERY, process.argv.length > 3, 5000));",
        [5000],
    ),
}


@pytest.mark.parametrize("name", cases(INTERVALS))
def test_the_interval_of_a_setting(name: str) -> None:
    source, expected = INTERVALS[name]
    assert intervals(source) == [expected]


# name: (source, what the script reaches)
URLS: dict[str, tuple[str, dict[str, Bounds]]] = {
    "trimmed": (
        "function base(raw?: string) { if (!raw) return 'https://a.test'; return raw.replace(/\\/+$/, ''); } await fetch(`${base(process.env.BASE)}/x`);",
        {"GET a.test/x": (1, 1)},
    ),
    "another word": (
        "function path(raw?: string) { if (!raw) return 'main'; if (raw === 'test') return 'sandbox'; return raw; } await fetch(`https://a.test/${path(process.env.NET)}/x`);",
        {"GET a.test/main/x": (0, 1), "GET a.test/sandbox/x": (0, 1)},
    ),
    "not the variable's": (
        "function path(raw?: string) { if (!raw) return 'main'; return 'sandbox'; } await fetch(`https://a.test/${path(process.env.NET)}/x`);",
        {"GET a.test/main/x": (0, 1), "GET a.test/sandbox/x": (0, 1)},
    ),
}


@pytest.mark.parametrize("name", cases(URLS))
def test_the_url_of_a_setting(name: str) -> None:
    source, expected = URLS[name]
    assert run(source) == expected


SLEEP = "const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms)); let stopped = false; process.on('SIGINT', () => { stopped = true; }); "

# name: (source, intervals)
LOOPS: dict[str, tuple[str, list[list[float]]]] = {
    "a flag in the test": (SLEEP + TICK + "while (!stopped) { await tick(); await sleep(5000); }", [[5000]]),
    "a flag that breaks": (
        SLEEP + TICK + "while (!stopped) { await tick(); if (stopped) break; await sleep(5000); }",
        [[5000]],
    ),
    "a flag that returns": (
        SLEEP
        + TICK
        + "async function main() { for (;;) { await tick(); if (stopped) return; await sleep(5000); } } await main();",
        [[5000]],
    ),
    "a flag of a signal": (
        SLEEP
        + TICK
        + "async function main(signal: AbortSignal) { while (true) { await tick(); if (signal.aborted) break; await sleep(5000); } } await main(JSON.parse('1'));",
        [[5000]],
    ),
    "either of two waits": (
        SLEEP
        + TICK
        + "const fast = process.argv.includes('--fast'); while (!stopped) { await tick(); await sleep(fast ? 1000 : 5000); }",
        [[1000, 5000]],
    ),
    "a setting": (
        SLEEP
        + TICK
        + BOUNDED
        + "const minutes = bounded(process.env.EVERY, 15, 1, 60); while (!stopped) { await tick(); await sleep(minutes * 60_000); }",
        [[900_000]],
    ),
    "an answer that breaks": (
        SLEEP + TICK + "while (true) { const found = await tick(); if (found.ok) break; await sleep(5000); }",
        [],
    ),
    "data that breaks": (
        SLEEP
        + TICK
        + "let left = 3; while (true) { await tick(); left = left - 1; if (!left) break; await sleep(5000); }",
        [],
    ),
}


@pytest.mark.parametrize("name", cases(LOOPS))
def test_loops_that_a_flag_ends(name: str) -> None:
    source, expected = LOOPS[name]
    assert intervals(source) == expected


@pytest.mark.parametrize(
    ("example", "expected"), [("EVERY=15", [900_000]), ("EVERY=20", [1_200_000, 900_000]), ("OTHER=1", [900_000])]
)
def test_the_interval_of_a_setting_that_an_example_file_has(example: str, expected: list[float]) -> None:
    """The bounds of a setting are none of its values, whatever an example says."""
    source = BOUNDED + TICK + "setInterval(tick, bounded(process.env.EVERY, 15, 1, 1440) * 60_000);"
    (trigger,) = audited({"main.ts": source, ".env.example": example}).triggers
    assert [item.ms for item in trigger.intervals] == expected
