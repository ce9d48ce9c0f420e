"""Getters and setters do what they do where a property is read or set."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases, run

GET, SET = "GET a.test/one", "POST a.test/one"
READ = {
    "of a class": "class A { get orders() { return fetch('https://a.test/one'); } } const a = new A(); a.orders.then((r) => r);",
    "of its own object": "class A { get orders() { return fetch('https://a.test/one'); } load() { return this.orders; } } new A().load();",
    "of a base class": "class B { get orders() { return fetch('https://a.test/one'); } } class A extends B {} const all = [new A().orders];",
    "static": "class A { static get orders() { return fetch('https://a.test/one'); } } const got = A.orders;",
    "of an object": "const a = { get orders() { return fetch('https://a.test/one'); } }; console.log(await a.orders);",
    "beside a setter": "class A { set orders(x) {} get orders() { return fetch('https://a.test/one'); } } const got = new A().orders;",
    "by its type": "class A { get orders() { return fetch('https://a.test/one'); } } const use = (a: A) => a.orders; use(new A());",
    "taken apart": "class A { get orders() { return fetch('https://a.test/one'); } } const { orders } = new A();",
    "taken apart in a method, by another name": "class A { get orders() { return fetch('https://a.test/one'); } load() { const { orders: all } = this; return all; } } new A().load();",
    "under a key": "class A { get orders() { return fetch('https://a.test/one'); } } const key = 'orders'; const got = new A()[key];",
    "by a bare statement": "const a = { get orders() { return fetch('https://a.test/one'); } }; a.orders;",
    "by a bare key": "class A { get orders() { return fetch('https://a.test/one'); } } const key = 'orders'; new A()[key];",
    "of what may not be there": "class A { get orders() { return fetch('https://a.test/one'); } } const a = new A(); const got = a?.orders;",
}
SETS = {
    "of a class": "class A { set theme(x) { fetch('https://a.test/one', { method: 'POST', body: x }); } } new A().theme = 'dark';",
    "of its own object": "class A { set theme(x) { fetch('https://a.test/one', { method: 'POST', body: x }); } reset() { this.theme = ''; } } new A().reset();",
    "beside a getter": "class A { t = ''; get theme() { return this.t; } set theme(x) { fetch('https://a.test/one', { method: 'POST', body: x }); } } const a = new A(); a.theme = 'dark';",
    "counted up": "class A { t = 0; get theme() { return this.t; } set theme(x) { fetch('https://a.test/one', { method: 'POST', body: x }); } } const a = new A(); a.theme++;",
}
NOTHING = {
    "nobody reads it": "class A { get orders() { return fetch('https://a.test/one'); } } console.log(new A());",
    "another of that name is read": "class A { get orders() { return fetch('https://a.test/one'); } } class B { orders = 5; } console.log(new A(), new B().orders);",
    "another part is taken": "class A { size = 1; get orders() { return fetch('https://a.test/one'); } } const { size } = new A();",
    "another one, by a bare statement": "class A { size = 1; get orders() { return fetch('https://a.test/one'); } } new A().size;",
    "another key": "class A { size = 1; get orders() { return fetch('https://a.test/one'); } } const key = 'size'; const got = new A()[key];",
    "the rest of what is taken apart": "class A { get orders() { return fetch('https://a.test/one'); } } const { size, ...rest } = new A();",
    "a method that is taken out": "class A { orders() { return fetch('https://a.test/one'); } } const { orders } = new A();",
    "a negative number": "class A { set theme(x) { fetch('https://a.test/one'); } } const a = new A(); const got = -a.theme;",
    "a method that is not called": "class A { orders() { return fetch('https://a.test/one'); } } console.log(new A().orders);",
    "a setter that is read": "class A { set theme(x) { fetch('https://a.test/one'); } } console.log(new A().theme);",
    "a getter that is set": "class A { t = 1; get theme() { fetch('https://a.test/one'); return 1; } set theme(x) { this.t = x; } } new A().theme = 5;",
}


@pytest.mark.parametrize("name", cases(READ))
def test_a_getter_runs_where_its_property_is_read(name: str) -> None:
    assert run(READ[name]) == {GET: (1, 1)}


@pytest.mark.parametrize("name", cases(SETS))
def test_a_setter_runs_where_its_property_is_set(name: str) -> None:
    assert run(SETS[name]) == {SET: (1, 1)}


EITHER = {
    "a getter or a field": "class A { get orders() { return fetch('https://a.test/one'); } } const a = process.argv[2] ? new A() : { orders: 1 }; const got = a.orders;",
    "getters of two classes": "class A { get orders() { return fetch('https://a.test/one'); } } class B { get orders() { return fetch('https://b.test/one'); } } const a = process.argv[2] ? new A() : new B(); const got = a.orders;",
    "a setter or a field": "class A { set orders(x) { fetch('https://a.test/one'); } } const a = process.argv[2] ? new A() : { orders: 1 }; a.orders = 2;",
}


@pytest.mark.parametrize("name", cases(EITHER))
def test_of_several_objects_one_is_asked(name: str) -> None:
    assert set(run(EITHER[name]).values()) == {(0, 1)}


def test_an_object_that_may_be_missing_is_asked_where_it_is_there() -> None:
    source = "class A { get orders() { return fetch('https://a.test/one'); } } let a = null; if (process.argv[2]) a = new A(); const got = a.orders;"
    assert run(source) == {GET: (1, 1)}


@pytest.mark.parametrize("name", cases(NOTHING))
def test_other_properties_run_nothing(name: str) -> None:
    assert run(NOTHING[name]) == {}


def test_a_setter_is_told_what_is_set() -> None:
    source = "class A { set path(x) { fetch(`https://a.test/${x}`); } } new A().path = 'one';"
    assert run(source) == {GET: (1, 1)}


def test_what_a_getter_gives_is_asked_for_where_somebody_subscribes() -> None:
    files = {
        "package.json": '{"dependencies": {"@angular/core": "17", "rxjs": "7"}}',
        "src/app.ts": """
            import { Component, Injectable } from '@angular/core';
            import { HttpClient } from '@angular/common/http';
            @Injectable({ providedIn: 'root' })
            export class Settings {
              constructor(private http: HttpClient) {}
              get theme$() { return this.http.get('https://a.test/one'); }
            }
            @Component({ selector: 'a-a', template: '' })
            export class Shown {
              constructor(private settings: Settings) {}
              ngOnInit() { this.settings.theme$.subscribe((x) => console.log(x)); }
            }
            """,
    }
    (found,) = [one for one in audited(files).entries if one.name == "Shown"]
    assert [(reach.method, reach.path, reach.min, reach.max) for reach in found.reaches] == [("GET", "/one", 1, 1)]
