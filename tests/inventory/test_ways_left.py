"""Calls on a way that no run takes are listed, as those that nothing reaches."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases, run

LEFT = {
    "a constant": "const MODE: string = 'live'; async function f() { if (MODE === 'test') await fetch('https://a.test/one'); } f();",
    "otherwise": "const ON = true; async function f() { if (ON) return; else await fetch('https://a.test/one'); } f();",
    "a field": "class A { mode = 'off'; async f() { if (this.mode === 'on') await fetch('https://a.test/one'); } } new A().f();",
    "a case": "const M: string = 'a'; async function f() { switch (M) { case 'b': await fetch('https://a.test/one'); } } f();",
}


@pytest.mark.parametrize("name", cases(LEFT))
def test_a_call_that_is_never_made_is_listed(name: str) -> None:
    (call,) = audited({"main.ts": LEFT[name]}).calls
    assert (call.url, call.dead) == ("https://a.test/one", True)
    assert run(LEFT[name]) == {}


def test_a_way_that_another_run_takes_is_reached() -> None:
    source = "async function f(on: boolean) { if (on) await fetch('https://a.test/one'); } f(false); f(true);"
    (call,) = audited({"main.ts": source}).calls
    assert not call.dead
    assert run(source) == {"GET a.test/one": (1, 1)}
