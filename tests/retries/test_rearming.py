"""Ways on which a function does not set its timer again are none of its rounds."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited, cases

SETUP = """
const one = () => fetch('https://a.test/one');
const two = () => fetch('https://a.test/two');
"""
BOTH = ["/one", "/two"]

ROUNDS: dict[str, tuple[str, list[str] | None]] = {
    "it waits for something, then asks": ("function f() { if (!window.lib) { setTimeout(f, 100); } else { one(); } } f();", None),
    "it waits for something, then goes on": ("function f() { if (!window.lib) { setTimeout(f, 100); return; } one(); } f();", None),
    "it waits in one of two ways": ("async function f() { if (!window.lib) { setTimeout(f, 100); return; } await one(); setTimeout(f, 900); } f();", ["/one"]),
    "the last way leaves": ("async function f() { const r = await one(); if (r.ok) { await two(); return; } setTimeout(f, 200); } f();", ["/one"]),
    "the other way sets it": ("async function f() { const r = await one(); if (r.ok) { await two(); } else { setTimeout(f, 200); } } f();", ["/one"]),
    "a case of a switch sets it": ("async function f() { const r = await one(); switch (r.status) { case 200: await two(); break; default: setTimeout(f, 200); } } f();", ["/one"]),
    "of a class": ("class A { async run() { const r = await one(); if (r.ok) { await two(); return; } setTimeout(() => this.run(), 200); } } new A().run();", ["/one"]),
    "no way leaves": ("async function f() { const r = await one(); if (r.ok) { await two(); } setTimeout(f, 200); } f();", BOTH),
    "it is set before": ("async function f() { setTimeout(f, 200); const r = await one(); if (r.ok) { await two(); return; } } f();", BOTH),
    "it is set however that ends": ("async function f() { try { const r = await one(); if (r.ok) { await two(); return; } } finally { setTimeout(f, 200); } } f();", BOTH),
    "it is set however that ends, by a function": ("const again = () => setTimeout(f, 200); async function f() { try { const r = await one(); if (r.ok) { await two(); return; } } finally { again(); } } f();", BOTH),
    "another function leaves": ("async function work() { const r = await one(); if (r.ok) { await two(); return; } } async function f() { await work(); setTimeout(f, 200); } f();", BOTH),
    "both ways set it": ("async function f() { const r = await one(); if (r.ok) { await two(); setTimeout(f, 200); } else { setTimeout(f, 300); } } f();", BOTH),
    "a listener sets it": ("class A { show() { one(); this.button.addEventListener('click', () => { setTimeout(() => this.show(), 100); }); } } new A().show();", None),
    "a listener begins it": ("class A { show() { this.button.addEventListener('click', () => this.poll()); } poll() { one(); setTimeout(() => this.poll(), 100); } } new A().show();", ["/one"]),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(ROUNDS))
def test_what_is_asked_in_each_round(name: str) -> None:
    source, wanted = ROUNDS[name]
    found = audited({"main.ts": SETUP + source}).triggers
    events = [one for one in found if one.kind == "event"]
    assert [one.mechanism for one in events] == (["onClick"] if name == "a listener begins it" else [])
    triggers = [one for one in found if one not in events]
    assert [[one.path for one in trigger.endpoints] for trigger in triggers] == ([wanted] if wanted else [])


def test_what_is_done_at_the_end_is_still_reached() -> None:
    source = "async function f() { const r = await one(); if (r.ok) { await two(); return; } setTimeout(f, 200); } f();"
    inventory = audited({"main.ts": SETUP + source})
    assert sorted(call.path for call in inventory.calls if not call.dead) == BOTH
    (script,) = (item for item in inventory.entries if item.kind == "script")
    assert sorted((reach.path, reach.min, reach.max) for reach in script.reaches) == [("/one", 1, 1), ("/two", 0, 1)]
