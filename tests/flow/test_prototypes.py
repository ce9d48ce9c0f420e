"""Functions that are used as constructors, and what is put into their prototypes; other names for an object itself."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Bounds, audited, run, unresolved

HEAD = "import axios from 'axios'; import util from 'util'; import inherits from 'inherits'; import _ from 'lodash';\n"
MADE = "axios.create({ baseURL: 'https://a.test' })"
ONE: dict[str, Bounds] = {"GET a.test/x": (1, 1)}
CONSTRUCTORS = {
    "declared": f"function F(given) {{ this.c = {MADE}; }}",
    "in a variable": f"const F = function (given) {{ this.c = {MADE}; }};",
    "in a variable that is exported": f"const F = module.exports = function F(given) {{ this.c = {MADE}; }};",
    "by another name for the object": f"function F(given) {{ var self = this; self.c = {MADE}; }}",
    "by merging": f"function F(given) {{ const c = {MADE}; Object.assign(this, {{ c }}); }}",
    "with or without new": f"function F(given) {{ if (!(this instanceof F)) return new F(given); this.c = {MADE}; }}",
}
FILLED = {
    "one by one": "F.prototype.m = function () { return this.c.get('/x'); };",
    "as a whole": "F.prototype = { constructor: F, m() { return this.c.get('/x'); } };",
    "as a whole, with functions": "F.prototype = { m: function () { return this.c.get('/x'); } };",
    "Object.assign": "Object.assign(F.prototype, { m() { return this.c.get('/x'); } });",
    "assign of lodash": "_.assign(F.prototype, { m: function () { return this.c.get('/x'); } });",
    "extend of lodash": "_.extend(F.prototype, { o: 1 }, { m: function () { return this.c.get('/x'); } });",
    "by another name": "const proto = F.prototype; proto.m = function () { return this.c.get('/x'); };",
    "through another method": "F.prototype.m = function () { return this.n(); }; F.prototype.n = function () { const self = this; return self.c.get('/x'); };",
}


@pytest.mark.parametrize("filled", FILLED)
@pytest.mark.parametrize("constructor", CONSTRUCTORS)
def test_a_method_of_a_prototype(constructor: str, filled: str) -> None:
    program = f"{HEAD}{CONSTRUCTORS[constructor]} {FILLED[filled]}"
    assert run(f"{program} await new F({{}}).m();") == ONE
    assert run(f"{program} new F({{}});") == {}


def test_it_is_another_module_that_calls_it() -> None:
    files = {
        "f.js": f"const axios = require('axios'); {CONSTRUCTORS['declared']} {FILLED['one by one']} exports.F = F;"
    }
    assert run("const made = require('./f'); await new made.F().m();", files) == ONE
    assert run("import { F } from './f'; const f = new F(); await f.m();", files) == ONE


def test_it_is_inside_a_function() -> None:
    inside = f"const F = (function () {{ {CONSTRUCTORS['declared']} {FILLED['one by one']} return F; }})();"
    assert run(f"{HEAD}{inside} await new F().m();") == ONE


def test_it_is_called_without_new() -> None:
    program = f"{HEAD}{CONSTRUCTORS['with or without new']} {FILLED['one by one']}"
    assert run(f"{program} await F({{}}).m();") == ONE


BASES = {
    "util.inherits": "util.inherits(F, Base);",
    "inherits": "inherits(F, Base);",
    "Object.create": "F.prototype = Object.create(Base.prototype); F.prototype.constructor = F;",
    "an object of the base": "F.prototype = new Base();",
    "Object.setPrototypeOf": "Object.setPrototypeOf(F.prototype, Base.prototype);",
}
BASE = "function Base(given) { this.base = given.base; } Base.prototype.m = function (path) { return fetch(this.base + path); };"


@pytest.mark.parametrize("how", BASES)
def test_the_base_of_a_function(how: str) -> None:
    program = f"{HEAD}{BASE} function F(given) {{ Base.call(this, given); this.own = 1; }} {BASES[how]}"
    made = "new F({ base: 'https://a.test' })"
    assert run(f"{program} await {made}.m('/x');") == ONE
    own = "F.prototype.m = function (path) { return Base.prototype.m.call(this, path); };"
    assert run(f"{program} {own} await {made}.m('/x');") == ONE
    hidden = "F.prototype.m = function (path) { return path; };"
    assert run(f"{program} {hidden} await {made}.m('/x');") == {}


def test_methods_under_names_that_are_computed_may_be_meant() -> None:
    program = (
        "function F() {} F.prototype.send = function (method) { return fetch('https://a.test/x', { method }); };"
        " ['get', 'post'].forEach(function (name) { F.prototype[name] = function () { return this.send(name); }; });"
    )
    assert set(run(f"{program} await new F().get();").values()) == {(0, 1)}
    assert not audited({"main.ts": f"{program} await new F().get();"}).calls[0].dead
    assert run(f"{program} new F();") == {}


@pytest.mark.parametrize(
    "program",
    [
        "function F() {} F.prototype.a = function () {}; if (process.env.X) Object.assign(F.prototype, { m() { return fetch('https://a.test/x'); } });",
        "function F() {} Object.assign(F.prototype, new function () { this.m = function () { return fetch('https://a.test/x'); }; });",
    ],
)
def test_what_is_put_in_elsewhere_is_not_known(program: str) -> None:
    inventory = audited({"main.ts": f"{program} await new F().m();"})
    assert [call.dead for call in inventory.calls] == [False]
    assert any("not known" in why for why in unresolved(inventory))


def test_an_object_without_a_method_of_the_name_asks_for_nothing() -> None:
    inventory = audited({"main.ts": f"{HEAD}{CONSTRUCTORS['declared']} {FILLED['one by one']} new F({{}}).other();"})
    assert [call.dead for call in inventory.calls] == [True]


SET_LATER = {
    "self": f"const self = this; self.c = {MADE};",
    "a variable": f"var me = this; me.c = {MADE};",
    "Object.assign": f"Object.assign(this, {{ c: {MADE}, d: 1 }});",
    "extend": f"const c = {MADE}; _.extend(this, {{ c }});",
}


@pytest.mark.parametrize("name", ["constructor", "init"])
@pytest.mark.parametrize("how", SET_LATER)
def test_a_field_that_is_set_by_another_name(name: str, how: str) -> None:
    cls = f"class S {{ {name}() {{ {SET_LATER[how]} }} one() {{ return this.c.get('/x'); }} }}"
    begin = "" if name == "constructor" else "s.init();"
    assert run(f"{HEAD}{cls} const s = new S(); {begin} await s.one();") == ONE


@pytest.mark.parametrize("how", ["const self = given; self.c = made;", "Object.assign(given, { c: made });"])
def test_a_field_of_another_object_is_none_of_this(how: str) -> None:
    cls = f"class S {{ constructor(given) {{ const made = {MADE}; {how} }} one() {{ return this.c.get('/x'); }} }}"
    assert run(f"{HEAD}{cls} await new S({{}}).one();") == {}
