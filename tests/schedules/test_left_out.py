"""What a timer does may be left out in some of its runs: after a test that leaves, at any depth."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, brief, cases

ONE = "await fetch('https://a.test/one');"
SLEEP = "const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));\n"

SOMETIMES = {
    "the hour": f"setInterval(async () => {{ if (new Date().getUTCHours() !== 3) return; {ONE} }}, 60_000);",
    "the minutes": f"setInterval(async () => {{ if (new Date().getMinutes() > 14) {{ {ONE} }} }}, 60_000);",
    "the day, in a variable": f"setInterval(async () => {{ const day = new Date().getDay(); if (day === 0 || day === 6) return; {ONE} }}, 60_000);",
    "a function that asks the clock": f"const night = () => new Date().getHours() < 5; setInterval(async () => {{ if (!night()) return; {ONE} }}, 60_000);",
    "something that is not known": f"import {{ on }} from 'x'; setInterval(async () => {{ if (!on()) return; {ONE} }}, 60_000);",
    "in a block": f"setInterval(async () => {{ {{ if (globalThis.a) {{ if (globalThis.b) return; }} }} {ONE} }}, 60_000);",
    "in a switch": f"setInterval(async () => {{ switch (globalThis.a) {{ case 1: return; }} {ONE} }}, 60_000);",
    "in a loop": f"setInterval(async () => {{ for (const one of globalThis.all) {{ if (one) return; }} {ONE} }}, 60_000);",
    "in a function that it calls": f"async function f() {{ if (globalThis.off) return; {ONE} }} setInterval(async () => {{ await f(); }}, 60_000);",
    "a round that goes on": f"{SLEEP}for (;;) {{ await sleep(60_000); if (globalThis.idle) continue; {ONE} }}",
    "schedule": f"import cron from 'node-cron'; cron.schedule('* * * * *', async () => {{ if (globalThis.off) return; {ONE} }});",
}  # fmt: skip

ALWAYS = {
    "nothing leaves": f"setInterval(async () => {{ {ONE} }}, 60_000);",
    "leaves afterwards": f"setInterval(async () => {{ {ONE} if (globalThis.off) return; }}, 60_000);",
    "an error": f"setInterval(async () => {{ if (globalThis.off) throw new Error(); {ONE} }}, 60_000);",
    "a test that is decided": f"const OFF = false; setInterval(async () => {{ if (OFF) return; {ONE} }}, 60_000);",
    "the end of the rounds, left": f"{SLEEP}async function f() {{ for (;;) {{ if (globalThis.off) return; {ONE} await sleep(60_000); }} }} f();",
    "the end of the rounds, broken off": f"{SLEEP}for (;;) {{ if (globalThis.off) break; {ONE} await sleep(60_000); }}",
    "the timer is not set again": f"async function f() {{ if (globalThis.off) return; {ONE} setTimeout(f, 60_000); }} f();",
    "it does not call itself again": f"{SLEEP}async function f() {{ if (globalThis.off) return; {ONE} await sleep(60_000); await f(); }} f();",
    "it calls itself again": f"{SLEEP}async function f() {{ {ONE} await sleep(60_000); return f(); }} f();",
    "a gate by time": f"let last = 0; setInterval(async () => {{ if (Date.now() - last < 60_000) return; last = Date.now(); {ONE} }}, 1000);",
}  # fmt: skip


@pytest.mark.parametrize(("name", "least"), [*((one, 0) for one in SOMETIMES), *((one, 1) for one in ALWAYS)])
def test_how_often_at_least(name: str, least: int) -> None:
    inventory = audited({"main.ts": {**SOMETIMES, **ALWAYS}[name]})
    (loop,) = (one for one in inventory.entries if one.kind in ("loop", "job"))
    assert brief(loop) == {"GET a.test/one": (least, 1)}
    assert [reach.conditional for reach in loop.reaches] == [not least]
    assert [[span.ms for span in one.intervals] for one in inventory.triggers] == [[60_000]]


ENDS = {
    "of a recursion that waits": f"{SLEEP}async function f() {{ if (globalThis.off) {{ await fetch('https://a.test/end'); return; }} {ONE} await sleep(60_000); return f(); }} f();",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(ENDS))
def test_what_is_done_at_the_end_is_no_part_of_a_round(name: str) -> None:
    inventory = audited({"main.ts": ENDS[name]})
    (loop,) = (one for one in inventory.entries if one.kind == "loop")
    assert brief(loop) == {"GET a.test/one": (1, 1)}
