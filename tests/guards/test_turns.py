"""Semaphores and chains of promises that a program makes by itself."""

from __future__ import annotations

import pytest

from tests.projects import audited

_ASK = "fetch(`https://api.example.com/items/${id}`)"
_ALL = """
async function start() {
  const ids = await (await fetch("https://api.example.com/ids")).json();
  await Promise.all(ids.map((id) => ASK));
}
start();
"""
_CLASS = """
class Semaphore {
  waiting = [];
  open = 0;
  constructor(max) { this.max = max; }
  async acquire() {
    if (this.open < this.max) { this.open++; return; }
    await new Promise((resolve) => this.waiting.push(resolve));
  }
  release() {
    this.open--;
    const next = this.waiting.shift();
    if (next) { this.open++; next(); }
  }
  async run(f) {
    await this.acquire();
    try { return await f(); } finally { this.release(); }
  }
}
const gate = new Semaphore(3);
"""
_FUNCTION = """
const waiting = [];
let open = 0;
async function limited(f) {
  if (open >= 3) {
    await new Promise((resolve) => { waiting.push({ resolve }); });
  }
  open++;
  try { return await f(); } finally { open--; waiting.shift()?.resolve(); }
}
"""
_CHAIN = """
let tail = Promise.resolve();
function enqueue(f) {
  const result = tail.then(() => f());
  tail = result.catch(() => {});
  return result;
}
"""
_CHAIN_FIELD = """
class Line {
  last = Promise.resolve();
  add(f) { return (this.last = this.last.then(f)); }
}
const line = new Line();
"""
TURNS = {
    "a semaphore's run": (_CLASS, f"gate.run(() => {_ASK})", "semaphore"),
    "acquire and release": (_CLASS, f"gate.acquire().then(() => {_ASK})", ""),
    "acquire in a function": (
        _CLASS
        + f"""
async function ask(id) {{
  await gate.acquire();
  try {{ return await {_ASK}; }} finally {{ gate.release(); }}
}}
""",
        "ask(id)",
        "semaphore",
    ),
    "a function": (_FUNCTION, f"limited(() => {_ASK})", "semaphore"),
    "a chain": (_CHAIN, f"enqueue(() => {_ASK})", "promise chain"),
    "a chain in a field": (_CHAIN_FIELD, f"line.add(() => {_ASK})", "promise chain"),
}
NONE = {
    "a promise that is kept": (
        f"""
const ready = fetch("https://api.example.com/ready");
function ask(id) {{ return ready.then(() => {_ASK}); }}
""",
        "ask(id)",
    ),
    "a list of answers": (
        f"""
const all = [];
async function ask(id) {{
  all.push(1);
  all.shift();
  return new Promise((resolve) => {_ASK}.then(resolve));
}}
""",
        "ask(id)",
    ),
}


@pytest.mark.parametrize("name", TURNS)
def test_what_waits_for_its_turn_is_in_a_queue(name: str) -> None:
    code, ask, mechanism = TURNS[name]
    found = audited({"main.js": code + _ALL.replace("ASK", ask)})
    guards = [guard for guard in found.guards if guard.kind == "queue"]
    assert [guard.mechanism for guard in guards] == ([mechanism] if mechanism else [])
    for guard in guards:
        assert list(guard.endpoints) == ["GET api.example.com/items/{id}"]


@pytest.mark.parametrize("name", NONE)
def test_what_does_not_wait_is_in_none(name: str) -> None:
    code, ask = NONE[name]
    found = audited({"main.js": code + _ALL.replace("ASK", ask)})
    assert [guard.kind for guard in found.guards if guard.kind == "queue"] == []
    assert "/items/{id}" in {reach.path for entry in found.entries for reach in entry.reaches}


ASK = "const ask = (id) => fetch(`https://api.example.com/items/${id}`);\n"
LIBRARIES = {
    "async-mutex": (
        "import { Semaphore } from 'async-mutex';\nconst gate = new Semaphore(2);",
        "const [, release] = await gate.acquire(); try { return await ask(id); } finally { release(); }",
        ("queue", 2, None),
    ),
    "limiter": (
        "import { RateLimiter as R } from 'limiter';\nconst gate = new R({ tokensPerInterval: 150, interval: 'min' });",
        "await gate.removeTokens(1); return ask(id);",
        ("limiter", None, 2.5),
    ),
    "bottleneck": (
        "import Bottleneck from 'bottleneck';\nconst gate = new Bottleneck({ minTime: 200 });",
        "return gate.schedule(ask, id);",
        ("limiter", None, 5.0),
    ),
    "bottleneck, with options": (
        "import Bottleneck from 'bottleneck';\nconst gate = new Bottleneck({ minTime: 200 });",
        "return gate.schedule({ priority: 1 }, ask, id);",
        ("limiter", None, 5.0),
    ),
}


@pytest.mark.parametrize("name", LIBRARIES)
def test_the_turn_of_a_library(name: str) -> None:
    made, body, expected = LIBRARIES[name]
    source = f"{made}\n{ASK}async function run(id) {{ {body} }}\nrun('one');"
    (guard,) = audited({"main.js": source}).guards
    assert (guard.kind, guard.concurrency, guard.per_second) == expected
    assert (guard.line, guard.endpoints) == (2, ("GET api.example.com/items/one",))


def test_what_is_tried_to_get_is_not_waited_for() -> None:
    source = (
        "import { RateLimiter as R } from 'limiter';\nconst gate = new R({ tokensPerInterval: 1, interval: 1000 });"
        f"\n{ASK}async function run(id) {{ if (gate.tryRemoveTokens(1)) return ask(id); }}\nrun('one');"
    )
    assert audited({"main.js": source}).guards == ()
