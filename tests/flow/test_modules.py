"""Names are followed through imports and exports of every form."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases, reached, run

ONE = {"GET a.test/one": (1, 1)}
API = "export const one = () => fetch('https://a.test/one'); export default one; export const BASE = 'https://a.test';"
PLAIN = {"api.ts": API}

SPELLINGS: dict[str, tuple[str, dict[str, str]]] = {
    "named": ("import { one } from './api'; await one();", PLAIN),
    "renamed": ("import { one as f } from './api'; await f();", PLAIN),
    "default": ("import f from './api'; await f();", PLAIN),
    "default as": ("import { default as f } from './api'; await f();", PLAIN),
    "namespace": ("import * as api from './api'; await api.one();", PLAIN),
    "namespace default": ("import * as api from './api'; await api.default();", PLAIN),
    "default and named": ("import f, { BASE } from './api'; await f(); BASE;", PLAIN),
    "js extension": ("import { one } from './api.js'; await one();", PLAIN),
    "ts extension": ("import { one } from './api.ts'; await one();", PLAIN),
    "index": ("import { one } from './api'; await one();", {"api/index.ts": API}),
    "constant": ("import { BASE } from './api'; await fetch(`${BASE}/one`);", PLAIN),
    "dynamic, destructured": ("const { one } = await import('./api'); await one();", PLAIN),
    "dynamic, namespace": ("const api = await import('./api'); await api.one();", PLAIN),
    "dynamic, default": ("const f = (await import('./api')).default; await f();", PLAIN),
    "dynamic, in brackets": ("await (await import('./api')).one();", PLAIN),
    "dynamic, then": ("await import('./api').then((m) => m.one());", PLAIN),
    "dynamic, then destructured": ("await import('./api').then(({ one }) => one());", PLAIN),
    "dynamic in a function": ("const f = async () => { const { one } = await import('./api'); return one(); }; await f();", PLAIN),
    "require": ("const api = require('./api'); api.one();", {"api.js": "exports.one = () => fetch('https://a.test/one');"}),
    "require destructured": ("const { one } = require('./api'); one();", {"api.js": "exports.one = () => fetch('https://a.test/one');"}),
    "require member": ("const one = require('./api').one; one();", {"api.js": "module.exports.one = () => fetch('https://a.test/one');"}),
    "module.exports object": ("const { one } = require('./api'); one();", {"api.js": "const one = () => fetch('https://a.test/one'); module.exports = { one };"}),
    "module.exports function": ("const one = require('./api'); one();", {"api.js": "module.exports = () => fetch('https://a.test/one');"}),
    "module.exports class": ("const C = require('./api'); new C().one();", {"api.js": "class C { one() { return fetch('https://a.test/one'); } } module.exports = C;"}),
    "import of CommonJS": ("import api from './api'; await api.one();", {"api.js": "module.exports = { one: () => fetch('https://a.test/one') };"}),
    "named import of CommonJS": ("import { one } from './api'; await one();", {"api.js": "exports.one = () => fetch('https://a.test/one');"}),
    "import =": ("import api = require('./api'); api.one();", {"api.ts": "const api = { one: () => fetch('https://a.test/one') }; export = api;"}),
    "export list": ("import { one } from './api'; await one();", {"api.ts": "const one = () => fetch('https://a.test/one'); export { one };"}),
    "export list renamed": ("import { one } from './api'; await one();", {"api.ts": "const f = () => fetch('https://a.test/one'); export { f as one };"}),
    "export default of an object": ("import api from './api'; await api.one();", {"api.ts": "export default { one: () => fetch('https://a.test/one') };"}),
    "export default of an instance": ("import api from './api'; await api.one();", {"api.ts": "class C { one() { return fetch('https://a.test/one'); } } export default new C();"}),
    "export default of a class": ("import C from './api'; await new C().one();", {"api.ts": "export default class { one() { return fetch('https://a.test/one'); } }"}),
    "export of an instance": ("import { api } from './api'; await api.one();", {"api.ts": "class C { one() { return fetch('https://a.test/one'); } } export const api = new C();"}),
    "barrel": ("import { one } from './lib'; await one();", {"lib/index.ts": "export * from './api';", "lib/api.ts": API}),
    "barrel of barrels": ("import { one } from './lib'; await one();", {"lib/index.ts": "export * from './a';", "lib/a/index.ts": "export * from './api';", "lib/a/api.ts": API}),
    "barrel, named": ("import { f } from './lib'; await f();", {"lib/index.ts": "export { one as f } from './api';", "lib/api.ts": API}),
    "barrel, default": ("import { f } from './lib'; await f();", {"lib/index.ts": "export { default as f } from './api';", "lib/api.ts": API}),
    "barrel, namespace": ("import { api } from './lib'; await api.one();", {"lib/index.ts": "export * as api from './api';", "lib/api.ts": API}),
    "imported and exported": ("import { one } from './lib'; await one();", {"lib/index.ts": "import { one } from './api'; export { one };", "lib/api.ts": API}),
    "imported into an object": ("import { api } from './lib'; await api.one();", {"lib/index.ts": "import { one } from './api'; export const api = { one };", "lib/api.ts": API}),
    "namespace into an object": ("import { api } from './lib'; await api.users.one();", {"lib/index.ts": "import * as users from './api'; export const api = { users };", "lib/api.ts": API}),
    "cyclic imports": ("import { one } from './a'; await one();", {"a.ts": "import { B } from './b'; export const A = 1; export const one = () => fetch(B + '/one');",
                                                                  "b.ts": "import { A } from './a'; export const B = 'https://a.test'; export const x = A;"}),
    "tsconfig paths": ("import { one } from '@/api'; await one();", {"src/api.ts": API, "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}'}),
    "package imports": ("import { one } from '#api'; await one();", {"src/api.ts": API, "package.json": '{"name": "x", "imports": {"#api": "./src/api.ts"}}'}),
    "workspace": (
        "import { one } from '@x/api'; await one();",
        {"package.json": '{"name": "x", "workspaces": ["packages/*"], "dependencies": {"@x/api": "*"}}',
         "packages/api/package.json": '{"name": "@x/api", "main": "dist/index.js"}', "packages/api/src/index.ts": API},
    ),
    "class of another module": ("import { C } from './api'; await new C('https://a.test').get('/one');",
                                {"api.ts": "export class C { constructor(private b: string) {} get(p: string) { return fetch(this.b + p); } }"}),
    "base class of another module": ("import { B } from './api'; class C extends B { one() { return this.get('/one'); } } await new C('https://a.test').one();",
                                     {"api.ts": "export abstract class B { constructor(private b: string) {} get(p: string) { return fetch(this.b + p); } }"}),
    "enum of another module": ("import { P } from './api'; await fetch(`https://a.test${P.One}`);", {"api.ts": "export enum P { One = '/one' }"}),
    "side effect": ("import './api';", {"api.ts": "await fetch('https://a.test/one');"}),
    "javascript": ("import { one } from './api'; await one();", {"api.mjs": API}),
    "jsx": ("import { one } from './api'; await one();", {"api.jsx": API}),
}  # fmt: skip

NOT: dict[str, tuple[str, dict[str, str]]] = {
    "another export": ("import { BASE } from './api'; console.log(BASE);", PLAIN),
    "the same name of another module": ("import { one } from './other'; one();", {**PLAIN, "other.ts": "export const one = () => 1;"}),
    "type import": ("import type { One } from './api'; const x: One | null = null;", {"api.ts": "export type One = string; export const f = () => fetch('https://a.test/one');"}),
    "dynamic import not called": ("const api = await import('./api'); console.log(api.BASE);", PLAIN),
    "a name that is hidden": ("import { one } from './api'; const f = (one: () => number) => one(); f(() => 1);", PLAIN),
}  # fmt: skip


GAPS_SPELLINGS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(SPELLINGS, GAPS_SPELLINGS))
def test_spellings_of_an_import(name: str) -> None:
    source, files = SPELLINGS[name]
    assert run(source, files) == ONE


@pytest.mark.parametrize("name", cases(NOT))
def test_what_is_imported_but_not_called_reaches_nothing(name: str) -> None:
    source, files = NOT[name]
    assert run(source, files) == {}


def test_functions_of_the_same_name_are_kept_apart() -> None:
    files = {
        "a.ts": "export const load = () => fetch('https://a.test/one');",
        "b.ts": "export const load = () => fetch('https://b.test/one');",
        "one.ts": "import { load } from './a'; await load();",
        "two.ts": "import { load } from './b'; await load();",
    }
    inventory = audited(files)
    assert reached(inventory, "one.ts") == {("GET", "a.test", "/one"): (1, 1)}
    assert reached(inventory, "two.ts") == {("GET", "b.test", "/one"): (1, 1)}


def test_the_chain_of_calls_names_functions_with_their_places() -> None:
    files = {
        "main.ts": "import { users } from './service';\nawait users();",
        "service.ts": "import { get } from './client';\n\nexport async function users() {\n  return get('/one');\n}",
        "client.ts": "export const get = (p: string) =>\n  fetch('https://a.test' + p);",
    }
    (reach,) = audited(files).entries[0].reaches
    assert [(s.function, s.file, s.line, s.called_at) for s in reach.via] == [
        ("users", "service.ts", 3, 2),
        ("get", "client.ts", 1, 4),
    ]
    assert (reach.site.file, reach.site.line) == ("client.ts", 2)


def test_the_inventory_does_not_depend_on_the_order_of_files() -> None:
    parts = ["await (await import('./b')).f();", "export const f = () => fetch('https://a.test/one');"]
    first = audited({"a.ts": parts[0], "b.ts": parts[1]})
    assert first.entries == audited({"b.ts": parts[1], "a.ts": parts[0]}).entries
    assert reached(first, "a.ts") == {("GET", "a.test", "/one"): (1, 1)}
