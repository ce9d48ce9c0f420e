"""Timers that set themselves anew with a wait that grows."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited

GROWING = {
    "a variable, after failures": (
        "let wait = 1000;\n"
        "async function poll() {\n"
        "  try { await ask(); wait = 1000; } catch { wait = Math.min(wait * 2, 60000); }\n"
        "  setTimeout(poll, wait);\n"
        "}\npoll();"
    ),
    "a field, at each round": """
        class Poller {
          wait = 1000;
          poll = async () => {
            await ask();
            setTimeout(() => this.poll(), this.wait);
            this.wait = Math.min(this.wait * 2, 60000);
          };
        }
        new Poller().poll();
        """,
}
SAME = {
    "one of two": "let wait = 1;\nfunction poll() { ask(); wait = go ? 1000 : 5000; setTimeout(poll, wait); }\npoll();",
    "set back alone": "let wait = 1000;\nfunction poll() { ask(); wait = 1000; setTimeout(poll, wait); }\npoll();",
}
SPANS = {"one of two": [1000, 5000], "set back alone": [1000]}
"""What `one of two` begins with is replaced before the timer is told it for the first time."""
SET = {
    "on both ways": ("let wait = 1;\nasync function poll() { const r = await ask(); if (r.ok) { wait = 1000; } else { wait = 5000; } setTimeout(poll, wait); }\npoll();", [1000, 5000]),
    "a field": ("class P { wait = 1; poll() { ask(); this.wait = go ? 1000 : 5000; setTimeout(() => this.poll(), this.wait); } }\nnew P().poll();", [1000, 5000]),
    "in the end": ("let wait = 1;\nasync function poll() { try { await ask(); } finally { wait = 1000; } setTimeout(poll, wait); }\npoll();", [1000]),
    "beside a way out": ("let wait = 1;\nasync function poll() { const r = await ask(); if (r.ok) { wait = 1000; } else { return; } setTimeout(poll, wait); }\npoll();", [1000]),
    "in its case": ("let wait = 1;\nasync function poll() { const r = await ask(); switch (r.status) { case 429: wait = 5000; setTimeout(poll, wait); } }\npoll();", [5000]),
    "in the case for all others": ("let wait = 1;\nasync function poll() { const r = await ask(); switch (r.status) { case 404: return; default: wait = 5000; setTimeout(poll, wait); } }\npoll();", [5000]),
    # ---
    "on the other way": ("let wait = 1;\nasync function poll() { const r = await ask(); if (r.ok) { wait = 5000; } else { setTimeout(poll, wait); } }\npoll();", [1, 5000]),
    "in another case": ("let wait = 1;\nasync function poll() { const r = await ask(); switch (r.status) { case 429: wait = 5000; break; default: setTimeout(poll, wait); } }\npoll();", [1, 5000]),
    "on one way": ("let wait = 1;\nasync function poll() { const r = await ask(); if (r.ok) { wait = 1000; } setTimeout(poll, wait); }\npoll();", [1, 1000]),
    "after the timer": ("let wait = 1;\nfunction poll() { setTimeout(poll, wait); ask(); wait = 1000; }\npoll();", [1, 1000]),
    "for a timer elsewhere": ("let wait = 1;\nasync function poll() { await ask(); wait = 1000; next(); }\nfunction next() { setTimeout(poll, wait); }\nnext();", [1, 1000]),
    "elsewhere too": ("let wait = 1;\nfunction slow() { wait = 9000; }\nasync function poll() { wait = 1000; await ask(); setTimeout(poll, wait); }\npoll(); if (go) slow();", [1000, 9000]),
}  # fmt: skip


def told(source: str) -> list[tuple[float, str]]:
    """The intervals of the timer that asks, with their conditions."""
    head = "const go = process.argv[2] === 'x';\nconst ask = () => fetch('https://a.test/one');\n"
    (timer,) = (one for one in audited({"main.js": head + source}).triggers if one.calls_network)
    return [(span.ms, span.when) for span in timer.intervals]


@pytest.mark.parametrize("how", GROWING)
def test_what_it_begins_with_and_what_it_grows_to(how: str) -> None:
    assert told(GROWING[how]) == [(1000, "it has just begun"), (60_000, "it has grown")]


def test_nothing_bounds_it() -> None:
    source = "let wait = 1000;\nfunction poll() { ask(); wait *= 1.5; setTimeout(poll, wait); }\npoll();"
    assert told(source) == [(1000, "at least: it grows")]


@pytest.mark.parametrize("how", SAME)
def test_it_does_not_grow(how: str) -> None:
    assert sorted(ms for ms, _ in told(SAME[how])) == SPANS[how]


@pytest.mark.parametrize("how", SET)
def test_what_it_begins_with_is_waited_for_only_where_it_is_not_set_before(how: str) -> None:
    source, spans = SET[how]
    assert sorted(ms for ms, _ in told(source)) == spans
