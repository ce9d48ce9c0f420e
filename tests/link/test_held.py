"""Fields and variables that functions set to a client may reach the network, however it comes to them."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import run

MADE = "axios.create({ baseURL: 'https://a.test' })"
HEAD = (
    "import axios from 'axios'; import { made, begin } from './made'; const load = () => fetch('https://a.test/x');\n"
)
OTHER = {
    "made.ts": f"import axios from 'axios'; export const made = {MADE}; export function begin() {{ return {MADE}; }}"
}
SET = {
    "at once": f"this.c = {MADE};",
    "by a constant": f"const own = {MADE}; this.c = own;",
    "by a variable": f"let own; own = {MADE}; this.c = own;",
    "on a condition": f"this.c = given ? null : {MADE};",
    "if it is not given": f"this.c = given ?? {MADE};",
    "a client of another module": "this.c = made;",
    "by a function": "this.c = begin();",
    "wrapped": f"const own = {MADE}; this.c = Object.freeze(own);",
}


@pytest.mark.parametrize("how", SET)
def test_a_field_that_is_set_to_a_client(how: str) -> None:
    source = f"class S {{ constructor(given) {{ {SET[how]} }} one() {{ return this.c.get('/x'); }} }}"
    assert run(f"{HEAD}{source} await new S().one();", OTHER) == {"GET a.test/x": (1, 1)}


@pytest.mark.parametrize("how", ["at once", "by a constant", "wrapped"])
@pytest.mark.parametrize("made", ["class", "object"])
def test_a_client_of_a_package_that_is_required(how: str, made: str) -> None:
    program = f"class S {{ constructor(given) {{ {SET[how]} }} one() {{ return this.c.get('/x'); }} }}"
    files = {"one.js": f"const axios = require('axios'); {program} module.exports = {{ S }};"}
    files["two.js"] = files["one.js"].replace("require('axios')", "require('./axios')")
    files["axios.js"] = "module.exports = { create() { return new Map(); } };"
    make = "const { S } = require('./one');" if made == "class" else "const all = require('./one'); const S = all.S;"
    assert run(f"{make} await new S().one();", files) == {"GET a.test/x": (1, 1)}
    assert run(f"{make.replace('one', 'two')} await new S().one();", files) == {}


@pytest.mark.parametrize("what", ["load", "() => load()", "given ?? load"])
def test_a_field_that_is_set_to_a_function(what: str) -> None:
    source = f"class S {{ constructor(given) {{ this.again = {what}; }} one() {{ return this.again(); }} }}"
    assert run(f"{HEAD}{source} await new S().one();", OTHER) == {"GET a.test/x": (1, 1)}


@pytest.mark.parametrize("value", [MADE, "made", "begin()"])
@pytest.mark.parametrize(
    "program",
    [
        "let c; function init() { c = VALUE; } async function one() { await c.get('/x'); } init(); await one();",
        "let c; function init() { const own = VALUE; c = own; } async function one() { await c.get('/x'); } init(); await one();",
        "const all = {}; function init() { all.c = VALUE; } async function one() { await all.c.get('/x'); } init(); await one();",
    ],
)
def test_a_variable_of_the_module_that_a_function_sets(program: str, value: str) -> None:
    assert run(HEAD + program.replace("VALUE", value), OTHER) == {"GET a.test/x": (1, 1)}


@pytest.mark.parametrize("value", ["new Map()", "given", "{ get: (path) => path }", "(await made.get('/y')).data"])
def test_what_is_no_client_asks_nothing(value: str) -> None:
    source = f"class S {{ async init(given) {{ this.c = {value}; }} one() {{ return this.c.get('/x'); }} }}"
    found = run(f"{HEAD}{source} const s = new S(); await s.init(new Map()); await s.one();", OTHER)
    assert "GET a.test/x" not in found


def test_a_function_without_a_name_that_is_handed_a_client() -> None:
    files = {"ask.ts": "import type { AxiosInstance } from 'axios'; export default (c: AxiosInstance) => c.get('/x');"}
    source = f"import axios from 'axios'; import ask from './ask'; await ask({MADE});"
    assert run(source, files) == {"GET a.test/x": (1, 1)}


@pytest.mark.parametrize("name", ["load", "#load"])
def test_a_method_that_is_handed_a_client(name: str) -> None:
    """The name of a private method is none of a function by number."""
    source = (
        "import axios, { type AxiosInstance } from 'axios';\n"
        f"class S {{ NAME(c: AxiosInstance) {{ return c.get('/x'); }} ask() {{ return this.NAME({MADE}); }} }}\n"
        "await new S().ask();"
    )
    assert run(source.replace("NAME", name)) == {"GET a.test/x": (1, 1)}


LATER = {
    "made at once": f"return {MADE};",
    "made before": f"const own = {MADE}; await null; return own;",
    "made on a condition": f"return given ? {MADE} : null;",
}
WAITED_FOR = {
    "by a function": "async function later(given) { HOW } class S { async init() { this.c = await later(1); } REST }",
    "by an arrow": "const later = async (given) => { HOW }; class S { async init() { this.c = await later(1); } REST }",
    "by a method": "class S { async later(given) { HOW } async init() { this.c = await this.later(1); } REST }",
    "by a function that waits for another": "async function made(given) { HOW } async function later() { return await made(1); }"
    " class S { async init() { const own = await later(); this.c = own; } REST }",
}
ASK = "one() { return this.c.get('/x'); }"


@pytest.mark.parametrize("how", LATER)
@pytest.mark.parametrize("who", WAITED_FOR)
def test_a_field_that_is_set_to_a_client_that_was_waited_for(who: str, how: str) -> None:
    source = WAITED_FOR[who].replace("HOW", LATER[how]).replace("REST", ASK)
    assert run(f"{HEAD}{source} const s = new S(); await s.init(); await s.one();", OTHER) == {"GET a.test/x": (1, 1)}


def test_a_field_that_is_set_to_a_function_that_was_waited_for() -> None:
    source = "async function later() { return () => load(); } class S { async init() { this.c = await later(); } one() { return this.c(); } }"
    assert run(f"{HEAD}{source} const s = new S(); await s.init(); await s.one();", OTHER) == {"GET a.test/x": (0, 1)}


@pytest.mark.parametrize("how", ["return (await axios.get('https://a.test/y')).data;", "return new Map();"])
@pytest.mark.parametrize("who", WAITED_FOR)
def test_an_answer_that_was_waited_for_is_no_client(who: str, how: str) -> None:
    source = WAITED_FOR[who].replace("HOW", how).replace("REST", ASK)
    assert "GET a.test/x" not in run(f"{HEAD}{source} const s = new S(); await s.init(); await s.one();", OTHER)
