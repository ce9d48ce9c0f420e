"""Objects, maps and arrays that are filled after they were made, and what is then taken out of them."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases, run

SERVER = (
    "import axios from 'axios'; class Api { constructor(private url: string, private client?: typeof axios) {}"
    " one() { return this.client!.get(this.url + '/one'); } } const id = process.argv[2]; "
)

FILLED = {
    "object, forEach": "const nets = [{ id: 1, url: 'https://a.test' }, { id: 2, url: 'https://b.test' }]; const m: Record<string, Api> = {};"
    " nets.forEach(n => { m[n.id] = new Api(n.url, axios); }); await m[id].one();",
    "object, for of": "const nets = [{ id: 1, url: 'https://a.test' }, { id: 2, url: 'https://b.test' }]; const m: { [key: string]: Api } = {};"
    " for (const n of nets) m[n.id] = new Api(n.url, axios); await m[id].one();",
    "object, destructured item": "const nets = [{ id: 1, url: 'https://a.test' }, { id: 2, url: 'https://b.test' }]; const m = {};"
    " for (const { id, url } of nets) { const api = new Api(url, axios); m[id] = api; } await m[id].one();",
    "object in a function": "async function main() { const m = {}; ['https://a.test', 'https://b.test'].forEach(u => { m[u] = new Api(u, axios); });"
    " await m[id].one(); } await main();",
    "map": "const m = new Map<string, Api>(); for (const u of ['https://a.test', 'https://b.test']) m.set(u, new Api(u, axios));"
    " await m.get(id)!.one();",
    "map of entries": "const m = new Map(); for (const [k, u] of Object.entries({ a: 'https://a.test', b: 'https://b.test' })) m.set(k, new Api(u, axios));"
    " await m.get(id).one();",
    "field": "class Pool { private m: Record<string, Api> = {}; constructor() { ['https://a.test', 'https://b.test'].forEach(u => { this.m[u] = new Api(u, axios); }); }"
    " one(i: string) { return this.m[i].one(); } } await new Pool().one(id);",
    "field set in the constructor, filled by a method": "class Pool { m; constructor() { this.m = new Map(); this.fill(); }"
    " fill() { for (const u of ['https://a.test', 'https://b.test']) this.m.set(u, new Api(u, axios)); }"
    " one(i: string) { return this.m.get(i).one(); } } await new Pool().one(id);",
    "handed on": "class Http { m: { [key: string]: Api }; constructor(deps) { this.m = deps.m; } one(i = '31') { return this.m[i].one(); } }"
    " async function main() { const m: { [key: string]: Api } = {}; ['https://a.test', 'https://b.test'].forEach(u => { m[u] = new Api(u, axios); });"
    " await new Http({ m }).one(id); } await main();",
}


@pytest.mark.parametrize("name", cases(FILLED))
def test_what_is_taken_out_is_what_was_put_in(name: str) -> None:
    inventory = audited({"main.ts": SERVER + FILLED[name]})
    (script,) = [item for item in inventory.entries if item.kind == "script"]
    assert {host for reach in script.reaches for host in (reach.host, *reach.other_hosts)} == {"a.test", "b.test"}
    assert sum(reach.max or 0 for reach in script.reaches) in (1, 2)
    assert script.calls_max == 1


PUSHED = "list.push(new Api('https://a.test', axios));"


def test_items_that_were_pushed() -> None:
    each = "for (const api of list) await api.one();"
    made = "const list: Api[] = [];"
    assert run(SERVER + f"{made} {PUSHED} {each}") == {"GET a.test/one": (1, 1)}  # nobody else has the list
    assert run(SERVER + f"{made} function add() {{ {PUSHED} }} add(); {each}") == {"GET a.test/one": (0, None)}
    assert run(SERVER + f"export {made} {PUSHED} {each}") == {"GET a.test/one": (0, None)}


KNOWN = {
    "object": "const m = {}; const k = 'a'; m[k] = new Api('https://a.test', axios); m['b'] = new Api('https://b.test', axios); await m[k].one();",
    "map": "const m = new Map(); m.set('a', new Api('https://a.test', axios)); m.set('b', new Api('https://b.test', axios)); await m.get('a').one();",
}


@pytest.mark.parametrize("name", cases(KNOWN))
def test_a_known_key_gives_its_own_item(name: str) -> None:
    assert run(SERVER + KNOWN[name]) == {"GET a.test/one": (1, 1)}


MAY_BE_EMPTY = {
    "object": "const m = {}; export async function load(k) { if (!m[k]) { const r = await fetch('https://a.test/one'); m[k] = { r }; } return m[k]; } await load(id);",
    "map": "const m = new Map(); async function load(k) { if (!m.has(k)) m.set(k, await fetch('https://a.test/one')); return m.get(k); } await load(id);",
    "map asked first": "const m = new Map(); async function load(k) { const hit = m.get(k); if (hit) return hit; const r = await fetch('https://a.test/one');"
    " m.set(k, { r }); return r; } await load(id);",
    "field that is set when it is asked for": "class C { found: { r: any }; async load() { if (this.found != null) return this.found; const r = await fetch('https://a.test/one');"
    " this.found = { r }; return this.found; } } await new C().load();",
    "object that is made when it is asked for": "class A { constructor() { fetch('https://a.test/one'); } } class C { a: A; get() { if (!this.a) this.a = new A(); return this.a; } } new C().get();",
    "known key": "const m = new Map(); async function load() { const hit = m.get('x'); if (hit) return hit; const r = await fetch('https://a.test/one');"
    " m.set('x', { r }); return r; } await load();",
}


@pytest.mark.parametrize("name", cases(MAY_BE_EMPTY))
def test_a_store_that_is_filled_later_may_be_empty_now(name: str) -> None:
    assert run("const id = process.argv[2]; " + MAY_BE_EMPTY[name]) == {"GET a.test/one": (0, 1)}


def test_what_another_object_of_that_name_is_filled_with_stays_there() -> None:
    source = (
        "function other() { const m = {}; m[id] = new Api('https://b.test', axios); return m; } other();"
        " const m = {}; m[id] = new Api('https://a.test', axios); await m[id].one();"
    )
    assert run(SERVER + source) == {"GET a.test/one": (1, 1)}


PROPERTIES = {
    "pushed in a function": "async function ids() { const found = { list: [], other: 1 }; (await rows()).forEach(r => { found.list.push(r.id); }); return found; }"
    " const { list } = await ids(); for (const i of list) await fetch(`https://a.test/${i}/one`);",
    "set under a key": "async function ids() { const found = { byId: {} }; for (const r of await rows()) found.byId[r.id] = r; return found; }"
    " const found = await ids(); for (const i of Object.keys(found.byId)) await fetch(`https://a.test/${i}/one`);",
}


@pytest.mark.parametrize("name", cases(PROPERTIES))
def test_a_list_in_a_property_may_be_filled(name: str) -> None:
    assert run("import { rows } from 'rows'; " + PROPERTIES[name]) == {"GET a.test/{}/one": (0, None)}


def test_a_list_in_a_property_that_nobody_fills_is_what_it_is() -> None:
    assert run("const found = { list: [] }; for (const i of found.list) await fetch(`https://a.test/${i}/one`);") == {}


def test_a_flag_that_an_unknown_object_may_set_is_not_decided() -> None:
    assert run(
        """
        const flags = Object.assign({ beta: false, on: true }, window["settings"] || {});
        if (flags.beta) fetch("https://a.test/beta");
        if (!flags.on) fetch("https://a.test/off");
        const known = Object.assign({ beta: false }, { other: 1 }, undefined);
        if (known.beta) fetch("https://a.test/never");
        """
    ) == {"GET a.test/beta": (0, 1), "GET a.test/off": (0, 1)}


HANDLERS = {
    "a function in place": "async function begin(id: string) { pending.set(id, async () => { await fetch('https://a.test/token'); }); }",
    "in a promise": "async function begin(id: string) { await new Promise((done) => { pending.set(id, async () => { await fetch('https://a.test/token'); done(1); }); }); }",
    "a method": "class Login { begin(id: string) { pending.set(id, this.visit.bind(this)); } async visit() { await fetch('https://a.test/token'); } } const begin = (id: string) => new Login().begin(id);",
    "what a method gives": "class Login { begin(id: string) { return new Promise((done) => { pending.set(id, this.visit(done)); }); }"
    " private visit = (done: any) => async () => { await this.token(); done(1); }; private token() { return fetch('https://a.test/token'); } } const begin = (id: string) => new Login().begin(id);",
}


@pytest.mark.parametrize("name", cases(HANDLERS))
def test_a_handler_that_waits_in_a_map_runs_where_it_is_taken_out(name: str) -> None:
    server = """
        import express from 'express';
        const app = express();
        const pending = new Map<string, (req: any, res: any) => void>();
        app.get('/:id', (req, res) => { const handler = pending.get(req.params.id); if (handler) { handler(req, res); return; } res.end(); });
        app.post('/login', async (req, res) => { await begin(req.body.id); res.end(); });
    """
    found = audited({"main.ts": server + HANDLERS[name]})
    (route,) = [one for one in found.entries if one.name == "GET /:id"]
    assert [(reach.path, reach.min, reach.max) for reach in route.reaches] == [("/token", 0, 1)]


LOAD = "const load = (path: string) => () => fetch(`https://a.test/${path}`);\n"
LISTENER = "class Listener { constructor(public key: string, public load: () => Promise<unknown>) {} }\n"
LOOPS = {
    "the same names": """
        class Loop {
          private listeners: Set<Listener>;
          private load: () => Promise<unknown>;
          constructor(load) { this.load = load; this.listeners = new Set(); }
          refresh = async () => { const data = await this.load(); return data; };
          add(one) { this.listeners.add(one); this.refresh(); }
        }
        class Loops {
          loops = new Map();
          add(one) {
            if (!this.loops.has(one.key)) { this.loops.set(one.key, new Loop(one.load)); }
            this.loops.get(one.key).add(one);
          }
        }
        const all = new Loops();
        export function listen(key, load) { all.add(new Listener(key, load)); }
        """,
    "a map of the module": """
        class Loop { constructor(public load) {} start() { return this.load(); } }
        const loops = new Map();
        export function listen(key, load) {
          const one = new Listener(key, load);
          if (!loops.has(one.key)) loops.set(one.key, new Loop(one.load));
          return loops.get(one.key).start();
        }
        """,
}


@pytest.mark.parametrize("name", cases(LOOPS))
def test_what_is_taken_out_under_the_key_under_which_it_was_made(name: str) -> None:
    files = {"loops.ts": LISTENER + LOOPS[name], "load.ts": f"export {LOAD}"}
    imports = "import { listen } from './loops';\nimport { load } from './load';\n"
    assert run(imports + "listen('a', load('one'));", files) == {"GET a.test/one": (1, 1)}
    both = run(imports + "listen('a', load('one'));\nlisten('b', load('two'));", files)
    assert both == {"GET a.test/one": (1, 1), "GET a.test/two": (1, 1)}


def test_an_arrow_function_of_a_class_uses_what_the_object_was_made_with() -> None:
    made = "class Loop { constructor(private load) {} refresh = async () => { await this.load(); }; }\n"
    assert run(LOAD + made + "new Loop(load('one')).refresh();") == {"GET a.test/one": (1, 1)}
    assert run(LOAD + made + "const loop = new Loop(load('one')); setTimeout(loop.refresh, 10);") == {
        "GET a.test/one": (1, 1)
    }
    assert run(LOAD + made + "new Loop(load('one'));") == {}
