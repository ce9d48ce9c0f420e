"""Members that other code puts on the prototype of a class, surely or perhaps."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import Bounds, audited, brief, cases

OLD = "function F(host) { this.host = host; } F.prototype.load = function () { return fetch(this.host + '/a'); };"
CLASS = "class F { constructor(host) { this.host = host; } load() { return fetch(this.host + '/a'); } }"
NEW = "F.prototype.load = function () { return fetch(this.host + '/b'); };"
RUN = "new F('https://a.test').load();"
A, B = "GET a.test/a", "GET a.test/b"
EITHER: dict[str, Bounds] = {A: (0, 1), B: (0, 1)}

PROGRAMS: dict[str, tuple[str, dict[str, Bounds]]] = {
    "set anew": (f"{OLD} {NEW} {RUN}", {B: (1, 1)}),
    "set anew, of a class": (f"{CLASS} {NEW} {RUN}", {B: (1, 1)}),
    "on a condition": (f"{OLD} if (process.env.B) {{ {NEW} }} {RUN}", EITHER),
    "on a condition, of a class": (f"{CLASS} if (process.env.B) {NEW} {RUN}", EITHER),
    "a function with a name": (f"{CLASS} function b() {{ return fetch('https://a.test/b'); }} if (process.env.B) F.prototype.load = b; {RUN}", EITHER),
    "by a function": (f"{CLASS} function install() {{ {NEW} }} if (process.env.B) install(); {RUN}", EITHER),
    "a new member": ("function F() {} F.prototype.a = function () {}; if (process.env.B) { F.prototype.load = function () { return fetch('https://a.test/b'); }; } new F().load();", {B: (0, 1)}),
    "in a try": (f"{CLASS} try {{ {NEW} }} catch {{}} {RUN}", EITHER),
    "of what it extends": (f"{CLASS} {NEW} class G extends F {{}} new G('https://a.test').load();", {B: (1, 1)}),
    "beside a static method": ("class F { static load() { return fetch('https://a.test/a'); } load() {} } F.prototype.load = function () { return fetch('https://a.test/b'); }; F.load(); new F().load();", {A: (1, 1), B: (1, 1)}),
    "beside a static method, on a condition": ("class F { static load() { return fetch('https://a.test/a'); } } if (process.env.B) { F.prototype.load = function () { return fetch('https://a.test/b'); }; } F.load(); new F().load();", {A: (1, 1), B: (0, 1)}),
    "another class": (f"{CLASS} class G {{}} G.prototype.load = () => 1; {RUN}", {A: (1, 1)}),
    "another member": (f"{CLASS} if (process.env.B) F.prototype.more = function () {{ return fetch('https://a.test/b'); }}; {RUN}", {A: (1, 1)}),
    "calls what was there": (f"{CLASS} const before = F.prototype.load; F.prototype.load = function () {{ fetch('https://a.test/b'); return before.call(this); }}; {RUN}", {A: (1, 1), B: (1, 1)}),
    "calls what was there, old": (f"{OLD} const before = F.prototype.load; F.prototype.load = function () {{ fetch('https://a.test/b'); return before.apply(this); }}; {RUN}", {A: (1, 1), B: (1, 1)}),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(PROGRAMS))
def test_a_method_is_what_was_set_last_or_may_have_been(name: str) -> None:
    source, expected = PROGRAMS[name]
    (script,) = audited({"main.js": source}).entries
    assert brief(script) == expected
