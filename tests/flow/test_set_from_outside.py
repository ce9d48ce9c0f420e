"""Properties that another module sets are one of several values to who reads them."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import Files, audited, cases

A, B = "https://a.test", "https://b.test"
ASK_TS = {"ask.ts": "import { config } from './s'; export const ask = () => fetch(config.url + '/one');"}
MAIN_TS = "import { config } from './s'; import { ask } from './ask'; {set} ask();"
ASK_JS = {"ask.js": "const s = require('./s'); exports.ask = () => fetch(s.url + '/one');"}
MAIN_JS = f"const s = require('./s'); const {{ ask }} = require('./ask'); s.url = '{B}'; ask();"

BOTH: dict[str, Files] = {
    "an object": {
        **ASK_TS,
        "main.ts": MAIN_TS.replace("{set}", f"config.url = '{B}';"),
        "s.ts": f"export const config = {{ url: '{A}' }};",
    },
    "an object, by a function": {
        **ASK_TS,
        "main.ts": MAIN_TS.replace("{set}", f"export function set() {{ config.url = '{B}'; }} set();"),
        "s.ts": f"export const config = {{ url: '{A}' }};",
    },
    "an object, where it has none": {
        **ASK_TS,
        "main.ts": MAIN_TS.replace("{set}", f"config.url ||= '{B}';"),
        "s.ts": f"export const config = {{ url: '{A}' }};",
    },
    "the default": {
        "ask.ts": "import config from './s'; export const ask = () => fetch(config.api.url + '/one');",
        "main.ts": f"import config from './s'; import {{ ask }} from './ask'; config.api.url = '{B}'; ask();",
        "s.ts": f"const config = {{ api: {{ url: '{A}' }} }}; export default config;",
    },
    "what a module exports": {**ASK_JS, "main.js": MAIN_JS, "s.js": f"exports.url = '{A}';"},
    "two parts of a module": {
        **ASK_JS,
        "main.js": MAIN_JS.replace("s.url =", "s.other = 'https://c.test'; s.url ="),
        "s.js": f"exports.url = '{A}'; exports.other = 'x';",
    },
    "a module that is an object": {**ASK_JS, "main.js": MAIN_JS, "s.js": f"module.exports = {{ url: '{A}' }};"},
    "a part of a module": {
        "ask.js": "const { config } = require('./s'); exports.ask = () => fetch(config.url + '/one');",
        "main.js": f"const {{ config }} = require('./s'); const {{ ask }} = require('./ask'); config.url = '{B}'; ask();",
        "s.js": f"exports.config = {{ url: '{A}' }};",
    },
    "an instance": {
        "main.ts": f"import {{ client }} from './s'; client.url = '{B}'; client.ask();",
        "s.ts": f"class C {{ url = '{A}'; ask() {{ return fetch(this.url + '/one'); }} }}\nexport const client = new C();",
    },
}
ONE: dict[str, Files] = {
    "a copy": {
        **ASK_TS,
        "main.ts": MAIN_TS.replace("{set}", f"const other = {{ ...config }}; other.url = '{B}';"),
        "s.ts": f"export const config = {{ url: '{A}' }};",
    },
    "another property": {
        **ASK_TS,
        "main.ts": MAIN_TS.replace("{set}", f"config.other = '{B}';"),
        "s.ts": f"export const config = {{ url: '{A}' }};",
    },
    "another part of a module": {
        **ASK_JS,
        "main.js": MAIN_JS.replace("s.url =", "s.other ="),
        "s.js": f"exports.url = '{A}'; exports.other = 'x';",
    },
    "an object of the same name": {
        **ASK_TS,
        "main.ts": f"import {{ ask }} from './ask'; const config = {{ url: 'x' }}; config.url = '{B}'; ask();",
        "s.ts": f"export const config = {{ url: '{A}' }};",
    },
}


def hosts(files: Files) -> set[str]:
    """The hosts of the only call."""
    (call,) = audited(files).calls
    return {url.host for url in call.urls} or {call.host}


@pytest.mark.parametrize(
    "name",
    cases(
        BOTH,
        {"an instance": "objects of classes would have to be followed twice; it is noted that there may be others"},
    ),
)
def test_both_values_are_told(name: str) -> None:
    assert hosts(BOTH[name]) == {"a.test", "b.test"}


def test_what_is_put_behind_a_value_is_not_lost() -> None:
    set_ = MAIN_TS.replace("{set}", "config.url += '/v2';")
    (call,) = audited({**ASK_TS, "main.ts": set_, "s.ts": f"export const config = {{ url: '{A}' }};"}).calls
    assert {(url.host, url.path) for url in call.urls} == {("a.test", "/one"), ("", "/v2/one")}


@pytest.mark.parametrize("name", cases(ONE))
def test_what_is_set_elsewhere_is_no_value(name: str) -> None:
    assert hosts(ONE[name]) == {"a.test"}
