"""Functions that start themselves again after a wait that nobody waits for."""

from __future__ import annotations

import pytest

from tests.projects import audited

_SLEEP = "const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));"
_ASK = 'await fetch("https://a.com/x");'
AGAIN = {
    "by itself": f"async function load() {{ {_ASK} sleep(60000).then(load); }} load();",
    "in a callback": f"async function load() {{ {_ASK} sleep(60000).then(() => load()); }} load();",
    "through another function": f"""
        async function load() {{ try {{ {_ASK} }} finally {{ later(); }} }}
        function later() {{ sleep(60000).then(load).catch(() => later()); }}
        setTimeout(load, 1000);
        """,
    "by a promise of Node's": f"""
        import {{ setTimeout as wait }} from "node:timers/promises";
        async function load() {{ {_ASK} wait(60000).then(load); }}
        load();
        """,
}


@pytest.mark.parametrize("name", AGAIN)
def test_a_wait_that_starts_its_function_again_is_a_timer(name: str) -> None:
    found = audited({"main.js": f"{_SLEEP}\n{AGAIN[name]}"})
    (trigger,) = found.triggers
    assert [interval.ms for interval in trigger.intervals] == [60000]
    assert found.retries == ()
    (script,) = [entry for entry in found.entries if entry.kind in ("script", "page")]
    assert [(reach.min, reach.max) for reach in script.reaches] == [(1, 1)]


def test_a_wait_before_something_else_is_no_timer() -> None:
    found = audited({"main.js": f"{_SLEEP}\nasync function load() {{ {_ASK} }}\nsleep(1000).then(load);"})
    assert found.triggers == ()


def test_a_wait_whose_answer_is_given_back_is_a_retry() -> None:
    found = audited(
        {
            "main.js": f"""
{_SLEEP}
function load(left) {{
  return fetch("https://a.com/x").catch(() => {{
    if (left === 0) throw new Error("failed");
    return sleep(500).then(() => load(left - 1));
  }});
}}
await load(2);
"""
        }
    )
    assert found.triggers == ()
    (retry,) = found.retries
    assert retry.max_attempts == 3


_FIRST = {
    "it leaves": f"""
        async function load() {{ if (!window.ready) {{ setTimeout(load, 100); return; }} {_ASK} }}
        load();
        """,
    "the other way": f"""
        async function load() {{ if (window.ready) {{ {_ASK} }} else {{ setTimeout(load, 100); }} }}
        load();
        """,
    "in a method": """
        class Loader {
          start() {
            const ask = () => fetch("https://a.com/x");
            if (!window.ready) { setTimeout(this.start.bind(this), 100); } else { ask(); }
          }
        }
        new Loader().start();
        """,
}


@pytest.mark.parametrize("name", _FIRST)
def test_a_timer_that_waits_until_the_request_can_be_sent_is_no_poll_of_it(name: str) -> None:
    found = audited({"main.js": _FIRST[name]})
    assert found.triggers == ()
    (script,) = [entry for entry in found.entries if entry.kind in ("script", "page")]
    assert [(reach.min, reach.max) for reach in script.reaches] == [(0, 1)]


_EACH = {
    "before it": "function load() { fetch('https://a.com/x'); if (!window.done) { setTimeout(load, 100); } } load();",
    "one way of two": """
        async function load() {
          if (document.hidden) { setTimeout(load, 100); return; }
          await fetch("https://a.com/x");
          setTimeout(load, 100);
        }
        load();
        """,
}


@pytest.mark.parametrize("name", _EACH)
def test_a_timer_that_is_set_beside_the_request_is_a_poll(name: str) -> None:
    assert [one.mechanism for one in audited({"main.js": _EACH[name]}).triggers] == ["setTimeout"]
