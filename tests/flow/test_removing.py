"""What `delete` takes from an object."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import Bounds, cases, run

HELD = "const o: any = { a: '/one', b: '/two' };"
ASK = "await fetch('https://a.test' + (o.b ?? '/none'));"
IN_CLASS = "class A {{ b = '/two'; off() {{ {how} }} async ask() {{ await fetch('https://a.test' + (this.b ?? '/none')); }} }} const a = new A(); a.off(); await a.ask();"
TWO, NONE = "GET a.test/two", "GET a.test/none"
MAYBE: dict[str, Bounds] = {TWO: (0, 1), NONE: (0, 1)}

PROGRAMS: dict[str, tuple[str, dict[str, Bounds]]] = {
    "at the top": (f"{HELD} delete o.b; {ASK}", {NONE: (1, 1)}),
    "by a known key": (f"{HELD} const k = 'b'; delete o[k]; {ASK}", {NONE: (1, 1)}),
    "by any key": (f"{HELD} delete o[process.argv[2]]; {ASK}", MAYBE),
    "another one": (f"{HELD} delete o.a; {ASK}", {TWO: (1, 1)}),
    "of a copy": (f"{HELD} const p = {{ ...o }}; delete p.b; {ASK}", {TWO: (1, 1)}),
    "when something happens": (f"{HELD} process.on('x', () => {{ delete o.b; }}); {ASK}", MAYBE),
    "in a function": (f"async function f() {{ {HELD} delete o.b; {ASK} }} await f();", {NONE: (1, 1)}),
    "in a function, maybe": (f"async function f() {{ {HELD} if (process.argv[2]) delete o.b; {ASK} }} await f();", MAYBE),
    "by whom it is handed to": (f"async function f(o: any) {{ delete o.b; {ASK} }} await f({{ b: '/two' }});", {NONE: (1, 1)}),
    "deeper": ("const o: any = { x: { b: '/two' } }; delete o.x.b; await fetch('https://a.test' + (o.x.b ?? '/none'));", {NONE: (1, 1)}),
    "a field": (IN_CLASS.format(how="delete this.b;"), MAYBE),
    "a field of self": (IN_CLASS.format(how="const self = this; delete self.b;"), MAYBE),
    "another field": (IN_CLASS.format(how="delete (this as any).c;"), {TWO: (1, 1)}),
    "of one of two": (f"const o: any = process.argv[3] ? {{ b: '/two' }} : {{ a: 1, b: '/three' }}; delete o.b; {ASK}", {NONE: (1, 1)}),
    "deeper, of one of two": ("const o: any = { x: process.argv[3] ? { b: '/two' } : { a: 1, b: '/three' } }; delete o.x.b; await fetch('https://a.test' + (o.x.b ?? '/none'));", {NONE: (1, 1)}),
    "of what may have more": (f"const o: any = {{ ...JSON.parse(process.argv[3]), b: '/two' }}; delete o.b; {ASK}", {NONE: (1, 1)}),
    "no key is left": (f"{HELD} delete o.b; for (const key of Object.keys(o)) await fetch('https://a.test/two');", {TWO: (1, 1)}),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(PROGRAMS))
def test_a_property_is_gone_where_it_is_deleted(name: str) -> None:
    source, expected = PROGRAMS[name]
    assert run(source) == expected
