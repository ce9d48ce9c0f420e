"""What is set in a part of an expression that may be left out was perhaps not set."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases

PERHAPS = {
    "and": "let base = 'https://a.test'; if_ && (base = 'https://b.test'); await fetch(base + '/x');",
    "or": "let base = 'https://a.test'; if_ || (base = 'https://b.test'); await fetch(base + '/x');",
    "one of two": "let base = 'https://a.test'; if_ ? (base = 'https://b.test') : null; await fetch(base + '/x');",
    "each of two": "let base = ''; if_ ? (base = 'https://a.test') : (base = 'https://b.test'); await fetch(base + '/x');",
    "beside a request": "let base = 'https://a.test'; if_ && (base = 'https://b.test', await fetch('https://c.test/y')); await fetch(base + '/x');",
    "a field": "class A { constructor() { this.base = 'https://a.test'; if_ ? (this.base = 'https://b.test') : null; } load() { return fetch(this.base + '/x'); } } await new A().load();",
    "a field, and": "class A { constructor() { this.base = 'https://a.test'; if_ && (this.base = 'https://b.test'); } load() { return fetch(this.base + '/x'); } } await new A().load();",
    "what a function gives": "function host() { let base = 'https://a.test'; if_ ? (base = 'https://b.test') : null; return base; } await fetch(host() + '/x');",
}
SURELY = {
    "it holds": "let base = 'https://a.test'; const if_ = true; if_ && (base = 'https://b.test'); await fetch(base + '/x');",
    "one way": "let base = 'https://a.test'; const if_ = 1; if_ ? (base = 'https://b.test') : null; await fetch(base + '/x');",
    "a field": "const if_ = true; class A { constructor() { this.base = 'https://a.test'; if_ ? (this.base = 'https://b.test') : null; } load() { return fetch(this.base + '/x'); } } await new A().load();",
    "what a function gives": "const if_ = false; function host() { let base = 'https://b.test'; if_ && (base = 'https://a.test'); return base; } await fetch(host() + '/x');",
}


def _hosts(source: str) -> set[str]:
    inventory = audited({"main.ts": f"async function go(if_) {{ {source} }} go(JSON.parse(process.argv[2]));"})
    found = [one for one in inventory.entries[0].reaches if one.path == "/x"]
    return {host for one in found for host in (one.host, *one.other_hosts)}


@pytest.mark.parametrize("name", cases(PERHAPS))
def test_what_may_be_left_out_is_perhaps_set(name: str) -> None:
    assert _hosts(PERHAPS[name]) == {"a.test", "b.test"}


@pytest.mark.parametrize("name", cases(SURELY))
def test_what_is_surely_done_is_set(name: str) -> None:
    source = SURELY[name].replace("if_", "on")
    assert _hosts(source) == {"b.test"}
