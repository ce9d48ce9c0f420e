"""What names the host may be set to something that is not known: the known host is shown, and others are said to be."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import Files, audited, cases

KNOWN = "https://a.test"
OTHERS: dict[str, Files] = {
    "a property on some ways": {
        "main.ts": f"const s = {{ url: '{KNOWN}' }}; if (process.argv[3]) s.url = process.argv[2]; await fetch(s.url + '/one');",
    },
    "a property on the other way": {
        "main.ts": f"const s = {{ url: '' }}; if (process.argv[3]) {{ s.url = '{KNOWN}'; }} else {{ s.url = process.argv[2]; }} await fetch(`${{s.url}}/one`);",
    },
    "a property in a function": {
        "main.ts": f"async function f(o) {{ const s = {{ url: '' }}; if (o) {{ s.url = '{KNOWN}'; }} else {{ s.url = process.argv[2]; }} await fetch(`${{s.url}}/one`); }} await f(process.argv[3]);",
    },
    "a property, by a function that others call": {
        "main.ts": f"const s = {{ url: '{KNOWN}' }}; export function set(to) {{ s.url = to; }} await fetch(s.url + '/one');",
    },
    "a variable": {
        "main.ts": f"let url = '{KNOWN}'; if (process.argv[3]) url = process.argv[2]; async function f() {{ await fetch(url + '/one'); }} await f();",
    },
    "a field, by another module": {
        "main.ts": "import { client } from './s'; client.url = process.argv[2]; await client.ask();",
        "s.ts": f"class C {{ url = '{KNOWN}'; ask() {{ return fetch(this.url + '/one'); }} }}\nexport const client = new C();",
    },
    "a field that a constructor sets in its body, by another module": {
        "main.ts": "import { client } from './s'; client.url = process.env.URL; await client.ask();",
        "s.ts": f"class C {{ constructor(at) {{ this.url = at; }} ask() {{ return fetch(this.url + '/one'); }} }}\nexport const client = new C('{KNOWN}');",
    },
    "a field that a constructor sets, by another module": {
        "main.ts": "import { client } from './s'; client.url = process.env.URL; await client.ask();",
        "s.ts": f"class C {{ constructor(private url) {{}} ask() {{ return fetch(this.url + '/one'); }} }}\nexport const client = new C('{KNOWN}');",
    },
}  # fmt: skip
NO_OTHERS: dict[str, Files] = {
    "a default": {"main.ts": f"const s = {{ url: process.argv[2] || '{KNOWN}' }}; await fetch(s.url + '/one');"},
    "a default that is set": {
        "main.ts": f"const s = {{ url: '' }}; s.url = process.argv[2] || '{KNOWN}'; await fetch(s.url + '/one');"
    },
    "a default of a variable of the environment": {
        "main.ts": f"const s = {{ url: '' }}; s.url = process.env.URL || '{KNOWN}'; await fetch(s.url + '/one');"
    },
    "set to what is known after that": {
        "main.ts": f"const s = {{ url: '' }}; s.url = process.argv[2]; s.url = '{KNOWN}'; await fetch(s.url + '/one');"
    },
    "another property": {
        "main.ts": f"const s = {{ url: '{KNOWN}' }}; if (process.argv[3]) s.key = process.argv[2]; await fetch(s.url + '/one');"
    },
    "a field that is no URL, where its constructor gives one to a field of another object": {
        "main.ts": "import { client } from './s'; client.key = process.argv[2]; await client.ask();",
        "s.ts": f"class C {{ key = ''; constructor(log) {{ log.key = '{KNOWN}'; }} ask() {{ return fetch('{KNOWN}/one'); }} }}\nexport const client = new C({{}});",
    },
    "a field that is no URL, by another module": {
        "main.ts": "import { client } from './s'; client.key = process.argv[2]; await client.ask();",
        "s.ts": f"class C {{ url = '{KNOWN}'; key = ''; ask() {{ return fetch(this.url + '/one'); }} }}\nexport const client = new C();",
    },
}


@pytest.mark.parametrize("name", cases(OTHERS))
def test_the_known_host_is_shown_and_others_are_said_to_be(name: str) -> None:
    inventory = audited(OTHERS[name])
    assert [(call.host, call.path) for call in inventory.calls] == [("a.test", "/one")]
    (unknown,) = inventory.unknowns
    assert "another" in unknown.why or "set here" in unknown.why


@pytest.mark.parametrize("name", cases(NO_OTHERS))
def test_where_the_host_is_known_or_a_default_nothing_is_said(name: str) -> None:
    inventory = audited(NO_OTHERS[name])
    assert [(call.host, call.path) for call in inventory.calls] == [("a.test", "/one")]
    assert not inventory.unknowns
