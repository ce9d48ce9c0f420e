"""Functions and classes of every form: heads, names, parameters, fields."""

import pytest

from .shown import cls, facts, function

FUNCTIONS = {
    "function a(b, c = 1, d?: string, ...e: T[]): Promise<U> {}": [
        "a(b, optional c = 1, optional d: string, rest e: T[]): Promise<U>"
    ],
    "function a({ b, c = 1, d: e = 2 }: T = {}, [f]: U) {}": ["a(optional {b: b, c: c = 1, d: e = 2}: T = {}, [f]: U)"],
    "const a = async (b) => b": ["arrow asynchronous a(b)"],
    "const a = b => b": ["arrow a(b)"],
    "const a = function () {}": ["a()"],
    "const a = function b() {}": ["b()"],
    "async function* a() {}": ["asynchronous a()"],
    "a = () => {}": ["arrow a()"],
    "a.b = () => {}": ["arrow b()"],
    "const a = { b: () => {}, c() {}, get d() { return 1 } }": ["arrow b()", "c()", "accessor d()"],
    'const a = { async *b() {}, [c]: () => {}, "d-e": function () {} }': ["asynchronous b()", "arrow c()", "d-e()"],
    "f(() => {})": ["arrow ()"],
    "export default async () => {}": ["arrow asynchronous ()"],
    "class A { b() {} static async c() {} async *d() {} #e() {} [f]() {} }": [
        "b()",
        "static asynchronous c()",
        "asynchronous d()",
        "#e()",
        "()",
    ],
    "class A { get b() { return 1 } set b(c) {} static get c() { return 1 } }": [
        "accessor b()",
        "b(c)",
        "static accessor c()",
    ],
    "class A { b = () => {}; static c = async function () {} }": ["arrow b()", "asynchronous c()"],
    "class A { constructor(private a: B, readonly c: D, e: E) {} @F() i(@G() j: K) {} }": [
        "constructor(property a: B, property c: D, e: E)",
        "i(G j: K)",
    ],
    "function a(b: string): void; function a(b: any) {}": ["a(b: any)"],
    "function a(this: T, b) {}": ["a(b)"],
    "const a = useCallback(async () => {}, [])": ["arrow asynchronous ()"],
    "declare function a(): void": [],
    "const { a = () => {} } = b": ["arrow ()"],
    "<A b={() => {}} />": ["arrow ()"],
}

CLASSES = {
    "class A {}": ["A {}"],
    "class A extends B {}": ["A extends B {}"],
    "class A extends b.C<D> implements E, F<G> {}": ["A extends b.C<D> implements E, F<G> {}"],
    "abstract class A { abstract b: string; abstract c(): void }": ["abstract A {b: string}"],
    "const a = class {}": ["a {}"],
    "const a = class B {}": ["B {}"],
    '@A("b") class C {}': ['@A("b")@1:2 C {}'],
    "export @A class C {}": ["@A()@1:0 C {}"],
    "@A export default class C {}": ["@A()@1:0 C {}"],
    "class A { b = f(); static c: T; readonly d = 1; private e?: string; #f = 2 }": [
        "A {b = f()@1:15; static c: T; d = 1; e: string; #f = 2}"
    ],
    'class A { declare b: C; @D() e: F; "g" = 3; [h] = 4; override i = 7 }': ["A {b: C; e: F; g = 3;  = 4; i = 7}"],
    "class A { accessor b = 5; static accessor c = 6; static readonly d = 7 }": [
        "A {b = 5; static c = 6; static d = 7}"
    ],
    "class A extends f(B) {}": ["A extends f(B)@1:17 {}"],
    "export abstract class A<T> {}": ["abstract A {}"],
}


@pytest.mark.parametrize("source", FUNCTIONS)
def test_functions(source: str) -> None:
    found = facts(source, "tsx" if source[0] == "<" else "ts")
    assert [function(item) for item in found.functions[1:]] == FUNCTIONS[source]


@pytest.mark.parametrize("source", CLASSES)
def test_classes(source: str) -> None:
    assert [cls(item) for item in facts(source).classes] == CLASSES[source]


def test_functions_know_what_surrounds_them() -> None:
    found = facts("function a() { const b = () => { c() } }\nclass D { e() { return () => f() } }")
    assert [(item.name, item.parent, item.cls, item.line, item.column, item.end_line) for item in found.functions] == [
        ("", -1, -1, 1, 1, 2),
        ("a", 0, -1, 1, 1, 1),
        ("b", 1, -1, 1, 26, 1),
        ("e", 0, 0, 2, 11, 2),
        ("", 3, -1, 2, 24, 2),
    ]


def test_a_function_mentions_what_the_functions_in_it_mention() -> None:
    found = facts("function a() { b.c(() => d['e'](f)); const { g } = h; import('./i') }")
    assert found.functions[1].refs == ("!./i", ".c", ".e", ".g", "a", "b", "d", "f", "h")
    assert found.functions[2].refs == (".e", "d", "f")


def test_directives() -> None:
    found = facts("'use client'; function a() { 'use server'; function b() {} } function c() { d(); 'use server' }")
    assert found.directives == ("use client",)
    assert [item.directives for item in found.functions[1:]] == [("use server",), (), ()]
