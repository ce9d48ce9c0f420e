"""Files with syntax errors: their mistakes stay their own, and are said."""

from pathlib import Path

import pytest

from callaudit.audit import audit

from .shown import facts, show

GOOD = "export const one = () => fetch('https://a.test/one');\nawait one();\n"

BROKEN = {
    "a class that is never closed": "class A { one() { fetch('https://b.test/x')",
    "an object that is never closed": "const x = { a: 1, b: () => { fetch('https://b.test/x'); ",
    "parameters without a function": "async (a, b => { await fetch('https://b.test/x') }",
    "a name that is missing": "import { } from ; export const = 3; const { , } = x;",
    "brackets alone": ")]}{[(",
    "half of a template": "const u = `https://b.test/${",
    "JSX in a plain file": "const a = <div>{fetch('https://b.test/x')</div>",
    "nothing but bytes": "\x01\x02\x03 \uffff",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_does_not_cost_the_others_their_answers(tmp_path: Path, name: str) -> None:
    (tmp_path / "good.ts").write_text(GOOD)
    (tmp_path / "broken.ts").write_text(BROKEN[name])
    inventory = audit(tmp_path).inventory
    script = next(entry for entry in inventory.entries if entry.name == "good.ts")
    assert [(reach.host, reach.min, reach.max) for reach in script.reaches] == [("a.test", 1, 1)]
    assert "broken.ts" in {notice.file for notice in inventory.notices}


def test_a_sound_file_has_no_notice(tmp_path: Path) -> None:
    (tmp_path / "good.ts").write_text(GOOD)
    assert audit(tmp_path).inventory.notices == ()


AROUND = {
    "f(1);\nconst = 3;\ng(2)": (["f(1)@1:1", "g(2)@3:1"], (2,)),
    "function a() { f(1) } }\ng(2)": (["hoisted a = #1", "g(2)@2:1"], (1,)),
    "const a = { b: f(1), c: : g(2), d: h(3) }": (["const a = {b: f(1)@1:16, c: g(2)@1:27, d: h(3)@1:36}"], (1,)),
    "f(a b, g(1))\nh(2)": (["f(a, g(1)@1:8)@1:1", "h(2)@2:1"], (1,)),
    "if (a { f(1) } g(2)": (["if (a) {f(1)@1:9}", "g(2)@1:16"], (1,)),
    "return f(1) @@ ;\ng(2)": (["return f(1)@1:8", "g(2)@2:1"], (1,)),
    "const a = f(1) +;\nconst b = g(2)": (["const a = f(1)@1:11", "const b = g(2)@2:11"], (1,)),
    "x = [f(1), , ; g(2)": (["(x = [f(1)@1:6])", "g(2)@1:16"], (1,)),
}


@pytest.mark.parametrize("source", AROUND)
def test_what_surrounds_a_mistake_is_read(source: str) -> None:
    found = facts(source, errors=True)
    assert ([show(statement) for statement in found.functions[0].body], found.errors) == AROUND[source]


def test_a_mistake_that_costs_no_fact_has_its_line() -> None:
    assert facts("f(1);\n\nif (a { f(1) } g(2)", errors=True).errors == (3,)


def test_the_methods_beside_a_broken_one_are_read() -> None:
    found = facts("class A { a() { f(1) } b( { } c() { g(2) } }", errors=True)
    assert [(item.name, item.cls) for item in found.functions[1:]] == [("a", 0)]
    assert show(found.functions[1].body[0]) == "f(1)@1:17"
