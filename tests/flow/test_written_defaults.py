"""Variables of the environment that only some places give a default; hosts of which a part is known."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, entry

WITH = {
    "??": "const url = process.env.API_URL ?? 'https://api.test';",
    "||": "const url = process.env['API_URL'] || 'https://api.test';",
    "a pattern": "const { API_URL: url = 'https://api.test' } = process.env;",
    "a test": "const url = process.env.API_URL ? process.env.API_URL : 'https://api.test';",
    "a test, and what is cut off": "const url = process.env.API_URL ? process.env.API_URL.replace(/\\/$/, '') : 'https://api.test';",
}
WITHOUT = (
    "await fetch(`${process.env.API_URL}/one`);",
    "const { API_URL } = process.env;\nawait fetch(API_URL + '/one');",
)


@pytest.mark.parametrize("name", WITH)
@pytest.mark.parametrize("source", WITHOUT)
def test_a_default_elsewhere_names_the_server(name: str, source: str) -> None:
    files = {"package.json": "{}", "a.ts": WITH[name] + "\nawait fetch(`${url}/one`);", "b.ts": source}
    inventory = audited(files)
    hosts = {one.host for item in ("a.ts", "b.ts") for one in entry(inventory, item).reaches}
    assert hosts == {"api.test"}


OTHERS = {
    "none": "await fetch(`${process.env.API_URL}/two`);",
    "two that differ": "await fetch(`${process.env.API_URL ?? 'https://a.test'}/one`);\nawait fetch(`${process.env.API_URL ?? 'https://b.test'}/one`);",
    "no URL": "console.log(process.env.API_URL ?? 'none');",
    "of another variable": "await fetch(`${process.env.OTHER_URL ?? 'https://a.test'}/one`);",
    "of an address that it is a part of": "await fetch(`${process.env.API_URL ? `https://${process.env.API_URL}` : 'https://a.test'}/one`);",
    "of something else that it chooses": "await fetch(`${process.env.API_URL ? 'https://b.test' : 'https://a.test'}/one`);",
    "computed": "await fetch(`${process.env.API_URL ?? pick()}/one`);",
}


@pytest.mark.parametrize("name", OTHERS)
def test_variables_without_one_default(name: str) -> None:
    inventory = audited({"package.json": "{}", "a.ts": OTHERS[name], "b.ts": WITHOUT[0]})
    assert [one.host for one in entry(inventory, "b.ts").reaches] == ["env:API_URL"]


def test_a_default_elsewhere_decides_no_test() -> None:
    source = (
        "if (process.env.API_URL) { await fetch('https://a.test/one'); } else { await fetch('https://b.test/two'); }"
    )
    inventory = audited({"package.json": "{}", "a.ts": WITH["??"], "b.ts": source})
    assert [(one.host, one.min) for one in entry(inventory, "b.ts").reaches] == [("a.test", 0), ("b.test", 0)]


HOSTS = {
    "brackets": ("await fetch(`https://[${address}]/one`);", ""),
    "brackets or not": (
        "const host = name.includes(':') ? `[${name}]` : name;\nawait fetch(`https://${host}/one`);",
        "",
    ),
    "a domain": ("await fetch(`https://${region}.api.test/one`);", "{region}.api.test"),
    "a domain with a port": ("await fetch(`https://${region}.api.test:8080/one`);", "{region}.api.test:8080"),
    "no domain": ("await fetch(`https://${name}.${domain}/one`);", ""),
    "a top level": ("await fetch(`https://${name}.test/one`);", ""),
}


@pytest.mark.parametrize("name", HOSTS)
def test_hosts_that_vary(name: str) -> None:
    source, host = HOSTS[name]
    (call,) = audited({"package.json": "{}", "main.ts": source}).calls
    assert (call.host, call.path) == (host, "/one")


NAMED = {
    "a template": "const base = process.env.APP_HOST ? `https://${process.env.APP_HOST}` : 'http://localhost:3000';",
    "a sum": "const base = process.env.APP_HOST ? 'https://' + process.env.APP_HOST : 'http://localhost:3000';",
}


@pytest.mark.parametrize("name", NAMED)
def test_a_host_in_a_variable_is_none_of_the_schemes(name: str) -> None:
    inventory = audited({"package.json": "{}", "a.ts": NAMED[name] + "\nawait fetch(`${base}/one`);"})
    (reach,) = entry(inventory, "a.ts").reaches
    assert (reach.host, reach.path, reach.other_hosts) == ("env:APP_HOST", "/one", ("localhost:3000",))


BASES = {
    "or one of two": "process.env.API ?? (process.env.NET === 'main' ? 'https://api.a.io/v1' : 'https://test.a.io/v1')",
    "or else one of two": "process.env.API || (process.env.NET === 'main' ? 'https://api.a.io/v1' : 'https://test.a.io/v1')",
}


@pytest.mark.parametrize("name", BASES)
def test_a_variable_that_names_the_whole_base_is_no_request_of_its_own(name: str) -> None:
    source = f"const base = {BASES[name]};\nawait fetch(`${{base}}/one`);"
    inventory = audited({"package.json": "{}", "a.ts": source})
    (reach,) = entry(inventory, "a.ts").reaches
    assert (reach.host, reach.path, reach.min, reach.max) == ("api.a.io", "/v1/one", 1, 1)
    assert set(reach.other_hosts) == {"test.a.io", "env:API"}
    assert [call.env for call in inventory.calls] == [("API",)]


def test_a_variable_below_which_something_else_is_asked_is_another_request() -> None:
    source = "const url = process.env.API ? `${process.env.API}/two` : 'https://api.a.io/v1/one';\nawait fetch(url);"
    inventory = audited({"package.json": "{}", "a.ts": source})
    assert {(one.host, one.path, one.min) for one in entry(inventory, "a.ts").reaches} == {
        ("api.a.io", "/v1/one", 0),
        ("env:API", "/two", 0),
    }


def test_of_hosts_that_may_be_set_the_one_that_is_known_comes_first() -> None:
    base = "process.env.A ?? (process.env.NET === 'main' ? 'https://api.exchange.io' : 'https://testnet.exchange.io')"
    inventory = audited({"package.json": "{}", "a.ts": f"const base = {base};\nawait fetch(base + '/one');"})
    (reach,) = entry(inventory, "a.ts").reaches
    assert (reach.host, set(reach.other_hosts)) == ("api.exchange.io", {"testnet.exchange.io", "env:A"})


@pytest.mark.parametrize(
    "every",
    [
        "+process.env.EVERY || 300000",
        "Number(process.env.EVERY) || 300000",
        "parseInt(process.env.EVERY, 10) || 300000",
        "process.env.EVERY || 300000",
    ],
)
def test_what_code_says_of_a_number_goes_before_an_example(every: str) -> None:
    source = f"setInterval(() => fetch('https://a.example/x'), {every})"
    (found,) = audited({"main.ts": source, ".env.example": "EVERY=30000"}).triggers
    assert [one.ms for one in found.intervals] == [300_000]


def test_an_example_says_it_where_code_does_not() -> None:
    source = "setInterval(() => fetch('https://a.example/x'), Number(process.env.EVERY))"
    (found,) = audited({"main.ts": source, ".env.example": "EVERY=30000"}).triggers
    assert [one.ms for one in found.intervals] == [30_000]
