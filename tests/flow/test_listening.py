"""Functions assigned to `on…` properties run when it happens, where the object is not the program's own."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Bounds, audited, cases, entry, run

O = "GET a.test/one"  # noqa: E741
SETUP = "const one = () => fetch('https://a.test/one');\n"

CASES: dict[str, tuple[str, dict[str, Bounds]]] = {
    "an element": ("document.getElementById('a')!.onclick = one;", {O: (0, 1)}),
    "an element, a function that calls": ("document.getElementById('a')!.onclick = () => { one(); };", {O: (0, 1)}),
    "the window": ("window.onload = async () => { await one(); };", {O: (0, 1)}),
    "a WebSocket of the platform": ("const ws = new WebSocket('wss://a.test'); ws.onmessage = () => one();", {O: (0, 1)}),
    "a WebSocket of a package": ("import WebSocket from 'ws'; const ws = new WebSocket('wss://a.test'); ws.onopen = one;", {O: (0, 1)}),
    "in a field": ("class F { ws?: WebSocket; go() { this.ws = new WebSocket('wss://a.test'); this.ws.onmessage = this.handle.bind(this); } handle() { return one(); } } new F().go();", {O: (0, 1)}),
    "in a ref": ("import { useRef } from 'react'; const ref = useRef<WebSocket | null>(null); ref.current!.onclose = () => one();", {O: (0, 1)}),
    "XMLHttpRequest": ("const x = new XMLHttpRequest(); x.onload = () => one();", {O: (0, 1)}),
    "a reader of files": ("const r = new FileReader(); r.onload = () => { one(); };", {O: (0, 1)}),
    # what is none
    "taken away": ("const ws = new WebSocket('wss://a.test'); ws.onmessage = null; one;", {}),
    "another property": ("const ws: any = new WebSocket('wss://a.test'); ws.later = () => one();", {}),
    "a name that only begins so": ("const ws: any = new WebSocket('wss://a.test'); ws.onlineUsers = () => one();", {}),
    "an object of the program": ("const mine: any = {}; mine.onstep = () => one();", {}),
    "an object of the program, called": ("const mine: any = {}; mine.onstep = () => one(); mine.onstep(); mine.onstep();", {O: (2, 2)}),
    "a field of an own class": ("class A { onstep?: () => void; constructor() { this.onstep = () => { one(); }; } } new A();", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(CASES))
def test_what_runs(name: str) -> None:
    source, expected = CASES[name]
    assert run(SETUP + source) == expected


@pytest.mark.parametrize("how", ["ws.onmessage = () => { one(); };", "ws.on('message', () => { one(); });"])
def test_messages_of_a_socket_are_entries(how: str) -> None:
    source = f"import WebSocket from 'ws'; {SETUP} const ws = new WebSocket('wss://a.test'); {how}"
    found = entry(audited({"main.ts": source}), "ws.on('message')")
    assert found.kind == "socket"


def test_a_socket_that_opens_itself_again_polls_nothing() -> None:
    source = "function open() { one(); const ws = new WebSocket('wss://a.test'); ws.onclose = () => { setTimeout(open, 3000); }; } open();"
    triggers = audited({"main.ts": SETUP + source}).triggers
    assert [[one.ms for one in trigger.intervals] for trigger in triggers if trigger.kind == "timer"] == []


@pytest.mark.parametrize("method", ["removeListener", "off"])
def test_a_listener_that_is_taken_off_is_not_called(method: str) -> None:
    source = f"import {{ bus }} from 'some-bus'; class A {{ stop() {{ bus.{method}('x', this.run); }}"
    source += " run = async () => { if (process.argv[2]) { this.stop(); } await one(); }; } new A().stop();"
    assert run(SETUP + source) == {}
    assert run(SETUP + source.replace(method, "on")).keys() == {O}
