"""Gates in other words: counters that begin anew, functions that say whether it is time, times of several things."""

from __future__ import annotations

import pytest

from tests.projects import audited, cases
from tests.schedules.test_gates import intervals

HEAD = """
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const get = (path: string) => fetch("https://a.test" + path);
"""
TWO = {"/fast": [10_000], "/slow": [60_000]}
EVERY = """
async function main() {
  for (;;) {
    await every("fast", 10_000, () => get("/fast"));
    await every("slow", 60_000, () => get("/slow"));
    await sleep(1000);
  }
}
main();
"""
GATES = {
    "times in a map": """
        const last = new Map<string, number>();
        async function every(name: string, ms: number, run: () => Promise<any>) {
          const at = last.get(name) ?? 0;
          if (Date.now() - at < ms) return;
          last.set(name, Date.now());
          await run();
        }
        """
    + EVERY,
    "times in an object": """
        const last: Record<string, number> = {};
        async function every(name: string, ms: number, run: () => Promise<any>) {
          const now = Date.now();
          if (now - (last[name] ?? 0) >= ms) {
            last[name] = now;
            await run();
          }
        }
        """
    + EVERY,
    "objects that say whether it is time": """
        class Gate {
          private last = 0;
          constructor(private ms: number) {}
          isDue() {
            const now = Date.now();
            if (now - this.last < this.ms) return false;
            this.last = now;
            return true;
          }
        }
        const fast = new Gate(10_000), slow = new Gate(60_000);
        async function main() {
          for (;;) {
            if (fast.isDue()) await get("/fast");
            if (slow.isDue()) { await get("/slow"); }
            await sleep(1000);
          }
        }
        main();
        """,
    "times in an object in a field": """
        class Bot {
          private next = { fast: 0, slow: 0 };
          async run() {
            while (true) {
              const now = Date.now();
              if (now > this.next.fast) { this.next.fast = now + 10_000; await get("/fast"); }
              if (now > this.next.slow) { this.next.slow = now + 60_000; await get("/slow"); }
              await sleep(1000);
            }
          }
        }
        new Bot().run();
        """,
    "a list of tasks": """
        const tasks = [
          { every: 10_000, last: 0, run: () => get("/fast") },
          { every: 60_000, last: 0, run: () => get("/slow") },
        ];
        async function main() {
          for (;;) {
            for (const task of tasks) {
              if (Date.now() - task.last >= task.every) {
                task.last = Date.now();
                await task.run();
              }
            }
            await sleep(1000);
          }
        }
        main();
        """,
    "a counter that begins anew": """
        let rounds = 0;
        setInterval(async () => {
          rounds++;
          await get("/fast");
          if (rounds >= 6) { rounds = 0; await get("/slow"); }
        }, 10_000);
        """,
    "a counter that is stepped in the test": """
        let rounds = 0;
        setInterval(async () => {
          await get("/fast");
          if (++rounds < 6) return;
          rounds = 0;
          await get("/slow");
        }, 10_000);
        """,
    "a counter that wraps around": """
        let ticks = 0;
        const EVERY = { fast: 10, slow: 60 };
        setInterval(() => {
          ticks = (ticks + 1) % 3600;
          if (ticks % EVERY.slow === 0) get("/slow");
          if (!(ticks % EVERY.fast)) get("/fast");
        }, 1000);
        """,
    "an endless for that counts": """
        async function main() {
          for (let i = 0; ; i++) {
            await get("/fast");
            if (i % 6 === 0) await get("/slow");
            await sleep(10_000);
          }
        }
        main();
        """,
}


@pytest.mark.parametrize("name", cases(GATES))
def test_what_is_behind_a_gate_has_its_interval(name: str) -> None:
    assert intervals(HEAD + GATES[name]) == TWO


NONE = {
    "a counter of failures": """
        let failures = 0;
        setInterval(async () => {
          try { await get("/fast"); } catch { failures++; }
          if (failures >= 6) { failures = 0; await get("/slow"); }
        }, 10_000);
        """,
    "a function that says something else": """
        class Market {
          opened = Date.now();
          isOpen() {
            if (Date.now() - this.opened < 60_000) return false;
            return true;
          }
        }
        const market = new Market();
        setInterval(async () => {
          if (market.isOpen()) await get("/slow");
          await get("/fast");
        }, 10_000);
        """,
}


@pytest.mark.parametrize("name", cases(NONE))
def test_what_is_no_gate_opens_each_time(name: str) -> None:
    assert intervals(HEAD + NONE[name]) == {"/fast": [10_000], "/slow": [10_000]}


ONE = "const one = () => fetch('https://a.test/x');\n"
UNTIL = {
    "a test": ("if (Date.now() >= readNext()) { one(); }", "only when Date.now() >= readNext()"),
    "a name": (
        "const now = new Date(); const due = now >= addSeconds(last, 30); if (due && !busy) one();",
        "only when due && !busy",
    ),
    "what leaves": ("if (Date.now() < readNext()) return; one();", "only unless Date.now() < readNext()"),
}


@pytest.mark.parametrize("name", UNTIL)
def test_how_often_is_not_known_what_waits_for_a_time_that_is_not(name: str) -> None:
    body, why = UNTIL[name]
    (trigger,) = audited({"main.ts": f"{ONE}setInterval(() => {{ {body} }}, 1000);"}).triggers
    assert (trigger.intervals, trigger.why) == ((), why)


def test_what_a_time_ends_is_not_slower_before() -> None:
    source = f"{ONE}setInterval(() => {{ if (Date.now() < readEnd()) one(); }}, 1000);"
    (trigger,) = audited({"main.ts": source}).triggers
    assert [one.ms for one in trigger.intervals] == [1_000]
