"""A gate that some runs pass by keeps its interval for the others alone; one that every run sets anew has none."""

from __future__ import annotations

import pytest

from tests.projects import audited

Spans = list[tuple[float, str]]

SECONDS = """
let last = 0;
let urgent = false;
export function hurry() {{ urgent = true; }}
{function}
setInterval(() => {call}, 1000);
"""
EARLY = """
async function load(force) {
  const now = Date.now();
  if (!force && now - last < 60_000) return;
  last = now;
  await fetch('https://a.test/slow');
}
"""
WAY = """
async function load(force) {
  if (force || Date.now() - last > 60_000) { last = Date.now(); await fetch('https://a.test/slow'); }
}
"""
NAMED = """
async function load({ force } = {}) {
  const fresh = !force && Date.now() - last < 60_000;
  if (fresh) return;
  last = Date.now();
  await fetch('https://a.test/slow');
}
"""
NESTED = """
async function load(force) {
  if (!force) {
    if (Date.now() - last < 60_000) return;
  }
  last = Date.now();
  await fetch('https://a.test/slow');
}
"""


def spans(source: str) -> Spans:
    """The intervals at which `/slow` is asked for, with their conditions."""
    triggers = audited({"main.ts": source}).triggers
    return [(one.ms, one.when) for trigger in triggers if trigger.endpoints for one in trigger.intervals]


@pytest.mark.parametrize("function", [EARLY, WAY, NESTED])
def test_the_interval_is_that_of_what_the_caller_says(function: str) -> None:
    assert spans(SECONDS.format(function=function, call="load(false)")) == [(60_000, "")]
    assert spans(SECONDS.format(function=function, call="load()")) == [(60_000, "")]
    assert spans(SECONDS.format(function=function, call="load(true)")) == [(1000, "")]


@pytest.mark.parametrize("function", [EARLY, WAY, NESTED])
def test_what_a_caller_says_and_nobody_knows_decides(function: str) -> None:
    source = SECONDS.format(function=function, call="load(window.hurry)")
    assert spans(source) == [(1000, "force"), (60_000, "!force")]


def test_what_a_caller_says_in_an_object_for_a_test_with_a_name() -> None:
    assert spans(SECONDS.format(function=NAMED, call="load()")) == [(60_000, "")]
    assert spans(SECONDS.format(function=NAMED, call="load({ force: window.hurry })")) == [
        (1000, "force"),
        (60_000, "!force"),
    ]


@pytest.mark.parametrize("test", ["!urgent && Date.now() - last < 60_000", "Date.now() - last < 60_000 && !urgent"])
def test_a_variable_that_something_else_sets(test: str) -> None:
    function = f"""
    async function load() {{
      if ({test}) return;
      last = Date.now(); urgent = false;
      await fetch('https://a.test/slow');
    }}
    """
    source = SECONDS.format(function=function, call="load()")
    assert spans(source) == [(1000, "urgent"), (60_000, "!urgent")]
    assert [(guard.ttl_ms, guard.why) for guard in audited({"main.ts": source}).guards] == [(60_000, "not if urgent")]


@pytest.mark.parametrize(
    "test",
    [
        "last > 0 && Date.now() - last < 60_000",  # whether there was a last time
        "last && Date.now() - last < 60_000",
        "Date.now() - last < 60_000 && true",
    ],
)
def test_what_else_is_asked_of_the_gate_itself_lets_nobody_past(test: str) -> None:
    function = f"""
    async function load() {{
      if ({test}) return;
      last = Date.now();
      await fetch('https://a.test/slow');
    }}
    """
    assert spans(SECONDS.format(function=function, call="load()")) == [(60_000, "")]


LOOP = """
async function run() {{
  let at = 0;
  while (true) {{
    {body}
  }}
}}
run();
"""


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            """at = Date.now();
        await new Promise((done) => setTimeout(done, 1000));
        if (Date.now() - at > 9500) { at = Date.now(); await fetch('https://a.test/slow'); }""",
            [],
        ),
        (
            """await new Promise((done) => setTimeout(done, 1000));
        const took = Date.now() - at;
        at = Date.now();
        if (took < 9500) continue;
        await fetch('https://a.test/slow');""",
            [(1000, "")],
        ),
    ],
)
def test_a_time_that_each_round_sets_has_no_interval(body: str, found: Spans) -> None:
    assert spans(LOOP.format(body=body)) == found


@pytest.mark.parametrize(
    "body",
    [
        "last = Date.now(); await work(); if (Date.now() - last > 9500) await fetch('https://a.test/slow');",
        "const took = Date.now() - last; last = Date.now(); if (took < 9500) return; await fetch('https://a.test/slow');",
        "if (Date.now() - last > 9500) { await fetch('https://a.test/slow'); } last = Date.now();",
    ],
)
def test_a_time_that_each_run_of_a_timer_sets_is_no_gate(body: str) -> None:
    source = f"let last = 0;\nsetInterval(async () => {{ {body} }}, 1000);"
    inventory = audited({"main.ts": source})
    assert spans(source) == [(1000, "")]
    assert [guard.kind for guard in inventory.guards] == []


def test_a_time_set_before_the_loop_alone_is_kept_from_round_to_round() -> None:
    source = """
    async function run() {
      let at = 0;
      at = Date.now();
      while (true) {
        if (Date.now() - at > 9500) { at = Date.now(); await fetch('https://a.test/slow'); }
        await new Promise((done) => setTimeout(done, 1000));
      }
    }
    run();
    """
    assert spans(source) == [(10_000, "")]


@pytest.mark.parametrize(
    "source",
    [
        """let next = 0, wait = 1000;
        async function load() {
          if (Date.now() < next) return;
          try { await fetch('https://a.test/slow'); wait = 1000; } catch { wait *= 2; next = Date.now() + wait; }
        }
        setInterval(load, 1000);""",
        """class Loader {
          next = 0; wait = 1000;
          async load() {
            if (Date.now() < this.next) return;
            try { await fetch('https://a.test/slow'); } catch { this.wait *= 2; this.next = Date.now() + this.wait; }
          }
        }
        const loader = new Loader(); setInterval(() => loader.load(), 1000);""",
    ],
)
def test_a_time_until_which_nothing_is_asked_after_a_failure_is_no_answer(source: str) -> None:
    inventory = audited({"main.ts": source})
    assert [(guard.kind, guard.why) for guard in inventory.guards] == [("limiter", "only after a failure")]
    assert spans(source) == [(1000, "")]
