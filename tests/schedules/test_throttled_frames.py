"""A timer, or a loop of frames, that asks the clock itself does what is behind its test as seldom as the test says."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, brief, cases

ONE = "fetch('https://a.test/one');"

FRAMES = {
    "the time that it is handed": f"let last = 0; function tick(now) {{ if (now - last > 1000) {{ {ONE} last = now; }} requestAnimationFrame(tick); }} requestAnimationFrame(tick);",
    "leaves": f"let last = 0; const tick = (now: number) => {{ requestAnimationFrame(tick); if (now - last < 1000) return; last = now; {ONE} }}; requestAnimationFrame(tick);",
    "asks the clock": f"let last = 0; function tick() {{ const now = performance.now(); if (now - last >= 1000) {{ last = now; {ONE} }} requestAnimationFrame(tick); }} tick();",
    "in a variable": f"let last = 0; function tick(now) {{ const elapsed = now - last; if (elapsed > 1000) {{ last = now; {ONE} }} requestAnimationFrame(tick); }} requestAnimationFrame(tick);",
    "variable of a function": f"function start() {{ let last = 0; const tick = (now) => {{ if (now - last >= 1000) {{ last = now; {ONE} }} requestAnimationFrame(tick); }}; requestAnimationFrame(tick); }} start();",
    "field": f"class A {{ last = 0; tick = (now: number) => {{ if (now - this.last > 1000) {{ this.last = now; {ONE} }} requestAnimationFrame(this.tick); }}; start() {{ requestAnimationFrame(this.tick); }} }} new A().start();",
    "counts": f"let n = 0; function tick() {{ if (++n % 60 === 0) {ONE} requestAnimationFrame(tick); }} tick();",
    "interval": f"let last = 0; setInterval(() => {{ if (Date.now() - last < 1000) return; last = Date.now(); {ONE} }}, 100);",
    "presence": f"let last: number | null = null; setInterval(() => {{ if (last !== null && Date.now() - last < 1000) return; last = Date.now(); {ONE} }}, 100);",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(FRAMES))
def test_what_is_behind_a_test_of_the_clock(name: str) -> None:
    inventory = audited({"main.ts": FRAMES[name]})
    assert [[span.ms for span in one.intervals] for one in inventory.triggers] == [[1000]]
    (loop,) = (one for one in inventory.entries if one.kind == "loop")
    assert brief(loop) == {"GET a.test/one": (1, 1)}


AND_MORE = {
    "and": f"import {{ on }} from 'x'; let last = 0; function tick(now) {{ if (on() && now - last > 1000) {{ {ONE} last = now; }} requestAnimationFrame(tick); }} requestAnimationFrame(tick);",
    "or leaves": f"import {{ on }} from 'x'; let last = 0; setInterval(() => {{ if (Date.now() - last < 1000 || !on()) return; last = Date.now(); {ONE} }}, 100);",
    "a variable": f"let on = true; export const stop = () => {{ on = false; }}; let last = 0; setInterval(() => {{ if (!on || Date.now() - last < 1000) return; last = Date.now(); {ONE} }}, 100);",
    "counts": f"import {{ on }} from 'x'; let n = 0; setInterval(() => {{ if (++n % 10 === 0 && on()) {ONE} }}, 100);",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(AND_MORE))
def test_a_test_that_asks_for_more_opens_in_some_of_the_runs(name: str) -> None:
    inventory = audited({"main.ts": AND_MORE[name]})
    assert [[span.ms for span in one.intervals] for one in inventory.triggers] == [[1000]]
    (loop,) = (one for one in inventory.entries if one.kind == "loop")
    assert brief(loop) == {"GET a.test/one": (0, 1)}


def test_a_ref_of_a_component_remembers_the_time() -> None:
    source = """
    import { useEffect, useRef } from 'react'
    export function Ticker() {
      const last = useRef(0)
      useEffect(() => {
        const tick = (now: number) => {
          if (now - last.current > 1000) { last.current = now; fetch('https://a.test/one') }
          requestAnimationFrame(tick)
        }
        requestAnimationFrame(tick)
      }, [])
      return null
    }
    """
    files = {"package.json": '{"dependencies": {"react": "18"}}', "Ticker.tsx": source}
    assert [[span.ms for span in one.intervals] for one in audited(files).triggers] == [[1000]]


def test_how_often_is_not_known_where_a_ref_is_not_set_anew() -> None:
    source = """
    import { useEffect, useRef } from 'react'
    export function Ticker() {
      const began = useRef(Date.now())
      useEffect(() => {
        const id = setInterval(() => {
          if (Date.now() - began.current > 1000) fetch('https://a.test/one')
        }, 100)
        return () => clearInterval(id)
      }, [])
      return null
    }
    """
    files = {"package.json": '{"dependencies": {"react": "18"}}', "Ticker.tsx": source}
    assert [[span.ms for span in one.intervals] for one in audited(files).triggers] == [[]]


SINCE = {
    "more": "const since = Date.now() - last.current; if (since >= 1000) { last.current = Date.now(); fetch('https://a.test/one'); }",
    "less": "const now = Date.now(); const since = now - last.current; if (since < 1000) return; last.current = now; fetch('https://a.test/one');",
    "and more": "const since = Date.now() - last.current; if (on && since > 1000) { fetch('https://a.test/one'); last.current = Date.now(); }",
}
NOT_SINCE = {
    "of a time that is set before": "const since = Date.now() - last.current; last.current = Date.now(); if (since < 1000) return; fetch('https://a.test/one');",
    "of no time": "const since = count() - last.current; if (since >= 1000) { last.current = count(); fetch('https://a.test/one'); }",
}


def _in_a_component(body: str) -> list[list[float]]:
    source = (
        "import { useEffect, useRef } from 'react';\nimport { count } from 'counters';\n"
        "export function Ticker({ on }) { const last = useRef(0);"
        f"useEffect(() => {{ const id = setInterval(() => {{ {body} }}, 100); return () => clearInterval(id); }}, []); return null; }}"
    )
    files = {"package.json": '{"dependencies": {"react": "18"}}', "Ticker.tsx": source}
    return [[span.ms for span in one.intervals] for one in audited(files).triggers]


@pytest.mark.parametrize("name", SINCE)
def test_what_has_passed_may_have_a_name(name: str) -> None:
    assert _in_a_component(SINCE[name]) == [[1000]]


@pytest.mark.parametrize("name", NOT_SINCE)
def test_a_name_for_something_else_is_no_time_that_has_passed(name: str) -> None:
    assert _in_a_component(NOT_SINCE[name]) == [[100]]
