"""What runs again and again by itself: intervals, timers that set themselves anew, loops that wait."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited, cases

SETUP = """
const one = () => fetch('https://a.test/one');
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
"""

Found = tuple[str, str, tuple[float, ...], str]
"""Kind, mechanism, intervals, period."""


def found(source: str) -> list[Found]:
    inventory = audited({"main.ts": SETUP + source.replace("{ ", "{\n").replace("; ", ";\n")})
    return [
        (one.kind, one.mechanism, tuple(span.ms for span in one.intervals), one.period) for one in inventory.triggers
    ]


TIMERS: dict[str, tuple[str, Found]] = {
    "setInterval": ("setInterval(() => one(), 5000);", ("timer", "setInterval", (5000,), "interval")),
    "a name": ("setInterval(one, 5000);", ("timer", "setInterval", (5000,), "interval")),
    "arithmetic": (
        "const MINUTE = 60 * 1000; setInterval(one, 5 * MINUTE);",
        ("timer", "setInterval", (300_000,), "interval"),
    ),
    "an object of constants": (
        "const EVERY = { fast: 1_000, slow: 60_000 } as const; setInterval(one, EVERY.slow);",
        ("timer", "setInterval", (60_000,), "interval"),
    ),
    "a variable of the environment": (
        "setInterval(one, Number(process.env.EVERY ?? '2500'));",
        ("timer", "setInterval", (2500,), "interval"),
    ),
    "a parameter": (
        "function every(ms: number) { setInterval(one, ms); } every(750);",
        ("timer", "setInterval", (750,), "interval"),
    ),
    "a field": (
        "class P { constructor(private ms = 1500) {} start() { setInterval(() => this.work(), this.ms); } work() { one(); } } new P().start();",
        ("timer", "setInterval", (1500,), "interval"),
    ),
    "setTimeout, by name": (
        "async function tick() { await one(); setTimeout(tick, 5000); } tick();",
        ("timer", "setTimeout", (5000,), "interval+run"),
    ),
    "setTimeout, by an arrow": (
        "const tick = async () => { try { await one(); } catch (e) { console.error(e); } finally { setTimeout(() => { tick(); }, 2000); } }; tick();",
        ("timer", "setTimeout", (2000,), "interval+run"),
    ),
    "setTimeout, in a promise": (
        "function poll() { one().then(() => { setTimeout(poll, 1000); }); } poll();",
        ("timer", "setTimeout", (1000,), "interval+run"),
    ),
    "setTimeout, of a class": (
        "class P { private loop() { setTimeout(async () => { await one(); this.loop(); }, 60_000); } start() { this.loop(); } } new P().start();",
        ("timer", "setTimeout", (60_000,), "interval+run"),
    ),
    "a loop that waits": (
        "async function f() { while (true) { try { await one(); } catch (e) { console.error(e); } await sleep(5000); } } f();",
        ("loop", "while+sleep", (5000,), "interval+run"),
    ),
    "a loop with a flag": (
        "class W { running = true; async run() { while (this.running) { await one(); await sleep(30 * 1000); } } } new W().run();",
        ("loop", "while+sleep", (30_000,), "interval+run"),
    ),
    "a loop that asks a function for its flag": (
        "let stop = false; const stopping = () => stop; async function f() { while (!stopping()) { await one(); await sleep(2000); } } f();",
        ("loop", "while+sleep", (2000,), "interval+run"),
    ),
    "a loop that asks a method for its flag": (
        "class W { private live = true; private isLive() { return this.live; } async run() { do { await one(); await sleep(2000); } while (this.isLive()); } } new W().run();",
        ("loop", "while+sleep", (2000,), "interval+run"),
    ),
    "a loop that waits for what is left of its period": (
        "const PERIOD = 5000; async function f() { while (true) { const began = Date.now(); await one(); const took = Date.now() - began; await sleep(Math.max(0, PERIOD - took)); } } f();",
        ("loop", "while+sleep", (5000,), "interval"),
    ),
    "a loop that waits if something is left of its period": (
        "class W { constructor(private every: number) {} async run() { for (;;) { const began = performance.now(); await one(); const left = this.every - (performance.now() - began); if (left > 0) { await sleep(left); } } } } new W(5000).run();",
        ("loop", "while+sleep", (5000,), "interval"),
    ),
    "recursion that waits": (
        "async function f(): Promise<void> { await one(); await sleep(3000); f(); } f();",
        ("loop", "recursion+sleep", (3000,), "interval+run"),
    ),
}


@pytest.mark.parametrize("name", cases(TIMERS))
def test_a_timer(name: str) -> None:
    source, expected = TIMERS[name]
    assert found(source) == [expected]


@pytest.mark.parametrize(
    "source",
    [
        "setTimeout(() => one(), 5000);",
        "setInterval(() => console.log('tick'), 5000); one();",
        "async function f() { await one(); await sleep(5000); } f();",
        "let left = 5; const more = () => left > 0; async function f() { while (more()) { await one(); await sleep(9); left--; } } f();",
        "async function f() { for (const id of JSON.parse('[]')) { await one(); await sleep(100); } } f();",
    ],
)
def test_what_runs_once_or_calls_nothing_is_none(source: str) -> None:
    assert found(source) == []


def test_several_intervals_have_their_conditions() -> None:
    source = SETUP + "const fast = process.argv.includes('--fast');\nsetInterval(one, fast ? 1000 : 9000);"
    (trigger,) = audited({"main.ts": source}).triggers
    assert [(one.ms, one.when) for one in trigger.intervals] == [(1000, "fast"), (9000, "!fast")]


def test_a_timer_of_a_server_is_an_entry_of_its_own() -> None:
    inventory = audited(
        {"main.ts": SETUP + "export function start() {\n  setInterval(() => one(), 1000);\n}\nstart();"}
    )
    (loop,) = [item for item in inventory.entries if item.kind == "loop"]
    assert (loop.name, loop.file, loop.line, loop.origin) == ("start", "main.ts", 4, "worker")
    assert [(reach.path, reach.min, reach.max) for reach in loop.reaches] == [("/one", 1, 1)]
    assert inventory.triggers[0].entry == "start"


def test_an_interval_that_is_not_known_says_why() -> None:
    (trigger,) = audited({"main.ts": SETUP + "setInterval(one, Number(process.argv[2]));"}).triggers
    assert trigger.intervals == ()
    assert trigger.why


def test_what_a_timer_runs_counts_once_in_a_run() -> None:
    inventory = audited(
        {"main.ts": SETUP + "async function tick() {\n await one();\n setTimeout(tick, 1);\n}\ntick();"}
    )
    (script,) = [item for item in inventory.entries if item.kind == "script"]
    assert [(reach.min, reach.max) for reach in script.reaches] == [(1, 1)]


CHAINS: dict[str, tuple[str, tuple[float, ...]]] = {
    "one after the other": ("function f() { one(); setTimeout(() => { setTimeout(f, 2000); }, 3000); } f();", (5000,)),
    "by another function": ("function f() { one(); rest(() => { setTimeout(f, 2000); }); } function rest(then: () => void) { setTimeout(then, 3000); } f();", (5000,)),
    "of three": ("function f() { one(); setTimeout(g, 1000); } function g() { setTimeout(h, 2000); } function h() { setTimeout(f, 3000); } f();", (6000,)),
    "begun inside of a timer": ("setTimeout(() => { f(); }, 9000); function f() { one(); setTimeout(f, 2000); }", (2000,)),
    "with a condition": ("function f() { one(); setTimeout(() => { setTimeout(f, window.slow ? 4000 : 2000); }, 1000); } f();", (3000, 5000)),
    "one is not known": ("function f() { one(); setTimeout(() => { setTimeout(f, window.left); }, 3000); } f();", ()),
    "not known on one way": ("function f() { one(); if (window.late) { g(); } else { setTimeout(g, window.left); } } function g() { setTimeout(f, 3000); } f();", ()),
    "at once or later": ("async function f(at: number) { await one(); const left = at - Date.now(); if (left <= 0) { g().catch(() => 1); return; } setTimeout(() => { g().catch(() => 1); }, left); } async function g() { rest(async () => { await h(); }); } function rest(then: () => void) { setTimeout(async () => { then(); }, 3000); } async function h() { const r = await (await one()).json(); f(r.at); } f(Number(process.argv[2]));", ()),
    "two ways that are known": ("function f() { one(); if (window.late) { setTimeout(f, 1000); } else { setTimeout(f, 3000); } } f();", (1000, 3000)),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(CHAINS))
def test_timers_that_set_each_other_take_their_waits_together(name: str) -> None:
    source, wanted = CHAINS[name]
    (trigger,) = audited({"main.ts": SETUP + source}).triggers
    assert tuple(sorted(span.ms for span in trigger.intervals)) == wanted
    assert bool(trigger.why) == (not wanted)
