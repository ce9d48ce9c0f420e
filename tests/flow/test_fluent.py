"""Objects whose methods set their fields are, after a call of such a method, what it made of them."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases, run, unresolved

QUERY = "class Query { private p = ''; private m = 'GET'; constructor(private base = 'https://a.test') {} path(p: string) { this.p = p; return this; } verb(m: string) { this.m = m; return this; } send() { return fetch(this.base + this.p, { method: this.m }); } set(p: string) { this.p = p; } } "
BOTH = {"GET a.test/one": (1, 1), "POST a.test/two": (1, 1)}

SPELLINGS = {
    "made in place": QUERY + "new Query().path('/one').send(); new Query().path('/two').verb('POST').send();",
    "made by a function": QUERY + "const query = () => new Query('https://a.test'); const one = async () => query().path('/one').send(); const two = async () => query().verb('POST').path('/two').send(); one(); two();",
    "one object": QUERY + "const query = new Query(); query.path('/one').send(); query.path('/two').verb('POST').send();",
    "statements": QUERY + "function one() { const q = new Query(); q.path('/one'); return q.send(); } function two() { const q = new Query(); q.set('/two'); q.verb('POST'); return q.send(); } one(); two();",
    "fields": "class Query { p = ''; m = 'GET'; send() { return fetch('https://a.test' + this.p, { method: this.m }); } } function one() { const q = new Query(); q.p = '/one'; return q.send(); } function two() { const q = new Query(); q.p = '/two'; q.m = 'POST'; return q.send(); } one(); two();",
    "inherited": "class Base { p = ''; m = 'GET'; path(p: string) { this.p = p; return this; } verb(m: string) { this.m = m; return this; } } class Query extends Base { send() { return fetch('https://a.test' + this.p, { method: this.m }); } } new Query().path('/one').send(); new Query().path('/two').verb('POST').send();",
    "an object of settings": "class Query { o: any = { method: 'GET' }; path(p: string) { this.o = { ...this.o, p }; return this; } verb(m: string) { this.o = { ...this.o, method: m }; return this; } send() { return fetch('https://a.test' + this.o.p, { method: this.o.method }); } } new Query().path('/one').send(); new Query().path('/two').verb('POST').send();",
    "an object literal": "const query = { p: '', m: 'GET', path(p) { this.p = p; return this; }, verb(m) { this.m = m; return this; }, send() { return fetch('https://a.test' + this.p, { method: this.m }); } }; query.path('/one').send(); query.path('/two').verb('POST').send();",
    "added": "class Query { url = 'https://a.test'; m = 'GET'; add(p: string) { this.url += '/' + p; return this; } verb(m: string) { this.m = m; return this; } send() { return fetch(this.url, { method: this.m }); } } new Query().add('one').send(); new Query().add('two').verb('POST').send();",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(SPELLINGS))
def test_what_is_set_by_methods(name: str) -> None:
    assert run(SPELLINGS[name]) == BOTH


def test_each_item_of_a_list_is_asked_for_by_itself() -> None:
    source = QUERY + "for (const id of ['one', 'two']) await new Query().path('/' + id).send();"
    assert run(source) == {"GET a.test/one": (1, 1), "GET a.test/two": (1, 1)}


def test_a_field_that_is_set_in_some_runs_has_either_value() -> None:
    source = (
        QUERY
        + "import { on } from 'x'; function f() { const q = new Query(); q.path('/one'); if (on()) q.path('/two'); return q.send(); } f();"
    )
    assert run(source) == {"GET a.test/one": (0, 1), "GET a.test/two": (0, 1)}


def test_what_another_function_sets_is_not_known() -> None:
    source = (
        QUERY
        + "function other(q: Query) { q.path('/two'); } function f() { const q = new Query().path('/one'); other(q); return q.send(); } f();"
    )
    assert run(source) == {"GET a.test/": (0, 1), "GET a.test/{}": (0, 1)}


def test_what_a_method_sets_of_an_object_of_the_module_is_not_known() -> None:
    source = "const api = { base: '', init(base) { this.base = base; }, get(p) { return fetch(this.base + p); } }; api.init('https://a.test'); api.get('/one');"
    inventory = audited({"main.ts": source})
    (unknown,) = unresolved(inventory)
    assert unknown.startswith("its address has no host")


def test_a_field_of_an_object_of_the_module_that_is_assigned() -> None:
    source = "class Client { base = ''; get(p: string) { return fetch(this.base + p); } } const client = new Client(); client.base = 'https://a.test'; client.get('/one');"
    assert run(source) == {"GET a.test/one": (1, 1)}


def test_an_object_that_grows_without_end_ends() -> None:
    source = "class Query { p = ''; add(p: string) { this.p += p; return this; } send() { return fetch('https://a.test' + this.p); } } const grown = (q: Query, n: number): Query => (n > 0 ? grown(q.add('/x'), n - 1) : q); grown(new Query(), Number(process.argv[2])).send();"
    found = run(source)
    assert "GET a.test/{}" in found
    assert len(found) < 64
