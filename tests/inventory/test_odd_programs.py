"""Programs that are odd, broken or absurd end no run, and what is sound in them is found."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import contextlib

import pytest

from callaudit.inventory.store import GREATEST, store
from tests.projects import audited, run

ASK = "fetch('https://a.test/x')"
A = {"GET a.test/x": (1, 1)}
SEEN = "const seen = new Map(); export async function ask(id) {{ if (seen.has(id)) return; seen.set(id, Date.now()); {} }} await ask('1');"
NAMED = {
    "a function expression with a name": f"setTimeout(function tick() {{ if (seen.size) setTimeout(tick, 5); }}, 5); await {ASK};",
    "handed on": f"await {ASK}.then(function got(answer) {{ return answer.ok ? answer : got(answer); }});",
    "one inside another": f"const f = function one() {{ return function two() {{ return one; }}; }}; f(); await {ASK};",
    "without a name": f"setTimeout(function () {{ seen.clear(); }}, 5); await {ASK};",
}
BROKEN = {
    "a case without its switch": f"await {ASK}; switch () {{ case f(): f(); ",
    "a default without its switch": f"await {ASK}; switch () {{ default: f();",
    "a continue out of no loop": f"const f = (x) => g(x); const g = (x) => {{ continue }}; await {ASK}; f('a');",
    "a break out of no loop": f"const f = (x) => {{ if (x) {{ break }} return x; }}; f('a' + 'b'); await {ASK};",
    "a private method of an object": f"import type {{ AxiosInstance }} from 'axios'; const o = {{ #load(c: AxiosInstance) {{ return c; }} }}; await {ASK};",
    "a private name of the module": f"import axios from 'axios'; #p = axios.create(); const f = () => #p; f(); await {ASK};",
}
EXTENDING = {
    "an instance of itself": "class C extends f(new C().base) { ask() { return ASK; } }",
    "its own prototype": "class C extends f(C.prototype.base, [C.prototype.other]) { ask() { return ASK; } }",
    "what is made of itself": "const f = (x) => new C(x).base(new C().other); class C extends f(new C()) { ask() { return ASK; } }",
    "each other": "class C extends f(new D().base(new D().base)) { ask() { return ASK; } } class D extends f(new C().base(new C().base)) {}",
}
HUGE = ("1e21", "Number.MAX_VALUE", "2 ** 63", "10n ** 30n")


@pytest.mark.parametrize("what", NAMED)
def test_functions_that_know_their_own_names(what: str) -> None:
    """What asks for all functions inside one does not take it for one of these."""
    assert list(run(SEEN.format(NAMED[what]))) == ["GET a.test/x"]


@pytest.mark.parametrize("what", BROKEN)
def test_code_that_no_parser_takes(what: str) -> None:
    assert run(BROKEN[what]) == A


@pytest.mark.parametrize("what", EXTENDING)
def test_classes_that_extend_what_they_are_needed_for(what: str) -> None:
    source = "import { f } from 'mixins'; " if "f = " not in EXTENDING[what] else ""
    assert run(f"{source}{EXTENDING[what].replace('ASK', ASK)} await new C().ask();") == A


def test_a_class_that_extends_what_a_function_makes() -> None:
    mixin = f"const mixed = (Base) => class extends Base {{ ask() {{ return {ASK}; }} }}; class B {{}}"
    assert (
        run(f"{mixin} class C extends mixed(mixed(B)) {{ other() {{ return this.ask(); }} }} await new C().other();")
        == A
    )


@pytest.mark.parametrize("count", HUGE)
def test_numbers_that_no_table_holds(count: str) -> None:
    inventory = audited(
        {
            "main.ts": f"import axios from 'axios'; import axiosRetry from 'axios-retry'; axiosRetry(axios, {{ retries: {count} }});\n"
            f"setInterval(() => axios.get('https://a.test/x'), {count});\n"
        }
    )
    with contextlib.closing(store(inventory)) as tables:
        (attempts,) = tables.execute("SELECT max_attempts FROM retries").fetchone()
    assert attempts == GREATEST or attempts is None or isinstance(attempts, str)


@pytest.mark.parametrize(
    ("body", "bounds"),
    [
        ("out: { if (x) break out; ASK1; }", (0, 1)),
        ("out: { ASK1; break out; }", (1, 1)),
        ("out: if (x) { ASK1; if (x.y) break out; f(); }", (0, 1)),
        ("out: { ASK1; }", (1, 1)),
        ("out: for (const one of [1, 2]) { ASK1; }", (2, 2)),
        ("out: try { ASK1; if (x) break out; f(); } finally { g(); }", (1, 1)),
    ],
)
def test_what_a_break_with_a_label_leaves(body: str, bounds: tuple[int, int]) -> None:
    """It goes on behind what has the label, and so does who called the function."""
    asked = body.replace("ASK1", "await fetch('https://a.test/y')")
    found = run(
        f"async function go(x) {{ {asked} await {ASK}; }} await go(globalThis.x); await fetch('https://a.test/z');"
    )
    assert found == {"GET a.test/y": bounds, "GET a.test/x": (1, 1), "GET a.test/z": (1, 1)}
