"""Objects behind a `Proxy`, whose traps give what sends a request."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

API = "https://a.test"
PROGRAMS = {
    "a function for each name": (
        f"const api = new Proxy({{}}, {{ get: (_target, name) => () => fetch(`{API}/${{name}}`) }}); api.users(); api.orders();",
        {"GET a.test/users": (1, 1), "GET a.test/orders": (1, 1)},
    ),
    "a method, taken out": (
        f"const api = new Proxy({{}}, {{ get(_, name) {{ return async (id) => {{ await fetch(`{API}/${{String(name)}}/${{id}}`); }}; }} }}); const {{ user }} = api; user('7');",
        {"GET a.test/user/7": (1, 1)},
    ),
    "traps of their own": (
        f"const traps = {{ get: (_, name) => () => fetch('{API}/' + name) }}; function client() {{ return new Proxy({{}}, traps); }} client().users();",
        {"GET a.test/users": (1, 1)},
    ),
    "a path that is called": (
        f"const at = (path) => new Proxy(() => {{}}, {{ get: (_, name) => at([...path, name]), apply: (_, __, args) => fetch('{API}/' + path.join('/') + '/' + args[0]) }}); at([]).users.items('7');",
        {"GET a.test/users/items/7": (1, 1)},
    ),
    "before a class": (
        f"class Api {{ load() {{ return fetch('{API}/x'); }} }} const api = new Proxy(new Api(), {{ set() {{ return true; }} }}); api.load();",
        {"GET a.test/x": (1, 1)},
    ),
    "handed on": (
        f"class Api {{ load() {{ return fetch('{API}/x'); }} }} const api = new Proxy(new Api(), {{ get: (target, name) => Reflect.get(target, name) }}); api.load();",
        {"GET a.test/x": (1, 1)},
    ),
    "of a client": (
        f"import axios from 'axios'; const api = new Proxy(axios.create({{ baseURL: '{API}' }}), {{ get(target, name) {{ const it = target[name]; return typeof it === 'function' ? (...args) => it.apply(target, args) : it; }} }}); api.get('/x');",
        {"GET a.test/x": (1, 1)},
    ),
    "a client behind a trap for other names": (
        f"import axios from 'axios'; const api = new Proxy(axios.create({{ baseURL: '{API}' }}), {{ get(target, name) {{ if (name === 'load') return () => target.get('/load'); return target[name]; }} }}); api.load(); api.post('/x');",
        {"GET a.test/load": (1, 1), "POST a.test/x": (1, 1)},
    ),
    "a client behind other traps": (
        f"import axios from 'axios'; const api = new Proxy(axios.create({{ baseURL: '{API}' }}), {{ set: () => true }}); const answer = await api.get('/x'); console.log(answer.data);",
        {"GET a.test/x": (1, 1)},
    ),
    "made when it is needed": (
        f"class Api {{ load() {{ return fetch('{API}/x'); }} }} let made; const api = new Proxy({{}}, {{ get(_, name) {{ made ??= new Api(); return made[name].bind(made); }} }}); api.load();",
        {"GET a.test/x": (1, 1)},
    ),
    "given by a constructor": (
        f"class Api {{ constructor(base) {{ this.base = base; return new Proxy(this, {{ get: (_, name) => () => fetch(`${{this.base}}/${{name}}`) }}); }} }} new Api('{API}').users();",
        {"GET a.test/users": (1, 1)},
    ),
}
NONE = {
    "nothing is called": f"const api = new Proxy({{}}, {{ get: (_, name) => () => fetch(`{API}/${{name}}`) }}); console.log(api);",
    "a class of the program": f"class Proxy {{ constructor(target, traps) {{ this.kept = traps; }} }} new Proxy({{}}, {{ get: () => () => fetch('{API}/x') }}).users?.();",
    "a trap that gives something else": "const api = new Proxy({ users: fetch }, { get: (_, name) => () => name }); api.users('https://a.test/x');",
}


@pytest.mark.parametrize("name", cases(PROGRAMS))
def test_what_a_trap_gives_is_called(name: str) -> None:
    source, expected = PROGRAMS[name]
    assert run(source) == expected


@pytest.mark.parametrize("name", cases(NONE))
def test_traps_do_nothing_by_themselves(name: str) -> None:
    assert run(NONE[name]) == {}


def test_a_trap_that_asks_itself_may_do_so_with_any_name() -> None:
    source = (
        f"const api = new Proxy({{}}, {{ get: (_, name) => fetch(`{API}/${{name}}`) }}); console.log(await api.users);"
    )
    assert run(source) == {"GET a.test/{}": (0, 1)}
