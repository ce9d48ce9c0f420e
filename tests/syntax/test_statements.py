"""Statements and declarations of every form."""

import pytest

from .shown import body

STATEMENTS = {
    "const a = 1, b = 2": ["const a = 1", "const b = 2"],
    "let a, b: T = 1": ["let a", "let b: T = 1"],
    "var a = 1": ["let a = 1"],
    "const { a, b: c, d = 1, e: f = 2 } = x": ["const {a: a, b: c, d: d = 1, e: f = 2} = x"],
    'const { ["a"]: b, [c]: d, ...e } = x': ["const {a: b, [c]: d, : e} = x"],
    "const [a, , b = 1, ...[c]] = x": ["const [a, , b = 1, ...[c]] = x"],
    "using a = f()": ["const a = f()@1:11"],
    "await using a = f()": ["const a = f()@1:17"],
    "f(); g": ["f()@1:1"],
    '"use strict"': ['"use strict"'],
    "if (a) b(); else if (c) { d() } else e()": ["if (a) {b()@1:8} else {if (c) {d()@1:27} else {e()@1:38}}"],
    "for (const a of b) f(a)": ["for (a of b) {f(a)@1:20}"],
    "for await (const a of b) { f() }": ["for (a of b) {f()@1:28}"],
    "for (const a in b) f(a)": ["for (a in b) {f(a)@1:20}"],
    "for (let i = 0, n = 2; i < n; i++) f(i)": ["for (let i = 0; let n = 2; (i < n); (++ i)) {f(i)@1:36}"],
    "for (;;) f()": ["for (; ; ) {f()@1:10}"],
    "while (a) f()": ["while (a) {f()@1:11}"],
    "do { f() } while (a)": ["do (a) {f()@1:6}"],
    "a: for (const b of c) continue a": ["{for (b of c) {continue}}"],
    "switch (a) { case 1: { f(); break } default: g() }": ["switch (a) case 1: {f()@1:24; break} default: {g()@1:46}"],
    "switch (a) { case 1: case 2: f() }": ["switch (a) case 1: {} case 2: {f()@1:30}"],
    "try { f() } catch (e) { g() } finally { h() }": ["try {f()@1:7} catch (e) {g()@1:25} finally {h()@1:41}"],
    "try { f() } catch { g() }": ["try {f()@1:7} catch () {g()@1:21}"],
    "throw new A()": ["throw new A()@1:7"],
    "{ f() }": ["{f()@1:3}"],
    'enum A { B, C = 5, D, E = "x" }': ['hoisted A = {B: 0, C: 5, D: 6, E: "x"}'],
    "const enum A { B = 1 }": ["hoisted A = {B: 1}"],
    "declare const a: string": [],
    "namespace N { export const a = 1; export function f() {} }": [
        "hoisted N = {a: a, f: f}",
        "hoisted f = #1",
        "const a = 1",
    ],
    "namespace N { const a = 1; g(a) }": ["hoisted N = {}", "const a = 1", "g(a)@1:28"],
    "namespace N { const a = 1; export function f(a) {} } a": [
        "hoisted N = {f: f}",
        "hoisted f = #1",
        "const N.a = 1",
    ],
    "namespace A.B { export const c = 1 }": ["hoisted A = {B: A.B}", "const c = 1", "hoisted A.B = {c: c}"],
    "namespace N { export interface A {} }": [],
    "declare namespace N { const a: string }": [],
    "import a = b.c": ["const a = b.c"],
    "g(); function f() {}; class A {}": ["hoisted f = #1", "hoisted A = class 0", "g()@1:1"],
    "f(a => { return }, function b() { return a })": ["f(#1, #2)@1:1"],
    "export = f": ["const *module* = f"],
    "export default f()": ["const *default* = f()@1:16"],
    "function f(): asserts a is T {}": ["hoisted f = #1"],
    "abstract class A { abstract b(): void }": ["hoisted A = class 0"],
    "export default class {}": ["const *default* = class 0"],
    "export default function () {}": ["const *default* = #1"],
    "module.exports = f": ["const *module* = f"],
    "exports.a = f": ["const *exports.a* = f"],
    "debugger;;": [],
}


@pytest.mark.parametrize("source", STATEMENTS)
def test_statement(source: str) -> None:
    assert body(source) == STATEMENTS[source]
