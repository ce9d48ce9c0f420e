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
