"""A variable that a loop changes is not in every round what it was in the first."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

ONE, TWO = "await fetch('https://a.test/one');", "await fetch('https://a.test/two');"

LATER = {
    "all but the first": (f"import {{ ids }} from 'x'; let first = true; async function f() {{ let first = true; for (const id of ids) {{ if (first) {{ first = false; continue; }} {ONE} }} }} f();", {"GET a.test/one": (0, None)}),
    "once there is a token": (f"import {{ on, login }} from 'x'; async function f() {{ let token = null; while (on()) {{ if (!token) token = await login(); else {ONE} }} }} f();", {"GET a.test/one": (0, None)}),
    "another URL": ("async function f() { let url = 'https://a.test/one'; for (let i = 0; i < 3; i++) { await fetch(url); url = 'https://a.test/two'; } } f();", {"GET a.test/one": (0, 3), "GET a.test/two": (0, 3)}),
    "states": (f"async function f() {{ let step = 'a'; while (step !== 'end') {{ switch (step) {{ case 'a': {ONE} step = 'b'; break; case 'b': {TWO} step = 'end'; break; }} }} }} f();", {"GET a.test/one": (0, None), "GET a.test/two": (0, None)}),
    "a count": (f"import {{ on }} from 'x'; async function f() {{ let n = 0; while (on()) {{ if (n > 3) {ONE} n++; }} }} f();", {"GET a.test/one": (0, None)}),
    "a sum": (f"import {{ all }} from 'x'; async function f() {{ let sum = 0; for (const one of all) {{ if (sum > 3) {ONE} sum += one; }} }} f();", {"GET a.test/one": (0, None)}),
    "a cursor": (f"import {{ next }} from 'x'; async function f() {{ let cursor; do {{ if (cursor) {ONE} cursor = next(); }} while (cursor); }} f();", {"GET a.test/one": (0, None)}),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(LATER))
def test_what_is_done_in_later_rounds(name: str) -> None:
    source, wanted = LATER[name]
    assert run(source) == wanted


SAME = {
    "what the loop does not change": (f"import {{ all }} from 'x'; async function f() {{ const off = true; for (const one of all) {{ if (off) continue; {ONE} }} }} f();", {}),
    "what each round declares": (f"import {{ all }} from 'x'; async function f() {{ for (const one of all) {{ let off = true; if (off) continue; off = false; {ONE} }} }} f();", {}),
    "the same value": (f"import {{ all }} from 'x'; async function f() {{ let off = true; for (const one of all) {{ off = true; if (off) continue; {ONE} }} }} f();", {}),
    "text that is put together": ("import { all } from 'x'; async function f() { let url = 'https://a.test'; for (const one of ['on', 'e']) url += one === 'on' ? '/on' : one; await fetch(url); } f();", {"GET a.test/one": (1, 1)}),
    "text of a list that is not known": ("import { all } from 'x'; async function f() { let url = 'https://a.test'; for (const one of all) url += one === 'on' ? '/on' : one; await fetch(url); } f();", {"GET a.test/": (0, 1), "GET a.test/on": (0, 1), "GET a.test/{}": (0, 1)}),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(SAME))
def test_what_is_the_same_in_each_round(name: str) -> None:
    source, wanted = SAME[name]
    assert run(source) == wanted
