"""Intervals of timers that start from a variable or a parameter with a default."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import ENTRY, audited, cases

TICK = "const tick = () => fetch('https://a.test/one'); "
INTERVALS = {
    "parseInt of a variable": TICK + "setInterval(tick, parseInt(process.env.EVERY as string) || 5 * 60 * 1000);",
    "Number of a variable": TICK + "setInterval(tick, Number(process.env.EVERY) || 300_000);",
    "unary plus": TICK + "setInterval(tick, +process.env.EVERY || 300000);",
    "default inside": TICK + "setInterval(tick, parseInt(process.env.EVERY || '300000', 10));",
    "nullish inside": TICK + "setInterval(tick, Number(process.env.EVERY ?? 300000));",
    "through an object and a class": "class Poll { constructor(private every: number) {} run() { return fetch('https://a.test/one'); }"
    " start() { setInterval(() => this.run(), this.every); } } const conf = { every: parseInt(process.env.EVERY!) || 300000 }; new Poll(conf.every).start();",
    "parameter with ||": "abstract class Poll { every: number; constructor(every?: number) { this.every = every || 300000; } abstract poll(): any;"
    " start() { setInterval(() => this.poll(), this.every); } } class One extends Poll { constructor() { super(); } poll() { return fetch('https://a.test/one'); } } new One().start();",
    "parameter with a default": "class Poll { constructor(private every = 300000) {} start() { setInterval(() => fetch('https://a.test/one'), this.every); } } new Poll().start();",
}


def intervals(source: str) -> list[list[float]]:
    return [[one.ms for one in trigger.intervals] for trigger in audited({ENTRY: source}).triggers]


@pytest.mark.parametrize("name", cases(INTERVALS))
def test_the_default_counts_where_nothing_is_set(name: str) -> None:
    assert intervals(INTERVALS[name]) == [[300000]]


UNKNOWN = {
    "no default": TICK + "setInterval(tick, parseInt(process.env.EVERY));",
    "a computed default": TICK + "setInterval(tick, parseInt(process.env.EVERY) || Date.now() % 1000);",
}


@pytest.mark.parametrize("name", cases(UNKNOWN))
def test_no_interval_is_made_up(name: str) -> None:
    assert intervals(UNKNOWN[name]) == [[]]
