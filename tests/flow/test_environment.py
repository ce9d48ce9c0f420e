"""Environment variables and their fallbacks."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases, run

ONE = {"GET a.test/one": (1, 1)}

WITH_FALLBACK = {
    "or": "const B = process.env.API_URL || 'https://a.test'; await fetch(`${B}/one`);",
    "nullish": "const B = process.env.API_URL ?? 'https://a.test'; await fetch(B + '/one');",
    "ternary": "const B = process.env.API_URL ? process.env.API_URL : 'https://a.test'; await fetch(B + '/one');",
    "bracket": "const B = process.env['API_URL'] ?? 'https://a.test'; await fetch(B + '/one');",
    "destructured with default": "const { API_URL = 'https://a.test' } = process.env; await fetch(API_URL + '/one');",
    "two variables": "const B = process.env.API_URL || process.env.OTHER_URL || 'https://a.test'; await fetch(B + '/one');",
    "import.meta": "const B = import.meta.env.VITE_API_URL ?? 'https://a.test'; await fetch(B + '/one');",
    "default parameter": "const f = (b = process.env.API_URL ?? 'https://a.test') => fetch(b + '/one'); await f();",
    "default of a field": "class C { constructor(private b: string = process.env.API_URL ?? 'https://a.test') {}"
    " go() { return fetch(this.b + '/one'); } } await new C().go();",
    "helper": "const env = (k: string, d: string) => process.env[k] ?? d; await fetch(env('API_URL', 'https://a.test') + '/one');",
    "config object": "const config = { api: { url: process.env.API_URL || 'https://a.test' } }; await fetch(config.api.url + '/one');",
    "function": "function base() { return process.env.API_URL || 'https://a.test'; } await fetch(`${base()}/one`);",
    "function with if": "function base() { if (process.env.API_URL) return process.env.API_URL; return 'https://a.test'; }"
    " await fetch(`${base()}/one`);",
    "trimmed": "const B = (process.env.API_URL || 'https://a.test/').replace(/\\/+$/, ''); await fetch(`${B}/one`);",
    "looked at for its end": "const U = process.env.API_URL ?? 'https://a.test'; await fetch(U.endsWith('/one') ? U : `${U.replace(/\\/$/, '')}/one`);",
    "it has that end": "const U = process.env.API_URL ?? 'https://a.test/one'; await fetch(U.endsWith('/one') ? U : `${U}/one`);",
    "looked at for its scheme": "const U = process.env.API_URL ?? 'https://a.test'; const B = U.startsWith('http') ? U : 'https://' + U; await fetch(B + '/one');",
    "looked at for a part": "let u = process.env.API_URL ?? 'https://a.test'; if (!u.includes('/one')) u += '/one'; await fetch(u);",
    "looked at with a pattern": "let u = process.env.API_URL ?? 'https://a.test'; if (!/\\/one$/.test(u)) u += '/one'; await fetch(u);",
    "node:process": "import { env } from 'node:process'; const B = env.API_URL ?? 'https://a.test'; await fetch(B + '/one');",
    "as": "const B = (process.env.API_URL as string) || 'https://a.test'; await fetch(B + '/one');",
    "globalThis": "const B = globalThis.process.env.API_URL || 'https://a.test'; await fetch(B + '/one');",
}


@pytest.mark.parametrize("name", cases(WITH_FALLBACK))
def test_the_fallback_of_a_variable_is_its_host(name: str) -> None:
    assert run(WITH_FALLBACK[name]) == ONE


def test_the_variables_of_a_url_are_named() -> None:
    inventory = audited({"main.ts": "const B = process.env.API_URL || 'https://a.test'; await fetch(`${B}/one`);"})
    assert inventory.calls[0].env == ("API_URL",)


def test_a_literal_url_has_no_variable() -> None:
    assert audited({"main.ts": "process.env.API_URL; await fetch('https://a.test/one');"}).calls[0].env == ()


@pytest.mark.parametrize("spelling", ["process.env.API_URL", "process.env['API_URL']!", "`${process.env.API_URL}`"])
def test_a_variable_without_fallback_stands_for_its_host(spelling: str) -> None:
    assert run(f"await fetch({spelling} + '/one');") == {"GET env:API_URL/one": (1, 1)}


@pytest.mark.parametrize("file", [".env.example", ".env.sample", ".env.template"])
def test_an_example_file_gives_the_host(file: str) -> None:
    files = {file: "API_URL=https://a.test\n", "package.json": "{}"}
    assert run("await fetch(process.env.API_URL + '/one');", files) == ONE


def test_the_code_s_fallback_wins_over_nothing_but_its_own_variable() -> None:
    files = {".env.example": "OTHER_URL=https://b.test\n", "package.json": "{}"}
    assert run("await fetch((process.env.API_URL ?? 'https://a.test') + '/one');", files) == ONE


def test_a_secret_in_an_example_file_is_not_read() -> None:
    files = {
        ".env.example": "API_KEY=hunter2\n",
        "package.json": "{}",
        "main.ts": "await fetch(`https://a.test/${process.env.API_KEY}`);",
    }
    assert "hunter2" not in repr(audited(files))


def test_both_hosts_of_a_switch_by_environment_are_possible() -> None:
    source = "const B = process.env.NODE_ENV === 'production' ? 'https://a.test' : 'https://b.test'; await fetch(B + '/one');"
    (script,) = [item for item in audited({"main.ts": source}).entries if item.kind == "script"]
    (reach,) = script.reaches
    assert (reach.host, reach.other_hosts, reach.min, reach.max) == ("a.test", ("b.test",), 1, 1)


def test_a_host_for_development_is_not_the_first() -> None:
    source = "const B = process.env.DEV ? 'http://localhost:3000' : 'https://a.test'; await fetch(B + '/one');"
    (script,) = [item for item in audited({"main.ts": source}).entries if item.kind == "script"]
    assert [(reach.host, reach.other_hosts) for reach in script.reaches] == [("a.test", ("localhost:3000",))]


@pytest.mark.parametrize(
    ("default", "path"),
    [
        ("v1", "/api/v1/one"),
        ("public-data-feed", "/api/public-data-feed/one"),
        ("FE63YgkzcpVocxdCEyEYbvjYqEf2kb1A6daMYRxmejYC", "/api/{}/one"),
        ("9f86d081884c7d659a2feaa0c55ad015", "/api/{}/one"),
    ],
)
def test_an_identifier_by_default_is_still_a_variable(default: str, path: str) -> None:
    assert run(f"await fetch(`https://a.test/api/${{process.env.X || '{default}'}}/one`);") == {
        f"GET a.test{path}": (1, 1)
    }


def test_a_variable_without_a_default_is_looked_at_both_ways() -> None:
    source = "const u = process.env.API_URL!; await fetch(u.endsWith('/one') ? u : u + '/two');"
    assert run(source) == {"GET env:API_URL": (0, 1), "GET env:API_URL/two": (0, 1)}
