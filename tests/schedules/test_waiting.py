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
    (script,) = [entry for entry in found.entries if entry.kind == "script"]
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
