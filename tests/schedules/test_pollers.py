"""Libraries that call a function at an interval: pollers, hooks, iterators of timers."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited, cases

SETUP = "const one = () => fetch('https://a.test/one');\n"

Found = tuple[str, tuple[float, ...], str]
"""Mechanism, intervals, period."""

POLLERS: dict[str, tuple[str, list[Found]]] = {
    "timers/promises": (
        "import { setInterval } from 'node:timers/promises'; for await (const _ of setInterval(1000)) { await one(); }",
        [("setInterval", (1000,), "interval")],
    ),
    "timers/promises, renamed": (
        "import { setInterval as every } from 'timers/promises'; async function f() { for await (const start of every(2000, Date.now())) { await one(); if (start) break; } } f();",
        [("setInterval", (2000,), "interval")],
    ),
    "timers/promises, as an object": (
        "import timers from 'node:timers/promises'; async function f() { for await (const _ of timers.setInterval(3000)) await one(); } f();",
        [("setInterval", (3000,), "interval")],
    ),
    "p-wait-for": (
        "import pWaitFor from 'p-wait-for'; await pWaitFor(async () => (await one()).ok, { interval: 500 });",
        [("p-wait-for", (500,), "interval+run")],
    ),
    "p-wait-for, by default": (
        "import pWaitFor from 'p-wait-for'; await pWaitFor(async () => (await one()).ok);",
        [("p-wait-for", (20,), "interval+run")],
    ),
    "poll": ("import { poll } from 'poll'; poll(one, 3000);", [("poll", (3000,), "interval+run")]),
    "poll, a function": (
        "import { poll } from 'poll'; poll(() => one(), () => 4000);",
        [("poll", (4000,), "interval+run")],
    ),
    "async-wait-until": (
        "import { waitUntil } from 'async-wait-until'; waitUntil(async () => (await one()).ok, { intervalBetweenAttempts: 100 });",
        [("waitUntil", (100,), "interval+run")],
    ),
    "async-poll": (
        "import { asyncPoll } from 'async-poll'; asyncPoll(one, (r) => r.ok, { interval: 2000 });",
        [("async-poll", (2000,), "interval+run")],
    ),
    "usehooks-ts": (
        "import { useInterval } from 'usehooks-ts'; export function useX() { useInterval(() => { one(); }, 1000); }",
        [("useInterval", (1000,), "interval")],
    ),
    "usehooks-ts, off at times": (
        "import { useInterval } from 'usehooks-ts'; export function useX(on: boolean) { useInterval(one, on ? 1500 : null); }",
        [("useInterval", (1500,), "interval")],
    ),
    "vueuse": (
        "import { useIntervalFn } from '@vueuse/core'; export function useX() { useIntervalFn(() => { one(); }); }",
        [("useIntervalFn", (1000,), "interval")],
    ),
    "vueuse, after each run": (
        "import { useTimeoutPoll } from '@vueuse/core'; export function useX() { useTimeoutPoll(() => one(), 700); }",
        [("useTimeoutPoll", (700,), "interval+run")],
    ),
    # ---
    "a loop over data": (
        "import { setInterval } from 'node:timers/promises'; for await (const item of JSON.parse('[]')) { await one(); }",
        [],
    ),
    "a wait that is none": (
        "import { setTimeout } from 'node:timers/promises'; await setTimeout(100); await one();",
        [],
    ),
    "a function of one's own": ("const poll = (f: () => void, ms: number) => f(); poll(one, 3000);", []),
}


@pytest.mark.parametrize("name", cases(POLLERS))
def test_a_poller(name: str) -> None:
    source, wanted = POLLERS[name]
    triggers = audited({"main.ts": SETUP + source}).triggers
    assert [(one.mechanism, tuple(span.ms for span in one.intervals), one.period) for one in triggers] == wanted
