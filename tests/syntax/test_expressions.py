"""Expressions of every form, both spellings, and where calls stand."""

import pytest

from .shown import expression

EXPRESSIONS = {
    "a": "a",
    "this": "this",
    "undefined": "undefined",
    "null": "null",
    "true": "true",
    "'it\\'s'": '"it\'s"',
    '"\\u0041\\x42\\u{43}\\n"': '"ABC\\n"',
    "1_000": "1000",
    "0xff": "255",
    "1e3": "1000",
    "10n": "10",
    ".5": "0.5",
    "-1": "-1",
    "/a[/]b/g": '(regex "/a[/]b/g")',
    "a.b": "a.b",
    "a?.b": "a.b",
    "a['b']": "a.b",
    "a[b]": "a[b]",
    "a?.[b]": "a[b]",
    "a!.b": "a.b",
    "a.#b": "a.#b",
    "f()": "f()@2:1",
    "f(a, ...b)": "f(a, ...b)@2:1",
    "f?.(a)": "f(a)@2:1",
    "a?.b?.(c)": "a.b(c)@2:1",
    "a\n.b()\n.c()": "a.b()@3:2.c()@4:2",
    "f<T>(a)": "f<T>(a)@2:1",
    "await f<T>(a)": "await f<T>(a)@2:1",
    "f(await a.b<S, T>(c, d))": "f(await a.b<S, T>(c, d)@2:3)@2:1",
    "f(1, await g<S, T>(a, b), 2)": "f(1, await g<S, T>(a, b)@2:6, 2)@2:1",
    "new A(await g<S, Partial<T>>(a, b))": "new A(await g<S, Partial<T>>(a, b)@2:7)@2:1",
    "f(await g<S, Partial<T>>(a))": "f(await g<S, Partial<T>>(a)@2:3)@2:1",
    "f(await a < b, c > d)": "f((await a < b), (c > d))@2:1",
    "f(await a < b, (c, d))": "f((await a < b), many(c, d))@2:1",
    "new A": "new A()@2:1",
    "new A(1)": "new A(1)@2:1",
    "new a.B<T>(c)": "new a.B(c)@2:1",
    "(await a).b": "await a.b",
    'import("./x")': 'import("./x")',
    'require("./x")': 'import("./x")',
    "require(a, b)": "require(a, b)@2:1",
    "`a`": '"a"',
    "`a${b}c${d}`": "`a${b}c${d}`",
    "`\\n${a}`": "`\n${a}`",
    "f`a${b}`": "f(`a${b}`)@2:1",
    "a.b<T>`c${d}`": "a.b(`c${d}`)@2:1",
    "a + b + c": "(a + b + c)",
    "a - b - c": "((a - b) - c)",
    "a && b && c": "(a && b && c)",
    "a ?? b": "(a ?? b)",
    "a || b": "(a || b)",
    "a in b": "(a in b)",
    "!a": "(! a)",
    "typeof a": "(typeof a)",
    "delete a.b": "(delete a.b)",
    "i++": "(++ i)",
    "a ? b : c": "(a ? b : c)",
    "a = b": "(a = b)",
    "a += b": "(a += b)",
    "a ??= b": "(a ??= b)",
    "(a, b)": "many(a, b)",
    "a as T": "(a as T)",
    "a as const": "a",
    "a as unknown as T": "(a as T)",
    "a satisfies T": "(a as T)",
    "<T>a": "a",
    "a!": "a",
    '{a, b: c, "d-e": 1, [f]: 2, 3: 4, ...g}': "{a: a, b: c, d-e: 1, [f]: 2, 3: 4, ...g}",
    "{a() {}, get b() { return 1 }, set b(c) {}, async *d() {}, [e]() {}}": "{a: #1, b: #2, b: #3, d: #4, [e]: #5}",
    "(a)": "a",
    "function () {}": "#1",
    "() => a": "#1",
    "class {}": "class 0",
    "async function* f() {}": "#1",
    "[a, ...b]": "[a, ...b]",
    "await a.b<T>`c`": 'await a.b("c")@2:1',
    "a < b > c": "((a < b) > c)",
    "yields": "yields",
    '"é" + f()': '("\\u00e9" + f()@2:7)',
}

JSX = {
    "<div>a{f()}</div>": "many(f()@2:8)",
    '<div onClick={f} className="a" title={a} x={g()}>{h}</div>': "many(onClick: f, x: g()@2:45, h)",
    '<A b="c" d {...e} f={g} />': '<A b: "c" d: true ...e f: g>()@2:1',
    "<A>{b}{f()}text</A>": "<A>(b, f()@2:8)@2:1",
    "<A.B />": "<A.B>()@2:1",
    "<></>": "many()",
    "<a-b c={f()} />": "many(c: f()@2:9)",
    "<svg:a b:c={f()} />": "many(b:c: f()@2:13)",
    "<A<T> b={1} />": "<A b: 1>()@2:1",
    "<A>{...b}</A>": "<A>(...b)@2:1",
    "<A>{/* c */}</A>": "<A>()@2:1",
    "<p>A & B {f()}</p>": "many(f()@2:11)",
    "<T,>(a: T) => a": "#1",
    "<A onClick={() => f()} />": "<A onClick: #1>()@2:1",
    "<ul>{a.map((b) => <li key={b}>{b}</li>)}</ul>": "many(a.map(#1)@2:6)",
}


@pytest.mark.parametrize("source", EXPRESSIONS)
def test_expression(source: str) -> None:
    assert expression(source) == EXPRESSIONS[source]


@pytest.mark.parametrize("source", [source for source in EXPRESSIONS if source != "<T>a"])
def test_the_grammar_of_elements_reads_the_same(source: str) -> None:
    assert expression(source, "tsx") == EXPRESSIONS[source]


@pytest.mark.parametrize("source", JSX)
def test_element(source: str) -> None:
    assert expression(source, "tsx") == JSX[source]


def test_a_long_chain_of_operators_is_read_to_its_end() -> None:
    assert expression(" + ".join(["a"] * 300)) == "(" + " + ".join(["a"] * 300) + ")"
