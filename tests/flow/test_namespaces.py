"""What a namespace declares is known inside of it and by its name, and means nothing outside."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases, reached, run

ONE = {"GET a.test/one": (1, 1)}
INSIDE = "const HOST = 'https://a.test'; export const URL = `${HOST}/one`; export function f() { return fetch(URL); }"

SPELLINGS: dict[str, tuple[str, dict[str, str]]] = {
    "constants used inside": (f"namespace N {{ {INSIDE} }} N.f();", {}),
    "module": (f"module N {{ {INSIDE} }} N.f();", {}),
    "exported": ("import { N } from './n'; N.f();", {"n.ts": f"export namespace N {{ {INSIDE} }}"}),
    "default": ("import N from './n'; N.f();", {"n.ts": f"namespace N {{ {INSIDE} }} export default N;"}),
    "constant read outside": (f"namespace N {{ {INSIDE} }} fetch(N.URL);", {}),
    "arrow function": ("namespace N { const HOST = 'https://a.test'; export const f = () => fetch(HOST + '/one'); } N.f();", {}),
    "pattern": ("namespace N { export const { host, f } = { host: 'https://a.test', f: () => fetch(host + '/one') }; } N.f();", {}),
    "run when it is loaded": ("namespace N { const HOST = 'https://a.test'; fetch(HOST + '/one'); }", {}),
    "class": ("namespace N { const HOST = 'https://a.test'; export class C { f() { return fetch(HOST + '/one'); } } } new N.C().f();", {}),
    "class of the same name": ("namespace N { export class N { f() { return fetch('https://a.test/one'); } } } new N.N().f();", {}),
    "type": ("import { N } from './n'; class A { private c!: N.C; f() { return this.c.f(); } } new A().f();",
             {"n.ts": "export namespace N { export class C { f() { return fetch('https://a.test/one'); } } }"}),
    "enumeration": ("namespace N { enum P { One = '/one' } export const f = () => fetch('https://a.test' + P.One); } N.f();", {}),
    "nested": ("namespace N { const HOST = 'https://a.test'; export namespace M { export const f = () => fetch(HOST + '/one'); } } N.M.f();", {}),
    "dotted": ("namespace N.M { const HOST = 'https://a.test'; export const f = () => fetch(HOST + '/one'); } N.M.f();", {}),
    "dotted twice": ("namespace N.M { export const HOST = 'https://a.test'; } namespace N.K { export const f = () => fetch(M.HOST + '/one'); } N.K.f();", {}),
    "twice": ("namespace N { export const HOST = 'https://a.test'; } namespace N { export const f = () => fetch(HOST + '/one'); } N.f();", {}),
    "twice, used before": ("namespace N { export const f = () => fetch(HOST + '/one'); } namespace N { export const HOST = 'https://a.test'; } N.f();", {}),
    "twice, names of its own": ("namespace N { const P = '/two'; export const f = () => P; } namespace N { const P = '/one'; export const g = () => fetch('https://a.test' + P); } N.g();", {}),
    "two with the same names": ("namespace M { export const HOST = 'https://b.test'; export const f = () => fetch(HOST); } namespace N { export const HOST = 'https://a.test'; export const f = () => fetch(HOST + '/one'); } N.f();", {}),
    "a name of the module too": ("const HOST = 'https://b.test'; namespace N { const HOST = 'https://a.test'; export const f = () => fetch(HOST + '/one'); } N.f(); HOST;", {}),
    "a name of the platform, outside": (f"namespace N {{ {INSIDE} }} fetch(new URL('/one', 'https://a.test'));", {}),
    "shorthand": ("const host = 'https://b.test'; namespace N { const host = 'https://a.test'; const all = { host }; export const f = () => fetch(all.host + '/one'); } N.f(); host;", {}),
    "with a class": ("class C {} namespace C { const HOST = 'https://a.test'; export const f = () => fetch(HOST + '/one'); } C.f();", {}),
    "with a class that reads it": ("class C { f() { return fetch(C.URL); } } namespace C { export const URL = 'https://a.test/one'; } new C().f();", {}),
    "with a function": ("function g() { return fetch(g.URL); } namespace g { export const URL = 'https://a.test/one'; } g();", {}),
    "with a function, exported": ("import { g } from './g'; g.f();", {"g.ts": "export function g() {} export namespace g { export const f = () => fetch('https://a.test/one'); }"}),
    "with an enumeration": ("enum E { One = '/one' } namespace E { export const f = (e: E) => fetch('https://a.test' + e); } E.f(E.One);", {}),
    "property of a function": ("function g() { return fetch(g.url); } g.url = 'https://a.test/one'; g();", {}),
    "method of a function": ("const g = () => {}; g.f = () => fetch('https://a.test/one'); g.f();", {}),
    "static field that is only assigned": ("class C {} C.f = () => fetch('https://a.test/one'); C.f();", {}),
}  # fmt: skip


GAPS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(SPELLINGS, GAPS))
def test_spellings_of_a_namespace(name: str) -> None:
    source, files = SPELLINGS[name]
    assert run(source, files) == ONE


NOT = {
    "types": "namespace N { export interface A { url: string } export const a = (b: A) => fetch(b.url); } N.A;",
    "what is not called": f"namespace N {{ {INSIDE} }} N.URL;",
    "what is declared elsewhere": "declare namespace N { const URL: string; function f(): void; } N.f();",
    "a property of another function": "function g() {} function h() {} h.f = () => fetch('https://a.test/one'); g.f();",
}


@pytest.mark.parametrize("name", NOT)
def test_what_a_namespace_does_not_do(name: str) -> None:
    assert run(NOT[name]) == {}


def test_a_cache_of_a_namespace_is_one() -> None:
    source = """
    namespace Rates {
      let kept: unknown = null
      export async function load() {
        if (kept) return kept
        kept = await fetch('https://a.test/one')
        return kept
      }
    }
    await Rates.load()
    """
    inventory = audited({"main.ts": source})
    assert [(guard.kind, guard.line) for guard in inventory.guards] == [("cache", 2)]
    assert reached(inventory, "main.ts") == {("GET", "a.test", "/one"): (0, 1)}
