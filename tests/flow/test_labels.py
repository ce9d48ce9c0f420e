"""`break` and `continue` that name what they leave."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import Bounds, audited, cases, run

F = "await fetch('https://a.test/one');"
G = "await fetch('https://a.test/two');"
ONE, TWO = "GET a.test/one", "GET a.test/two"

BOUNDS: dict[str, tuple[str, dict[str, Bounds]]] = {
    "out of both": (f"outer: for (let i = 0; i < 3; i++) {{ for (const k of ['a', 'b']) {{ {F} break outer; }} {G} }}", {ONE: (1, 1)}),
    "out of both, while": (f"let n = 0; outer: while (n++ < 3) {{ for (let i = 0; i < 4; i++) {{ {F} break outer; }} {G} }}", {ONE: (1, 1)}),
    "out of the inner one": (f"for (let i = 0; i < 3; i++) {{ for (const k of ['a', 'b']) {{ {F} break; }} {G} }}", {ONE: (3, 3), TWO: (3, 3)}),
    "to the next": (f"outer: for (let i = 0; i < 3; i++) {{ for (const k of ['a', 'b']) {{ {F} continue outer; }} {G} }}", {ONE: (3, 3)}),
    "to the next item": (f"outer: for (const i of [1, 2, 3]) {{ for (let k = 0; k < 2; k++) {{ {F} continue outer; }} {G} }}", {ONE: (3, 3)}),
    "out of both, maybe": (f"outer: for (let i = 0; i < 3; i++) {{ for (const k of ['a', 'b']) {{ {F} if (process.argv[9]) break outer; }} {G} }}", {ONE: (1, 6), TWO: (0, 3)}),
    "out of the inner one, maybe": (f"for (let i = 0; i < 3; i++) {{ for (const k of ['a', 'b']) {{ {F} if (process.argv[9]) break; }} {G} }}", {ONE: (3, 6), TWO: (3, 3)}),
    "continue in a switch": (f"for (const k of [1, 2]) {{ switch (process.argv[k]) {{ case 'a': continue; }} {F} }}", {ONE: (0, 2)}),
    "break in a switch": (f"for (const k of [1, 2]) {{ switch (process.argv[k]) {{ case 'a': break; }} {F} }}", {ONE: (2, 2)}),
    "out of a switch": (f"all: for (const k of [1, 2]) {{ switch (process.argv[k]) {{ default: break all; }} {F} }} {G}", {TWO: (1, 1)}),
    "out of a block": (f"for (const k of [1, 2]) {{ skip: {{ if (process.argv[k]) break skip; {F} }} {G} }}", {ONE: (0, 2), TWO: (2, 2)}),
    "a plain one in a block": (f"for (const k of [1, 2]) {{ skip: {{ if (process.argv[9]) break skip; break; }} {G} }}", {TWO: (0, 2)}),
    "a block around a loop": (f"found: {{ for (const k of [1, 2]) {{ if (process.argv[k]) break found; }} {F} }} {G}", {ONE: (0, 1), TWO: (1, 1)}),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(BOUNDS))
def test_a_jump_leaves_what_it_names(name: str) -> None:
    source, expected = BOUNDS[name]
    assert run(source) == expected


PAUSE = "const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));\n"
RETRIES = {
    "the next item": "ids: for (const id of process.argv) {{ for (let i = 0; i < 4; i++) {{ try {{ {call} {how} ids; }} catch {{ await pause(500); }} }} throw new Error('none'); }}",
    "the next round": "let more = 9; all: while (more--) {{ let i = 0; while (i++ < 4) {{ try {{ {call} {how} all; }} catch {{ await pause(500); }} }} throw new Error('none'); }}",
}  # fmt: skip


@pytest.mark.parametrize("how", ["continue", "break"])
@pytest.mark.parametrize("name", cases(RETRIES))
def test_an_attempt_that_went_well_may_leave_the_loop_around(name: str, how: str) -> None:
    inventory = audited({"main.ts": PAUSE + RETRIES[name].format(call=F, how=how)})
    assert [(retry.max_attempts, retry.delays_ms) for retry in inventory.retries] == [(4, (500, 500, 500))]


@pytest.mark.parametrize(("word", "polls"), [("break ask", False), ("break", True)])
def test_a_loop_that_an_inner_one_ends_goes_on_for_no_flag(word: str, polls: bool) -> None:
    source = f"ask: while (true) {{ for (const host of ['a', 'b']) {{ const r = await fetch(`https://${{host}}.test/`); if (r.ok) {word}; }} await pause(1000); }}"
    inventory = audited({"main.ts": PAUSE + source})
    assert bool(inventory.triggers) == polls
    assert bool(inventory.retries) != polls
