"""Objects: base URLs in fields, inheritance, interfaces, wrappers of an interface, factories."""
# ruff: noqa: E501, ISC004 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Bounds, cases, run

ONE: dict[str, Bounds] = {"GET a.test/one": (1, 1)}
EITHER: dict[str, Bounds] = {"GET a.test/one": (0, 1), "GET b.test/one": (0, 1)}

FIELDS = {
    "set in the constructor": "class C { private base: string; constructor(b: string) { this.base = b; }"
    " get(p: string) { return fetch(this.base + p); } } await new C('https://a.test').get('/one');",
    "initializer": "class C { base = 'https://a.test'; get(p: string) { return fetch(this.base + p); } } await new C().get('/one');",
    "private name": "class C { #base = 'https://a.test'; get(p: string) { return fetch(this.#base + p); } } await new C().get('/one');",
    "static": "class C { static base = 'https://a.test'; get(p: string) { return fetch(C.base + p); } } await new C().get('/one');",
    "static method": "class C { static base = 'https://a.test'; static get(p: string) { return fetch(this.base + p); } } await C.get('/one');",
    "parameter property": "class C { constructor(private readonly base: string) {} get(p: string) { return fetch(this.base + p); } }"
    " await new C('https://a.test').get('/one');",
    "parameter property with default": "class C { constructor(private base = 'https://a.test') {} get(p: string) { return fetch(this.base + p); } }"
    " await new C().get('/one');",
    "options object": "class C { base: string; constructor(o: { base: string }) { this.base = o.base; }"
    " get(p: string) { return fetch(`${this.base}${p}`); } } await new C({ base: 'https://a.test' }).get('/one');",
    "options with fallback": "class C { base: string; constructor(o: { base?: string } = {}) { this.base = o.base ?? 'https://a.test'; }"
    " get(p: string) { return fetch(`${this.base}${p}`); } } await new C().get('/one');",
    "whole options kept": "class C { constructor(private o: { base: string }) {} get(p: string) { return fetch(this.o.base + p); } }"
    " await new C({ base: 'https://a.test' }).get('/one');",
    "computed in the constructor": "class C { url: string; constructor(net: string) { this.url = net === 'main' ? 'https://a.test' : 'https://b.test'; }"
    " get(p: string) { return fetch(this.url + p); } } await new C('main').get('/one');",
    "getter": "class C { get base() { return 'https://a.test'; } get(p: string) { return fetch(this.base + p); } } await new C().get('/one');",
    "arrow field": "class C { base = 'https://a.test'; get = (p: string) => fetch(this.base + p); } await new C().get('/one');",
    "method through this": "class C { get(p: string) { return this.send('https://a.test' + p); } private send(u: string) { return fetch(u); } }"
    " await new C().get('/one');",
    "method destructured of an arrow field": "class C { get = (p: string) => fetch('https://a.test' + p); } const { get } = new C(); await get('/one');",
    "method as a callback": "class C { base = 'https://a.test'; one() { return fetch(this.base + '/one'); } } const c = new C();"
    " const f = (g: any) => g(); await f(() => c.one());",
    "method bound": "class C { base = 'https://a.test'; one() { return fetch(this.base + '/one'); } } const c = new C();"
    " const g = c.one.bind(c); await g();",
    "class expression": "const C = class { one() { return fetch('https://a.test/one'); } }; await new C().one();",
    "set by a method in the constructor": "class C { base = ''; constructor() { this.setup('https://a.test'); } setup(b: string) { this.base = b; }"
    " get(p: string) { return fetch(this.base + p); } } await new C().get('/one');",
    "chained builder": "class C { private p = ''; path(p: string) { this.p = p; return this; } go() { return fetch('https://a.test' + this.p); } }"
    " await new C().path('/one').go();",
    "two objects of one class": "class C { constructor(private b: string) {} get(p: string) { return fetch(this.b + p); } }"
    " const a = new C('https://a.test'); const b = new C('https://b.test'); await a.get('/one'); b;",
    "object in a field": "class H { constructor(private b: string) {} get(p: string) { return fetch(this.b + p); } }"
    " class C { private h = new H('https://a.test'); one() { return this.h.get('/one'); } } await new C().one();",
    "object injected": "class H { constructor(private b: string) {} get(p: string) { return fetch(this.b + p); } }"
    " class C { constructor(private h: H) {} one() { return this.h.get('/one'); } } await new C(new H('https://a.test')).one();",
    "constructor calls": "class C { constructor() { fetch('https://a.test/one'); } } new C();",
    "field initializer calls": "class C { x = fetch('https://a.test/one'); } new C();",
    # inheritance
    "inherited method": "class B { get(p: string) { return fetch('https://a.test' + p); } } class C extends B {} await new C().get('/one');",
    "inherited field": "class B { base = 'https://a.test'; } class C extends B { one() { return fetch(this.base + '/one'); } } await new C().one();",
    "overridden field": "class B { base = 'https://b.test'; one() { return fetch(this.base + '/one'); } } class C extends B { base = 'https://a.test'; }"
    " await new C().one();",
    "overridden method": "class B { one() { return fetch('https://b.test/one'); } } class C extends B { one() { return fetch('https://a.test/one'); } }"
    " await new C().one();",
    "super arguments": "class B { constructor(protected base: string) {} get(p: string) { return fetch(this.base + p); } }"
    " class C extends B { constructor() { super('https://a.test'); } } await new C().get('/one');",
    "super arguments through two": "class A { constructor(protected base: string) {} get(p: string) { return fetch(this.base + p); } }"
    " class B extends A { constructor(h: string) { super(`https://${h}`); } } class C extends B { constructor() { super('a.test'); } }"
    " await new C().get('/one');",
    "super method": "class B { get(p: string) { return fetch('https://a.test' + p); } } class C extends B { get(p: string) { return super.get('/one'); } }"
    " await new C().get('/x');",
    "template method": "abstract class B { abstract path(): string; go() { return fetch('https://a.test' + this.path()); } }"
    " class C extends B { path() { return '/one'; } } await new C().go();",
    "template field": "abstract class B { protected abstract base: string; go() { return fetch(this.base + '/one'); } }"
    " class C extends B { protected base = 'https://a.test'; } await new C().go();",
    "abstract sender": "abstract class B { abstract send(u: string): any; one() { return this.send('https://a.test/one'); } }"
    " class C extends B { send(u: string) { return fetch(u); } } await new C().one();",
    "generic base": "class B<T> { async get(p: string): Promise<T> { return (await fetch('https://a.test' + p)).json(); } } class C extends B<string> {}"
    " await new C().get('/one');",
    # types
    "declared type": "interface Api { one(): any } class C implements Api { one() { return fetch('https://a.test/one'); } }"
    " const api: Api = new C(); await api.one();",
    "parameter of interface type": "interface Api { one(): any } class C implements Api { one() { return fetch('https://a.test/one'); } }"
    " const f = (api: Api) => api.one(); await f(new C());",
    "one implementation, by type alone": "interface Api { one(): any } class C implements Api { one() { return fetch('https://a.test/one'); } }"
    " const api = JSON.parse('1') as Api; await api.one();",
    "interface of the function": "type Api = { one: () => any }; const make = (): Api => ({ one: () => fetch('https://a.test/one') }); await make().one();",
    "wrapper of its own interface": "interface Api { one(): any } class Http implements Api { one() { return fetch('https://a.test/one'); } }"
    " class Logged implements Api { constructor(private inner: Api) {} one() { console.log(1); return this.inner.one(); } }"
    " const api: Api = new Logged(new Http()); await api.one();",
    "wrapper of a wrapper": "interface Api { one(): any } class Http implements Api { one() { return fetch('https://a.test/one'); } }"
    " class Logged implements Api { constructor(private inner: Api) {} one() { return this.inner.one(); } }"
    " await new Logged(new Logged(new Http())).one();",
}

SEVERAL: dict[str, tuple[str, dict[str, Bounds]]] = {
    "two implementations, by type alone": (
        "interface Api { one(): any } class A implements Api { one() { return fetch('https://a.test/one'); } }"
        " class B implements Api { one() { return fetch('https://b.test/one'); } }"
        " const f = (api: Api) => api.one(); const api = JSON.parse('1') as Api; await f(api); new A(); new B();",
        EITHER,
    ),
    "factory by ternary": (
        "class A { one() { return fetch('https://a.test/one'); } } class B { one() { return fetch('https://b.test/one'); } }"
        " const make = (k: string) => k === 'a' ? new A() : new B(); await make(process.argv[2]).one();",
        EITHER,
    ),
    "factory by switch": (
        "class A { one() { return fetch('https://a.test/one'); } } class B { one() { return fetch('https://b.test/one'); } }"
        " function make(k: string) { switch (k) { case 'a': return new A(); case 'b': return new B(); default: throw new Error(k); } }"
        " await make(process.argv[2]).one();",
        EITHER,
    ),
    "factory of a known kind": (
        "class A { one() { return fetch('https://a.test/one'); } } class B { one() { return fetch('https://b.test/one'); } }"
        " function make(k: string) { switch (k) { case 'a': return new A(); case 'b': return new B(); default: throw new Error(k); } }"
        " await make('a').one();",
        ONE,
    ),
    "map of classes": (
        "class A { one() { return fetch('https://a.test/one'); } } class B { one() { return fetch('https://b.test/one'); } }"
        " const kinds: Record<string, any> = { a: A, b: B }; await new kinds[process.argv[2]]().one();",
        EITHER,
    ),
    "map of objects": (
        "class A { one() { return fetch('https://a.test/one'); } } class B { one() { return fetch('https://b.test/one'); } }"
        " const all: Record<string, any> = { a: new A(), b: new B() }; await all[process.argv[2]].one();",
        EITHER,
    ),
    "loop over objects": (
        "class A { one() { return fetch('https://a.test/one'); } } class B { one() { return fetch('https://b.test/one'); } }"
        " for (const x of [new A(), new B()]) await x.one();",
        {"GET a.test/one": (1, 1), "GET b.test/one": (1, 1)},
    ),
    "two objects, two bases": (
        "class C { constructor(private b: string) {} get(p: string) { return fetch(this.b + p); } }"
        " await new C('https://a.test').get('/one'); await new C('https://b.test').get('/one');",
        {"GET a.test/one": (1, 1), "GET b.test/one": (1, 1)},
    ),
    "a class that is never made": (
        "class A { one() { return fetch('https://a.test/one'); } } class B { two() { return 1; } } new B().two(); export { A };",
        {},
    ),
    "a method of the same name elsewhere": (
        "class A { one() { return fetch('https://a.test/one'); } } class B { one() { return 1; } } new B().one(); export { A };",
        {},
    ),
}


GAPS_FIELDS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(FIELDS, GAPS_FIELDS))
def test_spellings_of_an_object(name: str) -> None:
    assert run(FIELDS[name]) == ONE


GAPS_SEVERAL: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(SEVERAL, GAPS_SEVERAL))
def test_objects(name: str) -> None:
    source, expected = SEVERAL[name]
    assert run(source) == expected


CLIENT_FIELDS = {
    "not declared": "class Api { constructor() { this.http = axios.create({ baseURL: 'https://a.test' }); } ask() { return this.http.get('/one'); } }",
    "declared without a type": "class Api { http; constructor() { this.http = axios.create({ baseURL: 'https://a.test' }); } ask() { return this.http.get('/one'); } }",
    "private": "class Api { #http; constructor() { this.#http = axios.create({ baseURL: 'https://a.test' }); } ask() { return this.#http.get('/one'); } }",
    "in another method": "class Api { constructor() { this.start(); } start() { this.http = axios.create({ baseURL: 'https://a.test' }); } ask() { return this.http.get('/one'); } }",
    "initialized": "class Api { http = axios.create({ baseURL: 'https://a.test' }); ask() { return this.http.get('/one'); } }",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(CLIENT_FIELDS))
def test_a_field_that_holds_a_client(name: str) -> None:
    source = f"import axios from 'axios';\n{CLIENT_FIELDS[name]}\nconst api = new Api();\nawait api.ask();"
    assert run(source).keys() == {"GET a.test/one"}
