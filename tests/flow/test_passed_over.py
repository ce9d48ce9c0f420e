"""Variables that are set by functions which come to no network themselves."""

from __future__ import annotations

import pytest

from tests.projects import Bounds, cases, run

SOMETIMES: dict[str, Bounds] = {"GET a.test/x": (0, 1)}
ALWAYS: dict[str, Bounds] = {"GET a.test/x": (1, 1)}
EACH = "Object.entries(all).forEach(([k, v]) => { if (k === 'x') key = v; }); "
CASES: dict[str, tuple[str, dict[str, Bounds]]] = {
    "in a callback, without a value": (f"let key; {EACH} if (!key) return;", SOMETIMES),
    "in a callback, with typeof": (f"let key; {EACH} if (typeof key === 'undefined') return;", SOMETIMES),
    "in a callback, from null": (f"let key = null; {EACH} if (key === null) return;", SOMETIMES),
    "a flag": ("let found = false; all.map((one) => { found ||= one.on; }); if (!found) return;", SOMETIMES),
    "counted": ("let n = 0; all.forEach(() => { n++; }); if (n === 0) return;", SOMETIMES),
    "in a callback inside a callback": (
        "let key; all.forEach((one) => { one.forEach((two) => { key = two; }); }); if (!key) return;",
        SOMETIMES,
    ),
    "by a function that is called": (
        "let key; const set = (v) => { key = v; }; set(all.x); if (!key) return;",
        SOMETIMES,
    ),
    "where only a value is asked for": (
        (
            "const pick = () => { let key; all.forEach((one) => { key = one; }); if (!key) return null; return key; };"
            " if (pick() === null) return;"
        ),
        SOMETIMES,
    ),
    "a variable of the callback": ("let key; all.forEach((one) => { let key = one; }); if (!key) return;", {}),
    "a function that is not called": ("let key; const set = (v) => { key = v; }; if (!key) return; set(1);", {}),
    "a flag that a later call sets": (
        "let gone = false; process.once('exit', () => { gone = true; }); if (gone) return;",
        ALWAYS,
    ),
}


@pytest.mark.parametrize("name", cases(CASES))
def test_what_a_function_sets_is_not_what_it_was(name: str) -> None:
    before, expected = CASES[name]
    code = f"async function go(all) {{ {before} await fetch('https://a.test/x'); }} go(JSON.parse(process.argv[2]));"
    assert run(code) == expected
