"""Functions that call themselves by the name that only their own code knows; methods of objects that use `this`."""
# ruff: noqa: E501, ISC004 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Bounds, audited, cases, run

O = "GET a.test/one"  # noqa: E741
SETUP = "const one = () => fetch('https://a.test/one');\n"

POLLS: dict[str, str] = {
    "called where it is written": "(async function poll() { await one(); setTimeout(poll, 5000); })();",
    "called later": "setTimeout(async function poll() { await one(); setTimeout(poll, 5000); }, 100);",
    "in a variable": "const start = function poll() { one().then(() => setTimeout(poll, 5000)); }; start();",
    "it gives itself to a timer": "setInterval((function poll() { one(); return poll; })(), 5000);",
    "it gives itself, in a class": "class A { go() { const me = this; setInterval((function poll() { me.ask(); return poll; })(), 5000); } ask() { return one(); } } new A().go();",
    "it gives itself, in a handler": "const ws = new WebSocket('wss://a.test'); ws.onopen = function () { setInterval((function poll() { one(); return poll; })(), 5000); };",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(POLLS))
def test_a_poll_that_knows_its_own_name(name: str) -> None:
    triggers = audited({"main.ts": SETUP + POLLS[name]}).triggers
    timers = [[item.ms for item in trigger.intervals] for trigger in triggers if trigger.kind == "timer"]
    assert timers == [[5000]]


def test_the_name_is_known_inside_alone() -> None:
    source = "const start = function poll() { one(); }; (globalThis as any).x = start; setTimeout((globalThis as any).poll, 5000);"
    assert run(SETUP + source) == {}


def test_a_name_that_a_parameter_takes_is_the_parameter() -> None:
    assert run(
        SETUP + "(function poll(poll: any) { poll(); })(() => {}); (function other(other: any) { other(); })(one);"
    ) == {O: (1, 1)}


KEPT: dict[str, tuple[str, dict[str, Bounds]]] = {
    "a variable that a method of an object sets": (
        "let kept: any; const services = { host() { return 'https://a.test'; }, make() { return { ask: () => fetch(this.host() + '/one') }; },"
        " get: function () { return (kept = this.make()); } }; services.get(); async function main() { await kept.ask(); } main();",
        {O: (1, 1)},
    ),
    "the same, typed": (
        "let kept: any; const services = { host() { return 'https://a.test'; }, get() { kept = { ask: () => fetch(this.host() + '/one') }; } } as any;"
        " services.get(); async function main() { await kept.ask(); } main();",
        {O: (1, 1)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(KEPT))
def test_what_a_method_of_an_object_sets(name: str) -> None:
    source, expected = KEPT[name]
    assert run(source) == expected
