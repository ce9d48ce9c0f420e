"""What a file imports, exports and declares, in every spelling."""

import pytest

from .shown import facts

IMPORTS = {
    "import 'a'": [("", "a", "", False)],
    "import a from 'b'": [("a", "b", "default", False)],
    "import * as a from 'b'": [("a", "b", "*", False)],
    "import a, * as b from 'c'": [("a", "c", "default", False), ("b", "c", "*", False)],
    "import a, { b, c as d } from 'f'": [("a", "f", "default", False), ("b", "f", "b", False), ("d", "f", "c", False)],
    "import { default as a } from 'b'": [("a", "b", "default", False)],
    'import { "a-b" as c } from "d"': [("c", "d", "a-b", False)],
    "import type a from 'b'": [("a", "b", "default", True)],
    "import type { a } from 'b'": [("a", "b", "a", True)],
    "import { type a, b } from 'c'": [("a", "c", "a", True), ("b", "c", "b", False)],
    "import type * as a from 'b'": [("a", "b", "*", True)],
    "import type from 'a'": [("type", "a", "default", False)],
    "import { type as a } from 'b'": [("a", "b", "type", False)],
    "import a = require('b')": [("a", "b", "*", False)],
    "import a from './b.json' with { type: 'json' }": [("a", "./b.json", "default", False)],
}

EXPORTS = {
    "export const a = 1, b = 2": [("a", "a", ""), ("b", "b", "")],
    "export const { a, b: c, ...d } = e": [("a", "a", ""), ("c", "c", ""), ("d", "d", "")],
    "export const [a, , b = 1] = c": [("a", "a", ""), ("b", "b", "")],
    "export function a() {}": [("a", "a", "")],
    "export async function* a() {}": [("a", "a", "")],
    "export class A {}": [("A", "A", "")],
    "export enum A { B }": [("A", "A", "")],
    "export default a": [("default", "*default*", "")],
    "export default function a() {}": [("default", "a", "")],
    "export default class {}": [("default", "*default*", "")],
    "export default () => {}": [("default", "*default*", "")],
    "export default { a }": [("default", "*default*", "")],
    "export { a, b as c, d as default }": [("a", "a", ""), ("c", "b", ""), ("default", "d", "")],
    "export { a, b as default } from 'c'": [("a", "a", "c"), ("default", "b", "c")],
    "export { default } from 'a'": [("default", "default", "a")],
    "export { default as a } from 'b'": [("a", "default", "b")],
    "export * from 'a'": [("*", "*", "a")],
    "export * as a from 'b'": [("a", "*", "b")],
    "export type * from 'a'": [("*", "*", "a")],
    "export type * as a from 'b'": [("a", "*", "b")],
    "export type { A } from 'b'": [("A", "A", "b")],
    "export type A = B": [],
    "export interface A {}": [],
    "export = a": [("=", "*module*", "")],
    "export import a = b.c": [("a", "a", "")],
    "module.exports = a": [("=", "*module*", "")],
    "module.exports = { a, b: c, d: 1 }": [("=", "*module*", ""), ("a", "a", ""), ("b", "c", "")],
    "module.exports.a = b": [("a", "*exports.a*", "")],
    "exports.a = b": [("a", "*exports.a*", "")],
    "exports.a.b = c": [],
    "namespace A { export const b = 1 }": [],
    "declare module 'a' { export const b: string }": [],
    "const a = 1": [],
}

BINDINGS = {
    "const a = b(), c = d": [("a", ("a", "b", "c", "d")), ("c", ("a", "b", "c", "d"))],
    "function a() { b() } class C extends D {}": [("a", ("a", "b")), ("C", ("D",))],
    "const a = f(); export { a }": [("a", ("a", "f"))],
    "export default a(b)": [("*default*", ("a", "b"))],
    "f(a)": [],
}


@pytest.mark.parametrize("source", IMPORTS)
def test_imports(source: str) -> None:
    found = facts(source)
    assert [(item.local, item.source, item.imported, item.type_only) for item in found.imports] == IMPORTS[source]


@pytest.mark.parametrize("source", EXPORTS)
def test_exports(source: str) -> None:
    assert [(item.name, item.local, item.source) for item in facts(source).exports] == EXPORTS[source]


@pytest.mark.parametrize("source", BINDINGS)
def test_bindings(source: str) -> None:
    assert [(item.name, item.refs) for item in facts(source).bindings] == BINDINGS[source]


def test_lines() -> None:
    found = facts("import a from 'b';\n\nexport const c = 1;\nexport {\n  a,\n};\ninterface D {}\n")
    assert [item.line for item in (*found.imports, *found.exports, *found.bindings, *found.interfaces)] == [
        1, 3, 4, 3, 7,
    ]  # fmt: skip
    assert found.lines == 7


def test_columns_count_characters() -> None:
    found = facts("const é = '→'; f(1); const 日 = g()")
    calls = [item.value for item in found.functions[0].body if hasattr(item.value, "column")]
    assert [(call.line, call.column) for call in calls] == [(1, 16), (1, 32)]


def test_interfaces_and_aliases() -> None:
    found = facts("interface A extends B, C.D { e: string; f?(): void }\ntype G = H | I<J>\nenum K { L }")
    assert [(item.name, item.extends, item.members, item.text) for item in found.interfaces] == [
        ("A", ("B", "C"), (("e", "string"), ("f", "")), ""),
        ("G", (), (), "H | I<J>"),
    ]


def test_what_is_assigned_again_and_what_is_filled() -> None:
    found = facts("let a = 1, b = {}, c = []; a = 2; d++; b[e] = 1; this.f[g] = 2; c.push(3); h.i = 4; using j = k()")
    assert found.assigned == ("a", "d")
    assert found.filled == (".f", "b", "c")


def test_comments_that_speak_to_callaudit() -> None:
    found = facts("// callaudit: ignore\nf() // not\n/* callaudit: a\n b */")
    assert [(item.line, item.text) for item in found.comments] == [
        (1, "// callaudit: ignore"),
        (3, "/* callaudit: a\n b */"),
    ]
